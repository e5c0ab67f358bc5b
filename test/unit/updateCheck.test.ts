import type { IDataObject } from 'n8n-workflow';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { FilePart } from '../../nodes/shared/feishu/multipart';
import type { UploadFile } from '../../nodes/shared/hire/api/attachmentUpload';
import { endpoints } from '../../nodes/shared/hire/endpoints';
import type { AttachmentReference, BackgroundCheck } from '../../nodes/shared/hire/types';
import { outcomeOf } from '../../nodes/shared/hire/write/outcome';
import { update } from '../../nodes/shared/operations/externalBackgroundCheck/update';
import { RENAMED } from '../../nodes/shared/operations/files';
import { LATER_ITEM } from '../../nodes/shared/operations/writtenFields';
import type { Memory, RunMemory } from '../../nodes/shared/run/runMemory';
import { asId, clientOf, runOf } from './queryRun';

type UpdateRequest = Parameters<ReturnType<typeof update.start>>[0];
type Mode = UpdateRequest['mode'];

/** `keep`: no file is added. */
type Files = Mode | 'keep';

const request = (
	itemIndex: number,
	patch: UpdateRequest['patch'],
	{ id = '7', mode = 'add', files = [] }: { id?: string; mode?: Mode; files?: string[] } = {},
): UpdateRequest => ({
	itemIndex,
	id: asId(id),
	patch,
	mode,
	files: files.map(
		(name): UploadFile => ({
			name,
			label: `the file ${name}`,
			type: 'application/pdf',
			size: 5,
			open: async () => await Promise.resolve(Buffer.from('hello')),
		}),
	),
});

const refused = new FeishuError({ message: 'Refused', advice: 'a', reaction: 'fail' });

/** Its answer is lost, and it cannot be read whether it was carried out. */
const lost = new FeishuError({
	message: 'Lost',
	advice: 'a',
	reaction: 'fail',
	outcome: 'unknown',
});

/** The fate of a write: refused, done, or done with a lost answer. */
type Fate = 'refused' | 'done' | 'lost';

/** A tenant with the checks 7 and 8, with one file each. @param changes changes to check 7 */
function tenantOf(changes: Partial<BackgroundCheck> = {}) {
	const checks = new Map(
		['7', '8'].map((id): [string, BackgroundCheck] => [
			id,
			{
				id,
				external_application_id: 'application',
				name: 'n',
				result: 'r',
				date: 1,
				attachment_list: [{ id: 'f0', name: 'old.pdf' }],
				...(id === '7' && changes),
			},
		]),
	);
	const log: string[] = [];
	const writes: Array<[string, IDataObject]> = [];
	const names = new Map([['f0', 'old.pdf']]);
	let fateOf: (body: IDataObject) => Fate = () => 'done';
	let isUnreadable = false;
	/** What Feishu makes of the files that are sent to it. */
	const tenant = {
		filesOf: (_id: string, ids: string[]): AttachmentReference[] =>
			ids.map((id) => ({ id, name: names.get(id) })),
	};
	const { client } = clientOf((endpoint, { id = '', body = {}, form }): IDataObject => {
		if (endpoint === endpoints.queryChecks) {
			const ids = body.external_background_check_id_list as string[];
			log.push(`read ${ids.join(',')}`);
			if (isUnreadable) {
				isUnreadable = false;
				throw refused;
			}
			const items = ids.map((each) => checks.get(each)).filter((check) => check !== undefined);
			return { items: items.map((check) => ({ ...check })), has_more: false };
		}
		if (endpoint === endpoints.uploadAttachment) {
			const part = form?.entries()[0]?.[1];
			const name = part instanceof FilePart ? part.name : '';
			log.push(`upload ${name}`);
			names.set(`f${names.size}`, name);
			return { id: `f${names.size - 1}` };
		}
		log.push(`write ${id}`);
		const fate = fateOf(body);
		if (fate === 'refused') throw refused;
		writes.push([id, body]);
		const { attachment_id_list, ...rest } = body;
		const attachment_list = tenant.filesOf(id, (attachment_id_list as string[] | undefined) ?? []);
		checks.set(id, { id, ...rest, attachment_list });
		if (fate === 'lost') {
			isUnreadable = true;
			throw lost;
		}
		return { external_background_check: checks.get(id) };
	});
	const memories = new Map<number, Memory>();
	const shared = new Map<string, unknown>();
	const memory = {
		of: ({ itemIndex }: { itemIndex: number }) => {
			const known = memories.get(itemIndex) ?? {};
			memories.set(itemIndex, known);
			return { key: String(itemIndex), memory: known };
		},
		shared: <T>(name: string, make: () => T): T => {
			if (!shared.has(name)) shared.set(name, make());
			return shared.get(name) as T;
		},
	} as RunMemory;
	/** A try of the node. Works on all items in parallel. */
	async function attempt(requests: UpdateRequest[], fate: typeof fateOf = () => 'done') {
		fateOf = fate;
		const run = runOf({ client, memory });
		const work = update.start(run, requests);
		const settled = await Promise.allSettled(requests.map(async (each) => await work(each)));
		settled.forEach((end, index) => {
			// As the run remembers it for the next try.
			const isUnknown = end.status === 'rejected' && outcomeOf(end.reason) === 'unknown';
			if (isUnknown) memory.of(requests[index]!).memory.unknown = end.reason;
		});
		return { settled, hints: run.hints.all() };
	}
	const filesOf = (id = '7') => checks.get(id)?.attachment_list?.map(({ name }) => name);
	return { checks, log, writes, tenant, attempt, filesOf };
}

async function workOn(requests: UpdateRequest[], isRefused: (body: IDataObject) => boolean) {
	const { attempt, ...rest } = tenantOf();
	const tried = await attempt(requests, (body) => (isRefused(body) ? 'refused' : 'done'));
	return { ...tried, ...rest };
}

/** The results of these items, in a tenant that refuses nothing. */
const work = async (...requests: UpdateRequest[]) => await workOn(requests, () => false);

test('the whole check is written, with what is changed', async () => {
	const { writes, settled } = await work(request(0, { name: 'a' }));
	expect(writes).toEqual([
		[
			'7',
			{
				external_application_id: 'application',
				name: 'a',
				result: 'r',
				date: 1,
				attachment_id_list: ['f0'],
			},
		],
	]);
	expect(settled).toEqual([
		{
			status: 'fulfilled',
			value: expect.objectContaining({ id: '7', name: 'a', result: 'r' }) as unknown,
		},
	]);
});

test('items that change one check are written one after the other, each by itself', async () => {
	const { log, writes, checks } = await work(
		request(0, { name: 'a', result: 'x' }),
		request(1, { result: 'y' }),
		request(2, { name: 'c' }),
	);
	expect(log).toEqual(['read 7', 'write 7', 'read 7', 'write 7', 'read 7', 'write 7']);
	expect(writes.map(([, { name, result }]) => [name, result])).toEqual([
		['a', 'x'],
		['a', 'y'],
		['c', 'y'],
	]);
	expect(checks.get('7')).toMatchObject({ name: 'c', result: 'y', date: 1 });
});

test('items with the same change are one write each', async () => {
	const { writes, settled } = await work(request(0, { name: 'a' }), request(1, { name: 'a' }));
	expect(writes).toHaveLength(2);
	expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});

test('other checks do not wait, and each is read by itself', async () => {
	const { log } = await work(
		request(0, { name: 'a' }),
		request(1, { name: 'b' }, { id: '8' }),
		request(2, { name: 'c' }),
	);
	expect(log.slice(0, 4)).toEqual(['read 7', 'read 8', 'write 7', 'write 8']);
	expect(log.slice(4)).toEqual(['read 7', 'write 7']);
});

test('an item that is refused spoils no other of the same check', async () => {
	const requests = [
		request(0, { name: 'a' }),
		request(1, { name: 'bad' }),
		request(2, { date: 2 }),
	];
	const { settled, checks } = await workOn(requests, ({ name }) => name === 'bad');
	expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	expect(settled[1]).toHaveProperty('reason', refused);
	expect(checks.get('7')).toMatchObject({ name: 'a', result: 'r', date: 2 });
});

test('a check that Feishu does not know is an error of its item, and nothing is written', async () => {
	const { settled, writes } = await work(
		request(0, { name: 'a' }, { id: '9' }),
		request(1, { name: 'b' }),
	);
	expect(settled[0]).toMatchObject({
		status: 'rejected',
		reason: { failure: { message: 'Feishu cannot find this background check', id: '9' } },
	});
	expect(writes.map(([id]) => id)).toEqual(['7']);
});

/** A file, for the modes that take one. */
const withFile = (mode: Files, name: string) => ({
	mode: mode === 'keep' ? ('add' as const) : mode,
	files: mode === 'add' || mode === 'replace' ? [name] : [],
});

test.each<[Files, Files, string[]]>([
	['keep', 'keep', ['old.pdf']],
	['keep', 'add', ['old.pdf', '2.pdf']],
	['add', 'keep', ['old.pdf', '1.pdf']],
	['add', 'add', ['old.pdf', '1.pdf', '2.pdf']],
	['removeAll', 'removeAll', []],
	['keep', 'replace', ['2.pdf']],
	['replace', 'keep', ['1.pdf']],
	['replace', 'replace', ['2.pdf']],
	['add', 'replace', ['2.pdf']],
	['removeAll', 'add', ['2.pdf']],
])('files: %s, then %s leaves %j', async (first, second, files) => {
	const { checks, writes } = await work(
		request(0, { name: 'a' }, withFile(first, '1.pdf')),
		request(1, { name: 'b' }, withFile(second, '2.pdf')),
	);
	expect(checks.get('7')?.attachment_list?.map(({ name }) => name)).toEqual(files);
	expect(writes).toHaveLength(2);
});

test.each([
	['add', 19, undefined],
	[
		'add',
		20,
		"'Attachments' would bring the background check to 21 files, but at most 20 are allowed",
	],
	['replace', 20, undefined],
] as const)('in the mode %s with %i more files', async (mode, count, told) => {
	const files = Array.from({ length: count }, (_, index) => `${index}.pdf`);
	const { settled, writes } = await work(request(0, {}, { mode, files }));
	const [outcome] = settled;
	expect(outcome?.status === 'rejected' ? (outcome.reason as Error).message : undefined).toBe(told);
	expect(writes).toHaveLength(told === undefined ? 1 : 0);
});

test('a check is read before its files are uploaded, and again right before it is written', async () => {
	const { log } = await work(request(0, {}, { mode: 'add', files: ['1.pdf', '2.pdf'] }));
	expect(log).toEqual(['read 7', 'upload 1.pdf', 'upload 2.pdf', 'read 7', 'write 7']);
});

describe('what cannot be sent back', () => {
	/** How an item ended, and how many writes Feishu received. */
	interface Ended {
		message: string | undefined;
		outcome: FeishuError['failure']['outcome'];
		count: number;
	}

	const reasonOf = async (
		changes: Partial<BackgroundCheck>,
		patch: UpdateRequest['patch'],
		more: Parameters<typeof request>[2] = {},
	): Promise<Ended> => {
		const { attempt, writes } = tenantOf(changes);
		const { settled } = await attempt([request(0, patch, more)]);
		const [outcome] = settled;
		const error = outcome?.status === 'rejected' ? (outcome.reason as FeishuError) : undefined;
		return {
			message: error?.failure.message,
			outcome: error?.failure.outcome,
			count: writes.length,
		};
	};
	const refusedAs = (what: string): Ended => ({
		message: `The background check has ${what} that cannot be sent back to Feishu`,
		outcome: undefined,
		count: 0,
	});
	const written: Ended = { message: undefined, outcome: undefined, count: 1 };

	test.each([undefined, null, ''])('an external application that is %p', async (of) => {
		const there = { external_application_id: of } as Partial<BackgroundCheck>;
		expect(await reasonOf(there, { name: 'a' })).toEqual({
			...refusedAs(''),
			message: 'Feishu did not say which external application the background check belongs to',
		});
	});

	test.each<[string, unknown, Ended]>([
		['that is no time', '2025-03-10', refusedAs('a date')],
		['that is no whole number', 1.5, refusedAs('a date')],
		['as text', '1700000000000', written],
		['that is missing', undefined, written],
		['that is null', null, written],
		['that is 0', 0, written],
	])('a date %s', async (_what, date, expected) => {
		const there = { date } as Partial<BackgroundCheck>;
		expect(await reasonOf(there, { name: 'a' })).toEqual(expected);
		expect(await reasonOf(there, { date: 5 })).toEqual(written);
	});

	const unnamed = { attachment_list: [{ id: 'f0', name: 'old.pdf' }, { name: 'x.pdf' }] };

	test.each<[Files, Ended]>([
		['keep', refusedAs('an attachment without an ID')],
		['add', refusedAs('an attachment without an ID')],
		['replace', written],
		['removeAll', written],
	])('an attachment without an ID, in the mode %s', async (mode, expected) => {
		expect(await reasonOf(unnamed, { name: 'a' }, withFile(mode, '1.pdf'))).toEqual(expected);
	});
});

describe('a check that differs from what was sent', () => {
	const messageOf = async (mode: Files, filesOf: (ids: string[]) => AttachmentReference[]) => {
		const { attempt, tenant } = tenantOf();
		tenant.filesOf = (_id, ids) => filesOf(ids);
		const { settled, hints } = await attempt([request(0, {}, withFile(mode, '1.pdf'))]);
		const [outcome] = settled;
		const error = outcome?.status === 'rejected' ? (outcome.reason as FeishuError) : undefined;
		return { wrong: error?.failure.message.split('differs from what was sent: ')[1], hints };
	};
	const old = { id: 'f0', name: 'old.pdf' };
	const fresh = { id: 'n1', name: '1.pdf', size: 5 };

	test.each<[string, Mode, AttachmentReference[], string | undefined]>([
		['with both files under new IDs', 'add', [{ ...old, id: 'n0' }, fresh], undefined],
		['missing the new file', 'add', [old], 'missing the file 1.pdf'],
		['missing the old file', 'add', [fresh], 'missing the attachment f0'],
		['with only the new file', 'replace', [fresh], undefined],
		[
			'with the old one, too',
			'replace',
			[old, fresh],
			'1 attachment that should have been removed',
		],
		[
			'with only the old one',
			'replace',
			[old],
			'missing the file 1.pdf; 1 attachment that should have been removed',
		],
		['without files', 'removeAll', [], undefined],
		['with the old one', 'removeAll', [old], '1 attachment that should have been removed'],
		['with another one', 'removeAll', [fresh], '1 attachment that the node did not send'],
	])('%s, in the mode %s', async (_how, mode, list, wrong) => {
		expect(await messageOf(mode, () => list)).toEqual({ wrong, hints: [] });
	});

	test('with its new file under another name is not an error, but named in a hint', async () => {
		const list = [{ ...fresh, name: '1_.pdf' }];
		expect(await messageOf('replace', () => list)).toEqual({
			wrong: undefined,
			hints: [RENAMED('1 input item')],
		});
	});
});

describe('in the next try of the node', () => {
	const refuses = (name: string) => (body: IDataObject) =>
		body.name === name ? ('refused' as const) : ('done' as const);

	test('a field that a later item has written stays, and a hint says so', async () => {
		const { attempt, checks, writes } = tenantOf();
		const first = request(0, { name: 'a' });
		await attempt([first, request(1, { name: 'b' })], refuses('a'));
		expect(checks.get('7')?.name).toBe('b');
		const { settled, hints } = await attempt([first]);
		expect(settled).toMatchObject([{ status: 'fulfilled', value: { id: '7', name: 'b' } }]);
		expect(checks.get('7')?.name).toBe('b');
		expect(writes).toHaveLength(1);
		expect(hints).toEqual([LATER_ITEM('1 input item')]);
	});

	test('the other fields of an item are written', async () => {
		const { attempt, checks, writes } = tenantOf();
		const first = request(0, { name: 'a', result: 'x' });
		await attempt([first, request(1, { name: 'b' })], refuses('a'));
		const { hints } = await attempt([first]);
		expect(checks.get('7')).toMatchObject({ name: 'b', result: 'x', date: 1 });
		expect(writes).toHaveLength(2);
		expect(hints).toEqual([LATER_ITEM('1 input item')]);
	});

	test('a field of another check, or of an earlier item, is written', async () => {
		const { attempt, checks } = tenantOf();
		const failing = [request(1, { name: 'a' }), request(0, { name: 'a' }, { id: '8' })];
		await attempt([request(0, { name: 'c' }), ...failing], refuses('a'));
		const { hints } = await attempt(failing);
		expect([checks.get('7')?.name, checks.get('8')?.name]).toEqual(['a', 'a']);
		expect(hints).toEqual([]);
	});

	test.each<[Mode, string[]]>([
		['add', ['old.pdf', '1.pdf']],
		['replace', ['1.pdf']],
	])('%s puts no file there twice that an earlier try has put there', async (mode, files) => {
		const { attempt, filesOf, log } = tenantOf();
		const each = request(0, {}, { mode, files: ['1.pdf'] });
		const { settled } = await attempt([each], () => 'lost');
		expect(settled).toMatchObject([{ status: 'rejected' }]);
		expect(filesOf()).toEqual(files);
		expect((await attempt([each])).settled).toMatchObject([{ status: 'fulfilled' }]);
		expect(filesOf()).toEqual(files);
		expect(log.filter((entry) => entry === 'upload 1.pdf')).toHaveLength(1);
	});

	test('a file of the same name that was there before counts for nothing', async () => {
		const { attempt, filesOf } = tenantOf();
		const each = request(0, {}, { mode: 'add', files: ['old.pdf'] });
		await attempt([each], () => 'refused');
		expect(filesOf()).toEqual(['old.pdf']);
		await attempt([each]);
		expect(filesOf()).toEqual(['old.pdf', 'old.pdf']);
	});

	test('files are added beside those that a later item has added', async () => {
		const { attempt, filesOf } = tenantOf();
		const first = request(0, { name: 'a' }, withFile('add', '1.pdf'));
		await attempt([first, request(1, { name: 'b' }, withFile('add', '2.pdf'))], refuses('a'));
		await attempt([first]);
		expect(filesOf()).toEqual(['old.pdf', '2.pdf', '1.pdf']);
	});

	test('files that a later item has chosen stay when an earlier one replaces them', async () => {
		const { attempt, filesOf } = tenantOf();
		const first = request(0, { name: 'a' }, withFile('replace', '1.pdf'));
		await attempt([first, request(1, { name: 'b' }, withFile('replace', '2.pdf'))], refuses('a'));
		await attempt([first]);
		expect(filesOf()).toEqual(['2.pdf']);
	});

	test.each<[Mode, string[]]>([
		['replace', ['2.pdf']],
		['removeAll', []],
	])('files that an earlier item adds do not come after a later %s', async (mode, files) => {
		const { attempt, filesOf } = tenantOf();
		const first = request(0, { name: 'a' }, withFile('add', '1.pdf'));
		await attempt([first, request(1, { name: 'b' }, withFile(mode, '2.pdf'))], refuses('a'));
		expect(filesOf()).toEqual(files);
		await attempt([first]);
		expect(filesOf()).toEqual(files);
	});

	test.each<Mode>(['replace', 'removeAll'])(
		'a file that a later item has added survives an earlier %s, and a hint says so',
		async (mode) => {
			const { attempt, filesOf } = tenantOf();
			const first = request(0, { name: 'a' }, withFile(mode, '1.pdf'));
			await attempt([first, request(1, { name: 'b' }, withFile('add', '2.pdf'))], refuses('a'));
			expect(filesOf()).toEqual(['old.pdf', '2.pdf']);
			const { hints } = await attempt([first]);
			expect(filesOf()).toEqual(['old.pdf', '2.pdf']);
			expect(hints).toEqual([LATER_ITEM('1 input item')]);
		},
	);
});

import type { IDataObject } from 'n8n-workflow';
import { update } from '../../nodes/FeishuHire/operations/externalBackgroundCheck/update';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { FilePart } from '../../nodes/shared/feishu/multipart';
import type { UploadFile } from '../../nodes/shared/hire/api/attachmentUpload';
import { endpoints } from '../../nodes/shared/hire/endpoints';
import type { BackgroundCheck } from '../../nodes/shared/hire/types';
import type { Memory, RunMemory } from '../../nodes/shared/run/runMemory';
import { asId, clientOf, runOf } from './queryRun';

type UpdateRequest = Parameters<ReturnType<typeof update.start>>[0];
type Mode = UpdateRequest['mode'];

const request = (
	itemIndex: number,
	patch: UpdateRequest['patch'],
	{ id = '7', mode = 'keep', files = [] }: { id?: string; mode?: Mode; files?: string[] } = {},
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

/** A tenant with the checks 7 and 8, of one file each. Works on all items side by side. */
async function workOn(requests: UpdateRequest[], isRefused: (body: IDataObject) => boolean) {
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
			},
		]),
	);
	const log: string[] = [];
	const writes: Array<[string, IDataObject]> = [];
	const names = new Map([['f0', 'old.pdf']]);
	const { client } = clientOf((endpoint, { id = '', body = {}, form }): IDataObject => {
		if (endpoint === endpoints.queryChecks) {
			const ids = body.external_background_check_id_list as string[];
			log.push(`read ${ids.join(',')}`);
			const items = ids.map((each) => checks.get(each)).filter((check) => check !== undefined);
			return { items: items.map((check) => ({ ...check })), has_more: false };
		}
		if (endpoint === endpoints.uploadAttachment) {
			const part = form?.entries()[0]?.[1];
			names.set(`f${names.size}`, part instanceof FilePart ? part.name : '');
			return { id: `f${names.size - 1}` };
		}
		log.push(`write ${id}`);
		if (isRefused(body)) throw refused;
		writes.push([id, body]);
		const { attachment_id_list, ...rest } = body;
		const files = (attachment_id_list as string[] | undefined) ?? [];
		const attachment_list = files.map((file) => ({ id: file, name: names.get(file) }));
		checks.set(id, { id, ...rest, attachment_list });
		return { external_background_check: checks.get(id) };
	});
	const memories = new Map<number, Memory>();
	const memory = {
		of: ({ itemIndex }: { itemIndex: number }) => {
			const known = memories.get(itemIndex) ?? { usedAt: 0 };
			memories.set(itemIndex, known);
			return { key: String(itemIndex), memory: known };
		},
	} as RunMemory;
	const work = update.start(runOf({ client, memory }), requests);
	const settled = await Promise.allSettled(requests.map(async (each) => await work(each)));
	return { settled, log, writes, checks };
}

/** What becomes of these items, in a tenant that refuses nothing. */
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

test('items that want the same are a write each', async () => {
	const { writes, settled } = await work(request(0, { name: 'a' }), request(1, { name: 'a' }));
	expect(writes).toHaveLength(2);
	expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});

test('other checks do not wait, and are read together', async () => {
	const { log } = await work(
		request(0, { name: 'a' }),
		request(1, { name: 'b' }, { id: '8' }),
		request(2, { name: 'c' }),
	);
	expect(log.slice(0, 3)).toEqual(['read 7,8', 'write 7', 'write 8']);
	expect(log.slice(3)).toEqual(['read 7', 'write 7']);
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
		reason: { failure: { message: 'Feishu does not know this background check', id: '9' } },
	});
	expect(writes.map(([id]) => id)).toEqual(['7']);
});

/** A file for the modes that take one. */
const withFile = (mode: Mode, name: string) => ({
	mode,
	files: mode === 'add' || mode === 'replace' ? [name] : [],
});

test.each<[Mode, Mode, string[]]>([
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
	['add', 20, "'Attachments' would make 21 files, but a background check takes 20"],
	['replace', 20, undefined],
] as const)('in the mode %s with %i more files', async (mode, count, told) => {
	const files = Array.from({ length: count }, (_, index) => `${index}.pdf`);
	const { settled, writes } = await work(request(0, {}, { mode, files }));
	const [outcome] = settled;
	expect(outcome?.status === 'rejected' ? (outcome.reason as Error).message : undefined).toBe(told);
	expect(writes).toHaveLength(told === undefined ? 1 : 0);
});

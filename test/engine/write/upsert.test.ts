import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { type Check, jsonAnswer } from '../../../sandbox';
import type { OpenQuestions } from '../../../sandbox/openQuestions';
import {
	APPLICATION,
	by,
	CONTINUE,
	DAY_MS,
	errorIn,
	file,
	newChecks,
	OLD_CHECK,
	OTHER_APPLICATION,
	saidBy,
	TALENT,
	TRIES,
	useFewTries,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

/** Create or Update: a check is created, or changed if one has its name. */

const open = useWriteTenant();

useFewTries();

const TWICE = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const REFUSED = { kind: 'answer', status: 400, code: 1002002, when: 'before' } as const;

/** What an item says about a check: its name, result and files (name and content). */
interface Wanted {
	name?: string;
	result?: string;
	files?: Record<string, string>;
	application?: string;
}

const itemOf = ({ files = {}, ...json }: Wanted): INodeExecutionData => ({
	json: { ...json },
	binary: Object.fromEntries(
		Object.entries(files).map(([name, content], n) => [`f_${n}`, file(name, content)]),
	),
});

const upsert = async (
	{ write }: WriteTenant,
	wanted: readonly Wanted[],
	parameters: INodeParameters = {},
	rest = {},
) =>
	await write(
		'externalBackgroundCheck',
		'upsert',
		{
			recordOn: 'externalApplication',
			externalApplicationId: by('id', `={{ $json.application ?? "${APPLICATION}" }}`),
			name: '={{ $json.name ?? "背调" }}',
			result: '={{ $json.result ?? "已通过" }}',
			date: '2025-03-10',
			attachments: '={{ Object.keys($binary).join() }}',
			...parameters,
		},
		{ items: wanted.map(itemOf), ...rest },
	);

const INTERIM: Wanted = { result: '进行中', files: { 'interim.pdf': 'interim' } };
const FINAL: Wanted = { result: '已通过', files: { 'final.pdf': 'final' } };

const filesOf = ({ attachment_list }: Check) => (attachment_list ?? []).map(({ name }) => name);

const written = ({ sandbox }: WriteTenant) =>
	(['create_check', 'update_check', 'upload'] as const).map((api) => sandbox.requests(api).length);

const check = (more: Partial<Check>): Check => ({ ...OLD_CHECK, ...more });

test('none with the name: it is created', async () => {
	const tenant = await open();
	const result = await upsert(tenant, [INTERIM]);
	const [made, ...others] = newChecks(tenant);
	expect(others).toEqual([]);
	expect(made).toMatchObject({ name: '背调', result: '进行中', date: DAY_MS });
	expect(result.output()[0]?.json.id).toBe(made?.id);
	expect(result.output()[0]?.json).not.toHaveProperty('already_existed');
	expect(tenant.sandbox.checks.byId(OLD_CHECK.id)).toEqual(OLD_CHECK);
});

test('one with the name: it is changed, and the item says so', async () => {
	const tenant = await open();
	const result = await upsert(tenant, [{ name: ` ${OLD_CHECK.name} ` }]);
	expect(newChecks(tenant)).toEqual([]);
	expect(result.output()[0]?.json).toMatchObject({
		id: OLD_CHECK.id,
		result: '已通过',
		already_existed: true,
	});
	expect(tenant.sandbox.checks.byId(OLD_CHECK.id)).toMatchObject({
		name: OLD_CHECK.name,
		result: '已通过',
		date: DAY_MS,
		attachment_list: [{ name: '学历核验.pdf' }],
	});
});

test('several with the name: an error that names them, each with its day, and nothing is sent', async () => {
	const twin = check({ id: '7318840216653959002', date: DAY_MS - 86_400_000, attachment_list: [] });
	const undated = { ...twin, id: '7318840216653959003', date: null };
	const tenant = await open({ checks: [OLD_CHECK, twin, undated] });
	const { error } = await upsert(tenant, [{ ...FINAL, name: OLD_CHECK.name! }]);
	expect(saidBy(error)).toContain(
		`'Name' matches 3 background checks of the external application\nNothing was written. Use the operation 'Update' with one of these IDs: ${OLD_CHECK.id} · 2025-03-10, ${twin.id} · 2025-03-09, ${undated.id}.`,
	);
	expect(written(tenant)).toEqual([0, 0, 0]);
});

test('the same name on another application is another check', async () => {
	const tenant = await open();
	const wanted = { name: OLD_CHECK.name!, application: OTHER_APPLICATION };
	await upsert(tenant, [wanted, wanted]);
	expect(tenant.sandbox.checks.byApplication(OTHER_APPLICATION)).toHaveLength(1);
	expect(tenant.sandbox.checks.byApplication(APPLICATION)).toEqual([OLD_CHECK]);
});

const MODES = [
	['add', ['interim.pdf', 'final.pdf']],
	['replace', ['final.pdf']],
] as const;

describe.each(MODES)('the interim report, then the final one (%s)', (attachmentsMode, files) => {
	const expectFinal = (tenant: WriteTenant) => {
		const [made, ...others] = newChecks(tenant);
		expect(others).toEqual([]);
		expect(made?.result).toBe('已通过');
		expect(filesOf(made!).sort()).toEqual([...files].sort());
		return made?.id;
	};

	test('in two executions', async () => {
		const tenant = await open();
		const first = await upsert(tenant, [INTERIM], { attachmentsMode });
		const second = await upsert(tenant, [FINAL], { attachmentsMode });
		const id = expectFinal(tenant);
		expect([first, second].map((each) => each.output()[0]?.json.id)).toEqual([id, id]);
		// Run once more, it changes and sends nothing.
		const before = written(tenant);
		await upsert(tenant, [FINAL], { attachmentsMode });
		expectFinal(tenant);
		expect(written(tenant)).toEqual(before);
	});

	test('in one run', async () => {
		const tenant = await open();
		const result = await upsert(tenant, [INTERIM, FINAL], { attachmentsMode });
		const id = expectFinal(tenant);
		expect(result.output().map(({ json }) => [json.id, json.already_existed])).toEqual([
			[id, undefined],
			[id, true],
		]);
	});

	test('in one run, where the candidate of the later one is resolved first', async () => {
		const tenant = await open({
			externalApplications: [{ id: APPLICATION, talent_id: TALENT.id }],
		});
		const isFinalThere = () => newChecks(tenant).some(({ result }) => result === '已通过');
		tenant.sandbox.fault({
			api: 'batch_get_id',
			when: ({ body }) => body.includes('mobile'),
			do: async (_request, answer) => {
				while (!isFinalThere()) await new Promise(setImmediate);
				return answer;
			},
		});
		const items = [INTERIM, FINAL].map(itemOf);
		const people = ['13911112222', TALENT.emails[0]!];
		const result = await upsert(
			tenant,
			[],
			{ recordOn: 'candidate', candidate: by('value', '={{ $json.who }}'), attachmentsMode },
			{
				items: items.map(({ json, ...item }, n) => ({
					json: { ...json, who: people[n] },
					...item,
				})),
			},
		);
		expect(result.error).toBeUndefined();
		const id = expectFinal(tenant);
		expect(result.output().map(({ json }) => json.id)).toEqual([id, id]);
		expect(JSON.stringify(result.hints())).toContain(
			'left a field unchanged, because a later input item had already written it',
		);
	});
});

describe('what already exists', () => {
	const THERE = check({
		name: '背调',
		result: '已通过',
		// Four in the afternoon in Shanghai.
		date: DAY_MS + 16 * 3_600_000,
		attachment_list: [{ id: '7318840001265439001', name: 'final.pdf', size: 5 }],
	});
	const OTHER_FILE = { id: '7318840001265439002', name: 'other.pdf', size: 7 };

	test.each([
		['add', [FINAL.files!], [...THERE.attachment_list!]],
		['add', [FINAL.files!, {}], [...THERE.attachment_list!, OTHER_FILE]],
		['replace', [FINAL.files!], [...THERE.attachment_list!]],
	])('is not written again (%s, %j)', async (attachmentsMode, wanted, attachment_list) => {
		const tenant = await open({ checks: [{ ...THERE, attachment_list }] });
		const result = await upsert(
			tenant,
			wanted.map((files) => ({ ...FINAL, files })),
			{ attachmentsMode },
		);
		expect(result.output()[0]?.json).toMatchObject({ id: THERE.id, already_existed: true });
		expect(written(tenant)).toEqual([0, 0, 0]);
		expect(tenant.sandbox.requests('batch_query')).toHaveLength(wanted.length);
	});

	test.each<[string, string, Wanted, Partial<Check>]>([
		['different result', 'add', { ...FINAL, result: '未通过' }, { result: '未通过', date: DAY_MS }],
		['fewer files', 'replace', FINAL, { attachment_list: [expect.anything()] as never }],
	])('%s is written (%s)', async (_what, attachmentsMode, wanted, expected) => {
		const attachment_list = [...THERE.attachment_list!, OTHER_FILE];
		const tenant = await open({ checks: [{ ...THERE, attachment_list }] });
		await upsert(tenant, [wanted], { attachmentsMode });
		expect(tenant.sandbox.checks.all()).toMatchObject([expected]);
		expect(written(tenant).slice(0, 2)).toEqual([0, 1]);
		// The list shows the check; it is read again only after an upload.
		const reads = attachmentsMode === 'replace' ? 2 : 1;
		expect(tenant.sandbox.requests('batch_query')).toHaveLength(reads);
	});

	test('of two files, only the missing one is added', async () => {
		const tenant = await open({ checks: [structuredClone(THERE)] });
		await upsert(tenant, [{ files: { 'final.pdf': 'final', 'more.pdf': 'more' } }]);
		expect(tenant.sandbox.checks.all().map(filesOf)).toEqual([['final.pdf', 'more.pdf']]);
	});

	test('a file with the same name and another size is another file', async () => {
		const tenant = await open({ checks: [structuredClone(THERE)] });
		await upsert(tenant, [{ files: { 'final.pdf': 'a longer one' } }]);
		expect(tenant.sandbox.checks.all().map(filesOf)).toEqual([['final.pdf', 'final.pdf']]);
	});

	test('existing files do not count twice towards the limit of a check', async () => {
		const twenty = Array.from({ length: 20 }, (_, n) => [`${n}.pdf`, 'x'] as const);
		const attachment_list = twenty.map(([name], n) => ({
			id: `73188400012654391${10 + n}`,
			name,
			size: 1,
		}));
		const tenant = await open({ checks: [{ ...THERE, attachment_list }] });
		const files = Object.fromEntries(twenty);
		const same = await upsert(tenant, [{ files, result: '未通过' }]);
		expect(same.error).toBeUndefined();
		const { error } = await upsert(tenant, [{ files: { 'more.pdf': 'x' } }]);
		expect(saidBy(error)).toContain('would bring the background check to 21 files, but at most 20');
		expect(tenant.sandbox.requests('upload')).toHaveLength(0);
	});
});

const REPEATED: Array<OpenQuestions['repeatedExternalId']> = ['record', 'empty', 'error'];

describe('a creation with an unknown outcome', () => {
	/** Every answer of the first try is lost, and the existing checks cannot be read then. */
	const lose = ({ sandbox }: WriteTenant, when: 'before' | 'after') => {
		sandbox.fault({ api: 'create_check', times: TRIES, do: { kind: 'reset', when } });
		const isLost = () => sandbox.requests('create_check').length === TRIES;
		sandbox.fault({ api: 'batch_query', when: isLost, times: TRIES, do: 'html' });
	};

	test.each(
		REPEATED.flatMap((repeated) => (['before', 'after'] as const).map((when) => [when, repeated])),
	)('lost %s the commit (repeat: %s), tried again: one check', async (when, repeated) => {
		const repeatedExternalId = repeated as OpenQuestions['repeatedExternalId'];
		const tenant = await open({ open: { repeatedExternalId } });
		lose(tenant, when as 'before' | 'after');
		const result = await upsert(tenant, [FINAL], {}, { nodeSettings: TWICE });
		expect(result.error).toBeUndefined();
		expect(newChecks(tenant).map(filesOf)).toEqual([['final.pdf']]);
		const { json } = result.output()[0]!;
		expect(json.id).toBe(newChecks(tenant)[0]?.id);
		// It is the item's own record.
		expect(json).not.toHaveProperty('already_existed');
		expect(tenant.sandbox.requests('upload')).toHaveLength(1);
	});

	test('an item with the same name is not sent while the outcome is unknown; one with another name is', async () => {
		const tenant = await open();
		lose(tenant, 'before');
		const wanted = [INTERIM, FINAL, { name: 'another' }];
		const result = await upsert(tenant, wanted, {}, CONTINUE);
		expect(result.output().map((item) => errorIn(item)?.message ?? item.json.name)).toEqual([
			expect.stringContaining('may have been carried out'),
			expect.stringContaining(
				'Not sent, because another item with the same content may already have created',
			),
			'another',
		]);
		expect(newChecks(tenant).map(({ name }) => name)).toEqual(['another']);
		expect(tenant.sandbox.requests('upload')).toHaveLength(1);
	});

	test.each(['before', 'after'] as const)(
		'lost %s the commit, and a later item with the same name: the retry leaves the later one',
		async (when) => {
			const tenant = await open();
			lose(tenant, when);
			const nodeSettings = { ...TWICE, ...CONTINUE.nodeSettings };
			const result = await upsert(tenant, [INTERIM, FINAL], {}, { nodeSettings });
			expect(result.output().map((item) => errorIn(item))).toEqual([undefined, undefined]);
			expect(newChecks(tenant)).toMatchObject([{ result: '已通过' }]);
			expect(filesOf(newChecks(tenant)[0]!).sort()).toEqual(['final.pdf', 'interim.pdf']);
		},
	);
});

test('a retry does not undo what a later item has written', async () => {
	const tenant = await open({ checks: [check({ name: '背调', attachment_list: [] })] });
	tenant.sandbox.fault({ api: 'update_check', nth: 1, do: REFUSED });
	const nodeSettings = { ...TWICE, ...CONTINUE.nodeSettings };
	const result = await upsert(
		tenant,
		[
			{ ...INTERIM, result: '待定' },
			{ ...FINAL, result: '已通过' },
		],
		{},
		{ nodeSettings },
	);
	expect(result.output().map((item) => errorIn(item))).toEqual([undefined, undefined]);
	const [there] = tenant.sandbox.checks.all();
	expect(there?.result).toBe('已通过');
	expect(filesOf(there!).sort()).toEqual(['final.pdf', 'interim.pdf']);
});

test('a creation that was refused, tried again after a later item has created it: nothing is undone', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'create_check', nth: 1, do: REFUSED });
	const nodeSettings = { ...TWICE, ...CONTINUE.nodeSettings };
	const result = await upsert(tenant, [INTERIM, FINAL], {}, { nodeSettings });
	expect(result.output().map((item) => errorIn(item))).toEqual([undefined, undefined]);
	expect(newChecks(tenant)).toMatchObject([{ result: '已通过' }]);
	expect(filesOf(newChecks(tenant)[0]!).sort()).toEqual(['final.pdf', 'interim.pdf']);
});

test('a check without an ID is an error, and nothing is written', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'batch_query',
		do: () => {
			const items = [{ name: '背调', external_application_id: APPLICATION }];
			return jsonAnswer(200, { code: 0, data: { items, has_more: false } });
		},
	});
	const { error } = await upsert(tenant, [FINAL]);
	expect(saidBy(error)).toContain('Feishu returned a background check without an ID');
	expect(written(tenant)).toEqual([0, 0, 0]);
});

test.each([
	['replace without files', { attachmentsMode: 'replace' }, 'or set \'Attachments Mode\' to "Add"'],
	['a mode that it does not have', { attachmentsMode: 'removeAll' }, 'has an invalid value'],
	['an empty name', { name: '={{ " " }}' }, "'Name' is empty"],
])('%s is refused before anything is sent', async (_what, parameters, told) => {
	const tenant = await open();
	const { error } = await upsert(tenant, [{}], parameters);
	expect(saidBy(error)).toContain(told);
	expect(tenant.sandbox.log).toHaveLength(0);
});

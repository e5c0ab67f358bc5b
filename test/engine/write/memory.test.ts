import type { INode, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { type Api, type Check, jsonAnswer } from '../../../sandbox';
import { loadPackage, type RunResult, runWorkflow } from '../../harness';
import { n8nWorkflow } from '../../harness/engine';
import { describe as described, MANUAL_TRIGGER } from '../../harness/nodeTypes';
import { buildNode } from '../../harness/workflow';
import {
	APPLICATION,
	by,
	CONTINUE,
	errorIn,
	file,
	named,
	newApplications,
	newChecks,
	OLD_CHECK,
	OWN,
	OTHER_APPLICATION,
	saidBy,
	TALENT,
	TRIES,
	useFewTries,
	useWriteTenant,
	WRITE_NODE,
	type WriteTenant,
} from './tenant';

/**
 * What a run of the node knows of its earlier tries: n8n's Retry On Fail runs it again from its
 * first item.
 */

const open = useWriteTenant();

useFewTries();

/** With 0 ms between two tries, n8n uses its default of a second. */
const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const TWICE = { nodeSettings: RETRY };

/** n8n retries such a node if its first output item has an error. */
const TWICE_CONTINUED = { nodeSettings: { ...RETRY, ...CONTINUE.nodeSettings } };

const MODES = [
	['the error ends the run', TWICE],
	['Continue', TWICE_CONTINUED],
] as const;

const CHECK = 'externalBackgroundCheck';
const RECORD = 'externalApplication';

const REFUSED = { kind: 'answer', status: 400, code: 1002002, when: 'before' } as const;

const OTHER_CHECK: Check = { ...OLD_CHECK, id: '7318840216653959002', attachment_list: [] };

/** Each item chooses its attachments mode. */
const BY_MODE = {
	attachmentsMode: '={{ $json.mode }}',
	attachments: '={{ $json.attachments }}',
};

const LATER_ITEM = 'left a field unchanged, because a later input item had already written it';

const hintsOf = (result: RunResult): string => JSON.stringify(result.hints());

const filesOf = ({ sandbox }: WriteTenant, id = OLD_CHECK.id): string[] =>
	(sandbox.checks.byId(id)?.attachment_list ?? []).map(({ name }) => name);

const bodiesOf = ({ sandbox }: WriteTenant, api: Api) =>
	sandbox.requests(api).map(({ body }) => JSON.parse(body) as Record<string, unknown>);

/** The error of a run with one item, whether it ended the run or was output. */
const errorOf = (result: RunResult): string => {
	const [item] = result.output();
	return saidBy(result.error ?? (item && errorIn(item)));
};

/** Waits until the condition holds, and everything that was answered has arrived. */
async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
	await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Checks that nothing arrives any more. */
async function expectSilence({ sandbox }: WriteTenant): Promise<void> {
	const { length } = sandbox.log;
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(sandbox.log).toHaveLength(length);
}

describe('Retry On Fail never writes twice, and never undoes', () => {
	test('two items change one check, and the first is refused once: the later value stays, and the rest is written', async () => {
		const tenant = await open();
		tenant.sandbox.fault({ api: 'update_check', nth: 1, do: REFUSED });
		const items = [
			{ json: { text: '一', mode: 'removeAll' } },
			{ json: { text: '二', mode: 'add' } },
		];
		const result = await tenant.write(
			CHECK,
			'update',
			{
				checkId: OLD_CHECK.id,
				updateFields: { result: '={{ $json.text }}', attachmentsMode: '={{ $json.mode }}' },
			},
			{ items, ...TWICE_CONTINUED },
		);
		const expected = { ...OLD_CHECK, result: '二', attachment_list: [] };
		expect(tenant.sandbox.checks.byId(OLD_CHECK.id)).toEqual(expected);
		// The refused first item, the second, and the part of the first that the second did not write.
		const sent = bodiesOf(tenant, 'update_check').map((body) => [
			body.result,
			((body.attachment_id_list ?? []) as string[]).length,
		]);
		expect(sent).toEqual([
			['一', 0],
			['二', 1],
			['二', 0],
		]);
		expect(result.output().map(errorIn)).toEqual([undefined, undefined]);
		expect(result.output()[0]?.json).toMatchObject({ result: '二', attachment_list: [] });
		expect(hintsOf(result)).toContain(`1 input item ${LATER_ITEM}`);
	});

	test('an item whose fields have all been written by a later one sends nothing in the retry', async () => {
		const tenant = await open();
		tenant.sandbox.fault({ api: 'update_check', nth: 1, do: REFUSED });
		const result = await tenant.write(
			CHECK,
			'update',
			{ checkId: OLD_CHECK.id, updateFields: { result: '={{ $json.text }}' } },
			{ items: [{ json: { text: '一' } }, { json: { text: '二' } }], ...TWICE_CONTINUED },
		);
		expect(bodiesOf(tenant, 'update_check').map(({ result: text }) => text)).toEqual(['一', '二']);
		expect(tenant.sandbox.checks.byId(OLD_CHECK.id)?.result).toBe('二');
		expect(result.output()[0]?.json).toMatchObject({ id: OLD_CHECK.id, result: '二' });
		expect(hintsOf(result)).toContain(`1 input item ${LATER_ITEM}`);
	});

	test('if the first refusal ends the try, the retry writes the items in order, without a hint', async () => {
		const tenant = await open();
		tenant.sandbox.fault({ api: 'update_check', nth: 1, do: REFUSED });
		const result = await tenant.write(
			CHECK,
			'update',
			{ checkId: OLD_CHECK.id, updateFields: { result: '={{ $json.text }}' } },
			{ items: [{ json: { text: '一' } }, { json: { text: '二' } }], ...TWICE },
		);
		expect(result.error).toBeUndefined();
		const texts = bodiesOf(tenant, 'update_check').map(({ result: text }) => text);
		expect(texts).toEqual(['一', '一', '二']);
		expect(tenant.sandbox.checks.byId(OLD_CHECK.id)?.result).toBe('二');
		expect(result.hints()).toEqual([]);
	});

	test('two items change one external application: the later value stays', async () => {
		const tenant = await open();
		tenant.sandbox.fault({ api: 'update_application', nth: 1, do: REFUSED });
		const result = await tenant.write(
			RECORD,
			'update',
			{
				externalApplicationId: by('id', APPLICATION),
				candidate: by('value', TALENT.id),
				updateFields: { stage: '={{ $json.text }}' },
			},
			{ items: [{ json: { text: '初筛' } }, { json: { text: '面试' } }], ...TWICE_CONTINUED },
		);
		expect(tenant.sandbox.applications.byId(APPLICATION)?.stage).toBe('面试');
		expect(bodiesOf(tenant, 'update_application').map(({ stage }) => stage)).toEqual([
			'初筛',
			'面试',
		]);
		expect(result.output().map(({ json }) => json.stage)).toEqual(['面试', '面试']);
		expect(hintsOf(result)).toContain(`1 input item ${LATER_ITEM}`);
	});

	/** Two items with a file each. The first is refused once. */
	const inModes = async (tenant: WriteTenant, first: string, second: string) => {
		tenant.sandbox.fault({ api: 'update_check', nth: 1, do: REFUSED });
		const items = [first, second].map((mode, n) => ({
			json: { mode, attachments: mode === 'removeAll' ? '' : 'data' },
			binary: { data: file(`${n + 1}.pdf`, 'x'.repeat(n + 1)) },
		}));
		return await tenant.write(
			CHECK,
			'update',
			{ checkId: OLD_CHECK.id, updateFields: BY_MODE },
			{ items, ...TWICE_CONTINUED },
		);
	};

	const OLD_FILE = '学历核验.pdf';

	test.each([
		['add', 'replace', ['2.pdf']],
		['add', 'removeAll', []],
		['replace', 'replace', ['2.pdf']],
		['replace', 'removeAll', []],
		['removeAll', 'replace', ['2.pdf']],
		['removeAll', 'add', [OLD_FILE, '2.pdf']],
		['replace', 'add', [OLD_FILE, '2.pdf']],
	])(
		'files of an earlier item (%s) do not undo what a later one (%s) has done to them',
		async (first, second, expected) => {
			const tenant = await open();
			const result = await inModes(tenant, first, second);
			expect(result.output().map(errorIn)).toEqual([undefined, undefined]);
			expect(filesOf(tenant)).toEqual(expected);
			expect(hintsOf(result)).toContain(`1 input item ${LATER_ITEM}`);
		},
	);

	test('files added by two items are both there, without a hint', async () => {
		const tenant = await open();
		const result = await inModes(tenant, 'add', 'add');
		expect(filesOf(tenant)).toEqual([OLD_FILE, '2.pdf', '1.pdf']);
		expect(result.hints()).toEqual([]);
	});

	test.each(
		MODES.flatMap(([mode, settings]) =>
			(['new', 'same'] as const).map((kind) => [mode, kind, settings] as const),
		),
	)(
		'Add, with every answer lost, leaves one copy of the file after the retry (%s; IDs of files: %s)',
		async (_mode, uploadedAttachmentId, settings) => {
			const tenant = await open({ open: { uploadedAttachmentId } });
			const { sandbox } = tenant;
			sandbox.fault({ api: 'update_check', times: TRIES, do: { kind: 'reset', when: 'after' } });
			// The first try reads before its upload, before its write, and in vain after it.
			sandbox.fault({ api: 'batch_query', nth: [3, 4, 5], do: 'html' });
			const result = await tenant.write(
				CHECK,
				'update',
				{
					checkId: OLD_CHECK.id,
					updateFields: { attachmentsMode: 'add', attachments: 'data', result: '未通过' },
				},
				{ items: [{ json: {}, binary: { data: file('new.pdf', 'abc') } }], ...settings },
			);
			expect(errorOf(result)).toBe('');
			expect(sandbox.requests('update_check')).toHaveLength(TRIES + 1);
			expect(filesOf(tenant)).toEqual([OLD_FILE, 'new.pdf']);
			expect(sandbox.checks.byId(OLD_CHECK.id)?.result).toBe('未通过');
			expect(sandbox.requests('upload')).toHaveLength(1);
		},
	);

	test.each(MODES)(
		'uploaded files are reused, for a create and for an update (%s)',
		async (_mode, settings) => {
			const tenant = await open();
			const { sandbox } = tenant;
			const binary = { f_1: file('1.pdf', 'a'), f_2: file('2.pdf', 'bc') };
			for (const api of ['create_check', 'update_check'] as const) {
				sandbox.fault({ api, nth: 1, do: REFUSED });
			}
			const items = [{ json: { name: 'a' }, binary }];
			await tenant.createChecks(items, { attachments: 'f_*' }, settings);
			expect(sandbox.requests('upload')).toHaveLength(2);
			expect(filesOf(tenant, newChecks(tenant)[0]?.id)).toEqual(['1.pdf', '2.pdf']);
			const [refused, created] = bodiesOf(tenant, 'create_check');
			expect(created).toEqual(refused);

			const updateFields = { attachmentsMode: 'replace', attachments: 'f_*' };
			await tenant.write(
				CHECK,
				'update',
				{ checkId: OLD_CHECK.id, updateFields },
				{ items, ...settings },
			);
			expect(sandbox.requests('upload')).toHaveLength(4);
			expect(filesOf(tenant)).toEqual(['1.pdf', '2.pdf']);
			const [, overwritten] = bodiesOf(tenant, 'update_check');
			expect(overwritten).toEqual(bodiesOf(tenant, 'update_check')[0]);
		},
	);

	test('a file that was uploaded before another failed is not uploaded again', async () => {
		const tenant = await open();
		const { sandbox } = tenant;
		sandbox.fault({ api: 'upload', nth: 2, do: REFUSED });
		const binary = { f_1: file('1.pdf', 'a'), f_2: file('2.pdf', 'bc') };
		const items = [{ json: { name: 'a' }, binary }];
		const result = await tenant.createChecks(items, { attachments: 'f_*' }, TWICE);
		expect(result.error).toBeUndefined();
		expect(sandbox.requests('upload').map(({ upload }) => upload?.name)).toEqual([
			'1.pdf',
			'2.pdf',
			'2.pdf',
		]);
		expect(filesOf(tenant, newChecks(tenant)[0]?.id)).toEqual(['1.pdf', '2.pdf']);
	});

	test.each(MODES)(
		'a retry does not look up the candidate of an item that is done, and nothing is sent after the run (%s)',
		async (_mode, settings) => {
			const other = {
				id: '7420000000000009002',
				name: '陈静',
				emails: [],
				mobiles: [{ code: '86', number: '13922223333' }],
			};
			const tenant = await open({ talents: [TALENT, other] });
			const { sandbox } = tenant;
			const isDone = () => newApplications(tenant, other.id).length > 0;
			// Refuses, but only after the other item is done.
			sandbox.fault({
				api: 'batch_get_id',
				when: ({ body }) => body.includes('ruolan'),
				times: 1,
				do: async () => {
					await until(isDone);
					return jsonAnswer(400, { code: 1002002, msg: 'refused' });
				},
			});
			const items = [
				{ json: { value: TALENT.emails[0] } },
				{ json: { value: other.mobiles[0]?.number } },
			];
			const result = await tenant.write(
				RECORD,
				'create',
				{ candidate: { __rl: true, mode: 'value', value: '={{ $json.value }}' }, ...OWN },
				{ items, ...settings },
			);
			expect(errorOf(result)).toBe('');
			const asked = sandbox.requests('batch_get_id').map(({ body }) => body);
			expect(asked).toHaveLength(3);
			expect(asked.filter((body) => body.includes('ruolan'))).toHaveLength(2);
			expect(asked.filter((body) => body.includes('13922223333'))).toHaveLength(1);
			for (const { id } of [TALENT, other]) expect(newApplications(tenant, id)).toHaveLength(1);
			expect(sandbox.requests('create_application')).toHaveLength(2);
			await expectSilence(tenant);
		},
	);

	test.each(MODES)(
		'a retry does not read the check of an item that is done, and nothing is sent after the run (%s)',
		async (_mode, settings) => {
			const tenant = await open({
				checks: [structuredClone(OLD_CHECK), structuredClone(OTHER_CHECK)],
			});
			const { sandbox } = tenant;
			sandbox.fault({
				api: 'delete_check',
				when: ({ path }) => path.includes(OLD_CHECK.id),
				times: 1,
				do: async () => {
					await until(() => sandbox.requests('delete_check').some(({ status }) => status === 200));
					sandbox.checks.add(structuredClone(OLD_CHECK));
					return jsonAnswer(400, { code: 1002002, msg: 'refused' });
				},
			});
			const result = await tenant.write(
				CHECK,
				'delete',
				{ checkId: '={{ $json.id }}' },
				{ items: [OLD_CHECK, OTHER_CHECK].map(({ id }) => ({ json: { id } })), ...settings },
			);
			expect(errorOf(result)).toBe('');
			expect(result.output().map(({ json }) => json)).toEqual(
				[OLD_CHECK, OTHER_CHECK].map(({ id }) => ({ deleted: true, id })),
			);
			const asked = sandbox
				.requests('batch_query')
				.map(({ body }) => body.includes(OTHER_CHECK.id));
			expect(asked).toEqual([true, false]);
			const deleted = sandbox.requests('delete_check').map(({ path }) => path.split('/').pop());
			expect(deleted.sort()).toEqual([OLD_CHECK.id, OLD_CHECK.id, OTHER_CHECK.id]);
			await expectSilence(tenant);
		},
	);
});

describe('the memory is whole', () => {
	/** unit/runMemory shows that 6,000 are remembered as well. */
	const COUNT = 1000;

	test('of 1,000 items the first is refused once: none of the others is sent twice (Continue)', async () => {
		const tenant = await open({ externalApplications: [] });
		const { sandbox } = tenant;
		sandbox.fault({ api: 'create_application', nth: 1, do: REFUSED });
		// Without an expression, which would cost n8n more than everything else.
		const result = await tenant.write(
			RECORD,
			'create',
			{ candidate: by('value', TALENT.id), additionalFields: { stage: '面试' }, ...OWN },
			{ items: Array.from({ length: COUNT }, () => ({ json: {} })), ...TWICE_CONTINUED },
		);
		expect(errorOf(result)).toBe('');
		const keys = bodiesOf(tenant, 'create_application').map(({ external_id }) => external_id);
		expect(keys).toHaveLength(COUNT + 1);
		expect(new Set(keys).size).toBe(COUNT);
		expect(keys.filter((key) => key === keys[0])).toHaveLength(2);
		const ids = new Set(result.output().map(({ json }) => json.id));
		expect(ids.size).toBe(COUNT);
		expect(ids).toEqual(new Set(newApplications(tenant).map(({ id }) => id)));
	}, 60_000);

	test('of 100 items the last is refused once: none of the others is sent twice (the error ends the run)', async () => {
		const tenant = await open({
			externalApplications: [],
			checks: [],
			open: { deleteUnknown: 'success' },
		});
		const { sandbox } = tenant;
		const ids = Array.from({ length: 100 }, (_, n) => `74100000000001${10000 + n}`);
		for (const id of ids) sandbox.applications.add({ id, talent_id: TALENT.id });
		const refused = ids.at(-1)!;
		sandbox.fault({
			api: 'delete_application',
			match: { path: refused },
			times: 1,
			do: async () => {
				await until(() => sandbox.applications.size === 0);
				return jsonAnswer(400, { code: 1002002, msg: 'refused' });
			},
		});
		const result = await tenant.write(
			RECORD,
			'delete',
			{ externalApplicationId: by('id', '={{ $json.id }}') },
			{ items: ids.map((id) => ({ json: { id } })), ...TWICE },
		);
		expect(errorOf(result)).toBe('');
		expect(result.output().map(({ json }) => json.id)).toEqual(ids);
		const sent = sandbox.requests('delete_application').map(({ path }) => path.split('/').pop());
		expect(sent.sort()).toEqual([...ids, refused].sort());
	});

	/** Runs the node several times in one execution, as a workflow's loop does. */
	async function loop(
		{ credentials }: WriteTenant,
		parameters: INodeParameters,
		items: INodeExecutionData[],
		nodeSettings: Partial<INode>,
		rounds = 2,
	): Promise<RunResult> {
		const pkg = await loadPackage();
		const type = 'test.again';
		const main = n8nWorkflow.NodeConnectionTypes.Main;
		let round = 1;
		const again: INodeType = {
			description: described({
				name: 'again',
				displayName: 'Again',
				group: ['transform'],
				inputs: [main],
				outputs: [main, main],
			}),
			execute() {
				round += 1;
				return Promise.resolve(round <= rounds ? [[], structuredClone(items)] : [items, []]);
			},
		};
		const node = { type: WRITE_NODE, parameters, nodeSettings };
		return await runWorkflow({
			credentials,
			pkg,
			startItems: items,
			otherNodes: { [type]: again },
			workflow: {
				nodes: [
					{ name: 'Start', type: MANUAL_TRIGGER, typeVersion: 1, position: [0, 0], parameters: {} },
					buildNode(node, 'Node', pkg, credentials),
					{ name: 'Again', type, typeVersion: 1, position: [0, 0], parameters: {} },
				],
				connections: {
					Start: { main: [[{ node: 'Node', type: main, index: 0 }]] },
					Node: { main: [[{ node: 'Again', type: main, index: 0 }]] },
					Again: { main: [[], [{ node: 'Node', type: main, index: 0 }]] },
				},
				settings: { timezone: 'Asia/Shanghai' },
			},
		});
	}

	const CREATION = {
		resource: CHECK,
		operation: 'create',
		recordOn: 'externalApplication',
		externalApplicationId: by('id', APPLICATION),
		name: '={{ $json.name }}',
		result: '已通过',
		date: '2025-03-10',
		...OWN,
	};

	const idsIn = (result: RunResult): unknown[][] =>
		(result.runData.Node ?? []).map(({ data }) =>
			(data?.main?.[0] ?? []).map(({ json }) => json.id),
		);

	test('two runs of the node in a loop do not share it, even if the first has left something in it', async () => {
		const tenant = await open();
		// The first item always fails, so every run is tried twice and forgets nothing.
		tenant.sandbox.fault({
			api: 'create_check',
			match: { body: '"name":"bad"' },
			always: true,
			do: REFUSED,
		});
		const result = await loop(tenant, CREATION, named('bad', 'good'), TWICE_CONTINUED.nodeSettings);
		expect(result.error).toBeUndefined();
		const made = newChecks(tenant);
		expect(made.map(({ name }) => name)).toEqual(['good', 'good']);
		expect(idsIn(result)).toEqual(made.map(({ id }) => [undefined, id]));
		const sent = bodiesOf(tenant, 'create_check');
		const keysOf = (name: string) =>
			sent.filter((body) => body.name === name).map(({ external_id }) => external_id);
		// The same key in each try of a run, and another in the next run.
		expect(new Set(keysOf('good')).size).toBe(2);
		expect(keysOf('good')).toHaveLength(2);
		const [a, b, c, d] = keysOf('bad');
		expect([a === b, c === d, a === c]).toEqual([true, true, false]);
	});

	test('two updates of one check in a loop: an earlier item of the next round writes again', async () => {
		const tenant = await open();
		tenant.sandbox.fault({ api: 'update_check', nth: 1, do: REFUSED });
		await loop(
			tenant,
			{
				resource: CHECK,
				operation: 'update',
				checkId: OLD_CHECK.id,
				updateFields: { result: '={{ $json.text }}' },
			},
			[{ json: { text: '一' } }, { json: { text: '二' } }],
			TWICE_CONTINUED.nodeSettings,
		);
		const texts = bodiesOf(tenant, 'update_check').map(({ result }) => result);
		expect(texts).toEqual(['一', '二', '一', '二']);
	});

	test.each(MODES)('nothing of it is stored with the execution (%s)', async (_mode, settings) => {
		const tenant = await open();
		const { sandbox } = tenant;
		const refuse = { api: 'create_check', match: { body: '"name":"bad"' } } as const;
		sandbox.fault({
			...refuse,
			always: true,
			do: async () => {
				await until(() => newChecks(tenant).some(({ name }) => name === 'good'));
				// By now the sandbox has carried it out.
				for (const { id } of newChecks(tenant).filter(({ name }) => name === 'bad')) {
					sandbox.checks.remove(id);
				}
				return jsonAnswer(400, { code: 1002002, msg: 'refused' });
			},
		});
		const items = named('bad', 'good').map((item) => ({
			...item,
			binary: { data: file('a.pdf', 'abc') },
		}));
		const result = await tenant.createChecks(items, { attachments: 'data' }, settings);
		const [made, ...others] = newChecks(tenant);
		expect(others).toEqual([]);
		const uploaded = bodiesOf(tenant, 'create_check')
			.filter(({ name }) => name === 'good')
			.flatMap(({ attachment_id_list }) => attachment_id_list as string[]);
		expect(uploaded).toHaveLength(1);
		const times = (text = '?') => result.serialized.split(text).length - 1;
		// Once in the output, or in the text of the error. n8n keeps the error of the node and that of
		// the run.
		const told = result.error
			? /Carried out before the error: item 2 \((\d+)\)\./.exec(errorOf(result))?.[1]
			: result.output()[1]?.json.id;
		expect(told).toBe(made?.id);
		const withoutError = JSON.stringify({
			...result.run,
			data: {
				...result.run.data,
				resultData: {
					...result.run.data.resultData,
					error: undefined,
					runData: Object.values(result.runData)
						.flat()
						.map((task) => ({ ...task, error: undefined })),
				},
			},
		});
		expect(withoutError.split(made?.id ?? '?').length - 1).toBe(result.error ? 0 : 1);
		expect(times(uploaded[0])).toBe(0);
		for (const { external_id } of bodiesOf(tenant, 'create_check')) {
			expect(times(external_id as string)).toBe(0);
		}
		const { contextData } = result.run.data.executionData!;
		expect(Object.keys(contextData)).not.toEqual([]);
		for (const context of Object.values(contextData)) expect(Object.entries(context)).toEqual([]);
	});
});

describe('a doubt about a change survives the next try', () => {
	interface Change {
		resource: string;
		operation: string;
		api: Api;
		/** The request that looks for the outcome. */
		reads: Api;
		/** The number of the request that first looks for it; undefined if none can. */
		looks?: number;
		parameters: INodeParameters;
	}
	const CHANGES: Change[] = [
		{
			resource: CHECK,
			operation: 'update',
			api: 'update_check',
			reads: 'batch_query',
			looks: 2,
			parameters: { checkId: OLD_CHECK.id, updateFields: { result: '未通过' } },
		},
		{
			resource: CHECK,
			operation: 'delete',
			api: 'delete_check',
			reads: 'batch_query',
			looks: 2,
			parameters: { checkId: OLD_CHECK.id },
		},
		{
			resource: RECORD,
			operation: 'update',
			api: 'update_application',
			reads: 'external_applications',
			looks: 2,
			parameters: {
				externalApplicationId: by('id', APPLICATION),
				candidate: by('value', TALENT.id),
				updateFields: { stage: '入职' },
			},
		},
		{
			resource: RECORD,
			operation: 'delete',
			api: 'delete_application',
			reads: 'external_applications',
			parameters: { externalApplicationId: by('id', APPLICATION) },
		},
	];

	const cases = CHANGES.flatMap((change) =>
		MODES.map(
			([mode, settings]) => [change.operation, change.resource, mode, change, settings] as const,
		),
	);

	const run = async (
		{ write }: WriteTenant,
		{ resource, operation, parameters }: Change,
		rest = {},
	) => await write(resource, operation, parameters, rest);

	test.each(cases)(
		'%s %s (%s): no answer at first, then a refusal: the error mentions both',
		async (_operation, _resource, _mode, change, settings) => {
			const tenant = await open();
			const { sandbox } = tenant;
			const { api, reads, looks } = change;
			sandbox.fault({ api, times: TRIES, do: { kind: 'reset', when: 'before' } });
			if (looks) sandbox.fault({ api: reads, nth: [0, 1, 2].map((n) => n + looks), do: 'html' });
			sandbox.fault({ api, always: true, do: REFUSED });
			const result = await run(tenant, change, settings);
			expect(sandbox.requests(api)).toHaveLength(TRIES + 1);
			const said = errorOf(result);
			expect(said).toContain(
				looks
					? 'It may have been carried out, but the node could not check'
					: `The record ${APPLICATION} may have been deleted`,
			);
			expect(said).toContain('A later try ended with: Feishu refused a parameter (code 1002002)');
			const isListed = said.includes('May have been carried out: item 1.');
			expect(isListed).toBe(result.error !== undefined);
			await expectSilence(tenant);
		},
	);

	test.each(cases)(
		'%s %s (%s): the outcome is looked for, but not found: the doubt stays',
		async (_operation, _resource, _mode, change, settings) => {
			const tenant = await open();
			const { sandbox } = tenant;
			sandbox.fault({ api: change.api, times: TRIES, do: { kind: 'reset', when: 'before' } });
			sandbox.fault({ api: change.api, always: true, do: REFUSED });
			const said = errorOf(await run(tenant, change, settings));
			expect(said).toMatch(
				/is unchanged, but the change may still take effect|exists, but the deletion may still take effect|may have been deleted/,
			);
			expect(said).toContain('A later try ended with: Feishu refused a parameter (code 1002002)');
		},
	);

	test.each(cases.filter(([operation]) => operation === 'update'))(
		'%s %s (%s): the second try cannot even read: the doubt stays',
		async (_operation, _resource, _mode, change, settings) => {
			const tenant = await open();
			const { sandbox } = tenant;
			sandbox.fault({ api: change.api, times: TRIES, do: { kind: 'reset', when: 'after' } });
			sandbox.fault({
				api: change.reads,
				when: () => sandbox.requests(change.reads).length > 1,
				do: 'html',
			});
			const result = await run(tenant, change, settings);
			expect(sandbox.requests(change.api)).toHaveLength(TRIES);
			expect(errorOf(result)).toContain('It may have been carried out');
			const isListed = errorOf(result).includes('May have been carried out: item 1.');
			expect(isListed).toBe(result.error !== undefined);
		},
	);

	test.each(MODES)(
		'a check that the first try deleted without an answer counts as deleted (%s)',
		async (_mode, settings) => {
			const tenant = await open();
			const { sandbox } = tenant;
			sandbox.fault({ api: 'delete_check', times: TRIES, do: { kind: 'reset', when: 'after' } });
			sandbox.fault({ api: 'batch_query', nth: [2, 3, 4], do: 'html' });
			const result = await run(tenant, CHANGES[1]!, settings);
			expect(errorOf(result)).toBe('');
			expect(result.output()[0]?.json).toEqual({ deleted: true, id: OLD_CHECK.id });
			expect(sandbox.requests('delete_check')).toHaveLength(TRIES);
		},
	);

	test('a refused first try leaves no doubt for the second', async () => {
		for (const change of CHANGES) {
			const tenant = await open();
			tenant.sandbox.fault({ api: change.api, always: true, do: REFUSED });
			const said = errorOf(await run(tenant, change, TWICE));
			expect(said).toMatch(/^Feishu refused a parameter/);
			expect(said).not.toMatch(/\bmay (still|have|be gone)\b/i);
		}
	});
});

describe('an update reads right before it writes, after its uploads', () => {
	test('what somebody else changes during an upload is kept, in the next check, too', async () => {
		const tenant = await open({
			checks: [structuredClone(OLD_CHECK), structuredClone(OTHER_CHECK)],
		});
		const { sandbox } = tenant;
		const ids = [OLD_CHECK.id, OTHER_CHECK.id];
		let held = 0;
		sandbox.fault({
			api: 'upload',
			always: true,
			do: async (_request, answer) => {
				held += 1;
				// Both uploads are in flight, so both checks have been read for the limit of files.
				await until(() => held === 2);
				for (const id of ids)
					sandbox.checks.update(id, { result: `改 ${id}`, date: 1741600000000 });
				return answer;
			},
		});
		const result = await tenant.write(
			CHECK,
			'update',
			{
				checkId: '={{ $json.id }}',
				updateFields: { attachmentsMode: 'add', attachments: 'data', name: '复核' },
			},
			{ items: ids.map((id) => ({ json: { id }, binary: { data: file('new.pdf', 'abc') } })) },
		);
		expect(errorOf(result)).toBe('');
		for (const [n, id] of ids.entries()) {
			const changed = { id, name: '复核', result: `改 ${id}`, date: 1741600000000 };
			expect(sandbox.checks.byId(id)).toMatchObject(changed);
			expect(filesOf(tenant, id)).toEqual([...(n === 0 ? ['学历核验.pdf'] : []), 'new.pdf']);
			expect(result.output()[n]?.json).toMatchObject({ id, result: `改 ${id}` });
		}
	});

	test('the next check of the run is read when it is its turn, not with the first', async () => {
		const tenant = await open({
			checks: [structuredClone(OLD_CHECK), structuredClone(OTHER_CHECK)],
		});
		const { sandbox } = tenant;
		const written: string[] = [];
		sandbox.fault({
			api: 'update_check',
			always: true,
			do: ({ path }, answer) => {
				written.push(path.split('/').pop()!);
				return answer;
			},
		});
		// The second item waits for its own file. By then the first check has been written.
		sandbox.fault({
			api: 'upload',
			always: true,
			do: async (_request, answer) => {
				await until(() => written.length > 0);
				sandbox.checks.update(OTHER_CHECK.id, { result: '存疑' });
				return answer;
			},
		});
		const items: INodeExecutionData[] = [
			{ json: { id: OLD_CHECK.id, mode: 'add', attachments: '' } },
			{
				json: { id: OTHER_CHECK.id, mode: 'add', attachments: 'data' },
				binary: { data: file('new.pdf', 'abc') },
			},
		];
		const updateFields = { name: '复核', ...BY_MODE };
		const parameters = { checkId: '={{ $json.id }}', updateFields };
		const result = await tenant.write(CHECK, 'update', parameters, { items });
		expect(errorOf(result)).toBe('');
		expect(written).toEqual([OLD_CHECK.id, OTHER_CHECK.id]);
		expect(sandbox.checks.byId(OTHER_CHECK.id)).toMatchObject({ name: '复核', result: '存疑' });
		expect(filesOf(tenant, OTHER_CHECK.id)).toEqual(['new.pdf']);
	});

	test('items of one check: what somebody else changes between their writes is kept', async () => {
		const tenant = await open();
		const { sandbox } = tenant;
		sandbox.fault({
			api: 'update_check',
			nth: 1,
			do: (_request, answer) => {
				sandbox.checks.update(OLD_CHECK.id, { result: '存疑' });
				return answer;
			},
		});
		const items = ['一', '二'].map((name) => ({ json: { name } }));
		const parameters = { checkId: OLD_CHECK.id, updateFields: { name: '={{ $json.name }}' } };
		const result = await tenant.write(CHECK, 'update', parameters, { items });
		expect(errorOf(result)).toBe('');
		const expected = { name: '二', result: '存疑' };
		expect(sandbox.checks.byId(OLD_CHECK.id)).toMatchObject(expected);
	});

	test('in a retry, too: what was changed between the tries is kept', async () => {
		const tenant = await open({
			externalApplications: [{ id: OTHER_APPLICATION, talent_id: TALENT.id }],
		});
		const { sandbox } = tenant;
		sandbox.fault({
			api: 'update_check',
			nth: 1,
			do: () => {
				sandbox.checks.update(OLD_CHECK.id, { name: OLD_CHECK.name, result: '存疑' });
				return jsonAnswer(400, { code: 1002002, msg: 'refused' });
			},
		});
		const parameters = { checkId: OLD_CHECK.id, updateFields: { name: '复核' } };
		const result = await tenant.write(CHECK, 'update', parameters, TWICE);
		expect(errorOf(result)).toBe('');
		expect(sandbox.checks.byId(OLD_CHECK.id)).toMatchObject({ name: '复核', result: '存疑' });
	});
});

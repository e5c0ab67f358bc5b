import type { IDataObject, NodeApiError } from 'n8n-workflow';
import type { FaultAction } from '../../sandbox';
import { gather } from '../harness/gather';
import { ALL_EVENTS, someChecks, useTrigger, at } from '../harness/triggerInN8n';

const openTrigger = useTrigger();

/** An answer with the last page of a list. */
const page = (items: IDataObject[]): FaultAction => ({
	kind: 'answer',
	status: 200,
	body: { code: 0, msg: 'success', data: { has_more: false, items } },
});

test('the first run takes existing records as known', async () => {
	const trigger = await openTrigger({ checks: someChecks(45) });
	expect(await trigger.activate()).toBeNull();
	expect(await trigger.poll()).toBeNull();
	expect(trigger.tenant.queries()).toHaveLength(6);
});

test('the first run emits existing records if the option says so, once', async () => {
	const checks = someChecks(45);
	const trigger = await openTrigger(
		{ checks },
		{ simple: false, options: { includeExistingOnFirstRun: true } },
	);
	expect(await trigger.activate()).toEqual(checks.map((check) => ({ ...check, event: 'created' })));
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.restart()).toBeNull();
});

test('emits a created check, a changed one with its changes, and a deleted one when two polls miss it', async () => {
	const checks = someChecks(45);
	const trigger = await openTrigger({ checks });
	const { sandbox } = trigger.tenant;
	await trigger.activate();

	const created = { ...at(someChecks(46), 45) };
	sandbox.checks.add(created);
	const changed = sandbox.checks.update(at(checks, 20).id, {
		date: 1_800_000_000_000,
		name: '王伟-补充背调',
		result: '未通过',
		attachment_list: [{ id: '5', name: '背景调查报告.pdf', size: 1 }],
	});
	sandbox.checks.remove(at(checks, 3).id);
	expect(await trigger.poll()).toEqual([
		{
			...changed,
			event: 'changed',
			changes: [
				{ field: 'date', old: 1_700_000_000_020, new: 1_800_000_000_000 },
				{ field: 'name', new: '王伟-补充背调' },
				{ field: 'result', old: '进行中', new: '未通过' },
				{ field: 'attachments', old: 0, new: 1 },
			],
		},
		{ ...created, event: 'created' },
	]);
	expect(await trigger.poll()).toEqual([
		{
			id: at(checks, 3).id,
			last_known: { date: 1_700_000_000_003, attachments: 0, result: '进行中' },
			event: 'deleted',
		},
	]);
	expect(await trigger.poll()).toBeNull();
});

test('a check that only one poll misses was not deleted; its changes meanwhile are emitted', async () => {
	const checks = someChecks(3);
	const trigger = await openTrigger({ checks });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.checks.remove(at(checks, 0).id);
	expect(await trigger.poll()).toBeNull();
	sandbox.checks.add({ ...at(checks, 0), result: '已通过' });
	expect(await trigger.poll()).toMatchObject([
		{ event: 'changed', changes: [{ field: 'result', old: '进行中', new: '已通过' }] },
	]);
	expect(await trigger.poll()).toBeNull();
});

test('the first run emits what exists whatever the events are, but only with the right result', async () => {
	const checks = someChecks(4);
	at(checks, 2).result = '未通过';
	const trigger = await openTrigger(
		{ checks },
		{
			events: ['deleted'],
			simple: false,
			options: { includeExistingOnFirstRun: true, resultIs: '未通过' },
		},
	);
	expect(await trigger.activate()).toEqual([{ ...checks[2], event: 'created' }]);
});

test('a deleted check passes by its last result, even when only the hash of that is kept', async () => {
	const passed = at(someChecks(2), 0);
	const failed = at(someChecks(2), 1);
	const result = `未通过：${'原因'.repeat(30)}`;
	failed.result = `  ${result}　`;
	const trigger = await openTrigger(
		{ checks: [passed, failed] },
		{ ...ALL_EVENTS, options: { resultIs: `={{ ["${result}"] }}` } },
	);
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	for (const { id } of [passed, failed]) sandbox.checks.remove(id);
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.poll()).toEqual([
		{ id: failed.id, last_known: { date: failed.date, attachments: 0 }, event: 'deleted' },
	]);
});

test('a value that changes and changes back between two polls is not a change', async () => {
	const checks = someChecks(2);
	const trigger = await openTrigger({ checks });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.checks.update(at(checks, 0).id, { result: '未通过' });
	sandbox.checks.update(at(checks, 0).id, { result: '进行中' });
	expect(await trigger.poll()).toBeNull();
});

test('by default deletions are not emitted, but remembered', async () => {
	const checks = someChecks(3);
	const trigger = await openTrigger({ checks }, {});
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.checks.remove(at(checks, 0).id);
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.poll()).toBeNull();
	sandbox.checks.add(at(checks, 0));
	expect(await trigger.poll()).toMatchObject([{ id: at(checks, 0).id, event: 'created' }]);
});

test('fields of Feishu with the names of ours are kept beside ours', async () => {
	const check = at(someChecks(1), 0);
	const trigger = await openTrigger({ checks: [] });
	await trigger.activate();
	trigger.tenant.sandbox.checks.add({ ...check, event: 'theirs', changes: 7, extra: { a: 1 } });
	expect(await trigger.poll()).toEqual([
		{ ...check, feishu_event: 'theirs', feishu_changes: 7, extra: { a: 1 }, event: 'created' },
	]);
});

test('no names are stored with the workflow', async () => {
	const checks = someChecks(30);
	const trigger = await openTrigger({ checks });
	await trigger.activate();
	const name = '欧阳建国-入职前背景调查';
	trigger.tenant.sandbox.checks.update(at(checks, 1).id, { name });
	expect(await trigger.poll()).toMatchObject([{ changes: [{ field: 'name', new: name }] }]);
	expect(trigger.saved).not.toMatch(/背调|背景|欧阳/);
	expect(trigger.saved).toContain('进行中');
});

test.each([
	['only selected fields count', { changedFields: ['result'] }, { name: 'x', date: 1 }, null],
	[
		'only selected fields are listed',
		{ changedFields: ['result', 'date'] },
		{ name: 'x', result: '未通过' },
		[{ field: 'result', old: '进行中', new: '未通过' }],
	],
	['different result does not pass', { resultIs: '未通过，存疑' }, { result: '已通过' }, null],
	[
		'one of the results passes',
		{ resultIs: '未通过，存疑' },
		{ result: '存疑' },
		[{ field: 'result', old: '进行中', new: '存疑' }],
	],
])('%s', async (_title, options, patch, changes) => {
	const checks = someChecks(2);
	const trigger = await openTrigger({ checks }, { ...ALL_EVENTS, options });
	await trigger.activate();
	trigger.tenant.sandbox.checks.update(at(checks, 1).id, patch);
	const items = await trigger.poll();
	expect(items && items.map((item) => item.changes)).toEqual(changes && [changes]);
	expect(await trigger.poll()).toBeNull();
});

describe('run by hand', () => {
	test('shows up to 10 checks as created, with one request, and touches no state', async () => {
		const checks = someChecks(30);
		const trigger = await openTrigger({ checks });
		await trigger.activate();
		const { saved } = trigger;
		trigger.tenant.sandbox.resetLog();
		expect(await trigger.runManually()).toEqual(
			checks.slice(0, 10).map((check) => ({ ...check, event: 'created' })),
		);
		expect(trigger.tenant.queries()).toHaveLength(1);
		expect(trigger.saved).toBe(saved);
		expect(await trigger.poll()).toBeNull();
	});

	test('says so if there is nothing to show', async () => {
		const trigger = await openTrigger({ checks: [] });
		await expect(trigger.runManually()).rejects.toMatchObject({
			message: 'No background checks to show',
			description:
				"Feishu returned none. Check 'Watch', or test again once there is one. This does not affect the published workflow.",
		});
	});

	test('takes the rest from the next application', async () => {
		const checks = [...someChecks(3, '77'), ...someChecks(20, '78')];
		const parameters = { watch: 'applications', externalApplicationIds: '77 78' };
		const trigger = await openTrigger({ checks }, parameters);
		expect(await trigger.runManually()).toHaveLength(10);
		expect(trigger.tenant.queries()).toHaveLength(2);
	});

	test('with only Changed chosen: as if checks had just got their values', async () => {
		const full = at(someChecks(2), 0);
		const empty = at(someChecks(2), 1);
		full.attachment_list = [{ id: '5', name: '报告.pdf', size: 1 }];
		for (const field of ['date', 'name', 'result']) empty[field] = null;
		const trigger = await openTrigger(
			{ checks: [empty, full] },
			{ events: ['changed'], simple: false },
		);
		expect(await trigger.runManually()).toEqual([
			{
				...full,
				event: 'changed',
				changes: [
					{ field: 'date', old: null, new: full.date },
					{ field: 'name', new: full.name },
					{ field: 'result', old: null, new: full.result },
					{ field: 'attachments', old: 0, new: 1 },
				],
			},
		]);
	});

	test('with only Deleted chosen: as if checks had just been deleted', async () => {
		const check = at(someChecks(1), 0);
		const trigger = await openTrigger({ checks: [check] }, { events: ['deleted'], simple: false });
		const { date, result } = check;
		expect(await trigger.runManually()).toEqual([
			{ event: 'deleted', id: check.id, last_known: { date, result, attachments: 0 } },
		]);
	});

	test.each([
		[['created', 'changed', 'deleted'], false],
		[['changed'], true],
		[['deleted', 'changed'], true],
	])('with the events %j a box calls the items samples: %s', async (events, is) => {
		const trigger = await openTrigger({ checks: someChecks(1) }, { events });
		const hints = (await trigger.execute('manual')).hints();
		const message = expect.stringContaining('These are samples: existing records') as string;
		expect(hints).toEqual(is ? [{ message, location: 'outputPane', type: 'info' }] : []);
	});

	test('a real event is emitted as it is, without such a box', async () => {
		const trigger = await openTrigger({ checks: someChecks(2) }, { events: ['changed'] });
		await trigger.activate();
		trigger.tenant.sandbox.checks.update(at(someChecks(1), 0).id, { result: '未通过' });
		const items = (await trigger.poll()) ?? [];
		expect(items).toMatchObject([{ event: 'changed' }]);
		trigger.tenant.sandbox.resetLog();
		const execution = await trigger.execute('trigger', items);
		expect(execution.output().map(({ json }) => json)).toEqual(items);
		expect(execution.hints()).toEqual([]);
		expect(trigger.tenant.queries()).toEqual([]);
	});

	test('only changes in the Changed Fields are shown', async () => {
		const trigger = await openTrigger(
			{ checks: someChecks(3) },
			{ events: ['changed'], options: { changedFields: ['result'] } },
		);
		expect(await trigger.runManually()).toMatchObject(
			someChecks(3).map(({ id }) => ({
				id,
				changes: [{ field: 'result', old: null, new: '进行中' }],
			})),
		);
	});

	test('Result Is decides, on whatever page', async () => {
		const checks = someChecks(50);
		for (const index of [3, 45]) at(checks, index).result = ' 未通过 ';
		const trigger = await openTrigger({ checks }, { options: { resultIs: '未通过' } });
		const items = await trigger.runManually();
		expect(items?.map(({ id }) => id)).toEqual([at(checks, 3).id, at(checks, 45).id]);
		expect(trigger.tenant.queries()).toHaveLength(3);
	});

	test.each([
		[
			{ options: { resultIs: '未通过' } },
			"None of the 45 background checks matches 'Result Is'",
			"Compare 'Result Is' with the results in Feishu Hire. Results are free text, and the whole text must match.",
		],
		[
			{ events: ['changed'], options: { changedFields: ['attachments'] } },
			'None of the 45 background checks can be shown as changed',
			"In those that match 'Result Is', all of the 'Changed Fields' are still empty.",
		],
	])('with %j nothing matches, and it says so', async (parameters, message, why) => {
		const trigger = await openTrigger({ checks: someChecks(45) }, parameters);
		const description = `${why} This does not affect the published workflow.`;
		await expect(trigger.runManually()).rejects.toMatchObject({ message, description });
	});

	test('it reads 50 pages at most, and says what it has read', async () => {
		const trigger = await openTrigger(
			{ checks: someChecks(1100) },
			{ options: { resultIs: '未通过' } },
		);
		await expect(trigger.runManually()).rejects.toThrow(
			'None of the 1000 background checks that a test reads matches',
		);
		expect(trigger.tenant.queries()).toHaveLength(50);
	});

	test.each([
		['is all there is', {}, 'None of the 1000 background checks matches'],
		[
			'is all of the first application only',
			{ watch: 'applications', externalApplicationIds: '77 78' },
			'None of the 1000 background checks that a test reads matches',
		],
	])('what the 50 pages hold %s, and it says so', async (_what, watch, message) => {
		const trigger = await openTrigger(
			{ checks: someChecks(1000) },
			{ ...watch, options: { resultIs: '未通过' } },
		);
		await expect(trigger.runManually()).rejects.toThrow(message);
		expect(trigger.tenant.queries()).toHaveLength(50);
	});

	test('a check that two watched applications list is shown once, and none without an ID', async () => {
		const checks = someChecks(3, '77');
		const trigger = await openTrigger(
			{ checks },
			{ simple: false, watch: 'applications', externalApplicationIds: '77 78' },
		);
		const { sandbox } = trigger.tenant;
		const items = [{ ...at(checks, 0), external_application_id: '' }, { name: 'no ID' }];
		sandbox.fault({ api: 'batch_query', nth: 2, do: page(items) });
		expect(await trigger.runManually()).toEqual(
			checks.map((check) => ({ ...check, event: 'created' })),
		);
		expect(trigger.tenant.queries()).toHaveLength(2);
	});

	test('a page of 200,000 checks is taken', async () => {
		const items = Array.from({ length: 200_000 }, (_, index) => ({ id: String(index + 1) }));
		const trigger = await openTrigger({ checks: [] });
		trigger.tenant.sandbox.fault({ api: 'batch_query', always: true, do: page(items) });
		expect(await trigger.runManually()).toHaveLength(10);
		await trigger.activate();
		expect(trigger.saved.length).toBeGreaterThan(200_000);
	});
});

describe('simplified, as it is unless told otherwise', () => {
	const settings = { timezone: 'Asia/Shanghai' };
	const BEIJING_DAY = Date.parse('2025-03-10T00:00:00+08:00');

	test('what people read first, then the rest; dates as text in the zone of the workflow', async () => {
		const trigger = await openTrigger({ checks: [] }, {}, settings);
		const { sandbox } = trigger.tenant;
		await trigger.activate();
		const check = sandbox.checks.add({
			...at(someChecks(1), 0),
			date: BEIJING_DAY,
			result: undefined,
			event: 'theirs',
		});
		const [created] = (await trigger.poll()) ?? [];
		expect(Object.entries(created ?? {})).toEqual([
			['event', 'created'],
			['name', check.name],
			['result', null],
			['date', '2025-03-10T00:00:00.000+08:00'],
			['id', check.id],
			['external_application_id', '77'],
			['attachment_list', []],
			['feishu_event', 'theirs'],
		]);

		sandbox.checks.update(check.id, { date: BEIJING_DAY + 86_400_000 });
		expect(await trigger.poll()).toMatchObject([
			{
				event: 'changed',
				date: '2025-03-11T00:00:00.000+08:00',
				changes: [
					{
						field: 'date',
						old: '2025-03-10T00:00:00.000+08:00',
						new: '2025-03-11T00:00:00.000+08:00',
					},
				],
			},
		]);
	});

	test('of a deleted check the date that was kept', async () => {
		const check = { ...at(someChecks(1), 0), date: BEIJING_DAY };
		const trigger = await openTrigger({ checks: [check] }, { events: ['deleted'] }, settings);
		await trigger.activate();
		trigger.tenant.sandbox.checks.remove(check.id);
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toMatchObject([
			{ event: 'deleted', last_known: { date: '2025-03-10T00:00:00.000+08:00' } },
		]);
	});
});

test.each([
	[{ events: [] }, "'Events' is empty"],
	[{ events: '={{ "created" }}' }, "'Events' is text, not a list"],
	[{ events: ['renamed'] }, "'Events' has an invalid value"],
	[{ watch: 'some' }, "'Watch' has an invalid value"],
	[{ watch: 'applications' }, "'External Application IDs' is empty"],
	[
		{ watch: 'applications', externalApplicationIds: '王伟' },
		"'External Application IDs' contains something that looks like a name, not an ID",
	],
	[
		{ watch: 'applications', externalApplicationIds: '={{ Array(1) }}' },
		"'External Application IDs' is empty",
	],
	[{ simple: '={{ "yes" }}' }, "'Simplify' is text, not true or false"],
	[
		{ options: { includeExistingOnFirstRun: '={{ "yes" }}' } },
		"'Include Existing on First Run' is text, not true or false",
	],
	[{ options: { changedFields: [] } }, "'Changed Fields' is empty"],
	[
		{ options: { resultIs: '={{ [true] }}' } },
		"'Result Is' contains an entry that is a boolean, not text",
	],
	[{ options: { timeout: 0 } }, "'Timeout' is 0, not a whole number from 1 to 3600000"],
	[{ options: { requestsPerSecond: 0 } }, "'Requests per Second' is 0, not a number from 1 to 100"],
])('refuses %j before a request is sent', async (parameters, message) => {
	const trigger = await openTrigger({ checks: [] }, parameters);
	await expect(trigger.activate()).rejects.toThrow(message);
	expect(trigger.tenant.sandbox.log).toEqual([]);
});

test.each([
	[{ events: [] }, 'Choose at least one of: created, changed, deleted, orderCreated, '],
	[{ watch: 'applications', externalApplicationIds: '' }, "'All' in 'Watch'"],
])('for %j it says what to do', async (parameters, advice) => {
	const trigger = await openTrigger({ checks: [] }, parameters);
	await expect(trigger.activate()).rejects.toMatchObject({
		description: expect.stringContaining(advice) as string,
	});
});

test('at 100 requests a second more than ten applications are read at once', async () => {
	const applications = Array.from({ length: 15 }, (_, index) => String(77 + index));
	const trigger = await openTrigger(
		{ checks: someChecks(3) },
		{ watch: 'applications', externalApplicationIds: applications.join() },
	);
	const most = gather(trigger.tenant.sandbox, 'batch_query', 15);
	expect(await trigger.activate()).toBeNull();
	expect(most()).toBe(15);
});

test('names the application that Feishu refuses', async () => {
	const trigger = await openTrigger(
		{ checks: someChecks(3), open: { unknownApplication: 'error' } },
		{ watch: 'applications', externalApplicationIds: '77,78' },
	);
	const error = (await trigger.activate().catch((reason: unknown) => reason)) as NodeApiError;
	expect(error.description).toContain('Affected ID: 78.');
});

import { setTimeout as pause } from 'node:timers/promises';
import { itemOf } from '../../harness/itemOf';
import {
	APPLICATION,
	CONTINUE,
	DAY,
	DAY_MS,
	endpoints,
	errorIn,
	named,
	newChecks,
	OLD_CHECK,
	OWN,
	saidBy,
	useWriteTenant,
} from './tenant';

const open = useWriteTenant();

test('a check is created with what the item says, and comes out', async () => {
	const { sandbox, createChecks } = await open();
	const result = await createChecks(named('岗前背调'), OWN);
	expect(result.error).toBeUndefined();
	const [stored, ...others] = sandbox.checks.all().filter(({ id }) => id !== OLD_CHECK.id);
	expect(others).toHaveLength(0);
	expect(stored).toMatchObject({
		external_application_id: APPLICATION,
		name: '岗前背调',
		result: '已通过',
		date: DAY_MS,
	});
	expect(result.output()).toMatchObject([
		{
			json: {
				id: stored?.id,
				name: '岗前背调',
				result: '已通过',
				date: `${DAY}T00:00:00.000+08:00`,
				external_application_id: APPLICATION,
			},
			pairedItem: { item: 0 },
		},
	]);
	const sent = sandbox.requests('create_check').map(({ body }) => JSON.parse(body) as object);
	// No list of attachments: the effect of an empty one is not documented.
	expect(sent.map((body) => Object.keys(body).sort())).toEqual([
		['date', 'external_application_id', 'external_id', 'name', 'result'],
	]);
	expect(sandbox.requests('batch_query')).toHaveLength(0);
});

test('many items make many checks, in order, each with an external_id of its own', async () => {
	const { sandbox, createChecks } = await open({ latencyMs: 20 });
	const names = Array.from({ length: 40 }, (_, index) => `check ${index}`);
	const result = await createChecks(named(...names));
	expect(result.output().map(({ json }) => json.name)).toEqual(names);
	expect(result.output().map(({ pairedItem }) => pairedItem)).toEqual(
		names.map((_, item) => ({ item })),
	);
	const keys = sandbox.requests('create_check').map(({ body }) => {
		const { external_id } = JSON.parse(body) as { external_id: string };
		return external_id;
	});
	expect(new Set(keys).size).toBe(40);
	for (const key of keys) expect(key).toMatch(/^n8n-[0-9a-f]{40}$/);
});

test('with If Identical Exists: Create two items with the same content are two checks', async () => {
	const { sandbox, createChecks } = await open();
	const result = await createChecks(named('same', 'same'), OWN);
	expect(new Set(result.output().map(({ json }) => json.id)).size).toBe(2);
	expect(sandbox.checks.byApplication(APPLICATION)).toHaveLength(3);
});

test('two items with the same content make one check, and the second says so', async () => {
	const { sandbox, createChecks } = await open();
	const result = await createChecks(named('same', 'same'));
	const [first, second] = result.output().map(({ json }) => json);
	expect(first).not.toHaveProperty('already_existed');
	expect(second).toEqual({ ...first, already_existed: true });
	expect(sandbox.requests('create_check')).toHaveLength(1);
});

test('an existing identical check comes out', async () => {
	const { sandbox, createChecks } = await open({
		checks: [{ ...OLD_CHECK, attachment_list: [] }],
	});
	const item = { json: { name: OLD_CHECK.name, result: OLD_CHECK.result, date: OLD_CHECK.date } };
	const result = await createChecks([item]);
	expect(result.output()[0]?.json).toMatchObject({ id: OLD_CHECK.id, already_existed: true });
	expect(sandbox.requests('create_check')).toHaveLength(0);
});

test('the same External ID for two items is refused before anything is sent', async () => {
	const { sandbox, createChecks } = await open();
	const result = await createChecks(named('a', 'b'), { options: { externalId: 'vendor-1' } });
	expect(saidBy(result.error)).toContain("'External ID' is the same as in item 1");
	expect(sandbox.log).toHaveLength(0);
});

test('a second run with the same External ID duplicates nothing', async () => {
	const { sandbox, createChecks } = await open();
	const options = { externalId: '=vendor-{{ $json.name }}' };
	const first = await createChecks(named('a'), { options });
	const second = await createChecks(named('a'), { options });
	expect(second.output()[0]?.json.id).toBe(first.output()[0]?.json.id);
	expect(sandbox.checks.byApplication(APPLICATION)).toHaveLength(2);
});

test('an External ID used with other content is an error that names the record', async () => {
	const { sandbox, createChecks } = await open();
	const options = { externalId: 'vendor-1' };
	const first = await createChecks(named('a'), { options });
	const second = await createChecks([{ json: { name: 'a', result: '未通过' } }], { options });
	const text = saidBy(second.error);
	expect(text).toContain(
		`${first.output()[0]?.json.id as string} in Feishu differs from what was sent: different result`,
	);
	expect(text).toContain('External ID');
	expect(sandbox.checks.byApplication(APPLICATION)).toHaveLength(2);
});

test('a number is recorded as text, and found again with it', async () => {
	const tenant = await open();
	const items = [{ json: { name: 2025, result: 87.5 } }, { json: { name: 0, result: 0 } }];
	const result = await tenant.createChecks(items);
	expect(result.error).toBeUndefined();
	const expected = [
		{ name: '2025', result: '87.5' },
		{ name: '0', result: '0' },
	];
	expect(result.output().map(({ json }) => json)).toMatchObject(expected);
	expect(newChecks(tenant)).toEqual(
		expect.arrayContaining(expected.map((check) => expect.objectContaining(check) as unknown)),
	);
	const found = await tenant.write('externalBackgroundCheck', 'getMany', {
		filters: { results: '={{ 87.5 }}', nameContains: '={{ 202 }}' },
	});
	expect(found.output().map(({ json }) => json.name)).toEqual(['2025']);
	const again = await tenant.createChecks(items);
	expect(again.output().map(({ json }) => json.already_existed)).toEqual([true, true]);
});

test.each([
	['empty name', { name: '  ' }, "'Name' is empty"],
	['missing name', { name: undefined }, "'Name' is empty"],
	['a number that has lost digits', { name: 2 ** 53 }, "'Name' is a number, not text"],
	['word for nothing', { name: 'undefined' }, "'Name' is a placeholder for a missing value"],
	['seconds', { date: 1741536000 }, "'Date' looks like seconds"],
	['an Excel number of 1970', { date: new Date(46205).toISOString() }, "'Date' is before 1973"],
	['impossible day', { date: '2025-02-30' }, "'Date' is a date that does not exist"],
	['no date', { date: 'tomorrow' }, "'Date' is text that cannot be read as a date"],
	[
		'a day nobody can tell',
		{ date: '05/06/2026' },
		"'Date' does not make clear which number is the day",
	],
])('%s in the last item: nothing is sent', async (_name, bad, message) => {
	const { sandbox, createChecks } = await open();
	const items = [...named('a', 'b'), { json: { name: 'c', ...bad } }];
	const result = await createChecks(items);
	expect(saidBy(result.error)).toContain(message);
	expect(itemOf(result.error)).toBe(2);
	expect(sandbox.log).toHaveLength(0);
});

test.each([
	['an empty one', '', "'External Application' is empty"],
	['a name', '欧阳若兰', 'looks like a name'],
	['a rounded one', '7.41e+18', 'a rounded number'],
	['two', '7410000000000009001, 7410000000000009002', 'contains 2 IDs'],
])('external application: %s is refused', async (_name, value, message) => {
	const { sandbox, createChecks } = await open();
	const result = await createChecks([{ json: { name: 'a', id: value } }], {
		externalApplicationId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
	});
	expect(saidBy(result.error)).toContain(message);
	expect(result.serialized).not.toMatch(/"(message|description)":"[^"]*欧阳若兰/);
	expect(sandbox.log).toHaveLength(0);
});

test('under Continue On Fail bad items fail and the others are written', async () => {
	const { sandbox, createChecks } = await open();
	const result = await createChecks(named('a', '', 'c'), {}, CONTINUE);
	expect(result.output().map((item) => errorIn(item)?.message ?? item.json.name)).toEqual([
		'a',
		"'Name' is empty",
		'c',
	]);
	expect(result.output().map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(sandbox.requests('create_check')).toHaveLength(2);
});

test('failed items go to the error output', async () => {
	const { createChecks } = await open();
	const result = await createChecks(
		named('a', ''),
		{},
		{
			nodeSettings: { onError: 'continueErrorOutput' },
		},
	);
	expect(result.output(undefined, 0).map(({ json }) => json.name)).toEqual(['a']);
	expect(result.output(undefined, 1)).toHaveLength(1);
});

test('an error ends the run before the next write, and says what was written', async () => {
	const { sandbox, createChecks } = await open({ latencyMs: 100 });
	// Slow enough for the error to come before the end, fast enough for several to be in flight.
	const { requestsPerSecond } = endpoints.createCheck;
	endpoints.createCheck.requestsPerSecond = 100;
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"check 2"' },
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const names = Array.from({ length: 100 }, (_, index) => `check ${index}`);
	const result = await createChecks(named(...names));
	endpoints.createCheck.requestsPerSecond = requestsPerSecond;
	const text = saidBy(result.error);
	const written = sandbox.checks.byApplication(APPLICATION).slice(1);
	expect(itemOf(result.error)).toBe(2);
	// Those in flight when the error came are awaited; none is sent after it.
	expect(written.length).toBeGreaterThan(3);
	expect(written.length).toBeLessThan(60);
	await pause(200);
	expect(sandbox.requests('create_check')).toHaveLength(written.length + 1);
	expect(sandbox.checks.byApplication(APPLICATION).slice(1)).toHaveLength(written.length);
	const items = written
		.map(({ name, id }) => [Number(name?.slice('check '.length)) + 1, id] as const)
		.sort(([a], [b]) => a - b);
	expect(text).toContain(
		items.length > 20
			? `Carried out before the error: items 1–2, 4–${items.length + 1}.`
			: `Carried out before the error: items ${items.map(([item, id]) => `${item} (${id})`).join(', ')}.`,
	);
});

test('a missing scope is named', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.app.scopes = ['hire:external_application:readonly'];
	const result = await createChecks(named('a'));
	expect(saidBy(result.error)).toContain('hire:external_application');
	expect(saidBy(result.error)).not.toContain('readonly');
});

test('a missing scope is named, even if Feishu names none', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({ api: 'create_check', do: { kind: 'answer', status: 400, code: 99991672 } });
	const result = await createChecks(named('a'));
	expect(saidBy(result.error)).toContain(
		'Any one of these scopes is enough: hire:external_application.',
	);
});

test('an unusable credential is the error of every item', async () => {
	const { credentials, credentialId, createChecks, sandbox } = await open();
	credentials.edit(credentialId, { customBaseUrl: 'http://open.feishu.example' });
	const result = await createChecks(named('a', 'b'), {}, CONTINUE);
	expect(result.output().map((item) => errorIn(item)?.message)).toEqual([
		expect.stringContaining('must start with https'),
		expect.stringContaining('must start with https'),
	]);
	const ended = await createChecks(named('a', 'b'));
	expect(itemOf(ended.error)).toBeUndefined();
	expect(sandbox.log).toHaveLength(0);
});

test('a resource that the form does not offer is refused with the exact message', async () => {
	const { sandbox, write } = await open();
	const result = await write('referral', 'create', {});
	expect(saidBy(result.error)).toBe(
		"'Resource' has an invalid value\nChoose one from the list. For other Feishu Hire APIs, use the HTTP Request node with this credential.",
	);
	expect(sandbox.log).toHaveLength(0);
});

test('an operation that the form does not offer is refused', async () => {
	const { sandbox, write } = await open();
	const result = await write('externalBackgroundCheck', '__CUSTOM_API_CALL__', {});
	expect(saidBy(result.error)).toContain("'Operation' has an invalid value");
	expect(sandbox.log).toHaveLength(0);
});

test('a page of 200,000 checks is taken', async () => {
	const { sandbox, createChecks } = await open();
	const items = Array.from({ length: 200_000 }, (_, index) => ({ id: String(index + 1) }));
	const body = { code: 0, data: { items, has_more: false } };
	sandbox.fault({ api: 'batch_query', do: { kind: 'answer', status: 200, body } });
	const result = await createChecks(named('a'));
	expect([result.error?.message, result.output()]).toEqual([undefined, [expect.anything()]]);
});

import type { Answer, RequestRecord } from '../../../sandbox';
import { itemOf } from '../../harness/itemOf';
import {
	APPLICATION,
	CONTINUE,
	DAY_MS,
	errorIn,
	file,
	named,
	newChecks,
	OLD_CHECK,
	OWN,
	readableOnce,
	saidBy,
	TRIES,
	useFewTries,
	useWriteTenant,
} from './tenant';

const open = useWriteTenant();

useFewTries();

test('Retry On Fail: a doubt of the first try stays when the second cannot read the checks', async () => {
	const tenant = await open();
	const { sandbox } = tenant;
	sandbox.fault({ api: 'create_check', always: true, do: { kind: 'reset', when: 'after' } });
	readableOnce(tenant);
	const result = await tenant.createChecks(
		named('a'),
		{},
		{
			nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		},
	);
	// The second try sent nothing, because it could not read the existing checks.
	expect(sandbox.requests('create_check')).toHaveLength(TRIES);
	expect(sandbox.requests('batch_query')).toHaveLength(1 + 2 * TRIES);
	expect(newChecks(tenant)).toHaveLength(1);
	expect(saidBy(result.error)).toContain('may have been carried out');
	expect(result.error?.description).toContain('May have been carried out: item 1.');
});

/** n8n runs the node twice; the user sees only the error of the second run. */
const TWICE = { nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } };

/** Feishu returns another record than was sent. */
const anotherResult = (_request: RequestRecord, answer: Answer): Answer => ({
	...answer,
	body: (answer.body as string).replace('已通过', '存疑'),
});

test.each([
	['the repeat is refused', OWN, undefined],
	['what is there cannot be read any more', {}, readableOnce],
])(
	'Retry On Fail: the last error names the record that differs from what was sent, when %s',
	async (_when, parameters, prepare) => {
		const tenant = await open({ open: { repeatedExternalId: 'error' } });
		const { sandbox } = tenant;
		sandbox.fault({ api: 'create_check', times: 1, do: anotherResult });
		prepare?.(tenant);
		const result = await tenant.createChecks(named('a'), parameters, TWICE);
		const [made] = newChecks(tenant);
		expect(saidBy(result.error)).toContain(
			`The background check ${made?.id} in Feishu differs from what was sent: different result`,
		);
		expect(newChecks(tenant)).toHaveLength(1);
	},
);

test('Retry On Fail: the IDs of its uploaded files stay with it', async () => {
	const tenant = await open({ open: { repeatedExternalId: 'error' } });
	const { sandbox } = tenant;
	sandbox.fault({ api: 'create_check', times: 1, do: anotherResult });
	const [item] = named('a');
	const result = await tenant.createChecks(
		[{ json: {}, ...item, binary: { data: file('a.pdf', 'a') } }],
		{ attachments: 'data', ...OWN },
		TWICE,
	);
	expect(saidBy(result.error)).toMatch(
		/differs from what was sent: different result[\s\S]*attachment IDs\): \d{19}\./,
	);
	expect(sandbox.requests('upload')).toHaveLength(1);
});

test('Retry On Fail: a repeat that finds the record as it was sent is a success', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'create_check', times: 1, do: anotherResult });
	const result = await tenant.createChecks(named('a'), {}, TWICE);
	expect(result.output()[0]?.json.id).toBe(newChecks(tenant)[0]?.id);
	expect(newChecks(tenant)).toHaveLength(1);
});

test('Retry On Fail: a doubt ends when the record is found, even if it differs from what was sent', async () => {
	const tenant = await open();
	const { sandbox } = tenant;
	sandbox.fault({ api: 'batch_query', always: true, do: 'html' });
	sandbox.fault({ api: 'create_check', times: TRIES, do: { kind: 'reset', when: 'after' } });
	sandbox.fault({ api: 'create_check', do: anotherResult });
	const result = await tenant.createChecks(named('a'), OWN, TWICE);
	expect(sandbox.requests('create_check')).toHaveLength(TRIES + 1);
	const [made] = newChecks(tenant);
	expect(saidBy(result.error)).toContain(
		`${made?.id} in Feishu differs from what was sent: different result`,
	);
	expect(saidBy(result.error)).not.toContain('may have been carried out');
	expect(newChecks(tenant)).toHaveLength(1);
});

test('Retry On Fail: what the first try has created is not returned for another item', async () => {
	const tenant = await open();
	const { sandbox } = tenant;
	sandbox.fault({
		api: 'create_check',
		nth: 2,
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	sandbox.fault({
		api: 'create_check',
		when: () => sandbox.requests('create_check').length > 2,
		do: { kind: 'reset', when: 'before' },
	});
	const result = await tenant.createChecks(named('a', 'a'), OWN, TWICE);
	expect(saidBy(result.error)).toContain('No new record was found, but one may still');
	expect(newChecks(tenant)).toHaveLength(1);
});

test('Retry On Fail: after a refused repeat the record is looked for, because the first try may have created it', async () => {
	const tenant = await open({ open: { repeatedExternalId: 'error' } });
	const { sandbox } = tenant;
	sandbox.fault({ api: 'create_check', times: TRIES, do: { kind: 'reset', when: 'after' } });
	sandbox.fault({ api: 'batch_query', times: TRIES, do: 'html' });
	const result = await tenant.createChecks(named('a'), OWN, TWICE);
	expect(result.error).toBeUndefined();
	expect(sandbox.requests('create_check')).toHaveLength(TRIES + 1);
	expect(newChecks(tenant)).toHaveLength(1);
	expect(result.output()[0]?.json.id).toBe(newChecks(tenant)[0]?.id);
});

test('if one is enough, no other is created while one may exist', async () => {
	const tenant = await open();
	const { sandbox } = tenant;
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"a"' },
		times: TRIES,
		do: { kind: 'reset', when: 'after' },
	});
	readableOnce(tenant);
	const result = await tenant.createChecks(named('a', 'a', 'b'), {}, CONTINUE);
	const [first, second, other] = result.output();
	const said = [first, second].map((item) => saidBy(item && errorIn(item)));
	expect(said).toEqual([
		expect.stringContaining('may have been carried out'),
		expect.stringContaining('Not sent, because another item with the same content'),
	]);
	// A creation with other content is not affected.
	expect(newChecks(tenant).map(({ name }) => name)).toEqual(['a', 'b']);
	expect(other?.json.id).toBe(newChecks(tenant)[1]?.id);
});

test('what was turned away by the rate limit and then stopped may have been carried out', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"bad"' },
		do: { kind: 'delay', ms: 300 },
	});
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"turned away"' },
		do: { kind: 'rate_limit', reset: 30 },
	});
	const items = named('bad', 'turned away').map((item, n) => ({
		// Feishu refuses an application that does not exist.
		json: { ...item.json, application: n === 0 ? '7410000000000009999' : APPLICATION },
	}));
	const result = await createChecks(items, {
		externalApplicationId: { __rl: true, mode: 'list', value: '={{ $json.application }}' },
	});
	expect(sandbox.requests('create_check')).toHaveLength(2);
	expect(itemOf(result.error)).toBe(0);
	expect(result.error?.description).toContain('May have been carried out: item 2.');
});

test("an item's doubt outlasts an error that another item meets for all", async () => {
	const tenant = await open();
	const { sandbox } = tenant;
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"mute"' },
		do: { kind: 'hang', when: 'after' },
	});
	// After a missing scope, no more creations are sent.
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"refused"' },
		do: { kind: 'answer', status: 400, code: 99991672, when: 'before' },
	});
	const result = await tenant.createChecks(
		named('mute', 'refused'),
		{ options: { timeout: 600 } },
		CONTINUE,
	);
	const [mute, refused] = result.output();
	expect(sandbox.requests('create_check')).toHaveLength(2);
	// It was searched for, in spite of the other item's error, and found.
	expect(mute?.json.id).toBe(newChecks(tenant)[0]?.id);
	expect(newChecks(tenant)).toHaveLength(1);
	expect(saidBy(refused && errorIn(refused))).not.toMatch(/\bmay\b/);
});

test('the read before the first creation fails: nothing was sent, and nothing is in doubt', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({ api: 'batch_query', always: true, do: 'html' });
	const result = await createChecks(named('a'));
	expect(sandbox.requests('create_check')).toHaveLength(0);
	expect(result.status).toBe('error');
	expect(saidBy(result.error)).not.toMatch(/\bmay\b|Uploaded files/i);
});

test('a file that cannot be uploaded: an earlier similar check is not returned instead', async () => {
	const { sandbox, createChecks } = await open({
		checks: [{ ...OLD_CHECK, name: 'a', result: '已通过', date: DAY_MS }],
	});
	sandbox.fault({ api: 'upload', always: true, do: { kind: 'reset', when: 'after' } });
	const [item] = named('a');
	const result = await createChecks([{ json: {}, ...item, binary: { data: file('a.pdf', 'a') } }], {
		attachments: 'data',
	});
	expect(sandbox.requests('create_check')).toHaveLength(0);
	expect(result.status).toBe('error');
	expect(saidBy(result.error)).not.toMatch(/\bmay\b/i);
});

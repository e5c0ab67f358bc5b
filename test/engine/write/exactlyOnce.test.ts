import type { FaultKind } from '../../../sandbox';
import type { OpenQuestions } from '../../../sandbox/openQuestions';
import {
	CONTINUE,
	DAY_MS,
	errorIn,
	file,
	named,
	newChecks,
	OLD_CHECK,
	OWN,
	saidBy,
	useWriteTenant,
} from './tenant';

const open = useWriteTenant();

type Repeated = OpenQuestions['repeatedExternalId'];
const REPEATED: Repeated[] = ['record', 'empty', 'error'];

const LOST: FaultKind[] = [
	{ kind: 'reset' },
	{ kind: 'cut' },
	{ kind: 'html', status: 502 },
	{ kind: 'truncated' },
	{ kind: 'empty' },
	{ kind: 'answer', status: 500, code: 1002001 },
];

const CASES = REPEATED.flatMap((repeated) =>
	LOST.flatMap((fault) =>
		(['before', 'after'] as const).map((when) => [fault.kind, when, repeated, fault] as const),
	),
);

test.each(CASES)(
	'answer lost (%s) %s the commit, repeat: %s',
	async (_kind, when, repeated, fault) => {
		const tenant = await open({ open: { repeatedExternalId: repeated } });
		tenant.sandbox.fault({ api: 'create_check', nth: 1, do: { ...fault, when } });
		const result = await tenant.createChecks(named('a'));
		expect(result.error).toBeUndefined();
		expect(newChecks(tenant)).toHaveLength(1);
		expect(result.output().map(({ json }) => json.id)).toEqual(
			newChecks(tenant).map(({ id }) => id),
		);
	},
);

test.each([200, 400, 429, 500, 502, 503])(
	'an answer with HTTP %d breaks off after the commit: the check is there once',
	async (status) => {
		const tenant = await open();
		tenant.sandbox.fault({
			api: 'create_check',
			nth: 1,
			do: (_request, answer) => ({ ...answer, status, delivery: { kind: 'cut' } }),
		});
		const result = await tenant.createChecks(named('a'));
		expect(result.error).toBeUndefined();
		expect(result.output()[0]?.json.id).toBe(newChecks(tenant)[0]?.id);
		expect(newChecks(tenant)).toHaveLength(1);
	},
);

test.each(REPEATED)(
	'every answer is lost after the commit (repeat: %s): the check is found',
	async (repeated) => {
		const tenant = await open({ open: { repeatedExternalId: repeated } });
		tenant.sandbox.fault({
			api: 'create_check',
			always: true,
			do: { kind: 'reset', when: 'after' },
		});
		const result = await tenant.createChecks(named('a'));
		expect(result.output()[0]?.json.id).toBe(newChecks(tenant)[0]?.id);
		expect(newChecks(tenant)).toHaveLength(1);
	},
);

test('every answer is lost before the commit: an error that leaves the doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'create_check',
		always: true,
		do: { kind: 'reset', when: 'before' },
	});
	const result = await tenant.createChecks(named('a'));
	expect(saidBy(result.error)).toContain('No new record was found, but one may still');
	expect(newChecks(tenant)).toHaveLength(0);
});

test('the check cannot be looked for: an error that says that it may exist', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'create_check', always: true, do: { kind: 'reset', when: 'after' } });
	tenant.sandbox.fault({ api: 'batch_query', always: true, do: 'html' });
	const result = await tenant.createChecks(named('a'), OWN);
	expect(saidBy(result.error)).toContain('may have been carried out');
});

test('more similar checks than were sent, and IDs without a time: an error that names them', async () => {
	const tenant = await open({
		checks: [{ ...OLD_CHECK, name: 'a', result: '已通过', date: DAY_MS, attachment_list: [] }],
		open: { repeatedExternalId: 'error', idTime: 'none' },
	});
	tenant.sandbox.fault({ api: 'create_check', nth: 1, do: { kind: 'reset', when: 'after' } });
	const result = await tenant.createChecks(named('a'), OWN);
	const text = saidBy(result.error);
	expect(text).toContain('may already exist');
	for (const { id } of tenant.sandbox.checks.all()) expect(text).toContain(id);
});

test('a first answer that is an error stays one, even if such a check exists', async () => {
	const tenant = await open({
		checks: [{ ...OLD_CHECK, name: 'a', result: '已通过', date: DAY_MS, attachment_list: [] }],
	});
	tenant.sandbox.fault({
		api: 'create_check',
		nth: 1,
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const result = await tenant.createChecks(named('a'), OWN);
	expect(result.status).toBe('error');
	expect(saidBy(result.error)).not.toContain('may');
	expect(tenant.sandbox.requests('batch_query')).toHaveLength(0);
});

test.each(REPEATED)(
	'three identical items, every answer lost after the commit (repeat: %s): a check for each',
	async (repeated) => {
		const tenant = await open({ latencyMs: 5, open: { repeatedExternalId: repeated } });
		tenant.sandbox.fault({
			api: 'create_check',
			always: true,
			do: { kind: 'reset', when: 'after' },
		});
		const result = await tenant.createChecks(named('a', 'a', 'a'), OWN);
		const ids = result.output().map(({ json }) => json.id);
		expect(new Set(ids)).toEqual(new Set(newChecks(tenant).map(({ id }) => id)));
		expect(ids).toHaveLength(3);
	},
);

test('three identical items, one not carried out: two checks, and one error that leaves the doubt', async () => {
	const tenant = await open({ latencyMs: 5 });
	const keys = new Map<string, number>();
	const keyOf = (body: string) => (JSON.parse(body) as { external_id: string }).external_id;
	tenant.sandbox.fault({
		api: 'create_check',
		when: ({ body }) => {
			const key = keyOf(body);
			keys.set(key, keys.get(key) ?? keys.size);
			return keys.get(key) === 1;
		},
		do: { kind: 'reset', when: 'before' },
	});
	tenant.sandbox.fault({ api: 'create_check', always: true, do: { kind: 'reset', when: 'after' } });
	const result = await tenant.createChecks(named('a', 'a', 'a'), OWN, CONTINUE);
	const errors = result.output().flatMap((item) => errorIn(item) ?? []);
	const ids = result.output().flatMap(({ json }) => (json.id as string | undefined) ?? []);
	expect(errors).toHaveLength(1);
	expect(saidBy(errors[0])).toContain('may still');
	expect(new Set(ids)).toEqual(new Set(newChecks(tenant).map(({ id }) => id)));
	expect(ids).toHaveLength(2);
});

test('one of many identical items is in doubt: the others wait, and each gets a check of its own', async () => {
	const tenant = await open({ latencyMs: 5, open: { repeatedExternalId: 'empty' } });
	tenant.sandbox.fault({
		api: 'create_check',
		nth: [2, 7, 11],
		do: { kind: 'reset', when: 'after' },
	});
	const result = await tenant.createChecks(named(...Array.from({ length: 50 }, () => 'a')), OWN);
	expect(new Set(result.output().map(({ json }) => json.id)).size).toBe(50);
	expect(newChecks(tenant)).toHaveLength(50);
});

test.each(REPEATED)('Retry On Fail of n8n writes nothing twice (repeat: %s)', async (repeated) => {
	const tenant = await open({ open: { repeatedExternalId: repeated } });
	tenant.sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"c"' },
		times: 1,
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const items = named('a', 'b', 'c', 'd').map((item) => ({
		...item,
		binary: { data: file('报告.pdf', `report of ${item.json.name as string}`) },
	}));
	const result = await tenant.createChecks(
		items,
		{ attachments: 'data' },
		{ nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
	);
	expect(result.error).toBeUndefined();
	expect(result.output().map(({ json }) => json.name)).toEqual(['a', 'b', 'c', 'd']);
	expect(newChecks(tenant)).toHaveLength(4);
	expect(tenant.sandbox.requests('upload')).toHaveLength(4);
	const ids = result.output().map(({ json }) => json.id);
	expect(new Set(ids)).toEqual(new Set(newChecks(tenant).map(({ id }) => id)));
});

test.each(REPEATED)(
	'Retry On Fail beside Continue On Fail, because of an item that cannot be read (repeat: %s)',
	async (repeated) => {
		const tenant = await open({ open: { repeatedExternalId: repeated } });
		const result = await tenant.createChecks(
			named('', 'a'),
			{},
			{
				nodeSettings: {
					...CONTINUE.nodeSettings,
					retryOnFail: true,
					maxTries: 2,
					waitBetweenTries: 0,
				},
			},
		);
		expect(result.output()[1]?.json.id).toBe(newChecks(tenant)[0]?.id);
		expect(newChecks(tenant)).toHaveLength(1);
	},
);

import { type FaultAction, type Sandbox, seededChecks, startSandbox } from '../../sandbox';
import { probeSandbox } from './ask';

jest.setTimeout(120_000);

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
});
afterEach(async () => await sandbox.close());

const ids = () => [...sandbox.checks.all(), ...sandbox.applications.all()].map(({ id }) => id);
const writes = () =>
	sandbox.log.filter(({ method, api }) => method !== 'GET' && !reads.includes(api));
const reads = ['token', 'batch_query', 'batch_get_id', 'query_orders'];

test('without a candidate nothing is sent that writes', async () => {
	const { answers } = await probeSandbox(sandbox, { talent: null });
	expect(writes()).toEqual([]);
	expect(answers.omittedOnUpdate).toBe('not seen: asked with --write only');
});

test('everything it creates is named probe-…, and it changes or removes nothing else', async () => {
	const before = ids();
	await probeSandbox(sandbox);
	const named = writes().filter(({ api }) => /^(create|update)/.test(api));
	expect(named.length).toBeGreaterThan(8);
	for (const { body } of named) expect(body).toMatch(/"(name|job_title)":"probe-[0-9a-f]{8}"/);
	const uploads = writes().flatMap(({ upload }) => upload?.name ?? []);
	expect(uploads).toEqual([expect.stringMatching(/^probe-[0-9a-f]{8}\.txt$/)]);
	const touched = writes().map(({ path }) => path.split('/').at(-1) ?? '');
	expect(before.filter((id) => touched.includes(id))).toEqual([]);
	expect(ids()).toEqual(before);
});

test('stopped at any request, it removes what it has created', async () => {
	const before = ids();
	await probeSandbox(sandbox);
	const first = writes()[0]?.n ?? 0;
	const last = sandbox.log.length;
	expect(last - first).toBeGreaterThan(20);
	for (let n = first; n <= last; n += 3) {
		const stop = new AbortController();
		sandbox.resetLog();
		sandbox.clearFaults();
		// The record is made when Ctrl-C comes, but its answer is lost.
		const ordinary: FaultAction = (_request, answer) => {
			stop.abort();
			return answer;
		};
		sandbox.fault({ when: (request) => request.n === n, times: 1, do: ordinary });
		const { left } = await probeSandbox(sandbox, { signal: stop.signal });
		expect({ n, left, ids: ids() }).toEqual({ n, left: [], ids: before });
	}
});

test.each(['create_check', 'create_application'] as const)(
	'%s whose answer is lost leaves nothing behind',
	async (api) => {
		const before = ids();
		for (const nth of [1, 2]) {
			sandbox.resetLog();
			sandbox.fault({ api, nth, do: { kind: 'reset', when: 'after' } });
			const { left } = await probeSandbox(sandbox);
			expect({ left, ids: ids() }).toEqual({ left: [], ids: before });
		}
	},
);

test.each(['delete_check', 'delete_application'] as const)(
	'%s whose answer is lost is not reported as a leftover record',
	async (api) => {
		const before = ids();
		sandbox.fault({ api, nth: [1, 3], do: { kind: 'reset', when: 'after' } });
		const { left } = await probeSandbox(sandbox);
		expect({ left, ids: ids() }).toEqual({ left: [], ids: before });
	},
);

/** An unknown code. */
const otherCode = { kind: 'answer', when: 'before', status: 400, code: 1_234_567 } as const;

test.each([false, true])(
	'what cannot be removed is named by its ID; lists refused: %s',
	async (no) => {
		const before = ids();
		const when = () => no && sandbox.requests('delete_check').length > 0;
		for (const api of ['batch_query', 'external_applications'] as const) {
			sandbox.fault({ api, when, always: true, do: otherCode });
		}
		for (const api of ['delete_check', 'delete_application'] as const) {
			sandbox.fault({
				api,
				always: true,
				do: { kind: 'answer', when: 'before', status: 400, code: 1002002 },
			});
		}
		const { left, answers } = await probeSandbox(sandbox);
		const made = ids().filter((id) => !before.includes(id));
		expect(left.sort()).toEqual(made.sort());
		expect(made.length).toBeGreaterThan(5);
		expect(answers.deleteUnknown).toBe('not seen: an answer that no reading expects');
	},
);

test.each(['html', otherCode] as const)(
	'if even the ID is unknown, by its name: %j',
	async (fault) => {
		sandbox.fault({ api: 'create_application', nth: 1, do: { kind: 'reset', when: 'after' } });
		const isListOfCandidate = ({ query }: { query: Record<string, string> }) =>
			query.talent_id !== undefined && sandbox.requests('create_application').length > 0;
		sandbox.fault({
			api: 'external_applications',
			when: isListOfCandidate,
			always: true,
			do: fault,
		});
		const { left } = await probeSandbox(sandbox);
		expect(left.at(-1)).toMatch(/^probe-[0-9a-f]{8}$/);
	},
);

test.each([
	['few', 5, []],
	['many', 50, [expect.stringMatching(/^probe-[0-9a-f]{8}$/)]],
])('if a list has %s checks of others, none of them is removed', async (_, count, left) => {
	await sandbox.close();
	sandbox = await startSandbox({ requestsPerSecond: null, checks: seededChecks(count, 1) });
	const before = ids();
	sandbox.fault({ api: 'create_check', nth: 1, do: { kind: 'reset', when: 'after' } });
	const ignoreApplication = ({ query }: { query: Record<string, string> }) => {
		delete query.external_application_id;
		return false;
	};
	sandbox.fault({ api: 'batch_query', when: ignoreApplication, do: 'html' });
	const seen = await probeSandbox(sandbox);
	expect(seen.left).toEqual(left);
	expect(ids().filter((id) => before.includes(id))).toEqual(before);
	expect(ids()).toHaveLength(before.length + left.length);
});

test.each([
	['the requests are used up', () => ({ most: 20 })],
	[
		'a scope is missing',
		() => void (sandbox.app.scopes = ['hire:external_application:readonly', 'hire:talent']),
	],
	[
		'the app is refused',
		() => {
			const when = () => sandbox.requests('create_application').length > 0;
			const disabled = { ...otherCode, code: 99_991_662 };
			sandbox.fault({ when, always: true, do: disabled });
		},
	],
])('if %s before it creates, nothing is left', async (_, prepare) => {
	const before = ids();
	const { left } = await probeSandbox(sandbox, prepare() ?? {});
	expect({ left, ids: ids() }).toEqual({ left: [], ids: before });
});

test('requests are kept for the removal', async () => {
	const before = ids();
	const { left, answers } = await probeSandbox(sandbox, { most: 75, kept: 25 });
	expect(Object.values(answers)).toContain('not seen: the requests are used up');
	expect({ left, ids: ids() }).toEqual({ left: [], ids: before });
	expect(sandbox.log.length).toBeLessThanOrEqual(75);
});

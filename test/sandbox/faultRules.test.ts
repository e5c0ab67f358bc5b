import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { allPages, askToken, idsIn, listName, queryOf } from './client';
import type { Query } from './client';

let sandbox: Sandbox;
let query: Query;
const api = 'batch_query';

beforeEach(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
	query = await queryOf(sandbox);
});

afterEach(async () => await sandbox.close());

test('nth counts the requests of its own API since the last resetLog', async () => {
	sandbox.fault({ api, nth: [2, 4], do: 'html' });
	const statuses: number[] = [];
	for (let n = 0; n < 5; n++) {
		await askToken(sandbox);
		statuses.push((await query()).status);
	}
	expect(statuses).toEqual([200, 502, 200, 502, 200]);
	sandbox.resetLog();
	sandbox.fault({ api, nth: 1, do: 'html' });
	expect((await query()).status).toBe(502);
});

test('when and match choose requests; times and always say how often', async () => {
	sandbox.fault({ api, when: ({ query: asked }) => asked.page_size === '3', do: 'html' });
	sandbox.fault({ api, match: { body: '7318840216653955117' }, times: 1, do: 'empty' });
	sandbox.fault({ api, match: { query: { page_size: '4' } }, always: true, do: 'html' });
	const wanted = { [listName]: ['7318840216653955117'] };
	expect((await query({ page_size: '3' })).status).toBe(502);
	expect((await query({ page_size: '3' })).status).toBe(502);
	expect((await query({ page_size: '4' })).status).toBe(502);
	expect((await query({ page_size: '5' })).status).toBe(200);
	expect((await query({}, wanted)).text).toBe('');
	expect(idsIn(await query({}, wanted))).toHaveLength(1);
	sandbox.clearFaults();
	expect((await query({ page_size: '3' })).status).toBe(200);
});

test('a probability strikes the same requests with the same seed', async () => {
	const run = async () => {
		sandbox.clearFaults();
		sandbox.fault({ api, probability: 0.3, seed: 7, do: 'html' });
		const statuses: number[] = [];
		for (let n = 0; n < 30; n++) statuses.push((await query()).status);
		return statuses;
	};
	const first = await run();
	expect(first).toEqual(await run());
	expect(first.filter((status) => status === 502).length).toBeGreaterThan(3);
});

test('the token endpoint can fail as well', async () => {
	sandbox.fault({ api: 'token', do: { kind: 'answer', status: 200, body: { code: 10012 } } });
	expect((await askToken(sandbox)).json).toEqual({ code: 10012 });
	expect((await askToken(sandbox)).json.code).toBe(0);
});

test('a fault that manipulates pages waits for a page: a refusal stays as it is', async () => {
	sandbox.fault({ api, do: 'token_missing' });
	expect((await query({ page_size: '0' })).json.code).toBe(1002002);
	expect((await query()).json.data).not.toHaveProperty('page_token');
	expect(await allPages(query, { page_size: '20' })).toHaveLength(18);
});

import { busyApplicationId, seededChecks, startSandbox } from '../../sandbox';
import type { Check, Sandbox, SandboxOptions } from '../../sandbox';
import { allPages, idsIn, listName, queryOf } from './client';
import type { Query } from './client';

let sandbox: Sandbox;
let query: Query;

async function start(options: SandboxOptions = {}): Promise<void> {
	sandbox = await startSandbox({ requestsPerSecond: null, ...options });
	query = await queryOf(sandbox);
}

afterEach(async () => await sandbox.close());

function storedIds(): string[] {
	return sandbox.checks.all().map((check) => check.id);
}

const newCheck: Check = { id: '1', external_application_id: '2' };

test.each(['cursor', 'offset'] as const)(
	'by %s every check comes once, in order',
	async (paging) => {
		await start({ open: { paging } });
		const pages = await allPages(query, { page_size: '20' });
		expect(pages).toHaveLength(18);
		expect(pages.flat()).toEqual(storedIds());
		const own = sandbox.checks.byApplication(busyApplicationId).map((check) => check.id);
		const filtered = await allPages(query, { external_application_id: busyApplicationId });
		expect(filtered.length).toBeGreaterThan(3);
		expect(filtered.flat()).toEqual(own);
	},
);

test('a page holds no more than maxPageSize, whatever is asked for', async () => {
	await start({ maxPageSize: 7 });
	const pages = await allPages(query, { page_size: '20' });
	expect(pages[0]).toHaveLength(7);
	expect(pages.flat()).toEqual(storedIds());
});

test('a page_token is there only when has_more is true, unless switched to ""', async () => {
	await start();
	const more = (await query()).json.data;
	expect(more).toMatchObject({ has_more: true, page_token: expect.any(String) as string });
	const last = { external_application_id: '7318839904418072621', page_size: '2' };
	const { data } = (await query(last)).json;
	expect(data.has_more).toBe(false);
	expect(data).not.toHaveProperty('page_token');
	sandbox.options.open.lastPageToken = 'empty';
	expect((await query(last)).json.data.page_token).toBe('');
});

test('tokens are opaque, never repeat, and need URL encoding', async () => {
	await start();
	const first = (await query()).json.data.page_token;
	const second = (await query()).json.data.page_token;
	expect(first).not.toBe(second);
	for (const token of [first, second]) {
		expect(token).toMatch(/=$/);
		expect(token).toContain('+');
		expect(Buffer.from(token, 'base64').toString()).not.toMatch(/offset|query|position/);
	}
	const decoded = { page_token: first.replaceAll('+', ' ') };
	expect((await query(decoded)).json.code).toBe(1002002);
});

test('a token is refused when it is invented or belongs to another query', async () => {
	await start();
	const token = (await query()).json.data.page_token;
	expect((await query({ page_token: token })).json.code).toBe(0);
	expect((await query({ page_token: '' })).json.code).toBe(0);
	const foreign = { page_token: token, external_application_id: busyApplicationId };
	for (const wrong of [foreign, { page_token: 'abc' }, { page_token: 'eyJvZmZzZXQiOjEwfQ==' }]) {
		const reply = await query(wrong);
		expect([reply.status, reply.json.code]).toEqual([400, 1002002]);
	}
});

test('page_size pages an ID list, or is ignored', async () => {
	await start();
	const ids = storedIds().slice(0, 15);
	const body = { [listName]: ids };
	const pages = await allPages(query, { page_size: '4' }, body);
	expect(pages.map((page) => page.length)).toEqual([4, 4, 4, 3]);
	expect(pages.flat()).toEqual(ids);
	expect((await query({}, body)).json.data.has_more).toBe(true);
	sandbox.options.open.idListPaging = 'ignore';
	const reply = await query({ page_size: '4' }, body);
	expect(idsIn(reply)).toEqual(ids);
	expect(reply.json.data.has_more).toBe(false);
});

test.each([
	['array', { items: [], has_more: false }],
	['null', { items: null, has_more: false }],
	['missing', { has_more: false }],
	['noData', {}],
] as const)('an answer without items can be: %s', async (emptyAnswer, data) => {
	await start({ open: { emptyAnswer }, checks: [] });
	expect((await query()).json).toEqual({ code: 0, msg: 'success', data });
});

test('by offset a check added at the start repeats one; by cursor it does not', async () => {
	for (const [paging, repeats] of [
		['offset', 1],
		['cursor', 0],
	] as const) {
		await start({ open: { paging } });
		const first = await query();
		sandbox.checks.addAt = 'start';
		sandbox.checks.add({ ...newCheck });
		const second = await query({ page_token: first.json.data.page_token });
		const seen = new Set(idsIn(first));
		expect(idsIn(second).filter((id) => seen.has(id))).toHaveLength(repeats);
		expect(storedIds()[0]).toBe('1');
		if (paging === 'offset') await sandbox.close();
	}
});

test('by offset a removed check leaves a gap; by cursor it does not', async () => {
	for (const [paging, lost] of [
		['offset', 1],
		['cursor', 0],
	] as const) {
		await start({ open: { paging } });
		const first = await query();
		expect(sandbox.checks.remove(idsIn(first)[0] ?? 'none')).toBe(true);
		const second = await query({ page_token: first.json.data.page_token });
		const expected = storedIds().slice(9, 19);
		expect(expected.filter((id) => !idsIn(second).includes(id))).toHaveLength(lost);
		if (paging === 'offset') await sandbox.close();
	}
});

test('a page of 100,000 checks is as quick as any other', async () => {
	const cpuMs: number[] = [];
	for (const count of [2_000, 100_000]) {
		await start({ checks: seededChecks(count, count / 10) });
		await query();
		const before = process.cpuUsage();
		const pages = await allPages(query, { page_size: '20' });
		const { user, system } = process.cpuUsage(before);
		cpuMs.push((user + system) / 1000);
		expect(pages).toHaveLength(100);
		await sandbox.close();
	}
	const [few = 0, many = 0] = cpuMs;
	// Searching all of them for each page would take fifty times as long.
	expect(many).toBeLessThan(5 * few);
});

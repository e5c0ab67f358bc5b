import { applicationWithoutCheck, people, startSandbox } from '../../sandbox';
import type { Api, Sandbox } from '../../sandbox';
import { allPages, callOf, idsIn } from './client';
import type { Call, Reply } from './client';

let sandbox: Sandbox;
let call: Call;
let now: number;

beforeEach(async () => {
	now = Date.UTC(2025, 3, 2);
	sandbox = await startSandbox({ now: () => now });
	call = await callOf(sandbox);
});

afterEach(async () => await sandbox.close());

async function list(query: Record<string, string> = {}): Promise<Reply> {
	return await call('GET', `/external_applications?${new URLSearchParams(query).toString()}`);
}

test('the applications of a talent lead to the checks of the seed', async () => {
	const found = idsIn(await list({ talent_id: people.twoNumbers.id }));
	expect(found).toEqual(['7318839904418072621', '7318841177300633901']);
	expect(found.map((id) => sandbox.checks.byApplication(id).length)).toEqual([2, 1]);
	const owned = new Set(sandbox.applications.all().map((application) => application.id));
	for (const check of sandbox.checks.all()) {
		expect(owned.has(check.external_application_id)).toBe(true);
	}
	expect(owned.has(applicationWithoutCheck)).toBe(true);
	expect(sandbox.checks.byApplication(applicationWithoutCheck)).toEqual([]);
});

test('an item has the fields of its page, and no external_id', async () => {
	sandbox.applications.add({
		talent_id: people.withoutApplication.id,
		external_id: 'x',
		stage: '初筛',
	});
	const { data } = (await list({ talent_id: people.withoutApplication.id })).json;
	expect(data).toEqual({
		items: [
			{
				id: expect.stringMatching(/^\d{19}$/) as string,
				talent_id: people.withoutApplication.id,
				stage: '初筛',
			},
		],
		has_more: false,
	});
});

test('talent_id is required and must be known', async () => {
	expect((await list({})).json.code).toBe(1002002);
	const unknown = await list({ talent_id: '1' });
	expect([unknown.status, unknown.json.code]).toEqual([400, 1002102]);
});

test('a talent without applications: nothing, or "IDList is empty"', async () => {
	const query = { talent_id: people.withoutApplication.id };
	expect((await list(query)).json.data).toEqual({ items: null, has_more: false });
	sandbox.options.open.talentWithoutApplications = 'error';
	expect((await list(query)).json).toMatchObject({ code: 1002002, msg: 'IDList is empty' });
});

test.each(['cursor', 'offset'] as const)('pages by %s; page_size is 1 to 20', async (paging) => {
	sandbox.options.open.paging = paging;
	sandbox.options.requestsPerSecond = null;
	const talent = sandbox.talents.add({ name: '多投' });
	const ids = Array.from(
		{ length: 25 },
		() => sandbox.applications.add({ talent_id: talent.id }).id,
	);
	const pages = await allPages(list, { talent_id: talent.id });
	expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
	expect(pages.flat()).toEqual(ids);
	expect((await list({ talent_id: talent.id, page_size: '21' })).json.code).toBe(1002002);
});

test('listing requires the write scope; a switch decides whether the other one is enough', async () => {
	sandbox.app.scopes = ['hire:external_application:readonly'];
	const refused = (await list({ talent_id: people.twoNumbers.id })).json;
	expect(refused.code).toBe(99991672);
	expect(refused.error.permission_violations.map((one) => one.subject)).toEqual([
		'hire:external_application',
	]);
	sandbox.options.open.readonlyListsApplications = 'yes';
	expect((await list({ talent_id: people.twoNumbers.id })).json.code).toBe(0);
});

const talent = people.twoNumbers.id;

test.each<[Api, number, string, string]>([
	['talents', 20, 'GET', '/talents'],
	['talent', 20, 'GET', `/open-apis/hire/v2/talents/${talent}`],
	['external_applications', 20, 'GET', `/external_applications?talent_id=${talent}`],
	['batch_get_id', 50, 'POST', '/talents/batch_get_id'],
])('%s: a scope and %d requests/s of its own', async (api, limit, method, path) => {
	const body = method === 'POST' ? { email_list: people.twoNumbers.emails } : undefined;
	const codes: number[] = [];
	for (let n = 0; n <= limit; n++) codes.push((await call(method, path, body)).json.code);
	expect(codes).toEqual([...Array<number>(limit).fill(0), 99991400]);
	expect(sandbox.requests(api)).toHaveLength(limit + 1);
	sandbox.options.limits[api] = null;
	expect((await call(method, path, body)).json.code).toBe(0);
	sandbox.fault({ api, do: 'html' });
	expect((await call(method, path, body)).status).toBe(502);
	sandbox.app.scopes = ['hire:attachment'];
	expect((await call(method, path, body)).json.code).toBe(99991672);
});

test('batch_get_id has a limit per minute, too', async () => {
	const ask = async () => (await call('POST', '/talents/batch_get_id', {})).json.code;
	for (let n = 0; n < 1000; n++) {
		now += 25;
		expect(await ask()).toBe(0);
	}
	now += 1000;
	const limited = await call('POST', '/talents/batch_get_id', {});
	expect(limited.json.code).toBe(99991400);
	expect(limited.headers['x-ogw-ratelimit-limit']).toBe('1000');
	expect(limited.headers['x-ogw-ratelimit-reset']).toBe('35');
});

test.each(['token_missing', 'token_repeats', 'endless'] as const)(
	'lists of talents and applications can be manipulated: %s',
	async (fault) => {
		for (const [api, path] of [
			['talents', '/talents'],
			['external_applications', `/external_applications?talent_id=${talent}`],
		] as const) {
			sandbox.clearFaults();
			sandbox.fault({ api, do: fault });
			const { data } = (await call('GET', path)).json;
			expect(data.has_more).toBe(true);
			expect('page_token' in data).toBe(fault !== 'token_missing');
		}
	},
);

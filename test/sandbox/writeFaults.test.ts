import { applicationWithoutCheck, startSandbox } from '../../sandbox';
import type { Api, FaultKind, Sandbox } from '../../sandbox';
import { callOf } from './client';
import type { Call } from './client';
import { formOf, upload } from './upload';

let sandbox: Sandbox;
let call: Call;

const path = '/external_background_checks';
const body = { external_application_id: applicationWithoutCheck, name: '背调' };

beforeEach(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
	call = await callOf(sandbox);
});

afterEach(async () => await sandbox.close());

function held(): number {
	return sandbox.checks.byApplication(applicationWithoutCheck).length;
}

/** The code of the answer, or what went wrong if there is no readable one. */
async function outcome(): Promise<number | string> {
	try {
		return (await call('POST', path, body)).json.code;
	} catch (error) {
		return (error as Error & { code?: string }).code ?? (error as Error).name;
	}
}

const losses: Array<[fault: FaultKind, outcome: number | string]> = [
	[{ kind: 'reset' }, 'ECONNRESET'],
	[{ kind: 'cut' }, 'ERR_BAD_RESPONSE'],
	[{ kind: 'no_http' }, 'HPE_INVALID_CONSTANT'],
	[{ kind: 'truncated' }, 'SyntaxError'],
	[{ kind: 'html' }, 'SyntaxError'],
	[{ kind: 'empty' }, 'SyntaxError'],
	[{ kind: 'answer', status: 500, code: 1002001 }, 1002001],
	[{ kind: 'rate_limit' }, 99991400],
	[{ kind: 'expire' }, 99991663],
];

test.each(losses)('%j occurs before or after the check is created', async (fault, expected) => {
	sandbox.fault({ api: 'create_check', do: { ...fault, when: 'before' } });
	expect(await outcome()).toBe(expected);
	expect(held()).toBe(0);
	call = await callOf(sandbox);
	sandbox.fault({ api: 'create_check', do: { ...fault, when: 'after' } });
	expect(await outcome()).toBe(expected);
	expect(held()).toBe(1);
	call = await callOf(sandbox);
	expect(await outcome()).toBe(0);
	expect(held()).toBe(2);
});

test('hang: no answer, with the check created or not', async () => {
	for (const [when, expected] of [
		['before', 0],
		['after', 1],
	] as const) {
		sandbox.fault({ api: 'create_check', do: { kind: 'hang', when } });
		const hanging = outcome();
		const first = await Promise.race([
			hanging,
			new Promise((done) => setTimeout(done, 80, 'none')),
		]);
		expect(first).toBe('none');
		expect(held()).toBe(expected);
	}
});

test('by default, a gateway error comes before the commit, and the others after', async () => {
	sandbox.fault({ api: 'create_check', do: 'rate_limit' });
	expect(await outcome()).toBe(99991400);
	expect(held()).toBe(0);
	sandbox.fault({ api: 'create_check', do: 'reset' });
	expect(await outcome()).toBe('ECONNRESET');
	expect(held()).toBe(1);
});

test('a request that the gateway refuses is never carried out', async () => {
	sandbox.app.scopes = [];
	sandbox.fault({ api: 'create_check', do: { kind: 'delay', ms: 1, when: 'after' } });
	expect(await outcome()).toBe(99991672);
	expect(held()).toBe(0);
});

test('a lost answer does not lose the external_id', async () => {
	const once = { ...body, external_id: 'a' };
	sandbox.fault({ api: 'create_check', do: 'html' });
	expect((await call('POST', path, once)).status).toBe(502);
	expect((await call('POST', path, once)).json.code).toBe(0);
	expect(held()).toBe(1);
});

test('updates, deletions and uploads can lose their answer, too', async () => {
	const { id } = sandbox.checks.add({ id: '7', ...body });
	sandbox.fault({ api: 'update_check', do: 'html' });
	await call('PUT', `${path}/${id}`, { ...body, name: '新' });
	expect(sandbox.checks.byId(id)?.name).toBe('新');
	sandbox.fault({ api: 'delete_check', do: { kind: 'html', when: 'before' } });
	await call('DELETE', `${path}/${id}`);
	expect(held()).toBe(1);
	sandbox.fault({ api: 'delete_check', do: { kind: 'html', when: 'after' } });
	await call('DELETE', `${path}/${id}`);
	expect(held()).toBe(0);
	sandbox.fault({ api: 'upload', do: 'html' });
	expect((await upload(sandbox, formOf(Buffer.from('a'), 'a.txt'))).status).toBe(502);
	expect(sandbox.uploads.size).toBe(1);
});

const application = `/external_applications/${applicationWithoutCheck}`;

test.each<[Api, number, string, string]>([
	['create_check', 20, 'POST', path],
	['update_check', 10, 'PUT', `${path}/1`],
	['delete_check', 10, 'DELETE', `${path}/1`],
	['upload', 50, 'POST', '/attachments'],
	['create_application', 20, 'POST', '/external_applications'],
	['update_application', 20, 'PUT', application],
	['delete_application', 20, 'DELETE', `${application}1`],
])('%s has a budget of its own: %d', async (api, limit, method, to) => {
	let now = Date.UTC(2025, 3, 2);
	const own = await startSandbox({ now: () => now });
	const ask = await callOf(own);
	const limited = async () => (await ask(method, to, {})).json.code === 99991400;
	for (let n = 0; n < limit; n++) expect(await limited()).toBe(false);
	expect(await limited()).toBe(true);
	expect(own.requests(api)).toHaveLength(limit + 1);
	now += 1000;
	// Deletions of applications are counted per minute.
	expect(await limited()).toBe(api === 'delete_application');
	now += 59_000;
	expect(await limited()).toBe(false);
	await own.close();
});

test('writing requires the write scope', async () => {
	sandbox.app.scopes = ['hire:external_application:readonly'];
	for (const [method, to] of [
		['POST', path],
		['PUT', `${path}/1`],
		['DELETE', `${path}/1`],
		['POST', '/external_applications'],
		['PUT', application],
		['DELETE', application],
	] as const) {
		expect((await call(method, to, {})).json.code).toBe(99991672);
	}
});

import { setTimeout as pause } from 'node:timers/promises';
import type * as AbortModule from '../../nodes/shared/feishu/abort';
import type * as FailureModule from '../../nodes/shared/feishu/failure';
import type { Endpoint } from '../../nodes/shared/feishu/http';
import type { FaultAction, PlainFault } from '../../sandbox';
import { bearerToken } from '../../sandbox/gateway/gateway';
import { packageModule } from '../harness';
import { type Client, withClient } from '../harness/client';
import { type Tenant, useTenant } from '../harness/tenant';

const openTenant = useTenant();

const { FeishuError } = packageModule<typeof FailureModule>('nodes/shared/feishu/failure');
const { StoppedError } = packageModule<typeof AbortModule>('nodes/shared/feishu/abort');

/** The endpoint for checks. Its budget can have any name, because only the limiter reads it. */
const endpoint = (rest: Partial<Endpoint> = {}): Endpoint => ({
	title: '查询外部背调列表',
	method: 'POST',
	path: '/open-apis/hire/v1/external_background_checks/batch_query',
	budget: 'batch_query',
	requestsPerSecond: 100,
	scopes: ['hire:read', 'hire:write'],
	effect: 'read',
	...rest,
});

/** Requests checks, once. */
const ask = async (client: Client, rest?: Partial<Endpoint>) =>
	await client.call(endpoint(rest), { qs: { page_size: 1 }, body: {} });

const refusal = (code: number): FaultAction => ({ kind: 'answer', status: 400, code });

/** The failure of a call. @throws if the call succeeds */
const failureOf = async (call: Promise<unknown>) =>
	await call.then(
		() => {
			throw new Error('It was answered');
		},
		(error: unknown) => {
			if (error instanceof FeishuError) return error.failure;
			throw error;
		},
	);

const tokens = ({ sandbox }: Tenant) => sandbox.requests('token').length;

describe('scopes of which one is enough', () => {
	test.each<[string, FaultAction, string[] | undefined]>([
		['of the API when a scope is missing', refusal(99991672), ['hire:read', 'hire:write']],
		[
			'as Feishu names them, if it does',
			{
				kind: 'answer',
				status: 400,
				body: { code: 99991672, error: { permission_violations: [{ subject: 'hire:named' }] } },
			},
			['hire:named'],
		],
		['none when it is about something else', refusal(1002002), undefined],
		['none when the answer has no code', { kind: 'html', status: 404 }, undefined],
	])('are named: %s', async (_what, fault, scopes) => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'batch_query', always: true, do: fault });
		const failure = await withClient(tenant, async (client) => await failureOf(ask(client)));
		expect(failure.scopes).toEqual(scopes);
	});
});

describe('an error that every further request would meet', () => {
	const twice = async (tenant: Tenant, fault: FaultAction) => {
		tenant.sandbox.fault({ api: 'batch_query', nth: 1, do: fault });
		return await withClient(tenant, async (client) => {
			const first = await failureOf(ask(client, { budget: 'one' }));
			const [same, other] = await Promise.allSettled([
				ask(client, { budget: 'one' }),
				ask(client, { budget: 'other' }),
			]);
			return { first, same: same.status, other: other.status };
		});
	};

	test.each<[string, FaultAction]>([
		['the quota', refusal(99991403)],
		['an address that nobody knows', { kind: 'html', status: 404 }],
	])('%s: no further request is sent to any API', async (_what, fault) => {
		const tenant = await openTenant();
		expect(await twice(tenant, fault)).toMatchObject({ same: 'rejected', other: 'rejected' });
		expect(tenant.queries()).toHaveLength(1);
	});

	test('a missing scope affects its own API', async () => {
		const tenant = await openTenant();
		const { same, other } = await twice(tenant, refusal(99991672));
		expect([same, other]).toEqual(['rejected', 'fulfilled']);
		expect(tenant.queries()).toHaveLength(2);
	});

	test('any other refusal affects its own request', async () => {
		const tenant = await openTenant();
		const { same, other } = await twice(tenant, refusal(1002002));
		expect([same, other]).toEqual(['fulfilled', 'fulfilled']);
	});
});

test.each<[string, FaultAction | PlainFault]>([
	['a fault', 'html'],
	['the rate limit', { kind: 'rate_limit', reset: 0 }],
])('after %s the same token is sent again', async (_what, fault) => {
	const tenant = await openTenant();
	tenant.sandbox.fault({ api: 'batch_query', nth: 1, do: fault });
	await withClient(tenant, async (client) => await ask(client));
	expect(new Set(tenant.queries().map(bearerToken)).size).toBe(1);
	expect([tenant.queries().length, tokens(tenant)]).toEqual([2, 1]);
});

test('neither a token of an unusual form nor the secret is in an error', async () => {
	const tenant = await openTenant();
	const { sandbox } = tenant;
	const token = 'gateway.0123456789';
	sandbox.fault({
		api: 'token',
		always: true,
		do: {
			kind: 'answer',
			status: 200,
			body: { code: 0, tenant_access_token: token, expire: 7200 },
		},
	});
	sandbox.fault({
		api: 'batch_query',
		always: true,
		do: {
			kind: 'answer',
			status: 400,
			code: 1002002,
			msg: `said ${token} and ${sandbox.app.appSecret} there`,
		},
	});
	const said = await withClient(tenant, async (client) => [
		// The first call fetches the token.
		(await failureOf(ask(client))).feishuMessage,
		(await failureOf(ask(client))).feishuMessage,
	]);
	expect(said).toEqual(['said *** and *** there', 'said *** and *** there']);
	expect(tokens(tenant)).toBe(1);
});

describe('the token endpoint', () => {
	test('a call that waited for a token in vain tries again', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', nth: 1, do: 'html' });
		const answers = await withClient(
			tenant,
			async (client) => await Promise.all([ask(client), ask(client)]),
		);
		expect(answers.map(({ code }) => code)).toEqual([0, 0]);
		expect(tokens(tenant)).toBe(2);
	});

	test('a write without a token has not been sent: it is sent when the next token comes', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', nth: 1, do: 'html' });
		const { code } = await withClient(
			tenant,
			async (client) => await ask(client, { effect: 'write' }),
		);
		expect([code, tenant.queries().length, tokens(tenant)]).toEqual([0, 1, 2]);
	});

	test('a write that never got a token was certainly not carried out', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', always: true, do: 'html' });
		const failure = await withClient(
			tenant,
			async (client) => await failureOf(ask(client, { effect: 'write' })),
		);
		expect(failure.outcome).toBe('notDone');
		expect(tenant.queries()).toEqual([]);
	});

	test('a sent write stays in doubt, even if the retry gets no token', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({
			api: 'batch_query',
			nth: 1,
			// The token expires, and the answer is lost.
			do: () => {
				tenant.sandbox.expireTokens();
				return { status: 502, headers: {}, body: '' };
			},
		});
		tenant.sandbox.fault({ api: 'token', nth: [2, 3, 4, 5, 6, 7], do: 'html' });
		const failure = await withClient(
			tenant,
			async (client) => await failureOf(ask(client, { effect: 'write' })),
		);
		expect(failure.outcome).toBe('unknown');
		expect(failure.first).toMatchObject({ httpStatus: 502 });
		expect(tenant.queries().map(({ code }) => code)).toEqual([undefined, 99991663]);
	});

	test('the time for a token does not count towards the timeout of a request', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', nth: 1, do: { kind: 'delay', ms: 900 } });
		// Otherwise the request would be given up with an unknown outcome.
		await withClient(tenant, async (client) => await ask(client, { effect: 'write' }), {
			timeoutMs: 600,
		});
		expect([tenant.queries().length, tokens(tenant)]).toEqual([1, 1]);
	});

	test('the next request keeps its distance from the one that had to fetch a token first', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', nth: 1, do: { kind: 'delay', ms: 500 } });
		const slow = { requestsPerSecond: 2.5 };
		await withClient(
			tenant,
			async (client) => await Promise.all([ask(client, slow), ask(client, slow)]),
		);
		const [first, second] = tenant.queries().map(({ at }) => at);
		// 416 ms apart; without the limit, both would be sent at once, because both are late.
		expect(second! - first!).toBeGreaterThan(200);
	});
});

test('a token that expires while a request waits for its turn is not sent', async () => {
	const tenant = await openTenant({ tokenLifeSeconds: 1.5 });
	const slow = { requestsPerSecond: 0.6 };
	await withClient(
		tenant,
		async (client) => await Promise.all([ask(client, slow), ask(client, slow)]),
	);
	expect(tenant.sandbox.log.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
	expect(tokens(tenant)).toBe(2);
});

describe('a credential changed a second after a run began applies from the next run on', () => {
	/** Changes the credential, then lets the run that already has it continue. */
	const changed = async (tenant: Tenant, change: () => void) =>
		await withClient(tenant, async (client) => {
			await pause(1010);
			change();
			return (await ask(client)).code;
		});

	const next = async (tenant: Tenant) =>
		await withClient(tenant, async (client) => await failureOf(ask(client)));

	test('a secret that has become wrong is reported with the message of the token endpoint', async () => {
		const tenant = await openTenant();
		const edit = () => tenant.credentials.edit(tenant.credentialId, { appSecret: 'wrong' });
		expect(await changed(tenant, edit)).toBe(0);
		expect(tenant.sandbox.log.map(({ api }) => api)).toEqual(['token', 'batch_query']);
		expect(tenant.credentials.decryptions).toBe(1);

		tenant.sandbox.resetLog();
		expect((await next(tenant)).message).toBe(
			'Feishu refused the App ID or App Secret (code 10014)',
		);
		expect(tenant.sandbox.log.map(({ api }) => api)).toEqual(['token']);
	});

	test('a base URL that has become unusable is a clear error', async () => {
		const tenant = await openTenant();
		const edit = () => tenant.credentials.edit(tenant.credentialId, { customBaseUrl: '' });
		expect(await changed(tenant, edit)).toBe(0);
		expect(tenant.sandbox.log.map(({ api }) => api)).toEqual(['token', 'batch_query']);
		expect(tenant.credentials.decryptions).toBe(1);

		tenant.sandbox.resetLog();
		await expect(next(tenant)).rejects.toThrow(/^The credential has no base URL/);
		expect(tenant.sandbox.log).toEqual([]);
	});
});

describe('a stop', () => {
	/** How long a stopped run waits for the answer to a write, in ms. */
	const GRACE_MS = 2000;

	/** Stops a call in flight. @returns the result, and after how many ms it came */
	async function stopped(tenant: Tenant, effect: Endpoint['effect'], fault: FaultAction) {
		tenant.sandbox.fault({ api: 'batch_query', always: true, do: fault });
		const stop = new AbortController();
		const call = withClient(tenant, async (client) => await ask(client, { effect }), {
			signal: stop.signal,
		});
		call.catch(() => {});
		while (tenant.queries().length === 0) await pause(5);
		stop.abort();
		const at = performance.now();
		const came = await call.then(
			({ code }) => code,
			(error: unknown) => error,
		);
		return { came, afterMs: performance.now() - at };
	}

	test('ends a read immediately', async () => {
		const { came, afterMs } = await stopped(await openTenant(), 'read', { kind: 'hang' });
		expect(came).toBeInstanceOf(StoppedError);
		expect(came).toMatchObject({ outcome: 'notDone' });
		expect(afterMs).toBeLessThan(GRACE_MS / 2);
	});

	test('gives a write a grace period, and no more', async () => {
		const late = await stopped(await openTenant(), 'write', { kind: 'delay', ms: 300 });
		expect(late.came).toBe(0);
		const mute = await stopped(await openTenant(), 'write', { kind: 'hang' });
		expect(mute.came).toBeInstanceOf(StoppedError);
		expect(mute.came).toMatchObject({ outcome: 'unknown' });
		// A timer can fire a millisecond early.
		expect(mute.afterMs).toBeGreaterThan(GRACE_MS - 5);
		expect(mute.afterMs).toBeLessThan(3 * GRACE_MS);
	});

	test('immediately ends a write that waits for its turn: it has not been sent', async () => {
		const tenant = await openTenant();
		const stop = new AbortController();
		const slow = { effect: 'write', requestsPerSecond: 0.05 } as const;
		const second = withClient(
			tenant,
			async (client) => {
				await ask(client, slow);
				const call = ask(client, slow).catch((error: unknown) => error);
				await pause(50);
				stop.abort();
				return await call;
			},
			{ signal: stop.signal },
		);
		expect(await second).toMatchObject({ outcome: 'notDone' });
		expect(tenant.queries()).toHaveLength(1);
	});
});

test('only an API on this machine is one without https', async () => {
	const tenant = await openTenant();
	const isHere = async () =>
		await withClient(tenant, async (client) => await Promise.resolve(client.isOnThisMachine));
	expect(await isHere()).toBe(true);
	tenant.credentials.edit(tenant.credentialId, { region: 'https://open.feishu.cn' });
	expect(await isHere()).toBe(false);
});

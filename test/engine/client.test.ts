import { setTimeout as pause } from 'node:timers/promises';
import type { FeishuRequest } from '../../nodes/shared/feishu/client';
import type * as FailureModule from '../../nodes/shared/feishu/failure';
import type * as AbortModule from '../../nodes/shared/feishu/abort';
import type { FaultAction, PlainFault } from '../../sandbox';
import { bearerToken } from '../../sandbox/gateway/gateway';
import { packageModule } from '../harness';
import { withClient } from '../harness/client';
import { type Tenant, useTenant } from '../harness/tenant';

const openTenant = useTenant();

const { FeishuError } = packageModule<typeof FailureModule>('nodes/shared/feishu/failure');
const { StoppedError } = packageModule<typeof AbortModule>('nodes/shared/feishu/abort');

/** A question for checks; `api` is the name of its budget only. */
const question = (rest: Partial<FeishuRequest> = {}): FeishuRequest => ({
	method: 'POST',
	path: '/open-apis/hire/v1/external_background_checks/batch_query',
	qs: { page_size: 1 },
	body: {},
	api: 'batch_query',
	requestsPerSecond: 100,
	scopes: ['hire:read', 'hire:write'],
	repeatable: true,
	timeoutMs: 10_000,
	...rest,
});

const refusal = (code: number): FaultAction => ({ kind: 'answer', status: 400, code });

/** What a call fails with. @throws when it does not fail */
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

describe('the scopes of which one is enough', () => {
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
		const failure = await withClient(
			tenant,
			async (client) => await failureOf(client.call(question())),
		);
		expect(failure.scopes).toEqual(scopes);
	});
});

describe('what would meet every further request alike', () => {
	const twice = async (tenant: Tenant, fault: FaultAction) => {
		tenant.sandbox.fault({ api: 'batch_query', nth: 1, do: fault });
		return await withClient(tenant, async (client) => {
			const first = await failureOf(client.call(question({ api: 'one' })));
			const [same, other] = await Promise.allSettled([
				client.call(question({ api: 'one' })),
				client.call(question({ api: 'other' })),
			]);
			return { first, same: same.status, other: other.status };
		});
	};

	test.each<[string, FaultAction]>([
		['the quota', refusal(99991403)],
		['an address that nobody knows', { kind: 'html', status: 404 }],
	])('%s: no API is asked any more', async (_what, fault) => {
		const tenant = await openTenant();
		expect(await twice(tenant, fault)).toMatchObject({ same: 'rejected', other: 'rejected' });
		expect(tenant.queries()).toHaveLength(1);
	});

	test('a missing scope concerns its own API', async () => {
		const tenant = await openTenant();
		const { same, other } = await twice(tenant, refusal(99991672));
		expect([same, other]).toEqual(['rejected', 'fulfilled']);
		expect(tenant.queries()).toHaveLength(2);
	});

	test('any other refusal concerns its own request', async () => {
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
	await withClient(tenant, async (client) => await client.call(question()));
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
		// The first one fetches the token.
		(await failureOf(client.call(question()))).feishuMessage,
		(await failureOf(client.call(question()))).feishuMessage,
	]);
	expect(said).toEqual(['said *** and *** there', 'said *** and *** there']);
	expect(tokens(tenant)).toBe(1);
});

describe('the token endpoint', () => {
	test('who waits for a token that did not come tries again', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', nth: 1, do: 'html' });
		const answers = await withClient(
			tenant,
			async (client) => await Promise.all([client.call(question()), client.call(question())]),
		);
		expect(answers.map(({ code }) => code)).toEqual([0, 0]);
		expect(tokens(tenant)).toBe(2);
	});

	test('a request that got no token has not left: it is repeated even where two would do it twice', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', nth: 1, do: 'html' });
		const { code } = await withClient(
			tenant,
			async (client) => await client.call(question({ repeatable: false })),
		);
		expect([code, tenant.queries().length]).toEqual([0, 1]);
	});

	test('what it takes is no part of the time-out of a request', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', nth: 1, do: { kind: 'delay', ms: 900 } });
		// Were it one, the request would be given up: nobody knows what became of it.
		const request = question({ repeatable: false, timeoutMs: 600 });
		await withClient(tenant, async (client) => await client.call(request));
		expect([tenant.queries().length, tokens(tenant)]).toEqual([1, 1]);
	});

	test('the next request keeps its distance from the one that had to fetch a token first', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({ api: 'token', nth: 1, do: { kind: 'delay', ms: 500 } });
		const slow = question({ requestsPerSecond: 2.5 });
		await withClient(
			tenant,
			async (client) => await Promise.all([client.call(slow), client.call(slow)]),
		);
		const [first, second] = tenant.queries().map(({ at }) => at);
		// 416 ms apart; else they leave at once, both being late.
		expect(second! - first!).toBeGreaterThan(200);
	});
});

test('a token that comes due while a request waits for its turn is not sent', async () => {
	const tenant = await openTenant({ tokenLifeSeconds: 1.5 });
	const slow = question({ requestsPerSecond: 0.6 });
	await withClient(
		tenant,
		async (client) => await Promise.all([client.call(slow), client.call(slow)]),
	);
	expect(tenant.sandbox.log.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
	expect(tokens(tenant)).toBe(2);
});

describe('a credential that was changed a second after a run began', () => {
	const changed = async (tenant: Tenant, change: () => void) =>
		await withClient(tenant, async (client) => {
			await pause(1010);
			change();
			return await failureOf(client.call(question()));
		});

	test('a secret that is wrong now is told in the words of the token endpoint', async () => {
		const tenant = await openTenant();
		const { message } = await changed(tenant, () =>
			tenant.credentials.edit(tenant.credentialId, { appSecret: 'wrong' }),
		);
		expect(message).toBe('Feishu refused the App ID or App Secret (code 10014)');
		expect(tenant.sandbox.log.map(({ api }) => api)).toEqual(['token']);
	});

	test('a base URL that cannot be used any more is told in plain words', async () => {
		const tenant = await openTenant();
		const { message, feishuMessage } = await changed(tenant, () =>
			tenant.credentials.edit(tenant.credentialId, { customBaseUrl: '' }),
		);
		expect(message).toBe('The request could not be sent');
		expect(feishuMessage).toMatch(/^The credential has no base URL/);
		expect(tenant.sandbox.log).toEqual([]);
	});
});

describe('a stop', () => {
	/** Stops a call that is on its way, and whose answer takes 300 ms. */
	async function stopped(tenant: Tenant, request: Partial<FeishuRequest>, fault: FaultAction) {
		tenant.sandbox.fault({ api: 'batch_query', always: true, do: fault });
		const stop = new AbortController();
		const call = withClient(
			tenant,
			async (client) => await client.call(question(request)),
			stop.signal,
		);
		call.catch(() => {});
		while (tenant.queries().length === 0) await pause(5);
		stop.abort();
		return await call.then(
			({ code }) => code,
			(error: unknown) => error,
		);
	}

	const late: FaultAction = { kind: 'delay', ms: 300 };

	test('ends a question at once', async () => {
		const tenant = await openTenant();
		expect(await stopped(tenant, {}, late)).toBeInstanceOf(StoppedError);
	});

	test('leaves what changes something its grace, and no more', async () => {
		expect(await stopped(await openTenant(), { graceMs: 5000 }, late)).toBe(0);
		const mute = await stopped(await openTenant(), { graceMs: 50 }, { kind: 'hang' });
		expect(mute).toMatchObject({ mayBeDone: true });
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

import { setTimeout as pause } from 'node:timers/promises';
import type { IHttpRequestHelper } from 'n8n-workflow';
import type { StoredToken } from '../../nodes/shared/feishu/credential';

import { FeishuError } from '../../nodes/shared/feishu/failure';
import { fetchOnce, fetchTenantAccessToken, leaseToken } from '../../nodes/shared/feishu/token';

const none = {};
const ignore = () => {};
const HOUR = 3_600_000;

let owners = 0;
const newOwner = () => `owner${++owners}`;

const tokenOf = (owner: string, accessToken: string, lifeMs = HOUR): StoredToken => ({
	accessToken,
	accessTokenOwner: owner,
	accessTokenRenewAt: String(Date.now() + lifeMs),
});

test('the first request gets the duty to renew, and the token once it is there', async () => {
	const owner = newOwner();
	const onToken = jest.fn();
	const lease = await leaseToken(owner, none, onToken);
	expect(lease.token).toBeUndefined();
	expect(onToken).not.toHaveBeenCalled();
	await fetchOnce(owner, () => Promise.resolve(tokenOf(owner, 't-1')));
	expect(onToken).toHaveBeenCalledTimes(1);
	// For the error of the very request that fetched it: nobody else knows what to black out.
	expect(lease.token?.accessToken).toBe('t-1');
	expect((await leaseToken(owner, none, ignore)).token?.accessToken).toBe('t-1');
});

test('the stored token is used while it is theirs and alive', async () => {
	const owner = newOwner();
	const stored = tokenOf(owner, 't-stored');
	const credential = { ...stored, appId: 'cli_1', appSecret: 'secret' };
	const { token } = await leaseToken(owner, credential, ignore);
	// The token alone: what is kept for the process must not hold the rest of the credential.
	expect(token).toEqual(stored);
	expect(Object.keys(token ?? {})).toHaveLength(3);
});

test.each([
	['due for renewal', (owner: string) => tokenOf(owner, 't-old', -1)],
	['of another owner', () => tokenOf('somebody else', 't-foreign')],
	['empty', (owner: string) => tokenOf(owner, '')],
])('a stored token that is %s is not sent', async (_name, stored) => {
	const owner = newOwner();
	const lease = await leaseToken(owner, stored(owner), ignore);
	expect(lease.token).toBeUndefined();
	lease.renewal?.end();
});

test('the token of another owner is never handed out', async () => {
	const [mine, theirs] = [newOwner(), newOwner()];
	await fetchOnce(theirs, () => Promise.resolve(tokenOf(theirs, 't-theirs')));
	const lease = await leaseToken(mine, none, ignore);
	expect(lease.token).toBeUndefined();
});

test('however many ask at once, one request leaves, and all get its token', async () => {
	const owner = newOwner();
	const fetch = jest.fn(async () => {
		await pause(10);
		return tokenOf(owner, 't-1');
	});
	const first = await leaseToken(owner, none, ignore);
	expect(first.renewal).toBeDefined();
	const others = [1, 2, 3].map(async () => await leaseToken(owner, none, ignore));
	await Promise.all([fetchOnce(owner, fetch), fetchOnce(owner, fetch)]);
	const tokens = (await Promise.all(others)).map(({ token }) => token?.accessToken);
	expect(tokens).toEqual(['t-1', 't-1', 't-1']);
	expect(fetch).toHaveBeenCalledTimes(1);
});

test('who waits for a renewal that failed fails alike, and the next may try again', async () => {
	const owner = newOwner();
	const lease = await leaseToken(owner, none, ignore);
	const waiting = leaseToken(owner, none, ignore);
	const refusal = new FeishuError({ message: 'secret invalid', reaction: 'fail', advice: '' });
	await expect(fetchOnce(owner, () => Promise.reject(refusal))).rejects.toBe(refusal);
	lease.renewal?.end(lease.renewal.failure);
	await expect(waiting).rejects.toBe(refusal);
	await expect(
		fetchOnce(owner, () => Promise.resolve(tokenOf(owner, 't-2'))),
	).resolves.toMatchObject({
		accessToken: 't-2',
	});
});

test('a renewal given up without an answer lets the next one try', async () => {
	const owner = newOwner();
	const lease = await leaseToken(owner, none, ignore);
	const waiting = leaseToken(owner, none, ignore);
	lease.renewal?.end();
	expect((await waiting).renewal).toBeDefined();
});

test('of many refused with the same token one renews, the others take the new one', async () => {
	const owner = newOwner();
	await fetchOnce(owner, () => Promise.resolve(tokenOf(owner, 't-1')));
	const [a, b] = [await leaseToken(owner, none, ignore), await leaseToken(owner, none, ignore)];
	const renewing = await leaseToken(owner, none, ignore, a.token);
	expect(renewing.renewal).toBeDefined();
	const late = leaseToken(owner, none, ignore, b.token);
	// Feishu may hand out the same token again; it counts as new all the same.
	await fetchOnce(owner, () => Promise.resolve(tokenOf(owner, 't-1')));
	expect((await late).token?.accessToken).toBe('t-1');
	expect((await late).renewal).toBeUndefined();
});

test('a refused stored token is not taken again', async () => {
	const owner = newOwner();
	const stored = tokenOf(owner, 't-dead');
	const refused = await leaseToken(owner, stored, ignore);
	const next = await leaseToken(owner, stored, ignore, refused.token);
	expect(next.token).toBeUndefined();
	expect(next.renewal).toBeDefined();
});

test('an older stored token does not replace the one in use', async () => {
	const owner = newOwner();
	await fetchOnce(owner, () => Promise.resolve(tokenOf(owner, 't-new', 2 * HOUR)));
	const lease = await leaseToken(owner, tokenOf(owner, 't-old', HOUR), ignore);
	expect(lease.token?.accessToken).toBe('t-new');
});

test('who waits for a renewal can be stopped', async () => {
	const owner = newOwner();
	await leaseToken(owner, none, ignore);
	const stop = new AbortController();
	const waiting = leaseToken(owner, none, ignore, undefined, stop.signal);
	stop.abort();
	await expect(waiting).rejects.toThrow('stopped');
});

test('who has renewed a token does not end the renewal of the next', async () => {
	const owner = newOwner();
	const first = await leaseToken(owner, none, ignore);
	await fetchOnce(owner, () => Promise.resolve(tokenOf(owner, 't-1')));
	const second = await leaseToken(owner, none, ignore, first.token);
	// Its answer comes in only now, long after its token.
	first.renewal?.end();
	const third = leaseToken(owner, none, ignore, first.token);
	await fetchOnce(owner, () => Promise.resolve(tokenOf(owner, 't-2')));
	expect(second.token?.accessToken).toBe('t-2');
	expect(await third).toMatchObject({ token: { accessToken: 't-2' } });
	expect((await third).renewal).toBeUndefined();
});

describe('the token endpoint', () => {
	let apps = 0;

	/** What is made of this answer to a new app. */
	const ask = async (body: object) => {
		const httpRequest = () => Promise.resolve({ statusCode: 200, headers: {}, body });
		const helpers = { httpRequest } as unknown as IHttpRequestHelper['helpers'];
		const appId = `cli_${++apps}`;
		return await fetchTenantAccessToken(helpers, {
			region: 'https://open.feishu.cn',
			appId,
			appSecret: 'the-secret',
		});
	};
	const good = { code: 0, tenant_access_token: 't-1', expire: 7200 };

	/** Seconds until the token is renewed. */
	const secondsLeft = ({ accessTokenRenewAt }: StoredToken) =>
		(Number(accessTokenRenewAt) - Date.now()) / 1000;

	/** What it fails with. */
	const failureOf = async (body: object) =>
		await ask(body).then(
			() => undefined,
			(error: unknown) => (error instanceof FeishuError ? error.failure : undefined),
		);

	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test.each([
		[7200, 6900],
		['7200', 6900],
		[3000, 2700],
		// A tenth of its life, when that is less than five minutes.
		[600, 540],
		[2, 1.8],
	])('a token that is good for %j s is renewed after %d s', async (expire, after) => {
		expect(secondsLeft(await ask({ ...good, expire }))).toBeCloseTo(after, 2);
	});

	test.each([
		{ code: 0, expire: 7200 },
		{ ...good, tenant_access_token: '' },
	])('an answer without a token is asked for again: %j', async (body) => {
		expect(await failureOf(body)).toMatchObject({
			message: 'Feishu answered without a tenant access token',
			advice: 'Check the base URL of the credential.',
			reaction: 'retry',
		});
	});

	test.each([Infinity, 'Infinity', 0, -1, 'soon', undefined])(
		'a life of %s s is none, for every request of the app',
		async (expire) => {
			expect(await failureOf({ ...good, expire })).toMatchObject({
				message: 'Feishu gave a tenant access token, but did not say how long it is good for',
				reaction: 'fail',
				appWide: true,
			});
		},
	);

	test('no error shows the secret', async () => {
		const failure = await failureOf({ code: 10014, msg: 'the-secret is wrong' });
		expect(failure?.feishuMessage).toBe('*** is wrong');
	});
});

import type { IHttpRequestHelper } from 'n8n-workflow';
import {
	appOf,
	tokenOwnerOf,
	type FeishuHireCredential,
	type StoredToken,
} from '../../nodes/shared/feishu/credential';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { fetchTenantAccessToken, TokenSource } from '../../nodes/shared/feishu/token';

type Helpers = IHttpRequestHelper['helpers'];

const HOUR = 3_600_000;

let apps = 0;

/** A credential of an app about which nothing is known yet. */
const newCredential = (): FeishuHireCredential => ({
	region: 'https://open.feishu.cn',
	appId: `cli_${++apps}`,
	appSecret: 'the-secret',
});

/** A token of the credential's app with this lifetime. */
const tokenOf = (
	credential: FeishuHireCredential,
	accessToken: string,
	lifeMs = HOUR,
): StoredToken => ({
	accessToken,
	accessTokenOwner: tokenOwnerOf(appOf(credential)),
	accessTokenRenewAt: String(Date.now() + lifeMs),
});

const good = { code: 0, tenant_access_token: 't-1', expire: 7200 };

/**
 * n8n's helpers, with a token endpoint that returns these bodies one after another; the last one is
 * repeated.
 */
function endpointOf(...bodies: Array<object | Error>) {
	const httpRequest = jest.fn(async () => {
		const body = bodies.length > 1 ? bodies.shift() : bodies[0];
		if (body instanceof Error) await Promise.reject(body);
		return await Promise.resolve({ statusCode: 200, headers: {}, body });
	});
	return { helpers: { httpRequest } as unknown as Helpers, requests: httpRequest.mock.calls };
}

/** Tokens with these texts, one after another. */
const tokens = (...texts: string[]) =>
	endpointOf(...texts.map((tenant_access_token) => ({ ...good, tenant_access_token })));

const textsOf = async (...asked: Array<Promise<StoredToken>>) =>
	(await Promise.all(asked)).map(({ accessToken }) => accessToken);

describe('the token of a client', () => {
	afterEach(() => jest.useRealTimers());

	test('is asked for once, and then the same for all clients of the app', async () => {
		const credential = newCredential();
		const { helpers, requests } = tokens('t-1', 't-2');
		const token = await new TokenSource(helpers, credential).get();
		expect(token.accessToken).toBe('t-1');
		expect(await new TokenSource(helpers, { ...credential }).get()).toBe(token);
		expect(requests).toHaveLength(1);
	});

	test('is asked for once, however many ask at the same time', async () => {
		const credential = newCredential();
		const { helpers, requests } = tokens('t-1', 't-2');
		const source = new TokenSource(helpers, credential);
		const asked = [source.get(), source.get(), new TokenSource(helpers, credential).get()];
		expect(await textsOf(...asked)).toEqual(['t-1', 't-1', 't-1']);
		// The credential of the HTTP Request node fetches it too.
		const stored = fetchTenantAccessToken(helpers, credential);
		expect(await textsOf(stored, fetchTenantAccessToken(helpers, credential))).toEqual([
			't-2',
			't-2',
		]);
		expect(requests).toHaveLength(2);
	});

	test('is the one that n8n has stored, while it is theirs and alive', async () => {
		const credential = newCredential();
		const stored = tokenOf(credential, 't-stored');
		const { helpers, requests } = tokens('t-1');
		// The token only: the process must not keep the rest of the credential.
		expect(await new TokenSource(helpers, { ...credential, ...stored }).get()).toStrictEqual(
			stored,
		);
		expect(requests).toHaveLength(0);
		// It also counts for a client whose credential was read before.
		expect(await textsOf(new TokenSource(helpers, credential).get())).toEqual(['t-stored']);
	});

	test.each<[string, (credential: FeishuHireCredential) => StoredToken]>([
		['due for renewal', (credential) => tokenOf(credential, 't-old', 0)],
		['of another secret', (own) => tokenOf({ ...own, appSecret: 'other' }, 't-foreign')],
		['of another app', (own) => tokenOf({ ...own, appId: 'cli_other' }, 't-foreign')],
		['empty', (credential) => tokenOf(credential, '')],
	])('is not the stored one when that is %s', async (_name, stored) => {
		const credential = newCredential();
		const { helpers } = tokens('t-1');
		const source = new TokenSource(helpers, { ...credential, ...stored(credential) });
		expect(await textsOf(source.get())).toEqual(['t-1']);
	});

	test('is the one in use, whatever n8n has stored', async () => {
		const credential = newCredential();
		const { helpers } = tokens('t-1');
		await new TokenSource(helpers, credential).get();
		const withStored = (text: string, lifeMs: number) =>
			new TokenSource(helpers, { ...credential, ...tokenOf(credential, text, lifeMs) }).get();
		expect(await textsOf(withStored('t-older', HOUR))).toEqual(['t-1']);
		expect(await textsOf(withStored('t-newer', 3 * HOUR))).toEqual(['t-1']);
	});

	test('is never that of another owner', async () => {
		const [mine, theirs] = [newCredential(), newCredential()];
		const { helpers } = tokens('t-theirs', 't-mine', 't-of-other-secret');
		const textFor = async (credential: FeishuHireCredential) =>
			await textsOf(new TokenSource(helpers, credential).get());
		expect(await textFor(theirs)).toEqual(['t-theirs']);
		expect(await textFor(mine)).toEqual(['t-mine']);
		expect(await textFor({ ...mine, appSecret: 'another' })).toEqual(['t-of-other-secret']);
		expect(await textFor(theirs)).toEqual(['t-theirs']);
	});

	test('is a new one when it comes due', async () => {
		jest.useFakeTimers();
		const credential = newCredential();
		const { helpers } = tokens('t-1', 't-2');
		const source = new TokenSource(helpers, credential);
		expect(await textsOf(source.get())).toEqual(['t-1']);
		jest.advanceTimersByTime(6_900_000 - 1);
		expect(await textsOf(source.get())).toEqual(['t-1']);
		jest.advanceTimersByTime(1);
		expect(await textsOf(source.get())).toEqual(['t-2']);
	});
});

describe('a token that Feishu has refused', () => {
	test('is renewed once for all who had it, also when the new one has the same text', async () => {
		const credential = newCredential();
		const { helpers, requests } = tokens('t-1');
		const source = new TokenSource(helpers, credential);
		const [a, b] = [await source.get(), await source.get()];
		const renewed = await source.get(a);
		expect(renewed.accessToken).toBe('t-1');
		expect(renewed).not.toBe(a);
		// A late caller gets the new one.
		expect(await source.get(b)).toBe(renewed);
		expect(await source.get()).toBe(renewed);
		expect(requests).toHaveLength(2);
	});

	test('is renewed by one request when all find it refused at the same time', async () => {
		const { helpers, requests } = tokens('t-1', 't-2', 't-3');
		const source = new TokenSource(helpers, newCredential());
		const refused = await source.get();
		expect(await textsOf(source.get(refused), source.get(refused))).toEqual(['t-2', 't-2']);
		expect(requests).toHaveLength(2);
	});

	test('is not taken again from the credential', async () => {
		const credential = newCredential();
		const stored = tokenOf(credential, 't-dead', 3 * HOUR);
		const { helpers } = tokens('t-1');
		const source = new TokenSource(helpers, { ...credential, ...stored });
		const refused = await source.get();
		expect(refused.accessToken).toBe('t-dead');
		expect(await textsOf(source.get(refused))).toEqual(['t-1']);
	});
});

test('if a token cannot be fetched, all waiting calls fail, and the next one tries again', async () => {
	const refusal = { code: 10014, msg: 'app secret invalid' };
	const { helpers, requests } = endpointOf(refusal, good);
	const source = new TokenSource(helpers, newCredential());
	const settled = await Promise.allSettled([source.get(), source.get()]);
	const reasons = settled.map((each) =>
		each.status === 'rejected' ? (each.reason as unknown) : undefined,
	);
	expect(reasons[0]).toBeInstanceOf(FeishuError);
	expect(reasons[0]).toMatchObject({ failure: { code: 10014, appWide: true } });
	expect(reasons[1]).toBe(reasons[0]);
	expect(requests).toHaveLength(1);
	expect(await textsOf(source.get())).toEqual(['t-1']);
});

test('an unreachable token endpoint is a clear error, without the secret', async () => {
	const broken = Object.assign(new Error('the-secret'), { code: 'ECONNRESET' });
	const { helpers } = endpointOf(broken);
	await expect(new TokenSource(helpers, newCredential()).get()).rejects.toMatchObject({
		failure: {
			message: 'Feishu could not be reached: the connection was lost',
			reaction: 'retry',
		},
	});
	const refusing = endpointOf(new Error('not allowed: the-secret'));
	await expect(new TokenSource(refusing.helpers, newCredential()).get()).rejects.toMatchObject({
		failure: { reason: 'not allowed: ***' },
	});
});

describe('the token endpoint', () => {
	/** The result of this answer, for a new app. */
	const ask = async (body: object) =>
		await fetchTenantAccessToken(endpointOf(body).helpers, newCredential());

	/** Seconds until the token is renewed. */
	const secondsLeft = ({ accessTokenRenewAt }: StoredToken) =>
		(Number(accessTokenRenewAt) - Date.now()) / 1000;

	/** The failure that it causes. */
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
		// A tenth of its life, if that is less than five minutes.
		[600, 540],
		[2, 1.8],
	])('a token that is good for %j s is renewed after %d s', async (expire, after) => {
		expect(secondsLeft(await ask({ ...good, expire }))).toBeCloseTo(after, 2);
	});

	test.each([
		{ code: 0, expire: 7200 },
		{ ...good, tenant_access_token: '' },
	])('after an answer without a token, the request is repeated: %j', async (body) => {
		expect(await failureOf(body)).toMatchObject({
			message: 'Feishu returned no tenant access token',
			advice:
				'If there is a gateway in front of Feishu, check it. Its response must contain "tenant_access_token".',
			reaction: 'retry',
		});
	});

	test.each([Infinity, 'Infinity', 0, -1, 'soon', undefined])(
		'a lifetime of %s s is an error for every request of the app',
		async (expire) => {
			expect(await failureOf({ ...good, expire })).toMatchObject({
				message: 'Feishu did not say how long the tenant access token is valid',
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

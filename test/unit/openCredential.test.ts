import {
	appOf,
	tokenOwnerOf,
	type FeishuHireCredential,
	type StoredToken,
} from '../../nodes/shared/feishu/credential';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import type { NodeContext } from '../../nodes/shared/feishu/http';
import { OpenCredential } from '../../nodes/shared/feishu/openCredential';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const HOUR = 3_600_000;

const entered: FeishuHireCredential = {
	region: 'https://open.feishu.cn',
	appId: 'cli_1',
	appSecret: 'secret',
};

/** A token of the app that lives as long as that. */
const tokenOf = (
	credential: FeishuHireCredential,
	accessToken: string,
	ms = HOUR,
): StoredToken => ({
	accessToken,
	accessTokenOwner: tokenOwnerOf(appOf(credential)),
	accessTokenRenewAt: String(Date.now() + ms),
});

/** A credential that is open, what changes the stored one, and how often it was read. */
async function opened(first: FeishuHireCredential = entered) {
	let stored = first;
	const getCredentials = jest.fn(() => Promise.resolve(stored));
	const open = await OpenCredential.read({ getCredentials } as unknown as NodeContext);
	return {
		open,
		store: (change: Partial<FeishuHireCredential>) => (stored = { ...stored, ...change }),
		readings: () => getCredentials.mock.calls.length,
	};
}

/** Reads it again after a while. @returns the token that another process has stored, if it is taken */
async function takenAfter(ms: number, open: OpenCredential, refused?: StoredToken) {
	jest.advanceTimersByTime(ms);
	const take = jest.fn((token: StoredToken) => token.accessToken);
	await open.readAgain(take, refused);
	return take.mock.results.map(({ value }) => value as string);
}

test('what was read a moment ago is not read again, what is older is', async () => {
	const { open, readings } = await opened();
	await takenAfter(999, open);
	expect(readings()).toBe(1);
	await takenAfter(1, open);
	expect(readings()).toBe(2);
	await takenAfter(999, open);
	expect(readings()).toBe(2);
});

test('another secret is another owner of tokens', async () => {
	const { open, store } = await opened();
	const before = open.owner;
	store({ appSecret: 'another' });
	expect(await takenAfter(2000, open)).toEqual([]);
	expect(open.app.appSecret).toBe('another');
	expect(open.data.appSecret).toBe('another');
	expect(open.owner).not.toBe(before);
});

test.each([
	['app', { appId: 'cli_2' }],
	['host', { region: 'https://open.larksuite.com' } as const],
])('with another %s a run cannot go on, and nothing more is asked', async (_what, change) => {
	const { open, store } = await opened();
	store(change);
	const error = await takenAfter(2000, open).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(FeishuError);
	expect(error).toMatchObject({
		failure: {
			message: 'The credential was changed to another app while the node was running',
			advice: 'Run the workflow again: it then works with the new app from the beginning.',
			reaction: 'fail',
			appWide: true,
		},
	});
});

describe('a token in it', () => {
	test('that another process has stored is taken', async () => {
		const { open, store } = await opened();
		store(tokenOf(entered, 't-new'));
		expect(await takenAfter(2000, open)).toEqual(['t-new']);
	});

	test('that was there before is not', async () => {
		const { open } = await opened({ ...entered, ...tokenOf(entered, 't-old') });
		expect(await takenAfter(2000, open)).toEqual([]);
	});

	test.each([
		['whose time is over', () => tokenOf(entered, 't-late', 1000)],
		['of another owner', () => tokenOf({ ...entered, appSecret: 'another' }, 't-foreign')],
	])('%s is not', async (_what, token) => {
		const { open, store } = await opened();
		store(token());
		expect(await takenAfter(2000, open)).toEqual([]);
	});

	test('that is older than the refused one is not', async () => {
		const { open, store } = await opened();
		const refused = tokenOf(entered, 't-refused', 2 * HOUR);
		store(tokenOf(entered, 't-older'));
		expect(await takenAfter(2000, open, refused)).toEqual([]);
		store(tokenOf(entered, 't-newer', 3 * HOUR));
		expect(await takenAfter(2000, open, refused)).toEqual(['t-newer']);
	});
});

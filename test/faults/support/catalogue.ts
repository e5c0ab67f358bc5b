import type { FaultAction, OpenQuestions, PlainFault } from '../../../sandbox';
import { lacking } from './lacking';

/** How the node must treat a fault. */
export type Treatment = 'renewToken' | 'wait' | 'retry' | 'fail';

/** Something that can go wrong with a request to batch_query. */
export interface Fault {
	name: string;
	do: FaultAction | PlainFault;
	treatment: Treatment;
	/** Part of the error's title if the fault persists. */
	title: RegExp;
	/** The sandbox's switches for it. */
	open?: Partial<OpenQuestions>;
	/** The node's `options.timeout` in ms, if the fault needs one to show. */
	timeoutMs?: number;
}

const answer = (status: number, code: number): FaultAction => ({ kind: 'answer', status, code });

const tokenFaults: Fault[] = [
	...([400, 200] as const).map(
		(status): Fault => ({
			name: `expired token as HTTP ${status}`,
			do: 'expire',
			open: { expiredTokenStatus: status },
			treatment: 'renewToken',
			title: /access token is invalid or has expired/,
		}),
	),
	...[99991661, 99991664, 99991665, 99991671, 4001].map(
		(code): Fault => ({
			name: `token code ${code}`,
			do: answer(400, code),
			treatment: 'renewToken',
			title: new RegExp(`\\(code ${code}\\)`),
		}),
	),
	{
		name: 'HTTP 401 without a code',
		do: { kind: 'answer', status: 401, body: 'Unauthorized' },
		treatment: 'renewToken',
		title: /refused the access token/,
	},
];

const rateFaults: Fault[] = [429, 400, 200].flatMap((status) =>
	Object.entries({ 'reset header': 1, 'no header': null, 'a huge header': 1_000_000_000 }).map(
		([header, reset]): Fault => ({
			name: `rate limit as HTTP ${status} with ${header}`,
			do: { kind: 'rate_limit', status, reset },
			treatment: 'wait',
			title: /too many requests/,
		}),
	),
);

/**
 * Each failing try waits this long. Not shorter, because a healthy answer that took longer on a
 * busy machine would be one request too many.
 */
const TIMEOUT_MS = 600;

const networkFaults: Fault[] = [
	{ name: 'connection reset', do: 'reset', treatment: 'retry', title: /connection was lost/ },
	{ name: 'no answer', do: 'hang', treatment: 'retry', title: /the request timed out/ },
	{
		name: 'a body that drips at 20 bytes/s',
		do: { kind: 'slow', bytesPerSecond: 20 },
		treatment: 'retry',
		title: /the request timed out/,
	},
].map((fault, index) => (index === 0 ? fault : { ...fault, timeoutMs: TIMEOUT_MS }) as Fault);

const serverFaults: Fault[] = [
	...[408, 500, 502, 503].map(
		(status): Fault => ({
			name: `HTTP ${status}`,
			do: { kind: 'html', status },
			treatment: 'retry',
			title: new RegExp(`HTTP ${status}`),
		}),
	),
	...[1002001, 1020001, 2200, 5000, 1500, 1663, 1668, 10101].map(
		(code): Fault => ({
			name: `code ${code}`,
			do: answer(code === 1002001 ? 500 : 200, code),
			treatment: 'retry',
			title: new RegExp(`\\(code ${code}\\)`),
		}),
	),
];

const bodyFaults: Fault[] = [
	{ name: 'an HTML page', do: { kind: 'html', status: 200 } },
	{ name: 'an empty body', do: 'empty' },
	{ name: 'truncated JSON', do: 'truncated' },
	{ name: 'JSON without a code', do: 'no_code' },
	{ name: 'the text null', do: { kind: 'answer', status: 200, body: 'null' } },
].map((fault) => ({ ...fault, treatment: 'retry', title: /cut off or not JSON/ }) as Fault);

const cutOff: Fault = {
	name: 'a body that is cut off',
	do: 'cut',
	treatment: 'retry',
	title: /could not be reached: (the response was cut off|the connection was lost)/,
};

/** Faults that a second try can cure: transient ones must not show, permanent ones must be named. */
export const curable: Fault[] = [
	...tokenFaults,
	...rateFaults,
	...networkFaults,
	...serverFaults,
	...bodyFaults,
	cutOff,
];

/** Faults that no retry can cure. (1002002 has its own cases, because it splits a list of IDs.) */
export const incurable: Fault[] = [
	{ name: 'code 99991403', do: answer(429, 99991403), title: /quota/ },
	{ name: 'code 99991672', do: answer(400, 99991672), title: /lacks a permission scope/ },
	{ name: 'code 99991401', do: answer(400, 99991401), title: /allow-list/ },
	{ name: 'an unknown code', do: answer(400, 4242), title: /\(code 4242\)/ },
	{
		name: 'HTTP 404',
		do: { kind: 'answer', status: 404, body: '404 page not found' },
		title: /404/,
	},
].map((fault) => ({ ...fault, treatment: 'fail' }) as Fault);

/** Whether the fault concerns the app. It then also ends other items that still need requests. */
export const isOfTheApp = ({ treatment, name }: Fault): boolean =>
	treatment === 'renewToken' || /9999\d+|HTTP 404/.test(name);

/** Faults that break the chain of pages. */
export const brokenChains: Fault[] = [
	{ name: 'more pages but no token', do: 'token_missing', title: /but sent no page token/ },
	{ name: 'a token that repeats', do: 'token_repeats', title: /same page token twice/ },
	{ name: 'an endless chain', do: 'endless', title: /did not end after/ },
].map((fault) => ({ ...fault, treatment: 'fail' }) as Fault);

/** Pages that lack parts and so do not say whether more follow. */
export const openEnds: Fault[] = [
	{ name: 'no data', do: lacking(() => undefined) },
	{ name: 'null as data', do: lacking(() => null) },
	{ name: 'empty data', do: lacking(() => ({})) },
	{
		name: 'neither items nor has_more',
		do: lacking(({ page_token }) => ({ page_token })),
	},
	{
		name: 'a token beside a missing has_more',
		do: lacking(({ items }) => ({ items, page_token: 'T' })),
	},
	{
		name: 'a token beside null as has_more',
		do: lacking(({ items }) => ({ items, page_token: 'T', has_more: null })),
	},
].map(
	(fault): Fault => ({ ...fault, treatment: 'fail', title: /did not say whether there are more/ }),
);

/** The same, without parts that may be missing: these change nothing. */
export const sparseEnds: Fault[] = [
	{ name: 'items alone', do: lacking(({ items }) => ({ items })) },
	{
		name: 'items, null and an empty token',
		do: lacking(({ items }) => ({ items, has_more: null, page_token: '' })),
	},
].map((fault): Fault => ({ ...fault, treatment: 'retry', title: /./ }));

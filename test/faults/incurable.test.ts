import type { PlainFault } from '../../sandbox';
import { expectFullResult, expectOneError, runCase } from './support/cases';
import {
	brokenChains,
	type Fault,
	incurable,
	isOfTheApp,
	openEnds,
	sparseEnds,
} from './support/catalogue';
import { setLimits, shortWaits } from './support/limits';
import { casesOf } from './support/matrix';
import { modes, PAGES, positions } from './support/modes';

setLimits(shortWaits);

describe('an error that a retry cannot cure is not retried', () => {
	test.concurrent.each(casesOf(incurable))('$title', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity });

		expectOneError(outcome, mode, fault.title, /./, isOfTheApp(fault));
		expect(outcome.concerned).toHaveLength(page);
		expect(outcome.tokenRequests).toHaveLength(1);
	});
});

describe('a refused parameter (1002002)', () => {
	const fault: Fault = {
		name: 'code 1002002',
		do: { kind: 'answer', status: 400, code: 1002002 },
		treatment: 'fail',
		title: /refused a parameter \(code 1002002\)/,
	};
	const scans = casesOf([fault]).filter(({ mode }) => mode.name !== 'ids');
	const ids = modes.filter(({ name }) => name === 'ids');

	test.concurrent.each(scans)('is not repeated: $title', async ({ mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity });

		expectOneError(outcome, mode, fault.title, /./);
		expect(outcome.concerned).toHaveLength(page);
	});

	test.concurrent.each(ids)('splits a list of IDs to find the refused one: $name', async (mode) => {
		const outcome = await runCase({ fault, mode, times: Infinity });

		expectOneError(outcome, mode, fault.title, /Affected ID: \d+/);
		// Six IDs: all, three, one. That one is refused by itself, which ends the run.
		expect(outcome.concerned).toHaveLength(3);
	});

	test.concurrent.each(ids)('loses nothing if the refusal was temporary: $name', async (mode) => {
		const outcome = await runCase({ fault, mode, page: 1, times: 1 });

		expectFullResult(outcome, mode);
		expect(outcome.concerned.length).toBeGreaterThan(1);
	});
});

describe('a broken chain of pages ends in an error after bounded work', () => {
	/** How many requests it takes until it shows, from the broken page on. */
	const sentFrom: Partial<Record<PlainFault, number>> = { token_missing: 1, endless: 101 };

	test.concurrent.each(casesOf(brokenChains))('$title', async ({ fault, mode, page }) => {
		// Every page from the broken one on is broken: its tokens lead nowhere else.
		const outcome = await runCase({
			mode,
			times: 0,
			rules: (counter) => [
				{
					api: 'batch_query',
					when: (request) => {
						const asked = counter.pageOf(request);
						return mode.concerned(request) && asked >= page;
					},
					times: Infinity,
					do: fault.do,
				},
			],
		});

		expectOneError(
			outcome,
			mode,
			fault.title,
			/The node returns nothing, because the list would be incomplete/,
		);
		// A repeated first page has to come a second time to be known as one.
		const repeats = page === 1 ? 2 : 1;
		const sent = sentFrom[fault.do as PlainFault] ?? repeats;
		expect(outcome.concerned.length).toBeLessThanOrEqual(page - 1 + sent);
		expect(outcome.concerned.length).toBeGreaterThanOrEqual(page - 1 + Math.min(sent, 100));
	});
});

describe('a page that does not say whether more follow is never taken for the last one', () => {
	// As the first page, an answer without a list is an empty list; with a token it is not a list
	// anywhere.
	const cases = casesOf(openEnds).filter(
		({ fault, page }) => page > 1 || fault.name.startsWith('a token'),
	);

	test.concurrent.each(cases)('$title', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity });

		expectOneError(
			outcome,
			mode,
			fault.title,
			/The node returns nothing, because the list would be incomplete/,
		);
		expect(outcome.concerned).toHaveLength(page);
	});

	const lastPages = casesOf(sparseEnds).filter(({ page }) => page === PAGES);

	test.concurrent.each(lastPages)('but $title, is one', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity });

		expectFullResult(outcome, mode);
		expect(outcome.concerned).toHaveLength(PAGES);
	});
});

describe('a refusal by the token endpoint', () => {
	const refusals = [
		{ code: 10003, title: /does not recognize this App ID \(code 10003\)/ },
		{ code: 10014, title: /refused the App ID or App Secret \(code 10014\)/ },
		{ code: 10015, title: /refused the App Secret \(code 10015\)/ },
	];
	const cases = refusals.flatMap((refusal) =>
		Object.entries(positions).flatMap(([position, page]) =>
			modes.map((mode) => ({
				...refusal,
				mode,
				page,
				name: `${refusal.code}, ${position} page, ${mode.name}`,
			})),
		),
	);

	test.concurrent.each(cases)('is not retried: $name', async ({ code, title, mode, page }) => {
		// The first page needs a token; before a later one, the token is invalidated.
		const outcome = await runCase({
			mode,
			times: 0,
			rules: (counter) => [
				{
					api: 'token',
					nth: page === 1 ? [1, 2, 3, 4, 5] : [2, 3, 4, 5],
					do: { kind: 'answer', status: 200, code, msg: 'refused' },
				},
				{
					api: 'batch_query',
					when: (request) => {
						const asked = counter.pageOf(request);
						return mode.concerned(request) && page > 1 && asked === page;
					},
					times: 1,
					do: 'expire',
				},
			],
		});

		expect(outcome.result.status).toBe('error');
		expect(outcome.result.error?.message).toMatch(title);
		expect(outcome.result.error?.description).toMatch(/App ID and App Secret/);
		expect(outcome.result.output()).toEqual([]);
		expect(outcome.tokenRequests).toHaveLength(page === 1 ? 1 : 2);
		expect(outcome.concerned.length).toBeLessThanOrEqual(page === 1 ? 0 : page);
		expect(outcome.result.serialized).not.toContain(outcome.secret);
	});
});

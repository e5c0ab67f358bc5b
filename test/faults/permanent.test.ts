import {
	expectNoSecrets,
	expectOneError,
	expectOneErrorItem,
	type Outcome,
	runCase,
} from './support/cases';
import { curable, type Fault } from './support/catalogue';
import { retryLimits, setLimits, shortWaits } from './support/limits';
import { casesOf } from './support/matrix';
import { type Mode } from './support/modes';

setLimits(shortWaits);

/** A token that is void for good is so for both input items: here only what concerns one is refused. */
const staying = curable.map(
	(fault): Fault =>
		fault.do === 'expire'
			? {
					...fault,
					do: { kind: 'answer', status: fault.open?.expiredTokenStatus ?? 400, code: 99991663 },
				}
			: fault,
);

const cases = casesOf(staying);

/** How often a request is sent that meets the fault each time, and what the error says about it. */
const givingUp = {
	renewToken: { sent: 2, says: /renewed the token once, in [\d.]+ s/ },
	retry: { sent: retryLimits.tries, says: /tried 5 times, in [\d.]+ s/ },
	wait: {
		sent: retryLimits.rejections,
		says: /turned away by the rate limit 3 times, in [\d.]+ s/,
	},
	fail: { sent: 1, says: /./ },
};

function expectBoundedWork(outcome: Outcome, fault: Fault, mode: Mode, page: number): void {
	expect(outcome.concerned).toHaveLength(page - 1 + givingUp[fault.treatment].sent);
	expect(outcome.others.length).toBeLessThanOrEqual(mode.otherRequests);
	expect(outcome.tokenRequests).toHaveLength(fault.treatment === 'renewToken' ? 2 : 1);
}

describe('a fault that stays ends the run with one error, after bounded work', () => {
	test.concurrent.each(cases)('$title', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity });

		expect(outcome.result.status).toBe('error');
		expectOneError(outcome, mode, fault.title, givingUp[fault.treatment].says);
		expectBoundedWork(outcome, fault, mode, page);
	});
});

const twoItems = cases.filter(({ mode }) => mode.items.length > 1);
/** A token that is refused twice is the app's trouble: what the node has not asked for yet, it does not ask for. */
const isOfTheApp = ({ fault }: { fault: Fault }) => fault.treatment === 'renewToken';

describe('with Continue On Fail it costs one input item, not the other', () => {
	const cost = twoItems.filter((each) => !isOfTheApp(each));

	test.concurrent.each(cost)('$title', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity, continues: true });

		expect(outcome.result.status).toBe('success');
		expectOneErrorItem(outcome, mode, fault.title);
		expectBoundedWork(outcome, fault, mode, page);
	});
});

describe('with Continue On Fail each input item is complete or has the error of the app', () => {
	test.concurrent.each(twoItems.filter(isOfTheApp))('$title', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity, continues: true });

		const expected = mode.expected(outcome.sandbox);
		outcome.errors.forEach((errors, item) => {
			expect(outcome.ids[item]).toEqual(errors.length > 0 ? [] : expected[item]);
			for (const error of errors) {
				expect((error as { message: string }).message).toMatch(fault.title);
			}
		});
		expect(outcome.errors.at(-1)).toHaveLength(1);
		expectNoSecrets(outcome);
		expectBoundedWork(outcome, fault, mode, page);
	});
});

import {
	expectNoSecrets,
	expectOneError,
	expectOneErrorItem,
	type Outcome,
	runCase,
} from './support/cases';
import { type Fault, isOfTheApp } from './support/catalogue';
import { setLimits, shortWaits } from './support/limits';
import { casesOf } from './support/matrix';
import { type Mode } from './support/modes';
import { givingUp, staying } from './support/staying';

setLimits(shortWaits);

const cases = casesOf(staying);

function expectBoundedWork(outcome: Outcome, fault: Fault, mode: Mode, page: number): void {
	expect(outcome.concerned).toHaveLength(page - 1 + givingUp(fault).sent);
	expect(outcome.others.length).toBeLessThanOrEqual(mode.otherRequests);
	expect(outcome.tokenRequests).toHaveLength(fault.treatment === 'renewToken' ? 2 : 1);
}

describe('a permanent fault ends the run with one error, after bounded work', () => {
	test.concurrent.each(cases)('$title', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity });

		expect(outcome.result.status).toBe('error');
		expectOneError(outcome, mode, fault.title, givingUp(fault).says, isOfTheApp(fault));
		expectBoundedWork(outcome, fault, mode, page);
	});
});

const twoItems = cases.filter(({ mode }) => mode.items.length > 1);
/** After an error of the app, the node sends no further requests. */
const ofTheApp = twoItems.filter(({ fault }) => isOfTheApp(fault));

describe('with Continue On Fail, it fails one input item, not the other', () => {
	const cost = twoItems.filter((each) => !ofTheApp.includes(each));

	test.concurrent.each(cost)('$title', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: Infinity, continues: true });

		expect(outcome.result.status).toBe('success');
		expectOneErrorItem(outcome, mode, fault.title);
		expectBoundedWork(outcome, fault, mode, page);
	});
});

describe('with Continue On Fail each input item is complete or has the error of the app', () => {
	test.concurrent.each(ofTheApp)('$title', async ({ fault, mode, page }) => {
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

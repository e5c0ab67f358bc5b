import { expectFullResult, runCase } from './support/cases';
import { curable } from './support/catalogue';
import { setLimits, shortWaits } from './support/limits';
import { casesOf } from './support/matrix';
import { PAGES } from './support/modes';

setLimits(shortWaits);

const cases = casesOf(curable);

describe('a fault that occurs once does not affect the result', () => {
	test.concurrent.each(cases)('$title', async ({ fault, mode, page }) => {
		const outcome = await runCase({ fault, mode, page, times: 1 });

		expectFullResult(outcome, mode);
		expect(outcome.concerned).toHaveLength(PAGES + 1);
		// A token that really is invalid also fails the other input item's requests in flight.
		const alsoRefused =
			fault.do === 'expire' ? outcome.others.filter(({ code }) => code !== 0) : [];
		expect(alsoRefused.length).toBeLessThanOrEqual(1);
		expect(outcome.others).toHaveLength(mode.otherRequests + alsoRefused.length);
		expect(outcome.tokenRequests).toHaveLength(fault.treatment === 'renewToken' ? 2 : 1);
	});
});

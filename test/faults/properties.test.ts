import fc from 'fast-check';
import { setLimits } from './support/limits';
import { expectAllOrError, scenarios } from './support/scenario';

setLimits({ backoffMs: 2, maxBackoffMs: 4, maxResetMs: 5, rejections: 5 });

const RUNS = 600;

/** FAST_CHECK_SEED repeats a run. A failure prints the seed. */
const seed = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 2 ** 31);

/** How many scenarios run in parallel. They share only the process. */
const LANES = 5;

describe(`any data set, query, fault schedule and movement (seed ${seed})`, () => {
	const outcomes = { complete: 0, error: 0 };

	test('gives either the complete answer or an error: 0 lost, 0 duplicated, 0 silent', async () => {
		const property = fc.asyncProperty(scenarios, async (scenario) => {
			outcomes[await expectAllOrError(scenario)] += 1;
		});
		const lanes = Array.from({ length: LANES }, async (_, lane) => {
			await fc.assert(property, { seed: seed + lane, numRuns: RUNS / LANES });
		});
		await Promise.all(lanes);

		expect(outcomes.complete + outcomes.error).toBeGreaterThanOrEqual(500);
		// Both results must occur often enough to mean something.
		expect(outcomes.complete).toBeGreaterThan(RUNS / 5);
		expect(outcomes.error).toBeGreaterThan(RUNS / 20);
	}, 240_000);
});

import type { Failure } from '../../nodes/shared/feishu/failure';
import {
	describeAttempts,
	isAnswerLost,
	nextStep,
	retryLimits,
} from '../../nodes/shared/feishu/retryPolicy';

const fresh = { faults: 0, rejections: 0, renewed: false, elapsedMs: 0 };
const failed = (reaction: Failure['reaction'], retryAfterMs?: number): Failure => ({
	message: 'm',
	advice: 'c',
	reaction,
	retryAfterMs,
});

test('the bounds of retries: 5 tries, and an end in time', () => {
	expect(retryLimits.tries).toBe(5);
	expect(retryLimits.totalMs).toBeLessThanOrEqual(10 * 60_000);
});

test('a fault is retried after a backoff that doubles, with full jitter, up to a bound', () => {
	const bounds = [1, 2, 3, 4].map((faults) => {
		const history = { ...fresh, faults };
		expect(nextStep(failed('retry'), history, () => 0)).toEqual({ step: 'retry', waitMs: 0 });
		return nextStep(failed('retry'), history, () => 0.5);
	});
	expect(bounds).toEqual([250, 500, 1000, 2000].map((waitMs) => ({ step: 'retry', waitMs })));
});

test('no backoff is longer than the bound', () => {
	const original = retryLimits.tries;
	retryLimits.tries = 50;
	try {
		const step = nextStep(failed('retry'), { ...fresh, faults: 40 }, () => 1);
		expect(step).toEqual({ step: 'retry', waitMs: retryLimits.maxBackoffMs });
	} finally {
		retryLimits.tries = original;
	}
});

test('gives up after the last try, and when the time is over', () => {
	expect(nextStep(failed('retry'), { ...fresh, faults: 5 })).toEqual({ step: 'giveUp' });
	const late = { ...fresh, faults: 1, elapsedMs: retryLimits.totalMs };
	expect(nextStep(failed('retry'), late)).toEqual({ step: 'giveUp' });
	expect(nextStep(failed('wait', 1), late)).toEqual({ step: 'giveUp' });
	const nearlyLate = { ...fresh, rejections: 1, elapsedMs: retryLimits.totalMs - 1000 };
	expect(nextStep(failed('wait', 1000), nearlyLate)).toEqual({ step: 'giveUp' });
	expect(nextStep(failed('wait', 999), nearlyLate)).toEqual({ step: 'pauseApp', waitMs: 999 });
});

test('a rate limit pauses the app for as long as Feishu says, at most a minute', () => {
	const history = { ...fresh, rejections: 1 };
	expect(nextStep(failed('wait', 2000), history)).toEqual({ step: 'pauseApp', waitMs: 2000 });
	expect(nextStep(failed('wait', 0), history)).toEqual({ step: 'pauseApp', waitMs: 0 });
	expect(nextStep(failed('wait', 1e9), history)).toEqual({ step: 'pauseApp', waitMs: 60_000 });
});

test("without the header it waits at least the second of the limit's window, then longer", () => {
	const waits = [1, 2, 3].map((rejections) =>
		nextStep(failed('wait'), { ...fresh, rejections }, () => 0.5),
	);
	expect(waits).toEqual([1250, 1500, 2000].map((waitMs) => ({ step: 'pauseApp', waitMs })));
});

test('rejections are limited as well, and do not count as faults', () => {
	const history = { ...fresh, rejections: retryLimits.rejections };
	expect(nextStep(failed('wait', 1), history)).toEqual({ step: 'giveUp' });
	expect(nextStep(failed('retry'), { ...history, faults: 1 }).step).toBe('retry');
});

test('a token is renewed once for a request, never twice', () => {
	expect(nextStep(failed('renewToken'), fresh)).toEqual({ step: 'renewToken' });
	expect(nextStep(failed('renewToken'), { ...fresh, renewed: true })).toEqual({ step: 'giveUp' });
});

test('an incurable error is not repeated', () => {
	expect(nextStep(failed('fail'), fresh)).toEqual({ step: 'giveUp' });
});

test('says what was tried, and nothing after a single try', () => {
	expect(describeAttempts({ ...fresh, faults: 1 })).toBeUndefined();
	expect(describeAttempts({ ...fresh, faults: 5, elapsedMs: 1234 })).toBe(
		'Before giving up, the node tried 5 times (1.2 s).',
	);
	expect(
		describeAttempts({ ...fresh, faults: 2, rejections: 3, renewed: true, elapsedMs: 60_000 }),
	).toBe(
		'Before giving up, the node tried 2 times and hit the rate limit 3 times and renewed the token once (60.0 s).',
	);
});

test('a request whose answer was lost is sent again, as is one that was not sent', () => {
	for (const unsent of [undefined, true]) {
		const failure = { ...failed('retry'), unsent };
		expect(nextStep(failure, { ...fresh, faults: 1 }, () => 0.5)).toEqual({
			step: 'retry',
			waitMs: 250,
		});
	}
});

test.each([
	['retry', undefined, true],
	['retry', true, false],
	['wait', undefined, false],
	['renewToken', undefined, false],
	['fail', undefined, false],
] as const)(
	'after a failure with %s (unsent: %s) the answer is lost: %s',
	(reaction, unsent, is) => {
		expect(isAnswerLost({ ...failed(reaction), unsent })).toBe(is);
	},
);

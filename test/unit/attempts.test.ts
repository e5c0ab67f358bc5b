import { StoppedError } from '../../nodes/shared/feishu/abort';
import { FeishuError, type Failure, type Outcome } from '../../nodes/shared/feishu/failure';
import { Attempts, retryLimits } from '../../nodes/shared/feishu/retryPolicy';

// n8n has been running for a while.
beforeEach(() => {
	jest.useFakeTimers();
	jest.advanceTimersByTime(100_000);
});
afterEach(() => jest.useRealTimers());

const failed = (reaction: Failure['reaction'], message: string = reaction): Failure => ({
	message,
	advice: 'Do something.',
	reaction,
});
const lost = failed('retry', 'lost');
const unsent = { ...failed('retry', 'unsent'), unsent: true };
const turnedAway = failed('wait');
const stale = failed('renewToken');
const refused = failed('fail', 'refused');

/** A request that failed in these ways, each half a second after it was sent. */
function attemptsOf(...failures: Failure[]): Attempts {
	const attempts = new Attempts();
	for (const failure of failures) {
		attempts.begin();
		jest.advanceTimersByTime(500);
		attempts.failed(failure);
	}
	return attempts;
}

/** The error of a write that gives up with its last failure. */
const endOf = (...failures: Failure[]) => {
	const [last = refused] = failures.slice(-1);
	const attempts = attemptsOf(...failures);
	return attempts.withOutcome(attempts.error(last)) as FeishuError;
};

/** The failure, this many times in a row. */
const times = (count: number, failure: Failure): Failure[] => Array<Failure>(count).fill(failure);

test.each<[string, Failure[], string | undefined]>([
	['one failure', [lost], undefined],
	['one refusal', [refused], undefined],
	['two failures', [lost, lost], 'Before giving up, the node tried 2 times (1.0 s).'],
	['a refusal in the end', [lost, refused], 'Before giving up, the node tried 2 times (1.0 s).'],
	[
		'the limit, each time',
		[turnedAway, turnedAway, turnedAway],
		'Before giving up, the node hit the rate limit 3 times (1.5 s).',
	],
	['a token', [stale, refused], 'Before giving up, the node renewed the token once (1.0 s).'],
	[
		'everything',
		[lost, turnedAway, stale, lost, turnedAway],
		'Before giving up, the node tried 2 times and hit the rate limit 2 times and renewed the token once (2.5 s).',
	],
])('tells what was tried: %s', (_what, failures, tried) => {
	expect(attemptsOf(...failures).error(refused).tried).toBe(tried);
});

test('counts neither the rate limit nor the token as a fault', () => {
	expect(attemptsOf(lost, turnedAway, stale, lost, refused).faults).toBe(3);
	expect(attemptsOf(turnedAway, stale).faults).toBe(0);
});

test('renews the token once', () => {
	const attempts = new Attempts();
	expect(attempts.failed(stale)).toEqual({ step: 'renewToken' });
	expect(attempts.failed(stale)).toEqual({ step: 'giveUp' });
});

test('after another failure the token is still renewed', () => {
	const attempts = new Attempts();
	attempts.failed(lost);
	expect(attempts.failed(stale)).toEqual({ step: 'renewToken' });
});

test('the error of a read has no outcome', () => {
	expect(attemptsOf(lost, refused).error(refused).failure).toStrictEqual(refused);
});

describe('the outcome of a write that gives up', () => {
	test.each<[string, Failure[], Outcome, Failure | undefined]>([
		['refused at once', [refused], 'notDone', undefined],
		['not sent, then refused', [unsent, refused], 'notDone', undefined],
		['never sent', times(retryLimits.tries, unsent), 'notDone', undefined],
		['not sent for good', [{ ...unsent, reaction: 'fail' }], 'notDone', undefined],
		['turned away, then refused', [turnedAway, refused], 'unknown', undefined],
		['turned away each time', times(retryLimits.rejections, turnedAway), 'unknown', undefined],
		['a stale token, then refused', [stale, refused], 'unknown', undefined],
		['a token refused twice', [stale, stale], 'unknown', undefined],
		['lost, then refused', [lost, refused], 'unknown', lost],
		['turned away, lost, then refused', [turnedAway, lost, refused], 'unknown', lost],
		['not sent, lost, then refused', [unsent, lost, refused], 'unknown', lost],
		['lost, token renewed, then refused', [lost, stale, refused], 'unknown', lost],
		['lost each time', times(retryLimits.tries, lost), 'unknown', lost],
		[
			'lost in two ways, then refused',
			[lost, failed('retry', 'lost again'), refused],
			'unknown',
			lost,
		],
		['lost, then not sent', [lost, ...times(retryLimits.tries - 1, unsent)], 'unknown', lost],
	])('%s', (_how, failures, outcome, first) => {
		const last = failures.at(-1) ?? refused;
		expect(endOf(...failures).failure).toStrictEqual({ ...last, outcome, first });
	});

	test('the error still tells what was tried', () => {
		expect(endOf(lost, refused).tried).toBe('Before giving up, the node tried 2 times (1.0 s).');
		expect(endOf(refused).tried).toBeUndefined();
	});
});

test.each<[string, Failure[], Outcome]>([
	['before it left', [], 'notDone'],
	['after it could not be sent', [unsent], 'notDone'],
	['after it was turned away', [turnedAway], 'unknown'],
	['after its token was refused', [stale], 'unknown'],
	['after its answer was lost', [lost], 'unknown'],
	['after its answer was lost and it could not be sent', [lost, unsent], 'unknown'],
])('a write is stopped %s: the outcome', (_when, failures, outcome) => {
	const error = attemptsOf(...failures).withOutcome(new StoppedError());
	expect(error).toBeInstanceOf(StoppedError);
	expect(error).toMatchObject({ outcome });
});

test('a write stopped in flight has an unknown outcome', () => {
	const attempts = attemptsOf(unsent);
	attempts.begin();
	expect(attempts.withOutcome(new StoppedError())).toMatchObject({ outcome: 'unknown' });
});

test.each<[string, Failure[], Outcome, Failure | undefined]>([
	['was never sent', [], 'notDone', undefined],
	['could not be sent', [unsent], 'notDone', undefined],
	['was turned away', [turnedAway], 'unknown', undefined],
	['lost its answer', [lost], 'unknown', lost],
	['lost its answer, then was turned away', [lost, turnedAway], 'unknown', lost],
])("another call's error ends a write that %s", (_how, failures, outcome, first) => {
	const error = attemptsOf(...failures).withOutcome(new FeishuError(refused, 'Tried.'));
	expect(error).toMatchObject({ tried: 'Tried.' });
	expect((error as FeishuError).failure).toStrictEqual({ ...refused, outcome, first });
});

test("another call's error does not bring its own outcome", () => {
	const others = new FeishuError({ ...refused, outcome: 'unknown', first: lost }, 'Tried.');
	const error = new Attempts().withOutcome(others) as FeishuError;
	expect(error.failure).toStrictEqual({ ...refused, outcome: 'notDone', first: undefined });
	expect(error.tried).toBe('Tried.');
	// The error of the other call is unchanged.
	expect(others.failure).toStrictEqual({ ...refused, outcome: 'unknown', first: lost });
});

test('an error that is not from Feishu stays as it is', () => {
	const other = new Error('other');
	expect(attemptsOf(lost, lost).withOutcome(other)).toBe(other);
});

import { FeishuError, type Failure } from '../../nodes/shared/feishu/failure';
import { Tries } from '../../nodes/shared/feishu/retryPolicy';
import { StoppedError } from '../../nodes/shared/feishu/abort';

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

/** A request that has failed in these ways, each half a second after it left. */
function triesOf(...failures: Failure[]): Tries {
	const tries = new Tries(true);
	for (const failure of failures) {
		tries.begin();
		jest.advanceTimersByTime(500);
		tries.failed(failure);
	}
	return tries;
}

test.each<[string, Failure[], string | undefined]>([
	['one failure', [lost], undefined],
	['one refusal', [refused], undefined],
	['two failures', [lost, lost], 'Before giving up: tried 2 times, in 1.0 s.'],
	['a refusal in the end', [lost, refused], 'Before giving up: tried 2 times, in 1.0 s.'],
	[
		'the limit, each time',
		[turnedAway, turnedAway, turnedAway],
		'Before giving up: turned away by the rate limit 3 times, in 1.5 s.',
	],
	['a token', [stale, refused], 'Before giving up: renewed the token once, in 1.0 s.'],
	[
		'everything',
		[lost, turnedAway, stale, lost, turnedAway],
		'Before giving up: tried 2 times, turned away by the rate limit 2 times, renewed the token once, in 2.5 s.',
	],
])('tells what was tried: %s', (_what, failures, tried) => {
	expect(triesOf(...failures).error(refused).tried).toBe(tried);
});

test('counts neither the rate limit nor the token as a fault', () => {
	expect(triesOf(lost, turnedAway, stale, lost, refused).faults).toBe(3);
	expect(triesOf(turnedAway, stale).faults).toBe(0);
});

test('renews the token once', () => {
	const tries = new Tries(true);
	expect(tries.failed(stale)).toEqual({ step: 'renewToken' });
	expect(tries.failed(stale)).toEqual({ step: 'giveUp' });
});

test('a renewal that follows from no token is none', () => {
	const tries = new Tries(true);
	tries.failed(lost);
	expect(tries.failed(stale)).toEqual({ step: 'renewToken' });
});

test.each<[string, Failure[], Partial<Failure>]>([
	['refused at once', [refused], {}],
	['not sent at all', [unsent, unsent], {}],
	['not sent, then refused', [unsent, refused], {}],
	['turned away, then refused', [turnedAway, refused], { wasSentBefore: true }],
	['a stale token, then refused', [stale, refused], { wasSentBefore: true }],
	['lost, then not sent', [lost, unsent], { wasRepeated: true, first: lost }],
	[
		'lost, then refused',
		[turnedAway, lost, refused],
		{ wasSentBefore: true, wasRepeated: true, first: lost },
	],
	[
		'not sent, lost, then refused',
		[unsent, lost, refused],
		{ wasSentBefore: true, wasRepeated: true, first: unsent },
	],
	[
		'lost twice',
		[stale, lost, failed('retry', 'again')],
		{ wasSentBefore: true, wasRepeated: true, first: lost, mayBeDone: true },
	],
])('the error of the last try knows of the others: %s', (_how, failures, doubt) => {
	const last = failures.at(-1) ?? refused;
	expect(triesOf(...failures).error(last).failure).toStrictEqual({ ...last, ...doubt });
});

test.each<[string, Failure[], boolean]>([
	['before it left', [], false],
	['after it could not be sent', [unsent], false],
	['after it was turned away', [turnedAway], true],
	['after its answer was lost', [lost], true],
	['after its answer was lost and it could not be sent', [lost, unsent], true],
])('a stop %s: it may have been carried out: %s', (_when, failures, mayBeDone) => {
	expect(triesOf(...failures).inDoubt(new StoppedError())).toMatchObject({ mayBeDone });
});

test('a stop while it is under way: it may have been carried out', () => {
	const tries = triesOf(unsent);
	tries.begin();
	expect(tries.inDoubt(new StoppedError())).toMatchObject({ mayBeDone: true });
});

test.each<[string, Failure[], Partial<Failure>]>([
	['that was never sent', [], {}],
	['that could not be sent', [unsent], {}],
	['that was turned away', [turnedAway], { wasSentBefore: true }],
	['whose answer was lost', [lost], { wasSentBefore: true, wasRepeated: true, first: lost }],
	[
		'whose answer was lost, then turned away',
		[lost, turnedAway],
		{ wasSentBefore: true, wasRepeated: true, first: lost },
	],
])("another call's error ends a request %s", (_how, failures, doubt) => {
	const error = triesOf(...failures).inDoubt(new FeishuError(refused, 'Tried.')) as FeishuError;
	expect(error.failure).toStrictEqual({ ...refused, ...doubt });
	expect(error.tried).toBe('Tried.');
});

test('an error of its own, and one that is not of Feishu, stay as they are', () => {
	const tries = triesOf(lost, lost);
	const own = tries.error(lost);
	expect(tries.inDoubt(own)).toBe(own);
	const other = new Error('other');
	expect(tries.inDoubt(other)).toBe(other);
});

import { StoppedError } from '../../nodes/shared/feishu/abort';
import { FeishuError, type Failure, type Outcome } from '../../nodes/shared/feishu/failure';
import { outcomeOf, unknownOutcome } from '../../nodes/shared/hire/write/outcome';

const failed = (more: Partial<Failure> = {}) =>
	new FeishuError({ message: 'Lost', reaction: 'retry', advice: 'Do it.', ...more }, 'Tried.');

test.each<[string, unknown, Outcome]>([
	['an error that says nothing of it', failed(), 'notDone'],
	['an error that says it was not done', failed({ outcome: 'notDone' }), 'notDone'],
	['an error that says it was done', failed({ outcome: 'done' }), 'done'],
	['an error that says nobody knows', failed({ outcome: 'unknown' }), 'unknown'],
	['a stop before it left', new StoppedError(), 'notDone'],
	['a stop while it was under way', new StoppedError('unknown'), 'unknown'],
	['an error of another kind', new Error('x'), 'notDone'],
	[
		'an error of another kind that looks like one',
		Object.assign(new Error('x'), { failure: { outcome: 'unknown' }, outcome: 'unknown' }),
		'notDone',
	],
	['success without a record', undefined, 'notDone'],
])('the outcome after %s', (_what, error, outcome) => {
	expect(outcomeOf(error)).toBe(outcome);
});

test('a creation not sent because of another one has an unknown outcome', () => {
	const error = unknownOutcome.anothers();
	expect(outcomeOf(error)).toBe('unknown');
	expect(error.failure.advice).toBe(
		'See the error of that item. Check in Feishu Hire before you run the workflow again.',
	);
});

const LOOK = 'Check in Feishu Hire before you run the workflow again.';

test.each<[string, FeishuError, string, string]>([
	[
		'not found',
		unknownOutcome.notFound(failed()),
		'Lost. No new record was found, but one may still appear',
		`${LOOK} Do it.`,
	],
	[
		'several',
		unknownOutcome.several(failed(), ['1', '2']),
		'Lost. The record may already exist',
		`Records with the same content: 1, 2. ${LOOK} Do it.`,
	],
	[
		'not readable',
		unknownOutcome.unreadable(failed()),
		'Lost. It may have been carried out, but the node could not check',
		`${LOOK} Do it.`,
	],
	[
		'may be gone',
		unknownOutcome.mayBeGone(failed(), '7'),
		'Lost. The record 7 may have been deleted',
		`${LOOK} Do it.`,
	],
	[
		'still there',
		unknownOutcome.stillThere(failed(), '7'),
		'Lost. The record 7 exists, but the deletion may still take effect',
		`${LOOK} Do it.`,
	],
	[
		'unchanged',
		unknownOutcome.unchanged(failed(), '7'),
		'Lost. The record 7 is unchanged, but the change may still take effect',
		`${LOOK} Do it.`,
	],
])('an unknown outcome has the exact message: %s', (_how, error, message, advice) => {
	expect(error.failure).toStrictEqual({ message, reaction: 'retry', advice, outcome: 'unknown' });
	expect(error.tried).toBe('Tried.');
});

test('the first lost answer is reported, not the refusal of a repeat', () => {
	const first = failed({ message: 'First', advice: 'Help.' }).failure;
	const { failure } = unknownOutcome.notFound(failed({ message: 'Refused', first }));
	expect(failure.message).toMatch(/^First\. /);
	expect(failure.advice).toMatch(/ Help\.$/);
});

test.each([
	[
		'a stop',
		new StoppedError('unknown'),
		/^The run ended during the request\. No new record was found/,
		`${LOOK} `,
	],
	[
		'success without a record',
		undefined,
		/^Feishu reported success, but did not return the record\. No new record was found/,
		`${LOOK} If it keeps happening, tell Feishu support when it ran.`,
	],
])('%s has a clear message', (_what, error, message, advice) => {
	const { failure } = unknownOutcome.notFound(error);
	expect(failure).toMatchObject({ reaction: 'fail', advice, outcome: 'unknown' });
	expect(failure.message).toMatch(message);
});

test.each([
	[20, /: 1, 2, .*, 20\. Check/],
	[21, /: 1, 2, .*, 20 and 1 more\. Check/],
])('of %i records twenty are named', (count, told) => {
	const ids = Array.from({ length: count }, (_, index) => String(index + 1));
	expect(unknownOutcome.several(failed(), ids).failure.advice).toMatch(told);
});

import { FeishuError, type Failure } from '../../nodes/shared/feishu/failure';
import { StoppedError } from '../../nodes/shared/feishu/abort';
import { doubtErrors, isDone, isDoubtful } from '../../nodes/shared/hire/write/doubt';

const failed = (more: Partial<Failure> = {}) =>
	new FeishuError({ message: 'Lost', reaction: 'retry', advice: 'Do it.', ...more }, 'Tried.');

test.each<[string, unknown, boolean]>([
	['a refusal at once', failed(), false],
	['an answer that was lost', failed({ mayBeDone: true }), true],
	['a lost answer before it', failed({ wasRepeated: true }), true],
	['a refusal before it', failed({ wasSentBefore: true }), true],
	['a stop before it left', new StoppedError(), false],
	['a stop while it was under way', new StoppedError(true), true],
	['an error of another kind', new Error('x'), false],
	['success without a record', undefined, false],
])('whether %s leaves a doubt: %s', (_what, error, is) => {
	expect(isDoubtful(error)).toBe(is);
});

test.each<[string, unknown, boolean]>([
	['a refusal', failed(), false],
	['a record that came out otherwise', failed({ isDone: true }), true],
	['an error of another kind', Object.assign(new Error('x'), { failure: { isDone: true } }), false],
])('whether %s says that a record was made: %s', (_what, error, is) => {
	expect(isDone(error)).toBe(is);
});

test('what was not sent because of another creation may be there', () => {
	const error = doubtErrors.anothers();
	expect(isDoubtful(error)).toBe(true);
	expect(error.failure.advice).toBe(
		'The error of that item says why nobody knows. Look in Feishu Hire before you run it again.',
	);
});

const LOOK = 'Look in Feishu Hire before you run it again.';

test.each<[string, FeishuError, string, string]>([
	[
		'not found',
		doubtErrors.notFound(failed()),
		'Lost. Nothing was found of it afterwards, but it may still have been carried out',
		`${LOOK} Do it.`,
	],
	[
		'several',
		doubtErrors.several(failed(), ['1', '2']),
		'Lost. The record may exist already',
		`Records with the same content: 1, 2. ${LOOK} Do it.`,
	],
	[
		'unknown',
		doubtErrors.unknown(failed()),
		'Lost. It may have been carried out all the same, and could not be looked for',
		`${LOOK} Do it.`,
	],
	[
		'may be gone',
		doubtErrors.mayBeGone(failed(), '7'),
		'Lost. The record 7 may be gone all the same',
		`${LOOK} Do it.`,
	],
	[
		'still there',
		doubtErrors.stillThere(failed(), '7'),
		'Lost. The record 7 is still there, but may go yet',
		`${LOOK} Do it.`,
	],
	[
		'unchanged',
		doubtErrors.unchanged(failed(), '7'),
		'Lost. The record 7 is not as it was meant to be; the change may still come',
		`${LOOK} Do it.`,
	],
])('says of a record that is %s, word for word', (_how, error, message, advice) => {
	expect(error.failure).toStrictEqual({ message, reaction: 'retry', advice, mayBeDone: true });
	expect(error.tried).toBe('Tried.');
});

test('the first failure tells more than that of a repeat', () => {
	const first = failed({ message: 'First', advice: 'Help.' }).failure;
	const { failure } = doubtErrors.notFound(failed({ message: 'Refused', first }));
	expect(failure.message).toMatch(/^First\. /);
	expect(failure.advice).toMatch(/ Help\.$/);
});

test.each([
	[
		'a stop',
		new StoppedError(true),
		/^The run ended while the request was under way\. Nothing/,
		`${LOOK} `,
	],
	[
		'success without a record',
		undefined,
		/^Feishu reported success, but did not send the record\. Nothing/,
		`${LOOK} Give Feishu support the time of the run if it stays.`,
	],
])('%s is told in words', (_what, error, message, advice) => {
	const { failure } = doubtErrors.notFound(error);
	expect(failure).toMatchObject({ reaction: 'fail', advice, mayBeDone: true });
	expect(failure.message).toMatch(message);
});

test.each([
	[20, /: 1, 2, .*, 20\. Look/],
	[21, /: 1, 2, .*, 20 and 1 more\. Look/],
])('of %i records twenty are named', (count, told) => {
	const ids = Array.from({ length: count }, (_, index) => String(index + 1));
	expect(doubtErrors.several(failed(), ids).failure.advice).toMatch(told);
});

import { canBeOwn, timeOfId } from '../../nodes/shared/hire/write/idTime';

/** An ID with this second. @param rest its lower half */
const idAt = (ms: number, rest = 0) =>
	String((BigInt(Math.floor(ms / 1000)) << BigInt(32)) + BigInt(rest));

const NOON = Date.UTC(2025, 2, 10, 12);
const YEAR_2016 = Date.UTC(2016, 0);
const LOWER_HALF = 2 ** 32 - 1;

describe('the time in an ID', () => {
	test('is that of its creation, to the second', () => {
		expect(timeOfId(idAt(NOON))).toBe(NOON);
		expect(timeOfId(idAt(NOON, LOWER_HALF))).toBe(NOON);
		expect(timeOfId(idAt(NOON + 1000))).toBe(NOON + 1000);
	});

	test('is right for an ID decoded elsewhere', () => {
		expect(timeOfId('7318840216653955117')).toBe(Date.parse('2023-12-31T19:17:58Z'));
	});

	test('is undefined before 2016', () => {
		expect(timeOfId(idAt(YEAR_2016))).toBe(YEAR_2016);
		expect(timeOfId(idAt(YEAR_2016 - 1000, LOWER_HALF))).toBeUndefined();
	});

	test.each([
		['no ID', ''],
		['a short number', '123'],
		['a number of 15 digits', '9'.repeat(15)],
		['a number of 20 digits', '7'.repeat(20)],
		['letters', 'ou_7318840216653955117'],
		['a letter at the end', '731884021665395511x'],
		['a sign', '-7318840216653955117'],
		['a point', '73188402166539551.7'],
		['a space before it', ' 7318840216653955117'],
		['a line after it', '7318840216653955117\n'],
		['hexadecimal digits', '0x65912c8000000000'],
		['fullwidth digits', '７３１８８４０２１６６５３９５５１１７'],
		['Arabic digits', '٧٣١٨٨٤٠٢١٦٦٥٣٩٥٥١١٧'],
	])('is undefined in %s', (_what, id) => {
		expect(timeOfId(id)).toBeUndefined();
	});
});

describe('a record may be the one that was sent', () => {
	const sentAt = NOON + 500;
	const now = NOON + 10_300;
	const FIVE_MINUTES = 5 * 60_000;

	test.each<[string, number, boolean]>([
		['in the second before the sending', NOON - 1000, false],
		['in the second of the sending', NOON, true],
		['between the sending and now', NOON + 5000, true],
		['now', NOON + 10_000, true],
		['just before five minutes ahead', NOON + 10_000 + FIVE_MINUTES, true],
		['more than five minutes ahead', NOON + 11_000 + FIVE_MINUTES, false],
		['a year ago', NOON - 365 * 86_400_000, false],
	])('when it was created %s', (_when, createdAt, can) => {
		expect(canBeOwn(idAt(createdAt), sentAt, now)).toBe(can);
		expect(canBeOwn(idAt(createdAt, LOWER_HALF), sentAt, now)).toBe(can);
	});

	test('when it is five minutes ahead to the millisecond', () => {
		const ahead = idAt(NOON + FIVE_MINUTES);
		expect(canBeOwn(ahead, NOON, NOON)).toBe(true);
		expect(canBeOwn(ahead, NOON - 1, NOON - 1)).toBe(false);
	});

	test('when both are in the same second, with the request at its end', () => {
		expect(canBeOwn(idAt(NOON), NOON + 999, NOON + 999)).toBe(true);
		expect(canBeOwn(idAt(NOON), NOON + 999.9, NOON + 1000)).toBe(true);
		expect(canBeOwn(idAt(NOON), NOON + 1000, NOON + 1000)).toBe(false);
	});

	test.each<[string, string, number | undefined, number | undefined]>([
		["Feishu's clock is not known", idAt(NOON), undefined, undefined],
		['it is not known when it was sent', idAt(NOON), undefined, now],
		['the time of its sending is no number', idAt(NOON), NaN, now],
		['it is not known what time it is', idAt(NOON), sentAt, undefined],
		['its ID carries no time', 'check-1', sentAt, now],
		['its ID is of before 2016', idAt(YEAR_2016 - 1000), 0, now],
		['it has no ID', '', sentAt, now],
	])('never when %s', (_when, id, sent, at) => {
		expect(canBeOwn(id, sent, at)).toBe(false);
	});
});

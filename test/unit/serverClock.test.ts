import { ServerClock } from '../../nodes/shared/feishu/serverClock';

const NOON = Date.UTC(2025, 2, 10, 12);
const dateAt = (ms: number) => new Date(ms).toUTCString();

/** A clock that saw these dates. @param heard monotonic ms at which an answer came, and its date */
function clockOf(...heard: Array<[monotonicMs: number, date: unknown]>): ServerClock {
	const clock = new ServerClock();
	for (const [monotonicMs, date] of heard) {
		jest.spyOn(performance, 'now').mockReturnValue(monotonicMs);
		clock.note(date);
	}
	return clock;
}

afterEach(() => jest.restoreAllMocks());

test('the time is unknown before an answer has a date', () => {
	expect(clockOf().at(0)).toBeUndefined();
});

test.each<[string, unknown]>([
	['is missing', undefined],
	['is null', null],
	['is empty', ''],
	['is not a date', 'yesterday'],
	['is a number', NOON],
	['is there twice', [dateAt(NOON), dateAt(NOON)]],
	['is a date of the language', new Date(NOON)],
])('a date that %s says nothing, and takes nothing back', (_what, date) => {
	expect(clockOf([1000, date]).at(1000)).toBeUndefined();
	expect(clockOf([1000, dateAt(NOON)], [9000, date]).at(1000)).toBe(NOON);
});

test('the time of a moment before or after an answer is derived from it', () => {
	const clock = clockOf([1000, dateAt(NOON)]);
	expect([0, 1000, 1250.5, 61_000].map((ms) => clock.at(ms))).toEqual([
		NOON - 1000,
		NOON,
		NOON + 250.5,
		NOON + 60_000,
	]);
});

test("the clock of n8n's machine does not matter", () => {
	jest.spyOn(Date, 'now').mockReturnValue(0);
	expect(clockOf([1000, dateAt(NOON)]).at(2000)).toBe(NOON + 1000);
});

test('of several answers, the one with the shortest round trip is used, whenever it came', () => {
	const slow: [number, string] = [3000, dateAt(NOON + 1000)];
	const quick: [number, string] = [1200, dateAt(NOON)];
	expect(clockOf(slow, quick).at(1200)).toBe(NOON);
	expect(clockOf(quick, slow).at(1200)).toBe(NOON);
	expect(clockOf(slow).at(1200)).toBe(NOON - 800);
});

test('an unknown moment has no time', () => {
	expect(clockOf([1000, dateAt(NOON)]).at(NaN)).toBeNaN();
});

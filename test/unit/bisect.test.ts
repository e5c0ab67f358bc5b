import { bisect, type Asking, type Loaded } from '../../nodes/shared/hire/loader';

const BAD = new Error('bad');
const DOWN = new Error('down');

/** The error as reported, with its keys. */
class Told extends Error {
	constructor(
		readonly error: unknown,
		readonly keys: readonly number[],
	) {
		super();
	}
}

/**
 * Requests numbers, some of which are bad. Below zero Feishu is down, and zero is unknown.
 *
 * @param answered numbers that are answered before a request fails
 */
async function ask(keys: number[], isBad: (key: number) => boolean, answered: number[] = []) {
	const asked: number[][] = [];
	const found = new Map<number, Loaded<string>>();
	const asking: Asking<number, string> = {
		ask: async (some, answers) => {
			asked.push([...some]);
			for (const key of some.filter((each) => answered.includes(each))) {
				answers.set(key, { value: `value ${key}` });
			}
			if (some.some((key) => key < 0)) await Promise.reject(DOWN);
			if (some.some(isBad)) await Promise.reject(BAD);
			for (const key of some.filter((each) => each > 0)) {
				answers.set(key, { value: `value ${key}` });
			}
		},
		isDueToOne: (error) => error === BAD,
		errorFor: (error, some) => new Told(error, some),
	};
	await bisect(keys, asking, (key, answer) => found.set(key, answer));
	return { asked, found };
}

const valuesOf = (...keys: number[]) =>
	keys.map((key): [number, Loaded<string>] => [key, { value: `value ${key}` }]);
const errorOf = (error: Error, keys: number[], ...those: number[]) =>
	those.map((key): [number, Loaded<string>] => [key, { error: new Told(error, keys) }]);
const inOrder = (found: Map<number, Loaded<string>>) => [...found].sort(([a], [b]) => a - b);

test('one request where nothing is bad', async () => {
	const { asked, found } = await ask([1, 2, 3], () => false);
	expect(asked).toEqual([[1, 2, 3]]);
	expect([...found]).toEqual(valuesOf(1, 2, 3));
});

test('a key that Feishu does not know has no value', async () => {
	const { found } = await ask([0, 1], () => false);
	expect([...found]).toEqual([[0, {}], ...valuesOf(1)]);
});

test('bisects the list until the bad one is alone; a half known to contain it is not requested whole', async () => {
	const { asked, found } = await ask([1, 2, 3, 4, 5, 6, 7, 8], (key) => key === 8);
	expect(asked).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6], [7], [8]]);
	expect(inOrder(found)).toStrictEqual([...valuesOf(1, 2, 3, 4, 5, 6, 7), ...errorOf(BAD, [8], 8)]);
});

test('several bad ones are each found', async () => {
	const { asked, found } = await ask([1, 2, 3, 4], (key) => key === 1 || key === 4);
	expect(asked).toEqual([[1, 2, 3, 4], [1, 2], [1], [2], [3, 4], [3], [4]]);
	expect(inOrder(found)).toStrictEqual([
		...errorOf(BAD, [1], 1),
		...valuesOf(2, 3),
		...errorOf(BAD, [4], 4),
	]);
});

test('a single one is requested once', async () => {
	const { asked, found } = await ask([1], () => true);
	expect(asked).toEqual([[1]]);
	expect([...found]).toStrictEqual(errorOf(BAD, [1], 1));
});

test('an error that none of them causes is reported for all', async () => {
	const { asked, found } = await ask([-1, 2], () => true);
	expect(asked).toEqual([[-1, 2]]);
	expect([...found]).toStrictEqual(errorOf(DOWN, [-1, 2], -1, 2));
});

test('an error does not affect a key that already has its answer', async () => {
	const { found } = await ask([-1, 2, 3], () => true, [2]);
	expect(inOrder(found)).toStrictEqual([
		...errorOf(DOWN, [-1, 2, 3], -1),
		...valuesOf(2),
		...errorOf(DOWN, [-1, 2, 3], 3),
	]);
});

test('an error after all keys have their answers is reported for all: the list was not read to its end', async () => {
	const { found } = await ask([-1, 2], () => true, [-1, 2]);
	expect(inOrder(found)).toStrictEqual(errorOf(DOWN, [-1, 2], -1, 2));
});

test('a key gets its answer before the others have theirs', async () => {
	const told: number[] = [];
	const toldWhenAsked: number[][] = [];
	const asking: Asking<number, string> = {
		ask: async (some) => {
			toldWhenAsked.push([...told]);
			await (some.includes(1) ? Promise.reject(BAD) : Promise.resolve());
		},
		isDueToOne: () => true,
		errorFor: (error) => error,
	};
	await bisect([1, 2, 3, 4], asking, (key) => told.push(key));
	expect(toldWhenAsked).toEqual([[], [], [], [1], [1, 2]]);
});

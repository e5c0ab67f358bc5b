import { Loader, Once, type Loaded } from '../../nodes/shared/hire/loader';

const numbers = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => String(from + index));

const BAD = new Error('bad');

/** A loader of these keys, and what it asks for. A key that begins with `!` is refused, with `-` unknown. */
function loaderOf(keys: Iterable<string>, size = 20) {
	const asked: string[][] = [];
	const fetch = jest.fn(async (some: readonly string[]) => {
		asked.push([...some]);
		const known = some.filter((key) => !key.startsWith('-'));
		const answers = known.map((key): [string, Loaded<string>] => [
			key,
			key.startsWith('!') ? { error: BAD } : { value: `value ${key}` },
		]);
		return await Promise.resolve(new Map(answers));
	});
	return { loader: new Loader(keys, size, fetch), asked };
}

/** What is asked for when every key is wanted at once. */
async function chunksOf(keys: string[], size?: number) {
	const { loader, asked } = loaderOf(keys, size);
	await Promise.all(keys.map(async (key) => await loader.load(key)));
	return asked;
}

test('keys of all items travel together, each once, at most so many in a request', async () => {
	const keys = [...numbers(0, 15), ...numbers(10, 30), '3', '45'];
	expect(await chunksOf(keys)).toEqual([numbers(0, 20), [...numbers(20, 30), '45']]);
});

test.each([
	[1, [1]],
	[20, [20]],
	[21, [20, 1]],
	[45, [20, 20, 5]],
])('%i keys make requests of %j', async (count, sizes) => {
	expect((await chunksOf(numbers(0, count))).map(({ length }) => length)).toEqual(sizes);
});

test('another size makes other requests', async () => {
	expect(await chunksOf(['a', 'b', 'c'], 2)).toEqual([['a', 'b'], ['c']]);
});

test('a chunk is fetched when its first key is wanted, and once', async () => {
	const { loader, asked } = loaderOf(['a', 'b', 'c'], 2);
	expect(asked).toEqual([]);
	expect(await loader.load('b')).toBe('value b');
	expect(asked).toEqual([['a', 'b']]);
	expect(await Promise.all([loader.load('a'), loader.load('b')])).toEqual(['value a', 'value b']);
	expect(asked).toEqual([['a', 'b']]);
	expect(await loader.load('c')).toBe('value c');
	expect(asked).toEqual([['a', 'b'], ['c']]);
});

test('who asks for a key awaits only the request that it is part of', async () => {
	let answer: (map: Map<string, Loaded<string>>) => void = () => {};
	const loader = new Loader(
		['a', 'b'],
		1,
		async ([key = '']) =>
			await (key === 'a'
				? new Promise<Map<string, Loaded<string>>>((resolve) => (answer = resolve))
				: Promise.resolve(new Map([[key, { value: 'value b' }]]))),
	);
	const first = loader.load('a');
	expect(await loader.load('b')).toBe('value b');
	answer(new Map([['a', { value: 'value a' }]]));
	expect(await first).toBe('value a');
});

test('the error of a key is its own, and what is not known is undefined', async () => {
	const { loader, asked } = loaderOf(['a', '!b', '-c']);
	await expect(loader.load('!b')).rejects.toBe(BAD);
	expect(await loader.load('a')).toBe('value a');
	expect(await loader.load('-c')).toBeUndefined();
	await expect(loader.load('!b')).rejects.toBe(BAD);
	expect(asked).toHaveLength(1);
});

test('a key that was not announced is asked for alone', async () => {
	const { loader, asked } = loaderOf(['a']);
	expect(await loader.load('z')).toBe('value z');
	expect(asked).toEqual([['z']]);
});

test('nothing to ask for is nothing to send', () => {
	expect(loaderOf([]).asked).toEqual([]);
});

describe('what is made once', () => {
	test('is made for the first who asks, for each key', async () => {
		const once = new Once<string, string>();
		const make = jest.fn(async (key: string) => await Promise.resolve(`value ${key}`));
		const values = ['a', 'b', 'a'].map(async (key) => await once.get(key, () => make(key)));
		expect(await Promise.all(values)).toEqual(['value a', 'value b', 'value a']);
		expect(make.mock.calls).toEqual([['a'], ['b']]);
	});

	test('fails for all who ask, also when nobody has asked yet', async () => {
		const once = new Once<string, string>();
		const make = jest.fn(async () => await Promise.reject<string>(BAD));
		// Nobody waits for this one: Node would end the process for an error that nobody handles.
		void once.get('a', make);
		await new Promise((resolve) => setImmediate(resolve));
		await expect(once.get('a', make)).rejects.toBe(BAD);
		expect(make).toHaveBeenCalledTimes(1);
	});
});

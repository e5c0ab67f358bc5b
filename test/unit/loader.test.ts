import { Loader, Once, type Asking } from '../../nodes/shared/hire/loader';
import { Semaphore } from '../../nodes/shared/semaphore';

const numbers = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => String(from + index));

const BAD = new Error('bad');

/** No request fails. */
const never: Omit<Asking<string, string>, 'ask'> = {
	isDueToOne: () => false,
	errorFor: (error) => error,
};

/** A loader of these keys, and its requests. A key that begins with `!` is refused; with `-`, unknown. */
function loaderOf(keys: Iterable<string>, size = 20) {
	const asked: string[][] = [];
	const loader = new Loader(keys, size, new Semaphore(10), {
		...never,
		ask: async (some, found) => {
			asked.push([...some]);
			for (const key of some.filter((each) => !each.startsWith('-'))) {
				found.set(key, key.startsWith('!') ? { error: BAD } : { value: `value ${key}` });
			}
			await Promise.resolve();
		},
	});
	return { loader, asked };
}

/** The requests if every key is wanted at once. */
async function chunksOf(keys: string[], size?: number) {
	const { loader, asked } = loaderOf(keys, size);
	await Promise.all(keys.map(async (key) => await loader.load(key)));
	return asked;
}

test('keys of all items share requests, each once, up to the maximum per request', async () => {
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

test('a chunk is fetched once, when its first key is needed', async () => {
	const { loader, asked } = loaderOf(['a', 'b', 'c'], 2);
	expect(asked).toEqual([]);
	expect(await loader.load('b')).toBe('value b');
	expect(asked).toEqual([['a', 'b']]);
	expect(await Promise.all([loader.load('a'), loader.load('b')])).toEqual(['value a', 'value b']);
	expect(asked).toEqual([['a', 'b']]);
	expect(await loader.load('c')).toBe('value c');
	expect(asked).toEqual([['a', 'b'], ['c']]);
});

test('a key waits only for the request that it is part of', async () => {
	let answer = () => {};
	const loader = new Loader(['a', 'b'], 1, new Semaphore(2), {
		...never,
		ask: async ([key = ''], found) => {
			if (key === 'a') await new Promise<void>((resolve) => (answer = resolve));
			found.set(key, { value: `value ${key}` });
		},
	});
	const first = loader.load('a');
	expect(await loader.load('b')).toBe('value b');
	answer();
	expect(await first).toBe('value a');
});

test('the error of a key is its own, and an unknown key gives undefined', async () => {
	const { loader, asked } = loaderOf(['a', '!b', '-c']);
	await expect(loader.load('!b')).rejects.toBe(BAD);
	expect(await loader.load('a')).toBe('value a');
	expect(await loader.load('-c')).toBeUndefined();
	await expect(loader.load('!b')).rejects.toBe(BAD);
	expect(asked).toHaveLength(1);
});

test('a key that was not announced is requested alone', async () => {
	const { loader, asked } = loaderOf(['a']);
	expect(await loader.load('z')).toBe('value z');
	expect(await loader.load('z')).toBe('value z');
	expect(asked).toEqual([['z']]);
});

test('no more requests are in flight than there are slots', async () => {
	let underWay = 0;
	let most = 0;
	const keys = numbers(0, 9);
	const loader = new Loader(keys, 1, new Semaphore(2), {
		...never,
		ask: async () => {
			underWay += 1;
			most = Math.max(most, underWay);
			await new Promise((resolve) => setImmediate(resolve));
			underWay -= 1;
		},
	});
	await Promise.all(keys.map(async (key) => await loader.load(key)));
	expect(most).toBe(2);
});

test('without keys, no request is sent', () => {
	expect(loaderOf([]).asked).toEqual([]);
});

describe('what is made once', () => {
	test('is made for the first caller, for each key', async () => {
		const once = new Once<string, string>();
		const make = jest.fn(async (key: string) => await Promise.resolve(`value ${key}`));
		const values = ['a', 'b', 'a'].map(async (key) => await once.get(key, () => make(key)));
		expect(await Promise.all(values)).toEqual(['value a', 'value b', 'value a']);
		expect(make.mock.calls).toEqual([['a'], ['b']]);
	});

	test('fails for all callers, even those that come later', async () => {
		const once = new Once<string, string>();
		const make = jest.fn(async () => await Promise.reject<string>(BAD));
		// Nobody awaits this one: Node would end the process for an unhandled error.
		void once.get('a', make);
		await new Promise((resolve) => setImmediate(resolve));
		await expect(once.get('a', make)).rejects.toBe(BAD);
		expect(make).toHaveBeenCalledTimes(1);
	});
});

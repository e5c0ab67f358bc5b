import { FeishuError } from '../../nodes/shared/feishu/failure';
import { askByHalves } from '../../nodes/shared/hire/bisect';
import { Stage } from '../../nodes/shared/hire/people/stage';

const BAD = new Error('bad');
const DOWN = new Error('down');

/** Asks for numbers of which some are bad; below zero Feishu is down. */
async function ask(values: number[], isBad: (value: number) => boolean) {
	const asked: number[][] = [];
	const failed: Array<[unknown, readonly number[]]> = [];
	const all = await askByHalves(values, {
		ask: async (some) => {
			asked.push([...some]);
			if (some.some((value) => value < 0)) await Promise.reject(DOWN);
			if (some.some(isBad)) await Promise.reject(BAD);
		},
		isDueToOne: (error) => error === BAD,
		failed: (error, some) => failed.push([error, some]),
	});
	return { all, asked, failed };
}

test('one request where nothing is bad', async () => {
	expect(await ask([1, 2, 3], () => false)).toEqual({ all: true, asked: [[1, 2, 3]], failed: [] });
});

test('halves the list until the bad one is alone; a half known to hold it is not asked for whole', async () => {
	const { all, asked, failed } = await ask([1, 2, 3, 4, 5, 6, 7, 8], (value) => value === 8);
	expect(all).toBe(false);
	expect(asked).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6], [7], [8]]);
	expect(failed).toEqual([[BAD, [8]]]);
});

test('several bad ones are each found', async () => {
	const { asked, failed } = await ask([1, 2, 3, 4], (value) => value === 1 || value === 4);
	expect(failed).toEqual([
		[BAD, [1]],
		[BAD, [4]],
	]);
	expect(asked).toEqual([[1, 2, 3, 4], [1, 2], [1], [2], [3, 4], [3], [4]]);
});

test('one that is alone is asked for once', async () => {
	expect(await ask([1], () => true)).toEqual({ all: false, asked: [[1]], failed: [[BAD, [1]]] });
});

test('an error that is due to none of them is told of all', async () => {
	expect(await ask([-1, 2], () => true)).toEqual({
		all: false,
		asked: [[-1, 2]],
		failed: [[DOWN, [-1, 2]]],
	});
});

describe('a stage', () => {
	const appWide = new FeishuError({ message: 'm', advice: 'a', reaction: 'fail', appWide: true });
	const ofOne = new FeishuError({ message: 'm', advice: 'a', reaction: 'fail' });

	/** Works that end when they are told to. */
	function works(stage: Stage, count: number) {
		const begun: number[] = [];
		const ends: Array<() => void> = [];
		const results = Array.from({ length: count }, (_, index) =>
			stage.run(async () => {
				begun.push(index);
				await new Promise<void>((resolve) => (ends[index] = resolve));
				return index;
			}),
		);
		return { begun, end: (index: number) => ends[index]?.(), results };
	}
	const turn = async () => await new Promise((resolve) => setImmediate(resolve));

	test('begins so many works, and the next one when one has ended, in order', async () => {
		const { begun, end, results } = works(new Stage(2), 4);
		await turn();
		expect(begun).toEqual([0, 1]);
		end(1);
		await turn();
		expect(begun).toEqual([0, 1, 2]);
		for (const index of [0, 2]) end(index);
		await turn();
		end(3);
		expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
	});

	test('has room again when all have ended', async () => {
		const stage = new Stage(1);
		expect(await stage.run(() => Promise.resolve('a'))).toBe('a');
		expect(await stage.run(() => Promise.resolve('b'))).toBe('b');
		const { begun, end, results } = works(stage, 2);
		await turn();
		expect(begun).toEqual([0]);
		end(0);
		await turn();
		end(1);
		await Promise.all(results);
	});

	test('begins nothing more once every further request would fail alike', async () => {
		const stage = new Stage(1);
		await expect(stage.run(() => Promise.reject(appWide))).rejects.toBe(appWide);
		const work = jest.fn(() => Promise.resolve());
		await expect(stage.run(work)).rejects.toBe(appWide);
		expect(work).not.toHaveBeenCalled();
	});

	test('the first such error stays, whatever was under way beside it', async () => {
		const stage = new Stage(2);
		const other = new FeishuError({ ...appWide.failure, message: 'other' });
		await Promise.allSettled(
			[appWide, other].map((error) => stage.run(() => Promise.reject(error))),
		);
		await expect(stage.run(() => Promise.resolve())).rejects.toBe(appWide);
	});

	test.each([ofOne, new Error('x')])('goes on after an error of one request: %s', async (error) => {
		const stage = new Stage(1);
		await expect(stage.run(() => Promise.reject(error))).rejects.toBe(error);
		expect(await stage.run(() => Promise.resolve('next'))).toBe('next');
	});
});

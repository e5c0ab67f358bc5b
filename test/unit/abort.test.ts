import { setImmediate as nextTurn } from 'node:timers/promises';

import {
	onStop,
	StoppedError,
	throwIfStopped,
	untilStopped,
	wait,
	withDeadline,
	withGrace,
} from '../../nodes/shared/feishu/abort';

const aborted = AbortSignal.abort();

/** What comes of a promise that has `ms` milliseconds. */
const within = async <T>(ms: number, promise: Promise<T>) =>
	await withDeadline(ms, async () => await promise);

function stopAfter(ms: number): AbortSignal {
	const stop = new AbortController();
	setTimeout(() => stop.abort(), ms);
	return stop.signal;
}

test('what a stopped run no longer waits for may fail', async () => {
	const unhandled: unknown[] = [];
	const onUnhandled = (error: unknown) => unhandled.push(error);
	process.on('unhandledRejection', onUnhandled);
	const late = nextTurn().then(() => {
		throw new Error('late');
	});
	await expect(untilStopped(late, aborted)).rejects.toThrow(StoppedError);
	await nextTurn();
	await nextTurn();
	process.off('unhandledRejection', onUnhandled);
	expect(unhandled).toEqual([]);
});

test('waits the milliseconds it is told', async () => {
	const start = performance.now();
	await wait(50);
	expect(performance.now() - start).toBeGreaterThanOrEqual(49);
});

test.each([0, -5])('%i ms are no wait', async (ms) => {
	const first = Promise.race([
		wait(ms).then(() => 'the wait'),
		nextTurn('a turn of the event loop'),
	]);
	await expect(first).resolves.toBe('the wait');
});

test('a wait ends immediately when the signal fires', async () => {
	await expect(wait(86_400_000, stopAfter(20))).rejects.toThrow(StoppedError);
});

test.each([0, 1000])('a wait of %i ms does not begin after the signal', async (ms) => {
	await expect(wait(ms, aborted)).rejects.toThrow(StoppedError);
});

test('untilStopped passes on the result of the promise', async () => {
	const { signal } = new AbortController();
	await expect(untilStopped(Promise.resolve(7), signal)).resolves.toBe(7);
	await expect(untilStopped(Promise.resolve(7))).resolves.toBe(7);
	await expect(untilStopped(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
});

test('untilStopped does not wait for a promise that never settles', async () => {
	await expect(untilStopped(new Promise(() => {}), stopAfter(5))).rejects.toThrow(StoppedError);
});

test('the signal has one listener, however many calls wait: n8n would log a warning about more', async () => {
	const { signal } = new AbortController();
	const add = jest.spyOn(signal, 'addEventListener');
	const waits = Array.from(
		{ length: 50 },
		async () => await untilStopped(Promise.resolve(), signal),
	);
	await Promise.all([...waits, wait(1, signal)]);
	expect(add).toHaveBeenCalledTimes(1);
});

test('the signal ends all waits, except those that have ended', async () => {
	const stop = new AbortController();
	const [stays, goes] = [jest.fn(), jest.fn()];
	onStop(stop.signal, stays);
	onStop(stop.signal, goes)();
	const waits = [wait(10_000, stop.signal), wait(10_000, stop.signal)];
	stop.abort();
	for (const each of waits) await expect(each).rejects.toThrow(StoppedError);
	expect(stays).toHaveBeenCalledTimes(1);
	expect(goes).not.toHaveBeenCalled();
});

test('a deadline passes on what arrives in time, and ends what does not', async () => {
	await expect(within(1000, Promise.resolve(7))).resolves.toBe(7);
	await expect(within(1000, Promise.reject(new Error('no')))).rejects.toThrow('no');
	await expect(within(10, new Promise(() => {}))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

test('throwIfStopped checks the signal', () => {
	expect(() => throwIfStopped(aborted)).toThrow(StoppedError);
	expect(() => throwIfStopped(new AbortController().signal)).not.toThrow();
	expect(() => throwIfStopped()).not.toThrow();
});

test('a stop says that nothing was done, unless given another outcome', () => {
	expect(new StoppedError().outcome).toBe('notDone');
	expect(new StoppedError('unknown').outcome).toBe('unknown');
	expect(new StoppedError().message).toBe('The execution was stopped');
});

describe('no timer is left running', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test('after an answer in time', async () => {
		await expect(within(60_000, Promise.resolve('the answer'))).resolves.toBe('the answer');
		await expect(within(60_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(jest.getTimerCount()).toBe(0);
	});

	test('after a wait that was stopped', async () => {
		const stop = new AbortController();
		const waiting = wait(60_000, stop.signal);
		stop.abort();
		await expect(waiting).rejects.toThrow(StoppedError);
		expect(jest.getTimerCount()).toBe(0);
	});

	test('a late answer is reported as Node reports it', async () => {
		const late = within(1000, new Promise(() => {})).catch((error: unknown) => error);
		await jest.advanceTimersByTimeAsync(1000);
		expect(await late).toMatchObject({ message: 'No answer came in time', code: 'ETIMEDOUT' });
	});
});

describe('a transfer ends', () => {
	/** Work that ends when its signal fires. */
	const untilEnded = async (signal: AbortSignal) =>
		await new Promise<string>((resolve) => onStop(signal, () => resolve('ended')));

	/** The signals that the work got, and its result. */
	const workOf = (answer: Promise<string>) => {
		const handed: AbortSignal[] = [];
		const work = async (signal: AbortSignal) => {
			handed.push(signal);
			return await answer;
		};
		return { work, isOver: () => handed.map(({ aborted: isAborted }) => isAborted) };
	};

	test.each([
		['settled', Promise.resolve('done')],
		['failed', Promise.reject(new Error('no'))],
	])('when the code that waits for it has %s', async (_how, answer) => {
		const { work, isOver } = workOf(answer);
		await Promise.allSettled([withDeadline(60_000, work)]);
		expect(isOver()).toEqual([true]);
	});

	test('with a stop', async () => {
		const { work, isOver } = workOf(new Promise(() => {}));
		await expect(withDeadline(60_000, work, stopAfter(5))).rejects.toThrow(StoppedError);
		expect(isOver()).toEqual([true]);
	});

	test('with its deadline', async () => {
		const { work, isOver } = workOf(new Promise(() => {}));
		await expect(withDeadline(5, work)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
		expect(isOver()).toEqual([true]);
	});

	describe('after a grace period after a stop, if it has one', () => {
		beforeEach(() => jest.useFakeTimers());
		afterEach(() => jest.useRealTimers());

		test('and not before', async () => {
			const stop = new AbortController();
			let isEnded = false;
			const ending = withGrace(stop.signal, 1000, untilEnded).then(() => (isEnded = true));
			await jest.advanceTimersByTimeAsync(60_000);
			stop.abort();
			await jest.advanceTimersByTimeAsync(999);
			expect(isEnded).toBe(false);
			await jest.advanceTimersByTimeAsync(1);
			expect(isEnded).toBe(true);
			await ending;
		});

		test('and no timer runs after it has settled', async () => {
			const stop = new AbortController();
			const { work, isOver } = workOf(
				new Promise((resolve) => onStop(stop.signal, () => resolve('done'))),
			);
			const answer = withGrace(stop.signal, 1000, work);
			stop.abort();
			await expect(answer).resolves.toBe('done');
			expect(jest.getTimerCount()).toBe(0);
			await jest.advanceTimersByTimeAsync(1000);
			expect(isOver()).toEqual([false]);
		});

		test('and a stop after it has settled starts nothing', async () => {
			const stop = new AbortController();
			await withGrace(stop.signal, 1000, async () => await Promise.resolve('done'));
			stop.abort();
			expect(jest.getTimerCount()).toBe(0);
		});
	});
});

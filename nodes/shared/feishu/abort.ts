import { sleep } from 'n8n-workflow';
import type { Outcome } from './failure';

/** Somebody stopped the run, or this package did because another item failed. */
export class StoppedError extends Error {
	/** @param outcome the outcome of the write in flight, if there is one */
	constructor(readonly outcome: Outcome = 'notDone') {
		super('The execution was stopped');
	}
}

/** @throws StoppedError if the signal has fired */
export function throwIfStopped(signal?: AbortSignal): void {
	if (signal?.aborted) throw new StoppedError();
}

const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when the signal fires. Adds one listener per signal, however many callers wait: beyond
 * ten, Node writes a warning to n8n's log.
 *
 * @returns a function that unsubscribes
 */
export function onStop(signal: AbortSignal, callback: () => void): () => void {
	const callbacks = callbacksOf.get(signal) ?? new Set();
	if (!callbacksOf.has(signal)) {
		callbacksOf.set(signal, callbacks);
		signal.addEventListener('abort', () => callbacks.forEach((each) => each()), { once: true });
	}
	callbacks.add(callback);
	return () => callbacks.delete(callback);
}

/** Settles as the promise does, or rejects as soon as the signal fires. @throws StoppedError */
export async function untilStopped<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) return await promise;
	// After a stop nobody waits for the promise.
	if (signal.aborted) promise.catch(() => {});
	throwIfStopped(signal);
	let end = () => {};
	const stopped = new Promise<never>((_resolve, reject) => {
		end = onStop(signal, () => reject(new StoppedError()));
	});
	try {
		return await Promise.race([promise, stopped]);
	} finally {
		end();
	}
}

/**
 * Runs work under its own signal, which fires when the work has settled, when `stop` fires, or after
 * `ms` milliseconds: it aborts a transfer that nobody waits for any more. n8n's `timeout` does not
 * limit the whole answer: axios restarts it with every byte of the body, so a slow drip would never
 * end.
 *
 * @throws what the work throws; StoppedError; Error with Node's code for a timeout
 */
export async function withDeadline<T>(
	ms: number,
	work: (signal: AbortSignal) => Promise<T>,
	stop?: AbortSignal,
): Promise<T> {
	const settled = new AbortController();
	const late = sleep(ms, settled.signal).then((): never => {
		throw Object.assign(new Error('No answer came in time'), { code: 'ETIMEDOUT' });
	});
	try {
		return await untilStopped(Promise.race([work(settled.signal), late]), stop);
	} finally {
		settled.abort(SETTLED);
	}
}

/**
 * Runs work under a signal that fires `ms` milliseconds after `stop`, so that a request in flight
 * can finish.
 *
 * @throws what the work throws
 */
export async function withGrace<T>(
	stop: AbortSignal,
	ms: number,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const late = new AbortController();
	const settled = new AbortController();
	const end = onStop(stop, () => {
		// The sleep rejects if the work has settled: there is nothing left to abort.
		sleep(ms, settled.signal).then(
			() => late.abort(SETTLED),
			() => {},
		);
	});
	try {
		return await work(late.signal);
	} finally {
		end();
		settled.abort(SETTLED);
	}
}

/**
 * The reason for aborting. Without one, AbortController builds a DOMException with a stack for
 * every request.
 */
const SETTLED = new Error('The promise has settled');

/**
 * Sleeps for `ms` milliseconds, or until the signal fires. n8n 1.x's `sleep` takes no signal, hence
 * the race.
 *
 * @throws StoppedError
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	if (ms <= 0) return throwIfStopped(signal);
	const over = new AbortController();
	const slept = sleep(ms, over.signal);
	// In n8n 2.x the aborted sleep then rejects; the race has already reported the stop.
	slept.catch(() => {});
	try {
		await untilStopped(slept, signal);
	} finally {
		over.abort();
	}
}

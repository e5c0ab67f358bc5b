import { sleep } from 'n8n-workflow';

/** The run was stopped by a person (or by this package, after another item's error). */
export class StoppedError extends Error {
	constructor() {
		super('The execution was stopped');
	}
}

/** @throws StoppedError when the signal has fired */
export function throwIfStopped(signal?: AbortSignal): void {
	if (signal?.aborted) throw new StoppedError();
}

/**
 * Settles as the promise does, or rejects as soon as the signal fires.
 * @throws StoppedError
 */
export async function untilStopped<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) return await promise;
	throwIfStopped(signal);
	let onAbort = () => {};
	const stopped = new Promise<never>((_resolve, reject) => {
		onAbort = () => reject(new StoppedError());
		signal.addEventListener('abort', onAbort, { once: true });
	});
	try {
		return await Promise.race([promise, stopped]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

/**
 * Settles as the promise does, or rejects after `ms` milliseconds. n8n's `timeout` is none for a
 * whole answer: axios starts it anew with every byte of the body, so a slow drip would never end.
 *
 * @throws Error with the code that Node gives a time-out
 */
export async function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
	const settled = new AbortController();
	const late = sleep(ms, settled.signal).then((): never => {
		throw Object.assign(new Error('No answer came in time'), { code: 'ETIMEDOUT' });
	});
	// Nobody waits for it any more once the promise has settled.
	late.catch(() => {});
	try {
		return await Promise.race([promise, late]);
	} finally {
		settled.abort();
	}
}

/**
 * Sleeps for `ms` milliseconds; ends at once when the signal fires. n8n 1.x's `sleep` knows no
 * signal, hence the race.
 * @throws StoppedError
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	if (ms <= 0) return throwIfStopped(signal);
	const slept = sleep(ms, signal);
	// n8n 2.x rejects the sleep itself on abort; the race below has reported that already.
	slept.catch(() => {});
	await untilStopped(slept, signal);
}

import { throwIfStopped } from './feishu/abort';

/** Up to this round trip, in s, calls reach the full rate. */
const ROUND_TRIP = 1;

/** Limits how many tasks run at the same time. Starts them in order of arrival. */
export class Semaphore {
	private readonly waiting: Array<() => void> = [];

	/** @param free how many tasks may run at the same time */
	constructor(private free: number) {}

	/**
	 * A semaphore wide enough for the full rate of consecutive calls. @param rates the rate of each
	 * call, in requests/s
	 */
	static forRates(...rates: number[]): Semaphore {
		const sum = rates.reduce((total, rate) => total + rate, 0);
		return new Semaphore(Math.ceil(sum * ROUND_TRIP));
	}

	/**
	 * Runs the task when its turn comes.
	 * @throws what the task throws; StoppedError if the signal has fired by then
	 */
	async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		if (this.free > 0) this.free -= 1;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			throwIfStopped(signal);
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.free += 1;
		}
	}
}

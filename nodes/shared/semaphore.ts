import { throwIfStopped } from './feishu/abort';

/** Up to this round trip, in s, the full rate is kept. */
const ROUND_TRIP = 1;

/** Limits how many works run at the same time, in the order in which they come. */
export class Semaphore {
	private readonly waiting: Array<() => void> = [];

	/** @param free how many works may run, at most */
	constructor(private free: number) {}

	/** Enough for the full rate of consecutive calls. @param rates of each, in requests/s */
	static forRates(...rates: number[]): Semaphore {
		const sum = rates.reduce((total, rate) => total + rate, 0);
		return new Semaphore(Math.ceil(sum * ROUND_TRIP));
	}

	/** Does the work in its turn. @throws what the work throws; StoppedError if the signal has fired by then */
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

import { throwIfStopped } from './feishu/abort';

/** The longest round trip in s at which the full rate is kept. */
const ROUND_TRIP = 1;

/** Lets a limited number of works be under way at the same time, in the order in which they come. */
export class Semaphore {
	private readonly waiting: Array<() => void> = [];

	/** @param free how many works may be under way, at most */
	constructor(private free: number) {}

	/** As many as keep the full rate of calls that follow each other. @param rates of each, in requests/s */
	static forRates(...rates: number[]): Semaphore {
		const sum = rates.reduce((total, rate) => total + rate, 0);
		return new Semaphore(Math.ceil(sum * ROUND_TRIP));
	}

	/** Does the work when it is its turn. @throws what the work throws; StoppedError when the signal has fired by then */
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

import { throwIfStopped } from './feishu/abort';

/** Lets a limited number of works be under way at the same time, in the order in which they come. */
export class Semaphore {
	private readonly waiting: Array<() => void> = [];

	/** @param free how many works may be under way, at most */
	constructor(private free: number) {}

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

import { FeishuError } from '../../feishu/failure';

/** One API of a longer look-up: its requests start in order, so many of them side by side. */
export class Stage {
	private readonly waiting: Array<() => void> = [];

	/** Set once it is clear that every further request would fail the same way. */
	private refusal?: FeishuError;

	/** @param free how many works may be under way at the same time, at most */
	constructor(private free: number) {}

	/**
	 * Does the work when its turn comes.
	 *
	 * @throws what `work` throws, or at once what made every further request pointless
	 */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free -= 1;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			if (this.refusal) throw this.refusal;
			return await work();
		} catch (error) {
			this.note(error);
			return Promise.reject(error);
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.free += 1;
		}
	}

	private note(error: unknown): void {
		if (error instanceof FeishuError && error.failure.appWide) this.refusal ??= error;
	}
}

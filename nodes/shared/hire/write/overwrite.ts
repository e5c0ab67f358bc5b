import { outcomeOf, unknownOutcome } from './outcome';

/** One record that is to be overwritten as a whole: Feishu knows no other way to change one. */
export interface Overwrite<R> {
	id: string;
	/** Sends it. @returns the record; undefined when Feishu reports success without one */
	write: () => Promise<R | undefined>;
	/** Reads the record as it is now. @returns undefined when Feishu does not know it */
	read: () => Promise<R | undefined>;
	/**
	 * Compares a record with what was meant.
	 *
	 * @param isReported whether Feishu has reported the write as done
	 * @throws FeishuError naming what is different
	 */
	assertWritten: (record: R, isReported: boolean) => void;
}

/**
 * Overwrites a record and compares what comes back with what was meant. When the answer is lost, or holds
 * no record, the record is read.
 *
 * @returns the record as Feishu has it then
 * @throws FeishuError; StoppedError; they say what is known of the write
 */
export async function overwrite<R>({ id, write, read, assertWritten }: Overwrite<R>): Promise<R> {
	let unknown: unknown;
	let record = await write().catch(async (error: unknown) => {
		if (outcomeOf(error) !== 'unknown') return await Promise.reject(error);
		unknown = error;
		return undefined;
	});
	record ??= await read().catch(() => {
		throw unknownOutcome.unreadable(unknown);
	});
	if (!record) throw unknownOutcome.unchanged(unknown, id);
	try {
		assertWritten(record, unknown === undefined);
		return record;
	} catch (error) {
		return await Promise.reject(
			unknown === undefined ? error : unknownOutcome.unchanged(unknown, id),
		);
	}
}

/** Lets works with the same key follow each other, in the order in which they come. */
export class Serial<K> {
	private readonly last = new Map<K, Promise<unknown>>();

	/** @throws what the work throws */
	async run<T>(key: K, work: () => Promise<T>): Promise<T> {
		const own = (this.last.get(key) ?? Promise.resolve()).then(work);
		this.last.set(
			key,
			own.catch(() => {}),
		);
		return await own;
	}
}

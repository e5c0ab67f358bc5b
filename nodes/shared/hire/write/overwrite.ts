import { outcomeOf, unknownOutcome } from './outcome';

/** A record to overwrite as a whole: Feishu has no other way to change one. */
interface Overwrite<R> {
	id: string;
	/** Sends the record. @returns the record; undefined if Feishu reports success but sends no record */
	write: () => Promise<R | undefined>;
	/** Reads the current record. @returns undefined if Feishu does not know it */
	read: () => Promise<R | undefined>;
	/**
	 * Compares a record with what was intended.
	 *
	 * @param isReported whether Feishu has reported the write as done
	 * @throws FeishuError naming the differences
	 */
	assertWritten: (record: R, isReported: boolean) => void;
}

/**
 * Overwrites a record and compares the result with what was intended. If the answer is lost, or
 * contains no record, reads the record.
 *
 * @returns the record as Feishu then has it
 * @throws FeishuError; StoppedError; both carry the outcome of the write
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

/** Runs work with the same key one after another, in order of arrival. */
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

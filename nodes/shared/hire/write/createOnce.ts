import { outcomeOf, unknownOutcome } from './outcome';

/** The part of a record that is needed here. */
interface Known {
	id?: string;
}

/** One record to create. */
export interface Creation<R extends Known> {
	/**
	 * Sends the record under its own `external_id`.
	 *
	 * @returns the record; undefined if Feishu reports success but sends no record
	 */
	send: () => Promise<R | undefined>;
	/** Reads the existing records that mean the same. */
	alike: () => Promise<R[]>;
	/** The same, as read before the run's first creation. Set if an existing record will do. */
	before?: () => Promise<R[]>;
	/** Whether an earlier try of the node may have created the record. */
	wasSent: boolean;
	/** Whether a record can be the one that was sent: it has exactly that content, and is not older. */
	canBeOwn: (record: R) => boolean;
}

/**
 * Whether the outcome is unknown after this error. The unknown outcome of an earlier try stays
 * unknown, whatever follows.
 */
const isUnknown = (error: unknown, { wasSent }: { wasSent: boolean }): boolean =>
	outcomeOf(error) === 'unknown' || (wasSent && outcomeOf(error) !== 'done');

/** IDs begin with the creation time. */
const byAge = (a = '', b = ''): number => a.length - b.length || (a < b ? -1 : 1);

/** Creates the records of a run, each exactly once. */
export class CreateOnce<R extends Known> {
	private readonly lookalikes = new Map<string, { own: OwnRecords<R>; one: OneIsEnough<R> }>();

	/**
	 * @param content what distinguishes records: creations with the same text mean the same
	 * @returns the new record, or an existing one that will do
	 * @throws what `send` throws if the record was certainly not created; an error that says so if it
	 * may have been
	 */
	async create(content: string, creation: Creation<R>): Promise<R> {
		const { before } = creation;
		const { own, one } = this.of(content);
		try {
			return await (before ? one.create(creation, before) : own.create(creation));
		} catch (error) {
			const hidesIt = isUnknown(error, creation) && outcomeOf(error) !== 'unknown';
			return await Promise.reject(hidesIt ? unknownOutcome.unreadable(error) : error);
		}
	}

	/** Claims a record that an earlier try of the node created. */
	take(content: string, record: R): void {
		this.of(content).own.take(record);
	}

	private of(content: string) {
		const own = new OwnRecords<R>();
		const found = this.lookalikes.get(content) ?? { own, one: new OneIsEnough(own) };
		this.lookalikes.set(content, found);
		return found;
	}
}

/** Runs creations of one content, for which any existing record will do, one after another. */
class OneIsEnough<R extends Known> {
	private last: Promise<unknown> = Promise.resolve();

	/** Whether one of them has an unknown outcome. */
	private isUnknown = false;

	constructor(private readonly records: OwnRecords<R>) {}

	async create(creation: Creation<R>, before: () => Promise<R[]>): Promise<R> {
		const own = this.last.then(async () => {
			if (!this.records.any) {
				for (const record of await before()) this.records.take(record);
			}
			return this.records.any ?? (await this.createFirst(creation));
		});
		this.last = own.catch(() => {});
		return await own;
	}

	/** Creates the record, unless another creation has an unknown outcome. */
	private async createFirst(creation: Creation<R>): Promise<R> {
		if (this.isUnknown) throw unknownOutcome.anothers();
		try {
			return await this.records.create(creation);
		} catch (error) {
			this.isUnknown = outcomeOf(error) === 'unknown';
			return await Promise.reject(error);
		}
	}
}

/** A creation whose outcome is unknown. */
interface Pending<R extends Known> {
	/** undefined if Feishu reported success. */
	error: unknown;
	canBeOwn: (record: R) => boolean;
	resolve: (record: R) => void;
	reject: (error: unknown) => void;
}

/**
 * Creations of one content that each need a record of their own. A record does not show which
 * creation made it. So after a lost answer, all current creations must end before the records are
 * counted, and none may begin until they are assigned. Each record goes to one creation at most.
 */
class OwnRecords<R extends Known> {
	/** The records assigned so far. */
	private readonly owned: R[] = [];

	/** Requests in flight. */
	private readonly underWay = new Set<Promise<unknown>>();

	private readonly pending: Array<Pending<R>> = [];

	/** Set from the first unknown outcome until the records are assigned. Never rejects. */
	private sharing?: Promise<void>;

	get any(): R | undefined {
		return this.owned[0];
	}

	take(record: R): R {
		this.owned.push(record);
		return record;
	}

	async create(creation: Creation<R>): Promise<R> {
		while (this.sharing) await this.sharing;
		const answer = creation.send();
		this.underWay.add(answer);
		let unknown: unknown;
		try {
			const record = await answer;
			if (record) return this.take(record);
		} catch (error) {
			if (!isUnknown(error, creation)) return await Promise.reject(error);
			unknown = error;
		} finally {
			this.underWay.delete(answer);
		}
		return await new Promise((resolve, reject) => {
			this.pending.push({ error: unknown, canBeOwn: creation.canBeOwn, resolve, reject });
			this.sharing ??= this.share(creation.alike);
		});
	}

	/** Gives each pending creation a record that is not assigned yet. */
	private async share(alike: Creation<R>['alike']): Promise<void> {
		await Promise.allSettled(this.underWay);
		// First come the ones that Feishu reported as created.
		const pending = this.pending.splice(0).sort((a, b) => Number(!!a.error) - Number(!!b.error));
		try {
			const owned = new Set(this.owned.map(({ id }) => id));
			const left = (await alike())
				.filter(({ id }) => id !== undefined && !owned.has(id))
				.sort((a, b) => byAge(a.id, b.id));
			// Take the oldest possible record: a later creation may need a newer one.
			const given = pending.map((creation) => {
				const place = left.findIndex(creation.canBeOwn);
				return { creation, record: place < 0 ? undefined : left.splice(place, 1)[0] };
			});
			const isOneOfTwo = ({ canBeOwn }: Pending<R>) => left.some(canBeOwn);
			const without = given.filter(({ creation, record }) => !record || isOneOfTwo(creation));
			for (const { creation, record } of given) {
				if (record && !isOneOfTwo(creation)) creation.resolve(this.take(record));
			}
			const ids = [...left, ...without.flatMap(({ record }) => record ?? [])]
				.map(({ id = '' }) => id)
				.sort(byAge);
			for (const { creation } of without) {
				const { error, reject } = creation;
				reject(
					ids.length > 0 ? unknownOutcome.several(error, ids) : unknownOutcome.notFound(error),
				);
			}
		} catch {
			for (const { error, reject } of pending) reject(unknownOutcome.unreadable(error));
		}
		this.sharing = undefined;
	}
}

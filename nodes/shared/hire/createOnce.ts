import { doubtErrors, isDoubtful } from './doubt';

/** A record as far as it matters here. */
interface Known {
	id?: string;
}

/** One record to be created. */
export interface Creation<R extends Known> {
	/**
	 * Sends it, under an `external_id` of its own.
	 *
	 * @returns the record; undefined when Feishu reports success without one
	 */
	send: () => Promise<R | undefined>;
	/** Reads the records that are there and have the same content. */
	alike: () => Promise<R[]>;
	/** The same from before the first creation of the run. Given when such a record is good enough. */
	before?: () => Promise<R[]>;
	/** Whether an earlier try of the node may have sent it already. */
	wasSent: boolean;
}

/** A creation of which nobody knows whether it was carried out. */
interface Doubt<R extends Known> {
	creation: Creation<R>;
	/** undefined: Feishu reported success. */
	error?: unknown;
	resolve: (record: R) => void;
	reject: (error: unknown) => void;
}

/** Creates the records of a run, each exactly once. */
export class CreateOnce<R extends Known> {
	private readonly lookalikes = new Map<string, Lookalikes<R>>();

	/**
	 * @param content what tells one record from another: creations with the same text have the same content
	 * @returns the new record, or one that is good enough
	 * @throws what `send` throws when it was surely not carried out; an error that says so when it may have been
	 */
	async create(content: string, creation: Creation<R>): Promise<R> {
		return await this.of(content).create(creation);
	}

	/** A record that an earlier try of the node has created. */
	take(content: string, record: R): void {
		this.of(content).take(record);
	}

	private of(content: string): Lookalikes<R> {
		const found = this.lookalikes.get(content) ?? new Lookalikes<R>();
		this.lookalikes.set(content, found);
		return found;
	}
}

/** When it cannot be read, what an earlier try of the node has sent stays in doubt. */
async function readBefore<R extends Known>(
	{ wasSent }: Creation<R>,
	before: () => Promise<R[]>,
): Promise<R[]> {
	try {
		return await before();
	} catch (error) {
		return await Promise.reject(wasSent ? doubtErrors.unknown(error) : error);
	}
}

/**
 * The creations of one content. Nothing in a record says which of them made it, so that when the
 * answer to one is lost, all that are under way must end before the records are counted, and no other
 * may begin until they are shared out: each record goes to one creation at most.
 */
class Lookalikes<R extends Known> {
	/** IDs of records that belong to somebody. */
	private readonly taken = new Set<string>();

	/** A record that is good enough for those who want one only. */
	private enough?: R;

	/** Why it is not known whether one was created for those who want one only. */
	private unclear?: { error: unknown };

	private underWay = 0;

	private doubts: Array<Doubt<R>> = [];

	/** Set while records are shared out. */
	private sharing?: Promise<void>;

	private endSharing = () => {};

	/** The last of those that create nothing when there is something. */
	private last: Promise<unknown> = Promise.resolve();

	take(record: R): void {
		if (record.id !== undefined) this.taken.add(record.id);
		this.enough ??= record;
	}

	async create(creation: Creation<R>): Promise<R> {
		const { before } = creation;
		if (!before) return await this.createNew(creation);
		const turn = this.last.then(async () => {
			for (const record of this.enough ? [] : await readBefore(creation, before)) this.take(record);
			return this.enough ?? (await this.createOnly(creation));
		});
		this.last = turn.catch(() => {});
		return await turn;
	}

	/** Creates it where one is enough: not while one may be there of which nobody knows. */
	private async createOnly(creation: Creation<R>): Promise<R> {
		if (this.unclear) return await Promise.reject(doubtErrors.unknown(this.unclear.error));
		try {
			return await this.createNew(creation);
		} catch (error) {
			if (isDoubtful(error)) this.unclear = { error };
			return await Promise.reject(error);
		}
	}

	private async createNew(creation: Creation<R>): Promise<R> {
		while (this.sharing) await this.sharing;
		this.underWay += 1;
		let settled: Promise<R>;
		try {
			const record = await creation.send();
			if (record) this.take(record);
			settled = record ? Promise.resolve(record) : this.inDoubt(creation);
		} catch (error) {
			const isUnclear = isDoubtful(error) || creation.wasSent;
			settled = isUnclear ? this.inDoubt(creation, error) : Promise.reject(error);
		}
		this.underWay -= 1;
		if (this.underWay === 0 && this.doubts.length > 0) void this.share();
		return await settled;
	}

	private async inDoubt(creation: Creation<R>, error?: unknown): Promise<R> {
		this.sharing ??= new Promise((resolve) => (this.endSharing = resolve));
		return await new Promise((resolve, reject) => {
			this.doubts.push({ creation, error, resolve, reject });
		});
	}

	/** Gives each doubtful creation a record that belongs to nobody. Never rejects. */
	private async share(): Promise<void> {
		// Those that Feishu reported as created come first.
		const doubts = this.doubts.sort((a, b) => Number(!!a.error) - Number(!!b.error));
		this.doubts = [];
		try {
			const alike = (await doubts[0]?.creation.alike()) ?? [];
			const free = alike.filter(({ id }) => id !== undefined && !this.taken.has(id));
			const ids = free.map(({ id }) => id ?? '');
			for (const { error, resolve, reject } of doubts) {
				const record = free.length > 0 && ids.length <= doubts.length ? free.shift() : undefined;
				if (record) this.take(record);
				if (record) resolve(record);
				else if (ids.length > doubts.length) reject(doubtErrors.several(error, ids));
				else reject(doubtErrors.notFound(error));
			}
		} catch {
			for (const { error, reject } of doubts) reject(doubtErrors.unknown(error));
		}
		this.sharing = undefined;
		this.endSharing();
	}
}

import { endpoints } from '../../nodes/shared/hire/endpoints';
import { type Answer, type Client, type Parameters, type Row, rowsIn } from './client';
import { NotSeen } from './notSeen';

/** How many candidates to check for external applications, and how many of those for checks. */
const CANDIDATES = 15;
const APPLICATIONS = 15;
/** This many checks are enough to tell every reading apart. */
const ENOUGH = 3;

export const ID_LIST = 'external_background_check_id_list';

/** A period that includes every change of an order. Calls need both bounds. */
export const allTime = { update_start_time: 1, update_end_time: 9_999_999_999_999 };

/** The first checks of a list. */
interface FoundChecks {
	/** The query parameters of the list. */
	where: Record<string, string>;
	rows: Row[];
}

/** Returns the same promise each time, so that nothing is requested twice. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
	let promise: Promise<T> | undefined;
	return () => (promise ??= work());
}

/** The items of a list; empty if it was refused. */
export const itemsOf = ({ data }: Answer): Row[] => rowsIn(data.items);

/** An ID or another text of a row; empty if there is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The records of the tenant that questions are asked with. Each is read when a question first needs it. */
export class Found {
	constructor(private readonly client: Client) {}

	/** The list of checks without any condition. */
	readonly everyCheck = once(async () => await this.listChecks({}));

	/**
	 * Some checks: the first of all, or if those are not listed, those of an application that has
	 * some.
	 * @throws NotSeen if there are none
	 */
	readonly checks = once(async (): Promise<FoundChecks> => {
		let fullest: FoundChecks = { where: {}, rows: itemsOf(await this.everyCheck()) };
		if (fullest.rows.length > 0) return fullest;
		for await (const application of this.applications()) {
			const where = { external_application_id: application };
			const rows = itemsOf(await this.listChecks(where));
			if (rows.length > fullest.rows.length) fullest = { where, rows };
			if (rows.length >= ENOUGH) break;
		}
		some(fullest.rows);
		return fullest;
	});

	/** Candidates, as a list shows them. */
	readonly talents = once(async () => {
		const query = { page_size: 20, query_option: 'ignore_empty_error' };
		return some(itemsOf(await this.client.call(endpoints.searchTalents, { query })));
	});

	/** Background check orders, whenever they changed. @throws NotSeen if there are none */
	readonly orders = once(async () => some(itemsOf(await this.listOrders(allTime))));

	/** The lists of external applications of some candidates. */
	async *applicationLists(): AsyncGenerator<Answer> {
		for (const { id } of (await this.talents()).slice(0, CANDIDATES)) {
			yield await this.listOf(textOf(id));
		}
	}

	/** A page of checks. @param body the conditions; a text is sent as it is */
	async listChecks(
		query: NonNullable<Parameters['query']>,
		body: Parameters['body'] = {},
	): Promise<Answer> {
		const parameters = { query: { page_size: 20, ...query }, body };
		return await this.client.call(endpoints.queryChecks, parameters);
	}

	/** A page of background check orders. */
	async listOrders(query: NonNullable<Parameters['query']>): Promise<Answer> {
		return await this.client.call(endpoints.listOrders, { query: { page_size: 100, ...query } });
	}

	private async *applications(): AsyncGenerator<string> {
		let left = APPLICATIONS;
		for await (const list of this.applicationLists()) {
			for (const { id } of itemsOf(list)) if (left-- > 0) yield textOf(id);
			if (left <= 0) return;
		}
	}

	private readonly lists = new Map<string, Promise<Answer>>();

	private async listOf(talent: string): Promise<Answer> {
		const query = { talent_id: talent, page_size: 20 };
		const list = this.lists.get(talent) ?? this.client.call(endpoints.listApplications, { query });
		this.lists.set(talent, list);
		return await list;
	}
}

/** A list that is not empty. @throws NotSeen if it is */
export function some<T>(rows: T[]): [T, ...T[]] {
	const [first, ...rest] = rows;
	if (first === undefined) throw new NotSeen('noRecord');
	return [first, ...rest];
}

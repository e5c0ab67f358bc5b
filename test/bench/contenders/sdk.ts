import { candidate, rowOf, UNKNOWN, type ContactKind } from '../candidates';
import { isWriting, type Work } from '../work';
import { DATE_MS, RESULT, writtenItems, type Writing } from '../writing';
import {
	chunksOf,
	fanOut,
	idsIn,
	type Contender,
	type Outcome,
	type PageBody,
	type Settings,
} from './contender';
import { requireInstalled } from './engine';

/** The part of `@larksuiteoapi/node-sdk` that is used here. */
interface Sdk {
	Client: new (options: object) => { hire: HireApi };
}

interface HireApi {
	externalBackgroundCheck: CheckApi;
	talent: {
		batchGetId(payload: object): Promise<{ data?: { talent_list?: Array<{ talent_id: string }> } }>;
		list(payload: object): Promise<{ data?: { items?: Array<{ id: string }> } }>;
	};
	externalApplication: {
		listWithIterator(payload: object): Promise<AsyncIterable<NonNullable<PageBody['data']> | null>>;
	};
}

interface CheckApi {
	create(payload: object): Promise<unknown>;
	update(payload: object): Promise<unknown>;
	batchQuery(payload: object): Promise<PageBody>;
	/** Yields null and ends where an answer goes wrong. */
	batchQueryWithIterator(
		payload: object,
	): Promise<AsyncIterable<NonNullable<PageBody['data']> | null>>;
}

const ignore = () => {};

/** What it logs its caller does not get to know, and here it would be a screen for each request. */
const silent = {
	fatal: ignore,
	error: ignore,
	warn: ignore,
	info: ignore,
	debug: ignore,
	trace: ignore,
};

/** One call after the other, for lists of IDs. */
async function byIds(api: CheckApi, lists: string[][], errors: string[]): Promise<PageBody[]> {
	const bodies: PageBody[] = [];
	for (const ids of lists) {
		const data = { external_background_check_id_list: ids };
		try {
			bodies.push(await api.batchQuery({ params: { page_size: 20 }, data }));
		} catch (error) {
			errors.push((error as Error).message);
		}
	}
	return bodies;
}

/** One list after the other, with the iterator over its pages; undefined stands for all checks. */
async function byApplications(
	api: CheckApi,
	ids: Array<string | undefined>,
	{ stop }: Settings,
): Promise<Outcome> {
	const bodies: PageBody[] = [];
	const errors: string[] = [];
	for (const external_application_id of ids) {
		const params = { page_size: 20, external_application_id };
		try {
			for await (const data of await api.batchQueryWithIterator({ params, data: {} })) {
				bodies.push({ data: data ?? undefined });
				if (stop?.aborted) break;
			}
		} catch (error) {
			errors.push((error as Error).message);
		}
	}
	return { ids: () => idsIn(bodies), errors };
}

/** Talent IDs of an e-mail or an exact name. */
async function talentsOf({ talent }: HireApi, by: ContactKind, value: string): Promise<string[]> {
	if (by === 'email') {
		const { data } = await talent.batchGetId({ data: { email_list: [value] } });
		return (data?.talent_list ?? []).map(({ talent_id }) => talent_id);
	}
	const params = { keyword: value, query_option: 'ignore_empty_error', page_size: 20 };
	const { data } = await talent.list({ params });
	return (data?.items ?? []).map(({ id }) => id);
}

/** Candidate by candidate: who it is, the applications, the checks of each. */
async function byCandidates(
	hire: HireApi,
	{ by, numbers }: Extract<Work, { kind: 'candidates' }>,
	settings: Settings,
): Promise<Outcome> {
	const rows: string[] = [];
	const errors: string[] = [];
	for (const [item, number] of numbers.entries()) {
		try {
			const talents = await talentsOf(hire, by, candidate(number)[by]);
			if (talents.length === 0) rows.push(rowOf(item, UNKNOWN));
			for (const talent_id of talents) {
				const pages = await hire.externalApplication.listWithIterator({ params: { talent_id } });
				for await (const page of pages) {
					const applications = (page?.items ?? []).map(({ id }) => id);
					const found = await byApplications(hire.externalBackgroundCheck, applications, settings);
					rows.push(...found.ids().map((id) => rowOf(item, id)));
					errors.push(...found.errors);
				}
			}
		} catch (error) {
			errors.push((error as Error).message);
		}
	}
	return { ids: () => rows, errors };
}

/** Check by check; a change of some fields is all that is sent. */
async function write(api: CheckApi, work: Writing): Promise<Outcome> {
	const names: string[] = [];
	const errors: string[] = [];
	for (const { id, name } of writtenItems(work)) {
		const content = { name, result: RESULT, date: DATE_MS };
		try {
			if (work.kind === 'create') {
				await api.create({ data: { external_application_id: id, ...content } });
			} else {
				await api.update({ path: { external_background_check_id: id }, data: content });
			}
			names.push(name);
		} catch (error) {
			errors.push((error as Error).message);
		}
	}
	return { ids: () => names, errors };
}

/** @param isChunked whether IDs of all items are asked for 20 at a time; else one call per item */
const load =
	(isChunked: boolean): Contender =>
	({ url, appId, appSecret }, work, settings) => {
		const { Client } = requireInstalled('@larksuiteoapi/node-sdk') as Sdk;
		const client = new Client({ appId, appSecret, domain: url, logger: silent });
		const { externalBackgroundCheck: api } = client.hire;
		return async () => {
			if (isWriting(work)) return await write(api, work);
			if (work.kind === 'candidates') return await byCandidates(client.hire, work, settings);
			if (work.kind !== 'ids') {
				return await byApplications(api, work.kind === 'all' ? [undefined] : work.ids, settings);
			}
			const errors: string[] = [];
			const bodies = await byIds(api, isChunked ? chunksOf(work.lists) : work.lists, errors);
			const checks = bodies.flatMap(({ data }) => data?.items ?? []);
			const found = isChunked ? fanOut(work.lists, checks) : checks;
			return { ids: () => found.map(({ id }) => id), errors };
		};
	};

/** The official SDK as its README shows: the iterator for pages, one call for the IDs of an item. */
export const sdk = load(false);

/** The official SDK by somebody who cuts the IDs of all items into lists of 20. */
export const sdkChunked = load(true);

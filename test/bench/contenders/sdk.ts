import { DATE_MS, RESULT } from '../work';
import { byHand, type HireApi } from './byHand';
import type { Contender, Page } from './contender';
import { requireInstalled } from './engine';

/** The part of `@larksuiteoapi/node-sdk` that is used here. */
interface Sdk {
	Client: new (options: object) => { hire: SdkHire };
}

/** Yields null for an answer that failed, and ends there. */
type Pages = (payload: object) => Promise<AsyncIterable<Page | null>>;

interface SdkHire {
	externalBackgroundCheck: {
		create(payload: object): Promise<unknown>;
		batchQuery(payload: object): Promise<{ data?: Page }>;
		batchQueryWithIterator: Pages;
	};
	talent: {
		batchGetId(payload: object): Promise<{ data?: { talent_list?: Array<{ talent_id: string }> } }>;
	};
	externalApplication: { listWithIterator: Pages };
}

const ignore = () => {};

/** Its caller never sees its log, which would fill a screen per request here. */
const silent = {
	fatal: ignore,
	error: ignore,
	warn: ignore,
	info: ignore,
	debug: ignore,
	trace: ignore,
};

const apiOf = ({ externalBackgroundCheck, talent, externalApplication }: SdkHire): HireApi => ({
	async *pages({ ids, applicationId }) {
		const page_size = 20;
		if (ids) {
			const data = { external_background_check_id_list: ids };
			yield (await externalBackgroundCheck.batchQuery({ params: { page_size }, data })).data;
		} else {
			const params = { page_size, external_application_id: applicationId };
			yield* await externalBackgroundCheck.batchQueryWithIterator({ params, data: {} });
		}
	},
	async talentIds(email) {
		const { data } = await talent.batchGetId({ data: { email_list: [email] } });
		return (data?.talent_list ?? []).map(({ talent_id }) => talent_id);
	},
	async applicationIds(talent_id) {
		const ids: string[] = [];
		for await (const page of await externalApplication.listWithIterator({
			params: { talent_id },
		})) {
			ids.push(...(page?.items ?? []).map(({ id }) => id));
		}
		return ids;
	},
	create: async ({ applicationId, name }) =>
		await externalBackgroundCheck.create({
			data: { external_application_id: applicationId, name, result: RESULT, date: DATE_MS },
		}),
});

const load =
	(isChunked: boolean): Contender =>
	({ url, appId, appSecret }, work, { stop }) => {
		const { Client } = requireInstalled('@larksuiteoapi/node-sdk') as Sdk;
		const { hire } = new Client({ appId, appSecret, domain: url, logger: silent });
		return async () => await byHand(apiOf(hire), work, { isChunked, stop });
	};

/** The official SDK used as its README shows: the iterator for pages, one call for the IDs of an item. */
export const sdk = load(false);

/** The official SDK used by someone who splits the IDs of all items into lists of 20. */
export const sdkChunked = load(true);

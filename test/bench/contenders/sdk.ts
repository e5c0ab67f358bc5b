import type { Target, Work } from '../work';
import {
	chunksOf,
	fanOut,
	idsIn,
	type Contender,
	type LoadContender,
	type PageBody,
} from './contender';
import { requireInstalled } from './engine';

/** The part of `@larksuiteoapi/node-sdk` that is used here. */
interface Sdk {
	Client: new (options: object) => {
		hire: {
			externalBackgroundCheck: {
				batchQuery(payload: object): Promise<PageBody>;
				batchQueryWithIterator(
					payload: object,
				): Promise<AsyncIterable<NonNullable<PageBody['data']> | null>>;
			};
		};
	};
}

/** @param isChunked whether IDs of all items are asked for 20 at a time; else one call per item */
async function load(isChunked: boolean): Promise<Contender> {
	const { Client } = requireInstalled('@larksuiteoapi/node-sdk') as Sdk;

	return {
		open: async ({ url, appId, appSecret }: Target) => {
			const { externalBackgroundCheck } = new Client({
				appId,
				appSecret,
				domain: url,
				// What goes wrong is counted; in the log it would be a screen for each request.
				logger: { fatal() {}, error() {}, warn() {}, info() {}, debug() {}, trace() {} },
			}).hire;

			return async (work: Work) => {
				const bodies: PageBody[] = [];
				const errors: string[] = [];
				if (work.kind === 'ids') {
					for (const ids of isChunked ? chunksOf(work.lists) : work.lists) {
						const data = { external_background_check_id_list: ids };
						await externalBackgroundCheck.batchQuery({ params: { page_size: 20 }, data }).then(
							(body) => bodies.push(body),
							(error: Error) => errors.push(error.message),
						);
					}
					const checks = bodies.flatMap(({ data }) => data?.items ?? []);
					const found = isChunked ? fanOut(work.lists, checks) : checks;
					return { ids: () => found.map(({ id }) => id), errors };
				}
				for (const external_application_id of work.kind === 'all' ? [undefined] : work.ids) {
					const params = { page_size: 20, external_application_id };
					const pages = await externalBackgroundCheck.batchQueryWithIterator({ params });
					for await (const data of pages) {
						if (data) bodies.push({ data });
						else errors.push('the iterator ended with null');
					}
				}
				return { ids: () => idsIn(bodies), errors };
			};
		},
	};
}

/** The official SDK as its README shows: the iterator for pages, one call for the IDs of an item. */
export const sdk: LoadContender = async () => await load(false);

/** The official SDK by somebody who cuts the IDs of all items into lists of 20. */
export const sdkChunked: LoadContender = async () => await load(true);

import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { IDataObject, IExecuteFunctions, IHttpRequestMethods, INodeType } from 'n8n-workflow';
import { DATE_MS, RESULT } from '../work';
import { byHand, type HandMade, type HireApi } from './byHand';
import { PATHS, type Contender, type Page, type Target } from './contender';
import { packageWith, runOnEngine, storeCredential } from './engine';

const TYPE = 'bench.bareLoop';

interface Request {
	method?: IHttpRequestMethods;
	qs?: IDataObject;
	body?: object;
}

/** Requests with n8n's helper: a fixed token, a fixed interval, no checks, no retries. */
function apiOf(context: IExecuteFunctions, { url }: Target, token: string, intervalMs: number) {
	async function call<Data>(path: string, { method = 'POST', qs, body }: Request): Promise<Data> {
		const sentAt = performance.now();
		const { data } = (await context.helpers.httpRequest({
			method,
			url: url + path,
			qs,
			headers: {
				Authorization: `Bearer ${token}`,
				'Content-Type': 'application/json; charset=utf-8',
			},
			...(body && { body: JSON.stringify(body) }),
		})) as { data: Data };
		const left = intervalMs - (performance.now() - sentAt);
		if (left > 0) await sleep(left);
		return data;
	}
	const api: HireApi = {
		async *pages({ ids, applicationId, of }) {
			const qs: IDataObject = of
				? { page_size: 100 }
				: { page_size: 20, external_application_id: applicationId };
			const body = ids ? { external_background_check_id_list: ids } : {};
			do {
				const page: Page = of
					? await call(PATHS.orders, { method: 'GET', qs })
					: await call(PATHS.query, { qs, body });
				yield page;
				qs.page_token = page.has_more ? page.page_token : undefined;
			} while (qs.page_token !== undefined);
		},
		async talentIds(email) {
			const { talent_list } = await call<{ talent_list: Array<{ talent_id: string }> }>(
				PATHS.talentIds,
				{ body: { email_list: [email] } },
			);
			return talent_list.map(({ talent_id }) => talent_id);
		},
		async applicationIds(talent_id) {
			const { items } = await call<Page>(PATHS.applications, { method: 'GET', qs: { talent_id } });
			return (items ?? []).map(({ id }) => id);
		},
		create: async ({ applicationId, name }) =>
			await call(PATHS.create, {
				body: { external_application_id: applicationId, name, result: RESULT, date: DATE_MS },
			}),
	};
	return api;
}

async function fetchToken({ url, appId, appSecret }: Target): Promise<string> {
	const { data } = await axios.post<{ tenant_access_token: string }>(url + PATHS.token, {
		app_id: appId,
		app_secret: appSecret,
	});
	return data.tenant_access_token;
}

/**
 * The floor: the least that a node can do with n8n's helper, on the same engine. Keeps to the given
 * rate, because a process that sleeps between requests uses more CPU per request than a busy one.
 */
export const bareLoop: Contender = async (target, work, { requestsPerSecond = Infinity }) => {
	const token = await fetchToken(target);
	const { credentials } = storeCredential(target);
	return async () => {
		let made: HandMade | undefined;
		const node: INodeType = {
			description: {
				name: 'bareLoop',
				displayName: 'Bare Loop',
				description: 'A loop over the helper',
				group: ['input'],
				version: 1,
				defaults: { name: 'Bare Loop' },
				inputs: ['main'],
				outputs: ['main'],
				properties: [],
			},
			async execute() {
				const api = apiOf(this, target, token, 1000 / requestsPerSecond);
				made = await byHand(api, work, { isChunked: true });
				return [made.checks.map((json) => ({ json, pairedItem: { item: 0 } }))];
			},
		};
		const pkg = await packageWith(TYPE, node);
		const { errors } = await runOnEngine({ pkg, credentials, type: TYPE });
		return { rows: made?.rows ?? (() => []), errors: [...errors, ...(made?.errors ?? [])] };
	};
};

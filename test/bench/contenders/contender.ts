import axios from 'axios';
import { candidate } from '../candidates';
import { isWriting, type Query, type Target, type Work } from '../work';

/** What came of the work. */
export interface Outcome {
	/** The rows: IDs of checks, and for candidates whose they are; called after the clock has stopped. */
	ids: () => string[];
	/** What its caller is told that went wrong, in the contender's own words. */
	errors: string[];
}

/** What a contender is told beside the work; each heeds what it knows. */
export interface Settings {
	/** What the tenant allows. */
	requestsPerSecond?: number;
	/** Of each request, in ms. */
	timeoutMs?: number;
	/** Aborted when nobody waits for the result any more. */
	stop?: AbortSignal;
}

/** Does the work for which it is ready, once. */
export type Ready = () => Promise<Outcome>;

/** A way to do work: loads what it needs and gets ready for a tenant, before the clock starts. */
export type Contender = (target: Target, work: Work, settings: Settings) => Ready | Promise<Ready>;

export const QUERY_PATH = '/open-apis/hire/v1/external_background_checks/batch_query';
const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal';
export const MAX_IDS = 20;

/** An answer of the API, as far as the contenders look. */
export interface PageBody {
	code?: number;
	data?: { items?: Array<{ id: string }> | null; has_more?: boolean; page_token?: string };
}

/** IDs of the checks in answers. */
export const idsIn = (bodies: PageBody[]): string[] =>
	bodies.flatMap(({ data }) => (data?.items ?? []).map(({ id }) => id));

/** Different IDs, 20 at a time: what a person writes who knows the limit of the API. */
export function chunksOf(lists: string[][]): string[][] {
	const ids = [...new Set(lists.flat())];
	return Array.from({ length: Math.ceil(ids.length / MAX_IDS) }, (_, index) =>
		ids.slice(index * MAX_IDS, (index + 1) * MAX_IDS),
	);
}

/** Hands checks that were fetched once to every item that asked for them, as a person writes it. */
export function fanOut<T extends { id?: unknown }>(lists: string[][], checks: T[]): T[] {
	const byId = new Map(checks.map((check) => [check.id, check]));
	return lists.flat().flatMap((id) => byId.get(id) ?? []);
}

/**
 * The input items of n8n nodes: one ID, or a list of them, or an e-mail or a name, or nothing to ask
 * for everything.
 */
export function inputItems(work: Query) {
	if (work.kind === 'all') return [{ json: {} }];
	return valuesOf(work).map((value) => ({ json: { value } }));
}

function valuesOf(work: Exclude<Query, { kind: 'all' }>): Array<string | string[]> {
	if (work.kind === 'applications') return work.ids;
	if (work.kind === 'candidates') return work.numbers.map((number) => candidate(number)[work.by]);
	return work.lists.map((list) => (list.length > 1 ? list : (list[0] ?? '')));
}

/** Work with checks alone: only this node and the SDK look up candidates and write. @throws Error for other work */
export function checksOnly(work: Work): Exclude<Query, { kind: 'candidates' }> {
	if (work.kind === 'candidates' || isWriting(work)) {
		throw new Error(`This contender takes no work of the kind "${work.kind}"`);
	}
	return work;
}

/** A tenant access token, for contenders that have no credential of their own. */
export async function fetchToken({ url, appId, appSecret }: Target): Promise<string> {
	const { data } = await axios.post<{ tenant_access_token: string }>(url + TOKEN_PATH, {
		app_id: appId,
		app_secret: appSecret,
	});
	return data.tenant_access_token;
}

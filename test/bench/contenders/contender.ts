import type { INodeExecutionData } from 'n8n-workflow';
import { createdChecks, type Work } from '../work';

/** The tenant that a contender works with. */
export interface Target {
	url: string;
	appId: string;
	appSecret: string;
}

/** What a contender is told beside the work; each heeds what it knows. */
export interface Settings {
	/** What the tenant allows. */
	requestsPerSecond?: number;
	/** Of each request, in ms. */
	timeoutMs?: number;
	/** What becomes of a record that is there already; as the contender does it unless told. */
	ifIdenticalExists?: 'create' | 'skip';
	/** Aborted when nobody waits for the result any more. */
	stop?: AbortSignal;
}

/** What came of the work. */
export interface Outcome {
	/** IDs of the checks or orders that came, names of those that were created; called after the clock has stopped. */
	rows: () => string[];
	/** What its caller is told that went wrong, in the contender's own words. */
	errors: string[];
}

/** Does the work for which it is ready, once. */
export type Ready = () => Promise<Outcome>;

/** A way to do work: loads what it needs and gets ready for a tenant, before the clock starts. */
export type Contender = (target: Target, work: Work, settings: Settings) => Ready | Promise<Ready>;

const HIRE = '/open-apis/hire/v1';

export const PATHS = {
	token: '/open-apis/auth/v3/tenant_access_token/internal',
	query: `${HIRE}/external_background_checks/batch_query`,
	orders: `${HIRE}/background_check_orders`,
	create: `${HIRE}/external_background_checks`,
	talentIds: `${HIRE}/talents/batch_get_id`,
	applications: `${HIRE}/external_applications`,
};

/** A page of a list of the API, as far as the contenders look. */
export interface Page {
	items?: Array<{ id: string; order_id?: string }> | null;
	has_more?: boolean;
	page_token?: string;
}

/** The input items of n8n nodes. */
export function inputItems(work: Work): INodeExecutionData[] {
	if (work.kind === 'all' || work.kind === 'poll') return [{ json: {} }];
	if (work.kind === 'create') return createdChecks(work).map((check) => ({ json: { ...check } }));
	return work.values.map((value) => ({ json: { value } }));
}

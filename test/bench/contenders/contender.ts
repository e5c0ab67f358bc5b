import type { INodeExecutionData } from 'n8n-workflow';
import { createdChecks, type Work } from '../work';

/** The tenant that a contender works with. */
export interface Target {
	url: string;
	appId: string;
	appSecret: string;
}

/** Settings besides the work. Each contender uses the ones that it supports. */
export interface Settings {
	/** The tenant's limit. */
	requestsPerSecond?: number;
	/** Timeout of each request, in ms. */
	timeoutMs?: number;
	/** What to do if a record already exists. If absent, the contender's default. */
	ifIdenticalExists?: 'create' | 'skip';
	/** Fires when nobody waits for the result any more. */
	stop?: AbortSignal;
}

/** The result of the work. */
export interface Outcome {
	/**
	 * IDs of the checks or orders that came, or names of those that were created. Called after the
	 * clock has stopped.
	 */
	rows: () => string[];
	/** The errors that the caller sees, in the contender's own words. */
	errors: string[];
}

/** Does the prepared work, once. */
export type Ready = () => Promise<Outcome>;

/** A way to do the work. Loads what it needs and prepares for a tenant before the clock starts. */
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

/** A page of a list, as far as the contenders look at it. */
export interface Page {
	items?: Array<{ id: string; order_id?: string }> | null;
	has_more?: boolean;
	page_token?: string;
}

/** The input items for n8n nodes. */
export function inputItems(work: Work): INodeExecutionData[] {
	if (work.kind === 'all' || work.kind === 'poll') return [{ json: {} }];
	if (work.kind === 'create') return createdChecks(work).map((check) => ({ json: { ...check } }));
	return work.values.map((value) => ({ json: { value } }));
}

import { seededChecks } from '../../sandbox';
import type { Check } from '../../sandbox';

/** The tenant that a row is measured against. */
export interface TenantSpec {
	/** Number of background checks. */
	checks: number;
	/** Spread evenly over applications, so many on each; as seeded unless told. */
	perApplication?: number;
	/** A round trip. */
	latencyMs: number;
	/** Over TLS and a long way, where each new connection pays its handshakes; see farAway.ts. */
	isFarAway?: boolean;
	/** null: no limit */
	requestsPerSecond: number | null;
}

/** What one process is to fetch. */
export type Work =
	/** One input item for each list of IDs. */
	| { kind: 'ids'; lists: string[][] }
	/** One input item for each application, all of its checks. */
	| { kind: 'applications'; ids: string[] }
	/** Every check of the tenant. */
	| { kind: 'all' };

/** Where it is fetched from. */
export interface Target {
	url: string;
	appId: string;
	appSecret: string;
}

const FIRST_APPLICATION = 7330000000000000001n;

/** ID of the nth application of a tenant with `perApplication`. */
export const applicationId = (index: number): string => String(FIRST_APPLICATION + BigInt(index));

/** The tenant's data; the same in every process. */
export function tenantChecks({ checks: count, perApplication }: TenantSpec): Check[] {
	const checks = seededChecks(count, Math.ceil(count / 10));
	if (perApplication === undefined) return checks;
	return checks.map((check, index) => ({
		...check,
		external_application_id: applicationId(Math.floor(index / perApplication)),
	}));
}

/** The IDs of the checks that the work must bring, one for each output item. */
export function expectedIds(work: Work, tenant: readonly Check[]): string[] {
	if (work.kind === 'ids') return work.lists.flat();
	if (work.kind === 'all') return tenant.map(({ id }) => id);
	const wanted = new Set(work.ids);
	return tenant
		.filter(({ external_application_id }) => wanted.has(external_application_id))
		.map(({ id }) => id);
}

/** A little of the same, for the run before the clock starts. */
export function warmUpWork(work: Work): Work {
	if (work.kind === 'ids') return { kind: 'ids', lists: work.lists.slice(0, 2) };
	if (work.kind === 'applications') return { kind: 'applications', ids: work.ids.slice(0, 2) };
	return work;
}

import { seededChecks } from '../../sandbox';
import type { Check } from '../../sandbox';
import { applicationId, rowOf, UNKNOWN, type ContactKind } from './candidates';
import { expectedOfWriting, type Writing } from './writing';

/** The tenant that a row is measured against. */
export interface TenantSpec {
	/** Number of background checks. */
	checks: number;
	/** Spread evenly over applications, so many on each; as seeded unless told. */
	perApplication?: number;
	/** Of these applications, the first ones, each has a candidate of its own; see candidates.ts. */
	candidates?: number;
	/** A round trip. */
	latencyMs: number;
	/** Over TLS and a long way, where each new connection pays its handshakes; see farAway.ts. */
	isFarAway?: boolean;
	/** Share of the creates that go wrong, 0 to 1. */
	writeFaults?: number;
	/** null: no limit */
	requestsPerSecond: number | null;
}

/** What one process is to read. */
export type Query =
	/** One input item for each list of IDs. */
	| { kind: 'ids'; lists: string[][] }
	/** One input item for each application, all of its checks. */
	| { kind: 'applications'; ids: string[] }
	/** Every check of the tenant. */
	| { kind: 'all' }
	/** One input item for each candidate, by their numbers; all checks of theirs. */
	| { kind: 'candidates'; by: ContactKind; numbers: number[] };

export type Work = Query | Writing;

export const isWriting = (work: Work): work is Writing =>
	work.kind === 'create' || work.kind === 'update';

/** The tenant that it is about. */
export interface Target {
	url: string;
	appId: string;
	appSecret: string;
}

/** The tenant's data; the same in every process. */
export function tenantChecks({ checks: count, perApplication }: TenantSpec): Check[] {
	const checks = seededChecks(count, Math.ceil(count / 10));
	if (perApplication === undefined) return checks;
	return checks.map((check, index) => ({
		...check,
		external_application_id: applicationId(Math.floor(index / perApplication)),
	}));
}

/**
 * The rows that the work must bring: IDs of checks, and for candidates whose they are. For writing
 * those that the tenant must hold afterwards.
 */
export function expectedIds(work: Work, tenant: readonly Check[]): string[] {
	if (isWriting(work)) return expectedOfWriting(work);
	if (work.kind === 'ids') return work.lists.flat();
	if (work.kind === 'all') return tenant.map(({ id }) => id);
	if (work.kind === 'candidates') return expectedOfCandidates(work.numbers, tenant);
	const wanted = new Set(work.ids);
	return tenant
		.filter(({ external_application_id }) => wanted.has(external_application_id))
		.map(({ id }) => id);
}

function expectedOfCandidates(numbers: number[], tenant: readonly Check[]): string[] {
	const byApplication = new Map<string, string[]>();
	for (const { id, external_application_id } of tenant) {
		const ids = byApplication.get(external_application_id);
		if (ids) ids.push(id);
		else byApplication.set(external_application_id, [id]);
	}
	return numbers.flatMap((number, item) =>
		(byApplication.get(applicationId(number)) ?? [UNKNOWN]).map((id) => rowOf(item, id)),
	);
}

/** A little of the same, for the run before the clock starts. */
export function warmUpWork(work: Work): Work {
	if (work.kind === 'ids') return { kind: 'ids', lists: work.lists.slice(0, 2) };
	if (work.kind === 'applications') return { kind: 'applications', ids: work.ids.slice(0, 2) };
	if (work.kind === 'candidates') return { ...work, numbers: work.numbers.slice(0, 2) };
	if (work.kind === 'update') return { ...work, ids: work.ids.slice(0, 2) };
	if (work.kind === 'create') {
		return { ...work, count: 2, ...(work.fileBytes !== undefined && { fileBytes: 1000 }) };
	}
	return work;
}

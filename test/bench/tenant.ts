import { seededChecks, seededOrders } from '../../sandbox';
import type { Check, FaultRule, NewApplication, Talent } from '../../sandbox';

/** The tenant that a row is measured against. */
export interface TenantSpec {
	/** Number of background checks. */
	checks: number;
	/** How many checks each application has, if spread evenly; if absent, as seeded. */
	perApplication?: number;
	/** How many applications, from the first on, have a candidate of their own. */
	candidates?: number;
	/** Number of background check orders, on 1.5 ordinary applications per candidate; if absent, as seeded. */
	orders?: number;
	/** Round trip in ms. */
	latencyMs: number;
	/**
	 * Whether the tenant is reached over TLS and a long way, where each new connection costs
	 * handshakes; see farAway.ts.
	 */
	isFarAway?: boolean;
	/** The faults that occur. */
	faults?: FaultRule[];
	/** null for no limit */
	requestsPerSecond: number | null;
}

const FIRST_APPLICATION = 7330000000000000001n;

/** The ID of the nth application of a tenant with `perApplication`. */
export const applicationId = (index: number): string => String(FIRST_APPLICATION + BigInt(index));

/** The email address of the nth candidate. */
export const emailOf = (index: number): string => `candidate${index}@example.com`;

/** The phone number of the nth candidate, in China. */
const phoneOf = (index: number): string => `199${String(index).padStart(8, '0')}`;

/** The name of the nth candidate, which is not part of any other name. */
const nameOf = (index: number): string => `候选人${String(index).padStart(6, '0')}`;

export const talentId = (index: number): string => `742${String(index).padStart(16, '0')}`;

/**
 * A sheet's cell for the nth candidate: in turn an email address, a phone number, a name and a
 * talent ID.
 */
export const contactOf = (index: number): string => {
	const kinds = [emailOf, phoneOf, nameOf, talentId];
	return kinds[index % kinds.length]!(index);
};

/** The first `count` things of a kind. */
export const upTo = <T>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));

/** Candidates and their applications, for the sandbox. */
export function peopleOf(count: number): {
	talents: Talent[];
	externalApplications: NewApplication[];
} {
	return {
		talents: upTo(count, (index) => ({
			id: talentId(index),
			name: nameOf(index),
			emails: [emailOf(index)],
			mobiles: [{ code: '86', number: phoneOf(index) }],
		})),
		externalApplications: upTo(count, (index) => ({
			id: applicationId(index),
			talent_id: talentId(index),
			create_time: 1_700_000_000_000,
		})),
	};
}

/** The tenant's checks, the same in every process. */
export function checksOf({ checks: count, perApplication }: TenantSpec): Check[] {
	const checks = seededChecks(count, Math.ceil(count / 10));
	if (perApplication === undefined) return checks;
	return checks.map((check, index) => ({
		...check,
		external_application_id: applicationId(Math.floor(index / perApplication)),
	}));
}

/** The tenant's orders and their ordinary applications, the same in every process. */
export const ordersOf = ({ candidates = 0, orders }: TenantSpec) =>
	seededOrders(peopleOf(candidates).talents, orders);

import type { NewApplication, NewTalent } from '../../sandbox';

const FIRST_APPLICATION = 7330000000000000001n;

/** ID of the nth application of a tenant with `perApplication`. */
export const applicationId = (index: number): string => String(FIRST_APPLICATION + BigInt(index));

/** Where candidates can be asked for by. */
export type ContactKind = 'email' | 'name';

/** The nth candidate of a tenant where each application has a candidate of its own. */
export function candidate(index: number) {
	const number = String(index).padStart(6, '0');
	return {
		id: `742${number.padStart(16, '0')}`,
		name: `候选人${number}`,
		email: `candidate${number}@example.com`,
	};
}

/** Candidates and their applications, for the sandbox. */
export function peopleOf(count: number): {
	talents: NewTalent[];
	externalApplications: NewApplication[];
} {
	const all = Array.from({ length: count }, (_, index) => candidate(index));
	return {
		talents: all.map(({ id, name, email }) => ({ id, name, emails: [email] })),
		externalApplications: all.map(({ id }, index) => ({
			id: applicationId(index),
			talent_id: id,
			create_time: 1_700_000_000_000,
		})),
	};
}

/** A row as it is counted where each item has an answer of its own, an empty one too. */
export const rowOf = (item: number, what: string): string => `item ${item}: ${what}`;

/** What an item is answered whose candidate the tenant does not know. */
export const UNKNOWN = 'noCandidate';

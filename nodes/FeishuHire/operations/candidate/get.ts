import type { IDataObject } from 'n8n-workflow';
import { getTalent } from '../../../shared/hire/people/talents';
import type { Talent } from '../../../shared/hire/people/talent';
import type { Operation } from '../../../shared/run/operation';
import {
	candidateField,
	lookUp,
	mobileCodeField,
	noCandidate,
	readCandidateWish,
	talentsOf,
	type CandidateWish,
} from '../candidates';
import { optionsField } from '../options';

export const get: Operation<CandidateWish> = {
	changes: false,
	atOnce: 40,
	fields: () => [
		candidateField('The candidate (候选人), one for each input item'),
		optionsField([mobileCodeField()]),
	],
	read: readCandidateWish,
	start: ({ client }, wishes) => {
		const lookup = lookUp(client, wishes);
		const known = new Map<string, Promise<Talent | undefined>>();
		return async (wish): Promise<IDataObject[]> => {
			const found = await talentsOf(lookup, wish);
			const talents = await Promise.all(
				found.map(async (talent) => {
					if (talent.name !== undefined) return talent;
					const whole = known.get(talent.id) ?? getTalent(client, talent.id, wish.timeoutMs);
					known.set(talent.id, whole);
					return await whole;
				}),
			);
			const there = talents.filter((talent) => talent !== undefined);
			if (there.length === 0) throw noCandidate(wish);
			return there.map(({ id, name, contact }) => ({
				talent_id: id,
				name: name ?? null,
				contact: contact ?? null,
			}));
		};
	},
};

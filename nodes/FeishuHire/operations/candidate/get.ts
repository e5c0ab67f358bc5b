import type { IDataObject } from 'n8n-workflow';
import { getTalent } from '../../../shared/hire/people/talents';
import type { Talent } from '../../../shared/hire/people/talent';
import type { Operation } from '../../../shared/run/operation';
import {
	candidateField,
	lookUp,
	mobileCodeField,
	noCandidate,
	readCandidateRequest,
	talentsOf,
	type CandidateRequest,
} from '../candidates';
import { optionsField } from '../options';

export const get: Operation<CandidateRequest> = {
	value: 'get',
	name: 'Get',
	description: 'Talent ID, name and masked contact of a candidate',
	action: 'Get a candidate',
	fields: () => [
		candidateField('The candidate (候选人), one for each input item'),
		optionsField([mobileCodeField()]),
	],
	read: readCandidateRequest,
	start: ({ client }, requests) => {
		const lookup = lookUp(client, requests);
		const known = new Map<string, Promise<Talent | undefined>>();
		return async (request): Promise<IDataObject[]> => {
			const found = await talentsOf(lookup, request);
			const talents = await Promise.all(
				found.map(async (talent) => {
					if (talent.name !== undefined) return talent;
					const whole = known.get(talent.id) ?? getTalent(client, talent.id);
					known.set(talent.id, whole);
					return await whole;
				}),
			);
			const there = talents.filter((talent) => talent !== undefined);
			if (there.length === 0) throw noCandidate(request);
			return there.map(({ id, name, contact }) => ({
				talent_id: id,
				name: name ?? null,
				contact: contact ?? null,
			}));
		};
	},
};

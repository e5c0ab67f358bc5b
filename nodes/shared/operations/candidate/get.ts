import type { IDataObject } from 'n8n-workflow';
import { getTalent } from '../../hire/people/talents';
import { endpoints } from '../../hire/endpoints';
import { Once } from '../../hire/loader';
import type { Talent } from '../../hire/people/talent';
import type { Operation } from '../../run/operation';
import {
	candidateField,
	lookUp,
	noCandidate,
	readCandidateRequest,
	talentsOf,
	type CandidateRequest,
} from '../candidates';
import { mobileCodeOption } from '../../form/locators';
import { optionsField } from '../../form/requestOptions';

export const get: Operation<CandidateRequest> = {
	value: 'get',
	name: 'Get',
	description: 'Talent ID, name and masked contact of a candidate',
	action: 'Get a candidate',
	calls: [endpoints.searchTalents, endpoints.getTalent],
	fields: () => [
		candidateField('The candidate (候选人), one for each input item'),
		optionsField([mobileCodeOption()]),
	],
	read: readCandidateRequest,
	start: ({ client }, requests) => {
		const lookup = lookUp(client, requests);
		const whole = new Once<string, Talent | undefined>();
		return async (request): Promise<IDataObject[]> => {
			const found = await talentsOf(lookup, request);
			const talents = await Promise.all(
				found.map(async (talent) => {
					if (talent.name !== undefined) return talent;
					return await whole.get(talent.id, async () => await getTalent(client, talent.id));
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

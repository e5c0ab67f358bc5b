import type { IDataObject } from 'n8n-workflow';
import { getTalent } from '../../hire/people/talents';
import { endpoints } from '../../hire/endpoints';
import { Once } from '../../hire/loader';
import type { Talent } from '../../hire/people/talent';
import type { Operation } from '../../run/operation';
import {
	answering,
	candidateField,
	candidatesOptions,
	lookUp,
	readCandidates,
	talentsOf,
	type CandidatesRequest,
} from '../candidates';
import { NotFound } from '../notFound';
import { optionsField } from '../../form/requestOptions';

export const get: Operation<CandidatesRequest> = {
	value: 'get',
	name: 'Get',
	description: 'Get the talent ID, name and masked contact details of a candidate',
	action: 'Get candidate',
	calls: [endpoints.searchTalents, endpoints.getTalent],
	fields: () => [
		candidateField('The candidate (候选人) to get, one per input item'),
		optionsField(candidatesOptions()),
	],
	read: readCandidates,
	start: (run, requests) => {
		const { client } = run;
		const lookup = lookUp(client, requests);
		const notFound = new NotFound(run);
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
			const rows = there.map(({ id, name, contact }) => ({
				talent_id: id,
				name: name ?? null,
				contact: contact ?? null,
			}));
			return answering(request, rows.length > 0 ? rows : notFound.add('noCandidate', request));
		};
	},
};

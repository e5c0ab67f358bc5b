import type { IDataObject } from 'n8n-workflow';
import { limitFields, readLimit } from '../../form/limit';
import { endpoints } from '../../hire/endpoints';
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

interface GetManyRequest extends CandidateRequest {
	/** Infinity: all. */
	limit: number;
}

/** Hints; a model, which sees none, is told in an item. */
const NONE = (items: string) =>
	`${items} found a candidate without an external application (外部投递).`;
const LEFT_OUT = (items: string) => `The limit left out external applications of ${items}.`;
const CUT_OFF = (items: string) => `${LEFT_OUT(items)} To get all of them, turn on Return All.`;

export const getMany: Operation<GetManyRequest> = {
	value: 'getMany',
	name: 'Get Many',
	description: 'The external applications of a candidate',
	action: 'Get many external applications',
	calls: [endpoints.searchTalents, endpoints.listApplications],
	fields: () => [
		candidateField('The candidate (候选人) whose external applications are wanted'),
		...limitFields(),
		optionsField([mobileCodeOption()]),
	],
	read: (form) => ({
		...readCandidateRequest(form),
		limit: readLimit(form),
	}),
	start: ({ client, hints, isForModel }, requests) => {
		const lookup = lookUp(client, requests);
		return async (request): Promise<IDataObject[]> => {
			const talents = await talentsOf(lookup, request);
			const lists = await Promise.all(
				talents.map(async ({ id }) => await lookup.applicationsOf(id)),
			);
			const known = lists.flatMap((list) => (list === 'noCandidate' ? [] : [list]));
			if (known.length === 0) throw noCandidate(request);
			const applications = known.flat();
			if (applications.length === 0) {
				hints.count(NONE);
				return [{ found: false, reason: 'noExternalApplication' }];
			}
			// Several items can ask for one list: each gets applications of its own.
			const wanted = applications
				.slice(0, request.limit)
				.map((application) => ({ ...application }));
			if (wanted.length === applications.length) return wanted;
			hints.count(CUT_OFF);
			const told = { limit_reached: true, message: LEFT_OUT('this call') };
			return isForModel ? [...wanted, told] : wanted;
		};
	},
};

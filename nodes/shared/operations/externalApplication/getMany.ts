import type { IDataObject } from 'n8n-workflow';
import { limitFields, readLimit } from '../../form/limit';
import { endpoints } from '../../hire/endpoints';
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

interface GetManyRequest extends CandidatesRequest {
	/** Infinity for all. */
	limit: number;
}

/** The text of a hint. An AI model does not see hints, so it gets an item instead. */
const LEFT_OUT = (items: string) => `The limit left out some external applications of ${items}.`;
const CUT_OFF = (items: string) => `${LEFT_OUT(items)} To get all of them, turn on Return All.`;

export const getMany: Operation<GetManyRequest> = {
	value: 'getMany',
	name: 'Get Many',
	description: 'Get the external applications of a candidate',
	action: 'Get many external applications',
	calls: [endpoints.searchTalents, endpoints.listApplications],
	fields: () => [
		candidateField('The candidate (候选人) whose external applications to get'),
		...limitFields(),
		optionsField(candidatesOptions()),
	],
	read: (form) => ({
		...readCandidates(form),
		limit: readLimit(form),
	}),
	start: (run, requests) => {
		const { client, hints, isForModel } = run;
		const lookup = lookUp(client, requests);
		const notFound = new NotFound(run);
		async function rowsOf(request: GetManyRequest): Promise<IDataObject[]> {
			const talents = await talentsOf(lookup, request);
			const lists = await Promise.all(
				talents.map(async ({ id }) => await lookup.applicationsOf(id)),
			);
			const known = lists.flatMap((list) => (list === 'noCandidate' ? [] : [list]));
			if (known.length === 0) return notFound.add('noCandidate', request);
			const applications = known.flat();
			if (applications.length === 0) return notFound.add('noExternalApplication', request);
			const wanted = applications.slice(0, request.limit);
			if (wanted.length === applications.length) return wanted;
			hints.count(CUT_OFF);
			const told = { limit_reached: true, message: LEFT_OUT('this call') };
			return isForModel ? [...wanted, told] : wanted;
		}
		return async (request) => answering(request, await rowsOf(request));
	},
};

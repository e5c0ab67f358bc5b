import { limitFields } from '../../form/limit';
import { endpoints } from '../../hire/endpoints';
import {
	answering,
	candidateField,
	candidatesOptions,
	lookUp,
	readCandidates,
	talentsOf,
} from '../candidates';
import { Selection } from '../selection';
import { filters, simplifyCheckField } from './read/fields';
import { SharedLists } from './read/lists';
import { queryOperation } from './read/queryOperation';
import { readWanted } from './read/request';

export const getByCandidate = queryOperation({
	value: 'getByCandidate',
	name: 'Get by Candidate',
	description: 'Get the background checks of a candidate (候选人) by email, phone, name or ID',
	action: 'Get background checks of candidate by email, phone, name or ID',
	calls: [endpoints.searchTalents, endpoints.listApplications, endpoints.queryChecks],
	fields: () => [
		candidateField('The candidate (候选人) whose background checks to get, one per input item'),
		...limitFields(),
		simplifyCheckField(),
		filters(),
	],
	options: candidatesOptions,
	read: (form) => ({ ...readCandidates(form), wanted: readWanted(form) }),
	start: (run, requests, output) => {
		const lookup = lookUp(run.client, requests);
		const lists = new SharedLists(run.client);
		return async (request) => {
			const selection = new Selection(request.wanted);
			selection.reason = 'noCandidate';
			const talents = await talentsOf(lookup, request);
			const found = await Promise.all(
				talents.map(async ({ id }) => await lookup.applicationsOf(id)),
			);
			const known = found.filter((list) => list !== 'noCandidate');
			if (known.length > 0) selection.reason = 'noExternalApplication';
			for (const application of known.flat()) {
				selection.reason = 'noBackgroundCheck';
				// The applications that are not read may have further rows.
				selection.isCutOff ||= selection.isFull;
				if (selection.isFull) break;
				const scope = { externalApplicationId: application.id };
				await selection.readFrom(lists.pagesOf(scope, request.settings), {
					talent_id: application.talent_id,
					external_application: application,
				});
			}
			return answering(request, output.ofSelection(request, selection));
		};
	},
});

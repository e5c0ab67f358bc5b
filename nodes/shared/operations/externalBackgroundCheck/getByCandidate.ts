import { CANDIDATE_LABEL, readCandidate } from '../../form/candidate';
import { candidateLocator, mobileCodeOption } from '../../form/locators';
import type { ExternalApplication } from '../../hire/api/externalApplications';
import { endpoints } from '../../hire/endpoints';
import { CandidateLookup } from '../../hire/people/candidateLookup';
import type { CandidateQuestion } from '../../hire/people/candidateQuestion';
import type { Operation } from '../../run/operation';
import { attachFiles } from './read/attachFiles';
import { DEFAULTS } from './read/defaults';
import { limitFields } from '../../form/limit';
import { attachmentFields, filters, queryOptions, simplifyField } from './read/fields';
import { SharedLists } from './read/lists';
import { Output } from './read/output';
import { readQuery, readWanted, type QueryRequest, type Wanted } from './read/request';
import { Selection } from './read/selection';

/** The checks of all external applications of a candidate. */
interface CandidateRequest extends QueryRequest {
	candidate: CandidateQuestion;
	wanted: Wanted;
}

export const getByCandidate: Operation<CandidateRequest> = {
	value: 'getByCandidate',
	name: 'Get by Candidate',
	description: 'The background checks of a candidate (候选人): by e-mail, phone, name or ID',
	action: 'Get background checks of candidate',
	calls: [endpoints.searchTalents, endpoints.listApplications, endpoints.queryChecks],
	fields: () => [
		candidateLocator(),
		...limitFields(),
		simplifyField(),
		filters(),
		...attachmentFields(),
		queryOptions([mobileCodeOption()]),
	],
	read: (form) => {
		const { mobileCode = DEFAULTS.mobileCode } = form.collection('options', 'Options');
		const candidate = readCandidate(form.get('candidate'), mobileCode);
		const talentId = candidate.by === 'talentId' ? candidate.value : undefined;
		const subject = { label: CANDIDATE_LABEL, talentId };
		return { ...readQuery(form), candidate, wanted: readWanted(form), subject };
	},
	start: (run, requests) => {
		const lookup = new CandidateLookup(
			run.client,
			requests.map(({ candidate }) => candidate),
		);
		const lists = new SharedLists(run.client);
		const output = new Output(run);
		return async (request) => {
			const selection = new Selection(request.wanted);
			selection.reason = 'noCandidate';
			const talents = await lookup.talentsOf(request.candidate);
			const found = await Promise.all(
				talents.map(async ({ id }) => await lookup.applicationsOf(id)),
			);
			const known = found.filter((list): list is ExternalApplication[] => list !== 'noCandidate');
			if (known.length > 0) selection.reason = 'noExternalApplication';
			for (const application of known.flat()) {
				selection.reason = 'noBackgroundCheck';
				// What is not read is not known.
				selection.isCutOff ||= selection.isFull;
				if (selection.isFull) break;
				const scope = { externalApplicationId: application.id };
				await selection.readFrom(lists.pagesOf(scope, request.settings), {
					talent_id: application.talent_id,
					external_application: application,
				});
			}
			return output.ofSelection(request, selection);
		};
	},
	finish: attachFiles,
};

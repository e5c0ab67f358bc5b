import { limitFields, readLimit } from '../../form/limit';
import { EXTERNAL_APPLICATION_LABEL } from '../../form/locators';
import { optionsField } from '../../form/requestOptions';
import { simplifyField } from '../../form/simplify';
import { boolean } from '../../form/values';
import { endpoints } from '../../hire/endpoints';
import { simplifiedApplication } from '../../hire/simplify';
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
import { Output, type Rows } from '../output';
import { Selection } from '../selection';

const APPLICATION_ROWS: Rows = {
	name: 'external applications',
	idsLabel: EXTERNAL_APPLICATION_LABEL,
	none: 'noExternalApplication',
	simplify: simplifiedApplication,
};

interface GetManyRequest extends CandidatesRequest {
	/** Whether to simplify the applications; otherwise they are as Feishu sent them. */
	simple: boolean;
	/** Infinity for all. */
	limit: number;
}

export const getMany: Operation<GetManyRequest> = {
	value: 'getMany',
	name: 'Get Many',
	description: 'Get the external applications of a candidate',
	action: 'Get many external applications',
	calls: [endpoints.searchTalents, endpoints.listApplications],
	fields: () => [
		candidateField('The candidate (候选人) whose external applications to get'),
		...limitFields(),
		simplifyField("Returns times as text in the workflow's time zone, and types as words"),
		optionsField(candidatesOptions()),
	],
	read: (form) => ({
		...readCandidates(form),
		limit: readLimit(form),
		simple: boolean('Simplify', form.typed('simple', true)),
	}),
	start: (run, requests) => {
		const lookup = lookUp(run.client, requests);
		const output = new Output(run, APPLICATION_ROWS);
		return async (request) => {
			const talents = await talentsOf(lookup, request);
			const lists = await Promise.all(
				talents.map(async ({ id }) => await lookup.applicationsOf(id)),
			);
			const known = lists.filter((list) => list !== 'noCandidate');
			const selection = new Selection(request);
			if (known.length === 0) selection.reason = 'noCandidate';
			selection.take(known.flat());
			return answering(request, output.ofSelection(request, selection));
		};
	},
};

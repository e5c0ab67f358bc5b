import type { INodeProperties } from 'n8n-workflow';
import { CANDIDATE_LABEL, readCandidate } from '../form/candidate';
import { candidateLocator } from '../form/locators';
import { ParameterError } from '../form/parameterError';
import type { FeishuClient } from '../feishu/client';
import { CandidateLookup } from '../hire/people/candidateLookup';
import type { CandidateQuestion } from '../hire/people/candidateQuestion';
import { looksRounded, ROUNDED_ADVICE } from '../hire/checkedId';
import type { Talent } from '../hire/people/talent';
import type { Form } from '../form/form';
import type { ItemRequest } from '../run/operation';

/** What an item asks for that names a candidate. */
export interface CandidateRequest extends ItemRequest {
	candidate: CandidateQuestion;
}

/** The field `candidate`. */
export const candidateField = (description: string): INodeProperties => ({
	...candidateLocator(),
	description,
});

/** @throws ParameterError */
export const readCandidateRequest = (form: Form): CandidateRequest => ({
	itemIndex: form.itemIndex,
	candidate: readCandidate(form.get('candidate'), form.collection('options', 'Options').mobileCode),
});

/** Looks up the candidates of all items together. */
export function lookUp(
	client: FeishuClient,
	requests: readonly CandidateRequest[],
): CandidateLookup {
	return new CandidateLookup(
		client,
		requests.map(({ candidate }) => candidate),
	);
}

/**
 * The candidates that an item means.
 *
 * @throws ParameterError when there is none
 */
export async function talentsOf(
	lookup: CandidateLookup,
	request: CandidateRequest,
): Promise<[Talent, ...Talent[]]> {
	const [first, ...others] = await lookup.talentsOf(request.candidate);
	if (first) return [first, ...others];
	throw noCandidate(request);
}

/** The one candidate that something is written for. @throws ParameterError when there is none, or several */
export async function oneTalent(
	lookup: CandidateLookup,
	request: CandidateRequest,
): Promise<Talent> {
	const [talent, ...others] = await talentsOf(lookup, request);
	if (others.length === 0) return talent;
	throw new ParameterError(
		CANDIDATE_LABEL,
		`means ${others.length + 1} candidates`,
		'Nothing was written. Pick one of them from the list, or enter its talent ID.',
	);
}

export const noCandidate = ({ candidate: { value } }: CandidateRequest) =>
	new ParameterError(
		CANDIDATE_LABEL,
		'means nobody whom Feishu Hire knows',
		`${looksRounded(value) ? `${ROUNDED_ADVICE} ` : ''}Check the value: the candidate may have been deleted.`,
	);

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { CANDIDATE_LABEL, candidateAsked, readCandidate } from '../form/candidate';
import { candidateLocator, mobileCodeOption } from '../form/locators';
import { ParameterError } from '../form/parameterError';
import { boolean, oneOf } from '../form/values';
import type { FeishuClient } from '../feishu/client';
import { CandidateLookup } from '../hire/people/candidateLookup';
import type { CandidateQuestion } from '../hire/people/candidateQuestion';
import { looksRounded, ROUNDED_ADVICE } from '../hire/checkedId';
import type { Talent } from '../hire/people/talent';
import type { Form } from '../form/form';
import type { ItemRequest } from '../run/operation';
import { withoutFields } from '../withoutFields';
import { ifNotFoundOption, readIfNotFound, type Asked, type Subject } from './notFound';

/** A request that names a candidate. */
export interface CandidateRequest extends ItemRequest {
	candidate: CandidateQuestion;
}

/** The same for an operation that reads, which can return records of several candidates, or of none. */
export interface CandidatesRequest extends CandidateRequest, Asked {
	ifSeveralCandidates: 'error' | 'all';
	subject: Subject;
	/** The field's value as it came in. */
	asked: IDataObject[string];
}

/** The form field `candidate`. */
export const candidateField = (description: string): INodeProperties => ({
	...candidateLocator(),
	description,
});

const IF_SEVERAL = 'If Several Candidates';
const ACCEPT_NAMES = 'Accept Names';

/** Options of operations that read a candidate's records. */
export const candidatesOptions = (): INodeProperties[] => [
	ifNotFoundOption(),
	{
		displayName: IF_SEVERAL,
		name: 'ifSeveralCandidates',
		type: 'options',
		options: [
			{ name: 'Error', value: 'error', description: 'The input item fails' },
			{
				name: 'Return All',
				value: 'all',
				description: 'Returns the records of all of them',
			},
		],
		default: 'error',
		description:
			'What to do when several candidates have the same name, email address or phone number',
	},
	mobileCodeOption(),
];

/** Options of operations that write records for a candidate. */
export const writtenCandidateOptions = (): INodeProperties[] => [
	{
		displayName: ACCEPT_NAMES,
		name: 'acceptNames',
		type: 'boolean',
		default: false,
		description:
			'Whether to accept a name as the candidate. Two people can have the same name, so the one that Feishu finds may not be the one you mean.',
	},
	mobileCodeOption(),
];

/** @throws ParameterError */
export function readCandidates(form: Form): CandidatesRequest {
	const options = form.collection('options', 'Options');
	const stored = form.get('candidate');
	const candidate = readCandidate(stored, options.mobileCode);
	return {
		itemIndex: form.itemIndex,
		candidate,
		ifSeveralCandidates: oneOf(IF_SEVERAL, options.ifSeveralCandidates ?? 'error', [
			'error',
			'all',
		]),
		ifNotFound: readIfNotFound(form),
		asked: candidateAsked(stored),
		subject: {
			label: CANDIDATE_LABEL,
			...(candidate.by === 'talentId' && { talentId: candidate.value }),
		},
	};
}

/** The candidate for whom an item writes a record. @throws ParameterError */
export function readWrittenCandidate(form: Form): CandidateRequest {
	const { acceptNames = false, mobileCode } = form.collection('options', 'Options');
	const candidate = readCandidate(form.get('candidate'), mobileCode);
	if (candidate.by === 'name' && !boolean(ACCEPT_NAMES, acceptNames)) {
		throw new ParameterError(
			CANDIDATE_LABEL,
			'is a name, and another person may have the same one',
			`Nothing was written. Enter an email address, a phone number or a talent ID, or turn on the option '${ACCEPT_NAMES}'.`,
		);
	}
	return { itemIndex: form.itemIndex, candidate };
}

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
 * The candidates that an item asks for.
 *
 * @throws ParameterError if there are several and the option says Error
 */
export async function talentsOf(
	lookup: CandidateLookup,
	{ candidate, ifSeveralCandidates }: CandidatesRequest,
): Promise<Talent[]> {
	const talents = await lookup.talentsOf(candidate);
	if (talents.length > 1 && ifSeveralCandidates === 'error') {
		throw several(
			talents.length,
			`${ONE_OF_THEM.slice(0, -1)}, or set the option '${IF_SEVERAL}' to "Return All".`,
		);
	}
	return talents;
}

/** The one candidate for whom an item writes a record. @throws ParameterError if there is none, or several */
export async function oneTalent(
	lookup: CandidateLookup,
	{ candidate }: CandidateRequest,
): Promise<Talent> {
	const [talent, ...others] = await lookup.talentsOf(candidate);
	if (!talent) throw noCandidate(candidate);
	if (others.length === 0) return talent;
	throw several(others.length + 1, `Nothing was written. ${ONE_OF_THEM}`);
}

const ONE_OF_THEM = 'Enter something that only one of them has, such as the talent ID.';

const several = (count: number, advice: string) =>
	new ParameterError(CANDIDATE_LABEL, `matches ${count} candidates`, advice, ONE_OF_THEM);

/** The error of an operation that writes. */
export const noCandidate = ({ value }: CandidateQuestion) =>
	new ParameterError(
		CANDIDATE_LABEL,
		'matches no candidate in Feishu Hire',
		`Nothing was written. ${looksRounded(value) ? `${ROUNDED_ADVICE} ` : ''}Check the value. The candidate may have been deleted.`,
	);

/** Adds to an item's rows the candidate that it asked for. */
export const answering = ({ asked }: CandidatesRequest, rows: readonly IDataObject[]) =>
	rows.map((row) => ({ candidate: asked, ...withoutFields(['candidate'], row) }));

import type { INodeProperties } from 'n8n-workflow';
import { applicationField, readApplicationId } from '../../form/applicationId';
import type { Form } from '../../form/form';
import { oneOf } from '../../form/values';
import type { CheckedId } from '../../hire/checkedId';
import type { CandidateQuestion } from '../../hire/people/candidateQuestion';
import type { ItemRequest } from '../../run/operation';
import { candidateField, readWrittenCandidate, writtenCandidateOptions } from '../candidates';

export const RECORD_ON = 'Record On';
export const IF_NONE = 'If No External Application';
const JOB_TITLE = 'Job Title';

/** What an item records a background check on. */
export type Target =
	| { applicationId: CheckedId }
	| {
			candidate: CandidateQuestion;
			/** Of the external application to create if there is none. If absent, that is an error. */
			jobTitle?: string;
	  };

export interface TargetRequest extends ItemRequest {
	target: Target;
}

const shownFor = (recordOn: 'candidate' | 'externalApplication') => ({
	displayOptions: { show: { recordOn: [recordOn] } },
});

/** The form fields that say what to record a check on, read by {@link readTarget}. */
export const targetFields = (): INodeProperties[] => [
	{
		displayName: RECORD_ON,
		name: 'recordOn',
		type: 'options',
		options: [
			{
				name: 'Candidate',
				value: 'candidate',
				description: 'On the only external application (外部投递) of the candidate',
			},
			{
				name: 'External Application',
				value: 'externalApplication',
				description: 'On an external application (外部投递) that you choose',
			},
		],
		default: 'candidate',
		description: 'Where to record the background check',
	},
	{
		...candidateField('The candidate (候选人) to record the background check for'),
		...shownFor('candidate'),
	},
	{
		...applicationField('The external application (外部投递) to record the background check on'),
		...shownFor('externalApplication'),
	},
	{
		displayName: IF_NONE,
		name: 'ifNoExternalApplication',
		type: 'options',
		options: [
			{
				name: 'Create One',
				value: 'create',
				description: 'Creates one for the candidate, with the job title below',
			},
			{ name: 'Error', value: 'error', description: 'The input item fails' },
		],
		default: 'error',
		description: 'What to do when the candidate has no external application (外部投递)',
		...shownFor('candidate'),
	},
	{
		displayName: JOB_TITLE,
		name: 'jobTitle',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 后端工程师',
		description: 'The job title (职位名称) of the new external application',
		displayOptions: { show: { recordOn: ['candidate'], ifNoExternalApplication: ['create'] } },
	},
];

/** Options for {@link targetFields}. */
export const targetOptions = (): INodeProperties[] =>
	writtenCandidateOptions().map((option) => ({
		...option,
		displayOptions: { show: { '/recordOn': ['candidate'] } },
	}));

/** @throws ParameterError */
export function readTarget(form: Form): Target {
	const recordOn = oneOf(RECORD_ON, form.get('recordOn', 'candidate'), [
		'candidate',
		'externalApplication',
	]);
	if (recordOn === 'externalApplication') return { applicationId: readApplicationId(form) };
	const { candidate } = readWrittenCandidate(form);
	const ifNone = oneOf(IF_NONE, form.get('ifNoExternalApplication', 'error'), ['error', 'create']);
	if (ifNone === 'error') return { candidate };
	return { candidate, jobTitle: form.text(JOB_TITLE, form.get('jobTitle')) };
}

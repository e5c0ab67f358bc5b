import type { INodeProperties } from 'n8n-workflow';
import { applicationField, readApplicationId } from '../../form/applicationId';
import { CANDIDATE_LABEL } from '../../form/candidate';
import type { Form } from '../../form/form';
import { ParameterError } from '../../form/parameterError';
import { oneOf } from '../../form/values';
import { FeishuError } from '../../feishu/failure';
import type { ExternalApplication } from '../../hire/api/externalApplications';
import type { CheckedId } from '../../hire/checkedId';
import { Once } from '../../hire/loader';
import type { CandidateLookup } from '../../hire/people/candidateLookup';
import type { CandidateQuestion } from '../../hire/people/candidateQuestion';
import { outcomeOf } from '../../hire/write/outcome';
import { listed } from '../../listed';
import type { ItemRequest, Run } from '../../run/operation';
import {
	candidateField,
	lookUp,
	noCandidate,
	oneTalent,
	readWrittenCandidate,
	writtenCandidateOptions,
} from '../candidates';
import type { Creations } from '../creations';
import { applicationCreations, type NewApplication } from '../externalApplication/newApplication';

const RECORD_ON = 'Record On';
const IF_NONE = 'If No External Application';
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

type ApplicationRequest = NewApplication & { talentId: string };

/** Finds the external applications that the items of a run record their checks on. */
export class Targets {
	private readonly lookup: CandidateLookup;

	private readonly creations: Creations<ApplicationRequest, ExternalApplication>;

	/** Applications created in this run, by talent. All items of a candidate share one. */
	private readonly made = new Once<string, ExternalApplication>();

	/** The applications that all tries of the node have created. */
	private readonly created: Set<CheckedId>;

	constructor(
		private readonly run: Run,
		requests: readonly TargetRequest[],
	) {
		this.created = run.memory.shared('createdApplications', () => new Set());
		this.lookup = lookUp(
			run.client,
			requests.flatMap(({ itemIndex, target }) =>
				'candidate' in target ? [{ itemIndex, candidate: target.candidate }] : [],
			),
		);
		// Compare only the job title: Feishu may fill in the other fields.
		this.creations = applicationCreations(run, ({ talentId }) => talentId, ['job_title']);
	}

	/**
	 * Runs work on the external application that an item means. If it was created for the item, an
	 * error of the work names it.
	 *
	 * @throws ParameterError if the item does not identify exactly one; what the work throws
	 */
	async on<T>(request: TargetRequest, work: (applicationId: CheckedId) => Promise<T>): Promise<T> {
		const id = await this.applicationOf(request);
		try {
			return await work(id);
		} catch (error) {
			if (!(error instanceof FeishuError) || !this.created.has(id))
				return await Promise.reject(error);
			const { failure, tried } = error;
			const advice = `${failure.advice} The external application ${id} had already been created for it.`;
			return await Promise.reject(new FeishuError({ ...failure, advice }, tried));
		}
	}

	private async applicationOf({ itemIndex, target }: TargetRequest): Promise<CheckedId> {
		if ('applicationId' in target) return target.applicationId;
		const { candidate, jobTitle } = target;
		const { id: talentId } = await oneTalent(this.lookup, { itemIndex, candidate });
		const applications = await this.lookup.applicationsOf(talentId);
		if (applications === 'noCandidate') throw noCandidate(candidate);
		const [application, ...others] = applications;
		if (others.length > 0) throw several(applications);
		if (application) return application.id;
		if (jobTitle === undefined) throw noApplication();
		const fields = { job_title: jobTitle };
		const request: ApplicationRequest = { itemIndex, talentId, fields, skips: false };
		const { id } = await this.made.get(talentId, async () => await this.create(request));
		this.created.add(id);
		return id;
	}

	private async create(request: ApplicationRequest): Promise<ExternalApplication> {
		const remembered = this.run.memory.about(`application of ${request.talentId}`);
		try {
			return await this.creations.create(request, remembered);
		} catch (error) {
			if (outcomeOf(error) === 'unknown') remembered.memory.unknown = error;
			if (!(error instanceof FeishuError) || outcomeOf(error) !== 'done') {
				return await Promise.reject(error);
			}
			// The application exists, but the check that the item wants does not.
			return await Promise.reject(
				new FeishuError({ ...error.failure, outcome: 'notDone' }, error.tried),
			);
		}
	}
}

const several = (applications: readonly ExternalApplication[]) =>
	new ParameterError(
		CANDIDATE_LABEL,
		`matches a candidate with ${applications.length} external applications (外部投递)`,
		`Nothing was written. Set '${RECORD_ON}' to "External Application" and enter one of these: ${listed(
			applications.map(({ id, job_title, stage }) =>
				[id, job_title, stage]
					.filter((part) => typeof part === 'string' && part !== '')
					.join(' · '),
			),
		)}.`,
	);

const noApplication = () =>
	new ParameterError(
		CANDIDATE_LABEL,
		'matches a candidate without an external application (外部投递)',
		`Nothing was written. Set '${IF_NONE}' to "Create One", or create one with External Application → Create.`,
	);

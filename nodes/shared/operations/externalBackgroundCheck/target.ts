import { CANDIDATE_LABEL } from '../../form/candidate';
import { ParameterError } from '../../form/parameterError';
import { FeishuError } from '../../feishu/failure';
import type { ExternalApplication } from '../../hire/api/externalApplications';
import type { CheckedId } from '../../hire/checkedId';
import { Once } from '../../hire/loader';
import type { CandidateLookup } from '../../hire/people/candidateLookup';
import { outcomeOf } from '../../hire/write/outcome';
import { listed } from '../../listed';
import type { Run } from '../../run/operation';
import { lookUp, noCandidate, oneTalent } from '../candidates';
import type { Creations } from '../creations';
import { applicationCreations, type NewApplication } from '../externalApplication/newApplication';
import { IF_NONE, RECORD_ON, type TargetRequest } from './targetForm';

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
			const advice = `${error.failure.advice} The external application ${id} had already been created for it.`;
			return await Promise.reject(error.with({ advice }));
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
			return await Promise.reject(error.with({ outcome: 'notDone' }));
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

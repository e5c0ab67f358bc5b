import { newIds } from './newIds';
import { RecordStore } from './recordStore';

/** One external application (Feishu "查询外部投递列表"). */
export interface ExternalApplication {
	id: string;
	talent_id: string;
	/** 1 social, 2 campus. */
	job_recruitment_type?: number;
	job_title?: string;
	resume_source?: string;
	stage?: string;
	termination_type?: string;
	termination_reason?: string;
	/** 1 HR sourcing, 2 candidate applied, 3 referral, 4 other. */
	delivery_type?: number;
	/** ms since the epoch. */
	create_time?: number;
	/** When it ended, in ms since the epoch. */
	modify_time?: number;
	[field: string]: unknown;
}

/** An application to be stored; without `id` it gets one. */
export type NewApplication = Partial<ExternalApplication> & { talent_id: string };

/** The tenant's external applications, by talent. */
export class ApplicationStore extends RecordStore<ExternalApplication> {
	private readonly newId = newIds(7410000000000000001n);

	constructor(applications: NewApplication[]) {
		super('external application', (application) => application.talent_id);
		for (const application of applications) this.add(application);
	}

	override add(application: NewApplication): ExternalApplication {
		return super.add({ ...application, id: application.id ?? this.newId() });
	}

	/** The external applications of one talent, in stored order; empty when there is none. */
	byTalent(id: string): ExternalApplication[] {
		return this.inGroup(id);
	}
}

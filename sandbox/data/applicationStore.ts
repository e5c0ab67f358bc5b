import { newIds } from './newIds';
import { RecordStore } from './recordStore';

/** An external application (Feishu "查询外部投递列表"). */
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
	/** In epoch ms. */
	create_time?: number;
	/** When it ended, in epoch ms. */
	modify_time?: number;
	[field: string]: unknown;
}

/** An ordinary application. Their list returns only IDs (Feishu "获取投递列表"). */
export interface OrdinaryApplication {
	id: string;
	talent_id: string;
}

/** An application to store. Without `id` it gets one. */
export type NewApplication<T = ExternalApplication> = Partial<T> & { talent_id: string };

/** The tenant's applications of one kind, by talent. */
export class ApplicationStore<
	T extends OrdinaryApplication = ExternalApplication,
> extends RecordStore<T> {
	private readonly newId: () => string;

	/** @param firstId the ID of the first application that comes without one */
	constructor(kind: string, firstId: bigint, applications: Array<NewApplication<T>>) {
		super(kind, (application) => application.talent_id);
		this.newId = newIds(firstId);
		for (const application of applications) this.add(application);
	}

	override add(application: NewApplication<T>): T {
		return super.add({ ...application, id: application.id ?? this.newId() } as T);
	}

	/** The applications of one talent, in stored order; empty if there are none. */
	byTalent(id: string): T[] {
		return this.inGroup(id);
	}
}

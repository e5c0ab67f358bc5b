import type { ExternalApplication } from '../types';
import { newIds } from './newIds';
import { RecordStore } from './recordStore';

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

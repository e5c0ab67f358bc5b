import type { Attachment, Check } from '../types';
import { RecordStore } from './recordStore';

/** The tenant's external background checks, by application, and the attachments they list. */
export class CheckStore extends RecordStore<Check> {
	private readonly attachments = new Map<string, Attachment>();

	constructor(checks: Check[]) {
		super('check', (check) => check.external_application_id);
		for (const check of checks) this.add(check);
	}

	/** The number of applications that have a check. */
	get applicationCount(): number {
		return this.groupCount;
	}

	/** The checks of one external application, in stored order; empty when there is none. */
	byApplication(id: string): Check[] {
		return this.inGroup(id);
	}

	hasApplication(id: string): boolean {
		return this.hasGroup(id);
	}

	/** An attachment listed by any check. */
	attachment(id: string): Attachment | undefined {
		return this.attachments.get(id);
	}

	protected override index(check: Check): void {
		for (const file of check.attachment_list ?? []) this.attachments.set(file.id, file);
	}

	protected override unindex(check: Check): void {
		for (const file of check.attachment_list ?? []) this.attachments.delete(file.id);
	}
}

import { RecordStore } from './recordStore';

/** An entry of `attachment_list` (batch-query page, response body). */
export interface Attachment {
	id: string;
	name: string;
	/** In bytes. */
	size: number;
}

/** An external background check as it is stored and returned. Fields may be missing on purpose. */
export interface Check {
	id: string;
	external_application_id: string;
	/** Epoch ms; sometimes a digit string, as in other Feishu APIs. */
	date?: number | string | null;
	name?: string | null;
	result?: string | null;
	attachment_list?: Attachment[] | null;
	[field: string]: unknown;
}

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

	/** The checks of one external application, in stored order; empty if there are none. */
	byApplication(id: string): Check[] {
		return this.inGroup(id);
	}

	hasApplication(id: string): boolean {
		return this.hasGroup(id);
	}

	/** An attachment that any check lists. */
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

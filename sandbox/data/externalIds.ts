const lifeMs = 24 * 60 * 60 * 1000;

/**
 * The `external_id`s of created records: "the same one can be created only once in 24 hours"
 * (Feishu "创建外部背调" and "创建外部投递"). Here, checks and applications have separate keys.
 */
export class ExternalIds {
	private readonly used = new Map<string, { id: string; at: number }>();

	/** @returns the ID of the record that was created with it less than 24 hours ago */
	find(kind: 'check' | 'application', externalId: string, now: number): string | undefined {
		const made = this.used.get(`${kind} ${externalId}`);
		return made !== undefined && now < made.at + lifeMs ? made.id : undefined;
	}

	remember(kind: 'check' | 'application', externalId: string, id: string, now: number): void {
		this.used.set(`${kind} ${externalId}`, { id, at: now });
	}
}

import { DateTime } from 'luxon';
import type { INodeListSearchItems } from 'n8n-workflow';
import { epochMs } from '../hire/simplify';
import type { BackgroundCheck } from '../hire/types';

interface Row {
	applicationId: string;
	/** The check that the row shows: the first one that matches. */
	check?: BackgroundCheck;
	count: number;
}

/** Groups checks by external application, in the order in which they are added. */
export class ApplicationRows {
	private readonly rows = new Map<string, Row>();

	/**
	 * @param filter what a row must contain, ignoring case; empty for everything
	 * @param timezone the zone of the days
	 */
	constructor(
		private readonly filter: string,
		private readonly timezone: string,
	) {}

	add(checks: readonly BackgroundCheck[]): void {
		for (const check of checks) {
			const applicationId = check.external_application_id;
			if (typeof applicationId !== 'string' || applicationId === '') continue;
			const row: Row = this.rows.get(applicationId) ?? { applicationId, count: 0 };
			this.rows.set(applicationId, row);
			row.count += 1;
			if (!row.check && this.matches(check)) row.check = check;
		}
	}

	/** How many applications have a matching check. */
	get found(): number {
		return this.matching().length;
	}

	/**
	 * The rows: name, date, result, and how many checks the application has.
	 *
	 * @param isWhole whether every check of the tenant was added, so that the count is complete
	 */
	list(isWhole: boolean): INodeListSearchItems[] {
		return this.matching().map(({ applicationId, check, count }) => ({
			name: [...this.parts(check), countOf(count, isWhole)].join(' · '),
			value: applicationId,
		}));
	}

	private matching() {
		return [...this.rows.values()].flatMap(({ check, ...row }) =>
			check ? [{ ...row, check }] : [],
		);
	}

	private matches(check: BackgroundCheck): boolean {
		const wanted = this.filter.trim().toLowerCase();
		const { id, external_application_id } = check;
		return [this.parts(check).join(' · '), id, external_application_id].some((text) =>
			text?.toLowerCase().includes(wanted),
		);
	}

	private parts({ name, date, result }: BackgroundCheck): string[] {
		return [name?.trim() || '(no name)', this.dayOf(date), result?.trim() || '(no result)'].filter(
			(part) => part !== '',
		);
	}

	/** The day of a date in epoch ms; empty if there is none. */
	private dayOf(date: BackgroundCheck['date']): string {
		const ms = epochMs(date);
		return ms === null ? '' : (DateTime.fromMillis(ms, { zone: this.timezone }).toISODate() ?? '');
	}
}

function countOf(count: number, isWhole: boolean): string {
	if (isWhole) return count === 1 ? '1 check' : `${count} checks`;
	return `${count} or more checks`;
}

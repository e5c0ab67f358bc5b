import type { ContenderName } from '../contenders';
import type { Result } from '../measure';
import type { Verdict } from '../verdicts';
import { tenantChecks, type TenantSpec, type Work } from '../work';

/** Some work, measured with several contenders side by side. */
export interface Row {
	title: string;
	tenant: TenantSpec;
	/** One for each process of a contender. */
	works: Work[];
	/** What this node is told about the tenant's limit. */
	requestsPerSecond: number;
	contenders: ContenderName[];
	/** No client can be quicker than this and keep to the limit; absent without a limit. */
	boundMs?: number;
	/** How the bound comes about. */
	boundText?: string;
	/** @param ours what this node did; `of` what another contender did */
	verdicts: (ours: Result, of: (contender: ContenderName) => Result) => Verdict[];
}

/** A row by the size of its work; 1 is the real one. */
export type RowOfSize = (scale: number) => Row;

/** Feishu's limit for background checks, in requests/s. */
export const LIMIT = 10;
export const INTERVAL_MS = 1000 / LIMIT;

/** Requests that do not wait for each other can go as fast as the limit lets them. */
export function sideBySide(
	requests: number,
	latencyMs: number,
): { boundMs: number; boundText: string } {
	return {
		boundMs: (requests - 1) * INTERVAL_MS + 2 * latencyMs,
		boundText: `${requests - 1} intervals of ${INTERVAL_MS} ms and two round trips (token and last answer)`,
	};
}

/** IDs of all checks of a tenant. */
export const idsIn = (spec: TenantSpec): string[] => tenantChecks(spec).map(({ id }) => id);

import {
	MAX_IDS_PER_REQUEST,
	type RequestSettings,
	type Scope,
} from '../shared/hire/api/backgroundChecks';
import type { CandidateQuestion } from '../shared/hire/people/candidateQuestion';
import type { CheckedId } from '../shared/hire/checkedId';
import type { BackgroundCheck } from '../shared/hire/types';
import type { AttachmentOptions } from './attachFiles';

/** What one input item asks for; read and checked by `readParameters.ts`. */
export type ItemQuery = ScanQuery | IdsQuery | CandidateQuery;

interface CommonQuery {
	itemIndex: number;
	settings: RequestSettings;
	ifNotFound: 'include' | 'skip' | 'error';
	/** Whether checks are made easy to read; else they are as Feishu sent them. */
	simple: boolean;
	/** Present when the files are wanted, too. */
	attachments?: AttachmentOptions;
}

/** What an item wants of the lists that are read for it. */
export interface Wanted {
	/** Most checks to return; absent: all. */
	limit?: number;
	/** Absent: every check matches. */
	matches?: (check: BackgroundCheck) => boolean;
}

/** All checks, or as many as the limit lets through, of an application or of the tenant. */
export interface ScanQuery extends CommonQuery {
	kind: 'scan';
	scope: Scope;
	wanted: Wanted;
	responseFormat: 'checks' | 'pages';
}

/** The checks with these IDs, in this order. */
export interface IdsQuery extends CommonQuery {
	kind: 'ids';
	/** Each once. */
	ids: CheckedId[];
}

/** The checks of all external applications of a candidate. */
export interface CandidateQuery extends CommonQuery {
	kind: 'candidate';
	candidate: CandidateQuestion;
	wanted: Wanted;
}

/** A list that is read once for all items that ask for it, as far as one of them wants it. */
export interface ScanJob {
	scope: Scope;
	settings: RequestSettings;
	queries: ScanQuery[];
}

/** IDs of any items that are asked for in the same way. */
export interface IdsJob {
	settings: RequestSettings;
	askers: Map<CheckedId, IdsQuery[]>;
	queries: IdsQuery[];
	/** The IDs, each once, 1 to 20 in a request. */
	chunks: CheckedId[][];
}

/** A candidate who is looked up once for all items that ask. */
export interface CandidateJob {
	candidate: CandidateQuestion;
	settings: RequestSettings;
	queries: CandidateQuery[];
}

export interface Plan {
	scans: ScanJob[];
	idLists: IdsJob[];
	candidates: CandidateJob[];
}

/**
 * Finds the fewest requests that answer all items: IDs are pooled over the items and cut into chunks
 * of 20, a list or a candidate that several items ask for is read once. Pure.
 */
export function plan(queries: readonly ItemQuery[]): Plan {
	const scans = new Map<string, ScanJob>();
	const idLists = new Map<string, IdsJob>();
	const candidates = new Map<string, CandidateJob>();
	for (const query of queries) {
		if (query.kind === 'scan') {
			const { scope } = query;
			const settings = { ...query.settings, pageSize: pageSizeFor(query) };
			entry(scans, [scope, settings], { scope, settings, queries: [] }).queries.push(query);
		} else if (query.kind === 'ids') {
			const { settings } = query;
			const empty = { settings, askers: new Map(), queries: [], chunks: [] };
			const job = entry(idLists, settings, empty);
			job.queries.push(query);
			for (const id of query.ids) {
				const askers = job.askers.get(id);
				if (askers) askers.push(query);
				else job.askers.set(id, [query]);
			}
		} else {
			const { candidate, settings } = query;
			const empty = { candidate, settings, queries: [] };
			entry(candidates, [candidate, settings], empty).queries.push(query);
		}
	}
	for (const job of idLists.values()) job.chunks = chunksOf([...job.askers.keys()]);
	return {
		scans: [...scans.values()],
		idLists: [...idLists.values()],
		candidates: [...candidates.values()],
	};
}

/** What stands under the key, or what is put there now. */
function entry<T>(entries: Map<string, T>, key: unknown, empty: T): T {
	const text = JSON.stringify(key);
	const found = entries.get(text) ?? empty;
	entries.set(text, found);
	return found;
}

/** A page larger than the limit would only be thrown away; but nobody knows how many rows match a filter. */
function pageSizeFor({ settings, wanted: { limit, matches } }: ScanQuery): number {
	return matches ? settings.pageSize : Math.min(settings.pageSize, limit ?? settings.pageSize);
}

function chunksOf(ids: readonly CheckedId[]): CheckedId[][] {
	const count = Math.ceil(ids.length / MAX_IDS_PER_REQUEST);
	return Array.from({ length: count }, (_, chunk) =>
		ids.slice(chunk * MAX_IDS_PER_REQUEST, (chunk + 1) * MAX_IDS_PER_REQUEST),
	);
}

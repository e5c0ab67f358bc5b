import type { AttachmentOptions } from './attachFiles';
import { MAX_IDS_PER_REQUEST, type RequestSettings } from '../shared/hire/backgroundChecks';

/** What one input item asks for; read and checked by `readParameters.ts`. */
export type ItemQuery = ScanQuery | IdsQuery;

interface CommonQuery extends RequestSettings {
	itemIndex: number;
	responseFormat: 'checks' | 'pages';
	/** Present when the files are wanted, too. */
	attachments?: AttachmentOptions;
}

/** All pages, or as many as the limit needs, of an application or of the tenant. */
export interface ScanQuery extends CommonQuery {
	kind: 'scan';
	/** Absent: every check of the tenant. */
	externalApplicationId?: string;
	/** Most checks to return; absent: all. */
	limit?: number;
	/** Where to start; absent: at the beginning. */
	pageToken?: string;
}

/** The checks with these IDs, in this order. */
export interface IdsQuery extends CommonQuery {
	kind: 'ids';
	/** Each once. */
	ids: string[];
	ifNotFound: 'skip' | 'include' | 'error';
}

/** A list that is read once for all items that ask for it. */
export interface ScanJob extends RequestSettings {
	externalApplicationId?: string;
	pageToken?: string;
	/** Most checks that an item wants of it; absent: all. */
	limit?: number;
	items: ScanQuery[];
}

/** IDs of any items that travel in one request. */
export interface ChunkJob extends RequestSettings {
	/** 1 to 20 */
	ids: string[];
	/** Set when the pages themselves are wanted: such a chunk belongs to one item. */
	item?: IdsQuery;
}

export interface Plan {
	scans: ScanJob[];
	chunks: ChunkJob[];
}

/**
 * Finds the fewest requests that answer all items: IDs are pooled over the items and cut into chunks
 * of 20, a list that several items ask for is read once. Pure.
 */
export function plan(queries: readonly ItemQuery[]): Plan {
	const scans = new Map<string, ScanJob>();
	const pools = new Map<string, { settings: RequestSettings; ids: Set<string> }>();
	const chunks: ChunkJob[] = [];
	for (const query of queries) {
		const settings = settingsOf(query);
		if (query.kind === 'scan') {
			addScan(scans, query, settings);
		} else if (query.responseFormat === 'pages') {
			chunks.push(...chunksOf(query.ids, settings, query));
		} else {
			const key = JSON.stringify(settings);
			const pool = pools.get(key) ?? { settings, ids: new Set() };
			pools.set(key, pool);
			for (const id of query.ids) pool.ids.add(id);
		}
	}
	for (const { settings, ids } of pools.values()) chunks.push(...chunksOf([...ids], settings));
	return { scans: [...scans.values()], chunks };
}

const settingsOf = ({ pageSize, timeoutMs, requestsPerSecond }: RequestSettings) => ({
	pageSize,
	timeoutMs,
	requestsPerSecond,
});

function addScan(scans: Map<string, ScanJob>, query: ScanQuery, settings: RequestSettings): void {
	const { externalApplicationId, pageToken, limit } = query;
	// A page larger than the limit would only be thrown away.
	settings.pageSize = Math.min(settings.pageSize, limit ?? settings.pageSize);
	// The pages themselves differ with the limit, the checks on them do not.
	const pagesLimit = query.responseFormat === 'pages' ? ['pages', limit] : [];
	const key = JSON.stringify([externalApplicationId, pageToken, settings, ...pagesLimit]);
	const scan = scans.get(key);
	if (!scan) {
		scans.set(key, { ...settings, externalApplicationId, pageToken, limit, items: [query] });
		return;
	}
	scan.limit =
		limit === undefined || scan.limit === undefined ? undefined : Math.max(limit, scan.limit);
	scan.items.push(query);
}

function chunksOf(ids: readonly string[], settings: RequestSettings, item?: IdsQuery): ChunkJob[] {
	const chunks: ChunkJob[] = [];
	for (let start = 0; start < ids.length; start += MAX_IDS_PER_REQUEST) {
		chunks.push({ ...settings, ids: ids.slice(start, start + MAX_IDS_PER_REQUEST), item });
	}
	return chunks;
}

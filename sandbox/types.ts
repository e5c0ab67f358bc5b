import type { CheckStore } from './data/checkStore';
import type { FileContent } from './data/files';
import type { OpenQuestions } from './openQuestions';

/** The endpoints the log and the fault rules tell apart. */
export type Api = 'token' | 'batch_query' | 'attachment' | 'file' | 'bot_hook' | 'other';

/** One entry of `attachment_list` (batch-query page, response body). */
export interface Attachment {
	id: string;
	name: string;
	/** Bytes. */
	size: number;
}

/** One external background check as it is stored and answered. Fields may be absent on purpose. */
export interface Check {
	id: string;
	external_application_id: string;
	/** Milliseconds since the epoch; now and then a digit string, as other Feishu APIs do. */
	date?: number | string | null;
	name?: string | null;
	result?: string | null;
	attachment_list?: Attachment[] | null;
	[field: string]: unknown;
}

/** A self-built app of the tenant. The objects are live: change a field and it counts at once. */
export interface SandboxApp {
	appId: string;
	appSecret: string;
	scopes: string[];
	/** false: the token endpoint answers 10014, the other APIs 99991662. */
	enabled: boolean;
	/** false: every API but the token endpoint answers 99991401. */
	ipAllowed: boolean;
}

/** What can be changed while the sandbox runs. */
export interface LiveOptions {
	/** Delay before every answer, in ms: a simulated round trip. */
	latencyMs: number;
	/** batch_query's limit per app, in requests/s; null lifts every limit of the sandbox. */
	requestsPerSecond: number | null;
	/** The attachment API's limit per app, in requests/s. */
	attachmentRequestsPerSecond: number | null;
	/** Life of a tenant_access_token in seconds; fractions are allowed. */
	tokenLifeSeconds: number;
	/** Life of a file URL in seconds. */
	fileUrlLifeSeconds: number;
	open: OpenQuestions;
}

export interface SandboxOptions extends Partial<Omit<LiveOptions, 'open'>> {
	/** 0 (the default) takes a free port. */
	port?: number;
	host?: string;
	checks?: Check[];
	/** Apps beside the default one. */
	apps?: SandboxApp[];
	open?: Partial<OpenQuestions>;
	/** The clock, in ms since the epoch; a test passes its own to walk through a token's life. */
	now?: () => number;
}

/** One request as it arrived, and what became of it. */
export interface RequestRecord {
	/** 1 for the first request since the start or the last resetLog. */
	n: number;
	/** Arrival, in ms since the epoch (with a fraction). */
	at: number;
	api: Api;
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string | undefined>;
	/** The raw text. */
	body: string;
	/** HTTP status sent; 0 while unanswered, and for good when a fault sent nothing at all. */
	status: number;
	/** `code` of the answer, when it was JSON with one. */
	code?: number;
	logId: string;
	/** Tells connections apart, e.g. to see keep-alive at work. */
	remotePort: number;
}

/** How an answer travels; absent means whole. */
export type Delivery =
	| { kind: 'reset' }
	| { kind: 'hang' }
	| { kind: 'cut' }
	| { kind: 'slow'; bytesPerSecond: number };

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer | FileContent;
	delivery?: Delivery;
	/** Extra wait in ms before the answer, on top of latencyMs. */
	delayMs?: number;
}

export type { CheckStore, FileContent, OpenQuestions };

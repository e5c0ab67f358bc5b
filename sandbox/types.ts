import type { ApplicationStore, NewApplication } from './data/applicationStore';
import type { CheckStore } from './data/checkStore';
import type { FileContent } from './data/files';
import type { NewTalent, TalentStore } from './data/talentStore';
import type { OpenQuestions } from './openQuestions';

/** The endpoints the log, the limits and the fault rules tell apart; `routes.ts` has their paths. */
export type Api =
	| 'token'
	| 'batch_query'
	| 'attachment'
	| 'talents'
	| 'batch_get_id'
	| 'talent'
	| 'external_applications'
	| 'create_check'
	| 'update_check'
	| 'delete_check'
	| 'upload'
	| 'create_application'
	| 'update_application'
	| 'delete_application'
	| 'file'
	| 'bot_hook'
	| 'other';

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

export interface Mobile {
	/** Country code without "+". */
	code: string;
	number: string;
}

/** A candidate as the tenant holds it; `hire/talentAnswer.ts` says what of it is answered. */
export interface Talent {
	id: string;
	name: string;
	/** The first is the one a search shows; each of them finds the talent. */
	emails?: string[];
	/** The first is the one a search shows; each of them finds the talent. */
	mobiles?: Mobile[];
	/** ID document: 1 is an ID card. */
	identification?: { type: number; number: string };
	/** ms since the epoch; what a list is sorted by unless told otherwise. */
	updatedAt?: number;
	/** Former employers and titles: a search finds these words, too. */
	career?: Array<{ company: string; title: string }>;
}

/** One external application (Feishu "查询外部投递列表"). */
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
	/** ms since the epoch. */
	create_time?: number;
	/** When it ended, in ms since the epoch. */
	modify_time?: number;
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
	/** Limits of other APIs in requests/s, instead of those of `routes.ts`; null lifts one. */
	limits: Partial<Record<Api, number | null>>;
	/** Life of a tenant_access_token in seconds; fractions are allowed. */
	tokenLifeSeconds: number;
	/** Life of a file URL in seconds. */
	fileUrlLifeSeconds: number;
	/** Most records on a page of any list, whatever page_size asks for. */
	maxPageSize: number;
	/** A larger upload is known by size and hash only, and cannot be fetched back; in bytes. */
	keepUploadsUpTo: number;
	open: OpenQuestions;
}

export interface SandboxOptions extends Partial<Omit<LiveOptions, 'open'>> {
	/** 0 (the default) takes a free port. */
	port?: number;
	host?: string;
	checks?: Check[];
	/** By default the people of `seededPeople` and one for each application of the checks. */
	talents?: NewTalent[];
	externalApplications?: NewApplication[];
	/** Apps beside the default one. */
	apps?: SandboxApp[];
	open?: Partial<OpenQuestions>;
	/** The clock, in ms since the epoch; a test passes its own to walk through a token's life. */
	now?: () => number;
}

/** A file as it was sent. */
export interface UploadedFile {
	/** As the multipart part names it; "" when it does not. */
	name: string;
	/** Bytes. */
	size: number;
	/** Hexadecimal. */
	sha256: string;
	/** The bytes, unless there are more than `keepUploadsUpTo`. */
	bytes?: Buffer;
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
	/** The raw text; empty for an upload. */
	body: string;
	/** The file of an upload; absent when the body holds none. */
	upload?: UploadedFile;
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

export type {
	ApplicationStore,
	CheckStore,
	FileContent,
	NewApplication,
	NewTalent,
	OpenQuestions,
	TalentStore,
};

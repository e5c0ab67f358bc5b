/** The endpoints the log, the limits and the fault rules tell apart; `routes.ts` has their paths. */
export type Api =
	| 'token'
	| 'batch_query'
	| 'attachment'
	| 'talents'
	| 'batch_get_id'
	| 'talent'
	| 'external_applications'
	| 'orders'
	| 'query_orders'
	| 'applications'
	| 'create_check'
	| 'update_check'
	| 'delete_check'
	| 'upload'
	| 'create_application'
	| 'update_application'
	| 'delete_application'
	| 'file'
	| 'preview'
	| 'bot_hook'
	| 'other';

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

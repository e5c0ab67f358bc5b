/** The endpoints that the log, the limits and the fault rules distinguish; `routes.ts` has their paths. */
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
	/** The name in the multipart part; "" if there is none. */
	name: string;
	/** In bytes. */
	size: number;
	/** Hexadecimal. */
	sha256: string;
	/** The bytes, unless there are more than `keepUploadsUpTo`. */
	bytes?: Buffer;
}

/** A request as it arrived, and its outcome. */
export interface RequestRecord {
	/** 1 for the first request since the start or the last resetLog. */
	n: number;
	/** When it arrived, in epoch ms (with a fraction). */
	at: number;
	api: Api;
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string | undefined>;
	/** The raw text; empty for an upload. */
	body: string;
	/** The file of an upload; absent if the body has none. */
	upload?: UploadedFile;
	/** The HTTP status that was sent; 0 while unanswered, or if a fault sent nothing at all. */
	status: number;
	/** `code` of the answer, if it was JSON with a code. */
	code?: number;
	logId: string;
	/** Distinguishes connections, e.g. to check keep-alive. */
	remotePort: number;
}

import type { IDataObject } from 'n8n-workflow';

/**
 * An external background check as Feishu sends it. Every field may be missing or null; unknown
 * fields are passed on.
 * Source: Feishu "查询外部背调列表", response body.
 */
export interface BackgroundCheck extends IDataObject {
	id?: string;
	external_application_id?: string;
	/** Epoch ms; sometimes as text. */
	date?: number | string | null;
	name?: string | null;
	/** Free text from the system that made the check, not one of a list of values. */
	result?: string | null;
	attachment_list?: AttachmentReference[] | null;
}

/** A file of a check. It has no URL; see `getAttachment` in `endpoints.ts`. */
export interface AttachmentReference extends IDataObject {
	id?: string;
	name?: string;
	/** In bytes. */
	size?: number;
}

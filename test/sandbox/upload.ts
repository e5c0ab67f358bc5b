import { createHash } from 'node:crypto';
import type { Sandbox } from '../../sandbox';
import { bearer, hirePath, send } from './client';
import type { Envelope, Reply } from './client';

/** A multipart form with one file. */
export function formOf(bytes: Buffer, name: string, field = 'content'): FormData {
	const form = new FormData();
	form.append(field, new Blob([bytes]), name);
	return form;
}

/** The answer to an upload has `message` where others have `msg`. */
export type UploadEnvelope = Envelope & { message: string };

/** POSTs a form to Create attachment. */
export async function upload(sandbox: Sandbox, form: FormData): Promise<Reply<UploadEnvelope>> {
	const headers = await bearer(sandbox);
	const url = `${sandbox.url}${hirePath}/attachments`;
	return await send<UploadEnvelope>(url, { method: 'POST', data: form, headers });
}

export function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

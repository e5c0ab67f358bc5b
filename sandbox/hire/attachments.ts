import type { Attachment } from '../data/checkStore';
import { fileContent, type FileContent, mimeOf } from '../data/files';
import { findAttachment } from '../data/specialAttachments';
import { type Answer, forbidden, parameterError, success } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { idOfPath } from './body';

/**
 * GET attachments/:attachment_id, after the gateway (Feishu "获取附件信息"). What a wrong type gives is
 * unknown; here an attachment is found with its own type only, otherwise 1002002. `type` defaults
 * to 1; files of background checks have type 3. create_time is a number for even IDs and a digit
 * string for odd ones.
 */
export function answerAttachment(tenant: Tenant, request: RequestRecord): Answer {
	const type = request.query.type || '1';
	if (!['1', '2', '3'].includes(type)) return parameterError(request, 'type must be 1, 2 or 3');
	const id = idOfPath(request);
	const attachment = findAttachment(tenant, id, Number(type));
	if (attachment === undefined)
		return parameterError(request, `no such attachment of type ${type}`);
	const createdAt = Date.UTC(2025, 0, 15);
	return success({
		attachment: {
			id,
			url: signedUrl(tenant, id),
			name: attachment.name,
			mime: mimeOf(attachment.name),
			create_time: /[02468]$/.test(id) ? createdAt : String(createdAt),
		},
	});
}

/** The URL of an attachment's file, valid for as long as the options say. */
export function signedUrl(tenant: Tenant, id: string): string {
	const expiresAt = tenant.now() + tenant.options.fileUrlLifeSeconds * 1000;
	return tenant.url + tenant.fileUrls.sign(id, expiresAt);
}

/**
 * GET of a signed file URL. It must come without Authorization: a client that sends its token to a
 * file host leaks it, and gets 403, as for an expired URL. The files of reports are on the file
 * host, to which Feishu's own host redirects.
 */
export function answerFile(tenant: Tenant, request: RequestRecord): Answer {
	if (request.headers.authorization !== undefined) {
		return forbidden('a file URL must be fetched without Authorization');
	}
	const id = tenant.fileUrls.open(request.path, tenant.now());
	const report = id === undefined ? undefined : tenant.orders.file(id);
	if (report !== undefined && tenant.url.endsWith(`//${request.headers.host}`)) {
		return { status: 302, headers: { location: tenant.fileHostUrl + request.path }, body: '' };
	}
	const attachment = report ?? (id === undefined ? undefined : findAttachment(tenant, id));
	if (attachment === undefined) return forbidden('the file URL is invalid or has expired');
	const content = contentOf(tenant, attachment);
	if (content === undefined) return forbidden('the sandbox keeps no file this large');
	return {
		status: 200,
		headers: {
			'content-type': content.mime,
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
		},
		body: content,
	};
}

/** The bytes of an attachment; undefined for an upload that was too large to keep. */
export function contentOf(tenant: Tenant, attachment: Attachment): FileContent | undefined {
	const upload = tenant.uploads.byId(attachment.id);
	return upload === undefined ? fileContent(attachment) : upload.content;
}

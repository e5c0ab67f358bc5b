import type { Attachment } from '../data/checkStore';
import { findAttachment } from '../data/specialAttachments';
import { EarlyAnswer, parameterError } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { contentOf } from './attachments';
import { readTexts } from './body';

/**
 * The attachments for a check, from `attachment_id_list`, each once. Two open questions: which ID a
 * file has on a check, and what an ID does that is on a check already.
 * @returns undefined if the body has no such list
 * @throws EarlyAnswer for an ID that cannot be used
 */
export function readAttachments(
	tenant: Tenant,
	request: RequestRecord,
	body: Record<string, unknown>,
): Attachment[] | undefined {
	const ids = readTexts(tenant, request, body, 'attachment_id_list');
	const { maxAttachments } = tenant.options.open;
	if (request.api === 'create_check' && maxAttachments && (ids?.length ?? 0) > maxAttachments) {
		const why = `attachment_id_list holds more than ${maxAttachments} IDs`;
		throw new EarlyAnswer(parameterError(request, why));
	}
	return ids && [...new Set(ids)].map((id) => attachmentOnCheck(tenant, request, id));
}

function attachmentOnCheck(tenant: Tenant, request: RequestRecord, id: string): Attachment {
	const attachment = findAttachment(tenant, id, 3);
	const { storedAttachmentId, uploadedAttachmentId } = tenant.options.open;
	const isStored = tenant.checks.attachment(id) !== undefined;
	if (attachment === undefined || (isStored && storedAttachmentId === 'refused')) {
		const why = 'attachment_id_list holds an ID that is not of an uploaded attachment';
		throw new EarlyAnswer(parameterError(request, why));
	}
	const keepsId = isStored ? storedAttachmentId === 'accepted' : uploadedAttachmentId === 'same';
	if (keepsId) return attachment;
	return tenant.uploads.add(attachment.name, attachment.size, contentOf(tenant, attachment));
}

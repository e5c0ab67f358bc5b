import { Readable } from 'node:stream';
import { type FileContent, mimeOf } from '../data/files';
import { type Answer, jsonAnswer, parameterError } from '../http/answers';
import type { RequestRecord, UploadedFile } from '../http/request';
import type { Tenant } from '../tenant';
import { signedUrl } from './attachments';

const maxSize = 300 * 1024 * 1024;

/**
 * POST attachments (Feishu "创建附件"): the answer has `message` where others have `msg`. Refuses an
 * empty file and a part without a file name, although no page says so.
 */
export function answerUpload(tenant: Tenant, request: RequestRecord): Answer {
	const { upload } = request;
	if (upload === undefined) return refuse(tenant, request, 'no file in the part "content"');
	if (upload.name === '') return refuse(tenant, request, 'the file has no name');
	if (upload.size === 0) return refuse(tenant, request, 'the file is empty');
	if (upload.size > maxSize) return refuse(tenant, request, 'the file is larger than 300 MB');
	const { id, name } = tenant.uploads.add(upload.name, upload.size, contentOf(upload));
	const data = { id, name, url: signedUrl(tenant, id) };
	return jsonAnswer(200, { code: 0, message: 'OK', data });
}

function contentOf({ name, size, bytes }: UploadedFile): FileContent | undefined {
	if (bytes === undefined) return undefined;
	return { size, mime: mimeOf(name), open: () => Readable.from([bytes]) };
}

function refuse(tenant: Tenant, request: RequestRecord, why: string): Answer {
	if (tenant.options.open.uploadErrorText === 'msg') return parameterError(request, why);
	const error = { log_id: request.logId };
	return jsonAnswer(400, { code: 1002002, message: `param error: ${why}`, error });
}

import { boolean, integer, oneOf, show } from '../../../form/values';
import type { Form } from '../../../form/form';
import { readLimit } from '../../../form/limit';
import { ParameterError } from '../../../form/parameterError';
import { requestsPerSecondOf } from '../../../form/requestOptions';
import type { AttachmentSettings } from '../../../hire/api/attachments';
import { MAX_PAGE_SIZE, type RequestSettings } from '../../../hire/api/backgroundChecks';
import type { BackgroundCheck } from '../../../hire/types';
import type { ItemRequest } from '../../../run/operation';
import { readFileOptions, type FileOptions } from '../../attach';
import { readIfNotFound, type Asked } from '../../notFound';
import { readFilters } from './readFilters';
import type { Wanted } from '../../selection';

type AttachmentOptions = AttachmentSettings & FileOptions;

/** A request of any operation that reads checks. */
export interface QueryRequest extends ItemRequest, Asked {
	settings: RequestSettings;
	/** Whether to simplify checks; otherwise they are as Feishu sent them. */
	simple: boolean;
	/** Set if the files are wanted. */
	attachments?: AttachmentOptions;
}

/** @throws ParameterError */
export function readQuery(form: Form): QueryRequest {
	const { pageSize = MAX_PAGE_SIZE, ...options } = form.collection('options', 'Options');
	return {
		itemIndex: form.itemIndex,
		settings: {
			pageSize: integer('Page Size', pageSize, 1, MAX_PAGE_SIZE),
			requestsPerSecond: requestsPerSecondOf(options),
		},
		ifNotFound: readIfNotFound(form),
		simple: boolean('Simplify', form.typed('simple', true)),
		...readAttachmentOptions(form),
	};
}

/** @throws ParameterError */
export function readWanted(form: Form): Wanted<BackgroundCheck> {
	const matches = readFilters(form);
	return { limit: readLimit(form), ...(matches && { matches }) };
}

function readAttachmentOptions(form: Form): { attachments?: AttachmentOptions } {
	const isWanted = form.typed('downloadAttachments', false);
	if (!boolean('Download Attachments', isWanted)) return {};
	const options = form.collection('attachmentOptions', 'Attachment Options');
	const type = oneOf('Attachment Type', options.attachmentType ?? 3, [1, 2, 3]);
	return { attachments: { type, ...readFileOptions('Attachment', options) } };
}

/** Reads the option Page Token. @throws ParameterError */
export function readPageToken(value: unknown): { pageToken?: string } {
	if (value === undefined || value === null || value === '') return {};
	if (typeof value !== 'string') {
		throw new ParameterError(
			'Page Token',
			`is ${show(value)}, not text`,
			'Use the page_token of a previous page.',
		);
	}
	return { pageToken: value };
}

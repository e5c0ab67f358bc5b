import { isObject } from '../../../feishu/answer';
import { fetchAttachment } from '../../../hire/api/attachments';
import type { AttachmentReference } from '../../../hire/types';
import type { Operation } from '../../../run/operation';
import { attach } from '../../attach';
import type { QueryRequest } from './request';

/**
 * Adds the attachments of checks to the items, if requested. Runs at the end of an operation that
 * reads checks.
 */
export const attachFiles: Operation<QueryRequest>['finish'] = async (run, requests, outcomes) =>
	await attach(run, requests, outcomes, {
		name: 'attachments',
		optionsOf: ({ attachments }) => attachments,
		listOf: ({ attachment_list: list }) =>
			(Array.isArray(list) ? (list as unknown[]) : []).flatMap((reference, position) =>
				isObject(reference) ? [{ reference: reference as AttachmentReference, position }] : [],
			),
		fetch: async (reference, options) =>
			await fetchAttachment(run.context, run.client, reference, options),
	});

import { MAX_PAGE_SIZE } from '../../../hire/api/backgroundChecks';

/** Values of parameters that a workflow does not store, for the form and for its readers. */
export const DEFAULTS = {
	operation: 'getMany',
	simple: true,
	downloadAttachments: false,
	attachmentType: 3,
	pageSize: MAX_PAGE_SIZE,
	responseFormat: 'checks',
} as const;

import { CHECKS } from '../../../hire/api/backgroundChecks';
import { simplified } from '../../../hire/simplify';
import type { Rows } from '../../output';
import { operationsOn } from '../../readOperation';
import { attachFiles } from './attachFiles';
import { attachmentFields, queryOptions } from './fields';
import { readQuery } from './request';

export const CHECK_IDS_LABEL = 'External Background Check IDs';

export const CHECK_ROWS: Rows = {
	name: CHECKS,
	idsLabel: CHECK_IDS_LABEL,
	none: 'noBackgroundCheck',
	simplify: simplified,
};

/** Completes an operation that reads checks. All of them can simplify the output and download attachments. */
export const queryOperation = operationsOn({
	rows: CHECK_ROWS,
	fields: attachmentFields,
	options: queryOptions,
	read: readQuery,
	finish: attachFiles,
});

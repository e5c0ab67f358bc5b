import { endpoints } from '../../hire/endpoints';
import type { Operation } from '../../run/operation';
import { attachFiles } from './read/attachFiles';
import { limitFields } from '../../form/limit';
import { attachmentFields, filters, queryOptions, scanOptions, simplifyField } from './read/fields';
import { readScan, startScan, type ScanRequest } from './read/scan';

export const getMany: Operation<ScanRequest> = {
	value: 'getMany',
	name: 'Get Many',
	description: 'Get all external background checks (外部背调) in the tenant',
	action: 'Get many background checks',
	calls: [endpoints.queryChecks],
	fields: () => [
		...limitFields(),
		simplifyField(),
		filters(),
		...attachmentFields(),
		queryOptions(scanOptions()),
	],
	read: (form) => readScan(form, null),
	start: startScan,
	finish: attachFiles,
};

import { endpoints } from '../../shared/hire/endpoints';
import type { Operation } from '../../shared/run/operation';
import { attachFiles } from '../attachFiles';
import { limitFields } from '../../shared/form/limit';
import { attachmentFields, filters, queryOptions, scanOptions, simplifyField } from '../fields';
import { readScan, startScan, type ScanRequest } from './scan';

export const getMany: Operation<ScanRequest> = {
	value: 'getMany',
	name: 'Get Many',
	description: 'Every external background check (全部外部背调) of the tenant',
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

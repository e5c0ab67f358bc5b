import { applicationField, readApplicationId } from '../../form/applicationId';
import { EXTERNAL_APPLICATION_LABEL } from '../../form/locators';
import { endpoints } from '../../hire/endpoints';
import type { Operation } from '../../run/operation';
import { attachFiles } from './read/attachFiles';
import { limitFields } from '../../form/limit';
import { attachmentFields, filters, queryOptions, scanOptions, simplifyField } from './read/fields';
import { readScan, startScan, type ScanRequest } from './read/scan';

export const getByApplication: Operation<ScanRequest> = {
	value: 'getByApplication',
	name: 'Get by External Application',
	description: 'Get the background checks of an external application (外部投递)',
	action: 'Get background checks of external application',
	calls: [endpoints.queryChecks],
	fields: () => [
		applicationField('The external application (外部投递) whose background checks to get'),
		...limitFields(),
		simplifyField(),
		filters(),
		...attachmentFields(),
		queryOptions(scanOptions()),
	],
	read: (form) => {
		const externalApplicationId = readApplicationId(form);
		const subject = { label: EXTERNAL_APPLICATION_LABEL, externalApplicationId };
		return { ...readScan(form, externalApplicationId), subject };
	},
	start: startScan,
	finish: attachFiles,
};

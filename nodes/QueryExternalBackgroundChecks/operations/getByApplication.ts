import { applicationField, readApplicationId } from '../../shared/form/applicationId';
import { EXTERNAL_APPLICATION_LABEL } from '../../shared/form/locators';
import { endpoints } from '../../shared/hire/endpoints';
import type { Operation } from '../../shared/run/operation';
import { attachFiles } from '../attachFiles';
import { listFields, outputFields, scanOptions } from '../fields';
import { readScan, startScan, type ScanRequest } from './scan';

export const getByApplication: Operation<ScanRequest> = {
	value: 'getByApplication',
	name: 'Get by External Application',
	description: 'The background checks of one external application (外部投递)',
	action: 'Get background checks of external application',
	calls: [endpoints.queryChecks],
	fields: () => [
		applicationField('The external application (外部投递) whose background checks are wanted'),
		...listFields(),
		...outputFields(scanOptions()),
	],
	read: (form) => {
		const externalApplicationId = readApplicationId(form);
		const subject = { label: EXTERNAL_APPLICATION_LABEL, externalApplicationId };
		return { ...readScan(form, externalApplicationId), subject };
	},
	start: startScan,
	finish: attachFiles,
};

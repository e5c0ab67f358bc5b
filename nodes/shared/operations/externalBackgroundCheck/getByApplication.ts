import { applicationField, readApplicationId } from '../../form/applicationId';
import { limitFields } from '../../form/limit';
import { EXTERNAL_APPLICATION_LABEL } from '../../form/locators';
import { endpoints } from '../../hire/endpoints';
import { ifNotFoundOption } from '../notFound';
import { filters, scanOptions, simplifyCheckField } from './read/fields';
import { queryOperation } from './read/queryOperation';
import { readScan, startScan } from './read/scan';

export const getByApplication = queryOperation({
	value: 'getByApplication',
	name: 'Get by External Application',
	description: 'Get the background checks of an external application (外部投递)',
	action: 'Get background checks of external application',
	calls: [endpoints.queryChecks],
	fields: () => [
		applicationField('The external application (外部投递) whose background checks to get'),
		...limitFields(),
		simplifyCheckField(),
		filters(),
	],
	options: () => [ifNotFoundOption(), ...scanOptions()],
	read: (form, query) => {
		const externalApplicationId = readApplicationId(form);
		const subject = { label: EXTERNAL_APPLICATION_LABEL, externalApplicationId };
		return { ...readScan(form, query, externalApplicationId), subject };
	},
	start: startScan,
});

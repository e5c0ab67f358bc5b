import { limitFields } from '../../form/limit';
import { endpoints } from '../../hire/endpoints';
import { filters, scanOptions, simplifyCheckField } from './read/fields';
import { queryOperation } from './read/queryOperation';
import { readScan, startScan } from './read/scan';

export const getMany = queryOperation({
	value: 'getMany',
	name: 'Get Many',
	description: 'Get all external background checks (外部背调) in the tenant',
	action: 'Get many background checks',
	calls: [endpoints.queryChecks],
	fields: () => [...limitFields(), simplifyCheckField(), filters()],
	options: scanOptions,
	read: (form, query) => readScan(form, query, null),
	start: startScan,
});

import { ORDERS } from '../../hire/api/orders';
import { operationsOn } from '../readOperation';
import { outputFields, readOrdersRequest, reportFields } from './fields';
import { attachReports, simplifiedWithReports } from './reportFiles';

export const ORDER_IDS_LABEL = 'Order IDs';

/** Completes an operation that reads orders. All of them can simplify the output and download reports. */
export const orderOperation = operationsOn({
	rows: {
		name: ORDERS,
		idsLabel: ORDER_IDS_LABEL,
		none: 'noOrder',
		simplify: simplifiedWithReports,
	},
	fields: () => [...outputFields(), ...reportFields()],
	read: readOrdersRequest,
	finish: attachReports,
});

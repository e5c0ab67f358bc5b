import { isAiTool } from '../../aiTool';
import type { Form } from '../../form/form';
import { boolean, oneOf } from '../../form/values';
import { ParameterError } from '../../form/parameterError';
import type { IDataObject } from 'n8n-workflow';
import { simplifiedOrder } from '../../hire/order';
import type { ItemRequest } from '../../run/operation';
import { fieldPrefix, megabytes, type FileOptions } from '../attach';
import type { Rows } from '../output';
import { readIfNotFound, type Asked } from '../notFound';
import { ORDER_FIELDS } from './fields';

export const ORDER_IDS_LABEL = 'Order IDs';

export const ORDER_ROWS: Rows = {
	name: 'background check orders',
	idsLabel: ORDER_IDS_LABEL,
	none: 'noOrder',
	simplify: simplifiedOrder,
};

export interface ReportOptions extends FileOptions {
	which: 'final' | 'all';
}

/** What all operations of background check orders are asked. */
export interface OrdersRequest extends ItemRequest, Asked {
	/** Whether orders are made easy to read; else they are as Feishu sent them. */
	simple: boolean;
	/** The fields that a model has chosen; absent: all. */
	only?: readonly string[];
	/** Present when the files are wanted, too. */
	reports?: ReportOptions;
}

/** @throws ParameterError */
export const readOrdersRequest = (form: Form): OrdersRequest => ({
	itemIndex: form.itemIndex,
	ifNotFound: readIfNotFound(form),
	...(isAiTool(form.context.getNode()) ? readOutput(form) : readSwitches(form)),
});

function readOutput(form: Form): Pick<OrdersRequest, 'simple' | 'only'> {
	const output = oneOf('Output', form.get('output', 'simplified'), [
		'simplified',
		'raw',
		'selectedFields',
	]);
	if (output !== 'selectedFields') return { simple: output === 'simplified' };
	const only = form.get('selectedFields', []);
	if (!Array.isArray(only) || only.length === 0) {
		throw new ParameterError('Fields', 'is empty', 'Choose at least one field.');
	}
	return { simple: true, only: only.map((field) => oneOf('Fields', field, ORDER_FIELDS)) };
}

function readSwitches(form: Form): Pick<OrdersRequest, 'simple' | 'reports'> {
	const simple = boolean('Simplify', form.get('simple', true));
	if (!boolean('Download Reports', form.get('downloadReports', false))) return { simple };
	const {
		maxReportSizeMb = 50,
		reportsPrefix = 'report_',
		which = 'final',
	} = form.collection('reportOptions', 'Report Options');
	return {
		simple,
		reports: {
			which: oneOf('Reports', which, ['final', 'all']),
			prefix: fieldPrefix('Reports Prefix', reportsPrefix),
			maxBytes: megabytes('Max Report Size (MB)', maxReportSizeMb),
		},
	};
}

/** The rows with the fields that were chosen; what is no order, such as "not found", stays whole. */
export const chosenFields = ({ only }: OrdersRequest, rows: IDataObject[]): IDataObject[] =>
	only
		? rows.map((row) =>
				'order_id' in row
					? Object.fromEntries(Object.entries(row).filter(([field]) => only.includes(field)))
					: row,
			)
		: rows;

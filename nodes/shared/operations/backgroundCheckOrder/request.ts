import { isAiTool } from '../../aiTool';
import type { Form } from '../../form/form';
import { boolean, oneOf, someOf } from '../../form/values';
import type { ItemRequest } from '../../run/operation';
import { fieldPrefix, megabytes, type FileOptions } from '../attach';
import { readIfNotFound } from '../notFound';
import type { Wish } from '../output';
import { ORDER_FIELDS } from './fields';

export const ORDER_IDS_LABEL = 'Order IDs';

export interface ReportOptions extends FileOptions {
	which: 'final' | 'all';
}

/** What all operations of background check orders are asked. */
export interface OrdersRequest extends ItemRequest, Wish {
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
	return {
		simple: true,
		only: [...someOf('Fields', form.get('selectedFields', []), ORDER_FIELDS)],
	};
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

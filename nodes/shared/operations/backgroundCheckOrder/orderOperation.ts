import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../../form/form';
import { optionsField } from '../../form/requestOptions';
import { ORDERS } from '../../hire/api/orders';
import type { Operation, Runnable, Run, Work } from '../../run/operation';
import { runnable } from '../../run/runItems';
import { Output } from '../output';
import { outputFields, readOrdersRequest, reportFields, type OrdersRequest } from './fields';
import { attachReports, simplifiedWithReports } from './reportFiles';

export const ORDER_IDS_LABEL = 'Order IDs';

const ROWS = {
	name: ORDERS,
	idsLabel: ORDER_IDS_LABEL,
	none: 'noOrder',
	simplify: simplifiedWithReports,
} as const;

/** The part of an operation on orders that differs between them. */
interface Own<Q> extends Omit<Operation<never>, 'read' | 'start' | 'finish'> {
	/** Options besides those of all operations. */
	options?: () => INodeProperties[];
	/** @throws ParameterError */
	read: (form: Form) => Q;
	/** As in `Operation`. */
	start: (
		run: Run,
		requests: ReadonlyArray<Q & OrdersRequest>,
		output: Output,
	) => Work<Q & OrdersRequest>;
}

/** Completes an operation that reads orders. All of them can simplify the output and download reports. */
export const orderOperation = <Q extends object>(own: Own<Q>): Runnable =>
	runnable<Q & OrdersRequest>({
		...own,
		fields: () => [
			...own.fields(),
			...outputFields(),
			...reportFields(),
			optionsField(own.options?.()),
		],
		read: (form) => ({ ...readOrdersRequest(form), ...own.read(form) }),
		start: (run, requests) => own.start(run, requests, new Output(run, ROWS)),
		finish: attachReports,
	});

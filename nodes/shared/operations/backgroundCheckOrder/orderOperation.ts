import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../../form/form';
import { optionsField } from '../../form/requestOptions';
import type { Operation, Runnable, Work } from '../../run/operation';
import { runnable } from '../../run/runItems';
import { Output } from '../output';
import { outputFields, reportFields } from './fields';
import { attachReports, simplifiedWithReports } from './reportFiles';
import { ORDER_IDS_LABEL, readOrdersRequest, type OrdersRequest } from './request';

/** What an operation that reads orders has of its own. */
interface OwnPart<Q>
	extends Pick<Operation<never>, 'action' | 'calls' | 'description' | 'name' | 'value'> {
	/** What is asked for. */
	fields: () => INodeProperties[];
	/** Beside those of all operations. */
	options?: () => INodeProperties[];
	/** @throws ParameterError */
	read: (form: Form) => Q;
	/** See `Operation`. @param output makes rows of what was found */
	start: (
		run: Parameters<Operation<never>['start']>[0],
		requests: ReadonlyArray<Q & OrdersRequest>,
		output: Output,
	) => Work<Q & OrdersRequest>;
}

/** An operation that reads orders: all of them simplify the output, and download the reports. */
export const orderOperation = <Q extends object>({
	fields,
	options,
	read,
	start,
	...offer
}: OwnPart<Q>): Runnable =>
	runnable<Q & OrdersRequest>({
		...offer,
		fields: () => [...fields(), ...outputFields(), ...reportFields(), optionsField(options?.())],
		read: (form) => ({ ...readOrdersRequest(form), ...read(form) }),
		start: (run, requests) =>
			start(
				run,
				requests,
				new Output(run, {
					name: 'background check orders',
					idsLabel: ORDER_IDS_LABEL,
					none: 'noOrder',
					simplify: simplifiedWithReports,
				}),
			),
		finish: attachReports,
	});

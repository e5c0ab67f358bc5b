import type { INodeProperties } from 'n8n-workflow';
import type { Form } from './form';
import { boolean, integer } from './values';

/** The form fields `returnAll` and `limit`. New objects each time. */
export const limitFields = (): INodeProperties[] => [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		hint: 'For each input item',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** The most results to return; Infinity for all. @throws ParameterError */
export const readLimit = (form: Form): number =>
	boolean('Return All', form.typed('returnAll', false))
		? Infinity
		: integer('Limit', form.typed('limit', 50), 1, Infinity);

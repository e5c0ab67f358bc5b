import type { INodeProperties } from 'n8n-workflow';
import { ParameterError } from '../form/parameterError';

export const UPDATE_FIELDS = 'Update Fields';

/** The form field `updateFields`, a collection. */
export const updateFieldsField = (options: INodeProperties[]): INodeProperties => ({
	displayName: UPDATE_FIELDS,
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'The fields to change. All others keep their values.',
	options,
});

export const changesNothing = () =>
	new ParameterError(UPDATE_FIELDS, 'contains no changes', 'Add at least one field to change.');

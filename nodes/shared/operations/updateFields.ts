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
	description: 'What to change; everything else stays as it is',
	options,
});

export const changesNothing = () =>
	new ParameterError(UPDATE_FIELDS, 'change nothing', 'Add a field that is to be changed.');

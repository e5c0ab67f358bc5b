import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Form } from '../form/form';
import { ParameterError } from '../form/parameterError';
import { isBlank } from '../form/values';

const UPDATE_FIELDS = 'Update Fields';

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

/**
 * The values of {@link updateFieldsField}.
 *
 * @param valued the fields that need a value: empty could mean to keep the old one, or to remove it
 * @throws ParameterError if one of them is empty
 */
export function readUpdateFields(form: Form, valued: readonly INodeProperties[]): IDataObject {
	const fields = form.collection('updateFields', UPDATE_FIELDS);
	const empty = valued.find(({ name }) => name in fields && isBlank(fields[name]));
	if (!empty) return fields;
	throw new ParameterError(
		empty.displayName,
		'is empty',
		'Enter a value. To keep the old one, remove the field.',
		'Enter a value.',
	);
}

export const changesNothing = () =>
	new ParameterError(UPDATE_FIELDS, 'contains no changes', 'Add at least one field to change.');

import type { INodeProperties } from 'n8n-workflow';
import { IdReader } from '../../../shared/form/idList';
import type { CheckedId } from '../../../shared/hire/checkedId';
import type { Form } from '../../../shared/form/form';

const LABEL = 'Background Check ID';

const CHECK_ID = new IdReader(LABEL);

/** The field `checkId`. */
export const checkIdField = (): INodeProperties => ({
	displayName: LABEL,
	name: 'checkId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6960663240925956660',
	description: 'ID of the background check (外部背调 ID), one for each input item',
	hint: 'The field id of an item of "Query External Background Checks"',
});

/** The check that an item names. @throws ParameterError */
export const readCheckId = (form: Form): CheckedId => CHECK_ID.single(form.get('checkId'));

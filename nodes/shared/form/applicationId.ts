import type { INodeProperties } from 'n8n-workflow';
import type { CheckedId } from '../hire/checkedId';
import type { Form } from './form';
import { IdReader } from './idList';
import { readLocator } from './locatorValue';
import { EXTERNAL_APPLICATION_LABEL, externalApplicationLocator } from './locators';

const APPLICATION_ID = new IdReader(EXTERNAL_APPLICATION_LABEL);

/** The form field `externalApplicationId`. */
export const applicationField = (description: string): INodeProperties => ({
	...externalApplicationLocator(),
	description,
});

/** The external application that an item names. @throws ParameterError */
export function readApplicationId(form: Form): CheckedId {
	const stored = form.get('externalApplicationId');
	return APPLICATION_ID.single(readLocator(EXTERNAL_APPLICATION_LABEL, stored).value);
}

import type { INodeProperties } from 'n8n-workflow';
import { IdReader } from '../../shared/form/idList';
import { readLocator } from '../../shared/form/locatorValue';
import { EXTERNAL_APPLICATION_LABEL, externalApplicationLocator } from '../../shared/form/locators';
import type { CheckedId } from '../../shared/hire/checkedId';
import type { Form } from '../../shared/form/form';

const APPLICATION_ID = new IdReader(EXTERNAL_APPLICATION_LABEL);

/** The field `externalApplicationId`. */
export const applicationField = (description: string): INodeProperties => ({
	...externalApplicationLocator({}),
	description,
});

/** The external application that an item names. @throws ParameterError */
export function readApplicationId(form: Form): CheckedId {
	const stored = form.get('externalApplicationId');
	return APPLICATION_ID.single(readLocator(EXTERNAL_APPLICATION_LABEL, stored).value);
}

import type { INodeProperties } from 'n8n-workflow';
import { MAX_LENGTH, type Form } from '../../form/form';
import { IdReader } from '../../form/idList';
import type { CheckedId } from '../../hire/checkedId';

export const NAME = 'Name';
const RESULT = 'Result';
export const DATE = 'Date';

/** Form fields of a check, shared by create and update. New objects each time. */
export const nameField = (): INodeProperties => ({
	displayName: NAME,
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. 入职前背景调查',
	description: `The name (背调名称) of the background check, at most ${MAX_LENGTH.text} characters`,
});

export const resultField = (): INodeProperties => ({
	displayName: RESULT,
	name: 'result',
	type: 'string',
	default: '',
	placeholder: 'e.g. 已通过',
	description: `The result (背调结果) as free text, at most ${MAX_LENGTH.result} characters`,
});

/** @throws ParameterError */
export const readResult = (form: Form, value: unknown): string =>
	form.text(RESULT, value, MAX_LENGTH.result);

export const dateField = (): INodeProperties => ({
	displayName: DATE,
	name: 'date',
	type: 'dateTime',
	default: '',
	description: "The date (背调日期) of the background check, in the workflow's time zone",
});

const CHECK_ID = 'Background Check ID';

const checkIds = new IdReader(CHECK_ID);

/** The form field `checkId`. */
export const checkIdField = (): INodeProperties => ({
	displayName: CHECK_ID,
	name: 'checkId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6960663240925956660',
	description: 'ID of the external background check (外部背调 ID), one per input item',
	hint: 'Use the field id from the output of an operation that gets background checks',
});

/** The check that an item names. @throws ParameterError */
export const readCheckId = (form: Form): CheckedId => checkIds.single(form.get('checkId'));

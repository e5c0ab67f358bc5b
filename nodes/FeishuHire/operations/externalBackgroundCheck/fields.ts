import type { INodeProperties } from 'n8n-workflow';

export const NAME = 'Name';
export const RESULT = 'Result';
export const DATE = 'Date';

/** Fields of a check, the same for creating and changing one. Fresh at each call. */
export const nameField = (): INodeProperties => ({
	displayName: NAME,
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. 入职前背景调查',
	description: 'Title of the background check (背调名称)',
});

export const resultField = (): INodeProperties => ({
	displayName: RESULT,
	name: 'result',
	type: 'string',
	default: '',
	placeholder: 'e.g. 已通过',
	description: 'The verdict (背调结果), any text',
});

export const dateField = (): INodeProperties => ({
	displayName: DATE,
	name: 'date',
	type: 'dateTime',
	default: '',
	description: "Date of the background check (背调日期), in the workflow's time zone",
});

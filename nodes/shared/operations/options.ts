import type { INodeProperties } from 'n8n-workflow';
import { hiddenFromModels } from '../form/requestOptions';
import { oneOf } from '../form/values';
import { MAX_LENGTH, type Form } from '../form/form';

/** Options of operations that create something. */
export const creationOptions = (what: string): INodeProperties[] => [
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. vendor-4711',
		description: `ID of the ${what} in your own system, at most ${MAX_LENGTH.externalId} characters. Feishu creates only one per ID within 24 hours, even if the workflow runs again. Leave empty to let the node generate one for each execution and item.`,
		displayOptions: hiddenFromModels(),
	},
	{
		displayName: 'If Identical Exists',
		name: 'ifIdenticalExists',
		type: 'options',
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Creates a second one, without looking for the first',
			},
			{
				name: 'Skip',
				value: 'skip',
				description: 'Returns the existing one with already_existed: true',
			},
		],
		default: 'skip',
		description: `What to do when ${article(what)} ${what} with the same content already exists`,
	},
];

/** The values of these options. */
export interface CreationOptions {
	externalId?: string;
	/** Whether to return an existing identical record instead of creating one. */
	skips: boolean;
}

/** @throws ParameterError */
export function readCreationOptions(form: Form): CreationOptions {
	const { ifIdenticalExists = 'skip' } = form.collection('options', 'Options');
	const externalId = form.externalId();
	return {
		...(externalId !== undefined && { externalId }),
		skips: oneOf('If Identical Exists', ifIdenticalExists, ['create', 'skip']) === 'skip',
	};
}

const article = (what: string) => (/^[aeiou]/.test(what) ? 'an' : 'a');

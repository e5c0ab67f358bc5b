import type { IDataObject, IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { asTyped, isAiTool } from '../shared/aiTool';
import { ParameterError } from '../shared/form/parameterError';
import { MAX_PAGE_SIZE } from '../shared/hire/backgroundChecks';
import { IdReader } from '../shared/form/idList';
import { boolean, integer, numberBetween, oneOf, readOptions, show } from '../shared/form/values';
import { readRequestOptions } from '../shared/form/requestOptions';
import type { AttachmentOptions } from './attachFiles';
import type { ItemQuery } from './plan';

const APPLICATION_ID = new IdReader('External Application ID');
const CHECK_IDS = new IdReader('External Background Check IDs');

/** Where parameters come from. */
export interface ParameterSource {
	/** The value for an item, expressions resolved; `fallback` when the workflow does not store it. */
	get(name: string, itemIndex: number, fallback: NodeParameterValueType): unknown;
	/** Makes a number or a truth value of a model's text; in a workflow text stays text, and is refused. */
	typed(value: unknown): unknown;
}

/** Reads parameters of the node for each item. One without an expression is the same for all items, so n8n resolves it once. */
export class ParameterReader implements ParameterSource {
	private readonly fixed = new Map<string, unknown>();

	readonly typed: (value: unknown) => unknown;

	constructor(private readonly context: IExecuteFunctions) {
		this.typed = isAiTool(context.getNode()) ? asTyped : (value) => value;
	}

	get(name: string, itemIndex: number, fallback: NodeParameterValueType): unknown {
		if (this.fixed.has(name)) return this.fixed.get(name);
		const value = this.context.getNodeParameter(name, itemIndex, fallback);
		if (!hasExpression(this.context.getNode().parameters[name])) this.fixed.set(name, value);
		return value;
	}
}

function hasExpression(parameter: unknown): boolean {
	if (typeof parameter === 'string') return parameter.startsWith('=');
	if (typeof parameter !== 'object' || parameter === null) return false;
	return Object.values(parameter).some(hasExpression);
}

/**
 * What an input item asks for.
 *
 * @throws ParameterError naming the parameter, before any request leaves
 */
export function readItemQuery(reader: ParameterSource, itemIndex: number): ItemQuery {
	const get = (name: string, fallback: NodeParameterValueType) =>
		reader.get(name, itemIndex, fallback);
	const options = readOptions(get('options', {}));
	const operation = oneOf('Operation', get('operation', 'getMany'), [
		'getMany',
		'getByApplication',
		'getByIds',
	]);
	const common = {
		itemIndex,
		responseFormat: oneOf('Response Format', options.responseFormat ?? 'checks', [
			'checks',
			'pages',
		]),
		pageSize: integer('Page Size', options.pageSize ?? MAX_PAGE_SIZE, 1, MAX_PAGE_SIZE),
		...readRequestOptions(options),
	};
	const attachments = readAttachmentOptions(options, common);
	if (operation === 'getByIds') {
		return {
			...common,
			...attachments,
			kind: 'ids',
			ids: CHECK_IDS.list(get('externalBackgroundCheckIds', '')),
			ifNotFound: oneOf('If Not Found', options.ifNotFound ?? 'skip', ['skip', 'include', 'error']),
		};
	}
	const returnAll = boolean('Return All', reader.typed(get('returnAll', false)));
	return {
		...common,
		...attachments,
		kind: 'scan',
		...(operation === 'getByApplication' && {
			externalApplicationId: APPLICATION_ID.single(get('externalApplicationId', '')),
		}),
		...(!returnAll && { limit: integer('Limit', reader.typed(get('limit', 50)), 1, Infinity) }),
		...readPageToken(options.pageToken),
	};
}

function readAttachmentOptions(
	options: IDataObject,
	{ responseFormat, timeoutMs }: Pick<ItemQuery, 'responseFormat' | 'timeoutMs'>,
): { attachments?: AttachmentOptions } {
	if (!boolean('Download Attachments', options.downloadAttachments ?? false)) return {};
	if (responseFormat === 'pages') {
		throw new ParameterError(
			'Download Attachments',
			'does not work with the Response Format "Pages"',
			'A file belongs to a check: set the Response Format to "Checks".',
		);
	}
	const maxMb = options.maxAttachmentSizeMb ?? 50;
	return {
		attachments: {
			type: oneOf('Attachment Type', options.attachmentType ?? 3, [1, 2, 3]),
			binaryPropertyPrefix: propertyPrefix(options.binaryPropertyPrefix ?? 'attachment_'),
			maxBytes: numberBetween('Max Attachment Size (MB)', maxMb, 0.001, 10_000) * 1024 * 1024,
			timeoutMs,
		},
	};
}

function propertyPrefix(value: unknown): string {
	if (typeof value !== 'string' || !/^\w[\w-]{0,63}$/.test(value)) {
		throw new ParameterError(
			'Binary Property Prefix',
			'is not the beginning of a field name',
			'Use letters, digits, "_" and "-", for example attachment_.',
		);
	}
	return value;
}

function readPageToken(value: unknown): { pageToken?: string } {
	if (value === undefined || value === null || value === '') return {};
	if (typeof value !== 'string') {
		throw new ParameterError(
			'Page Token',
			`is ${show(value)}, not text`,
			'Use the page_token of an earlier page.',
		);
	}
	return { pageToken: value };
}

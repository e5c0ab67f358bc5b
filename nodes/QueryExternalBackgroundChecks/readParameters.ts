import type { IDataObject, NodeParameterValueType } from 'n8n-workflow';
import { readCandidate } from '../shared/form/candidate';
import { IdReader } from '../shared/form/idList';
import { EXTERNAL_APPLICATION_LABEL } from '../shared/form/locators';
import { readLocator } from '../shared/form/locatorValue';
import { ParameterError } from '../shared/form/parameterError';
import { readRequestOptions } from '../shared/form/requestOptions';
import { boolean, integer, numberBetween, oneOf, readOptions, show } from '../shared/form/values';
import { MAX_PAGE_SIZE, type Scope } from '../shared/hire/api/backgroundChecks';
import type { CheckedId } from '../shared/hire/checkedId';
import type { AttachmentOptions } from './attachFiles';
import { DEFAULTS } from './defaults';
import type { ParameterSource } from '../shared/form/parameterReader';
import type { ItemQuery, ScanQuery, Wanted } from './plan';
import { readFilters } from './readFilters';

const APPLICATION_ID = new IdReader(EXTERNAL_APPLICATION_LABEL);
const CHECK_IDS = new IdReader('External Background Check IDs');

/** Reads a field of one item. */
type Get = (name: string, fallback: NodeParameterValueType) => unknown;

/**
 * What an input item asks for. A field that the form does not show does not count.
 *
 * @throws ParameterError naming the parameter, before any request leaves
 */
export function readItemQuery(source: ParameterSource, itemIndex: number): ItemQuery {
	const get: Get = (name, fallback) => source.get(name, itemIndex, fallback);
	const options = readOptions(get('options', {}));
	const operation = oneOf('Operation', get('operation', DEFAULTS.operation), [
		'getMany',
		'getByCandidate',
		'getByApplication',
		'getByIds',
	]);
	const settings = {
		pageSize: integer('Page Size', options.pageSize ?? DEFAULTS.pageSize, 1, MAX_PAGE_SIZE),
		...readRequestOptions(options),
	};
	const common = {
		itemIndex,
		settings,
		ifNotFound: oneOf('If Not Found', options.ifNotFound ?? DEFAULTS.ifNotFound, [
			'include',
			'skip',
			'error',
		]),
		simple: boolean('Simplify', source.typed(get('simple', DEFAULTS.simple))),
		...readAttachmentOptions(source, get, settings.timeoutMs),
	};
	if (operation === 'getByIds') {
		const ids = CHECK_IDS.list(get('externalBackgroundCheckIds', ''));
		return { ...common, kind: 'ids', ids };
	}
	const wanted = readWanted(source, get);
	if (operation === 'getByCandidate') {
		const mobileCode = options.mobileCode ?? DEFAULTS.mobileCode;
		const candidate = readCandidate(get('candidate', ''), mobileCode);
		return { ...common, kind: 'candidate', candidate, wanted };
	}
	const scope: Scope = {
		externalApplicationId: operation === 'getByApplication' ? readApplicationId(get) : null,
		...readPageToken(options.pageToken),
	};
	const responseFormat = oneOf(
		'Response Format',
		options.responseFormat ?? DEFAULTS.responseFormat,
		['checks', 'pages'],
	);
	const query: ScanQuery = { ...common, kind: 'scan', scope, wanted, responseFormat };
	refuseWithPages(query);
	return query;
}

function readApplicationId(get: Get): CheckedId {
	const stored = get('externalApplicationId', '');
	return APPLICATION_ID.single(readLocator(EXTERNAL_APPLICATION_LABEL, stored).value);
}

function readWanted(source: ParameterSource, get: Get): Wanted {
	const returnAll = boolean('Return All', source.typed(get('returnAll', DEFAULTS.returnAll)));
	const matches = readFilters(get('filters', {}), source.timezone);
	return {
		...(!returnAll && {
			limit: integer('Limit', source.typed(get('limit', DEFAULTS.limit)), 1, Infinity),
		}),
		...(matches && { matches }),
	};
}

/** A page holds many checks, as Feishu sent it. */
function refuseWithPages({ responseFormat, attachments, wanted }: ScanQuery): void {
	const field = attachments ? 'Download Attachments' : wanted.matches ? 'Filters' : undefined;
	if (responseFormat !== 'pages' || field === undefined) return;
	throw new ParameterError(
		field,
		'does not work with the Response Format "Pages"',
		`It is for single checks: set the option 'Response Format' to "Checks".`,
	);
}

function readAttachmentOptions(
	source: ParameterSource,
	get: Get,
	timeoutMs: number,
): { attachments?: AttachmentOptions } {
	const isWanted = get('downloadAttachments', DEFAULTS.downloadAttachments);
	if (!boolean('Download Attachments', source.typed(isWanted))) return {};
	const options: IDataObject = readOptions(get('attachmentOptions', {}), 'Attachment Options');
	const maxMb = options.maxAttachmentSizeMb ?? DEFAULTS.maxAttachmentSizeMb;
	return {
		attachments: {
			type: oneOf('Attachment Type', options.attachmentType ?? DEFAULTS.attachmentType, [1, 2, 3]),
			prefix: fieldPrefix(options.attachmentsPrefix ?? DEFAULTS.attachmentsPrefix),
			maxBytes: numberBetween('Max Attachment Size (MB)', maxMb, 0.001, 10_000) * 1024 * 1024,
			timeoutMs,
		},
	};
}

function fieldPrefix(value: unknown): string {
	if (typeof value !== 'string' || !/^\w[\w-]{0,63}$/.test(value)) {
		throw new ParameterError(
			'Attachments Prefix',
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

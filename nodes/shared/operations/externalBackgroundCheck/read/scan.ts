import { oneOf } from '../../../form/values';
import type { Form } from '../../../form/form';
import { ParameterError } from '../../../form/parameterError';
import { scanBackgroundChecks, type Scope } from '../../../hire/api/backgroundChecks';
import type { CheckedId } from '../../../hire/checkedId';
import type { BackgroundCheck } from '../../../hire/types';
import type { Run, Work } from '../../../run/operation';
import { SharedLists } from './lists';
import type { Output } from '../../output';
import { readPageToken, readWanted, type QueryRequest } from './request';
import { Selection, type Wanted } from '../../selection';

/** All checks of an application or of the tenant, up to the limit. */
export interface ScanRequest extends QueryRequest {
	scope: Scope;
	wanted: Wanted<BackgroundCheck>;
	responseFormat: 'checks' | 'pages';
}

/** @param externalApplicationId null for every check of the tenant @throws ParameterError */
export function readScan(
	form: Form,
	query: QueryRequest,
	externalApplicationId: CheckedId | null,
): ScanRequest {
	const wanted = readWanted(form);
	const options = form.collection('options', 'Options');
	const { pageToken, responseFormat = 'checks' } = options;
	const request: ScanRequest = {
		...query,
		settings: { ...query.settings, pageSize: pageSizeFor(query.settings.pageSize, wanted) },
		scope: { externalApplicationId, ...readPageToken(pageToken) },
		wanted,
		responseFormat: oneOf('Response Format', responseFormat, ['checks', 'pages']),
	};
	refuseWithPages(request);
	return request;
}

/** Without a filter, rows beyond the limit would be wasted. With one, it is unknown how many rows match. */
const pageSizeFor = (
	pageSize: number,
	{ limit = pageSize, matches }: Wanted<BackgroundCheck>,
): number => (matches ? pageSize : Math.min(pageSize, limit));

/** A page contains many checks, as Feishu sent them. @throws ParameterError if the form asks for more */
function refuseWithPages({ responseFormat, attachments, wanted }: ScanRequest): void {
	const field = attachments ? 'Download Attachments' : wanted.matches ? 'Filters' : undefined;
	if (responseFormat !== 'pages' || field === undefined) return;
	throw new ParameterError(
		field,
		'does not work with the Response Format "Pages"',
		`Set the option 'Response Format' to "Checks".`,
	);
}

/**
 * Reads a list for each item. A list that several items need is read once; a list for one item is
 * not kept.
 */
export function startScan(
	{ client }: Run,
	requests: readonly ScanRequest[],
	output: Output,
): Work<ScanRequest> {
	const lists = new SharedLists(client);
	const listOf = ({ scope, settings }: ScanRequest) => JSON.stringify([scope, settings]);
	const seen = new Set<string>();
	const shared = new Set(requests.map(listOf).filter((list) => seen.has(list) || !seen.add(list)));
	return async (request) => {
		const { scope, settings, wanted, responseFormat } = request;
		const pages = shared.has(listOf(request))
			? lists.pagesOf(scope, settings)
			: scanBackgroundChecks(client, scope, settings);
		const isPages = responseFormat === 'pages';
		const selection = new Selection(wanted, isPages);
		await selection.readFrom(pages);
		// With a start token, an empty page is the end of a list, not an empty list.
		return output.ofSelection(request, selection, {
			isPages,
			isContinued: scope.pageToken !== undefined,
		});
	};
}

import type { IPollFunctions } from 'n8n-workflow';
import { ParameterError } from '../shared/form/parameterError';
import { MAX_PAGE_SIZE, type RequestSettings } from '../shared/hire/backgroundChecks';
import type { CheckedId } from '../shared/hire/checkedId';
import { IdReader } from '../shared/form/idList';
import { boolean, oneOf, readOptions, show } from '../shared/form/values';
import { readRequestOptions } from '../shared/form/requestOptions';
import { COMPARED_FIELDS, EVENTS, type ComparedField, type EventName } from './events';

const APPLICATION_IDS = new IdReader('External Application IDs', 'Watch "All"');

/** Commas and semicolons of both scripts, and new lines; spaces may be part of a result. */
const RESULT_SEPARATORS = /[,;，；、\r\n]+/;

/** What a node is set to. */
export interface TriggerSettings extends RequestSettings {
	events: ReadonlySet<EventName>;
	/** Absent: every check of the tenant. */
	externalApplicationIds?: CheckedId[];
	/** The fields that count as a change. */
	changedFields: ReadonlySet<ComparedField>;
	/** The results that are let through; absent: all. */
	resultIs?: ReadonlySet<string>;
	includeExistingOnFirstRun: boolean;
}

/**
 * Reads the parameters of the node.
 *
 * @throws ParameterError naming the parameter, before any request leaves
 */
export function readSettings(context: IPollFunctions): TriggerSettings {
	const options = readOptions(context.getNodeParameter('options', {}));
	const watch = oneOf('Watch', context.getNodeParameter('watch', 'all'), ['all', 'applications']);
	const resultIs = readResults(options.resultIs);
	return {
		events: someOf('Events', context.getNodeParameter('events', ['created', 'changed']), EVENTS),
		...(watch === 'applications' && {
			externalApplicationIds: APPLICATION_IDS.list(
				context.getNodeParameter('externalApplicationIds', ''),
			),
		}),
		changedFields: someOf(
			'Changed Fields',
			options.changedFields ?? [...COMPARED_FIELDS],
			COMPARED_FIELDS,
		),
		...(resultIs.length > 0 && { resultIs: new Set(resultIs) }),
		includeExistingOnFirstRun: boolean(
			'Include Existing on First Run',
			options.includeExistingOnFirstRun ?? false,
		),
		pageSize: MAX_PAGE_SIZE,
		...readRequestOptions(options),
	};
}

function someOf<T extends string>(
	parameter: string,
	value: unknown,
	allowed: readonly T[],
): ReadonlySet<T> {
	if (!Array.isArray(value) || value.length === 0) {
		throw new ParameterError(
			parameter,
			Array.isArray(value) ? 'is empty' : `is ${show(value)}, not a list`,
			`Choose at least one of: ${allowed.join(', ')}.`,
		);
	}
	return new Set(value.map((entry) => oneOf(parameter, entry, allowed)));
}

/** The texts of Result Is; an expression may give an array, whose texts are taken as they are. */
function readResults(value: unknown): string[] {
	const entries = Array.isArray(value) ? (value as unknown[]) : [value ?? ''];
	const texts = entries.map((entry) => {
		if (typeof entry !== 'string') {
			throw new ParameterError(
				'Result Is',
				`holds ${show(entry)}, not text`,
				'Enter the results as text, separated by commas or new lines.',
			);
		}
		return entry;
	});
	const results = Array.isArray(value) ? texts : texts[0].split(RESULT_SEPARATORS);
	return results.map((result) => result.trim()).filter((result) => result !== '');
}

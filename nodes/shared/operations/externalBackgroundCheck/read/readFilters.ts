import { meansEver, readPeriod } from '../../../form/dateTime';
import type { Form } from '../../../form/form';
import { ParameterError } from '../../../form/parameterError';
import { hasResult, readResults } from '../../../form/results';
import { show } from '../../../form/values';
import { normalized } from '../../../normalized';
import { epochMs } from '../../../hire/simplify';
import type { BackgroundCheck } from '../../../hire/types';

/**
 * Reads the collection Filters. Feishu cannot filter, so the node does.
 *
 * @returns whether a check passes every filter; undefined when none is set
 * @throws ParameterError naming the filter
 */
export function readFilters(form: Form): ((check: BackgroundCheck) => boolean) | undefined {
	const { timezone } = form;
	const { results, dateFrom, dateTo, nameContains } = form.collection('filters', 'Filters');
	const filters: Array<(check: BackgroundCheck) => boolean> = [];
	const wanted = readResults('Results', results);
	if (wanted.length > 0) filters.push((check) => hasResult(check, wanted));
	const part = namePart(nameContains);
	if (part !== '') filters.push(({ name }) => asCompared(name ?? '').includes(part));
	const from = period('Date From', dateFrom, timezone)?.start ?? -Infinity;
	const to = period('Date To', dateTo, timezone)?.end ?? Infinity;
	if (from > to) {
		throw new ParameterError(
			'Date From',
			"is after 'Date To'",
			'No background check can match: enter the earlier date first.',
		);
	}
	if (from !== -Infinity || to !== Infinity) {
		filters.push(({ date }) => {
			const ms = epochMs(date);
			return ms !== null && ms >= from && ms <= to;
		});
	}
	return filters.length > 0 ? (check) => filters.every((passes) => passes(check)) : undefined;
}

const asCompared = (text: string) => normalized(text, 'NFKC').toLowerCase();

function namePart(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value !== 'string') {
		throw new ParameterError(
			'Name Contains',
			`is ${show(value)}, not text`,
			'Enter a part of the name.',
		);
	}
	return asCompared(value.trim());
}

/** What a bound names; undefined when it is empty or means "ever". */
function period(
	parameter: string,
	value: unknown,
	timezone: string,
): { start: number; end: number } | undefined {
	if (value === undefined || value === null || value === '' || meansEver(value)) return undefined;
	return readPeriod(parameter, value, timezone);
}

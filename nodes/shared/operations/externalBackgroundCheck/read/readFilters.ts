import { readBounds } from '../../../form/dateTime';
import type { Form } from '../../../form/form';
import { hasResult, readResults } from '../../../form/results';
import { folded } from '../../../normalized';
import { epochMs } from '../../../hire/simplify';
import type { BackgroundCheck } from '../../../hire/types';

/**
 * Reads the collection Filters. Feishu cannot filter, so the node does.
 *
 * @returns whether a check passes every filter; undefined if no filter is set
 * @throws ParameterError naming the filter
 */
export function readFilters(form: Form): ((check: BackgroundCheck) => boolean) | undefined {
	const { timezone } = form;
	const { results, dateFrom, dateTo, nameContains } = form.collection('filters', 'Filters');
	const filters: Array<(check: BackgroundCheck) => boolean> = [];
	const wanted = readResults('Results', results);
	if (wanted.length > 0) filters.push((check) => hasResult(check, wanted));
	const part = form.part('Name Contains', nameContains);
	if (part !== '') filters.push(({ name }) => folded(name ?? '').includes(part));
	const dates = readBounds(
		['Date From', dateFrom],
		['Date To', dateTo],
		timezone,
		'background check',
	);
	if (dates) {
		const { from = -Infinity, to = Infinity } = dates;
		filters.push(({ date }) => {
			const ms = epochMs(date);
			return ms !== null && ms >= from && ms <= to;
		});
	}
	return filters.length > 0 ? (check) => filters.every((passes) => passes(check)) : undefined;
}

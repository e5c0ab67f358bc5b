import type { BackgroundCheck } from '../../nodes/shared/hire/types';
import { readFilters } from '../../nodes/shared/operations/externalBackgroundCheck/read/readFilters';
import { formOf } from './formOf';

/** The filters of an item, as n8n resolves them. */
const read = (filters: unknown) => readFilters(formOf({ filters }));

/** Which of the checks pass; all, without a filter. */
function passing(filters: Record<string, unknown>, checks: BackgroundCheck[]): boolean[] {
	const matches = read(filters);
	return checks.map((check) => matches?.(check) ?? true);
}

const at = (moment: string) => ({ date: Date.parse(`${moment}+08:00`) });

test('a filter that an expression leaves empty is ignored', () => {
	const empty = { results: null, nameContains: null, dateFrom: null, dateTo: '' };
	expect(read(empty)).toBeUndefined();
});

test('a check without a name matches no Name Contains', () => {
	const checks = [{ name: null }, {}, { name: '' }];
	for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
		expect(passing({ nameContains: letter }, checks)).toEqual([false, false, false]);
	}
});

test.each([{ dateFrom: '1973-01-01' }, { dateTo: '2025-03-10' }])(
	'a check without a date is in no period: %j',
	(filters) => {
		expect(passing(filters, [{ date: null }, {}, { date: '' }])).toEqual([false, false, false]);
	},
);

test('a period may be one moment', () => {
	const noon = '2025-03-10T12:00:00';
	const checks = [at('2025-03-10T11:59:59.999'), at(noon), at('2025-03-10T12:00:00.001')];
	expect(passing({ dateFrom: noon, dateTo: noon }, checks)).toEqual([false, true, false]);
});

test('only a date without a time is a whole day, also with spaces around', () => {
	const checks = [at('2025-03-10T12:00:00'), at('2025-03-10T23:59:59.999')];
	expect(passing({ dateTo: '2025-03-10T12:00:00' }, checks)).toEqual([true, false]);
	expect(passing({ dateTo: ' 2025-03-10 ' }, checks)).toEqual([true, true]);
});

test.each([true, {}, [], () => 0])('%p is not a date', (dateFrom) => {
	expect(() => read({ dateFrom })).toThrow(/^'Date From' is .* that cannot be read as a date$/);
});

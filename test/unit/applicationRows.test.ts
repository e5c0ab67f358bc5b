import { ApplicationRows } from '../../nodes/shared/listSearch/applicationRows';

const check = (external_application_id: string, rest: object = {}) => ({
	external_application_id,
	...rest,
});

test.each([
	['Asia/Shanghai', '2026-03-04'],
	['America/New_York', '2026-03-03'],
])('in %s, the moment falls on the day %s', (timezone, day) => {
	for (const date of [Date.UTC(2026, 2, 3, 16), String(Date.UTC(2026, 2, 3, 16))]) {
		const rows = new ApplicationRows('', timezone);
		rows.add([check('A', { name: '背调', result: '已通过', date })]);
		expect(rows.list(true)).toEqual([{ name: `背调 · ${day} · 已通过 · 1 check`, value: 'A' }]);
	}
});

test.each(['', 'soon', null, undefined, 1e20, 0, '0'])('%j gives no day, and no error', (date) => {
	const rows = new ApplicationRows('', 'Asia/Shanghai');
	rows.add([check('A', { name: ' 背调 ', date })]);
	expect(rows.list(true)).toEqual([{ name: '背调 · (no result) · 1 check', value: 'A' }]);
});

test('in an unknown time zone, a row has no day', () => {
	const rows = new ApplicationRows('', 'Nowhere/At_All');
	rows.add([check('A', { name: '背调', date: Date.UTC(2026, 2, 4) })]);
	expect(rows.list(true)).toEqual([{ name: '背调 · (no result) · 1 check', value: 'A' }]);
});

test.each([
	[' 已通过\n', '已通过'],
	['  ', '(no result)'],
])('for the result %j, a row shows %s', (result, shown) => {
	const rows = new ApplicationRows('', 'Asia/Shanghai');
	rows.add([check('A', { name: '背调', result })]);
	expect(rows.list(true)).toEqual([{ name: `背调 · ${shown} · 1 check`, value: 'A' }]);
});

test.each([undefined, '', 7, null])('a check with the application %j has no row', (application) => {
	const rows = new ApplicationRows('', 'Asia/Shanghai');
	rows.add([{ external_application_id: application as string, name: '背调' }]);
	expect(rows.list(true)).toEqual([]);
});

test('an application shows its first check that matches, and counts all of them', () => {
	const rows = new ApplicationRows(' 未通过 ', 'Asia/Shanghai');
	rows.add([
		check('A', { name: '初查', result: '已通过' }),
		check('B', { name: '初查', result: '已通过' }),
	]);
	rows.add([check('A', { name: '复核', result: '未通过' }), {}, { external_application_id: '' }]);
	expect(rows.found).toBe(1);
	expect(rows.list(false)).toEqual([{ name: '复核 · 未通过 · 2 or more checks', value: 'A' }]);
});

test('the filter finds what a row shows, in any case, also across its parts', () => {
	const rows = new ApplicationRows('zhang san · 2026-03-04', 'Asia/Shanghai');
	rows.add([check('A', { name: 'Zhang San', date: Date.UTC(2026, 2, 4) }), check('B')]);
	expect(rows.list(true).map(({ value }) => value)).toEqual(['A']);
});

import { busyApplicationId } from '../../sandbox';
import { idsOf, useTenant } from '../harness/tenant';

const openTenant = useTenant();

const DAY_MS = 24 * 60 * 60_000;
const START = Date.parse('2025-03-01T00:00:00+08:00');

/** 100 checks of one application, a day apart in Beijing. Every tenth has failed. */
const checks = Array.from({ length: 100 }, (_, n) => ({
	id: String(7400000000000000001n + BigInt(n)),
	external_application_id: '7',
	date: START + n * DAY_MS,
	name: n % 2 === 0 ? `Even ${n}` : `odd ${n}`,
	result: n % 10 === 9 ? '未通过' : '已通过',
}));
const idsAt = (...positions: number[]) => positions.map((position) => checks[position]?.id);
const inBeijing = { workflowSettings: { timezone: 'Asia/Shanghai' } };

test('the limit counts what matches, and reading stops as soon as it is reached', async () => {
	const { query, queries } = await openTenant({ checks });
	const result = await query({ operation: 'getMany', limit: 3, filters: { results: '未通过' } });
	expect(idsOf(result)).toEqual(idsAt(9, 19, 29));
	// Pages have full size, because it is unknown how many rows match.
	expect(queries().map((request) => request.query.page_size)).toEqual(['20', '20']);
	expect(result.hints()[0]?.message).toMatch(/There may be more background checks/);
});

test('whole days, in the time zone of the workflow', async () => {
	const { query } = await openTenant({ checks });
	const filters = { dateFrom: '2025-03-02', dateTo: '2025-03-04' };
	const parameters = { operation: 'getMany', returnAll: true, filters };
	expect(idsOf(await query(parameters, inBeijing))).toEqual(idsAt(1, 2, 3));
	const inNewYork = { workflowSettings: { timezone: 'America/New_York' } };
	expect(idsOf(await query(parameters, inNewYork))).toEqual(idsAt(2, 3, 4));
});

test('each item has filters of its own, and the list is read once', async () => {
	const { query, queries } = await openTenant({ checks });
	const items = [
		{ json: { part: 'EVEN 1' } },
		{ json: { part: 'odd 99' } },
		{ json: { part: '' } },
	];
	const result = await query(
		{
			operation: 'getByApplication',
			externalApplicationId: '7',
			returnAll: true,
			filters: { nameContains: '={{ $json.part }}' },
		},
		{ items },
	);
	const counts = [0, 1, 2].map(
		(item) =>
			result.output().filter(({ pairedItem }) => (pairedItem as { item: number }).item === item)
				.length,
	);
	expect(counts).toEqual([5, 1, 100]);
	expect(queries()).toHaveLength(5);
});

test('if no check matches, an item and a hint say so', async () => {
	const { query } = await openTenant();
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: busyApplicationId,
		returnAll: true,
		filters: { nameContains: '没有这样的名字' },
	});
	expect(result.output().map(({ json }) => json)).toEqual([
		{ found: false, external_application_id: busyApplicationId, reason: 'noMatch' },
	]);
	expect(result.hints().map(({ message }) => message)).toEqual([
		'This run found records, but none that match the filters.',
	]);
});

test('Simplify: the date as text in the time zone of the workflow, the rest as Feishu sends it', async () => {
	const extra = { id: '1', external_application_id: '7', date: START, later: { a: 1 } };
	const { query } = await openTenant({ checks: [extra] });
	const result = await query({ operation: 'getMany', simple: true }, inBeijing);
	expect(JSON.stringify(result.output()[0]?.json)).toBe(
		JSON.stringify({
			name: null,
			result: null,
			date: '2025-03-01T00:00:00.000+08:00',
			id: '1',
			external_application_id: '7',
			attachment_list: [],
			later: { a: 1 },
		}),
	);
	const raw = await query({ operation: 'getMany', simple: false }, inBeijing);
	expect(raw.output()[0]?.json).toEqual(extra);
});

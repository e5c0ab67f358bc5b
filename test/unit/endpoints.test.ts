import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Endpoint } from '../../nodes/shared/feishu/http';
import { endpoints } from '../../nodes/shared/hire/endpoints';

/** A row of the table of calls in docs/feishu-api.md: what Feishu's page of each call says. */
interface Row {
	methods: string[];
	path: string;
	perMinute: number[];
	scopes: string[];
}

const namesIn = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** Requests per minute in `20`, `20/min`, `50; 1,000/min`. */
const limitsIn = (cell = '') =>
	cell
		.split(';')
		.map((limit) => limit.trim().replace(',', ''))
		.map((limit) => (limit.endsWith('/min') ? parseInt(limit) : Number(limit) * 60));

const rows = readFileSync(path.resolve(__dirname, '../../docs/feishu-api.md'), 'utf8')
	.split('\n')
	.filter((line) => /^\| .*`[A-Z]+ \/hire\//.test(line))
	.map((line): Row => {
		const [, calls, limits, scopes] = line.split('|');
		const names = namesIn(calls);
		return {
			methods: names.map((name) => name.split(' ')[0] ?? ''),
			path: `/open-apis${names.at(-1)?.split(' ')[1]}`,
			perMinute: limitsIn(limits),
			scopes: namesIn(scopes),
		};
	});

/** A row may describe a list and its records. */
const rowOf = ({ method, path: own }: Endpoint) =>
	rows.filter((row) => row.methods.includes(method) && [row.path, `${row.path}/:id`].includes(own));

const all = Object.entries<Endpoint>(endpoints);

test('the documentation page of each call is read', () => {
	expect(rows).toHaveLength(15);
	for (const { perMinute } of rows) {
		expect(perMinute).not.toHaveLength(0);
		for (const limit of perMinute) expect(limit).toBeGreaterThanOrEqual(20);
	}
	const used = new Set(all.flatMap(([, endpoint]) => rowOf(endpoint)));
	expect([...used]).toHaveLength(rows.length);
});

describe.each(all)('%s', (_name, endpoint) => {
	test('has the rate limit of its page', () => {
		const [row, ...others] = rowOf(endpoint);
		expect(others).toEqual([]);
		const allowed = Math.min(...(row?.perMinute ?? []));
		const inAMinute = endpoint.requestsPerSecond * 60;
		expect(inAMinute).toBeLessThanOrEqual(allowed);
		expect(inAMinute).toBeGreaterThanOrEqual(allowed * 0.95);
	});

	test('names the scopes of its page', () => {
		expect(endpoint.scopes).toEqual(rowOf(endpoint)[0]?.scopes);
	});

	test('has a path of Feishu Hire, with the ID of a record at its end or none', () => {
		expect(endpoint.path).toMatch(/^\/open-apis\/hire\/v[12](\/[a-z_]+)+(\/:id)?$/);
	});
});

test('each has a rate limit of its own, as Feishu counts them', () => {
	const budgets = all.map(([, { budget }]) => budget);
	expect(new Set(budgets)).toHaveProperty('size', budgets.length);
	expect(budgets).not.toContain('');
	const calls = all.map(([, { method, path: own }]) => `${method} ${own}`);
	expect(new Set(calls)).toHaveProperty('size', calls.length);
});

test('those that change a record are writes: their outcome is reported', () => {
	const writes = all.filter(([, { effect }]) => effect === 'write').map(([name]) => name);
	expect(writes.sort()).toEqual([
		'createApplication',
		'createCheck',
		'deleteApplication',
		'deleteCheck',
		'updateApplication',
		'updateCheck',
	]);
	const others = all.filter(([, { effect }]) => effect !== 'write');
	expect(others.map(([, { effect }]) => effect)).toEqual(others.map(() => 'read'));
});

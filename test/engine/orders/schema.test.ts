import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { people } from '../../../sandbox';
import { loadPackage } from '../../harness';
import { candidate, rowsOf, useOrderTenant } from './tenant';

/** The part of JSON Schema that the files use. */
interface Schema {
	properties?: Record<string, Schema>;
	items?: Schema;
}

const open = useOrderTenant();

const OPERATIONS = ['getMany', 'getByCandidate', 'getByApplication', 'getByIds'];

/** The place where n8n's editor looks for it. */
async function schemaOf(operation: string): Promise<Schema> {
	const { directory } = await loadPackage();
	const folder = 'dist/nodes/FeishuHire/__schema__/v1.0.0/backgroundCheckOrder';
	return JSON.parse(
		readFileSync(path.join(directory, folder, `${operation}.json`), 'utf8'),
	) as Schema;
}

test.each(OPERATIONS)(
	'%s: every row matches it, and has its fields in its order',
	async (operation) => {
		const { ask, sandbox } = await open();
		const orders = sandbox.orders.all();
		const result = await ask(operation, {
			...candidate(people.twoNumbers.id),
			applicationId: orders[0]?.application_id,
			orderIds: orders.map(({ id }) => id).join(' '),
			returnAll: true,
		});
		const schema = await schemaOf(operation);
		const validate = new Ajv({ allErrors: true }).compile(schema);
		const rows = rowsOf(result);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			expect([validate(row), validate.errors]).toEqual([true, null]);
			expect(Object.keys(row)).toEqual(Object.keys(schema.properties ?? {}));
		}
		expect(validate({ ...rows[0], reports: {} })).toBe(false);
		expect(validate({ ...rows[0], order_id: 1 })).toBe(false);
	},
);

test('its reports have the fields of all reports together', async () => {
	const { ask } = await open();
	const rows = rowsOf(await ask('getMany', { returnAll: true }));
	const reports = rows.flatMap((row) => row.reports as object[]);
	const { properties = {} } = (await schemaOf('getMany')).properties?.reports?.items ?? {};
	expect(new Set(reports.flatMap(Object.keys))).toEqual(new Set(Object.keys(properties)));
});

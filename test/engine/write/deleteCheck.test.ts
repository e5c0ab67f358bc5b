import { CONTINUE, errorIn, OLD_CHECK, saidBy, useWriteTenant, type WriteTenant } from './tenant';

const open = useWriteTenant();

const remove = async ({ write }: WriteTenant, ids: unknown[], rest = {}) =>
	await write(
		'externalBackgroundCheck',
		'delete',
		{ checkId: '={{ $json.id }}' },
		{ items: ids.map((id) => ({ json: { id: id as string } })), ...rest },
	);

const ID = OLD_CHECK.id;
const UNKNOWN = '7318840216653950000';

test('a check is deleted', async () => {
	const tenant = await open();
	const result = await remove(tenant, [ID]);
	expect(result.output()).toMatchObject([
		{ json: { deleted: true, id: ID }, pairedItem: { item: 0 } },
	]);
	expect(tenant.sandbox.checks.all()).toHaveLength(0);
});

test('a check that two items name is deleted once', async () => {
	const tenant = await open();
	const result = await remove(tenant, [ID, ID]);
	expect(result.output().map(({ json }) => json)).toEqual([
		{ deleted: true, id: ID },
		{ deleted: true, id: ID },
	]);
	expect(tenant.sandbox.requests('delete_check')).toHaveLength(1);
});

test('a check that is not there is an error', async () => {
	const tenant = await open();
	const result = await remove(tenant, [UNKNOWN, ID], CONTINUE);
	expect(errorIn(result.output()[0] ?? { json: {} })?.message).toContain('1002002');
	expect(result.output()[1]?.json).toEqual({ deleted: true, id: ID });
});

test.each(['omit', 'error'] as const)(
	'answer lost after the commit: gone means deleted (unknown IDs: %s)',
	async (unknownIds) => {
		const tenant = await open({ open: { unknownIds } });
		tenant.sandbox.fault({ api: 'delete_check', nth: 1, do: { kind: 'reset', when: 'after' } });
		const result = await remove(tenant, [ID]);
		expect(result.output()[0]?.json).toEqual({ deleted: true, id: ID });
	},
);

test('every answer is lost before the commit: an error that leaves the doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'delete_check',
		always: true,
		do: { kind: 'reset', when: 'before' },
	});
	const result = await remove(tenant, [ID]);
	expect(saidBy(result.error)).toContain(`The record ${ID} is still there, but may go yet`);
});

test('the answers are lost, and nobody can look: an error that leaves the doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'delete_check', always: true, do: { kind: 'reset', when: 'after' } });
	tenant.sandbox.fault({ api: 'batch_query', always: true, do: 'html' });
	const result = await remove(tenant, [ID]);
	expect(saidBy(result.error)).toContain('and could not be looked for');
});

test.each<[string, unknown, string]>([
	['nothing', '', 'is empty'],
	['a name', '欧阳若兰', 'looks like a name'],
	['a rounded number', 7318840216653959001, 'too large to be exact'],
	['two IDs', `${ID},${UNKNOWN}`, 'holds 2 IDs'],
])('%s is refused, and nothing is deleted', async (_name, bad, message) => {
	const tenant = await open();
	const result = await remove(tenant, [ID, bad]);
	expect(saidBy(result.error)).toContain(message);
	expect(tenant.sandbox.log).toHaveLength(0);
});

import {
	CONTINUE,
	errorIn,
	OLD_CHECK,
	saidBy,
	useWriteTenant,
	type WriteTenant,
	readableOnce,
} from './tenant';

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

test('a check named by two items is deleted once', async () => {
	const tenant = await open();
	const result = await remove(tenant, [ID, ID]);
	expect(result.output().map(({ json }) => json)).toEqual([
		{ deleted: true, id: ID },
		{ deleted: true, id: ID },
	]);
	expect(tenant.sandbox.requests('delete_check')).toHaveLength(1);
});

test('an unknown check is an error', async () => {
	const tenant = await open();
	const result = await remove(tenant, [UNKNOWN, ID], CONTINUE);
	const error = errorIn(result.output()[0] ?? { json: {} });
	expect(error?.message).toBe('Feishu cannot find this background check');
	expect(error?.description).toContain('Nothing was deleted.');
	expect(result.output()[1]?.json).toEqual({ deleted: true, id: ID });
	// No deletion is sent for a check that does not exist.
	expect(tenant.sandbox.requests('delete_check').map(({ path }) => path.split('/').pop())).toEqual([
		ID,
	]);
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
	expect(saidBy(result.error)).toContain(
		`The record ${ID} exists, but the deletion may still take effect`,
	);
});

test('the answers are lost, and the read fails: an error that leaves the doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'delete_check', always: true, do: { kind: 'reset', when: 'after' } });
	readableOnce(tenant);
	const result = await remove(tenant, [ID]);
	expect(saidBy(result.error)).toContain('but the node could not check');
});

test.each<[string, unknown, string]>([
	['nothing', '', 'is empty'],
	['a name', '欧阳若兰', 'looks like a name'],
	['a rounded number', 7318840216653959001, 'its last digits were lost'],
	['two IDs', `${ID},${UNKNOWN}`, 'contains 2 IDs'],
])('%s is refused, and nothing is deleted', async (_name, bad, message) => {
	const tenant = await open();
	const result = await remove(tenant, [ID, bad]);
	expect(saidBy(result.error)).toContain(message);
	expect(tenant.sandbox.log).toHaveLength(0);
});

test.each(['rateLimited', 'token'] as const)(
	'after a refusal by a gateway (%s) a wrong ID is still an error',
	async (refusal) => {
		const tenant = await open();
		tenant.sandbox.fault({
			api: 'batch_query',
			nth: 1,
			do:
				refusal === 'token'
					? { kind: 'answer', status: 400, code: 99991663 }
					: {
							kind: 'answer',
							status: 429,
							code: 99991400,
							headers: { 'x-ogw-ratelimit-reset': '0' },
						},
		});
		const result = await remove(tenant, [UNKNOWN]);
		expect(saidBy(result.error)).toContain('Feishu cannot find this background check');
		expect(tenant.sandbox.requests('delete_check')).toHaveLength(0);
	},
);

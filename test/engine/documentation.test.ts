import { documentExample, documentExampleRequest, jsonAnswer } from '../../sandbox';
import { useTenant, type Tenant } from '../harness/tenant';

// The example of Feishu's page "查询外部背调列表" (sandbox/data/documentExample.ts has it byte for byte).
const openTenant = useTenant();

const { data } = JSON.parse(documentExample) as {
	data: { items: object[]; page_token: string; has_more: boolean };
};

/** A tenant that answers with the page's example. */
async function openExample(): Promise<Tenant> {
	const tenant = await openTenant();
	tenant.sandbox.fault({
		api: 'batch_query',
		always: true,
		do: { kind: 'answer', status: 200, body: documentExample },
	});
	return tenant;
}

test('the example request: method, path, headers, query and body', async () => {
	const { query, queries } = await openTenant();
	await query({ operation: 'getByIds', externalBackgroundCheckIds: '6960663240925956660' });
	const [request] = queries();
	expect(request!.method).toBe('POST');
	expect(request!.path).toBe('/open-apis/hire/v1/external_background_checks/batch_query');
	expect(request!.headers['content-type']).toBe('application/json; charset=utf-8');
	expect(request!.headers.authorization).toMatch(/^Bearer t-\w+$/);
	expect(request!.query).toEqual({ page_size: '20' });
	expect(request!.body).toBe(JSON.stringify(JSON.parse(documentExampleRequest)));
});

test('the example query parameters', async () => {
	const { query, queries } = await openExample();
	const pageToken = 'eyJvZmZzZXQiOjEwLCJ0aW1lc3RhbXAiOjE2Mjc1NTUyMjM2NzIsImlkIjpudWxsfQ==';
	await query({
		operation: 'getByApplication',
		externalApplicationId: '6960663240925956660',
		limit: 1,
		options: { pageSize: 10, pageToken },
	});
	expect(queries().map((request) => request.query)).toEqual([
		{ external_application_id: '6960663240925956660', page_size: '1', page_token: pageToken },
	]);
});

test.each(['getByApplication', 'getMany'])(
	'%s: without a list the body is {}, with its Content-Type',
	async (operation) => {
		const { query, queries } = await openTenant();
		await query({ operation, externalApplicationId: '6960663240925956660' });
		for (const { body, headers } of queries()) {
			expect(body).toBe('{}');
			expect(headers['content-type']).toBe('application/json; charset=utf-8');
			expect(headers['content-length']).toBe('2');
		}
	},
);

test('the example response: its check comes out byte for byte', async () => {
	const { query } = await openExample();
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: '7003247299220982060',
		limit: 1,
	});
	expect(result.status).toBe('success');
	expect(result.output()).toHaveLength(1);
	const { json } = result.output()[0]!;
	expect(JSON.stringify(json)).toBe(JSON.stringify(data.items[0]));
	expect(documentExample).toContain(
		JSON.stringify(json, null, 4).replaceAll('\n', `\n${' '.repeat(12)}`),
	);
});

test('the example response as a page', async () => {
	const { query } = await openExample();
	const result = await query({
		operation: 'getMany',
		limit: 1,
		options: { responseFormat: 'pages' },
	});
	expect(result.output().map(({ json }) => json)).toEqual([data]);
});

test('the example response without end is not a list: Return All says so', async () => {
	const { query, queries } = await openExample();
	const result = await query({ operation: 'getMany', returnAll: true });
	expect(result.error?.message).toMatch(/same page token twice/);
	expect(queries().map((request) => request.query.page_token)).toEqual([
		undefined,
		data.page_token,
	]);
});

test.each([
	[500, 1002001, /could not process the request/, 5],
	[400, 1002002, /parameter/, 1],
])('the errors the page names: HTTP %i with code %i', async (status, code, message, requests) => {
	const { query, queries, sandbox } = await openTenant();
	sandbox.fault({ api: 'batch_query', always: true, do: { kind: 'answer', status, code } });
	const result = await query({ operation: 'getMany' });
	expect(result.error?.message).toMatch(message);
	expect(result.error?.message).toContain(`(code ${code})`);
	expect(queries()).toHaveLength(requests);
});

test('null and missing lists, odd dates and unknown fields pass through', async () => {
	const checks = [
		{ id: '1', external_application_id: '9', attachment_list: null, date: '1743523200000' },
		{ id: '2', external_application_id: '9', date: 0, name: null, result: null },
		{
			id: '3',
			external_application_id: '9',
			external_id: 'x',
			attachment_id_list: ['4'],
			deep: { a: [1] },
		},
		{ id: '5', external_application_id: '9', json: { a: 1 }, binary: 'b', pairedItem: 7 },
	];
	const { query } = await openTenant({ checks });
	const result = await query({ operation: 'getMany' });
	expect(result.output().map(({ json }) => json)).toEqual(checks);
	const byIds = await query({ operation: 'getByIds', externalBackgroundCheckIds: '5 3 2 1' });
	expect(byIds.output().map(({ json }) => json)).toEqual([...checks].reverse());
});

test('a check is passed on with every digit, and its fields keep their order', async () => {
	const { query, sandbox } = await openTenant();
	const check = { result: 'x', id: '6960663240925956660', name: '背调', date: 1741536000000 };
	sandbox.fault({
		api: 'batch_query',
		do: () =>
			jsonAnswer(200, { code: 0, msg: 'success', data: { items: [check], has_more: false } }),
	});
	const result = await query({ operation: 'getMany' });
	expect(JSON.stringify(result.output()[0]!.json)).toBe(JSON.stringify(check));
});

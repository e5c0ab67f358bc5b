import type { INode } from 'n8n-workflow';
import { busyApplicationId } from '../../sandbox';
import type { RunResult } from '../harness';
import { itemOf } from '../harness/itemOf';
import { expectNoSecrets, useTenant, type Tenant } from '../harness/tenant';

const openTenant = useTenant();

const application = '7318839904418072621';
const CONTINUE: Partial<INode> = { onError: 'continueRegularOutput' };
const ERROR_OUTPUT: Partial<INode> = { onError: 'continueErrorOutput' };

/** Three items, of which the second meets an error of Feishu's. */
async function runThree(tenant: Tenant, nodeSettings: Partial<INode>): Promise<RunResult> {
	tenant.sandbox.fault({
		api: 'batch_query',
		when: (request) => request.query.external_application_id === busyApplicationId,
		do: { kind: 'answer', status: 400, code: 1002002, msg: 'param error' },
	});
	const items = [application, busyApplicationId, '7318841177300633901'];
	return await tenant.query(
		{ operation: 'getByApplication', externalApplicationId: '={{ $json.id }}', returnAll: true },
		{ items: items.map((id) => ({ json: { id, note: 'kept' } })), nodeSettings },
	);
}

// Code, HTTP status, and what message and advice must mention (docs/feishu-api.md, Codes).
test.each([
	[1002002, 400, /parameter/, /Check the IDs/],
	[99991672, 400, /scope/, /Permissions & Scopes.*publish a new one/],
	[99991401, 400, /IP address/, /allow-list/],
	[99991662, 400, /disabled/, /administrator/],
	[99991673, 400, /not available in this tenant/, /install it/],
	[99991403, 429, /quota/, /first day of next month/],
	[99991668, 400, /tenant access token/, /self-built app/],
	[99992402, 400, /parameter/, /fields/],
	[99991543, 400, /App ID or App Secret/, /Credentials & Basic Info/],
	[4711, 400, /refused the request/, /log ID/],
	[4711, 200, /refused the request/, /log ID/],
])(
	'code %i with HTTP %i is one clear error, after one request',
	async (code, status, message, advice) => {
		const tenant = await openTenant();
		const msg = `Feishu's own words`;
		tenant.sandbox.fault({
			api: 'batch_query',
			always: true,
			do: { kind: 'answer', status, code, msg },
		});
		const result = await tenant.query({ operation: 'getMany' });
		const { error } = result;
		const { logId } = tenant.queries()[0]!;
		expect(tenant.queries()).toHaveLength(1);
		expect([result.status, result.output()]).toEqual(['error', []]);
		expect(error?.name).toBe('NodeApiError');
		expect(error?.message).toMatch(message);
		expect(error?.message).toContain(`(code ${code})`);
		expect(error?.description).toContain(`Feishu says: ${msg}`);
		expect(error?.description).toContain(`Log ID: ${logId}.`);
		expect(error?.description).toMatch(advice);
		expect(error).toMatchObject({ httpCode: String(status), context: { itemIndex: 0 } });
		expectNoSecrets(tenant, result);
	},
);

test('a missing scope is named, as Feishu names it', async () => {
	const tenant = await openTenant();
	tenant.sandbox.app.scopes = [];
	const { error } = await tenant.query({ operation: 'getMany' });
	expect(error?.message).toContain('(code 99991672)');
	expect(error?.description).toContain('hire:external_application:readonly');
});

test('a missing scope that Feishu does not name is named all the same', async () => {
	const tenant = await openTenant();
	tenant.sandbox.fault({
		api: 'batch_query',
		do: { kind: 'answer', status: 400, code: 99991672 },
	});
	const { error } = await tenant.query({ operation: 'getMany' });
	expect(error?.description).toContain(
		'Any one of these scopes is enough: hire:external_application:readonly, hire:external_application.',
	);
});

test('the error names its item, and ends the run', async () => {
	const tenant = await openTenant();
	const result = await runThree(tenant, {});
	expect([result.status, result.output()]).toEqual(['error', []]);
	expect(itemOf(result.error)).toBe(1);
	expectNoSecrets(tenant, result);
});

test.each([[CONTINUE], [{ continueOnFail: true }]])(
	'Continue On Fail: the failed item says why, the others come out as usual (%j)',
	async (nodeSettings) => {
		const tenant = await openTenant();
		const result = await runThree(tenant, nodeSettings);
		expect(result.status).toBe('success');
		const summary = result.output().map(({ json, pairedItem }) => [json.id, pairedItem]);
		expect(summary).toEqual([
			['7318840216653955117', { item: 0 }],
			['7318840216653955118', { item: 0 }],
			[undefined, { item: 1 }],
			['7318840216653955119', { item: 2 }],
		]);
		const refused = tenant.queries().find(({ code }) => code === 1002002);
		expect(result.output()[2]!.json).toEqual({
			error: {
				message: 'Feishu refused a parameter (code 1002002)',
				description: expect.stringContaining('Feishu says: param error') as string,
				code: 1002002,
				log_id: refused?.logId,
				http_status: 400,
			},
		});
		expectNoSecrets(tenant, result);
	},
);

test('with the error output, only the failed item goes there', async () => {
	const tenant = await openTenant();
	const result = await runThree(tenant, ERROR_OUTPUT);
	expect(result.output().map(({ json }) => json.id)).toEqual([
		'7318840216653955117',
		'7318840216653955118',
		'7318840216653955119',
	]);
	expect(result.output().some(({ json }) => 'error' in json)).toBe(false);
	const failed = result.output(undefined, 1);
	expect(failed).toHaveLength(1);
	expect(failed[0]).toMatchObject({
		json: { error: { message: 'Feishu refused a parameter (code 1002002)', code: 1002002 } },
		pairedItem: { item: 1 },
	});
	expectNoSecrets(tenant, result);
});

test.each([
	['parameters', { operation: 'getByApplication', externalApplicationId: '={{ "张三" }}' }],
	['credential', { operation: 'getMany' }],
	[
		'IDs',
		{ operation: 'getByIds', externalBackgroundCheckIds: '1', options: { ifNotFound: 'error' } },
	],
])('every kind of error goes to the error output: %s', async (kind, parameters) => {
	const tenant = await openTenant();
	if (kind === 'credential') tenant.credentials.edit(tenant.credentialId, { appSecret: 'wrong' });
	const items = [{ json: {} }, { json: {} }];
	const result = await tenant.query(parameters, { items, nodeSettings: ERROR_OUTPUT });
	expect([result.status, result.output()]).toEqual(['success', []]);
	const failed = result.output(undefined, 1);
	expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	for (const { json } of failed) {
		expect(json.error).toMatchObject({
			message: expect.any(String) as string,
			description: expect.any(String) as string,
		});
	}
});

test('an error that every item would meet costs one request, not one per item', async () => {
	const tenant = await openTenant();
	tenant.sandbox.app.scopes = [];
	const items = Array.from({ length: 100 }, (_, index) => ({ json: { id: `${index}` } }));
	const result = await tenant.query(
		{
			operation: 'getByApplication',
			externalApplicationId: '={{ $json.id }}',
			options: { requestsPerSecond: 20 },
		},
		{ items, nodeSettings: CONTINUE },
	);
	expect(result.output()).toHaveLength(100);
	expect(result.output().every(({ json }) => 'error' in json)).toBe(true);
	expect(tenant.queries().length).toBeLessThanOrEqual(20);
});

test('after that, no waiting request is sent', async () => {
	const tenant = await openTenant();
	tenant.sandbox.app.scopes = [];
	const items = ['1', '2', '3'].map((id) => ({ json: { id } }));
	const result = await tenant.query(
		{
			operation: 'getByApplication',
			externalApplicationId: '={{ $json.id }}',
			options: { requestsPerSecond: 1 },
		},
		{ items, nodeSettings: CONTINUE },
	);
	const errors = result.output().map(({ json }) => (json.error as { code: number }).code);
	expect(errors).toEqual([99991672, 99991672, 99991672]);
	expect(tenant.queries()).toHaveLength(1);
});

test('an app without a token is one error, with the message of the token endpoint', async () => {
	const tenant = await openTenant();
	tenant.credentials.edit(tenant.credentialId, { appSecret: 'wrong-secret-in-the-credential' });
	const result = await tenant.query({ operation: 'getMany' });
	expect(result.error?.message).toBe('Feishu refused the App ID or App Secret (code 10014)');
	expect(result.error?.description).toContain('Feishu says: app secret invalid');
	expect(tenant.sandbox.log.map(({ api }) => api)).toEqual(['token']);
	expect(result.serialized).not.toContain('wrong-secret-in-the-credential');
});

test('no secret is in the record of a run that went well', async () => {
	const tenant = await openTenant();
	const result = await tenant.query({ operation: 'getMany', returnAll: true });
	expect(result.output().length).toBeGreaterThan(0);
	expectNoSecrets(tenant, result);
});

test.each([
	['', {}],
	[' under Continue On Fail', CONTINUE],
	[' at the error output', ERROR_OUTPUT],
])('a hostile answer stays harmless%s', async (_name, nodeSettings) => {
	const tenant = await openTenant();
	const { sandbox } = tenant;
	sandbox.fault({
		api: 'batch_query',
		always: true,
		do: ({ headers }) => {
			const evil = `<img src=x onerror=alert(1)> \`x\` ECONNREFUSED EACCES ${sandbox.app.appSecret} ${headers.authorization} ${headers.authorization?.slice(7)} \u0000\u001b[2J\u202e${'长'.repeat(10_000)}`;
			const error = {
				log_id: evil,
				permission_violations: Array(50).fill({ subject: evil }),
				field_violations: Array(50).fill({ field: evil, value: evil, description: evil }),
			};
			const body = JSON.stringify({ code: 99991672, msg: evil, error, data: evil });
			return { status: 400, headers: { 'x-tt-logid': 'L' }, body };
		},
	});
	const result = await tenant.query({ operation: 'getMany' }, { nodeSettings });
	expectNoSecrets(tenant, result);
	expect(result.serialized).not.toContain('<img');
	expect(result.serialized).not.toMatch(/\u0000|\\u0000|\\u001b|\u202e/);
	expect(result.serialized.length).toBeLessThan(40_000);
	const message =
		result.error?.message ??
		JSON.stringify(result.output()) + JSON.stringify(result.output(undefined, 1));
	expect(message).toContain('The app lacks a permission scope (code 99991672)');
});

import type { INodeParameters } from 'n8n-workflow';
import type { Api, Sandbox } from '../../sandbox';
import { bearerToken } from '../../sandbox/gateway/gateway';
import { type CredentialStore, runNode } from '../harness';
import { idsOf } from '../harness/tenant';
import { setLimits, shortWaits } from './support/limits';
import { query } from './support/runs';
import { APPLICATION, startTenant, storeFor } from './support/tenant';

setLimits(shortWaits);

const CREDENTIAL_ID = 'credential1';

let sandbox: Sandbox;
let store: CredentialStore;

beforeEach(async () => {
	sandbox = await startTenant(4);
	store = storeFor(sandbox);
});
afterEach(async () => await sandbox.close());

describe('customBaseUrl', () => {
	const ids = () => sandbox.checks.byApplication(APPLICATION).map(({ id }) => id);

	test.each(['/', '/evil/path', '/?to=https://evil.example', '/#fragment', '/open-apis/../x/'])(
		'cannot smuggle %s into a request',
		async (suffix) => {
			store.edit(CREDENTIAL_ID, { customBaseUrl: sandbox.url + suffix });

			expect(idsOf(await query(store))).toEqual(ids());
			expect(new Set(sandbox.log.map(({ api }) => api))).toEqual(new Set(['token', 'batch_query']));
			expect(
				JSON.stringify(sandbox.log.map(({ path, query: asked }) => [path, asked])),
			).not.toMatch(/evil|fragment/);
		},
	);

	const refused: Array<[string, string]> = [
		['user info', 'http://user:password@HOST'],
		['a user alone', 'http://token@HOST'],
		['plain http to another machine', 'http://open.feishu.example'],
		['another scheme', 'file:///etc/passwd'],
		['no URL', 'open feishu cn'],
		['nothing', '  '],
	];
	test.each(refused)('refuses %s before a request is sent', async (_what, url) => {
		store.edit(CREDENTIAL_ID, { customBaseUrl: url.replace('HOST', sandbox.url.slice(7)) });
		const result = await query(store);

		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/Base URL|base URL/);
		expect(result.serialized).not.toContain('password@');
		expect(sandbox.log).toEqual([]);
	});
});

describe('a hostile answer', () => {
	const script = '<img src=x onerror="alert(1)"><script>alert(2)</script>`code`';

	/** A server that returns everything it knows about its caller, in every place that a message can have. */
	function echo(secret: string, body: (leak: string) => unknown) {
		sandbox.fault({
			api: 'batch_query',
			always: true,
			do: ({ headers }) => ({
				status: 400,
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(
					body(`${script}\u0000\u202e${headers.authorization} ${secret} ${'长'.repeat(100_000)}`),
				),
			}),
		});
	}

	const shapes: Array<[string, (leak: string) => unknown]> = [
		['msg', (leak) => ({ code: 1002002, msg: leak })],
		['message', (leak) => ({ code: 4242, message: leak })],
		['log ID', (leak) => ({ code: 1002002, msg: 'x', error: { log_id: leak } })],
		[
			'field violations',
			(leak) => ({
				code: 99992402,
				msg: 'x',
				error: { field_violations: [{ field: leak, value: leak, description: leak }] },
			}),
		],
		[
			'permission violations',
			(leak) => ({
				code: 99991672,
				msg: 'x',
				error: { permission_violations: [{ type: leak, subject: leak }] },
			}),
		],
		['objects where text is due', (leak) => ({ code: 1002002, msg: { leak }, error: [leak] })],
		['a page that is none', (leak) => leak],
	];

	describe.each(['stopWorkflow', 'continueRegularOutput'] as const)('%s', (onError) => {
		test.each(shapes)('gives nothing away and shows as plain text: %s', async (_where, body) => {
			const { appSecret } = sandbox.apps.at(-1)!;
			echo(appSecret, body);
			const result = await query(store, { nodeSettings: { onError } });

			const shown =
				onError === 'stopWorkflow'
					? `${result.error?.message} ${result.error?.description}`
					: JSON.stringify(result.output()[0]!.json.error);
			expect(shown.length).toBeGreaterThan(20);
			expect(shown.length).toBeLessThan(3000);
			expect(shown).not.toMatch(/[<>`\u0000\u202e]/);
			const text = result.serialized;
			expect(text).not.toContain(appSecret);
			const [token] = sandbox.requests('batch_query').map(bearerToken);
			expect(token).toMatch(/^t-[0-9a-f]{20,}$/);
			expect(text).not.toContain(token);
			expect(text).not.toMatch(/"authorization"/i);
			expect(text).not.toContain('<script>');
			expect(text.length).toBeLessThan(30_000);
		});
	});

	test('with a name like __proto__ in an item does not pollute prototypes', async () => {
		sandbox.fault({
			api: 'batch_query',
			always: true,
			do: () => ({
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: '{"code":0,"data":{"has_more":false,"items":[{"id":"1","__proto__":{"polluted":1}}]}}',
			}),
		});
		await query(store);

		expect(({} as { polluted?: number }).polluted).toBeUndefined();
	});
});

describe("a token in another format than Feishu's current one", () => {
	const secretToken = 'ZXlKaGJHY2lPaUpTVXpJMU5pSXNJ';

	/** The token endpoint issues it, and an API returns it in its message. */
	function echoToken(code: number, api: Api = 'batch_query') {
		const body = { code: 0, msg: 'ok', tenant_access_token: secretToken, expire: 7200 };
		sandbox.fault({ api: 'token', always: true, do: { kind: 'answer', status: 200, body } });
		sandbox.fault({
			api,
			always: true,
			do: ({ headers }) => ({
				status: 400,
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ code, msg: `what is ${headers.authorization?.slice(7)}?` }),
			}),
		});
	}

	test.each([
		['refused by the API', 1002002],
		['refused as a token, twice', 99991663],
	])('is redacted in the error of the request that fetched it: %s', async (_name, code) => {
		echoToken(code);
		const result = await query(store);

		expect(result.error?.description).toContain('Feishu says: what is ***?');
		expect(result.serialized).not.toContain(secretToken);
	});

	test.each<[Api, string, INodeParameters]>([
		['upload', 'create', { attachments: 'data' }],
		['create_check', 'create', {}],
		['delete_check', 'delete', {}],
	])('is redacted in the error of a write: %s', async (api, operation, parameters) => {
		echoToken(9499, api);
		const [check] = sandbox.checks.all();
		// The sandbox does not know the token. It is read before a check is deleted.
		const read = { code: 0, data: { items: [check], has_more: false } };
		sandbox.fault({
			api: 'batch_query',
			always: true,
			do: { kind: 'answer', status: 200, body: read },
		});
		const data = { data: 'YWJj', fileName: 'a.pdf', mimeType: 'application/pdf' };
		const result = await runNode({
			credentials: store,
			type: 'feishuHire',
			parameters: {
				resource: 'externalBackgroundCheck',
				operation,
				recordOn: 'externalApplication',
				externalApplicationId: APPLICATION,
				name: 'a',
				result: 'b',
				date: '2025-03-10',
				checkId: check?.id ?? '',
				...parameters,
			},
			items: [{ json: {}, binary: { data } }],
		});

		expect(sandbox.requests(api).length).toBeGreaterThan(0);
		expect(result.error?.description).toContain('Feishu says: what is ***?');
		expect(result.serialized).not.toContain(secretToken);
	});

	test('is redacted in the error of a later request', async () => {
		echoToken(1002002);
		await query(store);
		const result = await query(store);

		expect(sandbox.requests('token')).toHaveLength(1);
		expect(result.error?.description).toContain('Feishu says: what is ***?');
	});
});

test('IDs and page tokens are encoded: the sandbox refuses unencoded tokens', async () => {
	await query(store, { options: { pageSize: 1 } });

	const sent = sandbox.requests('batch_query').map(({ query: asked }) => asked.page_token);
	expect(sent.filter((token) => /[+/=]/.test(token ?? ''))).toHaveLength(3);
	expect(sandbox.requests('batch_query').every(({ code }) => code === 0)).toBe(true);
});

test.each(['123&page_size=1', '../other', '1 OR 1=1', '123#', '%31'])(
	'an ID like %s does not change the path of a URL',
	async (id) => {
		const result = await query(store, {
			parameters: { operation: 'getByApplication', externalApplicationId: id },
		});

		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(
			/'External Application' contains something that is not an ID/,
		);
		expect(sandbox.log).toEqual([]);
	},
);

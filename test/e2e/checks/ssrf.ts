import assert from 'node:assert/strict';
import { fixtureChecks } from '../../../sandbox';
import { credentialData, credentialType } from '../lib/credential';
import type { Credential } from '../lib/credential';
import { N8n } from '../lib/n8n';
import { ownTest as test } from '../lib/test';
import {
	locator,
	manualTrigger,
	pdfNodes,
	queryNode,
	workflowOf,
	writeNode,
} from '../lib/workflows';
import type { NodeJson, WorkflowJson } from '../lib/workflows';
import type { OwnWorld } from '../lib/world';

const pdf = { pdf: Buffer.from('%PDF-1.4 a report').toString('base64') };

const fileNodes = pdfNodes('Text', pdf, 'report.pdf');

/** Continues after an error, which becomes an item. */
const lenient = (node: NodeJson, credential: Credential): NodeJson => ({
	...node,
	onError: 'continueRegularOutput',
	executeOnce: true,
	credentials: { [credentialType]: credential },
});

/** Runs a workflow in an n8n process with SSRF protection. @returns the node's output, as text */
async function runProtected(
	{ n8n, install, outside, executions }: OwnWorld,
	workflow: WorkflowJson,
	env: Record<string, string> = {},
): Promise<(node: string) => string> {
	const { id } = await executions.create(workflow);
	const guarded = await N8n.prepare({
		install,
		userFolder: n8n.userFolder,
		env: { ...outside.env, N8N_SSRF_PROTECTION_ENABLED: 'true', ...env },
	});
	const execution = executions.fromCommand(await guarded.execute(id));
	return (node) => JSON.stringify(execution.items(node));
}

/** N8N_SSRF_PROTECTION_ENABLED, with Feishu, or something in front of it, at a private address. */
export function ssrfTests(): void {
	test('token, API and upload to a private host: the error names it, and where it can be allowed', async ({
		world,
	}) => {
		const { sandbox, rest } = world;
		const baseUrl = sandbox.url.replace('127.0.0.1', 'localhost');
		const withoutToken = await world.createCredential(sandbox.app, baseUrl);
		const withToken = await world.createCredential(sandbox.app, baseUrl);
		// Makes n8n store the token with the credential.
		await rest.call('POST', '/credentials/test', {
			credentials: {
				...withToken,
				type: credentialType,
				data: credentialData(baseUrl, sandbox.app),
			},
		});
		const many = (name: string) => queryNode({ operation: 'getMany' }, name);
		const upload = writeNode({
			resource: 'externalBackgroundCheck',
			operation: 'create',
			recordOn: 'externalApplication',
			externalApplicationId: locator('id', sandbox.applications.all()[0]!.id),
			name: 'Report',
			result: '已通过',
			date: '2026-03-04',
			attachments: 'data',
			options: { ifIdenticalExists: 'create' },
		});
		sandbox.resetLog();
		const said = await runProtected(
			world,
			workflowOf(
				'Private host',
				manualTrigger(),
				lenient(many('Token'), withoutToken),
				lenient(many('API'), withToken),
				...fileNodes,
				lenient({ ...upload, name: 'Upload' }, withToken),
			),
		);
		for (const node of ['Token', 'API', 'Upload']) {
			assert.match(said(node), /n8n does not allow requests to localhost/, node);
			assert.match(said(node), /to add localhost to N8N_SSRF_ALLOWED_HOSTNAMES/, node);
		}
		assert.equal(sandbox.log.length, 0);
	});

	test('with the host allowed the query works; a file on another private host is reported with its address', async ({
		world,
	}) => {
		const { sandbox } = world;
		const [check] = fixtureChecks().filter(({ attachment_list: files }) => files?.length);
		assert.ok(check);
		const baseUrl = sandbox.url.replace('127.0.0.1', 'localhost');
		const download = queryNode(
			{
				operation: 'getByIds',
				externalBackgroundCheckIds: check.id,
				downloadAttachments: true,
			},
			'Download',
		);
		const said = await runProtected(
			world,
			workflowOf(
				'Private file host',
				manualTrigger(),
				lenient(download, await world.createCredential(sandbox.app, baseUrl)),
			),
			{ N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost' },
		);
		assert.ok(said('Download').includes(check.id));
		assert.match(
			said('Download'),
			/The file server could not be reached: n8n does not allow requests to 127\.0\.0\.1/,
		);
		assert.match(said('Download'), /to add 127\.0\.0\.1\/32 to N8N_SSRF_ALLOWED_IP_RANGES/);
	});
}

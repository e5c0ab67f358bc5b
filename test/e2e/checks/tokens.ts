import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialData, credentialType } from '../lib/credential';
import { ownTest as test } from '../lib/test';
import { manualTrigger, queryNode, workflowOf } from '../lib/workflows';
import type { OwnWorld } from '../lib/world';
import { otherApp } from '../lib/world';

const queryAll = { operation: 'getMany', returnAll: true };

/** A workflow with a credential of its own, without a token yet. */
async function fresh(world: OwnWorld, name: string) {
	const { sandbox, executions } = world;
	const credential = await world.createCredential(sandbox.app);
	const node = { ...queryNode(queryAll), credentials: { [credentialType]: credential } };
	const { id } = await executions.create(workflowOf(name, manualTrigger(), node));
	return { id, credential };
}

async function run({ executions }: OwnWorld, workflowId: string): Promise<number> {
	const execution = await executions.finished(await executions.start(workflowId, 'Start'));
	assert.equal(execution.status, 'success', execution.error?.message);
	return execution.items('Query').length;
}

/** The requests to the token endpoint, as the app ID of each. */
const tokenRequests = ({ sandbox }: OwnWorld): string[] =>
	sandbox.requests('token').map(({ body }) => (JSON.parse(body) as { app_id: string }).app_id);

/** The tenant access token in an n8n process: kept, renewed, dropped. */
export function tokenTests(): void {
	test('each n8n process asks for one token, however often it runs the node', async ({ world }) => {
		const { sandbox, n8n, executions } = world;
		const { id } = await fresh(world, 'Token: one a process');
		for (const process of ['first', 'second']) {
			const execution = executions.fromCommand(await n8n.execute(id));
			assert.equal(execution.items('Query').length, sandbox.checks.size, process);
		}
		assert.deepEqual(tokenRequests(world), [sandbox.app.appId, sandbox.app.appId]);
		await run(world, id);
		const before = tokenRequests(world).length;
		await run(world, id);
		assert.equal(tokenRequests(world).length, before);
	});

	test('an expired token is renewed before a request is sent', async ({ world }) => {
		const { sandbox } = world;
		sandbox.expireTokens();
		sandbox.options.tokenLifeSeconds = 1;
		const { id } = await fresh(world, 'Token: renewed');
		await run(world, id);
		await sleep(1100);
		const before = tokenRequests(world).length;
		sandbox.options.tokenLifeSeconds = 7200;
		assert.equal(await run(world, id), sandbox.checks.size);
		assert.equal(tokenRequests(world).length, before + 1);
	});

	test('a token that Feishu refuses is renewed once, and no row is lost', async ({ world }) => {
		const { sandbox } = world;
		const { id } = await fresh(world, 'Token: refused');
		await run(world, id);
		sandbox.expireTokens();
		const before = tokenRequests(world).length;
		assert.equal(await run(world, id), sandbox.checks.size);
		assert.equal(tokenRequests(world).length, before + 1);
		const refused = sandbox.requests('batch_query').filter(({ code }) => code === 99991663);
		assert.equal(refused.length, 1);
	});

	test('the token is dropped when the credential is edited to another app', async ({ world }) => {
		const { sandbox, rest } = world;
		const { id, credential } = await fresh(world, 'Token: other app');
		await run(world, id);
		const { data } = await rest.call<{ data: Record<string, unknown> }>(
			'GET',
			`/credentials/${credential.id}?includeData=true`,
		);
		await rest.call('PATCH', `/credentials/${credential.id}`, {
			...credential,
			type: credentialType,
			data: { ...data, ...credentialData(sandbox.url, otherApp) },
		});
		sandbox.resetLog();
		assert.equal(await run(world, id), sandbox.checks.size);
		assert.deepEqual(tokenRequests(world), [otherApp.appId]);
		assert.equal(sandbox.log[0]!.api, 'token', 'a request left with the old token');
	});
}

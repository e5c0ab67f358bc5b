import assert from 'node:assert/strict';
import { credentialType } from '../lib/credential';
import { dumpSqlite } from '../lib/database';
import { assertNoSecret, wrongSecret } from '../lib/secrets';
import { ownTest as test } from '../lib/test';
import { httpRequestNode, manualTrigger, queryNode, workflowOf } from '../lib/workflows';
import type { OwnWorld } from '../lib/world';
import { otherApp, scopelessApp } from '../lib/world';

async function leaveFailures(world: OwnWorld): Promise<void> {
	const { sandbox, rest, executions } = world;
	const refused = await world.createCredential({ ...otherApp, appSecret: wrongSecret });
	const noScope = await world.createCredential(scopelessApp);
	const nodes = [
		{ ...queryNode({ operation: 'getMany' }), credentials: { [credentialType]: refused } },
		{ ...queryNode({ operation: 'getMany' }), credentials: { [credentialType]: noScope } },
		{
			...httpRequestNode(`${sandbox.url}/open-apis/hire/v1/attachments/1`),
			credentials: { [credentialType]: noScope },
		},
	];
	for (const node of nodes) {
		const execution = await executions.run(workflowOf('Failure', manualTrigger(), node));
		assert.equal(execution.status, 'error');
	}
	await rest.call('GET', `/credentials/${noScope.id}?includeData=true`);
	await rest.call('GET', '/credentials?includeData=true');
}

/**
 * What must stay in the credential. Runs last: it searches everything that the other tests left
 * behind, and adds failing runs, because errors contain more than results.
 */
export function secretTests(): void {
	test('no secret or token in n8n’s database', async ({ world }) => {
		const { n8n, install } = world;
		await leaveFailures(world);
		const tables = await dumpSqlite(install, n8n.userFolder);
		// Proves that the search reads the right data.
		assert.match(tables.get('execution_data') ?? '', /Feishu refused the App ID or App Secret/);
		assertNoSecret(world, tables);
	});

	test('no secret or token in n8n’s log', async ({ world }) => {
		const { n8n } = world;
		await leaveFailures(world);
		const log = n8n.logOf('n8n');
		assert.match(log, /Editor is now accessible/);
		assertNoSecret(world, new Map([['the log', log]]));
	});

	test('no secret or token in any answer of the REST API', async ({ world }) => {
		const { rest } = world;
		await leaveFailures(world);
		assert.ok(rest.answers.some((answer) => answer.includes(scopelessApp.appId)));
		assertNoSecret(world, new Map(rest.answers.map((answer, n) => [`answer ${n}`, answer])));
	});
}

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialType } from '../lib/credential';
import { test } from '../lib/test';
import { httpRequestNode, manualTrigger, workflowOf } from '../lib/workflows';
import type { World } from '../lib/world';

const queryPath = '/open-apis/hire/v1/external_background_checks/batch_query';

/** The node with a credential of its own, without a token yet. */
async function fresh(world: World, name: string, url = world.sandbox.url) {
	const credential = await world.createCredential(world.sandbox.app);
	const node = {
		...httpRequestNode(`${url}${queryPath}`),
		credentials: { [credentialType]: credential },
	};
	return workflowOf(name, manualTrigger(), node);
}

/** For the rest of the Hire API: n8n's HTTP Request node with our credential. */
export function httpRequestTests(): void {
	test('the HTTP Request node works with our credential, even after the token has expired', async ({
		world,
	}) => {
		const { sandbox, executions } = world;
		sandbox.expireTokens();
		sandbox.options.tokenLifeSeconds = 1;
		const workflow = await fresh(world, 'HTTP Request');
		const { id } = await executions.create(workflow);
		for (const token of ['a new one', 'one whose life is over']) {
			const execution = await executions.finished(await executions.start(id, 'Start'));
			assert.equal(execution.status, 'success', `${token}: ${execution.error?.message}`);
			const { json } = execution.items('HTTP Request')[0]!;
			assert.equal(json.code, 0, JSON.stringify(json));
			await sleep(1100);
		}
		assert.equal(sandbox.requests('token').length, 2);
		assert.deepEqual(
			sandbox.requests('batch_query').map(({ code }) => code),
			[0, 0],
		);
	});

	test('the credential sends its token to no other address', async ({ world }) => {
		const { sandbox, executions } = world;
		const elsewhere = sandbox.url.replace('127.0.0.1', 'localhost');
		const execution = await executions.run(await fresh(world, 'HTTP Request elsewhere', elsewhere));
		assert.equal(execution.status, 'error');
		assert.match(execution.text, /sends its token only to/);
		assert.equal(sandbox.requests('batch_query').length, 0);
	});
}

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from '../lib/test';
import { waitFor } from '../lib/waitFor';
import { manualTrigger, queryNode, workflowOf } from '../lib/workflows';

/** n8n's Stop button. */
export function stopTests(): void {
	test('Stop during a long scan ends it: no further request is sent', async ({
		world: { sandbox, rest, executions },
	}) => {
		sandbox.options.latencyMs = 100;
		const onePerPage = { operation: 'getMany', returnAll: true, options: { pageSize: 1 } };
		const workflow = workflowOf('Long scan', manualTrigger(), queryNode(onePerPage));
		const { id } = await executions.create(workflow);
		const executionId = await executions.start(id, 'Start');
		const pages = () => sandbox.requests('batch_query').length;
		await waitFor('the scan to be under way', () => pages() >= 5);
		await rest.call('POST', `/executions/${executionId}/stop`);
		const execution = await executions.finished(executionId);
		assert.equal(execution.status, 'canceled');
		await sleep(300);
		const sent = pages();
		await sleep(1500);
		assert.equal(pages(), sent, 'pages were asked for after the stop');
		assert.ok(sent < sandbox.checks.size / 2, `${sent} pages were read`);
	});
}

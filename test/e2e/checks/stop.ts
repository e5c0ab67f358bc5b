import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../lib/checks';
import { waitFor } from '../lib/waitFor';
import { manualTrigger, queryNode, workflowOf } from '../lib/workflows';
import type { World } from '../lib/world';

/** The Stop button. */
export function stopChecks({ sandbox, rest, executions }: World): Check[] {
	return [
		{
			name: 'Stop during a long scan ends it: no request leaves any more',
			run: async () => {
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
			},
		},
	];
}

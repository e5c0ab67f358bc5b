import assert from 'node:assert/strict';
import { test } from '../lib/test';
import { waitFor } from '../lib/waitFor';
import { queryNode, workflowOf } from '../lib/workflows';

/** A workflow that starts by itself. */
export function scheduleTests(): void {
	test('an active workflow with a Schedule Trigger fires and succeeds', async ({
		world: { sandbox, executions },
	}) => {
		const schedule = {
			name: 'Every two seconds',
			type: 'n8n-nodes-base.scheduleTrigger',
			typeVersion: 1.2,
			parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } },
		};
		const query = queryNode({ operation: 'getMany', returnAll: true });
		const workflow = await executions.create(workflowOf('Scheduled', schedule, query));
		await executions.activate(workflow);
		const [fired] = await waitFor('the schedule to fire', async () => {
			const found = await executions.list(workflow.id);
			return found.length > 0 && found;
		});
		await executions.deactivate(workflow.id);
		const execution = await executions.finished(fired!.id);
		assert.equal(execution.mode, 'trigger');
		assert.equal(execution.status, 'success', execution.error?.message);
		assert.equal(execution.items('Query').length, sandbox.checks.size);
	});
}

import { getEventListeners } from 'node:events';
import type { INodeType } from 'n8n-workflow';
import { loadPackage, runWorkflow } from '../harness';
import { n8nWorkflow } from '../harness/engine';
import { describe as describeNode, MANUAL_TRIGGER } from '../harness/nodeTypes';
import { NODE, useTenant } from '../harness/tenant';

const openTenant = useTenant();

const COUNTER = 'test.counter';

/** A node that notes how many listen for the end of the execution. */
function counter(counts: number[]): INodeType {
	const { Main } = n8nWorkflow.NodeConnectionTypes;
	return {
		description: describeNode({
			name: 'counter',
			displayName: 'Counter',
			group: ['transform'],
			inputs: [Main],
			outputs: [Main],
		}),
		execute() {
			const signal = this.getExecutionCancelSignal();
			if (!signal) throw new Error('The execution has no signal');
			counts.push(getEventListeners(signal, 'abort').length);
			return Promise.resolve([this.getInputData()]);
		},
	};
}

// In a loop of a workflow the node runs many times under one signal.
test('the node leaves nobody behind who listens for the end of the execution', async () => {
	const { credentials, credentialId, queries } = await openTenant({ checks: [] });
	const type = (await loadPackage()).fullType(NODE);
	const counts: number[] = [];
	const nodes = [MANUAL_TRIGGER, COUNTER, type, COUNTER].map((type, index) => ({
		name: `${index}`,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: type.endsWith(NODE)
			? { operation: 'getByApplication', externalApplicationId: '8' }
			: {},
	}));
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const connections = { 0: to('1'), 1: to('2'), 2: to('3') };
	const { error } = await runWorkflow({
		credentials,
		credentialId,
		workflow: { nodes, connections },
		otherNodes: { [COUNTER]: counter(counts) },
	});
	expect([error?.message, queries().length]).toEqual([undefined, 1]);
	expect(counts).toEqual([counts[0], counts[0]]);
});

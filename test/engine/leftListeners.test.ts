import { getEventListeners } from 'node:events';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { loadPackage, type RunResult, runWorkflow } from '../harness';
import { n8nWorkflow } from '../harness/engine';
import { describe as describeNode, MANUAL_TRIGGER } from '../harness/nodeTypes';
import { NODE, type Tenant, useTenant } from '../harness/tenant';
import { by, TALENT, useWriteTenant, WRITE_NODE } from './write/tenant';

const openTenant = useTenant();
const openWriteTenant = useWriteTenant();

const COUNTER = 'test.counter';

/** A node that notes how many listeners the execution's cancel signal has. */
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

/** Runs a node, and counts before and after it. */
async function countAround(
	{ credentials, credentialId }: Tenant,
	name: string,
	parameters: INodeParameters,
): Promise<{ result: RunResult; counts: number[] }> {
	const type = (await loadPackage()).fullType(name);
	const counts: number[] = [];
	const node = (name: string, type: string, parameters: INodeParameters = {}) => ({
		name,
		type,
		parameters,
		typeVersion: 1,
		position: [0, 0] as [number, number],
	});
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const result = await runWorkflow({
		credentials,
		credentialId,
		otherNodes: { [COUNTER]: counter(counts) },
		workflow: {
			nodes: [
				node('Start', MANUAL_TRIGGER),
				node('Before', COUNTER),
				node('Node', type, parameters),
				node('After', COUNTER),
			],
			connections: { Start: to('Before'), Before: to('Node'), Node: to('After') },
		},
	});
	return { result, counts };
}

// In a workflow's loop, a node runs many times with the same signal.
describe('no listener for the end of the execution is left behind', () => {
	test('by a query', async () => {
		const tenant = await openTenant({ checks: [] });
		const { result, counts } = await countAround(tenant, NODE, {
			operation: 'getByApplication',
			externalApplicationId: '8',
		});
		expect([result.error?.message, tenant.queries().length]).toEqual([undefined, 1]);
		expect(counts).toEqual([counts[0], counts[0]]);
	});

	test('by the node that writes', async () => {
		const { result, counts } = await countAround(await openWriteTenant(), WRITE_NODE, {
			resource: 'externalApplication',
			operation: 'getMany',
			candidate: by('value', TALENT.id),
		});
		expect(result.error).toBeUndefined();
		expect(result.output('Node')).toHaveLength(2);
		expect(counts).toEqual([counts[0], counts[0]]);
	});
});

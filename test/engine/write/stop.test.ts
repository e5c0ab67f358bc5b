import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeType } from 'n8n-workflow';
import type * as WriteRates from '../../../nodes/shared/hire/writeRates';
import { packageModule, runWorkflow } from '../../harness';
import { n8nWorkflow } from '../../harness/engine';
import { describe as described, MANUAL_TRIGGER } from '../../harness/nodeTypes';
import { APPLICATION, by, named, TALENT, useWriteTenant, WRITE_NODE } from './tenant';

const open = useWriteTenant();

const { writeRates } = packageModule<typeof WriteRates>('nodes/shared/hire/writeRates');

test('Stop ends before the next write, and awaits what has left', async () => {
	const tenant = await open({ latencyMs: 150 });
	const { sandbox, createChecks } = tenant;
	// Slow enough for the stop to come before the end, fast enough for several to be under way.
	writeRates.createCheck = 50;
	let cancel = () => {};
	const running = createChecks(
		named(...Array.from({ length: 100 }, (_, n) => `check ${n}`)),
		{},
		{ onStart: (controls) => (cancel = () => controls.cancel()) },
	);
	while (sandbox.requests('create_check').length < 5) await sleep(5);
	cancel();
	const result = await running;
	const atTheEnd = sandbox.requests('create_check').length;
	await sleep(300);
	writeRates.createCheck = 1000;
	expect(result.status).toBe('canceled');
	const all = sandbox.requests('create_check');
	expect(all).toHaveLength(atTheEnd);
	// Two seconds' worth, were the rest not held back.
	expect(all.length).toBeLessThan(100);
	// Each was answered: none was broken off.
	expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
	expect(sandbox.checks.byApplication(APPLICATION)).toHaveLength(all.length + 1);
});

test('after an error of an item, what has left is awaited and named', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"slow"' },
		do: { kind: 'delay', ms: 300 },
	});
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"bad"' },
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const result = await createChecks(named('slow', 'bad'));
	const slow = sandbox.checks.byApplication(APPLICATION).at(-1);
	expect(slow?.name).toBe('slow');
	expect(result.error?.context?.itemIndex).toBe(1);
	expect(result.error?.description).toContain(
		`Carried out before that: item 1 (${slow?.id}). The count begins at item 1 (row 2 of a sheet with a header).`,
	);
});

test('what has no answer two seconds after an error of another item may be there', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({ api: 'create_check', match: { body: '"name":"mute"' }, do: 'hang' });
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"bad"' },
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const result = await createChecks(named('mute', 'bad'));
	expect(result.error?.context?.itemIndex).toBe(1);
	expect(result.error?.description).toContain('May have been carried out: item 1');
});

test('when the node has ended, nothing of it waits for a stop: in a loop it would add up', async () => {
	const { credentials, credentialId } = await open();
	const waiting: number[] = [];
	const { Main } = n8nWorkflow.NodeConnectionTypes;
	const counter: INodeType = {
		description: described({
			name: 'counter',
			displayName: 'Counter',
			group: ['transform'],
			inputs: [Main],
			outputs: [Main],
		}),
		execute() {
			const stop = this.getExecutionCancelSignal();
			waiting.push(stop ? getEventListeners(stop, 'abort').length : NaN);
			return Promise.resolve([this.getInputData()]);
		},
	};
	const to = (node: string) => ({ main: [[{ node, type: Main, index: 0 }]] });
	const node = (name: string, type: string, parameters = {}) =>
		({ name, type, parameters, typeVersion: 1, position: [0, 0] as [number, number] }) as const;
	const result = await runWorkflow({
		credentials,
		credentialId,
		otherNodes: { 'harness.counter': counter },
		workflow: {
			nodes: [
				node('Start', MANUAL_TRIGGER),
				node('Before', 'harness.counter'),
				node('Write', `n8n-nodes-feishu-hire.${WRITE_NODE}`, {
					resource: 'externalApplication',
					operation: 'getMany',
					candidate: by('id', TALENT.id),
				}),
				node('After', 'harness.counter'),
			],
			connections: { Start: to('Before'), Before: to('Write'), Write: to('After') },
		},
	});
	expect(result.error).toBeUndefined();
	expect(result.output('Write')).toHaveLength(2);
	expect(waiting).toEqual([waiting[0], waiting[0]]);
});

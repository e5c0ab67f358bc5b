import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import axios from 'axios';
import type { Execution } from '../lib/executions';
import { secondsSince } from '../lib/progress';
import { assertNoSecret } from '../lib/secrets';
import { queueTest as test } from '../lib/test';
import { waitFor } from '../lib/waitFor';
import { queryNode, workflowOf } from '../lib/workflows';
import type { World } from '../lib/world';
import { binaryModesOf, fetchTestEvent, moveReport } from './byHand';

/** Starts executions of a full scan through a webhook. @returns the workflow's ID */
async function startScans(
	{ executions, n8n }: World,
	name: string,
	count: number,
): Promise<string> {
	const path = randomUUID();
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} },
	};
	const scan = queryNode({ operation: 'getMany', returnAll: true });
	const workflow = await executions.create(workflowOf(name, webhook, scan));
	await executions.activate(workflow);
	const call = async () =>
		await axios.post(`${n8n.url}/webhook/${path}`, undefined, { proxy: false });
	await waitFor('the webhook to be there', async () => await call().catch(() => undefined));
	await Promise.all(Array.from({ length: count - 1 }, call));
	return workflow.id;
}

/** Waits until all executions of a workflow have ended. */
async function allEnded(
	{ executions }: World,
	workflowId: string,
	count: number,
	limitMs: number,
): Promise<Execution[]> {
	const open = ['new', 'running', 'waiting', 'unknown'];
	const summaries = await waitFor(
		`${count} executions to end`,
		async () => {
			const found = await executions.list(workflowId);
			const isDone = found.length >= count && found.every(({ status }) => !open.includes(status));
			return isDone && found;
		},
		limitMs,
		1000,
	);
	const read: Execution[] = [];
	for (const { id } of summaries) read.push(await executions.finished(id));
	return read;
}

/** A success with missing items must never happen. */
function assertWhole({ sandbox }: World, execution: Execution): void {
	const ids = execution.items('Query').map(({ json }) => json.id);
	const all = sandbox.checks.all().map(({ id }) => id);
	assert.deepEqual(ids, all, `execution ${execution.id} has ${ids.length} rows`);
}

/** One tenant and one app, with executions spread over workers that know nothing of each other. */
export function queueTests(): void {
	test('OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: each node by hand is run by a worker, files in the database', async ({
		world,
	}) => {
		test.setTimeout(120_000);
		const fetched = await fetchTestEvent(world);
		const moved = await moveReport(world);
		assert.deepEqual(binaryModesOf(moved), ['database']);
		const logs = ['worker 1', 'worker 2'].map((name) => world.n8n.logOf(name)).join('\n');
		for (const { id } of [fetched, moved]) {
			assert.match(logs, new RegExp(`Worker finished execution ${id} `));
		}
	});

	test('50 scans of 20 pages on two workers: all whole, at most 10 % of the calls refused', async ({
		world,
	}) => {
		test.setTimeout(400_000);
		const { sandbox } = world;
		const startedAt = performance.now();
		const workflowId = await startScans(world, 'Scan', 50);
		const ended = await allEnded(world, workflowId, 50, 380_000);
		const seconds = secondsSince(startedAt);
		assert.deepEqual(new Set(ended.map(({ status }) => status)), new Set(['success']));
		for (const execution of ended) assertWhole(world, execution);
		assert.equal(ended.length, 50);
		const calls = sandbox.requests('batch_query');
		const refused = calls.filter(({ code }) => code === 99991400).length;
		const share = (100 * refused) / calls.length;
		const figures = `${calls.length} calls in ${seconds}, ${share.toFixed(1)} % refused`;
		assert.ok(share <= 10, figures);
		console.log(`  ${figures}`);
	});

	test('a killed worker: what was interrupted fails or is run again, no success is short', async ({
		world,
	}) => {
		test.setTimeout(240_000);
		const { sandbox, n8n } = world;
		const workflowId = await startScans(world, 'Interrupted scan', 16);
		const done = () => sandbox.requests('batch_query').filter(({ code }) => code === 0).length;
		await waitFor('the scans to be half done', () => done() >= 8 * 20, 60_000);
		await world.workers[1]!.kill();
		const log = n8n.logOf('worker 2');
		const interrupted = count(log, 'Worker started') - count(log, 'Worker finished');
		assert.ok(interrupted > 0, 'the worker had nothing in hand');
		const ended = await allEnded(world, workflowId, 16, 180_000);
		assert.equal(ended.length, 16);
		const successes = ended.filter(({ status }) => status === 'success');
		for (const execution of successes) assertWhole(world, execution);
		const failures = ended.filter((execution) => !successes.includes(execution));
		assert.ok(failures.length <= interrupted, `${failures.length} of ${interrupted} failed`);
		for (const { status } of failures) assert.match(status, /^(error|crashed)$/);
		console.log(`  ${interrupted} interrupted, ${failures.length} of them reported as failed`);
	});

	test('no secret or token in Postgres or in the logs of main process and workers', async ({
		world,
	}) => {
		const { n8n } = world;
		const dump = await world.postgres.dump();
		assert.match(dump, /INSERT INTO public.execution_data/);
		const names = ['n8n', 'worker 1', 'worker 2'];
		const logs = names.map((name) => [name, n8n.logOf(name)] as const);
		assertNoSecret(world, new Map([['Postgres', dump], ...logs]));
	});
}

const count = (text: string, words: string): number => text.split(words).length - 1;

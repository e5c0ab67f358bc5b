import assert from 'node:assert/strict';
import type { Check as BackgroundCheck } from '../../../sandbox';
import { waitFor } from '../lib/waitFor';
import type { WorkflowJson } from '../lib/workflows';
import type { World } from '../lib/world';

const added: BackgroundCheck = {
	id: '7340000000000009001',
	external_application_id: '7330000000000000002',
	name: '韩梅梅-背调',
	result: '未通过',
};

/**
 * The example as a person puts it to work: activated, polling every minute, with the bot of the
 * sandbox. n8n's shortest interval is a minute, so this takes one to two.
 */
export async function runTriggerExample(workflow: WorkflowJson, world: World): Promise<void> {
	const { sandbox, executions } = world;
	const created = await executions.create(adapted(workflow, sandbox.url));
	const passed = sandbox.checks.all().find(({ name, result }) => name && result === '已通过');
	assert.ok(passed);
	try {
		await executions.activate(created);
		const pages = Math.ceil(sandbox.checks.size / 20);
		await waitFor('the first poll', () => sandbox.requests('batch_query').length >= pages);
		await waitFor('the activation', async () => {
			const { active } = await world.rest.call<{ active: boolean }>(
				'GET',
				`/workflows/${created.id}`,
			);
			return active;
		});
		assert.deepEqual(sandbox.hooks, [], 'known checks were announced');
		sandbox.checks.update(passed.id, { result: '未通过' });
		sandbox.checks.add(added);
		const hooks = await waitFor(
			'two messages of the bot',
			() => sandbox.hooks.length >= 2 && sandbox.hooks,
			110_000,
		);
		const texts = hooks.map((hook) => (hook as { content: { text: string } }).content.text);
		const announced = [passed, added].map(({ name, id }) => `${name} ${id}`);
		const named = texts.map((text) => {
			const [, name, id] = /failed: (.*)\n[^]*Check ID: (\d+)/.exec(text) ?? [];
			return `${name} ${id}`;
		});
		assert.deepEqual(named.sort(), announced.sort());
		const { id } = (await executions.list(created.id))[0]!;
		assert.equal((await executions.finished(id)).status, 'success');
	} finally {
		await executions.deactivate(created.id);
		sandbox.checks.update(passed.id, { result: passed.result });
		sandbox.checks.remove(added.id);
	}
}

/** With the bot's address filled in, as its note asks for, and the shortest interval. */
function adapted(workflow: WorkflowJson, sandboxUrl: string): WorkflowJson {
	const copy = structuredClone(workflow);
	for (const { parameters } of copy.nodes) {
		if (parameters.pollTimes) parameters.pollTimes = { item: [{ mode: 'everyMinute' }] };
		if (typeof parameters.url === 'string') {
			parameters.url = parameters.url.replace('https://open.feishu.cn', sandboxUrl);
		}
	}
	return copy;
}

import assert from 'node:assert/strict';
import type { Check as BackgroundCheck } from '../../../sandbox';
import { test } from '../lib/test';
import { waitFor } from '../lib/waitFor';
import { exampleWorkflows } from '../lib/workflows';
import type { WorkflowJson } from '../lib/workflows';
import type { World } from '../lib/world';

const added: BackgroundCheck = {
	id: '7340000000000009001',
	external_application_id: '7330000000000000002',
	name: '韩梅梅-背调',
	result: '未通过',
};

const notifyExample = 'notify-on-failed-background-check.json';

/** Failed checks are announced in a group. */
export async function runTriggerExample(workflow: WorkflowJson, world: World): Promise<void> {
	await runPublished(workflow, world, (changed) => {
		const texts = world.sandbox.hooks.map(
			(hook) => (hook as { content: { text: string } }).content.text.split('failed: ')[1] ?? '',
		);
		assert.deepEqual(
			texts.map((text) => [text.split('\n')[0], /Check ID: (\d+)/.exec(text)?.[1]]).sort(),
			[changed, added].map(({ name, id }) => [name, id]).sort(),
		);
	});
}

/** The first of the two by itself. */
export function publishedTriggerTests(): void {
	test('published, the trigger announces a check that failed and one that is new', async ({
		world,
	}) => {
		test.setTimeout(180_000);
		const example = exampleWorkflows().find(({ file }) => file === notifyExample);
		assert.ok(example);
		await runTriggerExample(example.workflow, world);
	});
}

/** None of the results is 已通过: the owner is told of both, and no system is asked to move on. */
export async function runByResultExample(workflow: WorkflowJson, world: World): Promise<void> {
	await runPublished(workflow, world, (changed) => {
		const texts = world.sandbox.hooks.map((hook) => JSON.stringify(hook));
		for (const { id } of [changed, added]) {
			assert.ok(
				texts.some((text) => text.includes(`未通过 (ID ${id})`)),
				texts.join('\n'),
			);
		}
	});
}

/**
 * The example as a person puts it to work: published, polling every minute, with the bot of the
 * sandbox. n8n's shortest interval is a minute, so this takes one to two.
 */
async function runPublished(
	workflow: WorkflowJson,
	world: World,
	check: (changed: BackgroundCheck) => void,
): Promise<void> {
	const { sandbox, executions } = world;
	const created = await executions.create(adapted(workflow, sandbox.url));
	const passed = sandbox.checks.all().find(({ name, result }) => name && result === '已通过');
	assert.ok(passed);
	const { result } = passed;
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
		await waitFor('two messages of the bot', () => sandbox.hooks.length >= 2, 110_000);
		assert.equal(sandbox.hooks.length, 2);
		check(passed);
		// One that failed would stay, whatever the workflow's settings say of those that did not.
		const kept = workflow.settings.saveDataSuccessExecution === 'none' ? '' : 'success';
		await waitFor('its execution to succeed', async () => {
			const statuses = (await executions.list(created.id)).map(({ status }) => status);
			return statuses.join() === kept;
		});
	} finally {
		await executions.deactivate(created.id);
		sandbox.checks.update(passed.id, { result });
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

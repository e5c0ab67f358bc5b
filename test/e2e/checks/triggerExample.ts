import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileContent, orderExamples, type Check as BackgroundCheck } from '../../../sandbox';
import { test } from '../lib/test';
import { waitFor } from '../lib/waitFor';
import { exampleWorkflows } from '../lib/workflows';
import type { WorkflowJson } from '../lib/workflows';
import type { OwnWorld, World } from '../lib/world';
import { fileReportsExample, folderOf } from './attachments';

const added: BackgroundCheck = {
	id: '7340000000000009001',
	external_application_id: '7330000000000000002',
	name: '韩梅梅-背调',
	result: '未通过',
};

const notifyExample = 'notify-on-failed-background-check.json';

/** Failed checks are announced in a group. */
export async function runTriggerExample(workflow: WorkflowJson, world: World): Promise<void> {
	await runWithFailedChecks(workflow, world, (changed) => {
		const texts = world.sandbox.hooks.map((hook) => textOf(hook).split('failed: ')[1] ?? '');
		assert.deepEqual(
			texts.map((text) => [text.split('\n')[0], /Check ID: (\d+)/.exec(text)?.[1]]).sort(),
			[changed, added].map(({ name, id }) => [name, id]).sort(),
		);
	});
}

/** The first of the two examples on its own. */
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

/** None of the results is 已通过: the owner is told of both, and no system is called. */
export async function runByResultExample(workflow: WorkflowJson, world: World): Promise<void> {
	await runWithFailedChecks(workflow, world, (changed) => {
		const texts = world.sandbox.hooks.map((hook) => JSON.stringify(hook));
		for (const { id } of [changed, added]) {
			assert.ok(
				texts.some((text) => text.includes(`未通过 (ID ${id})`)),
				texts.join('\n'),
			);
		}
	});
}

/** A report file is stored; of a report page, the address is passed on. The owner is told of both. */
export async function runNewReportExample(workflow: WorkflowJson, world: OwnWorld): Promise<void> {
	const { orders } = world.sandbox;
	const { open, previewOnly } = orderExamples;
	const before = [open, previewOnly].map((id) => structuredClone(orders.byId(id)!));
	fileReportsExample.prepare(world);
	await runPublished(workflow, world, {
		hasPolled: () => world.sandbox.requests('orders').length > 0,
		change: () => {
			orders.addReport(open, { report_name: '终版报告' });
			orders.addReport(previewOnly, { report_preview_url: '/preview/1' });
		},
		check: async () => {
			const [name = '', ...others] = readdirSync(folderOf(world));
			assert.match(name, new RegExp(`^${open} [\\dT-]{17} 终版报告\\.pdf$`));
			assert.deepEqual(others, []);
			const { id, file } = orders.byId(open)!.feedback_info_list![0]!;
			const content = await buffer(fileContent({ id, ...file! }).open());
			assert.ok(content.equals(readFileSync(path.join(folderOf(world), name))));
			const outcomes = world.sandbox.hooks.map((hook) => textOf(hook).split('\n').at(-1));
			const page = `${world.sandbox.fileHostUrl}/preview/1`;
			assert.deepEqual(outcomes.sort(), [
				`文件 / File: .n8n-files/${name}`,
				`页面 / Page: ${page}`,
			]);
		},
		undo: () => {
			for (const { id, ...order } of before) orders.update(id, order);
		},
	});
}

const textOf = (hook: unknown) => (hook as { content: { text: string } }).content.text;

/** One check gets a result other than 已通过, and a new check has such a result. */
async function runWithFailedChecks(
	workflow: WorkflowJson,
	world: World,
	check: (changed: BackgroundCheck) => void,
): Promise<void> {
	const { sandbox } = world;
	const passed = sandbox.checks.all().find(({ name, result }) => name && result === '已通过');
	assert.ok(passed);
	const { result } = passed;
	const pages = Math.ceil(sandbox.checks.size / 20);
	await runPublished(workflow, world, {
		hasPolled: () => sandbox.requests('batch_query').length >= pages,
		change: () => {
			sandbox.checks.update(passed.id, { result: '未通过' });
			sandbox.checks.add(added);
		},
		check: () => check(passed),
		undo: () => {
			sandbox.checks.update(passed.id, { result });
			sandbox.checks.remove(added.id);
		},
	});
}

interface Story {
	/** Whether the first poll has read everything. */
	hasPolled: () => boolean;
	/** The changes after that, which must cause two messages. */
	change: () => void;
	check: () => Promise<void> | void;
	/** Restores the sandbox's data. */
	undo: () => void;
}

/**
 * The example as a user would run it: published, polling every minute, with the sandbox's bot. A
 * minute is n8n's shortest interval, so this takes one to two.
 */
async function runPublished(
	workflow: WorkflowJson,
	world: World,
	{ change, check, hasPolled, undo }: Story,
): Promise<void> {
	const { sandbox, executions } = world;
	const created = await executions.create(adapted(workflow, sandbox.url));
	try {
		await executions.activate(created);
		await waitFor('the first poll', hasPolled);
		await waitFor('the activation', async () => {
			const { active } = await world.rest.call<{ active: boolean }>(
				'GET',
				`/workflows/${created.id}`,
			);
			return active;
		});
		assert.deepEqual(sandbox.hooks, [], 'what was known is announced');
		change();
		await waitFor('two messages of the bot', () => sandbox.hooks.length >= 2, 110_000);
		assert.equal(sandbox.hooks.length, 2);
		await check();
		// A failed execution would be kept, whatever the workflow says about successful ones.
		const kept = workflow.settings.saveDataSuccessExecution === 'none' ? '' : 'success';
		await waitFor('its execution to succeed', async () => {
			const statuses = (await executions.list(created.id)).map(({ status }) => status);
			return statuses.join() === kept;
		});
	} finally {
		await executions.deactivate(created.id);
		undo();
	}
}

/** Fills in the bot's address, as the note asks for, and sets the shortest interval. */
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

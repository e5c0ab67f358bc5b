import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { busyApplicationId, fileContent, fixtureChecks } from '../../../sandbox';
import type { Execution } from '../lib/executions';
import { test } from '../lib/test';
import {
	locator,
	manualTrigger,
	queryNode,
	triggerNode,
	workflowOf,
	writeNode,
} from '../lib/workflows';
import type { World } from '../lib/world';

/**
 * Executes the trigger manually, as Fetch Test Event does.
 * @returns the execution
 */
export async function fetchTestEvent({ executions, sandbox }: World): Promise<Execution> {
	const node = triggerNode({});
	const execution = await executions.run(workflowOf('Fetch Test Event', node));
	assert.equal(execution.status, 'success', execution.error?.message);
	const ids = execution.items(node.name).map(({ json }) => json.id);
	const known = sandbox.checks.all().map(({ id }) => id);
	assert.deepEqual(ids, known.slice(0, 10));
	return execution;
}

/**
 * Manually executes a workflow that downloads a report, records it on another application and
 * downloads it from there. Checks that the bytes are the same everywhere, in Feishu and in n8n.
 *
 * @returns the execution, whose files are stored in its n8n's mode
 */
export async function moveReport(world: World): Promise<Execution> {
	const { executions, sandbox, rest } = world;
	const [source] = fixtureChecks().filter(({ attachment_list: files }) => files?.length);
	const [listed] = source?.attachment_list ?? [];
	assert.ok(source && listed);
	const read = (externalBackgroundCheckIds: string, name: string) =>
		queryNode(
			{ operation: 'getByIds', externalBackgroundCheckIds, downloadAttachments: true },
			name,
		);
	const record = writeNode({
		resource: 'externalBackgroundCheck',
		operation: 'create',
		recordOn: 'externalApplication',
		externalApplicationId: locator('id', busyApplicationId),
		name: '报告转存',
		result: '已通过',
		date: '2026-03-04',
		attachments: 'attachment_*',
	});
	const workflow = workflowOf(
		'Move a report',
		manualTrigger(),
		read(source.id, 'Report'),
		record,
		read('={{ $json.id }}', 'Recorded'),
	);
	const execution = await executions.run(workflow);
	assert.equal(execution.status, 'success', execution.error?.message);
	const content = await buffer(fileContent(listed).open());
	const [upload] = sandbox.requests('upload');
	assert.ok(upload?.upload?.bytes?.equals(content), 'the upload differs');
	for (const name of ['Report', 'Recorded']) {
		const [file] = Object.values(execution.items(name)[0]?.binary ?? {});
		const stored = await rest.file(`/binary-data?id=${file?.id}&action=download`);
		assert.ok(stored.equals(content), `${name} differs`);
	}
	const [recorded] = execution.items('Recorded');
	sandbox.checks.remove(String(recorded?.json.id));
	return execution;
}

/** @returns the modes in which n8n stores the files of an execution: `filesystem`, `database` … */
export function binaryModesOf(execution: Execution): string[] {
	const files = ['Report', 'Recorded'].flatMap((name) =>
		execution.items(name).flatMap(({ binary }) => Object.values(binary ?? {})),
	);
	return [...new Set(files.map(({ id }) => id?.split(':')[0]!.replace('-v2', '') ?? 'memory'))];
}

/**
 * Executes each of our nodes manually.
 * @param binaryMode how this n8n stores files, if known
 */
export function byHandTests(binaryMode?: string): void {
	test('Fetch Test Event gives the newest checks', async ({ world }) => {
		await fetchTestEvent(world);
	});

	test('a report is downloaded, recorded elsewhere and read back, byte for byte', async ({
		world,
	}) => {
		const modes = binaryModesOf(await moveReport(world));
		if (binaryMode !== undefined) assert.deepEqual(modes, [binaryMode]);
	});
}

import path from 'node:path';
import { test as base } from '@playwright/test';
import { browserNeeds, ensurePackages } from './debian';
import { Editor } from './editor';
import { madeSetUp } from './globalSetup';
import { watchOutside } from './outside';
import { rootFolder } from './package';
import { createQueueWorld } from './queue';
import { owner } from './rest';
import { queueNeeds } from './services';
import type { WorkflowJson } from './workflows';
import { createWorld } from './world';
import type { World, WorldOptions } from './world';

/** Milliseconds: what is started once, on a machine that has other things to do. */
const STARTING_LIMIT = 600_000;

/**
 * Tests that share a world; each finds its sandbox as new. Playwright starts another world after a
 * test that failed.
 */
const testIn = <W extends World>(create: (options: WorldOptions) => Promise<W>) =>
	base.extend<{ newSandbox: void }, { world: W }>({
		world: [
			async ({}, use, { workerIndex }) => {
				const options = givenSetUp();
				const folder = path.join(options.folder, `worker-${workerIndex}`);
				const world = await create({ ...options, folder });
				await use(world);
				await world.close();
			},
			{ scope: 'worker', timeout: STARTING_LIMIT },
		],
		newSandbox: [
			async ({ world }, use) => {
				world.reset();
				await use();
			},
			{ auto: true },
		],
	});

interface InEditor {
	/** Stores a workflow and opens its last node. */
	open: (workflow: WorkflowJson) => Promise<void>;
}

/** Tests in a plain n8n on SQLite; those that ask for it share an editor in a browser. */
export const test = testIn(createWorld).extend<InEditor, { editor: Editor }>({
	editor: [
		async ({ world }, use) => {
			await ensurePackages(browserNeeds);
			const { url: proxy } = await watchOutside();
			const pictures = picturesFolder();
			const editor = await Editor.open({ url: world.n8n.url, owner, proxy, pictures });
			await use(editor);
			await editor.close();
		},
		{ scope: 'worker', timeout: STARTING_LIMIT },
	],
	open: async ({ world, editor }, use) => {
		await use(async (workflow) => {
			const { id } = await world.executions.create(workflow);
			await editor.openNode(id, workflow.nodes.at(-1)?.id ?? '');
		});
	},
});

/** Tests in n8n's queue mode, with 20 pages of checks in the sandbox. */
export const queueTest = testIn(async (options) => {
	await ensurePackages(queueNeeds);
	return await createQueueWorld({ ...options, checks: 400 });
});

/** Each run gives pictures that differ a little, so the checkout gets them only when asked for. */
const picturesFolder = () =>
	process.env.E2E_PICTURES ? path.join(rootFolder, 'docs', 'images') : givenSetUp().folder;

function givenSetUp(): WorldOptions {
	const setUp = madeSetUp();
	if (setUp === undefined) throw new Error('the global set-up has not run');
	return setUp;
}

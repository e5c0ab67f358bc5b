import path from 'node:path';
import { test as base } from '@playwright/test';
import type { Request } from '@playwright/test';
import { browserNeeds, ensurePackages } from './debian';
import { Editor } from './editor';
import { madeSetUp } from './globalSetup';
import { watchOutside } from './outside';
import { rootFolder } from './package';
import { createQueueWorld } from './queue';
import { owner } from './rest';
import { joinWorld, runningN8n } from './runningN8n';
import { queueNeeds } from './services';
import type { WorkflowJson } from './workflows';
import { createWorld } from './world';
import type { OwnWorld, World, WorldOptions } from './world';

/** Milliseconds: what is started once, on a machine that has other things to do. */
const STARTING_LIMIT = 600_000;

const running = runningN8n();

/**
 * Tests that share a world; each finds its sandbox as new. Playwright starts another world after a
 * test that failed.
 */
const testIn = <W extends World>(create: (workerIndex: number) => Promise<W>) =>
	base.extend<{ newSandbox: void }, { world: W }>({
		world: [
			async ({}, use, { workerIndex }) => {
				const world = await create(workerIndex);
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

/** The same; those that ask for it share an editor in a browser. */
const testWithEditor = <W extends World>(create: (workerIndex: number) => Promise<W>) =>
	testIn(create).extend<InEditor, { editor: Editor }>({
		editor: [
			async ({ world }, use, { project }) => {
				await ensurePackages(browserNeeds);
				const { url: proxy } = await watchOutside();
				// Each run gives pictures that differ a little, so the checkout gets them only when asked for.
				const pictures = process.env.E2E_PICTURES
					? path.join(rootFolder, 'docs', 'images')
					: project.outputDir;
				const signIn = running?.owner ?? owner;
				const editor = await Editor.open({ url: world.n8n.url, owner: signIn, proxy, pictures });
				const stored: Array<Promise<void>> = [];
				editor.page.on('request', (request) => stored.push(noteWorkflow(request, world)));
				await use(editor);
				await Promise.all(stored);
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

/** Tests in a plain n8n: the running one, or one on SQLite that the run starts. */
export const test = testWithEditor<World>(async (workerIndex) =>
	running ? await joinWorld(running) : await createWorld(setUpOf(workerIndex)),
);

/** The same tests, as far as they need an n8n that the run has started: they are in no project for a running one. */
export const ownTest = test as unknown as ReturnType<typeof testWithEditor<OwnWorld>>;

/** Tests in n8n's queue mode, with 20 pages of checks in the sandbox. */
export const queueTest = testIn(async (workerIndex) => {
	await ensurePackages(queueNeeds);
	return await createQueueWorld({ ...setUpOf(workerIndex), checks: 400 });
});

/** The editor stores by itself what is built in it. */
async function noteWorkflow(request: Request, { executions, n8n }: World): Promise<void> {
	if (request.method() !== 'POST' || request.url() !== `${n8n.url}/rest/workflows`) return;
	// No answer when the page leaves, and no ID when n8n refuses: then there is nothing to remove.
	const response = await request.response().catch(() => null);
	if (!response?.ok()) return;
	const { data } = (await response.json()) as { data: { id: string } };
	executions.created.push(data.id);
}

function setUpOf(workerIndex: number): WorldOptions {
	const setUp = madeSetUp();
	if (setUp === undefined) throw new Error('the global set-up has not run');
	return { ...setUp, folder: path.join(setUp.folder, `worker-${workerIndex}`) };
}

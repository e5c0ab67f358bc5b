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

/** In ms: time for a one-time start, on a busy machine. */
const STARTING_LIMIT = 600_000;

const running = runningN8n();

/**
 * Tests that share a world. Each gets the sandbox in its initial state. Playwright starts a new
 * world after a failed test.
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

/** The same; tests that ask for it share an editor in a browser. */
const testWithEditor = <W extends World>(create: (workerIndex: number) => Promise<W>) =>
	testIn(create).extend<InEditor, { editor: Editor }>({
		editor: [
			async ({ world }, use, { project }) => {
				await ensurePackages(browserNeeds);
				const { url: proxy } = await watchOutside();
				// Pictures differ a little in each run, so the checkout gets them only on request.
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

/** Like `test`, for tests that need an n8n started by the run. They are in no project for a running n8n. */
export const ownTest = test as unknown as ReturnType<typeof testWithEditor<OwnWorld>>;

/** Tests in n8n's queue mode, with 20 pages of checks in the sandbox. */
export const queueTest = testIn(async (workerIndex) => {
	await ensurePackages(queueNeeds);
	return await createQueueWorld({ ...setUpOf(workerIndex), checks: 400 });
});

/** Notes workflows that the editor stores by itself. */
async function noteWorkflow(request: Request, { executions, n8n }: World): Promise<void> {
	if (request.method() !== 'POST' || request.url() !== `${n8n.url}/rest/workflows`) return;
	// There is no answer if the page is left, and no ID if n8n refuses. Then there is nothing to
	// remove.
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

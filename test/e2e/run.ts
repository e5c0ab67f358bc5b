/**
 * `npm run e2e`: the packed package in a real n8n, through its REST API and command line, in a
 * browser, and in queue mode.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { aiToolChecks } from './checks/aiTool';
import { attachmentChecks, attachmentEditorChecks } from './checks/attachments';
import { credentialChecks } from './checks/credential';
import { editorChecks } from './checks/editor';
import { exampleChecks } from './checks/examples';
import { httpRequestChecks } from './checks/httpRequest';
import { queueChecks, queueChecksInSandbox } from './checks/queue';
import { quietChecks } from './checks/quiet';
import { scheduleChecks } from './checks/schedule';
import { secretChecks } from './checks/secrets';
import { stopChecks } from './checks/stop';
import { tokenChecks } from './checks/tokens';
import { Report } from './lib/checks';
import type { Check } from './lib/checks';
import { browserNeeds, ensurePackages } from './lib/debian';
import { Editor } from './lib/editor';
import { ensureN8n } from './lib/install';
import { watchOutside } from './lib/outside';
import { packPackage, rootFolder } from './lib/package';
import { runMain } from './lib/processes';
import { secondsSince, withProgress } from './lib/progress';
import { createQueueWorld } from './lib/queue';
import { owner } from './lib/rest';
import { createWorld, scratchFolder } from './lib/world';
import type { World, WorldOptions } from './lib/world';

const usage = `npm run e2e                      everything
npm run e2e -- --only api        through n8n's REST API and command line
npm run e2e -- --only editor     in a browser
npm run e2e -- --pictures        also writes the pictures of docs/images
npm run e2e -- --only queue      queue mode: Redis, Postgres, two workers`;

/** Topics that a plain n8n on SQLite shows, in the order they run. */
const apiTopics: Array<[title: string, checks: (world: World) => Check[]]> = [
	['Credential test', credentialChecks],
	['Token', tokenChecks],
	['Examples', exampleChecks],
	['Attachments', attachmentChecks],
	['Schedule', scheduleChecks],
	['HTTP Request node', httpRequestChecks],
	['AI tool', aiToolChecks],
	['Stop', stopChecks],
];

async function runEditor(report: Report, world: World, pictures: string): Promise<void> {
	await ensurePackages(browserNeeds);
	const { url: proxy } = await watchOutside();
	const editor = await Editor.open({ url: world.n8n.url, owner, proxy, pictures });
	const checks = [...attachmentEditorChecks(world, editor), ...editorChecks(world, editor)];
	await report.run('Editor, in a browser', checks, () => world.reset());
	await editor.close();
}

/** Runs a part; what breaks outside its checks counts as a failure, and the rest goes on. */
async function attempt(report: Report, name: string, part: () => Promise<void>): Promise<void> {
	try {
		await part();
	} catch (error) {
		report.fail(name, error);
	}
}

async function runOnSqlite(
	report: Report,
	setUp: WorldOptions,
	pictures: string,
	wants: (part: string) => boolean,
): Promise<void> {
	const world = await createWorld(setUp);
	const run = async (title: string, checks: Check[]) =>
		await report.run(title, checks, () => world.reset());
	if (wants('api')) {
		for (const [title, checks] of apiTopics) await run(title, checks(world));
	}
	if (wants('editor')) {
		await attempt(report, 'the editor', async () => await runEditor(report, world, pictures));
	}
	if (wants('api')) await run('Secrets', secretChecks(world));
	await run('Offline', quietChecks(world));
	await world.close();
}

async function runQueue(report: Report, setUp: WorldOptions): Promise<void> {
	const world = await createQueueWorld({ ...setUp, checks: queueChecksInSandbox });
	await report.run('Queue mode', queueChecks(world), () => world.reset());
	await world.close();
}

void runMain(async () => {
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			pictures: { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	const { only } = values;
	if (values.help || (only !== undefined && !['api', 'editor', 'queue'].includes(only))) {
		console.log(usage);
		return values.help ? 0 : 1;
	}
	const wants = (part: string) => only === undefined || only === part;
	const startedAt = performance.now();
	const report = new Report();
	const install = await ensureN8n();
	const { folder, remove } = scratchFolder('e2e');
	const tarball = await withProgress('pack', async () => await packPackage(folder));
	// Each run gives pictures that differ a little, so the checkout gets them only when asked for.
	const pictures = values.pictures ? path.join(rootFolder, 'docs', 'images') : folder;
	const setUp = { install, tarball, folder };
	if (wants('api') || wants('editor')) {
		await attempt(
			report,
			'n8n on SQLite',
			async () => await runOnSqlite(report, setUp, pictures, wants),
		);
	}
	if (wants('queue')) {
		await attempt(report, 'queue mode', async () => await runQueue(report, setUp));
	}
	if (report.failed === 0) await remove();
	else console.log(`\nn8n's logs and databases are kept in ${folder}`);
	console.log(`\nn8n ${install.version}, ${secondsSince(startedAt)}`);
	console.log(`${report.passed} passed, ${report.failed} failed`);
	return report.failed === 0 ? 0 : 1;
});

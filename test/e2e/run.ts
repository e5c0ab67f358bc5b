/**
 * `npm run e2e`: the packed package in a real n8n, through its REST API and command line, in a
 * browser, and in queue mode.
 */
import path from 'node:path';
import { readFlags, reportFailure, UsageError } from '../../scripts/commandLine';
import { queueChecks, queueChecksInSandbox } from './checks/queue';
import { quietChecks } from './checks/quiet';
import { secretChecks } from './checks/secrets';
import { API_TOPICS, editorChecksOf } from './checks/topics';
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
import { queueNeeds } from './lib/services';
import { createWorld, scratchFolder } from './lib/world';
import type { World, WorldOptions } from './lib/world';

const PARTS = ['api', 'editor', 'queue'] as const;

const USAGE = `npm run e2e                        everything; needs Debian or Ubuntu
npm run e2e -- --only api          through n8n's REST API and command line; any system
npm run e2e -- --only editor       in a browser
npm run e2e -- --only queue        queue mode: Redis, Postgres, two workers
npm run e2e -- --grep credential   the checks whose topic or name has this word (a regular expression)
npm run e2e -- --pictures          also writes the pictures of docs/images`;

/** The topics of the parts that are costly to set up: with --grep, a part whose topic does not match needs --only. */
const EDITOR = 'Editor, in a browser';
const QUEUE = 'Queue mode';

/** What was asked for. */
interface Wishes {
	wants: (part: (typeof PARTS)[number]) => boolean;
	/** The checks of a topic that are to run. */
	chosen: (title: string, checks: Check[]) => Check[];
	pictures: boolean;
	help: boolean;
}

/** @throws UsageError */
function readWishes(args: string[]): Wishes {
	const { only, grep, pictures, help } = readFlags(args, {
		only: { type: 'string' },
		grep: { type: 'string' },
		pictures: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	});
	if (only !== undefined && !(PARTS as readonly string[]).includes(only)) {
		throw new UsageError(`--only takes ${PARTS.join(', ')}. See --help.`);
	}
	const pattern = new RegExp(grep ?? '', 'i');
	const costly = { api: undefined, editor: EDITOR, queue: QUEUE };
	return {
		wants: (part) => {
			if (only !== undefined) return only === part;
			const title = costly[part];
			return title === undefined || pattern.test(title);
		},
		chosen: (title, checks) => checks.filter(({ name }) => pattern.test(`${title}: ${name}`)),
		pictures,
		help,
	};
}

/** What all parts work with. */
interface Run {
	wishes: Wishes;
	report: Report;
	setUp: WorldOptions;
	/** Folder for the pictures. */
	pictures: string;
}

/** Runs the chosen checks of a topic; each finds the world as new. */
async function runTopic(run: Run, world: World, title: string, checks: Check[]): Promise<void> {
	const chosen = run.wishes.chosen(title, checks);
	if (chosen.length > 0) await run.report.run(title, chosen, () => world.reset());
}

async function runEditor(run: Run, world: World): Promise<void> {
	const { url: proxy } = await watchOutside();
	const { pictures } = run;
	const editor = await Editor.open({ url: world.n8n.url, owner, proxy, pictures });
	await runTopic(run, world, EDITOR, editorChecksOf(world, editor));
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

async function runOnSqlite(run: Run): Promise<void> {
	const { wishes, report, setUp } = run;
	const world = await createWorld(setUp);
	if (wishes.wants('api')) {
		for (const [title, checks] of API_TOPICS) await runTopic(run, world, title, checks(world));
	}
	if (wishes.wants('editor')) {
		await attempt(report, 'the editor', async () => await runEditor(run, world));
	}
	if (wishes.wants('api')) await runTopic(run, world, 'Secrets', secretChecks(world));
	await runTopic(run, world, 'Offline', quietChecks(world));
	await world.close();
}

async function runQueue(run: Run): Promise<void> {
	const world = await createQueueWorld({ ...run.setUp, checks: queueChecksInSandbox });
	await runTopic(run, world, QUEUE, queueChecks(world));
	await world.close();
}

/** The programs of the system that the chosen parts need. */
function needsOf({ wants }: Wishes) {
	return [...(wants('editor') ? browserNeeds : []), ...(wants('queue') ? queueNeeds : [])];
}

async function main(): Promise<number> {
	const wishes = readWishes(process.argv.slice(2));
	if (wishes.help) {
		console.log(USAGE);
		return 0;
	}
	const { wants } = wishes;
	const startedAt = performance.now();
	console.log('End-to-end run in a real n8n, on Debian or Ubuntu');
	await ensurePackages(needsOf(wishes));
	const report = new Report();
	const install = await ensureN8n();
	const { folder, remove } = scratchFolder('e2e');
	const tarball = await withProgress('pack', async () => await packPackage(folder));
	// Each run gives pictures that differ a little, so the checkout gets them only when asked for.
	const pictures = wishes.pictures ? path.join(rootFolder, 'docs', 'images') : folder;
	const run: Run = { wishes, report, setUp: { install, tarball, folder }, pictures };
	if (wants('api') || wants('editor')) {
		await attempt(report, 'n8n on SQLite', async () => await runOnSqlite(run));
	}
	if (wants('queue')) await attempt(report, 'queue mode', async () => await runQueue(run));
	if (report.failed === 0) await remove();
	else console.log(`\nn8n's logs and databases are kept in ${folder}`);
	if (report.passed + report.failed === 0) throw new UsageError('--grep: no check has this name.');
	console.log(`\nn8n ${install.version}, ${secondsSince(startedAt)}`);
	console.log(`${report.passed} passed, ${report.failed} failed`);
	return report.failed === 0 ? 0 : 1;
}

void runMain(async () => await main().catch(reportFailure));

/**
 * `npm run dev`: starts n8n with this package, a sandbox tenant and the examples, ready to use.
 * Compiles changed sources and loads them into the running n8n.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../sandbox';
import type { Sandbox } from '../sandbox';
import { readFlags, reportFailure } from '../sandbox/commandLine';
import { changeCommand, fullestApplication, peopleToTry } from '../sandbox/introduction';
import { importedCredential } from '../test/e2e/lib/credential';
import { ensureN8n } from '../test/e2e/lib/install';
import { N8n } from '../test/e2e/lib/n8n';
import { copyPackage, removePackage, rootFolder } from '../test/e2e/lib/package';
import { freePort } from '../test/e2e/lib/ports';
import { runMain, startProcess } from '../test/e2e/lib/processes';
import { withProgress } from '../test/e2e/lib/progress';
import { owner, Rest } from '../test/e2e/lib/rest';
import { exampleWorkflows } from '../test/e2e/lib/workflows';
import { devFolderOf } from './devFolder';

const dist = path.join(rootFolder, 'dist');

/** n8n's usual port. */
const n8nPort = 5678;

/** The port of `npm run sandbox`, so that the README's commands also reach this sandbox. */
const sandboxPort = 8787;

/**
 * Makes the only folder that n8n lets workflows write to, in its home folder. n8n does not create
 * it, and a workflow that writes files fails without it.
 */
function makeFilesFolder(userFolder: string): string {
	const folder = path.join(userFolder, '.n8n-files');
	mkdirSync(folder, { recursive: true });
	return folder;
}

/**
 * Imports the examples that this n8n folder has never had. One that was changed or deleted stays
 * that way.
 */
async function importNewExamples(n8n: N8n): Promise<void> {
	const record = path.join(n8n.userFolder, 'imported-examples.json');
	const known = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as string[]) : [];
	const examples = exampleWorkflows().filter(({ file }) => !known.includes(file));
	if (examples.length === 0) return;
	await n8n.import(
		'workflow',
		examples.map(({ workflow }) => workflow),
	);
	writeFileSync(record, JSON.stringify([...known, ...examples.map(({ file }) => file)]));
}

/** The names and times of all files of the build; empty if there is no build. */
function stampOfBuild(): string {
	try {
		const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
		return files.map((file) => `${file} ${statSync(path.join(dist, file)).mtimeMs}`).join();
	} catch {
		return '';
	}
}

/**
 * Compiles on change, and copies the result to where n8n watches the package. Polls the build
 * instead of watching it: a full build removes the folder, and a watcher would be left with the
 * removed one.
 */
function rebuildOnChange(userFolder: string): void {
	const tsc = path.join(rootFolder, 'node_modules', 'typescript', 'bin', 'tsc');
	const args = [tsc, '-p', rootFolder, '--watch', '--preserveWatchOutput'];
	startProcess('tsc', process.execPath, args, { cwd: rootFolder, show: true });
	let handedOver = stampOfBuild();
	let seen = handedOver;
	setInterval(() => {
		const now = stampOfBuild();
		const isSettled = now === seen;
		seen = now;
		if (!isSettled || now === '' || now === handedOver) return;
		handedOver = now;
		copyPackage(userFolder);
		console.log('n8n reloads the package.');
	}, 500);
}

function introduction(n8n: N8n, sandbox: Sandbox, filesFolder: string): string {
	const { url, checks } = sandbox;
	const application = fullestApplication(checks.all());
	return `
n8n is ready:    ${n8n.url}
  email         ${owner.email}
  password       ${owner.password}

Its credential "Feishu Hire account" leads to a sandbox tenant with ${checks.size} background checks
at ${url}. An external application with ${application?.count} checks: ${application?.id}
Candidates to try, by name, email address or phone number:
${peopleToTry(sandbox)}
To make the Feishu Hire Trigger fire (publish a workflow that starts with it, then):
  ${changeCommand(sandbox)}
Workflows write files into ${filesFolder}
What arrives at the sandbox: ${url}/sandbox/log    n8n's log: ${n8n.logFile}

Changes in nodes/ and credentials/ are compiled and loaded. Ctrl-C ends everything.
`;
}

const HELP = `npm run dev    a real n8n with this package, a sandbox tenant, its credential and the examples`;

async function develop(stop: AbortSignal): Promise<number> {
	const install = await ensureN8n();
	const userFolder = devFolderOf(rootFolder);
	const sandbox = await startSandbox({ port: await freePort(sandboxPort) });
	const filesFolder = makeFilesFolder(userFolder);
	removePackage(userFolder);
	copyPackage(userFolder);
	const n8n = await N8n.prepare({
		install,
		userFolder,
		port: await freePort(n8nPort),
		env: { N8N_DEV_RELOAD: 'true' },
	});
	await withProgress('n8n: database, credential and workflows', async () => {
		await n8n.import('credentials', [importedCredential(sandbox.url, sandbox.app)]);
		await importNewExamples(n8n);
	});
	const main = await withProgress(`n8n ${install.version}: start`, async () => await n8n.start());
	await new Rest(n8n.url).signIn(owner);
	rebuildOnChange(userFolder);
	console.log(introduction(n8n, sandbox, filesFolder));
	await main.ended;
	if (stop.aborted) return 0;
	console.error(`n8n has ended by itself; see ${n8n.logFile}`);
	return 1;
}

/** Whether the command line asks to start n8n. It takes no option but --help. */
function isAskedFor(): boolean {
	try {
		const { help } = readFlags(process.argv.slice(2), { help: { type: 'boolean' } });
		if (help) console.log(HELP);
		return !help;
	} catch (error) {
		process.exitCode = reportFailure(error);
		return false;
	}
}

if (isAskedFor()) void runMain(develop);

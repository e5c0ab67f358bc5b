import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../../../scripts/cachedInstall';
import { runCommand } from './processes';
import { withProgress } from './progress';

const e2eFolder = path.resolve(__dirname, '..');
const copied = ['package.json', 'package-lock.json', '.npmrc'];

/** An installed n8n with the Node it runs on. */
export interface N8nInstall {
	folder: string;
	/** n8n's own Node: n8n 2.41 needs Node 24, the checkout runs on 20 and above. */
	node: string;
	/** n8n's command line, to be run by `node`. */
	n8n: string;
	version: string;
}

/**
 * Installs the n8n that e2e/package-lock.json pins, or finds it installed and working. Outside the
 * checkout, because n8n's build tool copies every picture below the checkout into the package.
 */
export async function ensureN8n(): Promise<N8nInstall> {
	const folder = path.join(cacheDirectory(), `e2e-${fingerprint()}`);
	removeRemains(folder);
	if (existsSync(folder)) {
		const problem = await problemOf(folder);
		if (problem === undefined) return installIn(folder);
		console.log(`  the n8n in ${folder} does not work and is installed anew (${problem})`);
		await rm(folder, { recursive: true, force: true });
	}
	const { n8n } = readJson(path.join(e2eFolder, 'package.json')).dependencies;
	console.log(`  n8n ${n8n} is installed once, into ${folder} (2.8 GB; takes 3 to 8 minutes)`);
	const building = `${folder}.${process.pid}`;
	await installInto(building);
	const problem = await problemOf(building);
	if (problem !== undefined) throw new Error(`n8n was installed but does not work: ${problem}`);
	// Whoever was first, of two runs at the same time, wins.
	if (existsSync(folder)) await rm(building, { recursive: true, force: true });
	else await rename(building, folder);
	return installIn(folder);
}

async function installInto(folder: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	for (const name of copied) copyFileSync(path.join(e2eFolder, name), path.join(folder, name));
	const npm = async (...args: string[]) => await runCommand('npm', args, { cwd: folder });
	await withProgress('npm ci: n8n and what it depends on', async () => {
		await npm('ci', '--ignore-scripts');
	});
	// Two install scripts of some 1,900 packages are run: the one that gets the Node binary of this
	// platform, and the one that gets or compiles the native module of n8n's database.
	await withProgress('Node for n8n', async () => {
		await npm('rebuild', '--ignore-scripts=false', 'node');
	});
	await withProgress('SQLite for n8n (is compiled where no binary can be had)', async () => {
		await npm('rebuild', '--ignore-scripts=false', 'sqlite3');
	});
}

function installIn(folder: string): N8nInstall {
	const modules = path.join(folder, 'node_modules');
	return {
		folder,
		node: path.join(modules, 'node', 'bin', 'node'),
		n8n: path.join(modules, 'n8n', 'bin', 'n8n'),
		version: readJson(path.join(modules, 'n8n', 'package.json')).version,
	};
}

/** Tries the parts that an interrupted or foreign install lacks. @returns what is wrong, if anything */
async function problemOf(folder: string): Promise<string | undefined> {
	try {
		const { node, n8n, version } = installIn(folder);
		await runCommand(node, ['-e', 'require("sqlite3")'], { cwd: folder });
		const env = { ...process.env, N8N_USER_FOLDER: path.join(folder, '.probe') };
		const printed = await runCommand(node, [n8n, '--version'], { cwd: folder, env });
		return printed.includes(version) ? undefined : `n8n --version says ${printed.trim()}`;
	} catch (error) {
		return (error as Error).message.split('\n').slice(0, 3).join(' ');
	}
}

/** Half-made installs of runs that have ended. */
function removeRemains(folder: string): void {
	const parent = path.dirname(folder);
	if (!existsSync(parent)) return;
	for (const name of readdirSync(parent)) {
		const pid = Number(/^e2e-\w+\.(\d+)$/.exec(name)?.[1]);
		if (pid > 0 && !isRunning(pid)) {
			void rm(path.join(parent, name), { recursive: true, force: true });
		}
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

function fingerprint(): string {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
	for (const name of copied) hash.update(readFileSync(path.join(e2eFolder, name)));
	return hash.digest('hex').slice(0, 12);
}

function readJson(file: string) {
	return JSON.parse(readFileSync(file, 'utf8')) as {
		version: string;
		dependencies: Record<string, string>;
	};
}

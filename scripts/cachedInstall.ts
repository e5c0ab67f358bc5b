import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../test/e2e/lib/processes';
import { withProgress } from '../test/e2e/lib/progress';

/** The files that define an install. A folder need not have an .npmrc. */
const SOURCES = ['package.json', 'package-lock.json', '.npmrc'];

/** What an install needs besides `npm ci` without install scripts. */
export interface ExtraSteps {
	/** Printed before the install begins: its size and how long it takes. */
	announcement?: string;
	/** Runs after `npm ci`, in the folder where the install is built. */
	finish?: (folder: string) => Promise<void>;
	/** Checks an install, whether new or cached. @returns what is wrong with it, if anything */
	problemOf?: (folder: string) => Promise<string | undefined>;
}

/** The folder for what may be deleted at any time, outside the checkout. */
export function cacheDirectory(): string {
	const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
	return path.join(caches, 'n8n-nodes-feishu-hire');
}

/**
 * Installs what a folder's lock file pins into the cache, once. The cache is outside the checkout
 * because `n8n-node build` copies every picture in the checkout into the package. An install that
 * does not work is replaced.
 *
 * @param source the folder with package.json and package-lock.json; its name starts the cache
 * folder's name
 * @returns the cache folder, with the installed `node_modules`
 * @throws Error with the end of npm's output if the install fails, and an Error if it does not work
 */
export async function cachedInstall(source: string, extra: ExtraSteps = {}): Promise<string> {
	const { announcement = 'a few minutes, once', finish, problemOf } = extra;
	const name = path.basename(source);
	const folder = path.join(cacheDirectory(), `${name}-${fingerprint(source)}`);
	await removeRemains();
	if (existsSync(folder)) {
		const problem = await problemOf?.(folder);
		if (problem === undefined) return folder;
		console.log(`  what is in ${folder} does not work and is installed anew (${problem})`);
		await rm(folder, { recursive: true, force: true });
	}
	console.log(`  ${name}: what its lock file pins is installed into ${folder} (${announcement})`);
	// The folder gets its final name once it is complete.
	const building = `${folder}.${process.pid}`;
	try {
		mkdirSync(building, { recursive: true });
		for (const file of sourcesIn(source)) {
			copyFileSync(path.join(source, file), path.join(building, file));
		}
		await withProgress('npm ci', async () => {
			const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
			await runCommand('npm', args, { cwd: building });
		});
		await finish?.(building);
		const problem = await problemOf?.(building);
		if (problem !== undefined) throw new Error(`${name} was installed but fails: ${problem}`);
		// If two runs install at the same time, the first one wins.
		if (!existsSync(folder)) await rename(building, folder);
	} finally {
		await rm(building, { recursive: true, force: true });
	}
	return folder;
}

const sourcesIn = (source: string): string[] =>
	SOURCES.filter((file) => existsSync(path.join(source, file)));

function fingerprint(source: string): string {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
	for (const file of sourcesIn(source)) hash.update(readFileSync(path.join(source, file)));
	return hash.digest('hex').slice(0, 12);
}

/** Deletes incomplete installs of runs that have ended. */
async function removeRemains(): Promise<void> {
	if (!existsSync(cacheDirectory())) return;
	for (const name of readdirSync(cacheDirectory())) {
		const pid = Number(/-[0-9a-f]{12}\.(\d+)$/.exec(name)?.[1]);
		if (pid > 0 && !isRunning(pid)) {
			await rm(path.join(cacheDirectory(), name), { recursive: true, force: true });
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

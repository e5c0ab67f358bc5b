import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

const COPIED = ['package.json', 'package-lock.json'];

/** Where this project keeps what may be deleted at any time; outside the checkout. */
export function cacheDirectory(): string {
	const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
	return path.join(caches, 'n8n-nodes-feishu-hire');
}

/**
 * Installs what a folder's lock file pins, once, into the cache: outside the checkout, because
 * `n8n-node build` copies every picture below the checkout into the package. Progress goes to stderr.
 *
 * @param folder holds package.json and package-lock.json; its name starts the cache folder's name
 * @returns the cache folder, with the installed `node_modules` in it
 * @throws Error with npm's output when the install fails
 */
export async function cachedInstall(folder: string): Promise<string> {
	const name = path.basename(folder);
	const target = path.join(cacheDirectory(), `${name}-${fingerprint(folder)}`);
	// It gets this name only when it is complete.
	if (existsSync(target)) return target;
	const building = `${target}.${process.pid}`;
	try {
		mkdirSync(building, { recursive: true });
		for (const file of COPIED) copyFileSync(path.join(folder, file), path.join(building, file));
		await npmCi(building, `Installing what ${name}/package-lock.json pins into ${target}`);
		// Of two runs at the same time the first one wins.
		if (!existsSync(target)) await rename(building, target);
	} finally {
		await rm(building, { recursive: true, force: true });
	}
	return target;
}

function fingerprint(folder: string): string {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
	for (const file of COPIED) hash.update(readFileSync(path.join(folder, file)));
	return hash.digest('hex').slice(0, 12);
}

/** Runs `npm ci` without install scripts; shows a sign of life every 10 s. */
async function npmCi(cwd: string, title: string): Promise<void> {
	const startedAt = performance.now();
	const seconds = () => Math.round((performance.now() - startedAt) / 1000);
	console.error(`${title} (a few minutes, once) …`);
	const heartbeat = setInterval(() => console.error(`  npm ci … ${seconds()} s`), 10_000);
	let output = '';
	const code = await new Promise<number | null>((resolve, reject) => {
		const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
		const child = spawn('npm', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		child.on('error', reject);
		child.on('close', resolve);
	}).finally(() => clearInterval(heartbeat));
	if (code !== 0) throw new Error(`npm ci failed in ${cwd} (exit ${code}):\n${output}`);
	console.error(`  npm ci: done in ${seconds()} s`);
}

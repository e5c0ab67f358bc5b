import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cachedInstall } from '../../../scripts/cachedInstall';
import { runCommand } from './processes';
import { withProgress } from './progress';

/** An installed n8n, with the Node that it runs on. */
export interface N8nInstall {
	folder: string;
	/** n8n's own Node: n8n 2.41 needs Node 24; the checkout runs on 20 and above. */
	node: string;
	/** n8n's command line, run by `node`. */
	n8n: string;
	version: string;
}

/** Installs the n8n that test/e2e/package-lock.json pins, unless a working install exists. */
export async function ensureN8n(): Promise<N8nInstall> {
	const folder = await cachedInstall(path.resolve(__dirname, '..'), {
		announcement: '2.8 GB; takes 3 to 8 minutes, once',
		finish: runInstallScripts,
		problemOf,
	});
	return installIn(folder);
}

/**
 * Runs two install scripts out of some 1,900 packages: the one that downloads the Node binary of
 * this platform, and the one that downloads or compiles the native module of n8n's database.
 */
async function runInstallScripts(folder: string): Promise<void> {
	const rebuild = async (name: string) => {
		await runCommand('npm', ['rebuild', '--ignore-scripts=false', name], { cwd: folder });
	};
	await withProgress('Node for n8n', async () => await rebuild('node'));
	await withProgress(
		'SQLite for n8n (is compiled where no binary can be had)',
		async () => await rebuild('sqlite3'),
	);
}

function installIn(folder: string): N8nInstall {
	const modules = path.join(folder, 'node_modules');
	const packageJson = readFileSync(path.join(modules, 'n8n', 'package.json'), 'utf8');
	return {
		folder,
		node: path.join(modules, 'node', 'bin', 'node'),
		n8n: path.join(modules, 'n8n', 'bin', 'n8n'),
		version: (JSON.parse(packageJson) as { version: string }).version,
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

// Makes a checkout ready to run: installs what is missing and builds what has changed. Plain Node
// without packages, because a fresh clone has none. Quick if there is nothing to do.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
	console.error(`This needs Node 20.19 or newer; you have ${process.versions.node}.`);
	process.exit(1);
}

/** Runs a command. Shows its output only if it fails, and a sign of life every 10 s until it ends. */
async function run(title, command, args) {
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	console.log(`${title} …`);
	const heartbeat = setInterval(() => console.log(`${title} … ${seconds()} s`), 10_000);
	let output = '';
	const code = await new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		child.on('error', reject);
		child.on('close', resolve);
	}).finally(() => clearInterval(heartbeat));
	if (code !== 0) {
		console.error(output);
		console.error(`${title}: failed (exit ${code}).`);
		process.exit(1);
	}
	console.log(`${title}: done in ${seconds()} s`);
}

/** npm writes the installed tree into node_modules. If that matches the lock file, nothing is missing. */
function isInstalled() {
	const installed = 'node_modules/.package-lock.json';
	if (!existsSync(installed)) return false;
	const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
	const locked = packagesOf('package-lock.json');
	return Object.entries(packagesOf(installed)).every(
		([path, { version }]) => locked[path]?.version === version,
	);
}

const newest = (path) =>
	statSync(path).isDirectory()
		? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
		: statSync(path).mtimeMs;

function isBuilt() {
	const built = 'dist/nodes/QueryExternalBackgroundChecks/QueryExternalBackgroundChecks.node.js';
	if (!existsSync(built)) return false;
	const sources = ['nodes', 'credentials', 'icons', 'tsconfig.json', 'package.json'];
	return Math.max(...sources.map(newest)) < statSync(built).mtimeMs;
}

if (!isInstalled()) {
	await run('Installing the development packages (a minute or two)', 'npm', ['ci']);
}
if (!isBuilt()) await run('Building the package', 'npm', ['run', '--silent', 'build']);

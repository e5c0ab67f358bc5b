import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { runCommand } from './processes';

export const rootFolder = path.resolve(__dirname, '..', '..', '..');
export const packageName = 'n8n-nodes-feishu-hire';

/**
 * Packs the built package as it would be published.
 * @param folder the folder for the tarball
 * @returns the tarball's path
 */
export async function packPackage(folder: string): Promise<string> {
	const printed = await runCommand('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: rootFolder,
	});
	const [packed] = JSON.parse(printed) as Array<{ filename: string }>;
	if (!packed) throw new Error(`npm pack made nothing:\n${printed}`);
	return path.join(folder, packed.filename);
}

/** The folder in which n8n's Community Nodes keeps our package. */
function installedFolder(userFolder: string): string {
	return path.join(userFolder, '.n8n', 'nodes', 'node_modules', packageName);
}

/**
 * The commands in README.md that install the package from a clone.
 * @returns the lines that make the folder, pack into it, and install
 * @throws Error if the README does not have these three lines
 */
export function readmeInstallCommands(): { makeFolder: string; pack: string; install: string } {
	const readme = readFileSync(path.join(rootFolder, 'README.md'), 'utf8');
	const blocks = [...readme.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block = '']) => block);
	const block = blocks.find((text) => text.includes('npm pack')) ?? '';
	const [makeFolder, pack, install] = block.split('\n').map((line) => line.trim());
	if (!makeFolder?.startsWith('mkdir') || !pack || !install?.includes('npm install')) {
		throw new Error('README.md does not say how the package is installed from a clone');
	}
	return { makeFolder, pack, install };
}

/**
 * Installs a tarball as README.md says, with its own commands and a temporary home folder. Skips
 * the command that builds and packs, which was run before.
 * @throws Error if the commands fail, or install more than our package
 */
export async function installTarball(tarball: string, userFolder: string): Promise<void> {
	const { makeFolder, install } = readmeInstallCommands();
	const env = {
		...process.env,
		HOME: userFolder,
		// The user's npm settings and cache, which npm would look for in the home folder.
		npm_config_userconfig: process.env.npm_config_userconfig ?? path.join(homedir(), '.npmrc'),
		npm_config_cache: process.env.npm_config_cache ?? path.join(homedir(), '.npm'),
	};
	const target = installedFolder(userFolder);
	const modules = path.dirname(target);
	await runCommand('bash', ['-c', makeFolder], { env });
	copyFileSync(tarball, path.join(modules, '..', path.basename(tarball)));
	await runCommand('bash', ['-c', install], { env });
	const packages = readdirSync(modules).filter((name) => !name.startsWith('.'));
	if (packages.join() !== packageName) {
		throw new Error(`npm installed ${packages.length} packages: ${packages.join(', ')}`);
	}
}

/**
 * Copies the built package from the checkout. A link would not do: Node would find the checkout's
 * n8n-workflow instead of n8n's own, and n8n would not recognize our errors.
 */
export function copyPackage(userFolder: string): void {
	const target = installedFolder(userFolder);
	cpSync(path.join(rootFolder, 'dist'), path.join(target, 'dist'), { recursive: true });
	cpSync(path.join(rootFolder, 'package.json'), path.join(target, 'package.json'));
}

/** Removes the package from an n8n folder. */
export function removePackage(userFolder: string): void {
	rmSync(installedFolder(userFolder), { recursive: true, force: true });
}

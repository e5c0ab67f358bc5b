import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './processes';

export const rootFolder = path.resolve(__dirname, '..', '..', '..');
export const packageName = 'n8n-nodes-feishu-hire';

/**
 * Packs the built package as it would be published.
 * @param folder where the tarball goes
 * @returns its path
 */
export async function packPackage(folder: string): Promise<string> {
	const printed = await runCommand('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: rootFolder,
	});
	const [{ filename }] = JSON.parse(printed) as Array<{ filename: string }>;
	return path.join(folder, filename);
}

/** The folder in which n8n's Community Nodes keeps our package. */
function installedFolder(userFolder: string): string {
	return path.join(userFolder, '.n8n', 'nodes', 'node_modules', packageName);
}

/**
 * Puts a tarball where n8n's Community Nodes unpacks it (n8n, community-packages.service.js). The
 * package has no dependencies, so there is nothing else to install.
 */
export async function installTarball(tarball: string, userFolder: string): Promise<void> {
	const target = installedFolder(userFolder);
	mkdirSync(target, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
}

/**
 * Copies the built package from the checkout. A link would not do: Node would find n8n-workflow in
 * the checkout instead of n8n's own, and n8n would not recognise our errors.
 */
export function copyPackage(userFolder: string): void {
	const target = installedFolder(userFolder);
	cpSync(path.join(rootFolder, 'dist'), path.join(target, 'dist'), { recursive: true });
	cpSync(path.join(rootFolder, 'package.json'), path.join(target, 'package.json'));
}

/** Takes the package out of an n8n folder. */
export function removePackage(userFolder: string): void {
	rmSync(installedFolder(userFolder), { recursive: true, force: true });
}

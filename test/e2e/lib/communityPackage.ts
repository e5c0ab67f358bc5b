import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openSqlite } from './database';
import type { OwnWorld } from './world';

const name = 'n8n-nodes-leaving';

/**
 * Removes a community package as Settings → Community Nodes does; n8n then reloads the nodes of all
 * others. The package is an empty one, made for this run and registered as installed.
 */
export async function removeSomePackage({ install, n8n, rest }: OwnWorld): Promise<void> {
	const folder = path.join(n8n.userFolder, '.n8n', 'nodes', 'node_modules', name);
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
	const { all, close } = openSqlite(install, n8n.userFolder);
	await all(
		'INSERT INTO installed_packages ("packageName", "installedVersion") VALUES (?, ?)',
		name,
		'1.0.0',
	);
	close();
	await rest.call('DELETE', `/community-packages?name=${name}`);
}

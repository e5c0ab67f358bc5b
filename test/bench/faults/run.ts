/**
 * `npm run compare:faults`: lets the official SDK's iterator, n8n's HTTP Request node and this node
 * read the same list while something goes wrong, and writes what came out to docs/reliability.md.
 */
import path from 'node:path';
import { cachedInstall } from '../../../scripts/cachedInstall';
import { runMain } from '../../e2e/lib/processes';
import { writeSection } from '../document';

void runMain(async () => {
	// Before the harness is loaded: all three run with the n8n that brings the HTTP Request node.
	process.env.N8N_ENGINE_DIR = await cachedInstall(path.join(__dirname, '..'));
	const { compareAll } = await import('./compare.js');
	const markdown = await compareAll();
	await writeSection(
		{
			page: 'reliability.md',
			begin: '<!-- written by npm run compare:faults -->',
			end: '<!-- end of what npm run compare:faults writes -->',
		},
		markdown,
	);
	console.log(markdown);
	return 0;
});

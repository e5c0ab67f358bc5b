/**
 * `npm run compare:faults`: lets the official SDK's iterator, n8n's HTTP Request node and this node
 * read the same list while something goes wrong, and writes what came out to docs/reliability.md.
 */
import { cachedInstall } from '../../../scripts/cachedInstall';

async function main(): Promise<void> {
	// Before the harness is loaded: all three run with the n8n that brings the HTTP Request node.
	process.env.N8N_ENGINE_DIR = await cachedInstall(__dirname);
	const { compareAll, writeDocument } = await import('./compare.js');
	const markdown = await compareAll();
	writeDocument(markdown);
	console.log(markdown);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);

/**
 * `npm run compare:faults`: lets the official SDK, n8n's HTTP Request node and this package's nodes
 * read the same list, and create the same checks, while something goes wrong, and writes what came
 * out to docs/reliability.md. With `-- reads` or `-- writes` only that.
 */
import path from 'node:path';
import { cachedInstall } from '../../../scripts/cachedInstall';
import { runMain } from '../../e2e/lib/processes';
import { writeSection } from '../document';

const PARTS = {
	reads: {
		begin: '<!-- written by npm run compare:faults -->',
		end: '<!-- end of what npm run compare:faults writes -->',
		compare: async () => await (await import('./compare.js')).compareReads(),
	},
	writes: {
		begin: '<!-- creates: written by npm run compare:faults -->',
		end: '<!-- end of the creates that npm run compare:faults writes -->',
		compare: async () => await (await import('./compareWrites.js')).compareWrites(),
	},
};

void runMain(async () => {
	const [only] = process.argv.slice(2);
	const parts = Object.entries(PARTS).filter(([name]) => only === undefined || name === only);
	if (parts.length === 0) throw new Error(`No part is called ${only}: reads, writes`);
	// Before the harness is loaded: all run with the n8n that brings the HTTP Request node.
	process.env.N8N_ENGINE_DIR = await cachedInstall(path.join(__dirname, '..'));
	for (const [name, { compare, begin, end }] of parts) {
		console.error(name);
		const markdown = await compare();
		await writeSection({ page: 'reliability.md', begin, end }, markdown);
		console.log(markdown);
	}
	return 0;
});

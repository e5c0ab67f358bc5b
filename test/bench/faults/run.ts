/**
 * `npm run compare:faults`: lets the official SDK, n8n's HTTP Request node and this package's nodes
 * read the same list, and create the same checks, while something goes wrong. Writes the results to
 * docs/reliability.md. `-- reads` or `-- writes` selects one part.
 */
import path from 'node:path';
import { cachedInstall } from '../../../scripts/cachedInstall';
import { runMain } from '../../e2e/lib/processes';
import { writePart } from '../page';

const PARTS = {
	reads: {
		part: /(?<=<!-- written by npm run compare:faults -->)[^]*(?=<!-- end of what npm run)/,
		load: async () => (await import('./reads.js')).reads,
	},
	writes: {
		part: /(?<=<!-- creates: written by npm run compare:faults -->)[^]*(?=<!-- end of the creates)/,
		load: async () => (await import('./writes.js')).writes,
	},
};

void runMain(async () => {
	const [only] = process.argv.slice(2);
	const parts = Object.entries(PARTS).filter(([name]) => only === undefined || name === only);
	if (parts.length === 0) throw new Error(`No part is called ${only}: reads, writes`);
	// Before the harness is loaded: all contenders run on the n8n that provides the HTTP Request
	// node.
	process.env.N8N_ENGINE_DIR = await cachedInstall(path.join(__dirname, '..'));
	const { compare } = await import('./compare.js');
	for (const [name, { part, load }] of parts) {
		console.error(name);
		const markdown = await compare(await load());
		await writePart('reliability.md', part, `\n\n${markdown}\n\n`);
		console.log(markdown);
	}
	return 0;
});

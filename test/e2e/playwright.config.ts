import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { rootFolder } from './lib/package';

/** `npm run e2e`: the packed package in a real n8n, one test after the other. */
export default defineConfig({
	projects: [
		// Through n8n's REST API and command line, and in a browser.
		{ name: 'n8n', testMatch: 'n8n.spec.ts' },
		// Queue mode: Redis, Postgres, two workers.
		{ name: 'queue', testMatch: 'queue.spec.ts' },
	],
	// Tests share an n8n, whose start takes half a minute, so there is one worker.
	workers: 1,
	timeout: 60_000,
	forbidOnly: true,
	globalSetup: './lib/globalSetup.ts',
	outputDir: path.join(rootFolder, '.cache', 'e2e'),
	reporter: [['list'], ['./lib/countReporter.ts']],
});

import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserNeeds, missingPackages } from './lib/debian';
import { rootFolder } from './lib/package';
import { runningN8n } from './lib/runningN8n';

const ofOwnN8n = [
	// Through n8n's REST API and command line, and in a browser.
	{ name: 'n8n', testMatch: 'n8n.spec.ts' },
	// Queue mode: Redis, Postgres, two workers.
	{ name: 'queue', testMatch: 'queue.spec.ts' },
];

const ofRunningN8n = [
	{ name: 'running', testMatch: 'running.spec.ts' },
	{ name: 'running-editor', testMatch: 'runningEditor.spec.ts' },
].slice(0, missingPackages(browserNeeds) ? 1 : 2);

/**
 * `npm run e2e`: tests the packed package in a real n8n, one test after another. With
 * `E2E_N8N_URL`, it tests the package that is installed in that n8n.
 */
export default defineConfig({
	projects: runningN8n() ? ofRunningN8n : ofOwnN8n,
	// Tests share an n8n, which takes half a minute to start, so there is only one worker.
	workers: 1,
	timeout: 60_000,
	forbidOnly: true,
	globalSetup: './lib/globalSetup.ts',
	outputDir: path.join(rootFolder, '.cache', 'e2e'),
	reporter: [['list'], ['./lib/countReporter.ts']],
});

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
 * `npm run e2e`: the packed package in a real n8n, one test after the other. With `E2E_N8N_URL`: the
 * package that the n8n there has installed.
 */
export default defineConfig({
	projects: runningN8n() ? ofRunningN8n : ofOwnN8n,
	// Tests share an n8n, whose start takes half a minute, so there is one worker.
	workers: 1,
	timeout: 60_000,
	forbidOnly: true,
	globalSetup: './lib/globalSetup.ts',
	outputDir: path.join(rootFolder, '.cache', 'e2e'),
	reporter: [['list'], ['./lib/countReporter.ts']],
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FullConfig } from '@playwright/test';
import { browserNeeds, ensurePackages, missingPackages } from './debian';
import { ensureN8n } from './install';
import { packPackage } from './package';
import { withProgress } from './progress';
import { runningN8n } from './runningN8n';
import { queueNeeds } from './services';
import type { WorldOptions } from './world';

const VARIABLE = 'FEISHU_HIRE_E2E';

/** Runs once, before the first test. */
export default async function setUp({ filteredProjects }: FullConfig): Promise<void> {
	const running = runningN8n();
	if (running) {
		const { names } = missingPackages(browserNeeds) ?? {};
		const without = names ? `, without its editor (not installed: ${names.join(', ')})` : '';
		console.log(`End-to-end run in the n8n at ${running.url}${without}`);
		return;
	}
	console.log('End-to-end run in a real n8n, on Debian or Ubuntu');
	// Nobody can be asked once the tests run. It is not yet known which tests --grep selects, so
	// those check their needs when they start.
	if (!process.argv.some((argument) => /^(-g|--grep)/.test(argument))) {
		const needs = { n8n: browserNeeds, queue: queueNeeds };
		const names = filteredProjects.map(({ name }) => name as keyof typeof needs);
		await ensurePackages(names.flatMap((name) => needs[name]));
	}
	const install = await ensureN8n();
	// Outside the checkout: inside it, Node would find the checkout's packages.
	const folder = mkdtempSync(path.join(tmpdir(), 'feishu-hire-e2e-'));
	const tarball = await withProgress('pack', async () => await packPackage(folder));
	process.env[VARIABLE] = JSON.stringify({ install, tarball, folder } satisfies WorldOptions);
	console.log(`n8n ${install.version}`);
}

/** @returns the basis of every world, in any process of the run; undefined before the end of the set-up */
export function madeSetUp(): WorldOptions | undefined {
	const made = process.env[VARIABLE];
	return made === undefined ? undefined : (JSON.parse(made) as WorldOptions);
}

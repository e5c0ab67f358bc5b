/**
 * `npm run mutation`: Stryker changes the shipped code in some thousand places, one at a time, and looks
 * whether a test fails. See docs/tests.md, which it writes.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheDirectory, cachedInstall } from '../../scripts/cachedInstall';
import { runMain } from '../e2e/lib/processes';
import { readReport, survivors, writeScores } from './report';

const HELP = `npm run mutation              all shipped code, about an hour; scores go into docs/tests.md
npm run mutation -- FILE …    some files (nodes/shared/feishu/retryPolicy.ts); nothing is written
npm run mutation -- --fresh   without what earlier runs have found out
npm run mutation -- --report  writes docs/tests.md from the last run`;

const ROOT = path.resolve(__dirname, '../..');
const reportOf = (part: 'all' | 'some') =>
	path.join(cacheDirectory(), `mutation-report-${part}.json`);

/** What earlier runs have found out: a mutant whose code and tests are the same is not run again. */
const EARLIER = path.join(cacheDirectory(), 'mutation-incremental.json');

/** Stryker's settings (its page "Configuration"). */
const settings = (mutate: string[], report: string, workshop: string, fresh: boolean) => ({
	mutate,
	plugins: [path.join(__dirname, 'runner.mjs')],
	testRunner: 'feishu-hire',
	ignorers: ['forms'],
	coverageAnalysis: 'perTest',
	// The engine runs what was built, so the changed code is built, too.
	buildCommand: 'npm run build',
	// No picture or schema of the copy may get into the package, and no linter or test run may find it.
	tempDirName: workshop,
	ignorePatterns: ['.git', 'dist', 'docs/images'],
	// Stryker would need TypeScript to rewrite it; there is nothing in it to rewrite.
	tsconfigFile: 'none.json',
	incremental: true,
	incrementalFile: EARLIER,
	force: fresh,
	// Tests wait as long as they compute (jest.config.cjs), but a change must not be noticed by a pace alone.
	concurrency: availableParallelism() + 1,
	// Jest, the engine and the package leave something behind with each run.
	maxTestRunnerReuse: 150,
	// Runs of `runner.mjs` have a bound of their own; a busy machine must not look like a change that was noticed.
	timeoutMS: 45_000,
	timeoutFactor: 0.01,
	dryRunTimeoutMinutes: 30,
	reporters: ['json', 'progress-append-only'],
	jsonReporter: { fileName: report },
	warnings: { slow: false },
});

/** @returns Stryker's exit code */
async function stryker(mutate: string[], report: string, fresh: boolean): Promise<number> {
	const installed = await cachedInstall(__dirname);
	const workshop = mkdtempSync(path.join(tmpdir(), 'feishu-hire-mutation-'));
	try {
		// For the build there.
		symlinkSync(path.join(ROOT, 'node_modules'), path.join(workshop, 'node_modules'), 'dir');
		const config = path.join(workshop, 'stryker.config.json');
		writeFileSync(config, JSON.stringify(settings(mutate, report, workshop, fresh)));
		const program = path.join(installed, 'node_modules/@stryker-mutator/core/bin/stryker.js');
		const child = spawn(process.execPath, [program, 'run', config], {
			cwd: ROOT,
			stdio: 'inherit',
		});
		return await new Promise<number>((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (code) => resolve(code ?? 1));
		});
	} finally {
		rmSync(workshop, { recursive: true, force: true });
	}
}

void runMain(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			fresh: { type: 'boolean', default: false },
			report: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(HELP);
		return 0;
	}
	const isAll = positionals.length === 0;
	const mutate = isAll ? ['nodes/**/*.ts', 'credentials/**/*.ts'] : positionals;
	const file = reportOf(isAll ? 'all' : 'some');
	if (!values.report) {
		const code = await stryker(mutate, file, values.fresh);
		if (code !== 0) return code;
	}
	const report = readReport(file);
	if (isAll) {
		await writeScores(report);
	} else {
		console.table(survivors(report, positionals), ['line', 'change', 'reason']);
	}
	return 0;
});

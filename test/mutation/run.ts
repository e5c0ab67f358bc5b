/**
 * `npm run mutation`: Stryker changes the shipped code in some thousand places, one at a time, and looks
 * whether a test fails. See docs/tests.md, which it writes.
 */
import { spawn } from 'node:child_process';
import {
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheDirectory, cachedInstall } from '../../scripts/cachedInstall';
import { runMain } from '../e2e/lib/processes';
import { merge, openRanges, readReport, survivors, writeReport, type Sources } from './report';
import { writeScores } from './scores';

const HELP = `npm run mutation              all shipped code, one to two hours; scores go into docs/tests.md
npm run mutation -- --again   what the last run has left open: changes that no test has noticed and no reason
                              explains, and all of what is different by now
npm run mutation -- FILE …    some files (nodes/shared/feishu/retryPolicy.ts); nothing is written
npm run mutation -- --fresh   without what earlier runs have found out
npm run mutation -- --report  writes docs/tests.md from the last run`;

const ROOT = path.resolve(__dirname, '../..');

const SHIPPED = ['nodes', 'credentials'];
/** Ms of tests that a change has to survive: one of 6,000, or one of the few that are left open then. */
const ENOUGH_MS = 6_000;
const ENOUGH_AGAIN_MS = 60_000;

const reportOf = (part: 'all' | 'some') =>
	path.join(cacheDirectory(), `mutation-report-${part}.json`);

/** What earlier runs have found out: a mutant whose code and tests are the same is not run again. */
const EARLIER = path.join(cacheDirectory(), 'mutation-incremental.json');

interface Look {
	/** Files, or parts of them. */
	mutate: string[];
	/** Where Stryker's report goes. */
	report: string;
	/** Ms of tests that a mutant has to survive. */
	enoughMs: number;
	/** Whether what earlier runs have found out counts. */
	incremental: boolean;
	fresh: boolean;
}

/** Stryker's settings (its page "Configuration"). */
const settings = ({ mutate, report, enoughMs, incremental, fresh }: Look, workshop: string) => ({
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
	incremental,
	incrementalFile: EARLIER,
	force: fresh,
	// Tests wait as long as they compute (jest.config.cjs), but a change must not be noticed by a pace alone.
	concurrency: availableParallelism() + 1,
	// Jest, the engine and the package leave something behind with each run.
	maxTestRunnerReuse: 150,
	// Runs of `runner.mjs` have a bound of their own; a busy machine must not look like a change that was noticed.
	timeoutMS: 30_000 + 3 * enoughMs,
	timeoutFactor: 0.01,
	dryRunTimeoutMinutes: 30,
	reporters: ['json', 'progress-append-only'],
	jsonReporter: { fileName: report },
	warnings: { slow: false },
});

/** @returns Stryker's exit code */
async function stryker(look: Look): Promise<number> {
	const installed = await cachedInstall(__dirname);
	const workshop = mkdtempSync(path.join(tmpdir(), 'feishu-hire-mutation-'));
	try {
		// For the build there.
		symlinkSync(path.join(ROOT, 'node_modules'), path.join(workshop, 'node_modules'), 'dir');
		const config = path.join(workshop, 'stryker.config.json');
		writeFileSync(config, JSON.stringify(settings(look, workshop)));
		const program = path.join(installed, 'node_modules/@stryker-mutator/core/bin/stryker.js');
		const child = spawn(process.execPath, [program, 'run', config], {
			cwd: ROOT,
			stdio: 'inherit',
			env: { ...process.env, FEISHU_HIRE_MUTATION_ENOUGH_MS: String(look.enoughMs) },
		});
		return await new Promise<number>((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (code) => resolve(code ?? 1));
		});
	} finally {
		rmSync(workshop, { recursive: true, force: true });
	}
}

function shippedSources(): Sources {
	const files = SHIPPED.flatMap((folder) =>
		readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => path.posix.join(folder, name)),
	);
	return Object.fromEntries(
		files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]),
	);
}

/** All shipped code. @returns Stryker's exit code */
async function lookAtAll(fresh: boolean): Promise<number> {
	const mutate = SHIPPED.map((folder) => `${folder}/**/*.ts`);
	const report = reportOf('all');
	const look = { mutate, report, enoughMs: ENOUGH_MS, incremental: true, fresh };
	return (await stryker(look)) || (await lookAgain());
}

/** What the last run has left open; its report is brought up to date. @returns Stryker's exit code */
async function lookAgain(): Promise<number> {
	const all = readReport(reportOf('all'));
	const sources = shippedSources();
	const mutate = openRanges(all, sources);
	if (mutate.length === 0) return 0;
	const report = reportOf('some');
	const look = { mutate, report, enoughMs: ENOUGH_AGAIN_MS, incremental: false, fresh: false };
	const code = await stryker(look);
	if (code === 0) {
		writeReport(reportOf('all'), merge(all, readReport(report), sources));
	}
	return code;
}

async function lookAtSome(files: string[], fresh: boolean): Promise<number> {
	const report = reportOf('some');
	const look = { mutate: files, report, enoughMs: ENOUGH_MS, incremental: true, fresh };
	const code = await stryker(look);
	if (code === 0) {
		console.table(survivors(readReport(report), files), ['line', 'change', 'reason']);
	}
	return code;
}

void runMain(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			fresh: { type: 'boolean', default: false },
			again: { type: 'boolean', default: false },
			report: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(HELP);
		return 0;
	}
	if (positionals.length > 0) return await lookAtSome(positionals, values.fresh);
	const look = values.again ? lookAgain : async () => await lookAtAll(values.fresh);
	const code = values.report ? 0 : await look();
	if (code === 0) await writeScores(readReport(reportOf('all')));
	return code;
});

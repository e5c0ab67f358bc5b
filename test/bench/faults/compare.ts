import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox';
import { addApp } from '../../faults/support/tenant';
import type { Contender, Outcome } from '../contenders/contender';
import { table } from '../page';
import type { Work } from '../work';
import type { Scenario } from './scenario';

/** The result of one contender in one scenario. */
export interface Run {
	/** The tenant as the contender left it. */
	sandbox: Sandbox;
	/** Absent if the contender was still working when the time was up. */
	outcome?: Outcome;
	seconds: number;
}

/** Work for each contender in each scenario. */
export interface Comparison {
	tenant: SandboxOptions;
	work: Work;
	/** The contenders, by their names in the tables. */
	contenders: Record<string, Contender>;
	/** The scenarios, by the title of their table. */
	tables: Record<string, Scenario[]>;
	/** The cell of a table for a run. */
	cellOf: (run: Run) => string;
}

/** A contender that takes longer, or sends more requests, counts as endless. */
const MAX_SECONDS = 90;
const MAX_REQUESTS = 2000;

/** Timeout of each request, for contenders that have one. */
const TIMEOUT_MS = 2000;

/** How many runs go on at once; most of them only wait. */
const LANES = 4;

async function cellOf(
	{ tenant, work, cellOf: tell }: Comparison,
	{ prepare }: Scenario,
	contender: Contender,
): Promise<string> {
	const sandbox = await startSandbox({ ...tenant, requestsPerSecond: null });
	const stop = new AbortController();
	const startedAt = performance.now();
	const seconds = () => (performance.now() - startedAt) / 1000;
	const untilEndless = async (): Promise<undefined> => {
		while (!stop.signal.aborted) {
			if (seconds() > MAX_SECONDS || sandbox.log.length > MAX_REQUESTS) return;
			await sleep(100);
		}
	};
	try {
		prepare(sandbox);
		const target = { url: sandbox.url, ...addApp(sandbox) };
		const ready = await contender(target, work, { timeoutMs: TIMEOUT_MS, stop: stop.signal });
		const outcome = await Promise.race([ready(), untilEndless()]);
		return tell({ sandbox, outcome, seconds: seconds() });
	} finally {
		stop.abort();
		await sandbox.close();
	}
}

/** Runs every scenario with every contender. @returns the tables in Markdown */
export async function compare(comparison: Comparison): Promise<string> {
	const { contenders, tables } = comparison;
	const jobs = Object.values(tables)
		.flat()
		.flatMap((scenario) =>
			Object.values(contenders).map((contender) => ({ scenario, contender, cell: '' })),
		);
	const waiting = [...jobs];
	const lane = async () => {
		for (let job = waiting.shift(); job; job = waiting.shift()) {
			job.cell = await cellOf(comparison, job.scenario, job.contender);
			if (waiting.length % 10 === 0) console.error(`  ${waiting.length} of ${jobs.length} to go`);
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));

	const head = ['fault', ...Object.keys(contenders)];
	const align = head.map(() => '---');
	return Object.entries(tables)
		.map(([title, scenarios]) => {
			const lines = scenarios.map((scenario) => [
				scenario.name,
				...jobs.filter((job) => job.scenario === scenario).map(({ cell }) => cell),
			]);
			return `### ${title}\n\n${table(head, align, lines)}`;
		})
		.join('\n\n');
}

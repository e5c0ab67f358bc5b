import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../../../sandbox';
import { addApp, APPLICATION, checksOf } from '../../faults/support/tenant';
import { httpRequest, type Reader, sdk, thisNode } from './contenders';
import { cell, type Outcome } from './outcome';
import { type Scenario, tables } from './scenarios';

const CHECKS = 200;

/** A reader that takes longer, or asks more often, is taken for endless. */
const MAX_SECONDS = 90;
const MAX_REQUESTS = 2000;

/** Cases under way at once; most of them only wait. */
const LANES = 4;

const DOCUMENT = path.join(__dirname, '..', '..', '..', 'docs', 'reliability.md');
const START = '<!-- written by npm run compare:faults -->';
const END = '<!-- end of what npm run compare:faults writes -->';

const contenders: Record<string, Reader> = {
	'official SDK': sdk,
	'HTTP Request node': httpRequest,
	'this node': thisNode,
};

/** Lets one reader read a tenant in which something goes wrong. */
async function runCase(read: Reader, { prepare }: Scenario): Promise<Outcome> {
	const sandbox = await startSandbox({
		checks: checksOf(APPLICATION, CHECKS, 7319000000000000001n),
		requestsPerSecond: null,
	});
	const stop = new AbortController();
	const startedAt = performance.now();
	const seconds = () => (performance.now() - startedAt) / 1000;
	const requests = () => sandbox.requests('batch_query').length;
	let watch: NodeJS.Timeout | undefined;
	try {
		prepare(sandbox);
		const endless = new Promise<undefined>((resolve) => {
			watch = setInterval(() => {
				if (seconds() > MAX_SECONDS || requests() > MAX_REQUESTS) resolve(undefined);
			}, 100);
		});
		const result = await Promise.race([read(sandbox, addApp(sandbox), stop.signal), endless]);
		const common = { requests: requests(), seconds: seconds() };
		if (!result) return { ...common, rows: 0, distinct: 0, isEndless: true };
		const { ids, error } = result;
		return { ...common, rows: ids.length, distinct: new Set(ids).size, error };
	} finally {
		clearInterval(watch);
		stop.abort();
		await sandbox.close();
	}
}

/** Runs every scenario with every contender. @returns the tables as Markdown */
export async function compareAll(): Promise<string> {
	const jobs = Object.values(tables).flatMap((scenarios) =>
		scenarios.flatMap((scenario) => Object.values(contenders).map((read) => ({ scenario, read }))),
	);
	const cells = new Map<Scenario, Map<Reader, string>>();
	let begun = 0;
	let done = 0;
	async function lane(): Promise<void> {
		while (begun < jobs.length) {
			const { scenario, read } = jobs[begun++];
			const row = cells.get(scenario) ?? new Map<Reader, string>();
			cells.set(scenario, row);
			row.set(read, cell(await runCase(read, scenario), CHECKS));
			done += 1;
			if (done % 10 === 0) console.error(`  ${done} of ${jobs.length} cases`);
		}
	}
	await Promise.all(Array.from({ length: LANES }, lane));

	return Object.entries(tables)
		.map(([title, scenarios]) => {
			const lines = [
				['fault', ...Object.keys(contenders)],
				['---', ...Object.keys(contenders).map(() => '---')],
				...scenarios.map((scenario) => [
					scenario.name,
					...Object.values(contenders).map((read) => cells.get(scenario)?.get(read) ?? ''),
				]),
			];
			return `### ${title}\n\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}`;
		})
		.join('\n\n');
}

/** Puts the tables where docs/reliability.md has room for them. */
export function writeDocument(markdown: string): void {
	const text = readFileSync(DOCUMENT, 'utf8');
	const start = text.indexOf(START);
	const end = text.indexOf(END);
	if (start < 0 || end < start) throw new Error(`${DOCUMENT} has no room for the tables`);
	const before = text.slice(0, start + START.length);
	writeFileSync(DOCUMENT, `${before}\n\n${markdown}\n\n${text.slice(end)}`);
}

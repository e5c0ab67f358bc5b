import { startSandbox } from '../../../sandbox';
import { addApp, APPLICATION, checksOf } from '../../faults/support/tenant';
import { contenders } from '../contenders';
import type { Contender } from '../contenders/contender';
import { faultTables } from './faultTables';
import { untilEndless } from './lanes';
import { cell, type Outcome } from './outcome';
import { type Scenario, tables } from './scenarios';

const CHECKS = 200;

/** A contender that takes longer, or asks more often, is taken for endless. */
const MAX_SECONDS = 90;
const MAX_REQUESTS = 2000;

/** Of each request, for those that know a time-out. */
const TIMEOUT_MS = 2000;

/** Who takes part, by what the tables call them. */
const CONTENDERS: Record<string, Contender> = {
	'official SDK': contenders.sdk,
	'HTTP Request node': contenders.httpRequestNode,
	'this node': contenders.thisNode,
};

/** Lets a contender read the whole of a tenant in which something goes wrong. */
async function runCase(contender: Contender, { prepare }: Scenario): Promise<Outcome> {
	const sandbox = await startSandbox({
		checks: checksOf(APPLICATION, CHECKS, 7319000000000000001n),
		requestsPerSecond: null,
	});
	const stop = new AbortController();
	const startedAt = performance.now();
	const seconds = () => (performance.now() - startedAt) / 1000;
	const requests = () => sandbox.requests('batch_query').length;
	try {
		prepare(sandbox);
		const target = { url: sandbox.url, ...addApp(sandbox) };
		const settings = { timeoutMs: TIMEOUT_MS, stop: stop.signal };
		const readAll = await contender(target, { kind: 'all' }, settings);
		const isEndless = () => seconds() > MAX_SECONDS || requests() > MAX_REQUESTS;
		const result = await untilEndless(readAll(), isEndless);
		const common = { requests: requests(), seconds: seconds() };
		if (!result) return { ...common, rows: 0, distinct: 0, isEndless: true };
		const ids = result.ids();
		return { ...common, rows: ids.length, distinct: new Set(ids).size, error: result.errors[0] };
	} finally {
		stop.abort();
		await sandbox.close();
	}
}

/** Runs every scenario of reading with every contender. @returns the tables as markdown */
export const compareReads = async (): Promise<string> =>
	await faultTables(tables, CONTENDERS, async (contender, scenario) =>
		cell(await runCase(contender, scenario), CHECKS),
	);

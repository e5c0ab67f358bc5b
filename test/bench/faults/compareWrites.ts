import { startSandbox } from '../../../sandbox';
import { addApp } from '../../faults/support/tenant';
import { peopleOf } from '../candidates';
import { contenders } from '../contenders';
import type { Contender } from '../contenders/contender';
import { httpRequestAtOnce, httpRequestOneByOne } from '../contenders/httpRequestWrites';
import { expectedOfWriting, writtenTo } from '../writing';
import { faultTables } from './faultTables';
import { untilEndless } from './lanes';
import type { Scenario } from './scenarios';
import { writeCell } from './writeOutcome';
import { CREATES, writeTables } from './writeScenarios';

/** A contender that takes longer is taken for endless. */
const MAX_SECONDS = 90;

/** Of each request, for those that know a time-out. */
const TIMEOUT_MS = 2000;

/** Who takes part, by what the tables call them. Both ways of the HTTP Request node have Retry On Fail. */
const CONTENDERS: Record<string, Contender> = {
	'official SDK': contenders.sdk,
	'HTTP Request node, all in one execution': httpRequestAtOnce,
	'HTTP Request node, an execution for each': httpRequestOneByOne,
	'this node': contenders.thisNode,
};

/** Lets a contender create checks in a tenant in which something goes wrong. @returns the cell */
async function runCase(contender: Contender, { prepare }: Scenario): Promise<string> {
	const sandbox = await startSandbox({
		...peopleOf(CREATES.applications),
		checks: [],
		requestsPerSecond: null,
	});
	const stop = new AbortController();
	const startedAt = performance.now();
	try {
		prepare(sandbox);
		const target = { url: sandbox.url, ...addApp(sandbox) };
		const settings = { timeoutMs: TIMEOUT_MS, stop: stop.signal };
		const create = await contender(target, CREATES, settings);
		const isOver = () => performance.now() - startedAt > MAX_SECONDS * 1000;
		const result = await untilEndless(create(), isOver);
		return writeCell({
			wanted: expectedOfWriting(CREATES),
			found: writtenTo(sandbox),
			claimed: result?.ids() ?? [],
			isEndless: !result,
		});
	} finally {
		stop.abort();
		await sandbox.close();
	}
}

/** Runs every scenario of creating with every contender. @returns the tables as markdown */
export const compareWrites = async (): Promise<string> =>
	await faultTables(writeTables, CONTENDERS, runCase);

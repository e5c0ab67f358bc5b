import type { Measured } from './contenderProcess';
import { labels, type ContenderName } from './contenders';
import { ContenderProcess, SandboxProcess } from './processes';
import { countRows, type RowErrors } from './rowCount';
import type { Row } from './rows/row';
import type { Traffic } from './sandboxProcess';
import { expectedIds, isWriting, tenantChecks, warmUpWork } from './work';

/** What a contender did in a row; sums over its processes. */
export interface Result extends Traffic, RowErrors {
	contender: ContenderName;
	/** Until the last of its processes was done. */
	wallMs: number;
	cpuMs: number;
	peakBytes: number;
	heldBytes: number;
	/** Rows it brought. */
	rows: number;
	errors: string[];
	ourCpu?: Measured['ourCpu'];
}

/** A contender that takes longer is ended: its rows count as lost. */
const LIMIT_MS = 15 * 60_000;
const PROGRESS_MS = 5000;

/**
 * Lets a contender do the work of a row, in as many processes as the row has works, against a fresh
 * sandbox. Says on stderr what is going on.
 *
 * @throws Error when a process breaks down or takes longer than 15 minutes
 */
export async function measure(
	row: Row,
	contender: ContenderName,
	engineDirectory: string,
): Promise<Result> {
	const sandbox = await SandboxProcess.start(row.tenant);
	const processes: ContenderProcess[] = [];
	const startedAt = performance.now();
	let say: NodeJS.Timeout | undefined;
	try {
		const { target, warmUp: warmUpTarget, certificate } = sandbox.started;
		for (const work of row.works) {
			const { requestsPerSecond } = row;
			const job = { contender, work, target, warmUpTarget, requestsPerSecond };
			const loaded = await ContenderProcess.load(
				{ ...job, warmUpWork: warmUpWork(work) },
				engineDirectory,
				certificate,
			);
			processes.push(loaded);
		}
		const before = await sandbox.traffic();
		say = setInterval(() => {
			void sandbox.traffic().then(({ requests, rejected }) => {
				const seconds = Math.round((performance.now() - startedAt) / 1000);
				console.error(`    ${seconds} s: ${requests} requests, ${rejected} rejected`);
				if (performance.now() - startedAt > LIMIT_MS) processes.forEach((each) => void each.stop());
			});
		}, PROGRESS_MS);
		const measured = await Promise.all(processes.map(async (each) => await each.run()));
		clearInterval(say);
		const after = await sandbox.traffic();
		const written = row.works.some(isWriting) ? await sandbox.written() : undefined;
		return resultOf(row, contender, measured, difference(after, before), written);
	} catch (error) {
		throw new Error(`${row.title}, ${labels[contender]}: ${(error as Error).message}`);
	} finally {
		clearInterval(say);
		await Promise.all([...processes, sandbox].map(async (each) => await each.stop()));
	}
}

const difference = (after: Traffic, before: Traffic): Traffic => ({
	requests: after.requests - before.requests,
	byApi: Object.fromEntries(
		Object.entries(after.byApi).map(([api, count]) => [
			api,
			count - (before.byApi[api as keyof Traffic['byApi']] ?? 0),
		]),
	),
	rejected: after.rejected - before.rejected,
	tokens: after.tokens - before.tokens,
	connections: after.connections - before.connections,
});

function resultOf(
	row: Row,
	contender: ContenderName,
	measured: Measured[],
	traffic: Traffic,
	written?: string[],
): Result {
	const tenant = tenantChecks(row.tenant);
	const counts = row.works.map((work, index) =>
		countRows(expectedIds(work, tenant), written ?? measured[index]?.ids ?? []),
	);
	const sum = (value: (each: Measured) => number) =>
		measured.reduce((total, each) => total + value(each), 0);
	return {
		...traffic,
		contender,
		wallMs: Math.max(...measured.map(({ wallMs }) => wallMs)),
		cpuMs: sum(({ cpuMs }) => cpuMs),
		peakBytes: sum(({ peakBytes }) => peakBytes),
		heldBytes: sum(({ heldBytes }) => heldBytes),
		rows: sum(({ ids }) => ids.length),
		lost: counts.reduce((total, { lost }) => total + lost, 0),
		surplus: counts.reduce((total, { surplus }) => total + surplus, 0),
		errors: measured.flatMap(({ errors }) => errors),
		ourCpu: measured[0]?.ourCpu,
	};
}

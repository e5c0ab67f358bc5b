import type { Measured } from './contenderProcess';
import { labels, type ContenderName } from './contenders/labels';
import type { Row } from './rows';
import type { Traffic } from './sandboxProcess';
import { countRows, expectedRows, type RowErrors } from './work';
import { openContender, openSandbox } from './workers';

/** What a contender did in a row. */
export interface Result
	extends Traffic,
		RowErrors,
		Pick<Measured, 'wallMs' | 'cpuMs' | 'peakBytes'> {
	contender: ContenderName;
	/** How many rows it returned. */
	rows: number;
	errors: string[];
}

/** A contender that takes longer is stopped. */
const LIMIT_MS = 15 * 60_000;
const PROGRESS_MS = 5000;

/**
 * Lets a contender do the work of a row against a fresh sandbox. Reports progress on stderr.
 *
 * @throws Error if a process crashes or takes longer than 15 minutes
 */
export async function measure(
	{ title, tenant, work, settings }: Row,
	contender: ContenderName,
	engineDirectory: string,
): Promise<Result> {
	const sandbox = openSandbox();
	const open: Array<{ end: () => Promise<unknown> }> = [sandbox];
	let timers: NodeJS.Timeout[] = [];
	try {
		const { target, warmUp, certificate } = await sandbox.startTenant(tenant);
		const worker = openContender(engineDirectory, certificate);
		open.unshift(worker);
		await worker.load({ contender, work, target, warmUp, settings });
		await sandbox.resetTraffic();
		if (work.kind === 'poll') await sandbox.changeOrders();
		const tooLong = new Promise<never>((_, reject) => {
			timers = [
				setTimeout(() => reject(new Error('it takes too long')), LIMIT_MS),
				setInterval(() => void sandbox.traffic().then(say), PROGRESS_MS),
			];
		});
		const { rows, ...measured } = await Promise.race([worker.run(), tooLong]);
		const traffic = await sandbox.traffic();
		const there = work.kind === 'create' ? await sandbox.created() : rows;
		const errors = countRows(expectedRows(work, tenant), there);
		return { contender, ...measured, ...traffic, ...errors, rows: rows.length };
	} catch (error) {
		throw new Error(`${title}, ${labels[contender]}: ${(error as Error).message}`);
	} finally {
		timers.forEach(clearTimeout);
		for (const each of open) await each.end();
	}
}

function say({ requests, rejected }: Traffic): void {
	console.error(`    ${requests} requests, ${rejected} rejected`);
}

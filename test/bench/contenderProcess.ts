/**
 * One contender in a process of its own, so that CPU time and memory are its own. It gets its job by
 * the first message, loads, does a little of the job against another tenant, says that it is ready,
 * and starts the clock at the second message.
 */
import { contenders, type ContenderName } from './contenders';
import type { Contender } from './contenders/contender';
import { freshMemory, liveHeap, peakMemory } from './memory';
import { watchOurCpu, type OurCpu } from './ourCpu';
import type { Target, Work } from './work';

export interface Job {
	contender: ContenderName;
	work: Work;
	target: Target;
	warmUpWork: Work;
	warmUpTarget: Target;
	/** What this node is told about the tenant's limit. */
	requestsPerSecond: number;
}

/** What a contender did and what it took. */
export interface Measured {
	/** IDs of the checks it brought, one for each row. */
	ids: string[];
	/** What went wrong, in its own words. */
	errors: string[];
	wallMs: number;
	/** User and system time of the whole process, from start to end of the work. */
	cpuMs: number;
	/** Peak of the resident memory during the work, beyond what was resident before; bytes. */
	peakBytes: number;
	/** Live heap with the result still held, after a garbage collection, beyond what was live before; bytes. */
	heldBytes: number;
	/** For this node. */
	ourCpu?: OurCpu;
}

async function main(job: Job): Promise<void> {
	const { requestsPerSecond } = job;
	const contender: Contender = contenders[job.contender];
	const warmUp = await contender(job.warmUpTarget, job.warmUpWork, { requestsPerSecond });
	await warmUp();
	const ourCpu = job.contender === 'thisNode' ? await watchOurCpu() : undefined;
	const work = await contender(job.target, job.work, { requestsPerSecond });
	process.send?.('ready');
	await new Promise((resolve) => process.once('message', resolve));

	const memoryBefore = freshMemory();
	const heapBefore = liveHeap();
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	const result = await work();
	const wallMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpuBefore);
	const peakBytes = peakMemory() - memoryBefore;
	const measured: Measured = {
		ids: [],
		errors: result.errors,
		wallMs,
		cpuMs: (user + system) / 1000,
		peakBytes,
		heldBytes: liveHeap() - heapBefore,
		ourCpu,
	};
	// Only now, so that the rows are still held when the heap is looked at.
	measured.ids = result.ids();
	process.send?.(measured, undefined, undefined, () => process.exit());
}

process.once('message', (job: Job) => {
	main(job).catch((error: unknown) => {
		console.error(error);
		process.exit(1);
	});
});
process.once('disconnect', () => process.exit());

/**
 * One contender, for a process of its own, so that CPU time and memory are its own. It loads, does a
 * little of the job against another tenant, and waits for the clock to start.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { contenders } from './contenders';
import type { Ready, Settings, Target } from './contenders/contender';
import type { ContenderName } from './contenders/labels';
import { warmUpOf, type Work } from './work';

export interface Job {
	contender: ContenderName;
	work: Work;
	target: Target;
	warmUp: Target;
	settings: Settings;
}

/** What a contender did and what it took. */
export interface Measured {
	rows: string[];
	/** What went wrong, in its own words. */
	errors: string[];
	wallMs: number;
	/** User and system time of the whole process, from start to end of the work. */
	cpuMs: number;
	/** Peak of the resident memory during the work, beyond what was resident before; bytes. */
	peakBytes: number;
}

let ready: Ready;

export async function load({ contender, work, target, warmUp, settings }: Job): Promise<void> {
	const prepare = contenders[contender];
	await (
		await prepare(warmUp, warmUpOf(work), settings)
	)();
	ready = await prepare(target, work, settings);
}

export async function run(): Promise<Measured> {
	const memoryBefore = freshMemory();
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	const { rows, errors } = await ready();
	const wallMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpuBefore);
	const peakBytes = peakMemory() - memoryBefore;
	return { rows: rows(), errors, wallMs, cpuMs: (user + system) / 1000, peakBytes };
}

/**
 * Collects garbage and starts the peak anew at what is resident then. Linux counts the peak of a
 * process from its birth, the loading of n8n included, unless told otherwise (proc(5), clear_refs);
 * elsewhere that has to do, which hides growth that stays below it.
 *
 * @returns bytes resident now
 */
function freshMemory(): number {
	globalThis.gc?.();
	if (process.platform !== 'linux') return peakMemory();
	writeFileSync('/proc/self/clear_refs', '5');
	return process.memoryUsage.rss();
}

/** Largest resident set since {@link freshMemory}, in bytes. */
function peakMemory(): number {
	if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
	const status = readFileSync('/proc/self/status', 'utf8');
	return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) * 1024;
}

// It does not outlive the bench, whichever way that ends.
process.once('disconnect', () => process.exit());

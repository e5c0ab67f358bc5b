/**
 * Runs one contender in its own process, so that CPU time and memory can be measured. Loads it,
 * lets it do a little of the job against another tenant, and waits for the clock to start.
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

/** What a contender did, and what that took. */
export interface Measured {
	rows: string[];
	/** What went wrong, in its own words. */
	errors: string[];
	wallMs: number;
	/** User and system time of the whole process, from start to end of the work. */
	cpuMs: number;
	/** Peak resident memory during the work, beyond what was resident before, in bytes. */
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
 * Collects garbage and restarts the peak at what is resident then. Linux otherwise counts the peak
 * from the start of the process, which includes loading n8n (proc(5), clear_refs). On other systems
 * that has to do, and hides growth below that peak.
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

// The process must not outlive the bench, however that ends.
process.once('disconnect', () => process.exit());

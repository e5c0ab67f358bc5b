import { readFileSync, writeFileSync } from 'node:fs';

/** Bytes of a line of /proc/self/status such as `VmHWM:   123 kB`; undefined where there is none. */
function statusLine(name: string): number | undefined {
	try {
		const found = new RegExp(`${name}:\\s*(\\d+) kB`).exec(
			readFileSync('/proc/self/status', 'utf8'),
		);
		return found ? Number(found[1]) * 1024 : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Collects garbage and starts the peak anew at what is resident then. Linux counts the peak of a
 * process from its birth, the loading of n8n included, unless told otherwise (proc(5), clear_refs).
 *
 * @returns bytes resident now
 */
export function freshMemory(): number {
	globalThis.gc?.();
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Not Linux: the peak since birth has to do, which hides growth that stays below it.
		return peakMemory();
	}
	return process.memoryUsage.rss();
}

/** Largest resident set since {@link freshMemory}, in bytes. */
export function peakMemory(): number {
	return statusLine('VmHWM') ?? process.resourceUsage().maxRSS * 1024;
}

/** Bytes of the objects that are still needed. */
export function liveHeap(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}

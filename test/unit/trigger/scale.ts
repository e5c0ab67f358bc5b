/**
 * Measures what 100,000 checks cost the trigger besides its requests. Prints the bytes of state as
 * JSON, one line per kind of tenant, and with `--time` the CPU time: `npx tsx
 * test/unit/trigger/scale.ts --time`. A program of its own, because Jest slows down every access to
 * a global.
 */

import { Comparison } from '../../../nodes/FeishuHireTrigger/compare';
import { COMPARED_FIELDS } from '../../../nodes/FeishuHireTrigger/events';
import { pack, type Snapshot, unpack } from '../../../nodes/FeishuHireTrigger/snapshot';
import { type Check, seededChecks } from '../../../sandbox';

export interface Figures {
	tenant: string;
	checks: number;
	/** The largest state that a poll leaves: all present, or all absent. */
	stateBytes: number;
	/** The lower of two polls that find nothing new, because other load on the machine only adds to it. */
	cpuMs?: number;
	/** The same, relative to parsing the pages that such a poll gets from Feishu, which cannot be avoided. */
	cpuRatio?: number;
	/** The events of a poll that finds nothing new, and of the second one that finds nothing at all. */
	events: number[];
}

/** What a poll does: unpack, compare, pack. */
function poll(before: Snapshot, checks: Check[]) {
	const startedAt = process.cpuUsage();
	const comparison = new Comparison(unpack(before), new Set(COMPARED_FIELDS), () => true);
	for (const check of checks) comparison.add(check as never);
	const { events, kept } = comparison.finish();
	const snapshot = pack(kept);
	const { user, system } = process.cpuUsage(startedAt);
	return { events: events.length, snapshot, cpuMs: Math.round((user + system) / 1000) };
}

/** Its size as n8n stores it with the workflow. */
function bytesOf(snapshot: Snapshot): number {
	const state = { watch: 'w'.repeat(43), ...snapshot };
	return Buffer.byteLength(JSON.stringify({ 'node:Feishu Hire Trigger': { state } }));
}

/** CPU time of parsing the checks as Feishu sends them, 20 per page; the lower of two. */
function parsingMs(checks: Check[]): number {
	const pages: string[] = [];
	for (let start = 0; start < checks.length; start += 20) {
		pages.push(JSON.stringify({ code: 0, data: { items: checks.slice(start, start + 20) } }));
	}
	const times = [1, 2].map(() => {
		const startedAt = process.cpuUsage();
		pages.forEach((page) => JSON.parse(page) as unknown);
		const { user, system } = process.cpuUsage(startedAt);
		return (user + system) / 1000;
	});
	return Math.min(...times);
}

/** The CPU time of a poll that finds nothing new. */
function cpuOf(snapshot: Snapshot, checks: Check[]) {
	const times = [1, 2].map(() => poll(snapshot, checks).cpuMs);
	const cpuMs = Math.min(...times);
	return { cpuMs, cpuRatio: Number((cpuMs / parsingMs(checks)).toFixed(2)) };
}

function measure(tenant: string, checks: Check[]): Figures {
	const { snapshot } = poll(pack([]), checks);
	const afterMiss = poll(snapshot, []).snapshot;
	return {
		tenant,
		checks: checks.length,
		stateBytes: Math.max(bytesOf(snapshot), bytesOf(afterMiss)),
		events: [poll(snapshot, checks).events, poll(afterMiss, []).events],
		...(process.argv.includes('--time') && cpuOf(snapshot, checks)),
	};
}

const usual = seededChecks(100_000, 5000);
const attachments = Array.from({ length: 40 }, (_, index) => ({
	id: `${index}`,
	name: '',
	size: 1,
}));
const withResult = (result: (index: number) => string) =>
	usual.map((check, index) => ({
		...check,
		date: 1_700_000_000_000 + index,
		result: result(index),
		attachment_list: attachments,
	}));

for (const figures of [
	measure('as usual', usual),
	measure(
		'every result another, and long',
		withResult((index) => `${index}：${'结论'.repeat(40)}`),
	),
]) {
	console.log(JSON.stringify(figures));
}

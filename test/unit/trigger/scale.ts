/**
 * What 100,000 checks cost the trigger beside its requests: prints bytes of state and CPU time as
 * JSON, one line for each kind of tenant. A program of its own, because jest slows down every look at
 * a global: `npx tsx test/unit/trigger/scale.ts`.
 */

import { Comparison } from '../../../nodes/FeishuHireTrigger/compare';
import { COMPARED_FIELDS } from '../../../nodes/FeishuHireTrigger/events';
import type * as SnapshotModule from '../../../nodes/FeishuHireTrigger/snapshot';
import { pack, unpack } from '../../../nodes/FeishuHireTrigger/snapshot';
import { type Check, seededChecks } from '../../../sandbox';

type Snapshot = SnapshotModule.Snapshot;

export interface Figures {
	tenant: string;
	checks: number;
	/** Of the largest state that a poll leaves: all present, or all absent. */
	stateBytes: number;
	/** The lesser of two polls that find nothing new: what else the machine does only adds to it. */
	cpuMs: number;
	/** Events of a poll that finds nothing new, and of the second one that finds nothing at all. */
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

/** As n8n stores it with the workflow. */
function bytesOf(snapshot: Snapshot): number {
	const state = { watch: 'w'.repeat(43), ...snapshot };
	return Buffer.byteLength(JSON.stringify({ 'node:Feishu Hire Trigger': { state } }));
}

function measure(tenant: string, checks: Check[]): Figures {
	const { snapshot } = poll(pack([]), checks);
	const polls = [1, 2].map(() => poll(snapshot, checks));
	const afterMiss = poll(snapshot, []).snapshot;
	return {
		tenant,
		checks: checks.length,
		stateBytes: Math.max(bytesOf(snapshot), bytesOf(afterMiss)),
		cpuMs: Math.min(...polls.map(({ cpuMs }) => cpuMs)),
		events: [polls[0].events, poll(afterMiss, []).events],
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

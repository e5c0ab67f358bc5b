import { Comparison } from '../../nodes/FeishuHireTrigger/compare';
import { COMPARED_FIELDS } from '../../nodes/FeishuHireTrigger/events';
import { pack, unpack, type Snapshot } from '../../nodes/FeishuHireTrigger/snapshot';
import { seededChecks } from '../../sandbox';
import { atMost, exactly, type Verdict } from './verdicts';

const CHECKS = 100_000;
const RUNS = 5;

type TriggerCheck = Parameters<Comparison['add']>[0];

/** What a poll does beside its requests: unpack, compare, pack. */
function compare(before: Snapshot, checks: TriggerCheck[]) {
	const comparison = new Comparison(unpack(before), new Set(COMPARED_FIELDS), () => true);
	for (const check of checks) comparison.add(check);
	const { events, kept } = comparison.finish();
	return { events: events.length, snapshot: pack(kept) };
}

/** CPU ms of the quickest of some runs: what else the machine does only adds to it. */
function leastCpuMs(work: () => void): number {
	const times = Array.from({ length: RUNS }, () => {
		const startedAt = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(startedAt);
		return (user + system) / 1000;
	});
	return Math.min(...times);
}

/** Measures what the trigger takes to compare a large tenant, beside reading its answers. */
export function triggerCosts(): Verdict[] {
	const checks = seededChecks(CHECKS, CHECKS / 20) as TriggerCheck[];
	const { snapshot } = compare(pack([]), checks);
	const jsonMs = leastCpuMs(() => void JSON.parse(JSON.stringify(checks)));
	let events = 0;
	const compareMs = leastCpuMs(() => {
		events += compare(snapshot, checks).events;
	});
	const ratio = atMost('CPU of comparing ÷ CPU of JSON', compareMs / jsonMs, 2, 2);
	ratio.target += `, for unpacking, comparing and packing ${CHECKS} checks beside writing and reading them as JSON`;
	ratio.measured += ` (${compareMs.toFixed(0)} ms and ${jsonMs.toFixed(0)} ms)`;
	return [ratio, exactly('events of a tenant that has not changed', events, 0)];
}

import { applicationId } from '../candidates';
import type { ContenderName } from '../contenders';
import { atMost, exactly, nothingLost, timesBound } from '../verdicts';
import { idsIn, LIMIT, sideBySide, type RowOfSize } from './row';

/** The highest value of the option "Requests per Second", for a sandbox without limit. */
const HIGHEST = 100;
const ALL: ContenderName[] = ['thisNode', 'sdk', 'sdkChunked', 'httpRequestNode', 'bareLoop'];
const WITHOUT_CHUNKS = ALL.filter((name) => name !== 'sdkChunked');

export const idsRow =
	(latencyMs: number): RowOfSize =>
	(scale) => {
		const count = 1000 * scale;
		const tenant = { checks: count, latencyMs, requestsPerSecond: LIMIT };
		const requests = Math.ceil(count / 20);
		const bound = sideBySide(requests, latencyMs);
		return {
			title: `${count} IDs as ${count} items, RTT ${latencyMs} ms, limit ${LIMIT}/s`,
			tenant,
			works: [{ kind: 'ids', lists: idsIn(tenant).map((id) => [id]) }],
			requestsPerSecond: LIMIT,
			contenders: ALL,
			...bound,
			verdicts: (ours) => [
				exactly('requests', ours.requests, requests),
				timesBound(ours, bound.boundMs, 1.1),
				atMost('rejected', ours.rejected, 1),
				nothingLost(ours),
			],
		};
	};

export const applicationsRow: RowOfSize = (scale) => {
	const count = 200 * scale;
	const latencyMs = 300;
	const bound = sideBySide(count, latencyMs);
	return {
		title: `${count} applications as ${count} items, 8 checks each, RTT ${latencyMs} ms, limit ${LIMIT}/s`,
		tenant: { checks: count * 8, perApplication: 8, latencyMs, requestsPerSecond: LIMIT },
		works: [
			{ kind: 'applications', ids: Array.from({ length: count }, (_, n) => applicationId(n)) },
		],
		requestsPerSecond: LIMIT,
		contenders: WITHOUT_CHUNKS,
		...bound,
		verdicts: (ours) => [
			exactly('requests', ours.requests, count),
			timesBound(ours, bound.boundMs, 1.1),
			atMost('rejected', ours.rejected, Math.floor(count * 0.02)),
			nothingLost(ours),
		],
	};
};

export const scanRow: RowOfSize = (scale) => {
	const count = 2000 * scale;
	const latencyMs = 100;
	const requests = Math.ceil(count / 20);
	return {
		title: `scan of ${count} checks, RTT ${latencyMs} ms, limit ${LIMIT}/s`,
		tenant: { checks: count, latencyMs, requestsPerSecond: LIMIT },
		works: [{ kind: 'all' }],
		requestsPerSecond: LIMIT,
		contenders: WITHOUT_CHUNKS,
		boundMs: (requests + 1) * latencyMs,
		boundText: `${requests} round trips one after the other and one for the token`,
		verdicts: (ours, of) => {
			const ratio = ours.wallMs / of('bareLoop').wallMs;
			return [
				exactly('requests', ours.requests, requests),
				atMost('wall ÷ wall of the bare loop', ratio, 1.05, 2),
				nothingLost(ours),
			];
		},
	};
};

export const bigScanRow: RowOfSize = (scale) => {
	const count = 100_000 * scale;
	return {
		title: `scan of ${count} checks, RTT 0, no limit`,
		tenant: { checks: count, latencyMs: 0, requestsPerSecond: null },
		works: [{ kind: 'all' }],
		requestsPerSecond: HIGHEST,
		contenders: [...WITHOUT_CHUNKS, 'pacedLoop', 'holdItems'],
		verdicts: (ours, of) => {
			const cpu = atMost('CPU ÷ CPU of the bare loop', ours.cpuMs / of('bareLoop').cpuMs, 1.15, 2);
			const paced = ours.cpuMs / of('pacedLoop').cpuMs;
			const beside = `${paced.toFixed(2)} of the bare loop at the same pace`;
			cpu.measured +=
				!cpu.reached && paced <= 1.15 ? `; reached only beside another: ${beside}` : ` (${beside})`;
			const held = of('holdItems').heldBytes;
			const memory = atMost(
				'peak memory ÷ that of holding the items',
				ours.peakBytes / held,
				1.5,
				2,
			);
			memory.measured += ` (what it holds at the end: ${(ours.heldBytes / held).toFixed(2)}; peak of the bare loop: ${(of('bareLoop').peakBytes / held).toFixed(2)})`;
			return [cpu, memory, nothingLost(ours)];
		},
	};
};

export const duplicatesRow: RowOfSize = (scale) => {
	const count = 10_000 * scale;
	const unique = count * 0.7;
	const tenant = { checks: unique, latencyMs: 0, requestsPerSecond: null };
	const ids = idsIn(tenant);
	return {
		title: `${count} IDs over ${count} items, 30 % duplicates, no limit`,
		tenant,
		// 7,919 is prime, so that the duplicates lie scattered.
		works: [
			{
				kind: 'ids',
				lists: Array.from({ length: count }, (_, n) => [ids[(n * 7919) % unique] ?? '']),
			},
		],
		requestsPerSecond: HIGHEST,
		contenders: ['thisNode', 'sdkChunked', 'bareLoop'],
		verdicts: (ours) => {
			const { planning = NaN, n8nParameters = NaN, fanOut = NaN } = ours.ourCpu ?? {};
			const cpu = atMost('CPU of planning and fan-out, ms', planning + fanOut, 300);
			cpu.measured += ` (planning ${planning.toFixed(0)}, fan-out ${fanOut.toFixed(0)}; n8n itself took ${n8nParameters.toFixed(0)} more to resolve the parameter of each item)`;
			return [exactly('requests', ours.requests, Math.ceil(unique / 20)), cpu, nothingLost(ours)];
		},
	};
};

export const twoProcessesRow: RowOfSize = (scale) => {
	const each = 500 * scale;
	const latencyMs = 100;
	const tenant = { checks: each * 2 * 20, latencyMs, requestsPerSecond: LIMIT };
	const ids = idsIn(tenant);
	const lists = Array.from({ length: each * 2 }, (_, n) => ids.slice(n * 20, (n + 1) * 20));
	const bound = sideBySide(each * 2, latencyMs);
	return {
		title: `two processes sharing one app at ${LIMIT}/s, ${each} requests each, RTT ${latencyMs} ms`,
		tenant,
		works: [
			{ kind: 'ids', lists: lists.slice(0, each) },
			{ kind: 'ids', lists: lists.slice(each) },
		],
		requestsPerSecond: LIMIT,
		contenders: ['thisNode', 'httpRequestNode'],
		...bound,
		verdicts: (ours) => [
			timesBound(ours, bound.boundMs, 1.25),
			atMost('rejected, % of all requests', (100 * ours.rejected) / ours.requests, 10, 1),
			nothingLost(ours),
		],
	};
};

import { atMost, exactly, nothingLost, timesBound } from '../verdicts';
import { idsIn, LIMIT, type Row, type RowOfSize } from './row';

const LATENCY_MS = 300;
/** Feishu's limit for creating checks, in requests/s. */
const CREATE_LIMIT = 20;
const IDS_PER_REQUEST = 20;
const APPLICATIONS = 100;

const tenant = {
	checks: APPLICATIONS,
	perApplication: 1,
	candidates: APPLICATIONS,
	latencyMs: LATENCY_MS,
	requestsPerSecond: LIMIT,
};

/** What all rows of creates have in common. */
const creating = (count: number): Omit<Row, 'title' | 'verdicts'> & { boundMs: number } => ({
	tenant,
	works: [{ kind: 'create', count, applications: APPLICATIONS }],
	requestsPerSecond: LIMIT,
	contenders: ['thisNode', 'sdk'],
	boundMs: ((count - 1) * 1000) / CREATE_LIMIT + 2 * LATENCY_MS,
	boundText: `${count - 1} intervals of ${1000 / CREATE_LIMIT} ms and two round trips (token and last answer)`,
});

export const createsRow: RowOfSize = (scale) => {
	const count = 1000 * scale;
	const common = creating(count);
	return {
		...common,
		title: `${count} creates as ${count} items, RTT ${LATENCY_MS} ms, limit ${CREATE_LIMIT}/s`,
		verdicts: (ours) => [
			exactly('requests that create', ours.byApi.create_check ?? 0, count),
			timesBound(ours, common.boundMs, 1.1),
			atMost('rejected, % of all requests', (100 * ours.rejected) / ours.requests, 2, 1),
			exactly('items that succeeded', ours.rows, count),
			nothingLost(ours),
		],
	};
};

export const faultyCreatesRow: RowOfSize = (scale) => {
	const count = 1000 * scale;
	return {
		...creating(count),
		title: `${count} creates as ${count} items, 5 % go wrong before or after the check is there, RTT ${LATENCY_MS} ms`,
		tenant: { ...tenant, writeFaults: 0.05 },
		verdicts: (ours) => [exactly('items that succeeded', ours.rows, count), nothingLost(ours)],
	};
};

export const updatesRow: RowOfSize = (scale) => {
	const count = 1000 * scale;
	const updated = { checks: count, latencyMs: LATENCY_MS, requestsPerSecond: LIMIT };
	const boundMs = ((count - 1) * 1000) / LIMIT + 3 * LATENCY_MS;
	const reads = Math.ceil(count / IDS_PER_REQUEST);
	return {
		title: `${count} updates as ${count} items, RTT ${LATENCY_MS} ms, limit ${LIMIT}/s`,
		tenant: updated,
		works: [{ kind: 'update', ids: idsIn(updated) }],
		requestsPerSecond: LIMIT,
		contenders: ['thisNode'],
		boundMs,
		boundText: `${count - 1} intervals of ${1000 / LIMIT} ms and three round trips (token, first read, last answer)`,
		verdicts: (ours) => [
			exactly(
				'requests that read and write',
				`${ours.byApi.batch_query} + ${ours.byApi.update_check}`,
				`${reads} + ${count}`,
			),
			timesBound(ours, boundMs, 1.1),
			exactly('items that succeeded', ours.rows, count),
			nothingLost(ours),
		],
	};
};

export const uploadsRow: RowOfSize = (scale) => {
	const megabytes = 60 * scale;
	const count = 10;
	return {
		title: `${count} creates with a file of ${megabytes} MB each, from disk`,
		tenant: { ...tenant, latencyMs: 0 },
		works: [
			{ kind: 'create', count, applications: APPLICATIONS, fileBytes: megabytes * 1_000_000 },
		],
		requestsPerSecond: LIMIT,
		contenders: ['thisNode'],
		verdicts: (ours) => [
			atMost('peak memory, MB', ours.peakBytes / 1e6, 100),
			exactly('items that succeeded', ours.rows, count),
			nothingLost(ours),
		],
	};
};

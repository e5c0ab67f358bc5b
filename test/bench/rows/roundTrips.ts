import { applicationId } from '../candidates';
import type { ContenderName } from '../contenders';
import { atMost, exactly, nothingLost, timesBound } from '../verdicts';
import { INTERVAL_MS, LIMIT, type RowOfSize } from './row';

const ROUND_TRIP_MS = 100;
const CONTENDERS: ContenderName[] = ['thisNode', 'sdk', 'httpRequestNode', 'bareLoop'];

/** TCP and TLS shake hands before a connection can be used. */
const HANDSHAKES_MS = 2 * ROUND_TRIP_MS;

const far = { latencyMs: ROUND_TRIP_MS, isFarAway: true, requestsPerSecond: LIMIT };

/** One page after the other, so that whoever opens a connection for each waits for its handshakes. */
export const longListRow: RowOfSize = (scale) => {
	const count = 2000 * scale;
	const requests = Math.ceil(count / 20);
	return {
		title: `one list of ${count} checks over TLS, RTT ${ROUND_TRIP_MS} ms, handshakes included, limit ${LIMIT}/s`,
		tenant: { ...far, checks: count },
		works: [{ kind: 'all' }],
		requestsPerSecond: LIMIT,
		contenders: CONTENDERS,
		boundMs: HANDSHAKES_MS + (requests + 1) * ROUND_TRIP_MS,
		boundText: `one connection (two round trips), the token, and ${requests} pages one after the other`,
		verdicts: (ours, of) => {
			const beside = atMost(
				'wall ÷ wall of the bare loop',
				ours.wallMs / of('bareLoop').wallMs,
				1.05,
				2,
			);
			const ratio = (ours.wallMs / of('sdk').wallMs).toFixed(2);
			beside.measured += ` (${ratio} of the SDK, which keeps its connection)`;
			return [exactly('requests', ours.requests, requests), beside, nothingLost(ours)];
		},
	};
};

/** Lists that do not wait for each other: handshakes of one go on while others are read. */
export const shortListsRow: RowOfSize = (scale) => {
	const count = 200 * scale;
	const boundMs = HANDSHAKES_MS + (count - 1) * INTERVAL_MS + 2 * ROUND_TRIP_MS;
	return {
		title: `${count} lists of 8 checks over TLS, RTT ${ROUND_TRIP_MS} ms, handshakes included, limit ${LIMIT}/s`,
		tenant: { ...far, checks: count * 8, perApplication: 8 },
		works: [
			{ kind: 'applications', ids: Array.from({ length: count }, (_, n) => applicationId(n)) },
		],
		requestsPerSecond: LIMIT,
		contenders: CONTENDERS,
		boundMs,
		boundText: `one connection (two round trips), ${count - 1} intervals of ${INTERVAL_MS} ms, and two round trips (token and last answer)`,
		verdicts: (ours, of) => {
			const nearBound = timesBound(ours, boundMs, 1.1);
			const ratio = (ours.wallMs / of('sdk').wallMs).toFixed(2);
			nearBound.measured += ` (wall ÷ wall of the SDK, which keeps its connection: ${ratio})`;
			return [exactly('requests', ours.requests, count), nearBound, nothingLost(ours)];
		},
	};
};

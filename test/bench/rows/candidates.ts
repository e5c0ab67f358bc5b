import type { ContactKind } from '../candidates';
import type { Result } from '../measure';
import { atMost, exactly, nothingLost, timesBound } from '../verdicts';
import { INTERVAL_MS, LIMIT, type Row, type RowOfSize } from './row';

/** Candidates that a request by e-mail can ask for. */
const EMAILS_PER_REQUEST = 100;
const CHECKS_EACH = 2;

/** Known candidates have a lower number than this. */
interface Asked {
	by: ContactKind;
	latencyMs: number;
	numbers: number[];
	known: number;
}

/** Requests of the three stages: candidates, their applications, the checks of these. */
function stagesOf({ by, numbers, known }: Asked): [number, number, number] {
	const different = new Set(numbers);
	const found = [...different].filter((number) => number < known).length;
	const lookUps = by === 'email' ? Math.ceil(different.size / EMAILS_PER_REQUEST) : different.size;
	return [lookUps, found, found];
}

function candidatesRow(asked: Asked, what: string): Row {
	const { by, latencyMs, numbers, known } = asked;
	const stages = stagesOf(asked);
	const checks = known * CHECKS_EACH;
	// The checks are what takes longest: Feishu lets twice as many requests of the others through.
	const boundMs = (stages[2] - 1) * INTERVAL_MS + 4 * latencyMs;
	const askedOf = ({ byApi }: Result) =>
		[
			byApi[by === 'email' ? 'batch_get_id' : 'talents'],
			byApi.external_applications,
			byApi.batch_query,
		].join(' + ');
	return {
		title: `${what}, one application with ${CHECKS_EACH} checks each, RTT ${latencyMs} ms, Feishu's limits`,
		tenant: {
			checks,
			perApplication: CHECKS_EACH,
			candidates: known,
			latencyMs,
			requestsPerSecond: LIMIT,
		},
		works: [{ kind: 'candidates', by, numbers }],
		requestsPerSecond: LIMIT,
		contenders: ['thisNode', 'sdk'],
		boundMs,
		boundText: `${stages[2] - 1} intervals of ${INTERVAL_MS} ms and four round trips (token, candidate, application, last answer)`,
		verdicts: (ours) => [
			exactly('requests for candidates, applications, checks', askedOf(ours), stages.join(' + ')),
			timesBound(ours, boundMs, 1.1),
			atMost('rejected, % of all requests', (100 * ours.rejected) / ours.requests, 2, 1),
			nothingLost(ours),
		],
	};
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

export const emailsRow: RowOfSize = (scale) => {
	const count = 1000 * scale;
	return candidatesRow(
		{ by: 'email', latencyMs: 100, numbers: upTo(count), known: count },
		`${count} e-mails as ${count} items`,
	);
};

export const repeatedEmailsRow: RowOfSize = (scale) => {
	const count = 1000 * scale;
	const known = count * 0.5;
	// Half of the items ask for different known candidates, 40 % for these again, 10 % for strangers.
	const numbers = upTo(count).map((item) => {
		if (item % 10 === 9) return known + item;
		const nth = Math.floor(item / 10) * 9 + (item % 10);
		return nth % known;
	});
	return candidatesRow(
		{ by: 'email', latencyMs: 100, numbers, known },
		`${count} e-mails as ${count} items, 40 % repeated, 10 % unknown`,
	);
};

export const namesRow: RowOfSize = (scale) => {
	const count = 200 * scale;
	return candidatesRow(
		{ by: 'name', latencyMs: 300, numbers: upTo(count), known: count },
		`${count} names as ${count} items`,
	);
};

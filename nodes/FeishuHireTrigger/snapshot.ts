import type { IDataObject } from 'n8n-workflow';
import { HASH_LENGTH, hashOf, type KeptCheck } from './keptCheck';

/** Longer results are kept as hashes. */
const MAX_RESULT_LENGTH = 50;

/** This many of the most frequent results are kept as text, the others as hashes. */
const MAX_RESULTS = 256;

/** The remembered checks as n8n stores them in the workflow: at most 40 bytes each. */
export interface Snapshot extends IDataObject {
	/**
	 * One record per check, sorted by key: key, date (base 36), name hash and result in one field,
	 * number of attachments (base 36). The result is its index in `results` (base 36, up to two
	 * digits), a hash, or nothing if it is empty.
	 */
	checks: string;
	/** The same, for checks that the latest poll did not find. */
	absent: string;
	/** The results that records refer to by index. */
	results: string[];
}

/** Packs the checks. Their order does not matter. */
export function pack(kept: readonly KeptCheck[]): Snapshot {
	const results = frequentResults(kept);
	const numbers = new Map(results.map((result, index) => [result, index.toString(36)]));
	numbers.set('', '');

	const record = ({ key, date, nameHash, result, resultHash, attachments }: KeptCheck) => {
		const known = result === undefined ? undefined : numbers.get(result);
		const texts = nameHash + (known ?? resultHash ?? hashOf(key, result ?? ''));
		return `${key},${date === null ? '' : date.toString(36)},${texts},${attachments.toString(36)}`;
	};
	const records = (absent: boolean) =>
		kept
			.filter((check) => check.absent === absent)
			.map(record)
			.sort()
			.join(';');
	return { checks: records(false), absent: records(true), results };
}

/** Unpacks a snapshot. @returns the checks by key */
export function unpack({ checks, absent, results }: Snapshot): Map<string, KeptCheck> {
	const kept = new Map<string, KeptCheck>();
	for (const record of recordsOf(checks)) {
		const check = unpackRecord(record, results, false);
		kept.set(check.key, check);
	}
	for (const record of recordsOf(absent)) {
		const check = unpackRecord(record, results, true);
		kept.set(check.key, check);
	}
	return kept;
}

const recordsOf = (records: string): string[] => (records === '' ? [] : records.split(';'));

function unpackRecord(record: string, results: readonly string[], absent: boolean): KeptCheck {
	const [key = '', date = '', texts = '', attachments = ''] = record.split(',');
	const result = texts.slice(HASH_LENGTH);
	const isHashed = result.length === HASH_LENGTH;
	return {
		key,
		date: date === '' ? null : parseInt(date, 36),
		nameHash: texts.slice(0, HASH_LENGTH),
		result: isHashed ? undefined : result === '' ? '' : results[parseInt(result, 36)],
		resultHash: isHashed ? result : undefined,
		attachments: parseInt(attachments, 36),
		absent,
	};
}

function frequentResults(kept: readonly KeptCheck[]): string[] {
	const counts = new Map<string, number>();
	for (const { result } of kept) {
		if (result && result.length <= MAX_RESULT_LENGTH) {
			counts.set(result, (counts.get(result) ?? 0) + 1);
		}
	}
	return [...counts]
		.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
		.slice(0, MAX_RESULTS)
		.map(([result]) => result);
}

import type { INodeExecutionData } from 'n8n-workflow';
import type { Check } from '../../../sandbox';
import { errorIn, saidBy } from '../../engine/write/tenant';
import type { RunResult } from '../../harness';

/** What happened to an input item. */
export interface ItemOutcome {
	/** The output item; undefined if the item failed. */
	json?: INodeExecutionData['json'];
	/** Whether its error says that it may have been carried out. */
	isOpen: boolean;
}

/** Reads a run under Continue On Fail: one output item per input item. */
export function outcomesOf(result: RunResult, count: number): ItemOutcome[] {
	expect(result.error).toBeUndefined();
	const output = result.output();
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: count }, (_, item) => ({ item })),
	);
	return output.map((item) => {
		const error = errorIn(item);
		return error ? { isOpen: /\bmay\b/.test(saidBy(error)) } : { json: item.json, isOpen: false };
	});
}

interface Stored {
	id: string;
}

/**
 * The tenant has exactly the records of the successful items. Any other new record was left by an
 * item whose error says that it may exist.
 *
 * @param found all new records
 */
export function expectCreatedOnce(
	outcomes: readonly ItemOutcome[],
	found: readonly Stored[],
): void {
	const claimed = outcomes.flatMap(({ json }) => (json ? [json.id as string] : []));
	const ids = found.map(({ id }) => id);
	// No record belongs to two items, and each exists.
	expect(new Set(claimed).size).toBe(claimed.length);
	expect(ids).toEqual(expect.arrayContaining(claimed));
	const open = outcomes.filter(({ isOpen }) => isOpen).length;
	expect(ids.length - claimed.length).toBeLessThanOrEqual(open);
}

/**
 * There is at most one application, and one check of each name. A check that no item has must
 * belong to an item whose error says that it may exist.
 */
export function expectOneOfEachName(
	outcomes: ReadonlyArray<ItemOutcome & { name: string }>,
	applications: readonly Stored[],
	checks: readonly Check[],
): void {
	expect(applications.length).toBeLessThanOrEqual(1);
	expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
	for (const { name, json } of outcomes) {
		const made = checks.find((check) => check.name === name);
		if (json) expect(json.id).toBe(made?.id);
	}
	for (const made of checks) {
		const own = outcomes.filter(({ name }) => name === made.name);
		expect(own.some(({ json, isOpen }) => json !== undefined || isOpen)).toBe(true);
	}
}

/** A record was changed if the item says so, and not if it says that it was not. */
export function expectToldTruth({ json, isOpen }: ItemOutcome, isDone: boolean): void {
	if (json) expect(isDone).toBe(true);
	else if (!isOpen) expect(isDone).toBe(false);
}

/** Fields that an operation does not write are unchanged. */
export function expectFields(record: unknown, fields: object): void {
	expect(record).toMatchObject(fields);
}

/** Each check has this many files. */
export function expectFiles(checks: readonly Check[], count: number): void {
	for (const { attachment_list } of checks) expect(attachment_list).toHaveLength(count);
}

import type { FunctionsBase, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { readableDate, simplified } from '../shared/hire/simplify';
import type { BackgroundCheck } from '../shared/hire/types';
import { withoutFields } from '../shared/withoutFields';
import { idOf, type KeptCheck } from './keptCheck';

export const EVENTS = ['created', 'changed', 'deleted'] as const;

export type EventName = (typeof EVENTS)[number];

/** The fields to compare. Of attachments, only the number counts. */
export const COMPARED_FIELDS = ['date', 'name', 'result', 'attachments'] as const;

export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** One changed field. Dates are epoch ms; `null` means empty. */
export interface Change extends IDataObject {
	field: ComparedField;
	/** Absent if the old value was not kept: names never are, results only if short and frequent. */
	old?: number | string | null;
	new: number | string | null;
}

export type CheckEvent =
	| { event: 'created'; check: BackgroundCheck }
	| { event: 'changed'; check: BackgroundCheck; changes: Change[] }
	| { event: 'deleted'; last: KeptCheck };

/** Turns events into items, by the settings of the node and of the workflow. */
export function toItems(
	events: readonly CheckEvent[],
	{ simple }: { simple: boolean },
	context: Pick<FunctionsBase, 'getTimezone'>,
): INodeExecutionData[] {
	const timezone = simple ? context.getTimezone() : undefined;
	return events.map((event) => toItem(event, timezone));
}

/**
 * The output item for an event. A deleted check no longer exists, so `last_known` shows what was
 * remembered of it.
 *
 * @param timezone if set, the item is simplified: every documented field, dates as text in this
 * zone; otherwise it is the check as Feishu sends it, with dates in epoch ms
 */
export function toItem(happened: CheckEvent, timezone?: string): INodeExecutionData {
	const { event } = happened;
	const dateIn = (date: BackgroundCheck['date']) =>
		timezone === undefined ? (date ?? null) : readableDate(date, timezone);
	if (event === 'deleted') {
		const { key, date, result, attachments } = happened.last;
		const last_known: IDataObject = { date: dateIn(date), attachments };
		if (result !== undefined) last_known.result = result || null;
		return { json: { event, id: idOf(key), last_known } };
	}
	const check = timezone === undefined ? happened.check : simplified(happened.check, timezone);
	const json: IDataObject = { event, ...withoutFields(['event', 'changes'], check) };
	if (event === 'changed') {
		json.changes = happened.changes.map((change) =>
			change.field === 'date'
				? { ...change, old: dateIn(change.old), new: dateIn(change.new) }
				: change,
		);
	}
	return { json };
}

import type { FunctionsBase, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { readableDate, simplified } from '../shared/hire/simplify';
import type { BackgroundCheck } from '../shared/hire/types';
import { idOf, type KeptCheck } from './keptCheck';

export const EVENTS = ['created', 'changed', 'deleted'] as const;

export type EventName = (typeof EVENTS)[number];

/** The fields that are compared; of the attachments their number. */
export const COMPARED_FIELDS = ['date', 'name', 'result', 'attachments'] as const;

export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** One changed field, in comparable form: dates in epoch ms, `null` for none. */
export interface Change extends IDataObject {
	field: ComparedField;
	/** Absent where the old value is not kept: names never are, results only while they are few and short. */
	old?: number | string | null;
	new: number | string | null;
}

export type CheckEvent =
	| { event: 'created'; check: BackgroundCheck }
	| { event: 'changed'; check: BackgroundCheck; changes: Change[] }
	| { event: 'deleted'; last: KeptCheck };

/** The output items of events, by the settings of the node and of the workflow. */
export function toItems(
	events: readonly CheckEvent[],
	{ simple }: { simple: boolean },
	context: Pick<FunctionsBase, 'getTimezone'>,
): INodeExecutionData[] {
	const timezone = simple ? context.getTimezone() : undefined;
	return events.map((event) => toItem(event, timezone));
}

/**
 * The output item of an event. A deleted check is no longer there to be shown: what was kept of it
 * stands under `last_known`.
 *
 * @param timezone simplified when it is there: every documented field, dates as text in this zone;
 * otherwise the check as Feishu sends it, and dates in epoch ms
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

/** Should Feishu ever send fields with our names, they stay, under `feishu_…`. @param own our names */
export const withoutFields = (own: readonly string[], record: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(record).map(([field, value]) => [
			own.includes(field) ? `feishu_${field}` : field,
			value,
		]),
	);

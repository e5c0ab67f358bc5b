import {
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { FeishuClient } from '../shared/feishu/client';
import { scanOrders } from '../shared/hire/api/orders';
import type { BackgroundCheck } from '../shared/hire/types';
import { toNodeError } from '../shared/nodeErrors';
import { changesBetween } from './compare';
import { EVENTS, toItems, type CheckEvent } from './events';
import { hadResult, hashOf, keep, type KeptCheck } from './keptCheck';
import { newsOf } from './orders/compareOrders';
import { orderItems } from './orders/items';
import { keepOrder } from './orders/keptOrder';
import { readSettings, type TriggerSettings } from './readParameters';
import { pagesInOrder } from './scan';

/** The most events that a test shows. */
const MAX_EVENTS = 10;

/**
 * Feishu cannot filter by result, so a test reads at most this many pages of each list to find matching
 * records (5 s at 10 requests/s).
 */
const MAX_PAGES = 50;

/** Tells the user that these events are samples and did not happen. */
const SAMPLES_HINT =
	'These are samples: existing records, shown as if their fields had just been filled in, or as if they had just been deleted.';

/**
 * What Fetch Test Event and Execute step show. Neither uses nor changes the state.
 *
 * @returns 1 to 10 items
 * @throws NodeApiError or NodeOperationError
 */
export async function showTestEvents(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	try {
		const settings = readSettings((name) => context.getNodeParameter(name, 0));
		const stopped = context.getExecutionCancelSignal();
		const client = await FeishuClient.open(context, settings.timeoutMs, stopped);
		const checks = await testEvents(client, settings);
		const ofOrders = await sampleOrders(client, settings, context);
		// Show events of both lists, if both are watched.
		const room = MAX_EVENTS - Math.min(ofOrders.length, MAX_EVENTS / 2);
		const items = [...toItems(checks.events, settings, context).slice(0, room), ...ofOrders];
		if (items.length === 0) throw nothingFits(node, settings, checks.looked);
		const { events, orderEvents } = settings;
		const areSamples = [
			events.size > 0 && !events.has('created'),
			orderEvents.size > 0 && !orderEvents.has('orderCreated'),
		];
		if (areSamples.includes(true)) {
			context.addExecutionHints({ message: SAMPLES_HINT, location: 'outputPane', type: 'info' });
		}
		return items.slice(0, MAX_EVENTS);
	} catch (error) {
		throw toNodeError(node, error);
	}
}

/** Existing orders that match, as if everything in them had just happened. @throws FeishuError */
async function sampleOrders(
	client: FeishuClient,
	settings: TriggerSettings,
	context: IExecuteFunctions,
): Promise<INodeExecutionData[]> {
	const { orderEvents } = settings;
	if (orderEvents.size === 0) return [];
	const items: INodeExecutionData[] = [];
	let pages = 0;
	for await (const page of scanOrders(client)) {
		const news = page.items.flatMap((order) => {
			const now = keepOrder(order);
			if (!now) return [];
			const blank = { ...now, status: '', reports: [] };
			return [newsOf(order, orderEvents.has('orderCreated') ? undefined : blank, now)];
		});
		items.push(...orderItems(news, settings, context));
		pages++;
		if (items.length >= MAX_EVENTS || pages === MAX_PAGES) break;
	}
	return items;
}

/**
 * Makes sample events from existing checks: as if the checks had just been created; if that event
 * is not chosen, as if their fields had just been filled; otherwise as if they had just been
 * deleted.
 *
 * @returns up to 10 events of different checks that pass 'Result Is', and how many checks were read
 * @throws FeishuError
 */
async function testEvents(client: FeishuClient, settings: TriggerSettings) {
	const events = new Map<string, CheckEvent>();
	const looked = { at: 0, matching: 0, isAll: true };
	let pages = 0;
	const lists = settings.events.size > 0 ? pagesInOrder(client, settings) : [];
	for await (const { items, has_more } of lists) {
		for (const check of items) {
			const kept = keep(check);
			if (!kept || events.has(kept.key)) continue;
			looked.at++;
			if (!hadResult(kept, settings.resultIs)) continue;
			looked.matching++;
			const event = sampleOf(check, kept, settings);
			if (event) events.set(kept.key, event);
			if (events.size === MAX_EVENTS) return { events: [...events.values()], looked };
		}
		pages++;
		if (pages === MAX_PAGES) {
			looked.isAll = !has_more && (settings.externalApplicationIds?.length ?? 1) === 1;
			break;
		}
	}
	return { events: [...events.values()], looked };
}

/** A sample of the first chosen event for this check; undefined if that is not possible. */
function sampleOf(
	check: BackgroundCheck,
	kept: KeptCheck,
	{ events, changedFields }: TriggerSettings,
): CheckEvent | undefined {
	const event = EVENTS.find((each) => events.has(each));
	if (event === 'created') return { event, check };
	if (event === 'deleted') return { event, last: kept };
	const { key } = kept;
	const empty = { ...kept, date: null, nameHash: hashOf(key, ''), result: '', attachments: 0 };
	const changes = changesBetween(empty, kept, check, changedFields);
	return changes.length > 0 ? { event: 'changed', check, changes } : undefined;
}

/** The error for a test without events. Names the setting that hides them, if there is one. */
function nothingFits(
	node: INode,
	{ events }: TriggerSettings,
	looked: { at: number; matching: number; isAll: boolean },
): NodeOperationError {
	const unaffected = 'This does not affect the published workflow.';
	if (events.size === 0) {
		return new NodeOperationError(node, 'No background check orders to show', {
			description: `None of the orders in the first ${MAX_PAGES} pages matches the events and options. ${unaffected}`,
		});
	}
	if (looked.at === 0) {
		return new NodeOperationError(node, 'No background checks to show', {
			description: `Feishu returned none. Check 'Watch', or test again once there is one. ${unaffected}`,
		});
	}
	const which = looked.isAll ? 'background checks' : 'background checks that a test reads';
	const [title, why] =
		looked.matching === 0
			? [
					`None of the ${looked.at} ${which} matches 'Result Is'`,
					"Compare 'Result Is' with the results in Feishu Hire. Results are free text, and the whole text must match.",
				]
			: [
					`None of the ${looked.at} ${which} can be shown as changed`,
					"In those that match 'Result Is', all of the 'Changed Fields' are still empty.",
				];
	return new NodeOperationError(node, title, { description: `${why} ${unaffected}` });
}

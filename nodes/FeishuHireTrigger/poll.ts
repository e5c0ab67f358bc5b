import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { FeishuClient } from '../shared/feishu/client';
import { toNodeError } from '../shared/nodeErrors';
import { Comparison } from './compare';
import { toItems, type CheckEvent } from './events';
import { hadResult, type KeptCheck } from './keptCheck';
import { beginPoll, type PollUnderWay } from './overlap';
import { readSettings, type TriggerSettings } from './readParameters';
import { orderItems } from './orders/items';
import { pollOrders, type OrderState } from './orders/pollOrders';
import { budgetOf, scanAll } from './scan';
import { unpack } from './snapshot';
import { readState, watchOf, writeState } from './state';

/**
 * Polls once.
 *
 * @returns items for what happened since the last poll; null if nothing did, or if another poll
 * takes precedence
 * @throws NodeApiError or NodeOperationError; the state is then unchanged
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const node = JSON.stringify([context.getWorkflow().id, context.getNode().name]);
	// n8n uses one context for all polls of an activation.
	const underWay = beginPoll(node, context);
	if (!underWay) return null;
	try {
		return await pollForNews(context, underWay);
	} catch (error) {
		// An error would make n8n undo the activation, which now belongs to the newer poll.
		if (underWay.isReplaced()) return null;
		throw toNodeError(context.getNode(), error);
	} finally {
		underWay.end();
	}
}

/**
 * Reads everything watched, compares it with the state and updates the state. n8n keeps what a
 * failed poll wrote to the state, but saves the state only when there are items. So the state is
 * written last, in one step.
 */
async function pollForNews(
	context: IPollFunctions,
	{ signal, isReplaced }: PollUnderWay,
): Promise<INodeExecutionData[] | null> {
	const settings = readSettings((name) => context.getNodeParameter(name));
	const data = context.getWorkflowStaticData('node');
	const onPage = budgetOf(context);
	const client = await FeishuClient.open(context, settings.timeoutMs, signal);
	const at: Poll = { context, client, settings, data, onPage };
	const news = await Promise.all([
		...(settings.events.size > 0 ? [checkNews(at)] : []),
		...(settings.orderEvents.size > 0 ? [orderNews(at)] : []),
	]);
	if (isReplaced()) return null;
	for (const { moveOn } of news) moveOn();
	const items = news.flatMap((each) => each.items);
	return items.length > 0 ? items : null;
}

interface Poll {
	context: IPollFunctions;
	client: FeishuClient;
	settings: TriggerSettings;
	/** The node's state, as n8n stores it. */
	data: IDataObject;
	/** Called for each page; throws to abort the poll. */
	onPage: (page: { has_more: boolean }) => void;
}

/** What was found in a list, and a function that updates its state. */
interface News {
	items: INodeExecutionData[];
	moveOn: () => void;
}

async function checkNews({ context, client, settings, data, onPage }: Poll): Promise<News> {
	const watch = await watchOf(context, settings.externalApplicationIds);
	const state = readState(data);
	const hasBaseline = state?.watch === watch;
	const comparison = new Comparison(
		hasBaseline ? unpack(state) : new Map(),
		settings.changedFields,
		hasBaseline ? wantedOf(settings) : wantedAtFirst(settings, state !== undefined),
	);
	await scanAll(client, settings, (check) => comparison.add(check), onPage);
	const { events, kept } = comparison.finish();
	return {
		items: toItems(events, settings, context),
		moveOn: () => writeState(data, watch, kept),
	};
}

async function orderNews({ context, client, settings, data, onPage }: Poll): Promise<News> {
	const watch = await watchOf(context, 'orders');
	const stored = data.orders as OrderState | undefined;
	const before = stored?.watch === watch ? stored : undefined;
	const { news, state } = await pollOrders(client, watch, before, onPage);
	const isFirst = !stored && settings.includeExistingOnFirstRun;
	// The very first run reports every order as created, whatever events are chosen.
	const orderEvents = isFirst ? new Set(['orderCreated' as const]) : settings.orderEvents;
	return {
		items: before || isFirst ? orderItems(news, { ...settings, orderEvents }, context) : [],
		moveOn: () => {
			if (JSON.stringify(stored) !== JSON.stringify(state)) data.orders = state;
		},
	};
}

type IsWanted = (happened: CheckEvent, current: KeptCheck) => boolean;

function wantedOf({ events, resultIs }: TriggerSettings): IsWanted {
	return ({ event }, current) => events.has(event) && hadResult(current, resultIs);
}

/** Without a baseline, every check looks created. Only the very first run emits them, and only on request. */
function wantedAtFirst(settings: TriggerSettings, isNewWatch: boolean): IsWanted {
	const { includeExistingOnFirstRun, resultIs } = settings;
	if (!includeExistingOnFirstRun || isNewWatch) return () => false;
	return (_created, current) => hadResult(current, resultIs);
}

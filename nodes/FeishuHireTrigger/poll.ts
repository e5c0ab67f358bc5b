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
 * @returns the items of what happened since the last poll, or null when nothing did
 * @throws NodeApiError or NodeOperationError; the state is then as it was
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const node = JSON.stringify([context.getWorkflow().id, context.getNode().name]);
	// n8n polls with one context as long as the workflow is active.
	const underWay = beginPoll(node, context);
	if (!underWay) return null;
	try {
		return await pollForNews(context, underWay);
	} catch (error) {
		// An error would make n8n undo the activation, which by now is that of the newer poll.
		if (underWay.isReplaced()) return null;
		throw toNodeError(context.getNode(), error);
	} finally {
		underWay.end();
	}
}

/**
 * Reads everything that is watched, compares it with the state and moves the state on. n8n keeps what a failed poll
 * wrote to the state, and stores it only with the items of a poll: so it is written last, all at once.
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
	/** The state of the node, as n8n stores it. */
	data: IDataObject;
	/** Called for each page that is read; throws to give up. */
	onPage: (page: { has_more: boolean }) => void;
}

/** What a list has brought, and what moves its state on. */
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
	// On the very first run everything is created, whatever the events.
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

/** Without a baseline everything looks created: it is, to those who ask for it on the very first run. */
function wantedAtFirst(settings: TriggerSettings, isNewWatch: boolean): IsWanted {
	const { includeExistingOnFirstRun, resultIs } = settings;
	if (!includeExistingOnFirstRun || isNewWatch) return () => false;
	return (_created, current) => hadResult(current, resultIs);
}

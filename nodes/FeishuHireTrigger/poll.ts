import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { FeishuClient } from '../shared/feishu/client';
import { toNodeError } from '../shared/nodeErrors';
import { Comparison } from './compare';
import { toItems, type CheckEvent } from './events';
import { hadResult, type KeptCheck } from './keptCheck';
import { beginPoll, type PollUnderWay } from './overlap';
import { readSettings, type TriggerSettings } from './readParameters';
import { scanAll } from './scan';
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
 * Reads everything, compares it with the state and moves the state on. n8n keeps what a failed poll
 * wrote to the state, and stores it only with the items of a poll: so it is written last, all at once.
 */
async function pollForNews(
	context: IPollFunctions,
	{ signal, isReplaced }: PollUnderWay,
): Promise<INodeExecutionData[] | null> {
	const settings = readSettings((name) => context.getNodeParameter(name));
	const watch = await watchOf(context, settings.externalApplicationIds);
	const data = context.getWorkflowStaticData('node');
	const state = readState(data);
	const hasBaseline = state?.watch === watch;
	const comparison = new Comparison(
		hasBaseline ? unpack(state) : new Map(),
		settings.changedFields,
		hasBaseline ? wantedOf(settings) : wantedAtFirst(settings, state !== undefined),
	);
	const client = await FeishuClient.open(context, settings.timeoutMs, signal);
	await scanAll(context, client, settings, (check) => comparison.add(check));
	if (isReplaced()) return null;
	const { events, kept } = comparison.finish();
	const items = toItems(events, settings, context);
	writeState(data, watch, kept);
	return items.length > 0 ? items : null;
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

import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { FeishuClient } from '../shared/feishu/client';
import { toNodeError } from '../shared/nodeErrors';
import { Comparison } from './compare';
import { toItem, type CheckEvent } from './events';
import { hadResult, type KeptCheck } from './keptCheck';
import { beginPoll } from './overlap';
import { readSettings, type TriggerSettings } from './readParameters';
import { scanAll } from './scan';
import { unpack } from './snapshot';
import { readState, watchOf, writeState } from './state';
import { testEvents } from './testEvents';

/**
 * Polls once; by hand (Fetch Test Event, Execute step) it shows what a poll would give.
 *
 * @returns the items of what happened since the last poll, or null when nothing did
 * @throws NodeApiError or NodeOperationError; the state is then as it was
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	try {
		const settings = readSettings(context);
		if (context.getMode() !== 'manual') return await pollForNews(context, settings);
		const client = await FeishuClient.open(context, settings.timeoutMs);
		return toItems(context, settings, await testEvents(context.getNode(), client, settings));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/**
 * Reads everything, compares it with the state and moves the state on. n8n keeps what a failed poll
 * wrote to the state, and stores it only with the items of a poll: so it is written last, all at once.
 */
async function pollForNews(
	context: IPollFunctions,
	settings: TriggerSettings,
): Promise<INodeExecutionData[] | null> {
	const watch = await watchOf(context, settings.externalApplicationIds);
	const data = context.getWorkflowStaticData('node');
	// From here to beginPoll nothing may wait: a poll that ends in between would move the state.
	const state = readState(data);
	const hasBaseline = state?.watch === watch;
	const node = JSON.stringify([context.getWorkflow().id, context.getNode().name]);
	const underWay = beginPoll(node, { activation: data, watch, hasBaseline });
	if (!underWay) return null;
	try {
		const comparison = new Comparison(
			hasBaseline ? unpack(state) : new Map(),
			settings.changedFields,
			hasBaseline ? wantedOf(settings) : wantedAtFirst(settings, state !== undefined),
		);
		const client = await FeishuClient.open(context, settings.timeoutMs, underWay.signal);
		await scanAll(context, client, settings, (check) => comparison.add(check));
		if (underWay.isReplaced()) return null;
		const { events, kept } = comparison.finish();
		const items = toItems(context, settings, events);
		writeState(data, watch, kept);
		return items.length > 0 ? items : null;
	} catch (error) {
		// An error would make n8n undo the activation, which by now is that of the newer poll.
		return underWay.isReplaced() ? null : await Promise.reject(error);
	} finally {
		underWay.end();
	}
}

function toItems(
	context: IPollFunctions,
	{ simple }: TriggerSettings,
	events: readonly CheckEvent[],
): INodeExecutionData[] {
	const timezone = simple ? context.getTimezone() : undefined;
	return events.map((event) => toItem(event, timezone));
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

import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { toNodeError } from '../shared/nodeErrors';
import { FeishuClient } from '../shared/feishu/client';
import { Comparison, hasResult } from './compare';
import { toItem, type CheckEvent } from './events';
import type { KeptCheck } from './keptCheck';
import { takeTurn } from './overlap';
import { readSettings, type TriggerSettings } from './readParameters';
import { firstChecks, scanAll } from './scan';
import { unpack } from './snapshot';
import { readState, watchOf, writeState } from './state';

/** How many checks a manual run shows. */
const SHOWN_BY_HAND = 10;

/**
 * Polls once.
 *
 * @returns the items of what happened since the last poll, or null when nothing did
 * @throws NodeApiError or NodeOperationError; the state is then as it was
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	try {
		const settings = readSettings(context);
		return context.getMode() === 'manual'
			? await show(context, settings)
			: await pollForNews(context, settings);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** Some of the checks there are, as if they had just been created; knows and moves no state. */
async function show(
	context: IPollFunctions,
	settings: TriggerSettings,
): Promise<INodeExecutionData[]> {
	const client = await FeishuClient.open(context);
	const checks = await firstChecks(client, settings, SHOWN_BY_HAND);
	if (checks.length === 0) {
		throw new NodeOperationError(context.getNode(), 'There are no background checks to show', {
			description:
				'Feishu answered, but with none. Check what the node watches, or try again when there is one. The active workflow is not affected.',
		});
	}
	return checks.map((check) => toItem({ event: 'created', check }));
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
	// From here to the turn nothing may wait: a poll that ends in between would move the state.
	const state = readState(data);
	const hasBaseline = state?.watch === watch;
	const place = JSON.stringify([context.getWorkflow().id, context.getNode().name]);
	const turn = takeTurn(place, !hasBaseline);
	if (!turn) return null;
	try {
		const comparison = new Comparison(
			hasBaseline ? unpack(state) : new Map(),
			settings.changedFields,
			hasBaseline ? wantedOf(settings) : wantedAtFirst(settings, state !== undefined),
		);
		const client = await FeishuClient.open(context, turn.signal);
		await scanAll(context, client, settings, (check) => comparison.add(check));
		if (turn.signal.aborted) return null;
		const { events, kept } = comparison.finish();
		const items = events.map(toItem);
		writeState(data, watch, kept);
		return items.length > 0 ? items : null;
	} catch (error) {
		// An error would make n8n undo the activation, which by now is that of the newer poll.
		if (turn.signal.aborted) return null;
		throw toNodeError(context.getNode(), error);
	} finally {
		turn.end();
	}
}

type IsWanted = (happened: CheckEvent, current: KeptCheck) => boolean;

function wantedOf({ events, resultIs }: TriggerSettings): IsWanted {
	return ({ event }, current) => events.has(event) && isAmong(resultIs, current);
}

/** Without a baseline everything looks created: it is, to those who ask for it on the very first run. */
function wantedAtFirst(settings: TriggerSettings, isNewWatch: boolean): IsWanted {
	const { includeExistingOnFirstRun, resultIs } = settings;
	if (!includeExistingOnFirstRun || isNewWatch) return () => false;
	return (_created, current) => isAmong(resultIs, current);
}

function isAmong(results: ReadonlySet<string> | undefined, kept: KeptCheck): boolean {
	if (!results) return true;
	if (kept.result !== undefined) return results.has(kept.result.trim());
	return [...results].some((result) => hasResult(kept, result));
}

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isAiTool } from '../shared/aiTool';
import { FeishuClient } from '../shared/feishu/client';
import { attachFiles } from './attachFiles';
import { Outcomes } from '../shared/run/outcomes';
import { ParameterReader } from '../shared/form/parameterReader';
import { plan, type ItemQuery } from './plan';
import { readItemQuery } from './readParameters';
import { Results } from './results';
import { runPlan } from './runPlan';

/**
 * Runs the node: read what each item asks for, plan the requests over all items, send them, hand the
 * answers back to the items, fetch their files if wanted.
 *
 * @returns the output items; under Continue On Fail a failed input item gives one with `error`
 * @throws NodeApiError or NodeOperationError otherwise
 */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const outcomes = new Outcomes(context);
	const stop = new AbortController();
	const stopped = context.getExecutionCancelSignal();
	const onStop = () => stop.abort();
	stopped?.addEventListener('abort', onStop);
	const queries = readQueries(context, outcomes);
	try {
		await answer(context, queries, outcomes, stop.signal);
	} catch (error) {
		stop.abort();
		// An error of one item that ends the run names that item already; any other is everybody's.
		for (const { itemIndex } of queries) outcomes.fail(error, itemIndex);
	} finally {
		// In a loop of a workflow the node runs many times under one signal.
		stopped?.removeEventListener('abort', onStop);
	}
	return outcomes.all();
}

function readQueries(context: IExecuteFunctions, outcomes: Outcomes): ItemQuery[] {
	const reader = new ParameterReader(context);
	const queries: ItemQuery[] = [];
	context.getInputData().forEach((_item, itemIndex) => {
		outcomes.attempt(itemIndex, () => queries.push(readItemQuery(reader, itemIndex)));
	});
	return queries;
}

async function answer(
	context: IExecuteFunctions,
	queries: readonly ItemQuery[],
	outcomes: Outcomes,
	signal: AbortSignal,
): Promise<void> {
	if (queries.length === 0) return;
	const client = await FeishuClient.open(context, signal);
	const answers = await runPlan(client, plan(queries), (error, { itemIndex }) =>
		outcomes.fail(error, itemIndex),
	);
	const results = new Results(answers, {
		timezone: context.getTimezone(),
		isForModel: isAiTool(context.getNode()),
	});
	for (const query of queries) {
		const { itemIndex } = query;
		if (outcomes.hasFailed(itemIndex)) continue;
		outcomes.attempt(itemIndex, () => outcomes.set(itemIndex, results.itemsFor(query)));
	}
	const withFiles = queries.flatMap(({ itemIndex, attachments }) =>
		attachments
			? outcomes.of(itemIndex).map((item) => ({ item, itemIndex, options: attachments }))
			: [],
	);
	await attachFiles(
		context,
		client,
		withFiles,
		(error, itemIndex) => outcomes.endUnlessContinued(error, itemIndex),
		signal,
	);
	for (const message of results.hints()) {
		context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
}

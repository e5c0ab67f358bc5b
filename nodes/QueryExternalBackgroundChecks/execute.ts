import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toErrorJson, toNodeError } from '../shared/nodeErrors';
import { FeishuClient } from '../shared/feishu/client';
import { throwIfStopped } from '../shared/feishu/wait';
import { attachFiles } from './attachFiles';
import { plan, type ItemQuery } from './plan';
import { ParameterReader, readItemQuery } from './readParameters';
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
	const node = context.getNode();
	const continues = context.continueOnFail();
	const itemCount = context.getInputData().length;
	const errors = new Map<number, unknown>();
	const stop = new AbortController();
	const stopped = context.getExecutionCancelSignal();
	const onStop = () => stop.abort();
	stopped?.addEventListener('abort', onStop, { once: true });

	/** Under Continue On Fail an error stays with its item, otherwise it ends the run. */
	function failed(error: unknown, itemIndex: number): void {
		throwIfStopped(stopped);
		if (!continues) throw toNodeError(node, error, itemIndex);
		errors.set(itemIndex, error);
	}

	const queries: ItemQuery[] = [];
	const reader = new ParameterReader(context);
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		try {
			queries.push(readItemQuery(reader, itemIndex));
		} catch (error) {
			failed(error, itemIndex);
		}
	}

	const outputs = new Map<number, INodeExecutionData[]>();
	try {
		const client = await FeishuClient.open(context, stop.signal);
		const answers = await runPlan(client, plan(queries), (error, concerned) => {
			// Under Continue On Fail each item finds its error later, without a search for each ID.
			if (continues) return;
			const query =
				typeof concerned === 'string'
					? queries.find((each) => asksFor(each, concerned))
					: concerned;
			failed(error, query?.itemIndex ?? 0);
		});
		const results = new Results(answers);
		for (const query of queries) {
			try {
				outputs.set(query.itemIndex, results.itemsFor(query));
			} catch (error) {
				failed(error, query.itemIndex);
			}
		}
		await attachFiles(
			context,
			client,
			queries.flatMap(({ itemIndex, attachments }) =>
				attachments
					? (outputs.get(itemIndex) ?? []).map((item) => ({
							item,
							itemIndex,
							options: attachments,
						}))
					: [],
			),
			(error, itemIndex) => {
				if (!continues) failed(error, itemIndex);
			},
			stop.signal,
		);
		for (const message of results.hints()) {
			context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
		}
	} catch (error) {
		stop.abort();
		for (const { itemIndex } of queries) failed(error, itemIndex);
	} finally {
		// In a loop of a workflow the node runs many times under one signal.
		stopped?.removeEventListener('abort', onStop);
	}

	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		if (errors.has(itemIndex)) {
			output.push({
				json: { error: toErrorJson(errors.get(itemIndex)) },
				pairedItem: { item: itemIndex },
			});
		}
		for (const item of outputs.get(itemIndex) ?? []) output.push(item);
	}
	return output;
}

const asksFor = (query: ItemQuery, id: string): boolean =>
	query.kind === 'ids' && query.ids.includes(id);

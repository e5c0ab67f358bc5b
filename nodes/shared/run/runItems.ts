import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isAiTool } from '../aiTool';
import { FeishuClient } from '../feishu/client';
import { FeishuError } from '../feishu/failure';
import { Form, ParameterReader } from '../form/form';
import { readTimeout } from '../form/requestOptions';
import { outcomeOf, unknownOutcome } from '../hire/write/outcome';
import { Semaphore } from '../semaphore';
import { withoutFields } from '../withoutFields';
import { Hints } from './hints';
import type { ItemRequest, Operation, Run, Runnable, Work } from './operation';
import { Outcomes } from './outcomes';
import { Report } from './report';
import { RunMemory } from './runMemory';

/** Makes an operation that a node can run. */
export const runnable = <Q extends ItemRequest>(
	operation: Operation<Q>,
): Operation<Q> & Runnable => ({
	...operation,
	run: async (context) => await runItems(context, operation),
});

/**
 * Runs an operation for all input items: first reads and checks every item, then sends requests for
 * items in parallel. After an error that ends the run it starts no further write, and waits for
 * requests in flight, so that the error can say what was done.
 */
async function runItems<Q extends ItemRequest>(
	context: IExecuteFunctions,
	operation: Operation<Q>,
): Promise<INodeExecutionData[]> {
	const outcomes = new Outcomes(context);
	const reader = new ParameterReader(context);
	const requests = await readRequests(context, operation, reader, outcomes);
	const stop = new AbortController();
	const stopped = context.getExecutionCancelSignal();
	const onStop = () => stop.abort();
	stopped?.addEventListener('abort', onStop);
	const memory = new RunMemory(context);
	const writes = operation.calls.some(({ effect }) => effect === 'write');
	const report = new Report(writes);
	let jobs: Array<Promise<void>> = [];
	try {
		if (requests.length > 0) {
			const client = await FeishuClient.open(context, readTimeout(reader), stop.signal);
			const hints = new Hints(context.getInputData().length);
			const timezone = context.getTimezone();
			const isForModel = isAiTool(context.getNode());
			const run: Run = { client, context, memory, hints, timezone, isForModel };
			const open = writes
				? requests.filter((request) => !memory.of(request).memory.output)
				: requests;
			const start = operation.start(run, open);
			const work = writes ? remembering(memory, start) : start;
			const slots = slotsFor(operation, requests);
			jobs = requests.map(
				async (request) =>
					await slots.run(async () => {
						await doOne(work, request, outcomes, report).catch(async (error: unknown) => {
							// Stop before the slot becomes free, so that no further item begins.
							stop.abort();
							return await Promise.reject(error);
						});
					}, stop.signal),
			);
			await Promise.all(jobs);
			await operation.finish?.(run, requests, outcomes);
			// All hints in one message: n8n shows a box for each.
			const message = hints.all().join(' ');
			if (message) context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
		}
	} catch (error) {
		stop.abort();
		await Promise.allSettled(jobs);
		// An item's error already names its item. Any other error, such as a stop, concerns all items.
		try {
			outcomes.failAll(
				error,
				requests.map(({ itemIndex }) => itemIndex),
			);
		} catch (told) {
			return Promise.reject(report.addedTo(told));
		}
	} finally {
		// In a workflow's loop, the node runs many times with the same signal.
		stopped?.removeEventListener('abort', onStop);
	}
	// After a failed item n8n may try the node again, even if the input was wrong.
	const hasFailed = [...context.getInputData().keys()].some((item) => outcomes.hasFailed(item));
	if (!hasFailed) memory.forget();
	return outcomes.all();
}

function slotsFor<Q extends ItemRequest>(
	{ calls }: Operation<Q>,
	requests: readonly Q[],
): Semaphore {
	if (calls.length === 0) return new Semaphore(Infinity);
	const set = requests.reduce((most, { settings }) => {
		return Math.max(most, settings?.requestsPerSecond ?? 0);
	}, 0);
	return Semaphore.forRates(
		...calls.map(({ requestsPerSecond }) => Math.max(requestsPerSecond, set)),
	);
}

async function readRequests<Q extends ItemRequest>(
	context: IExecuteFunctions,
	{ read }: Operation<Q>,
	reader: ParameterReader,
	outcomes: Outcomes,
): Promise<Q[]> {
	const claimed = new Map<string, number>();
	const requests: Q[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		try {
			requests.push(await read(new Form(context, reader, itemIndex, claimed)));
		} catch (error) {
			outcomes.fail(error, itemIndex);
		}
	}
	return requests;
}

/**
 * Does the work, except what an earlier try of the node has done. Users see only the error of the
 * last try, so it must say what is known about earlier ones.
 */
function remembering<Q extends ItemRequest>(memory: RunMemory, work: Work<Q>): Work<Q> {
	return async (request) => {
		const { memory: known } = memory.of(request);
		if (known.output) return known.output;
		try {
			known.output = [await work(request)].flat();
			return known.output;
		} catch (caught) {
			const error = withUploads(caught, known.attachmentIds);
			const outcome = outcomeOf(error);
			if (outcome === 'done') known.done = error;
			else if (known.done !== undefined) return await Promise.reject(known.done);
			if (outcome === 'unknown') known.unknown = error;
			const hidesIt = outcome === 'notDone' && known.unknown !== undefined;
			return await Promise.reject(hidesIt ? unknownOutcome.earlier(known.unknown, error) : error);
		}
	};
}

async function doOne<Q extends ItemRequest>(
	work: Work<Q>,
	request: Q,
	outcomes: Outcomes,
	report: Report,
): Promise<void> {
	const { itemIndex } = request;
	try {
		const records = [await work(request)].flat();
		report.done(itemIndex, records);
		outcomes.set(
			itemIndex,
			// n8n treats an item with a field `error` as failed.
			records.map((json) => ({
				json: withoutFields(['error'], json),
				pairedItem: { item: itemIndex },
			})),
		);
	} catch (error) {
		report.fail(itemIndex, outcomeOf(error));
		outcomes.fail(error, itemIndex);
	}
}

/**
 * Adds the IDs of unused uploads to an error: Feishu cannot remove them, but a later request can
 * use them.
 */
export function withUploads(error: unknown, ids: readonly string[] = []): unknown {
	if (!(error instanceof FeishuError) || ids.length === 0) return error;
	const advice = `${error.failure.advice} Files already uploaded (attachment IDs): ${ids.join(', ')}.`;
	return error.with({ advice });
}

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Outcomes } from './outcomes';
import { ParameterReader } from '../form/parameterReader';
import { FeishuClient } from '../feishu/client';
import { isDoubtful } from '../hire/write/doubt';
import { inPool } from './pool';
import { Form } from '../form/form';
import { Hints } from './hints';
import type { Operation, Run, Runnable, Wish, Work } from './operation';
import { Report } from './report';
import { RunMemory } from './runMemory';

/** The operation as the node runs it. */
export const runnable = <W extends Wish>(operation: Operation<W>): Runnable => ({
	fields: operation.fields,
	run: async (context) => await runItems(context, operation),
});

/**
 * Does an operation for all input items: reads and checks every one before the first request leaves,
 * then works on them side by side. After an error that ends the run nothing more is written, and what
 * has left is awaited, so that the error can tell what was done.
 *
 * @returns the output items; under Continue On Fail a failed input item gives one with `error`
 * @throws NodeApiError or NodeOperationError otherwise; StoppedError when a person has stopped the run
 */
async function runItems<W extends Wish>(
	context: IExecuteFunctions,
	operation: Operation<W>,
): Promise<INodeExecutionData[]> {
	const outcomes = new Outcomes(context);
	const wishes = await readWishes(context, operation, outcomes);
	const stop = new AbortController();
	const stopped = context.getExecutionCancelSignal();
	const onStop = () => stop.abort();
	stopped?.addEventListener('abort', onStop);
	const memory = new RunMemory(context);
	const report = new Report(operation.changes);
	const underWay = new Set<Promise<void>>();
	try {
		if (wishes.length > 0) {
			const client = await FeishuClient.open(context, stop.signal);
			const hints = new Hints();
			const run: Run = { client, context, memory, hints, timezone: context.getTimezone() };
			const start = operation.start(run, wishes);
			const work = operation.changes ? remembering(memory, start) : start;
			await inPool(wishes, operation.atOnce, async (wish) => {
				const job = doOne(work, wish, outcomes, report);
				underWay.add(job);
				await job.finally(() => underWay.delete(job));
			});
			for (const message of hints.all()) {
				context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
			}
		}
	} catch (error) {
		stop.abort();
		await Promise.allSettled(underWay);
		// An error of one item that ends the run names that item already; any other is everybody's, as is a stop.
		for (const { itemIndex } of wishes) {
			try {
				outcomes.fail(error, itemIndex);
			} catch (told) {
				return Promise.reject(report.addedTo(told));
			}
		}
	} finally {
		// In a loop of a workflow the node runs many times under one signal.
		stopped?.removeEventListener('abort', onStop);
	}
	// An item that failed makes n8n try the node again, where it is told to, also with wrong input.
	const hasFailed = [...context.getInputData().keys()].some((item) => outcomes.hasFailed(item));
	if (!hasFailed) memory.forget();
	return outcomes.all();
}

async function readWishes<W extends Wish>(
	context: IExecuteFunctions,
	{ read }: Operation<W>,
	outcomes: Outcomes,
): Promise<W[]> {
	const source = new ParameterReader(context);
	const claimed = new Map<string, number>();
	const wishes: W[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		try {
			wishes.push(await read(new Form(context, source, itemIndex, claimed)));
		} catch (error) {
			outcomes.fail(error, itemIndex);
		}
	}
	return wishes;
}

/** The work, but for what an earlier try of the node has done. */
function remembering<W extends Wish>(memory: RunMemory, work: Work<W>): Work<W> {
	return async (wish) => {
		const { memory: known } = memory.of(wish);
		return (known.output ??= [await work(wish)].flat());
	};
}

async function doOne<W extends Wish>(
	work: Work<W>,
	wish: W,
	outcomes: Outcomes,
	report: Report,
): Promise<void> {
	const { itemIndex } = wish;
	try {
		const records = [await work(wish)].flat();
		report.done(itemIndex, records);
		outcomes.set(
			itemIndex,
			records.map((json) => ({ json, pairedItem: { item: itemIndex } })),
		);
	} catch (error) {
		if (isDoubtful(error)) report.unclear(itemIndex);
		outcomes.fail(error, itemIndex);
	}
}

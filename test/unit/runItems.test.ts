import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { StoppedError } from '../../nodes/shared/feishu/abort';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import type { Endpoint } from '../../nodes/shared/feishu/http';
import { ParameterError } from '../../nodes/shared/form/parameterError';
import { endpoints } from '../../nodes/shared/hire/endpoints';
import type { ItemRequest, Operation, Run, Work } from '../../nodes/shared/run/operation';
import { runnable } from '../../nodes/shared/run/runItems';
import { contextOf } from './parameterSource';

let executions = 0;

/** n8n's context objects of the node, by execution. */
const contexts = new Map<string, object>();

/** What n8n passes to a node with this many input items. */
function nodeOf(
	itemCount: number,
	{
		continues = false,
		execution = `execution ${++executions}`,
		signal,
	}: { continues?: boolean; execution?: string; signal?: AbortSignal } = {},
) {
	const hints: string[] = [];
	const place = contexts.get(execution) ?? {};
	contexts.set(execution, place);
	const getCredentials = jest.fn(
		async () =>
			await Promise.resolve({ region: 'https://open.feishu.cn', appId: 'a', appSecret: 'secret' }),
	);
	const node = { ...contextOf({ options: { timeout: 1234 } }).getNode(), id: 'node', name: 'Node' };
	const context = {
		...contextOf({ options: { timeout: 1234 } }),
		getNode: () => node,
		getInputData: () => Array.from({ length: itemCount }, () => ({ json: {} })),
		continueOnFail: () => continues,
		getExecutionCancelSignal: () => signal,
		getInstanceId: () => 'instance',
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => execution,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getContext: () => place,
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		getCredentials,
		helpers: {},
	};
	return { context: context as unknown as IExecuteFunctions, hints, getCredentials };
}

const offer = { value: 'o', name: 'O', description: 'o', action: 'o', fields: () => [] };

/** An operation that does this work. @param more its other properties */
const operationOf = (
	work: Work<ItemRequest>,
	more: Partial<Operation<ItemRequest>> = {},
): Operation<ItemRequest> => ({
	...offer,
	calls: [],
	read: ({ itemIndex }) => ({ itemIndex }),
	start: () => work,
	...more,
});

const run = async (
	operation: Operation<ItemRequest>,
	{ context }: ReturnType<typeof nodeOf>,
): Promise<INodeExecutionData[]> => await runnable(operation).run(context);

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

/** Tasks that note when they begin, and end on command: with an error, or with their item. */
function works() {
	const begun: number[] = [];
	const ends: Array<(error?: Error) => void> = [];
	const work: Work<ItemRequest> = async ({ itemIndex }) => {
		begun.push(itemIndex);
		return await new Promise((resolve, reject) => {
			ends[itemIndex] = (error) => (error ? reject(error) : resolve({ id: `record ${itemIndex}` }));
		});
	};
	return { begun, work, end: (itemIndex: number, error?: Error) => ends[itemIndex]?.(error) };
}

const refused = new FeishuError({ message: 'Refused', reaction: 'fail', advice: 'Do it.' });
const lost = new FeishuError({
	message: 'Lost',
	reaction: 'retry',
	advice: 'Do it.',
	outcome: 'unknown',
});

test('output items are linked to their input items, in the order of the input', async () => {
	const { begun, work, end } = works();
	const output = run(
		operationOf(async (request) => {
			const record = [await work(request)].flat();
			return request.itemIndex === 1 ? [...record, { id: 'another' }] : record;
		}),
		nodeOf(3),
	);
	while (begun.length < 3) await turn();
	for (const itemIndex of [2, 0, 1]) end(itemIndex);
	expect(await output).toEqual([
		{ json: { id: 'record 0' }, pairedItem: { item: 0 } },
		{ json: { id: 'record 1' }, pairedItem: { item: 1 } },
		{ json: { id: 'another' }, pairedItem: { item: 1 } },
		{ json: { id: 'record 2' }, pairedItem: { item: 2 } },
	]);
});

describe('all items are read before anything is done', () => {
	const problem = new ParameterError('Limit', 'is 0', 'Use 1.');
	const refusing = (start: Operation<ItemRequest>['start']) =>
		operationOf(() => Promise.resolve({}), {
			read: ({ itemIndex }) => {
				if (itemIndex === 1) throw problem;
				return { itemIndex };
			},
			start,
		});

	test('one that is refused ends the run', async () => {
		const start = jest.fn();
		const node = nodeOf(3);
		await expect(run(refusing(start), node)).rejects.toMatchObject({
			message: "'Limit' is 0",
			description: expect.stringContaining('The error occurred in item 2 ') as unknown,
		});
		expect(start).not.toHaveBeenCalled();
		expect(node.getCredentials).not.toHaveBeenCalled();
	});

	test('under Continue On Fail the others are processed', async () => {
		const seen: Array<[Run, readonly ItemRequest[]]> = [];
		const output = await run(
			refusing((...given) => {
				seen.push(given);
				return ({ itemIndex }) => Promise.resolve({ itemIndex });
			}),
			nodeOf(3, { continues: true }),
		);
		expect(output).toEqual([
			{ json: { itemIndex: 0 }, pairedItem: { item: 0 } },
			{
				json: { error: { message: "'Limit' is 0", description: 'Use 1.', parameter: 'Limit' } },
				pairedItem: { item: 1 },
			},
			{ json: { itemIndex: 2 }, pairedItem: { item: 2 } },
		]);
		expect(seen).toHaveLength(1);
		expect(seen[0]?.[1]).toEqual([{ itemIndex: 0 }, { itemIndex: 2 }]);
		expect(seen[0]?.[0]).toMatchObject({ timezone: 'Asia/Shanghai', isForModel: false });
		expect(seen[0]?.[0].client.timeoutMs).toBe(1234);
	});

	test('if none can be read, nothing is started', async () => {
		const start = jest.fn();
		const node = nodeOf(1, { continues: true });
		const read = () => Promise.reject(problem);
		const output = await run(
			operationOf(() => Promise.resolve({}), { read, start }),
			node,
		);
		expect(output).toHaveLength(1);
		expect(start).not.toHaveBeenCalled();
		expect(node.getCredentials).not.toHaveBeenCalled();
	});
});

/** A write that runs for two items at a time. */
const twoAtOnce: Endpoint = { ...endpoints.deleteApplication, requestsPerSecond: 2 };

test.each<[string, Endpoint[], number]>([
	['20 writes a second', [endpoints.createCheck], 20],
	['10 reads and 10 writes a second', [endpoints.queryChecks, endpoints.updateCheck], 20],
	['20 writes a minute', [endpoints.deleteApplication], 1],
	['no calls of its own', [], 100],
])('the number of items in progress at the same time: %s', async (_what, calls, atOnce) => {
	const { begun, work, end } = works();
	const output = run(operationOf(work, { calls }), nodeOf(100));
	while (begun.length === 0) await turn();
	expect(begun).toEqual(Array.from({ length: atOnce }, (_, index) => index));
	for (let item = 0; item < 100; item++) {
		while (begun.length <= item) await turn();
		end(item);
	}
	expect(await output).toHaveLength(100);
});

describe('after an error that ends the run', () => {
	/** A run of writes, two at a time, in which the second item fails. */
	async function failing(error: Error, itemCount = 3) {
		const { begun, work, end } = works();
		const output = run(operationOf(work, { calls: [twoAtOnce] }), nodeOf(itemCount));
		let isOver = false;
		const ended = output
			.catch((thrown: unknown) => thrown)
			.finally(() => {
				isOver = true;
			});
		while (begun.length < 2) await turn();
		end(0);
		while (begun.length < 3) await turn();
		end(1, error);
		await turn();
		return { begun, end, ended, isOver: () => isOver };
	}

	test('started items are awaited, and the error names what was carried out', async () => {
		const { end, ended, isOver } = await failing(refused);
		expect(isOver()).toBe(false);
		end(2);
		expect(await ended).toMatchObject({
			message: 'Refused',
			description: expect.stringMatching(
				/The error occurred in item 2 .*Carried out before the error: items 1 \(record 0\), 3 \(record 2\)\.$/s,
			) as unknown,
		});
	});

	test('an item with an unknown outcome is named as such', async () => {
		const { end, ended } = await failing(lost);
		end(2, lost);
		expect(await ended).toMatchObject({
			description: expect.stringMatching(
				/The error occurred in item 2 .*Carried out before the error: item 1 \(record 0\)\. May have been carried out: item 3\.$/s,
			) as unknown,
		});
	});

	test('no further item is started', async () => {
		const { begun, end, ended } = await failing(refused, 4);
		for (const item of [2, 3]) end(item);
		await ended;
		expect(begun).toEqual([0, 1, 2]);
	});

	test('the error of a read names none of that', async () => {
		const work: Work<ItemRequest> = ({ itemIndex }) =>
			itemIndex === 1 ? Promise.reject(refused) : Promise.resolve({ id: '1' });
		await expect(run(operationOf(work), nodeOf(2))).rejects.toMatchObject({
			description: expect.not.stringMatching(/Carried out/) as unknown,
		});
	});
});

test('under Continue On Fail a failed item comes out with its error, and the others go on', async () => {
	const work: Work<ItemRequest> = ({ itemIndex }) =>
		itemIndex === 0 ? Promise.reject(refused) : Promise.resolve({ id: '1' });
	expect(await run(operationOf(work), nodeOf(2, { continues: true }))).toEqual([
		{
			json: { error: { message: 'Refused', description: 'Do it.' } },
			pairedItem: { item: 0 },
		},
		{ json: { id: '1' }, pairedItem: { item: 1 } },
	]);
});

test('in the end the operation finishes, and hints are shown', async () => {
	const finished: unknown[] = [];
	const node = nodeOf(2);
	await run(
		operationOf(({ itemIndex }) => Promise.resolve({ itemIndex }), {
			start: ({ hints }) => {
				hints.add(() => ['a hint']);
				return ({ itemIndex }) => Promise.resolve({ itemIndex });
			},
			finish: async (_run, requests, outcomes) => {
				finished.push(
					requests,
					outcomes.all().map(({ json }) => json),
				);
				return await Promise.resolve();
			},
		}),
		node,
	);
	expect(finished).toEqual([
		[{ itemIndex: 0 }, { itemIndex: 1 }],
		[{ itemIndex: 0 }, { itemIndex: 1 }],
	]);
	expect(node.hints).toEqual(['a hint']);
});

describe("n8n's Retry On Fail", () => {
	/**
	 * Runs the node twice in one execution; the first time, the second item fails.
	 * @returns which items were worked on
	 */
	async function twice(calls: Endpoint[], error?: Error) {
		const execution = `retried ${++executions}`;
		const worked: number[] = [];
		let isFirst = true;
		const operation = operationOf(
			async ({ itemIndex }) => {
				worked.push(itemIndex);
				if (itemIndex === 1 && isFirst && error) await Promise.reject(error);
				return await Promise.resolve({ id: `record ${itemIndex}` });
			},
			{ calls },
		);
		await run(operation, nodeOf(2, { execution })).catch(() => {});
		isFirst = false;
		const output = await run(operation, nodeOf(2, { execution }));
		expect(output.map(({ json }) => json.id)).toEqual(['record 0', 'record 1']);
		return worked;
	}

	test('writes nothing again that was carried out', async () => {
		expect(await twice([endpoints.createCheck], refused)).toEqual([0, 1, 1]);
	});

	test('reads again', async () => {
		expect(await twice([endpoints.queryChecks], refused)).toEqual([0, 1, 0, 1]);
	});

	test('does not concern a run that has not failed: the node runs again in a loop', async () => {
		expect(await twice([endpoints.createCheck])).toEqual([0, 1, 0, 1]);
	});
});

/** A write whose result is not what was sent. */
const done = new FeishuError({
	message: 'The record 7 is there, but not as it was sent',
	reaction: 'fail',
	advice: 'Look at it.',
	outcome: 'done',
});

describe('what the earlier tries of the node have left', () => {
	/** How an item ends in a try: with an error, or with its record. */
	type End = Error | 'record';

	/**
	 * Runs the node several times in one execution.
	 *
	 * @param tries how each item ends in each of them
	 * @returns the output of each try, and the items that each began with
	 */
	async function tried(tries: End[][], calls: Endpoint[] = [endpoints.createCheck]) {
		const execution = `tried ${++executions}`;
		const started: number[][] = [];
		const worked: number[][] = [];
		const told: unknown[][] = [];
		for (const ends of tries) {
			const begun: number[] = [];
			worked.push(begun);
			const operation = operationOf(() => Promise.resolve({}), {
				calls,
				start: (_run, requests) => {
					started.push(requests.map(({ itemIndex }) => itemIndex));
					return async ({ itemIndex }) => {
						begun.push(itemIndex);
						const end = ends[itemIndex] ?? 'record';
						if (end instanceof Error) return await Promise.reject(end);
						return { id: `record ${itemIndex} of try ${tries.indexOf(ends) + 1}` };
					};
				},
			});
			const node = nodeOf(ends.length, { execution, continues: true });
			const output = await run(operation, node);
			told.push(output.map(({ json }) => json.id ?? (json.error as { message?: unknown }).message));
		}
		return { started, worked, told };
	}

	const STOP = new StoppedError();

	test('an item with an unknown outcome keeps it when it is refused in the next try', async () => {
		const { told } = await tried([[lost], [refused], [refused]]);
		expect(told).toEqual([
			['Lost'],
			['Lost. A later try ended with: Refused'],
			['Lost. A later try ended with: Refused'],
		]);
	});

	test('its error has the advice for an unknown outcome, and is reported as one', async () => {
		const execution = `earlier ${++executions}`;
		const failing = async (error: Error) =>
			await run(
				operationOf(
					({ itemIndex }) =>
						itemIndex === 1 ? Promise.reject(error) : Promise.resolve({ id: '1' }),
					{ calls: [endpoints.deleteApplication] },
				),
				nodeOf(2, { execution }),
			).catch((thrown: unknown) => thrown);
		await failing(lost);
		expect(await failing(refused)).toMatchObject({
			message: 'Lost. A later try ended with: Refused',
			description: expect.stringMatching(
				/^Do it\.\nThe error occurred in item 2 .*Carried out before the error: item 1 \(1\)\.$/s,
			) as unknown,
		});
	});

	test('of two unknown outcomes, the last one is reported', async () => {
		const again = new FeishuError({ ...lost.failure, message: 'Lost again' });
		const { told } = await tried([[lost], [again], [refused]]);
		expect(told).toEqual([
			['Lost'],
			['Lost again'],
			['Lost again. A later try ended with: Refused'],
		]);
	});

	test('another kind of error does not hide it either', async () => {
		const { told } = await tried([[lost], [new Error('x')], ['record']]);
		expect(told).toEqual([['Lost'], ['Lost. A later try ended with: x'], ['record 0 of try 3']]);
	});

	test('a refusal alone is not remembered', async () => {
		const other = new FeishuError({ message: 'Refused again', reaction: 'fail', advice: 'a' });
		expect((await tried([[refused], [other]])).told).toEqual([['Refused'], ['Refused again']]);
	});

	test('an item that succeeds at last is no error any more', async () => {
		const { told, worked } = await tried([[lost], ['record'], [refused]]);
		expect(told.slice(0, 2)).toEqual([['Lost'], ['record 0 of try 2']]);
		// Nothing had failed, so this is a new run.
		expect([told[2], worked[2]]).toEqual([['Refused'], [0]]);
	});

	test.each<[string, Error]>([
		['is refused', refused],
		['has an unknown outcome', lost],
		['fails otherwise', new Error('x')],
	])(
		'a record that differs from what was sent is named again when the next try %s',
		async (_how, error) => {
			const { told } = await tried([[done], [error], [error]]);
			expect(told).toEqual(Array.from({ length: 3 }, () => [done.message]));
		},
	);

	test('a record that differs from what was sent is reported rather than an earlier unknown outcome', async () => {
		const { told } = await tried([[lost], [done], [refused]]);
		expect(told).toEqual([['Lost'], [done.message], [done.message]]);
	});

	test('of two records that differ from what was sent, the last one is named', async () => {
		const other = new FeishuError({ ...done.failure, message: 'The record 8 is there' });
		const { told } = await tried([[done], [other], [refused]]);
		expect(told).toEqual([[done.message], ['The record 8 is there'], ['The record 8 is there']]);
	});

	test('each item has its own', async () => {
		const { told } = await tried([
			[lost, done, refused],
			[refused, refused, refused],
		]);
		expect(told[1]).toEqual(['Lost. A later try ended with: Refused', done.message, 'Refused']);
	});

	test('items that are done are not processed again, and have the same output', async () => {
		const { started, worked, told } = await tried([
			['record', lost, 'record', done],
			['record', 'record', 'record', refused],
			['record', 'record', 'record', 'record'],
		]);
		expect(started).toEqual([[0, 1, 2, 3], [1, 3], [3]]);
		expect(worked).toEqual([[0, 1, 2, 3], [1, 3], [3]]);
		expect(told[2]).toEqual([
			'record 0 of try 1',
			'record 1 of try 2',
			'record 2 of try 1',
			'record 3 of try 3',
		]);
	});

	test('a read remembers nothing: all are started again, and the last error is reported', async () => {
		const { started, told } = await tried(
			[
				['record', lost],
				['record', refused],
			],
			[endpoints.queryChecks],
		);
		expect(started).toEqual([
			[0, 1],
			[0, 1],
		]);
		expect(told[1]).toEqual(['record 0 of try 2', 'Refused']);
	});

	test('a stop hides nothing of it', async () => {
		const execution = `stopped ${++executions}`;
		const ended = async (error: Error) =>
			await run(
				operationOf(() => Promise.reject(error), { calls: [endpoints.createCheck] }),
				nodeOf(1, { execution }),
			).catch((thrown: unknown) => (thrown as Error).message);
		await ended(lost);
		expect(await ended(STOP)).toMatch(/^Lost\. A later try ended with: /);
	});

	test('n8n stores nothing of it', async () => {
		const node = nodeOf(2);
		const place = node.context.getContext('node');
		const work: Work<ItemRequest> = ({ itemIndex }) =>
			itemIndex === 0 ? Promise.resolve({ id: '1' }) : Promise.reject(lost);
		await run(operationOf(work, { calls: [endpoints.createCheck] }), node).catch(() => {});
		expect(place).toEqual({});
	});
});

describe('a run that a person stops', () => {
	test('ends with the stop, and begins nothing more', async () => {
		const stop = new AbortController();
		const { begun, work, end } = works();
		const output = run(
			operationOf(work, { calls: [twoAtOnce] }),
			nodeOf(3, { signal: stop.signal, continues: true }),
		);
		const ended = output.catch((thrown: unknown) => thrown);
		while (begun.length < 2) await turn();
		stop.abort();
		end(0);
		end(1);
		expect(await ended).toMatchObject({
			message: expect.stringMatching(/^The execution was stopped/) as unknown,
		});
		expect(begun).toEqual([0, 1]);
	});

	test('leaves no listener on the signal: in a loop the node runs many times with the same signal', async () => {
		const { signal } = new AbortController();
		const [add, remove] = [
			jest.spyOn(signal, 'addEventListener'),
			jest.spyOn(signal, 'removeEventListener'),
		];
		await run(
			operationOf(() => Promise.resolve({})),
			nodeOf(1, { signal }),
		);
		expect(add).toHaveBeenCalledTimes(1);
		expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(
			add.mock.calls.map(([, listener]) => listener),
		);
	});
});

test("a record's own field `error` does not look like a failed item to n8n", async () => {
	const { context } = nodeOf(1);
	const record = { id: '1', error: { message: 'of Feishu' } };
	const operation = operationOf(async () => await Promise.resolve([record, { id: '2' }]));
	const output = await runnable(operation).run(context);
	expect(output.map(({ json }) => json)).toEqual([
		{ id: '1', feishu_error: { message: 'of Feishu' } },
		{ id: '2' },
	]);
	expect(record).toHaveProperty('error');
});

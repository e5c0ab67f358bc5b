import type { IExecuteFunctions } from 'n8n-workflow';
import { RunMemory } from '../../nodes/shared/run/runMemory';

/** Where a node runs. */
interface Place {
	instance?: string;
	workflow?: string;
	node?: string;
	type?: string;
	execution?: string;
	runIndex?: number;
	/** n8n's context object of the node in this execution. */
	context?: object;
}

/** The context of all tries that name no other. */
const CONTEXT = {};

/** What is known about the items in a try of the node. */
function tryOf({
	instance,
	workflow,
	node,
	type,
	execution = '7',
	runIndex,
	context = CONTEXT,
}: Place = {}): RunMemory {
	return new RunMemory({
		getNode: () => ({ id: node ?? 'node', type: type ?? 'n8n-nodes-feishu-hire.feishuHire' }),
		getInstanceId: () => instance ?? 'instance',
		getWorkflow: () => ({ id: workflow ?? 'workflow' }),
		getExecutionId: () => execution,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		getContext: (kind: string) => (kind === 'node' ? context : {}),
	} as unknown as IExecuteFunctions);
}

const request = (itemIndex: number, rest = {}) => ({ itemIndex, ...rest });

const keyIn = (place: Place, of = request(0)) => tryOf(place).of(of).key;

test('the next try of the node knows what the last one did', () => {
	const first = tryOf().of(request(0));
	first.memory.attachmentIds = ['1'];
	const second = tryOf().of(request(0));
	expect(second.key).toBe(first.key);
	expect(second.memory).toBe(first.memory);
	expect(first.key).toMatch(/^n8n-[0-9a-f]{40}$/);
});

test.each<[string, Place]>([
	['another instance', { instance: 'other' }],
	['another workflow', { workflow: 'other' }],
	['another node', { node: 'other' }],
	['another execution', { execution: '8' }],
	['another round of a loop', { runIndex: 1 }],
])('%s has keys of its own', (_what, place) => {
	expect(keyIn(place)).not.toBe(keyIn({}));
	expect(keyIn(place)).toBe(keyIn(place));
});

test('each item has a key of its own', () => {
	expect(keyIn({}, request(1))).not.toBe(keyIn({}, request(0)));
	expect(keyIn({ runIndex: 0 })).toBe(keyIn({}));
});

test('an execution without a number is not tried again', () => {
	expect(keyIn({ execution: '' })).not.toBe(keyIn({ execution: '' }));
});

test('calls of a model are told apart by their arguments', () => {
	const tool = { type: 'n8n-nodes-feishu-hire.feishuHireTool' };
	const keys = ['a', 'b', 'a'].map((name) => keyIn(tool, request(0, { name })));
	expect(keys[0]).toBe(keys[2]);
	expect(keys[0]).not.toBe(keys[1]);
	expect(keyIn({}, request(0, { name: 'a' }))).toBe(keyIn({}, request(0, { name: 'b' })));
});

describe('what is known of an item', () => {
	const known = (place: Place) => tryOf(place).of(request(0)).memory;

	test('is known by the object that n8n has for the node in this execution', () => {
		const context = {};
		const memory = known({ context });
		memory.sentAt = 1;
		expect(known({ context })).toBe(memory);
		expect(known({ context: {} })).toEqual({});
	});

	test('is not known in another round of a loop, and is in the same one again', () => {
		const context = {};
		known({ context, runIndex: 1 }).sentAt = 1;
		expect(known({ context, runIndex: 2 })).toEqual({});
		expect(known({ context })).toEqual({});
		expect(known({ context, runIndex: 1 })).toEqual({ sentAt: 1 });
	});

	test('without a number a round is the first one', () => {
		const context = {};
		known({ context }).sentAt = 1;
		expect(known({ context, runIndex: 0 })).toEqual({ sentAt: 1 });
	});

	test('is nothing in the beginning, and each item has its own', () => {
		const run = tryOf({ context: {} });
		const [first, second] = [run.of(request(0)).memory, run.of(request(1)).memory];
		expect(first).toEqual({});
		first.attachmentIds = ['1'];
		expect(second).toEqual({});
	});

	test('is not stored in the object itself, which n8n stores and shows to expressions', () => {
		const context = {};
		const run = tryOf({ context });
		run.of(request(0)).memory.output = [{ id: '1' }];
		run.shared('created', () => ['1']);
		expect(context).toEqual({});
		expect(Reflect.ownKeys(context)).toEqual([]);
		run.forget();
		expect(Reflect.ownKeys(context)).toEqual([]);
	});

	test('works with a frozen object', () => {
		const context = Object.freeze({});
		known({ context }).sentAt = 1;
		expect(known({ context })).toEqual({ sentAt: 1 });
	});

	test('does not expire: a person can wait as long as they like between two tries', () => {
		const context = {};
		known({ context }).sentAt = 1;
		jest.useFakeTimers({ now: Date.now() + 30 * 86_400_000 });
		try {
			expect(known({ context })).toEqual({ sentAt: 1 });
		} finally {
			jest.useRealTimers();
		}
	});

	test('is known of all of 6,000 items', () => {
		const context = {};
		const items = Array.from({ length: 6000 }, (_, item) => item);
		const first = tryOf({ context });
		for (const item of items) first.of(request(item)).memory.sentAt = item;
		const second = tryOf({ context });
		expect(items.map((item) => second.of(request(item)).memory.sentAt)).toEqual(items);
	});
});

describe('what all items share', () => {
	test('is made in the first try, and the same in the next one', () => {
		const context = {};
		const make = jest.fn(() => new Map<string, number>());
		const first = tryOf({ context }).shared('written', make);
		first.set('a', 1);
		expect(tryOf({ context }).shared('written', make)).toBe(first);
		expect(make).toHaveBeenCalledTimes(1);
	});

	test('may be nothing, and is made once all the same', () => {
		const context = {};
		const make = jest.fn(() => undefined);
		for (let n = 0; n < 2; n++) expect(tryOf({ context }).shared('x', make)).toBeUndefined();
		expect(make).toHaveBeenCalledTimes(1);
	});

	test('has a name, a round of a loop and an execution', () => {
		const context = {};
		const shared = (name: string, place: Place) => tryOf(place).shared(name, () => ({}));
		const first = shared('created', { context });
		expect(shared('created', { context })).toBe(first);
		expect(shared('written', { context })).not.toBe(first);
		expect(shared('created', { context, runIndex: 1 })).not.toBe(first);
		expect(shared('created', { context: {} })).not.toBe(first);
	});
});

describe('what a run knows can be forgotten', () => {
	test('with what its items share', () => {
		const context = {};
		const run = tryOf({ context });
		run.of(request(0)).memory.sentAt = 1;
		run.of(request(1)).memory.sentAt = 2;
		const shared = run.shared('created', () => ['1']);
		run.forget();
		const next = tryOf({ context });
		expect([0, 1].map((item) => next.of(request(item)).memory)).toEqual([{}, {}]);
		const made = next.shared('created', () => []);
		expect(made).toEqual([]);
		expect(made).not.toBe(shared);
	});

	test('and nothing of another round or execution', () => {
		const context = {};
		const others: Place[] = [{ context, runIndex: 1 }, { context: {} }];
		for (const place of others) {
			tryOf(place).of(request(0)).memory.sentAt = 1;
			tryOf(place).shared('created', () => ['1']);
		}
		const run = tryOf({ context });
		run.of(request(0)).memory.sentAt = 1;
		run.forget();
		for (const place of others) {
			expect(tryOf(place).of(request(0)).memory).toEqual({ sentAt: 1 });
			expect(tryOf(place).shared('created', () => [])).toEqual(['1']);
		}
	});

	test('and nothing of another call of a model', () => {
		const place = { context: {}, type: 'n8n-nodes-feishu-hire.feishuHireTool' };
		const [first, second] = [request(0, { name: 'a' }), request(0, { name: 'b' })];
		const [run, other] = [tryOf(place), tryOf(place)];
		run.of(first).memory.sentAt = 1;
		other.of(second).memory.sentAt = 2;
		run.shared('created', () => ['1']);
		run.forget();
		expect(tryOf(place).of(second).memory).toEqual({ sentAt: 2 });
		expect(tryOf(place).of(first).memory).toEqual({});
		expect(tryOf(place).shared('created', () => [])).toEqual(['1']);
	});
});

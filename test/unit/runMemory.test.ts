import type { IExecuteFunctions } from 'n8n-workflow';
import { keepingDoubt, type Memory, RunMemory } from '../../nodes/shared/run/runMemory';
import { FeishuError } from '../../nodes/shared/feishu/failure';

/** Where a node runs. */
interface Place {
	instance?: string;
	workflow?: string;
	node?: string;
	type?: string;
	execution?: string;
	runIndex?: number;
}

/** What is known of the items in a try of the node. */
const tryOf = ({ instance, workflow, node, type, execution = '7', runIndex }: Place = {}) =>
	new RunMemory({
		getNode: () => ({ id: node ?? 'node', type: type ?? 'n8n-nodes-feishu-hire.feishuHire' }),
		getInstanceId: () => instance ?? 'instance',
		getWorkflow: () => ({ id: workflow ?? 'workflow' }),
		getExecutionId: () => execution,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
	} as unknown as IExecuteFunctions);

const wish = (itemIndex: number, rest = {}) => ({ itemIndex, ...rest });

const keyIn = (place: Place, of = wish(0)) => tryOf(place).of(of).key;

afterEach(() => jest.restoreAllMocks());

test('the next try of the node knows what the last one did', () => {
	const first = tryOf().of(wish(0));
	first.memory.attachmentIds = ['1'];
	const second = tryOf().of(wish(0));
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
	expect(keyIn({}, wish(1))).not.toBe(keyIn({}, wish(0)));
	expect(keyIn({ runIndex: 0 })).toBe(keyIn({}));
});

test('an execution without a number is not tried again', () => {
	expect(keyIn({ execution: '' })).not.toBe(keyIn({ execution: '' }));
});

test('calls of a model are told from each other by what they want', () => {
	const tool = { type: 'n8n-nodes-feishu-hire.feishuHireTool' };
	const keys = ['a', 'b', 'a'].map((name) => keyIn(tool, wish(0, { name })));
	expect(keys[0]).toBe(keys[2]);
	expect(keys[0]).not.toBe(keys[1]);
	expect(keyIn({}, wish(0, { name: 'a' }))).toBe(keyIn({}, wish(0, { name: 'b' })));
});

test('what a run knows can be forgotten, and nothing else', () => {
	const [run, other] = [tryOf({ execution: '20' }), tryOf({ execution: '21' })];
	run.of(wish(0)).memory.wasSent = true;
	other.of(wish(0)).memory.wasSent = true;
	run.forget();
	expect(run.of(wish(0)).memory.wasSent).toBeUndefined();
	expect(other.of(wish(0)).memory.wasSent).toBe(true);
});

test('what nobody has used for an hour is forgotten', () => {
	const start = Date.now() + 10 * 3_600_000;
	const now = jest.spyOn(Date, 'now').mockReturnValue(start);
	const old = tryOf({ execution: '30' });
	const used = tryOf({ execution: '31' });
	for (const run of [old, used]) run.of(wish(0)).memory.wasSent = true;
	now.mockReturnValue(start + 3_599_999);
	expect(used.of(wish(0)).memory.wasSent).toBe(true);
	now.mockReturnValue(start + 3_600_000);
	expect(used.of(wish(0)).memory.wasSent).toBe(true);
	expect(old.of(wish(0)).memory.wasSent).toBeUndefined();
});

test('of more than 5,000 items those that were used last are known', () => {
	const run = tryOf({ execution: '40' });
	for (let item = 0; item < 5000; item++) run.of(wish(item)).memory.wasSent = true;
	run.of(wish(0));
	run.of(wish(5000)).memory.wasSent = true;
	expect(run.of(wish(0)).memory.wasSent).toBe(true);
	expect(run.of(wish(2)).memory.wasSent).toBe(true);
	expect(run.of(wish(1)).memory.wasSent).toBeUndefined();
});

describe('what is known of a creation', () => {
	const failed = (more: Partial<FeishuError['failure']> = {}) =>
		new FeishuError({ message: 'm', reaction: 'fail', advice: 'a', ...more });
	const refused = failed();
	const lost = failed({ mayBeDone: true });
	const done = failed({ isDone: true });

	test.each<[string, FeishuError, boolean | undefined, boolean]>([
		['a refusal', refused, undefined, false],
		['a refusal after a doubt', refused, true, true],
		['a lost answer', lost, undefined, true],
		['a lost answer after a doubt', lost, true, true],
		['one that came out otherwise', done, undefined, false],
		['one that came out otherwise after a doubt', done, true, false],
	])('after %s', async (_what, error, before, after) => {
		const memory: Memory = { usedAt: 0, wasSent: before };
		let meanwhile: boolean | undefined;
		const send = async () => {
			meanwhile = memory.wasSent;
			return await Promise.reject(error);
		};
		await expect(keepingDoubt(memory, send)).rejects.toBe(error);
		expect(meanwhile).toBe(true);
		expect(memory.wasSent).toBe(after);
		expect(memory.madeOtherwise).toBe(error === done ? done : undefined);
	});

	test('after a success', async () => {
		const memory: Memory = { usedAt: 0 };
		expect(await keepingDoubt(memory, () => Promise.resolve('record'))).toBe('record');
		expect(memory).toEqual({ usedAt: 0, wasSent: true });
	});
});

import type { IExecuteFunctions } from 'n8n-workflow';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { keepingOutcome, type Memory, RunMemory } from '../../nodes/shared/run/runMemory';

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

const request = (itemIndex: number, rest = {}) => ({ itemIndex, ...rest });

const keyIn = (place: Place, of = request(0)) => tryOf(place).of(of).key;

afterEach(() => jest.restoreAllMocks());

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

test('calls of a model are told from each other by what they want', () => {
	const tool = { type: 'n8n-nodes-feishu-hire.feishuHireTool' };
	const keys = ['a', 'b', 'a'].map((name) => keyIn(tool, request(0, { name })));
	expect(keys[0]).toBe(keys[2]);
	expect(keys[0]).not.toBe(keys[1]);
	expect(keyIn({}, request(0, { name: 'a' }))).toBe(keyIn({}, request(0, { name: 'b' })));
});

test('what a run knows can be forgotten, and nothing else', () => {
	const [run, other] = [tryOf({ execution: '20' }), tryOf({ execution: '21' })];
	run.of(request(0)).memory.wasSent = true;
	other.of(request(0)).memory.wasSent = true;
	run.forget();
	expect(run.of(request(0)).memory.wasSent).toBeUndefined();
	expect(other.of(request(0)).memory.wasSent).toBe(true);
});

test('what nobody has used for an hour is forgotten', () => {
	const start = Date.now() + 10 * 3_600_000;
	const now = jest.spyOn(Date, 'now').mockReturnValue(start);
	const old = tryOf({ execution: '30' });
	const used = tryOf({ execution: '31' });
	for (const run of [old, used]) run.of(request(0)).memory.wasSent = true;
	now.mockReturnValue(start + 3_599_999);
	expect(used.of(request(0)).memory.wasSent).toBe(true);
	now.mockReturnValue(start + 3_600_000);
	expect(used.of(request(0)).memory.wasSent).toBe(true);
	expect(old.of(request(0)).memory.wasSent).toBeUndefined();
});

test('of more than 5,000 items those that were used last are known', () => {
	const run = tryOf({ execution: '40' });
	for (let item = 0; item < 5000; item++) run.of(request(item)).memory.wasSent = true;
	run.of(request(0));
	run.of(request(5000)).memory.wasSent = true;
	expect(run.of(request(0)).memory.wasSent).toBe(true);
	expect(run.of(request(2)).memory.wasSent).toBe(true);
	expect(run.of(request(1)).memory.wasSent).toBeUndefined();
});

describe('what is known of a creation', () => {
	const failed = (more: Partial<FeishuError['failure']> = {}) =>
		new FeishuError({ message: 'm', reaction: 'fail', advice: 'a', ...more });
	const refused = failed();
	const lost = failed({ outcome: 'unknown' });
	const done = failed({ outcome: 'done' });

	test.each<[string, FeishuError, boolean | undefined, boolean]>([
		['a refusal', refused, undefined, false],
		['a refusal after an unknown outcome', refused, true, true],
		['a lost answer', lost, undefined, true],
		['a lost answer after an unknown outcome', lost, true, true],
		['one that came out otherwise', done, undefined, false],
		['one that came out otherwise after an unknown outcome', done, true, false],
	])('after %s', async (_what, error, before, after) => {
		const memory: Memory = { usedAt: 0, wasSent: before };
		let meanwhile: boolean | undefined;
		const send = async () => {
			meanwhile = memory.wasSent;
			return await Promise.reject(error);
		};
		await expect(keepingOutcome(memory, send)).rejects.toBe(error);
		expect(meanwhile).toBe(true);
		expect(memory.wasSent).toBe(after);
		expect(memory.madeOtherwise).toBe(error === done ? done : undefined);
	});

	test('after a success', async () => {
		const memory: Memory = { usedAt: 0 };
		expect(await keepingOutcome(memory, () => Promise.resolve('record'))).toBe('record');
		expect(memory).toEqual({ usedAt: 0, wasSent: true });
	});
});

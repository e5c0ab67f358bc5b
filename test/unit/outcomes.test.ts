import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { Outcomes } from '../../nodes/shared/run/outcomes';

const node = { id: '1', name: 'Node', type: 't', typeVersion: 1 } as INode;

/** Two items, by default under Continue On Fail. */
const ofTwo = (continues = true) =>
	new Outcomes({
		getInputData: () => [{ json: {} }, { json: {} }],
		getNode: () => node,
		continueOnFail: () => continues,
		getExecutionCancelSignal: () => undefined,
	} as unknown as IExecuteFunctions);

const output = (value: number) => [{ json: { value } }];
const failed = (message: string, item: number) => ({
	json: { error: { message } },
	pairedItem: { item },
});

test('a failed item has its first error as output, and nothing else', () => {
	const outcomes = ofTwo();
	outcomes.set(0, output(1));
	outcomes.fail(new Error('first'), 1);
	outcomes.fail(new Error('second'), 1);
	outcomes.set(1, output(2));
	expect(outcomes.all()).toEqual([...output(1), failed('first', 1)]);
	expect([outcomes.hasFailed(0), outcomes.hasFailed(1)]).toEqual([false, true]);
});

test('an item has no output before it is done, nor when it has failed', () => {
	const outcomes = ofTwo();
	expect([outcomes.of(0), outcomes.all()]).toStrictEqual([[], []]);
	outcomes.set(0, output(1));
	outcomes.fail(new Error('no'), 1);
	expect([outcomes.of(0), outcomes.of(1)]).toEqual([output(1), []]);
});

test('an error that ends the run names its item', () => {
	expect(() => ofTwo(false).fail(new Error('no'), 1)).toThrow(
		expect.objectContaining({
			message: 'no',
			description: expect.stringMatching(/item 2 \(row 3 /) as string,
		}) as Error,
	);
});

test('an error that affects all items names none, and under Continue On Fail comes out of each', () => {
	expect(() => ofTwo(false).failAll(new Error('no'), [0, 1])).toThrow(
		expect.objectContaining({ message: 'no', description: undefined }) as Error,
	);
	const outcomes = ofTwo();
	outcomes.failAll(new Error('no'), [1]);
	expect(outcomes.all()).toEqual([failed('no', 1)]);
});

import { StoppedError } from '../../nodes/shared/feishu/abort';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { overwrite, Serial } from '../../nodes/shared/hire/write/overwrite';

const MEANT = 'as meant';
const OTHER = 'otherwise';

const refused = new FeishuError({ message: 'Refused', reaction: 'fail', advice: 'Do it.' });
const lost = new FeishuError({
	message: 'Lost',
	reaction: 'retry',
	advice: 'Do it.',
	outcome: 'unknown',
});
const stopped = new StoppedError('unknown');
const differs = new FeishuError({
	message: 'Not as it was sent',
	reaction: 'fail',
	advice: 'Look at it.',
	outcome: 'done',
});

type Answer = string | undefined | Error;

const settle = async (answer: Answer): Promise<string | undefined> =>
	answer instanceof Error ? await Promise.reject(answer) : await Promise.resolve(answer);

/** Overwrites a record. @param written the result of the write @param there what is read afterwards */
function overwriting(written: Answer, there: Answer) {
	const read = jest.fn(async () => await settle(there));
	const compared: Array<[record: string, isReported: boolean]> = [];
	const result = overwrite({
		id: '7',
		write: async () => await settle(written),
		read,
		assertWritten: (...given) => {
			compared.push(given);
			if (given[0] !== MEANT) throw differs;
		},
	});
	return { read, result, compared };
}

test('the record in the answer comes out, and nothing is read', async () => {
	const { read, result } = overwriting(MEANT, OTHER);
	expect(await result).toBe(MEANT);
	expect(read).not.toHaveBeenCalled();
});

test.each<[string, Answer, Error]>([
	['a refusal', refused, refused],
	['a record that is not as it was sent', OTHER, differs],
	['a stop before the write left', new StoppedError(), new StoppedError()],
])('%s is passed on, and nothing is read', async (_what, written, error) => {
	const { read, result } = overwriting(written, MEANT);
	await expect(result).rejects.toEqual(error);
	expect(read).not.toHaveBeenCalled();
});

test.each<[string, Answer]>([
	['its answer was lost', lost],
	['it was stopped while it was under way', stopped],
	['Feishu reported success without a record', undefined],
])('the record is read when %s', async (_when, written) => {
	const { read, result } = overwriting(written, MEANT);
	expect(await result).toBe(MEANT);
	expect(read).toHaveBeenCalledTimes(1);
});

const WITHOUT_RECORD = 'Feishu reported success, but did not return the record';
const UNCHANGED = 'The record 7 is unchanged, but the change may still take effect';
const UNREADABLE = 'It may have been carried out, but the node could not check';

test.each<[string, Answer, Answer, string]>([
	['lost, and it is otherwise', lost, OTHER, `Lost. ${UNCHANGED}`],
	['lost, and it is not there', lost, undefined, `Lost. ${UNCHANGED}`],
	['lost, and it cannot be read', lost, new Error('down'), `Lost. ${UNREADABLE}`],
	[
		'stopped, and it cannot be read',
		stopped,
		new StoppedError(),
		`The run ended during the request. ${UNREADABLE}`,
	],
	[
		'reported without a record, and it is not there',
		undefined,
		undefined,
		`${WITHOUT_RECORD}. ${UNCHANGED}`,
	],
	[
		'reported without a record, and it cannot be read',
		undefined,
		new Error('down'),
		`${WITHOUT_RECORD}. ${UNREADABLE}`,
	],
])('the outcome is unknown: %s', async (_how, written, there, message) => {
	const { result } = overwriting(written, there);
	await expect(result).rejects.toMatchObject({ failure: { message, outcome: 'unknown' } });
});

test.each<[string, Answer, boolean]>([
	['after an answer with the record', MEANT, true],
	['after a success without a record', undefined, true],
	['after a lost answer', lost, false],
	['after a stop', stopped, false],
])('whether Feishu reported the write as done is told: %s', async (_when, written, isReported) => {
	const { result, compared } = overwriting(written, MEANT);
	await result;
	expect(compared).toEqual([[MEANT, isReported]]);
});

test('a record that differs after a reported success was written differently', async () => {
	await expect(overwriting(undefined, OTHER).result).rejects.toBe(differs);
});

describe('works with the same key', () => {
	const turn = async () => await new Promise((resolve) => setImmediate(resolve));

	/** Tasks that note when they begin, and end on command. */
	function works(serial: Serial<string>, keys: string[]) {
		const begun: number[] = [];
		const ends: Array<(error?: Error) => void> = [];
		const results = keys.map((key, index) =>
			serial.run(key, async () => {
				begun.push(index);
				await new Promise<void>((resolve, reject) => {
					ends[index] = (error) => (error ? reject(error) : resolve());
				});
				return index;
			}),
		);
		return { begun, end: (index: number, error?: Error) => ends[index]?.(error), results };
	}

	test('follow each other in the order in which they come', async () => {
		const { begun, end, results } = works(new Serial(), ['a', 'a', 'a']);
		await turn();
		expect(begun).toEqual([0]);
		end(0);
		await turn();
		expect(begun).toEqual([0, 1]);
		end(1);
		await turn();
		end(2);
		expect(await Promise.all(results)).toEqual([0, 1, 2]);
		expect(begun).toEqual([0, 1, 2]);
	});

	test('do not wait for those of another key', async () => {
		const { begun, end, results } = works(new Serial(), ['a', 'b', 'a', 'b']);
		await turn();
		expect(begun).toEqual([0, 1]);
		end(1);
		await turn();
		expect(begun).toEqual([0, 1, 3]);
		for (const index of [0, 3]) end(index);
		await turn();
		end(2);
		expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
	});

	test('go on after one that failed, whose error is its own', async () => {
		const { begun, end, results } = works(new Serial(), ['a', 'a']);
		const settled = Promise.allSettled(results);
		await turn();
		end(0, refused);
		await turn();
		expect(begun).toEqual([0, 1]);
		end(1);
		expect(await settled).toEqual([
			{ status: 'rejected', reason: refused },
			{ status: 'fulfilled', value: 1 },
		]);
	});

	test('that come after the others have ended do not wait, however those ended', async () => {
		const serial = new Serial<string>();
		expect(await serial.run('a', () => Promise.resolve(1))).toBe(1);
		await expect(serial.run('a', () => Promise.reject(refused))).rejects.toBe(refused);
		expect(await serial.run('a', () => Promise.resolve(3))).toBe(3);
	});
});

import { StoppedError } from '../../nodes/shared/feishu/abort';
import { FeishuError, type Outcome } from '../../nodes/shared/feishu/failure';
import { LATER_ITEM, WrittenFields } from '../../nodes/shared/operations/writtenFields';
import type { RunMemory } from '../../nodes/shared/run/runMemory';

/** What the tries of one run share. */
function memoryOf(): RunMemory {
	const shared = new Map<string, unknown>();
	return {
		shared: <T>(name: string, make: () => T): T => {
			if (!shared.has(name)) shared.set(name, make());
			return shared.get(name) as T;
		},
	} as RunMemory;
}

const failed = (outcome?: Outcome) =>
	new FeishuError({ message: 'm', reaction: 'fail', advice: 'a', ...(outcome && { outcome }) });

const writes = () => Promise.resolve('record');

/** Which of items 0 to 3 may write a field. */
const openTo = (fields: WrittenFields, field = 'name', id = '7') =>
	[0, 1, 2, 3].filter((item) => fields.isOpen(id, field, item));

test('a field that no item has written is open to all', () => {
	expect(openTo(new WrittenFields(memoryOf()))).toEqual([0, 1, 2, 3]);
});

test('a field that an item has written is open to it again, and to later ones', async () => {
	const fields = new WrittenFields(memoryOf());
	expect(await fields.write('7', ['name'], 2, writes)).toBe('record');
	expect(openTo(fields)).toEqual([2, 3]);
});

test('the last item that has written counts', async () => {
	const fields = new WrittenFields(memoryOf());
	for (const item of [0, 1, 3]) await fields.write('7', ['name'], item, writes);
	expect(openTo(fields)).toEqual([3]);
});

test('the next try of the node knows it', async () => {
	const memory = memoryOf();
	await new WrittenFields(memory).write('7', ['name'], 2, writes);
	expect(openTo(new WrittenFields(memory))).toEqual([2, 3]);
	expect(openTo(new WrittenFields(memoryOf()))).toEqual([0, 1, 2, 3]);
});

test('each field of each record is for itself', async () => {
	const fields = new WrittenFields(memoryOf());
	await fields.write('7', ['name', 'date'], 2, writes);
	expect(openTo(fields, 'name')).toEqual([2, 3]);
	expect(openTo(fields, 'date')).toEqual([2, 3]);
	expect(openTo(fields, 'result')).toEqual([0, 1, 2, 3]);
	expect(openTo(fields, 'name', '8')).toEqual([0, 1, 2, 3]);
	expect(openTo(fields, 'name', '77')).toEqual([0, 1, 2, 3]);
});

test.each<[string, Error, number[]]>([
	['was refused', failed(), [0, 1, 2, 3]],
	['was surely not done', failed('notDone'), [0, 1, 2, 3]],
	['was stopped before it left', new StoppedError(), [0, 1, 2, 3]],
	['failed otherwise', new Error('x'), [0, 1, 2, 3]],
	['may have been done', failed('unknown'), [2, 3]],
	['was stopped under way', new StoppedError('unknown'), [2, 3]],
	['was done otherwise', failed('done'), [2, 3]],
])(
	'a write that %s passes on its error, and counts unless it was not done',
	async (_what, error, open) => {
		const fields = new WrittenFields(memoryOf());
		await expect(fields.write('7', ['name'], 2, () => Promise.reject(error))).rejects.toBe(error);
		expect(openTo(fields)).toEqual(open);
	},
);

test('a write that was refused takes nothing back', async () => {
	const fields = new WrittenFields(memoryOf());
	await fields.write('7', ['name'], 1, writes);
	await fields.write('7', ['name'], 3, () => Promise.reject(failed())).catch(() => {});
	expect(openTo(fields)).toEqual([1, 2, 3]);
});

test('a field is written only when the write has ended', async () => {
	const fields = new WrittenFields(memoryOf());
	let end: (record: string) => void = () => {};
	const write = fields.write('7', ['name'], 2, () => new Promise((resolve) => (end = resolve)));
	expect(openTo(fields)).toEqual([0, 1, 2, 3]);
	end('record');
	await write;
	expect(openTo(fields)).toEqual([2, 3]);
});

test('an item that leaves a field as it is says so', () => {
	expect(LATER_ITEM('Item 1')).toBe(
		'Item 1 left a field unchanged, because a later input item had already written it.',
	);
});

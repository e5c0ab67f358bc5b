import { deletions } from '../../nodes/shared/operations/deletions';
import type { RunMemory } from '../../nodes/shared/run/runMemory';
import { asId } from './queryRun';

test('a record that many items name is deleted once, over all tries of the node', async () => {
	const shared = new Map<string, unknown>();
	const memory = {
		shared: (name: string, make: () => unknown) => {
			if (!shared.has(name)) shared.set(name, make());
			return shared.get(name);
		},
	} as RunMemory;
	const sent: string[] = [];
	const aTry = () =>
		deletions({ memory }, async ({ id, itemIndex }) => {
			sent.push(id);
			if (id === '2' && itemIndex === 1) await Promise.reject(new Error('refused'));
		});
	const request = (id: string, itemIndex: number) => ({ id: asId(id), itemIndex });
	const first = aTry();
	const done = { deleted: true, id: '1' };
	expect(await Promise.all([first(request('1', 0)), first(request('1', 2))])).toEqual([done, done]);
	await expect(first(request('2', 1))).rejects.toThrow('refused');
	const second = aTry();
	expect(await second(request('1', 3))).toEqual(done);
	expect(await second(request('2', 4))).toEqual({ deleted: true, id: '2' });
	expect(sent).toEqual(['1', '2', '2']);
});

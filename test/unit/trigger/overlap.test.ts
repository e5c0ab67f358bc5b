import { takeTurn } from '../../../nodes/FeishuHireTrigger/overlap';

test('one poll of a node at a time; nodes do not wait for each other', () => {
	const turn = takeTurn('a', false);
	expect(turn).toBeDefined();
	expect(takeTurn('a', false)).toBeUndefined();
	const other = takeTurn('b', false);
	expect(other).toBeDefined();
	other?.end();
	turn?.end();
	const next = takeTurn('a', false);
	expect(next).toBeDefined();
	next?.end();
});

test('who takes over ends the poll that is under way, whose end then changes nothing', () => {
	const first = takeTurn('a', false);
	const second = takeTurn('a', true);
	expect(first?.signal.aborted).toBe(true);
	first?.end();
	expect(takeTurn('a', false)).toBeUndefined();
	expect(second?.signal.aborted).toBe(false);
	second?.end();
	const third = takeTurn('a', false);
	expect(third).toBeDefined();
	third?.end();
});

import { beginPoll } from '../../../nodes/FeishuHireTrigger/overlap';

const activation = {};
const first = { activation, watch: 'w', hasBaseline: false };
const later = { ...first, hasBaseline: true };

test('one poll of a node at a time; nodes do not wait for each other', () => {
	const poll = beginPoll('a', later);
	expect(poll).toBeDefined();
	expect(beginPoll('a', later)).toBeUndefined();
	const other = beginPoll('b', later);
	expect(other).toBeDefined();
	other?.end();
	expect(poll?.signal.aborted).toBe(false);
	poll?.end();
	const next = beginPoll('a', later);
	expect(next).toBeDefined();
	next?.end();
});

test('a first scan comes to its end: later polls of the same activation are left out', () => {
	const scan = beginPoll('a', first);
	for (let due = 1; due < 10; due++) expect(beginPoll('a', first)).toBeUndefined();
	expect(scan?.signal.aborted).toBe(false);
	expect(scan?.isReplaced()).toBe(false);
	scan?.end();
});

test.each([
	['a poll of another activation', { activation: {} }],
	['a poll that watches something else', { watch: 'v' }],
])('%s replaces the first scan, whose end then changes nothing', (_which, difference) => {
	const older = beginPoll('a', first);
	const newer = beginPoll('a', { ...first, ...difference });
	expect(older?.signal.aborted).toBe(true);
	expect(older?.isReplaced()).toBe(true);
	older?.end();
	expect(beginPoll('a', { ...first, ...difference })).toBeUndefined();
	expect(newer?.signal.aborted).toBe(false);
	expect(newer?.isReplaced()).toBe(false);
	newer?.end();
	const next = beginPoll('a', first);
	expect(next).toBeDefined();
	next?.end();
});

test('a poll with a memory replaces none, of whatever activation', () => {
	const poll = beginPoll('a', later);
	expect(beginPoll('a', { ...later, activation: {} })).toBeUndefined();
	poll?.end();
});

test('at the end of a poll what it still has under way is given up', () => {
	const poll = beginPoll('a', first);
	poll?.end();
	expect(poll?.signal.aborted).toBe(true);
});

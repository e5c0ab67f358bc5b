import { beginPoll } from '../../../nodes/FeishuHireTrigger/overlap';

let activation: object;
beforeEach(() => {
	activation = {};
});

test('one poll of a node at a time; nodes do not wait for each other', () => {
	const poll = beginPoll('a', activation);
	expect(poll).toBeDefined();
	expect(beginPoll('a', activation)).toBeUndefined();
	const other = beginPoll('b', {});
	expect(other).toBeDefined();
	other?.end();
	expect(poll?.signal.aborted).toBe(false);
	poll?.end();
	expect(beginPoll('a', activation)).toBeDefined();
});

test('a first scan comes to its end: later polls of the same activation are left out', () => {
	const scan = beginPoll('a', activation);
	for (let due = 1; due < 10; due++) expect(beginPoll('a', activation)).toBeUndefined();
	expect(scan?.signal.aborted).toBe(false);
	expect(scan?.isReplaced()).toBe(false);
	scan?.end();
	expect(scan?.isReplaced()).toBe(false);
});

test('a poll of a newer activation replaces the running one, whose end then changes nothing', () => {
	const newer = {};
	const poll = beginPoll('a', activation);
	const replacing = beginPoll('a', newer);
	expect(poll?.signal.aborted).toBe(true);
	expect(poll?.isReplaced()).toBe(true);
	poll?.end();
	expect(beginPoll('a', newer)).toBeUndefined();
	expect(replacing?.signal.aborted).toBe(false);
	expect(replacing?.isReplaced()).toBe(false);
});

test('the activation that was seen last wins, whoever polls first', () => {
	const newer = {};
	beginPoll('a', activation)?.end();
	beginPoll('a', newer)?.end();
	for (let due = 1; due < 3; due++) {
		expect(beginPoll('a', activation)).toBeUndefined();
		const poll = beginPoll('a', newer);
		expect(beginPoll('a', activation)).toBeUndefined();
		expect(poll?.isReplaced()).toBe(false);
		poll?.end();
	}
});

test('at the end of a poll its pending requests are aborted', () => {
	const poll = beginPoll('a', activation);
	poll?.end();
	expect(poll?.signal.aborted).toBe(true);
});

import * as fc from 'fast-check';

import { Comparison } from '../../../nodes/FeishuHireTrigger/compare';
import { COMPARED_FIELDS } from '../../../nodes/FeishuHireTrigger/events';
import type * as KeptCheckModule from '../../../nodes/FeishuHireTrigger/keptCheck';

type IsWanted = ConstructorParameters<typeof Comparison>[2];

const check = fc.record({
	id: fc.constantFrom('1', '2', '3', '4'),
	name: fc.constantFrom('王伟', '李芳'),
	result: fc.constantFrom('已通过', '未通过'),
});
const polls = fc.array(fc.array(check, { maxLength: 6 }), { maxLength: 10 });

/** The checks that each poll finds. */
type History = Array<Array<{ id: string; name: string; result: string }>>;

/** What each poll of a history emits, and what the last one remembers. */
function run(history: History, isWanted: IsWanted) {
	let before = new Map<string, KeptCheckModule.KeptCheck>();
	const emitted = history.map((checks) => {
		const comparison = new Comparison(before, new Set(COMPARED_FIELDS), isWanted);
		for (const each of checks) comparison.add(each);
		const { events, kept } = comparison.finish();
		before = new Map(kept.map((each) => [each.key, each]));
		return events;
	});
	return { emitted, before };
}

test('a filter only leaves events out: what is remembered, and so what comes later, is the same', () => {
	fc.assert(
		fc.property(polls, fc.subarray(['created', 'changed', 'deleted']), (history, wanted) => {
			const isWanted: IsWanted = ({ event }) => wanted.includes(event);
			const all = run(history, () => true);
			const some = run(history, isWanted);
			expect(some.before).toEqual(all.before);
			expect(some.emitted).toEqual(
				all.emitted.map((events) => events.filter(({ event }) => wanted.includes(event))),
			);
		}),
		{ numRuns: 300 },
	);
});

test('a check that comes twice in a scan, or without an ID, is taken once or not at all', () => {
	const comparison = new Comparison(new Map(), new Set(COMPARED_FIELDS), () => true);
	for (const each of [{ id: '1', result: 'a' }, { id: '1', result: 'b' }, { name: 'c' }]) {
		comparison.add(each);
	}
	const { events, kept } = comparison.finish();
	expect(events).toEqual([{ event: 'created', check: { id: '1', result: 'a' } }]);
	expect(kept).toHaveLength(1);
});

import { type CheckEvent, toItem } from '../../../nodes/FeishuHireTrigger/events';
import { keep, type KeptCheck } from '../../../nodes/FeishuHireTrigger/keptCheck';

const MARCH = Date.parse('2025-03-10T00:00:00+08:00');
const IN_BEIJING = '2025-03-10T00:00:00.000+08:00';
const ZONE = 'Asia/Shanghai';

const check = { id: '7', name: '背调', result: '已通过', date: String(MARCH) };

/** The event of a deleted check. */
function deleted(more: Partial<KeptCheck>): CheckEvent {
	const last = keep(check);
	if (!last) throw new Error('a check without an ID');
	return { event: 'deleted', last: { ...last, ...more } };
}

test('a check comes as Feishu sends it, or simplified with its date in the zone', () => {
	const happened: CheckEvent = { event: 'created', check };
	expect(toItem(happened)).toEqual({ json: { event: 'created', ...check } });
	expect(toItem(happened, ZONE).json).toMatchObject({
		event: 'created',
		id: '7',
		name: '背调',
		date: IN_BEIJING,
	});
	expect(toItem(happened, ZONE).json).not.toHaveProperty('changes');
});

test('of the changed fields, only dates are converted', () => {
	const changes = [
		{ field: 'date' as const, old: null, new: MARCH },
		{ field: 'attachments' as const, old: MARCH, new: 2 },
		{ field: 'name' as const, new: '背调' },
	];
	const happened: CheckEvent = { event: 'changed', check, changes };
	expect(toItem(happened).json.changes).toEqual(changes);
	expect(toItem(happened, ZONE).json.changes).toEqual([
		{ field: 'date', old: null, new: IN_BEIJING },
		...changes.slice(1),
	]);
});

test.each<[string, Partial<KeptCheck>, object]>([
	['everything', {}, { date: MARCH, attachments: 0, result: '已通过' }],
	['no date', { date: null }, { date: null, attachments: 0, result: '已通过' }],
	['no result', { result: '' }, { date: MARCH, attachments: 0, result: null }],
	['the hash of its result', { result: undefined }, { date: MARCH, attachments: 0 }],
	['three files', { attachments: 3 }, { date: MARCH, attachments: 3, result: '已通过' }],
])('a deleted check comes with what is known of it: %s', (_what, kept, last_known) => {
	expect(toItem(deleted(kept)).json).toStrictEqual({ event: 'deleted', id: '7', last_known });
	const date = 'date' in kept ? null : IN_BEIJING;
	expect(toItem(deleted(kept), ZONE).json).toStrictEqual({
		event: 'deleted',
		id: '7',
		last_known: { ...last_known, date },
	});
});

test('fields of Feishu with the names of ours are kept under another name', () => {
	const odd = { ...check, event: 'x', changes: 'y' };
	expect(toItem({ event: 'created', check: odd }).json).toEqual({
		...check,
		event: 'created',
		feishu_event: 'x',
		feishu_changes: 'y',
	});
});

import * as fc from 'fast-check';
import type * as KeptCheckModule from '../../../nodes/FeishuHireTrigger/keptCheck';
import { hadResult, hashOf, idOf, keep, keyOf } from '../../../nodes/FeishuHireTrigger/keptCheck';
import type * as SnapshotModule from '../../../nodes/FeishuHireTrigger/snapshot';

import { pack, unpack } from '../../../nodes/FeishuHireTrigger/snapshot';

const kept = (check: KeptCheckModule.KeptCheck | undefined) => {
	if (!check) throw new Error('a check without an ID');
	return check;
};

/** Packed, stored by n8n, and read again. */
const stored = (checks: KeptCheckModule.KeptCheck[]) =>
	unpack(JSON.parse(JSON.stringify(pack(checks))) as SnapshotModule.Snapshot);

test.each(['7340000000000000001', '18446744073709551615', '0', '007', 'a-b_c', '1,2;3', '背调'])(
	'the ID %j can be read back from its key, which has no separators',
	(id) => {
		expect(idOf(keyOf(id))).toBe(id);
		expect(keyOf(id)).toMatch(/^=?[\w-]+$/);
	},
);

test('an ID of 19 or 20 digits has a key of 13 characters at most', () => {
	const id = fc.bigInt({ min: 10n ** 18n, max: 10n ** 20n - 1n }).map(String);
	fc.assert(
		fc.property(id, (each) => {
			expect(keyOf(each).length).toBeLessThanOrEqual(13);
		}),
	);
});

test('two IDs never have the same key', () => {
	const id = fc.oneof(fc.bigInt({ min: 0n }).map(String), fc.string({ unit: 'grapheme' }));
	fc.assert(
		fc.property(id, id, (a, b) => {
			expect(idOf(keyOf(a))).toBe(a);
			expect(keyOf(a) === keyOf(b)).toBe(a === b);
		}),
	);
});

test.each([
	[[undefined, null, '', 0, '0'], null],
	[[1700000000000, '1700000000000'], 1700000000000],
	[['tomorrow', 1.5, [], {}, 1e300], null],
])('the dates %j are one and the same', (dates, ms) => {
	for (const date of dates) expect(keep({ id: '1', date: date as never })?.date).toBe(ms);
});

test('a check without an ID cannot be kept', () => {
	expect(keep({ name: '背调' })).toBeUndefined();
	expect(keep({ id: '' })).toBeUndefined();
});

test('the same name leaves another trace in each check', () => {
	const a = kept(keep({ id: '1', name: '王伟' }));
	const b = kept(keep({ id: '2', name: '王伟' }));
	expect(a.nameHash).not.toBe(b.nameHash);
	expect(kept(keep({ id: '1', name: '王伟' })).nameHash).toBe(a.nameHash);
});

test('a name that is no text has a trace as well', () => {
	const named = (name: unknown) => kept(keep({ id: '1', name: name as string })).nameHash;
	expect(named({ zh: '王伟' })).toBe(named('{"zh":"王伟"}'));
	expect(named(7)).toBe(named('7'));
	expect(named(null)).toBe(named(''));
});

test('everything but long and rare results comes back', () => {
	const check = fc.record({
		id: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
		date: fc.option(fc.integer({ min: -1, max: 4_000_000_000_000 })),
		result: fc.option(fc.string({ unit: 'grapheme', maxLength: 50 }).map((text) => ` ${text}　`)),
		attachment_list: fc.array(fc.constant({}), { maxLength: 40 }),
		absent: fc.boolean(),
	});
	const checks = fc.uniqueArray(check, { selector: ({ id }) => id, maxLength: 50 });
	fc.assert(
		fc.property(checks, (list) => {
			const all = list.map(({ absent, ...each }) => ({ ...kept(keep(each)), absent }));
			const found = stored(all);
			for (const each of all) {
				const isLong = (each.result ?? '').length > 50;
				const hashed = { result: undefined, resultHash: hashOf(each.key, each.result ?? '') };
				expect(found.get(each.key)).toEqual({ ...each, ...(isLong && hashed) });
			}
			expect(found.size).toBe(all.length);
		}),
	);
});

test('the 256 most frequent results are kept as text, the others as hashes', () => {
	const checks = Array.from({ length: 900 }, (_, index) =>
		kept(keep({ id: String(index + 1), result: `结果${index < 600 ? index % 300 : index % 10}` })),
	);
	const found = stored(checks);
	expect(found.get('1')?.result).toBe('结果0');
	const results = [...found.values()].map(({ result }) => result);
	expect(new Set(results.filter((result) => result !== undefined)).size).toBe(256);
	expect(results).toContain(undefined);
	// Packed once more, hashes stay the same.
	expect(stored([...found.values()])).toEqual(found);
});

test('of results that come equally often, the first in the order of their characters are kept', () => {
	const names = Array.from({ length: 300 }, (_, index) => `结果${String(index).padStart(3, '0')}`);
	const checks = [...names, ...names.slice(290), ...names.slice(290)].map((result, index) =>
		kept(keep({ id: String(index + 1), result })),
	);
	const expected = [...names.slice(290), ...names.slice(0, 246)];
	expect(pack(checks).results).toEqual(expected);
	expect(pack([...checks].reverse()).results).toEqual(expected);
});

test('a result of 50 characters is kept as text, a longer one as a hash', () => {
	const checks = [50, 51].map((length) =>
		kept(keep({ id: String(length), result: '过'.repeat(length) })),
	);
	expect(pack(checks).results).toEqual(['过'.repeat(50)]);
});

test('the order of the checks leaves no trace', () => {
	const checks = ['3', '1', '2'].map((id) => kept(keep({ id, result: id })));
	expect(pack(checks)).toEqual(pack([...checks].reverse()));
	expect(pack([])).toEqual({ checks: '', absent: '', results: [] });
	expect(stored([]).size).toBe(0);
});

test('spaces around a result are no part of it', () => {
	const result = `未通过：${'原因'.repeat(30)}`;
	const withSpaces = kept(keep({ id: '1', result: ` ${result}　` }));
	expect(withSpaces).toEqual(kept(keep({ id: '1', result })));
	const found = [...stored([withSpaces]).values()];
	expect(found.map((each) => each.result)).toEqual([undefined]);
	expect(found.map((each) => hadResult(each, [result]))).toEqual([true]);
	expect(found.map((each) => hadResult(each, ['未通过']))).toEqual([false]);
});

test('of a check without a result it is known that it had none', () => {
	const [none] = [...stored([kept(keep({ id: '1' }))]).values()];
	expect(none).toMatchObject({ result: '', resultHash: undefined });
	expect(hadResult(kept(none), ['未通过'])).toBe(false);
	expect(hadResult(kept(none), [])).toBe(true);
});

test('one of several results is enough', () => {
	const long = '未通过'.repeat(30);
	const [hashed] = [...stored([kept(keep({ id: '1', result: long }))]).values()];
	expect(hadResult(kept(hashed), ['已通过', long])).toBe(true);
	expect(hadResult(kept(hashed), [])).toBe(true);
	expect(hadResult(kept(keep({ id: '2', result: '存疑' })), ['已通过', '存疑'])).toBe(true);
});

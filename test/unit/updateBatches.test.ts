import { batchesOf } from '../../nodes/FeishuHire/operations/externalBackgroundCheck/updateBatches';
import type {
	AttachmentsMode,
	CheckPatch,
	UpdateWish,
} from '../../nodes/FeishuHire/operations/externalBackgroundCheck/updateWish';
import type { CheckedId } from '../../nodes/shared/hire/checkedId';

const wish = (
	itemIndex: number,
	patch: CheckPatch,
	mode: AttachmentsMode = 'keep',
	id = '7',
): UpdateWish => ({ itemIndex, id: id as CheckedId, patch, mode, files: [], timeoutMs: 1 });

/** The writes: which items, what, and what becomes of the files. */
const writesOf = (...wishes: UpdateWish[]) =>
	batchesOf(wishes).map(({ wishes: joined, patch, mode }) => [
		joined.map(({ itemIndex }) => itemIndex),
		patch,
		mode,
	]);

test('items that change other fields of a check are one write', () => {
	expect(writesOf(wish(0, { name: 'a' }), wish(1, { result: 'b', date: 1 }))).toEqual([
		[[0, 1], { name: 'a', result: 'b', date: 1 }, 'keep'],
	]);
});

test('items that want the same of a check are one write, and other checks are no matter', () => {
	expect(
		writesOf(wish(0, { name: 'a' }), wish(1, { name: 'b' }, 'keep', '8'), wish(2, { name: 'a' })),
	).toEqual([
		[[0, 2], { name: 'a' }, 'keep'],
		[[1], { name: 'b' }, 'keep'],
	]);
});

test('an item that wants another value is a write of its own, after the one before', () => {
	const batches = batchesOf([
		wish(0, { name: 'a', result: 'x' }),
		// One field is as before, one is not.
		wish(1, { name: 'a', result: 'y' }),
		wish(2, { name: 'c' }),
	]);
	expect(batches.map(({ patch }) => patch)).toEqual([
		{ name: 'a', result: 'x' },
		{ name: 'a', result: 'y' },
		{ name: 'c' },
	]);
	expect(batches.map(({ previous }) => previous)).toEqual([undefined, batches[0], batches[1]]);
});

test.each<[AttachmentsMode, AttachmentsMode, AttachmentsMode[]]>([
	['keep', 'keep', ['keep']],
	['keep', 'add', ['add']],
	['add', 'keep', ['add']],
	['add', 'add', ['add']],
	['removeAll', 'removeAll', ['removeAll']],
	['keep', 'replace', ['replace']],
	['replace', 'keep', ['replace']],
	['replace', 'replace', ['replace', 'replace']],
	['add', 'replace', ['add', 'replace']],
	['removeAll', 'add', ['removeAll', 'add']],
])('files: %s, then %s are the writes %j', (first, second, modes) => {
	const batches = batchesOf([wish(0, {}, first), wish(1, {}, second)]);
	expect(batches.map(({ mode }) => mode)).toEqual(modes);
	expect(batches.flatMap(({ wishes }) => wishes.map(({ itemIndex }) => itemIndex))).toEqual([0, 1]);
});

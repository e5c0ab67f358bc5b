import type { CheckedId } from '../../../shared/hire/checkedId';
import type { AttachmentsMode, CheckPatch, UpdateWish } from './updateWish';

/** Items that change one check and agree: they are one write. */
export interface Batch {
	id: CheckedId;
	wishes: UpdateWish[];
	patch: CheckPatch;
	mode: AttachmentsMode;
	/** What is written to the same check before. */
	previous?: Batch;
}

/**
 * Puts items into as few writes as can be: an item joins the last write to its check when it wants
 * nothing else than that one. Pure.
 *
 * @param wishes in the order of the items
 * @returns for each check its writes in that order
 */
export function batchesOf(wishes: readonly UpdateWish[]): Batch[] {
	const last = new Map<CheckedId, Batch>();
	const batches: Batch[] = [];
	for (const wish of wishes) {
		const { id, patch, mode } = wish;
		const previous = last.get(id);
		if (previous && agrees(previous, wish)) {
			previous.wishes.push(wish);
			previous.patch = { ...previous.patch, ...patch };
			if (mode !== 'keep') previous.mode = mode;
			continue;
		}
		const batch = { id, wishes: [wish], patch, mode, ...(previous && { previous }) };
		last.set(id, batch);
		batches.push(batch);
	}
	return batches;
}

function agrees(batch: Batch, { patch, mode }: UpdateWish): boolean {
	const known: Record<string, unknown> = { ...batch.patch };
	const isSame = Object.entries(patch).every(
		([field, value]) => !(field in known) || known[field] === value,
	);
	if (!isSame) return false;
	if (batch.mode === 'keep' || mode === 'keep') return true;
	// Of two items that each replace the files, the second one has its way.
	return batch.mode === mode && mode !== 'replace';
}

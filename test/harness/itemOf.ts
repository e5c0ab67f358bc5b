/** The item that an error names, from 0. If there are several, it is named in words, as users count. */
export function itemOf(
	error: { description?: string | null; context?: { itemIndex?: unknown } } | undefined,
): unknown {
	const named = /item (\d+) \(row \d+ of a sheet/.exec(error?.description ?? '')?.[1];
	return named === undefined ? error?.context?.itemIndex : Number(named) - 1;
}

/** How a list of values is asked for. */
export interface Asking<T> {
	/** Asks for these values in one request; throws when it fails. */
	ask: (values: readonly T[]) => Promise<void>;
	/** Whether one of the values is to blame for the error, so that the others can be asked for without it. */
	isDueToOne: (error: unknown) => boolean;
	/** Told the values that stay without an answer, and why. */
	failed: (error: unknown, values: readonly T[]) => void;
}

/**
 * Asks for a list of values. When Feishu refuses the list because of one of them, halves it until that
 * one is alone: at most 2·log2(n) further requests, because a half whose other half was fine is not
 * asked for whole again.
 *
 * @param holdsBadOne whether it is known that one of them is to blame
 * @returns whether all of them were answered
 */
export async function askByHalves<T>(
	values: readonly T[],
	asking: Asking<T>,
	holdsBadOne = false,
): Promise<boolean> {
	if (!holdsBadOne || values.length === 1) {
		try {
			await asking.ask(values);
			return true;
		} catch (error) {
			if (values.length === 1 || !asking.isDueToOne(error)) {
				asking.failed(error, values);
				return false;
			}
		}
	}
	const half = values.length >> 1;
	const firstHalfIsFine = await askByHalves(values.slice(0, half), asking);
	await askByHalves(values.slice(half), asking, firstHalfIsFine);
	return false;
}

import type { Result } from './measure';

/** A target and what came out. */
export interface Verdict {
	target: string;
	measured: string;
	reached: boolean;
}

/** A number that must not be larger. */
export const atMost = (what: string, value: number, limit: number, digits = 0): Verdict => ({
	target: `${what} ≤ ${limit.toFixed(digits)}`,
	measured: value.toFixed(digits),
	reached: value <= limit,
});

/** What must be just this. */
export const exactly = (
	what: string,
	value: number | string,
	wanted: number | string,
): Verdict => ({
	target: `${what}: ${wanted}`,
	measured: String(value),
	reached: value === wanted,
});

/** Every row came, once. */
export const nothingLost = ({ lost, surplus }: Result): Verdict => ({
	target: 'no row lost, none too many',
	measured: `${lost} lost, ${surplus} too many`,
	reached: lost === 0 && surplus === 0,
});

/** How near the wall time came to the bound (ms). */
export const timesBound = (result: Result, bound: number, limit: number): Verdict =>
	atMost('wall ÷ bound', result.wallMs / bound, limit, 2);

import type { Result } from './measure';

/** A target and what came out. */
export interface Verdict {
	text: string;
	reached: boolean;
}

/** A number that must not be larger. */
export const atMost = (what: string, value: number, limit: number, digits = 0): Verdict => ({
	text: `${what} ${value.toFixed(digits)} (at most ${limit.toFixed(digits)})`,
	reached: value <= limit,
});

/** What must be just this. */
export const exactly = (
	what: string,
	value: number | string | undefined,
	wanted: number | string,
): Verdict => ({
	text: `${what} ${value}${value === wanted ? '' : ` instead of ${wanted}`}`,
	reached: value === wanted,
});

/** How near the wall time came to the bound. */
export const nearBound = ({ wallMs }: Result, bound: { ms: number }): Verdict =>
	atMost('wall ÷ bound', wallMs / bound.ms, 1.1, 2);

/** How few requests the rate limit turned away, in percent. */
export const fewRejected = ({ rejected, requests }: Result): Verdict =>
	atMost('rejected, %', (100 * rejected) / requests, 2, 1);

/** Every row came, once. */
export const nothingLost = ({ lost, surplus }: Result): Verdict => ({
	text: `${lost} rows lost, ${surplus} too many`,
	reached: lost + surplus === 0,
});

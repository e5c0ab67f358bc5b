import type { Result } from './measure';

/** A target and the result. */
export interface Verdict {
	text: string;
	reached: boolean;
}

/** A number that must not exceed a limit. */
export const atMost = (what: string, value: number, limit: number, digits = 0): Verdict => ({
	text: `${what} ${value.toFixed(digits)} (at most ${limit.toFixed(digits)})`,
	reached: value <= limit,
});

/** A value that must be exactly this. */
export const exactly = (
	what: string,
	value: number | string | undefined,
	wanted: number | string,
): Verdict => ({
	text: `${what} ${value}${value === wanted ? '' : ` instead of ${wanted}`}`,
	reached: value === wanted,
});

/** How close the wall time came to the bound. */
export const nearBound = ({ wallMs }: Result, bound: { ms: number }): Verdict =>
	atMost('wall ÷ bound', wallMs / bound.ms, 1.1, 2);

/** How few requests the rate limit turned away, in percent. */
export const fewRejected = ({ rejected, requests }: Result): Verdict =>
	atMost('rejected, %', (100 * rejected) / requests, 2, 1);

/** Whether every row came exactly once. */
export const nothingLost = ({ lost, surplus }: Result): Verdict => ({
	text: `${lost} rows lost, ${surplus} too many`,
	reached: lost + surplus === 0,
});

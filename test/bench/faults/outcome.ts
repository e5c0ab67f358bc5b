/** What a reader of the list is left with. */
export interface Outcome {
	/** Rows that came out. */
	rows: number;
	/** Different ones among them. */
	distinct: number;
	/** Title of the error, where there was one. */
	error?: string;
	/** It was still asking when the time was up. */
	isEndless?: boolean;
	/** Requests to batch_query that arrived. */
	requests: number;
	seconds: number;
}

const MAX_ERROR_LENGTH = 90;

/** One cell of the table; the numbers are those of the run. */
export function cell(outcome: Outcome, expected: number): string {
	const { rows, distinct, error, isEndless, requests, seconds } = outcome;
	if (isEndless) return `**no end**: ${requests} requests in ${seconds.toFixed(0)} s, then stopped`;
	if (error !== undefined) {
		const beside = rows > 0 ? `${rows} rows beside it, ` : '';
		return `error, ${beside}${requests} requests: “${shortened(error)}”`;
	}
	const verdict = `${rows} of ${expected}, "success"`;
	return rows === expected && distinct === expected ? verdict : `**${verdict}**`;
}

/** A text that fits into a cell: one line, no markup. */
function shortened(text: string): string {
	const line = text.replace(/[\s|]+/g, ' ').replace(/[<>`]/g, '');
	return line.length > MAX_ERROR_LENGTH ? `${line.slice(0, MAX_ERROR_LENGTH)} …` : line;
}

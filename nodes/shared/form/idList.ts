import { ParameterError } from './parameterError';

/** What separates IDs in a text: white space and the commas and semicolons of both scripts. */
const SEPARATORS = /[\s,;，；、]+/;

/** Quotation marks that come along when IDs are copied from JSON, code or a document. */
const QUOTES = /^["'“”‘’「]+|["'“”‘’」]+$/g;

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** What expressions and spreadsheets leave behind in the place of a value. */
const NO_VALUE = new Set(['null', 'undefined', 'nan', 'true', 'false', 'none']);

/** A number as spreadsheets write long ones: the digits at its end are lost. */
const SCIENTIFIC = /^\d+(\.\d+)?e\+?\d+$/i;

const ADVICE =
	'An ID is a text of 1 to 64 letters, digits, "-" or "_", for example 6960663240925956660.';
const AS_TEXT = 'Pass the ID as text: put it in quotes, or format the column of the sheet as text.';

/** Reads IDs from parameters, and says in plain words which entry is none. Never shows the entry: it may be a name. */
export class IdReader {
	/**
	 * @param parameter label of the parameter in the editor
	 * @param everything what to choose instead of listing every ID
	 */
	constructor(
		private readonly parameter: string,
		private readonly everything = 'Operation "Get Many"',
	) {}

	/**
	 * The IDs of a parameter, each once, in the order given: separated text, a JSON array as text, an
	 * array, or a single value.
	 *
	 * @throws ParameterError when there is none, or when an entry is not an ID
	 */
	list(value: unknown): string[] {
		const entries = this.entries(value);
		if (entries.length === 0) {
			throw this.problem(
				'is empty',
				`Enter at least one ID. To get every check, choose ${this.everything} instead.`,
			);
		}
		return [...new Set(entries.map((entry, index) => this.id(entry, index, entries.length)))];
	}

	/**
	 * The one ID of a parameter.
	 *
	 * @throws ParameterError when it is empty, not an ID, or more than one
	 */
	single(value: unknown): string {
		if (isBlank(value)) {
			throw this.problem('is empty', ADVICE);
		}
		const ids = this.list(value);
		if (ids.length > 1) {
			throw this.problem(
				`holds ${ids.length} IDs, but takes one`,
				'For several, let each of them be an input item of its own.',
			);
		}
		return ids[0];
	}

	private entries(value: unknown): unknown[] {
		if (Array.isArray(value)) return value;
		if (typeof value !== 'string') return isBlank(value) ? [] : [value];
		const text = value.trim();
		if (text.startsWith('[')) return this.jsonArray(text);
		return text
			.split(SEPARATORS)
			.map((entry) => entry.replace(QUOTES, ''))
			.filter((entry) => entry !== '');
	}

	private jsonArray(text: string): unknown[] {
		let parsed: unknown;
		try {
			parsed = JSON.parse(text);
		} catch {
			throw this.problem(
				'starts like a JSON array but is none',
				'Write it like ["6960663240925956660", "6960663240925956661"].',
			);
		}
		return parsed as unknown[];
	}

	private id(entry: unknown, index: number, count: number): string {
		const which = count > 1 ? `entry ${index + 1} of ${count} ` : '';
		const refuse = (problem: string, advice = ADVICE) =>
			this.problem(which ? `(${which.trim()}) ${problem}` : problem, advice);
		if (typeof entry === 'number') {
			if (!Number.isInteger(entry)) throw refuse('is not a whole number');
			if (!Number.isSafeInteger(entry)) {
				throw refuse(
					'is a number that is too large to be exact: its last digits are lost',
					AS_TEXT,
				);
			}
			if (entry < 0) throw refuse('is a negative number');
			return String(entry);
		}
		if (typeof entry === 'bigint') return String(entry);
		if (isBlank(entry)) throw refuse('is empty');
		if (typeof entry !== 'string') {
			throw refuse(
				`is ${Array.isArray(entry) ? 'a list' : `of type ${typeof entry}`}, not an ID`,
				'Pass the ID itself, for example {{ $json.id }}.',
			);
		}
		const id = entry.trim().replace(QUOTES, '');
		if (SCIENTIFIC.test(id)) {
			throw refuse('is a rounded number, as spreadsheets show long ones', AS_TEXT);
		}
		if (/^https?:/i.test(id)) throw refuse('is a URL, not an ID');
		if (NO_VALUE.has(id.toLowerCase())) {
			throw refuse('is not an ID but the word for a missing value', 'Check the expression.');
		}
		if (!ID.test(id)) throw refuse('is not an ID');
		return id;
	}

	private problem(problem: string, advice: string): ParameterError {
		return new ParameterError(this.parameter, problem, advice);
	}
}

function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

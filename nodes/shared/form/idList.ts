import { isId, isScientific, type CheckedId } from '../hire/checkedId';
import { ParameterError } from './parameterError';
import { entriesOf, isBlank, isNoValue, withoutQuotes } from './values';

/** What separates IDs in a text: white space, Western and Chinese commas and semicolons. */
const SEPARATORS = /[\s,;，；、]+/;

/** A longer entry is not read: it is neither an ID nor an address that contains one. */
const MAX_ENTRY_LENGTH = 2048;

/** What spreadsheets and programs write instead of an ID. */
const NO_ID = /^(null|undefined|nan|none|true|false)$/i;

/** IDs in a URL: more digits than any date or phone number. */
const LONG_NUMBERS = /(?<!\d)\d{15,20}(?!\d)/g;

/** Matches Chinese mobile numbers, and any number with a country code. */
const PHONE = /^(1[3-9]\d{9}|\+\d{1,15}|00\d{6,15})$/;

const ADVICE =
	'An ID consists of 1 to 64 letters, digits, "-" or "_", for example 6960663240925956660.';
const AS_TEXT =
	'Enter the ID as text: put it in quotes, or format the column of the sheet as text.';
const AS_TEXT_FOR_MODEL = 'Enter the ID as text, with all its digits.';
const LIKE_JSON = 'Enter it like ["6960663240925956660", "6960663240925956661"].';
const BY_CANDIDATE =
	"To search by name, email or phone number, use the operation 'Get by Candidate' of the node 'Feishu Hire'.";

/** Letters of any script, with or without spaces, but no digits or other signs. */
const NAME = /^[\p{L}\p{M}\s.·'-]+$/u;
const LIKE_A_PHONE_NUMBER = 'something that looks like a phone number, not an ID';
const LIKE_A_NAME = 'something that looks like a name, not an ID';

/** Why an entry is not an ID (the end of a sentence), and what to do. */
type Refusal = [problem: string, advice: string];

/** Reads IDs from parameters. Errors say which entry is not an ID, but never show it: it may be a name. */
export class IdReader {
	/**
	 * @param parameter label of the parameter in the editor
	 * @param everything what to choose to get everything, instead of listing every ID
	 */
	constructor(
		private readonly parameter: string,
		private readonly everything = "the operation 'Get Many'",
	) {}

	/**
	 * The distinct IDs of a parameter, in the order given. Takes separated text, a JSON array as
	 * text, an array, or a single value.
	 *
	 * @throws ParameterError if there is none, or if an entry is not an ID
	 */
	list(value: unknown): CheckedId[] {
		const entries = entriesOf(value, SEPARATORS);
		if (!entries) {
			throw this.problem('looks like a JSON array, but is not a valid one', LIKE_JSON, LIKE_JSON);
		}
		if (entries.every(isBlank)) {
			throw this.problem(
				'is empty',
				`Enter at least one ID. To get all, choose ${this.everything} instead.`,
				'Enter at least one ID.',
			);
		}
		return [...new Set(entries.map((entry, index) => this.id(entry, index, entries.length)))];
	}

	/**
	 * The single ID of a parameter.
	 *
	 * @throws ParameterError if it is empty, not an ID, or more than one
	 */
	single(value: unknown): CheckedId {
		if (isBlank(value)) throw this.problem('is empty', ADVICE);
		const kind = typeof value === 'string' ? kindOfWords(value) : undefined;
		if (kind !== undefined) throw this.problem(`contains ${kind}`, BY_CANDIDATE);
		const [id, ...others] = this.list(value);
		if (id === undefined || others.length > 0) {
			throw this.problem(
				`contains ${others.length + 1} IDs, but only one is allowed`,
				'Use a separate input item for each ID.',
				'Enter one ID at a time.',
			);
		}
		return id;
	}

	private id(entry: unknown, index: number, count: number): CheckedId {
		const found = toId(entry);
		if (typeof found === 'string') return found;
		const [problem, advice] = found;
		throw this.problem(
			`contains ${problem}${count > 1 ? ` (entry ${index + 1} of ${count})` : ''}`,
			advice,
		);
	}

	private problem(problem: string, advice: string, forModel?: string): ParameterError {
		const meant = forModel ?? (advice === AS_TEXT ? AS_TEXT_FOR_MODEL : ADVICE);
		return new ParameterError(this.parameter, problem, advice, meant);
	}
}

function toId(entry: unknown): CheckedId | Refusal {
	if (typeof entry === 'number') return ofNumber(entry);
	if (isBlank(entry)) return ['an empty value', ADVICE];
	if (typeof entry !== 'string' && typeof entry !== 'bigint') {
		const what = Array.isArray(entry) ? 'a list' : `a value of type ${typeof entry}`;
		return [`${what} instead of an ID`, 'Enter the ID itself, for example {{ $json.id }}.'];
	}
	return ofText(String(entry));
}

function ofNumber(entry: number): CheckedId | Refusal {
	if (!Number.isInteger(entry)) return ['a number with decimals', ADVICE];
	if (!Number.isSafeInteger(entry)) {
		return ['a number so long that its last digits were lost', AS_TEXT];
	}
	return entry < 0 ? ['a negative number', ADVICE] : ofText(String(entry));
}

function ofText(text: string): CheckedId | Refusal {
	if (text.length > MAX_ENTRY_LENGTH) return ['something that is not an ID', ADVICE];
	const id = withoutQuotes(text.trim());
	if (isScientific(id)) {
		return ['a rounded number, probably from a spreadsheet', AS_TEXT];
	}
	if (/^https?:/i.test(id)) return ofAddress(id);
	if (isNoValue(id) || NO_ID.test(id)) {
		return ['a placeholder for a missing value, such as undefined', 'Check the expression.'];
	}
	if (id.includes('@'))
		return ['something that looks like an email address, not an ID', BY_CANDIDATE];
	if (PHONE.test(id)) return [LIKE_A_PHONE_NUMBER, BY_CANDIDATE];
	if (isId(id)) return id;
	if (NAME.test(id)) return [LIKE_A_NAME, BY_CANDIDATE];
	return ['something that is not an ID', ADVICE];
}

/** Names what a text of several words is, where each word alone would pass for an ID. */
function kindOfWords(text: string): string | undefined {
	if (text.length > MAX_ENTRY_LENGTH || !/\S\s\S/.test(text)) return undefined;
	if (NAME.test(text)) return LIKE_A_NAME;
	return PHONE.test(text.replace(/[\s().-]/g, '')) ? LIKE_A_PHONE_NUMBER : undefined;
}

/** The ID in a page's URL, if there is exactly one. */
function ofAddress(address: string): CheckedId | Refusal {
	const [id, ...others] = new Set(address.match(LONG_NUMBERS));
	if (others.length === 0 && isId(id)) return id;
	return [
		`a page address with ${id === undefined ? 'no ID' : 'more than one ID'}`,
		'Enter the ID itself.',
	];
}

import type { IDataObject } from 'n8n-workflow';
import type { CandidateQuestion, EmailQuestion } from '../hire/people/candidateQuestion';
import { isScientific } from '../hire/checkedId';
import { normalized } from '../normalized';
import { locatorText, readLocator } from './locatorValue';
import { ParameterError } from './parameterError';
import { readMobileCode, readPhone, withoutSigns } from './phone';
import { isNoValue, withoutQuotes } from './values';

/** Labels in the editor. */
export const CANDIDATE_LABEL = 'Candidate';
export const MOBILE_CODE_LABEL = 'Mobile Code';

/** The address of a candidate's page can have a long query. */
const MAX_LENGTH = 2048;

/** A name becomes part of the request URL; a Chinese character takes nine characters there. */
const MAX_NAME_LENGTH = 500;

/** The address of a talent's page in Feishu Hire. */
const TALENT_PAGE = /\/talent\/(\d+)/i;

const EMAIL = /^[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+$/;

/** Talent IDs have 19 digits, phone numbers 15 at most. */
const TALENT_ID = /^\d{16,20}$/;

/** Looks like a phone number and not like a name, even if it is too short or too long for one. */
const LIKE_A_PHONE = /^(?:\+|00)\d|^\d{5,}$/;

/** An extension after a phone number; the signs between digits are removed before. */
const EXTENSION = /^\+?\d{5,}(?:x|×|#|ext|extension|转接?|分机号?):?\d+$/i;

/** A number that a spreadsheet took for a decimal. */
const WITH_ZEROS = /^(\+?\d+)\.00?$/;

/** What Excel and similar programs show in place of a missing value. */
const EXCEL_ERROR = /^#(?:N\/A|NAME\?|GETTING_DATA|[A-Z/0]+!)$/i;

/** What separates two contacts in a cell. The signs of the second pattern also occur in phone numbers. */
const BETWEEN_CONTACTS = [/[,;、|\n]|\s\/\s/, /[\s,;、|/]+/];

/** An email address in a text. */
const ADDRESS = /[^\s@<>()[\],;:"|、/]+@[^\s@<>()[\],;:"|、/]+/;

/**
 * What the field Candidate asks for: an ID, an email address, a phone number or a name, recognized
 * by its form. The resource locator's mode does not matter: the list stores a talent ID.
 *
 * @param stored the parameter's raw value, read without `extractValue`
 * @param mobileCode country code for phone numbers without one; 86 if empty
 * @throws ParameterError that never repeats the value
 */
export function readCandidate(stored: unknown, mobileCode?: unknown): CandidateQuestion {
	const text = locatorText(CANDIDATE_LABEL, readLocator(CANDIDATE_LABEL, stored).value);
	return recognised(text, readCode(mobileCode));
}

/** The field's value as it came in, for the output items that answer it. */
export const candidateAsked = (stored: unknown): IDataObject[string] =>
	readLocator(CANDIDATE_LABEL, stored).value as IDataObject[string];

/**
 * Recognizes a text by its form alone; the table is in the README, section "Start from a candidate".
 *
 * @param mobileCode digits of the country code for phone numbers without one
 * @throws ParameterError if it cannot mean one candidate
 */
export function recognised(text: string, mobileCode: string): CandidateQuestion {
	if (text.length > MAX_LENGTH) throw tooLong();
	const plain = withoutQuotes(
		normalized(text, 'NFKC')
			.replace(/\p{Cf}/gu, '')
			// A list's separators at the end.
			.replace(/[\s,;、。]+$/, '')
			.trim(),
	).trim();
	if (plain === '') {
		throw problem('is empty', 'Enter an email address, a phone number, a name or a talent ID.');
	}
	if (isNoValue(plain) || EXCEL_ERROR.test(plain)) {
		throw problem(
			'is a placeholder for a missing value, such as undefined or #N/A',
			'Check the expression and the input data.',
		);
	}
	const talentId = TALENT_PAGE.exec(plain)?.[1];
	if (talentId !== undefined) return { by: 'talentId', value: talentId };
	if (isIdCard(plain.replace(/[\s.-]/g, ''))) {
		throw problem(
			'looks like an identity card number',
			'Feishu cannot search by it. Enter an email address or a phone number instead.',
		);
	}
	if (holdsTwoContacts(plain)) {
		throw problem('contains several contacts or IDs', 'Enter only one of them.');
	}
	if (plain.includes('@')) return email(plain);
	if (TALENT_ID.test(plain) && !plain.startsWith('00')) return { by: 'talentId', value: plain };
	if (isScientific(plain) || /^\d{16,}\.\d+$/.test(plain)) {
		throw problem(
			'is a rounded number, probably from a spreadsheet',
			'Format the column of the sheet as text, then enter the value again.',
		);
	}
	const typed = plain.replace(/^tel:/i, '').replace(WITH_ZEROS, '$1');
	const digits = withoutSigns(typed);
	if (EXTENSION.test(digits)) {
		throw problem(
			'contains a phone number with an extension',
			'Enter the number without the extension.',
		);
	}
	if (LIKE_A_PHONE.test(digits)) {
		const number = readPhone(typed, mobileCode);
		if (number) return { by: 'phone', ...number };
		throw problem(
			'looks like a phone number, but is not a valid one',
			'Enter 5 to 15 digits, with or without a country code.',
		);
	}
	if (plain.length > MAX_NAME_LENGTH) throw tooLong();
	return { by: 'name', value: plain };
}

function email(text: string): EmailQuestion {
	// `Zhang San <zhang@example.com>`, as mail programs copy an address.
	const inside = /[<(]([^<>()]*)[>)]$/.exec(text)?.[1] ?? text;
	const typed = withoutQuotes(inside.trim())
		.replace(/^mailto:/i, '')
		.replace(/\?[^@]*$/, '')
		// A Chinese keyboard's full stop.
		.replace(/。/g, '.')
		.replace(/[.,;、]+$/, '');
	if (!EMAIL.test(typed)) {
		throw problem(
			'contains an @, but no valid email address',
			'Enter one address, such as zhang@example.com.',
		);
	}
	const value = typed.toLowerCase();
	return { by: 'email', value, ...(typed !== value && { typed }) };
}

/**
 * Weights of the first 17 digits of an identity card number (GB 11643-1999), and the check digits
 * by their weighted sum.
 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const LAST_DIGITS = '10X98765432';

function isIdCard(text: string): boolean {
	if (/^\d{17}X$/i.test(text)) return true;
	if (!/^\d{18}$/.test(text)) return false;
	const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
	return LAST_DIGITS[sum % 11] === text[17];
}

/** Two email addresses, two numbers of at least seven digits, or one of each; duplicates count once. */
const holdsTwoContacts = (text: string): boolean =>
	BETWEEN_CONTACTS.some((between) => {
		const contacts = text.split(between).flatMap((part) => {
			const number = withoutSigns(part);
			return ADDRESS.exec(part.toLowerCase())?.[0] ?? (/^\+?\d{7,}$/.test(number) ? number : []);
		});
		return new Set(contacts).size > 1;
	});

function readCode(value: unknown): string {
	const text = locatorText(MOBILE_CODE_LABEL, value);
	const code = readMobileCode(text === '' ? '86' : text);
	if (code === undefined) {
		throw new ParameterError(
			MOBILE_CODE_LABEL,
			'is not a country code',
			'Enter only digits, for example 86.',
		);
	}
	return code;
}

/** What an AI model can enter instead, whatever was wrong. */
const FOR_A_MODEL = 'Enter one email address, phone number, name or talent ID as text.';

const problem = (text: string, advice: string) =>
	new ParameterError(CANDIDATE_LABEL, text, advice, FOR_A_MODEL);

const tooLong = () => problem('is too long for a name or an address', 'Enter one candidate only.');

import type { IDataObject } from 'n8n-workflow';
import type { CandidateQuestion, EmailQuestion } from '../hire/people/candidateQuestion';
import { isScientific } from '../hire/checkedId';
import { normalized } from '../normalized';
import { locatorText, readLocator } from './locatorValue';
import { ParameterError } from './parameterError';
import { readMobileCode, readPhone } from './phone';
import { isNoValue, withoutQuotes } from './values';

/** Labels in the editor. */
export const CANDIDATE_LABEL = 'Candidate';
export const MOBILE_CODE_LABEL = 'Mobile Code';

/** The address of a candidate's page may have much behind it. */
const MAX_LENGTH = 2048;

/** A name becomes a part of the address that is asked, at nine characters for a Chinese one. */
const MAX_NAME_LENGTH = 500;

/** The address of a talent's page in Feishu Hire. */
const TALENT_PAGE = /\/talent\/(\d+)/;

const EMAIL = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;

/** Talent IDs have 19 digits, phone numbers 15 at most. */
const TALENT_ID = /^\d{16,20}$/;

/** Digits with what people write between them, perhaps with the `.0` of a spreadsheet. */
const LIKE_A_PHONE = /^(?:\+|00)|^[\d\s().\-‐‑–/]*$/;

const EXTENSION = /^[\d\s().+\-‐‑–/]{5,}(?:x|#|ext\.?|extension|转|分机)[\s.:]*\d+$/i;

/** What Excel shows in the place of a value that it cannot find. */
const EXCEL_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/i;

/** What separates two contacts in one cell. Spaces do, too, but stand within phone numbers as well. */
const BETWEEN_CONTACTS = /[\s,;、|/]+/;

/**
 * What the field Candidate asks for: an ID, an e-mail address, a phone number or a name, recognised by its
 * form. The mode of the resource locator does not matter: what the list stores is a talent ID.
 *
 * @param stored the parameter's raw value, read without `extractValue`
 * @param mobileCode country code for phone numbers that bring none; empty: 86
 * @throws ParameterError; it never repeats the value
 */
export function readCandidate(stored: unknown, mobileCode?: unknown): CandidateQuestion {
	const text = locatorText(CANDIDATE_LABEL, readLocator(CANDIDATE_LABEL, stored).value);
	return recognised(text, readCode(mobileCode));
}

/** The value of the field as it came in, for the rows that answer it. */
export const candidateAsked = (stored: unknown): IDataObject[string] =>
	readLocator(CANDIDATE_LABEL, stored).value as IDataObject[string];

/**
 * Tells what a text is by its form alone; the table is in the README, section "Candidates".
 *
 * @param mobileCode digits of the country code for phone numbers that bring none
 * @throws ParameterError when it cannot mean one candidate
 */
export function recognised(text: string, mobileCode: string): CandidateQuestion {
	if (text.length > MAX_LENGTH) throw tooLong();
	const plain = withoutQuotes(
		normalized(text, 'NFKC')
			.replace(/\p{Cf}/gu, '')
			.trim(),
	).trim();
	if (plain === '') {
		throw problem('is empty', 'Enter an e-mail address, a phone number, a name or a talent ID.');
	}
	if (isNoValue(plain) || EXCEL_ERROR.test(plain)) {
		throw problem(
			'is not a value but the word for a missing one',
			'Check the expression and the sheet.',
		);
	}
	const talentId = TALENT_PAGE.exec(plain)?.[1];
	if (talentId !== undefined) return { by: 'talentId', value: talentId };
	if (isIdCard(plain.replace(/\s/g, ''))) {
		throw problem(
			'holds what looks like the number of an identity card',
			'Feishu cannot find candidates by it: enter an e-mail address or a phone number.',
		);
	}
	if (holdsTwoContacts(plain)) {
		throw problem(
			'holds several contacts or IDs',
			'Enter one of them: each finds the candidate it belongs to.',
		);
	}
	if (plain.includes('@')) return email(plain);
	if (EXTENSION.test(plain)) {
		throw problem(
			'holds a phone number with an extension',
			'Enter the number without the extension.',
		);
	}
	if (TALENT_ID.test(plain) && !plain.startsWith('00')) return { by: 'talentId', value: plain };
	if (isScientific(plain)) {
		throw problem(
			'is a rounded number, as spreadsheets show long ones',
			'Format the column of the sheet as text, and enter the value again.',
		);
	}
	const digits = plain.replace(/\.0+$/, '');
	const number = LIKE_A_PHONE.test(digits) ? readPhone(digits, mobileCode) : undefined;
	if (number) return { by: 'phone', ...number };
	if (/^(?:\+|00)\d|^[\d\s().-]{6,}$/.test(plain)) {
		throw problem(
			'looks like a phone number, but is none',
			'Enter 5 to 15 digits, with or without a country code.',
		);
	}
	if (plain.length > MAX_NAME_LENGTH) throw tooLong();
	return { by: 'name', value: plain };
}

function email(text: string): EmailQuestion {
	// `Zhang San <zhang@example.com>`, as mail programs copy an address.
	const inside = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text;
	const typed = withoutQuotes(inside.trim())
		.replace(/^mailto:/i, '')
		.replace(/\?[^@]*$/, '')
		.replace(/[.,;、。]$/, '');
	if (!EMAIL.test(typed)) {
		throw problem('holds an @, but no e-mail address', 'Enter one address like zhang@example.com.');
	}
	const value = typed.toLowerCase();
	return { by: 'email', value, ...(typed !== value && { typed }) };
}

/** Weights of the first 17 digits of an identity card (GB 11643-1999), and what their sum makes the last one. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const LAST_DIGITS = '10X98765432';

function isIdCard(text: string): boolean {
	if (/^\d{17}X$/i.test(text)) return true;
	if (!/^\d{18}$/.test(text)) return false;
	const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
	return LAST_DIGITS[sum % 11] === text[17];
}

/** Two e-mail addresses, two numbers of seven digits or more, or one of each. */
function holdsTwoContacts(text: string): boolean {
	if ((text.match(/@/g) ?? []).length > 1) return true;
	const contacts = text
		.split(BETWEEN_CONTACTS)
		.filter((part) => part.includes('@') || /^\+?[\d().-]{7,}$/.test(part));
	return contacts.length > 1;
}

function readCode(value: unknown): string {
	const text = locatorText(MOBILE_CODE_LABEL, value);
	const code = readMobileCode(text === '' ? '86' : text);
	if (code === undefined) {
		throw new ParameterError(
			MOBILE_CODE_LABEL,
			'is not a country code',
			'Enter its digits, for example 86.',
		);
	}
	return code;
}

const problem = (text: string, advice: string) => new ParameterError(CANDIDATE_LABEL, text, advice);

const tooLong = () =>
	problem('is longer than any name or address', 'Pass one candidate, not a whole text.');

import type { CandidateQuestion } from '../hire/people/candidateQuestion';
import { isId, isScientific } from '../hire/checkedId';
import { normalized } from '../normalized';
import { locatorText, readLocator } from './locatorValue';
import { ParameterError } from './parameterError';
import { readMobileCode, readPhone } from './phone';
import { isNoValue } from './values';

/** Labels in the editor. */
export const CANDIDATE_LABEL = 'Candidate';
export const MOBILE_CODE_LABEL = 'Mobile Code';

/** Talent IDs have 19 digits, phone numbers 15 at most. */
const LONG_NUMBER = /^\d{16,}$/;

/** The address of a candidate's page may have much behind it. */
const MAX_LENGTH = 2048;

/** A name becomes a part of the address that is asked, at nine characters for a Chinese one. */
const MAX_NAME_LENGTH = 500;

/** The address of a talent's page in Feishu Hire. */
const TALENT_PAGE = /\/talent\/(\d+)/;

const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

/**
 * What a candidate's resource locator asks for. n8n guesses no mode and neither does this: a value
 * of another kind is refused with the mode to use. A bare value counts as a talent ID.
 *
 * @param stored the parameter's raw value, read without `extractValue`
 * @param mobileCode country code for phone numbers that bring none; empty: 86
 * @throws ParameterError; it never repeats the value
 */
export function readCandidate(stored: unknown, mobileCode?: unknown): CandidateQuestion {
	const { mode, value } = readLocator(CANDIDATE_LABEL, stored);
	const text = locatorText(CANDIDATE_LABEL, value);
	if (text === '') {
		throw problem(
			'is empty',
			'Pick a candidate, or enter an e-mail address, a phone number or a name.',
		);
	}
	if (isNoValue(text)) {
		throw problem('is not a value but the word for a missing one', 'Check the expression.');
	}
	if (text.length > MAX_LENGTH) throw tooLong();
	switch (mode) {
		case 'email':
			return { by: 'email', value: email(text) };
		case 'phone':
			return { by: 'phone', ...phone(text, mobileCode) };
		case 'name':
			return { by: 'name', value: name(text) };
		case 'list':
		case 'id':
		case '':
		case undefined:
			return { by: 'talentId', value: talentId(text) };
		default:
			throw problem('has a mode that does not exist', 'Use one of: list, email, phone, name, id.');
	}
}

function email(text: string): string {
	const address = normalized(text, 'NFKC').toLowerCase();
	if (EMAIL.test(address)) return address;
	refuseOtherKind(text, 'By Email');
	throw problem(
		'holds no e-mail address',
		"Enter one address like zhang@example.com, or choose the mode 'By Name'.",
	);
}

function phone(text: string, mobileCode: unknown): { mobileCode: string; value: string } {
	const number = readPhone(text, readCode(mobileCode));
	if (number) return number;
	refuseOtherKind(text, 'By Phone');
	throw problem(
		'holds no phone number',
		"Enter one number, with or without its country code, or choose the mode 'By Name'.",
	);
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

function name(text: string): string {
	refuseOtherKind(text, 'By Name');
	if (text.length > MAX_NAME_LENGTH) throw tooLong();
	return text;
}

function talentId(text: string): string {
	const id = TALENT_PAGE.exec(text)?.[1] ?? text;
	if (LONG_NUMBER.test(id)) return id;
	// A shorter number may be an ID of another kind of tenant, but not if it begins like a mobile number.
	const isNumber = /^\d+$/.test(id);
	if (!isNumber || /^(?:86)?1\d{10}$/.test(id)) refuseOtherKind(id, 'By ID');
	if (isScientific(id)) {
		throw problem(
			'is a rounded number, as spreadsheets show long ones',
			'Pass the ID as text: format the column of the sheet as text.',
		);
	}
	if (isId(id)) return id;
	throw problem('holds no talent ID', "If it is a name, choose the mode 'By Name'.");
}

type Mode = 'By Email' | 'By Phone' | 'By Name' | 'By ID';

/** @throws ParameterError when the value is clearly of a kind that has another mode */
function refuseOtherKind(text: string, mode: Mode): void {
	const plain = normalized(text, 'NFKC');
	const kinds: Array<[mode: Mode, kind: string, isOne: boolean]> = [
		['By ID', "the address of a candidate's page", TALENT_PAGE.test(plain)],
		['By ID', 'a talent ID', LONG_NUMBER.test(plain)],
		['By Email', 'an e-mail address', plain.includes('@')],
		['By Phone', 'a phone number', readPhone(plain, '86') !== undefined],
	];
	const found = kinds.find(([, , isOne]) => isOne);
	if (!found || found[0] === mode) return;
	const [right, kind] = found;
	throw problem(`holds ${kind}, but its mode is '${mode}'`, `Choose the mode '${right}'.`);
}

const problem = (text: string, advice: string) => new ParameterError(CANDIDATE_LABEL, text, advice);

const tooLong = () =>
	problem('is longer than any name or address', 'Pass one candidate, not a whole text.');

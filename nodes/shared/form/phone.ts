import { normalized } from '../normalized';

/** A phone number as Feishu takes it. */
interface PhoneNumber {
	/** Country code, digits only: `86`. */
	mobileCode: string;
	/** Digits only, without the country code. */
	value: string;
}

/** Country codes are prefix-free (ITU-T E.164): one digit, two digits as listed, or three for all others. */
const COUNTRY_CODE =
	/^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-689]\d\d)(?=\d)/;

/** What people write between digits. `(0)` is the zero that calls from abroad leave out. */
const SIGNS = /\(0\)|[\s().\-‐-―−/·•_]/g;

/** A text without the signs that people write between the digits of a phone number. */
export const withoutSigns = (text: string): string => normalized(text, 'NFKC').replace(SIGNS, '');

/**
 * Reads a phone number. Accepts full-width digits and drops separators. The number's own country
 * code (`+86 …`, `0086 …`) takes precedence over the default.
 *
 * @param defaultCode digits only
 * @returns undefined if it is not a phone number
 */
export function readPhone(text: string, defaultCode: string): PhoneNumber | undefined {
	const plain = withoutSigns(text);
	const international = /^(?:\+|00)(\d+)$/.exec(plain)?.[1];
	if (international !== undefined) {
		const mobileCode = COUNTRY_CODE.exec(international)?.[0] ?? '';
		return inBounds({ mobileCode, value: international.slice(mobileCode.length) });
	}
	// A Chinese mobile number has eleven digits and begins with 1: a preceding 86 is the code.
	const chinese = defaultCode === '86' ? /^86(1\d{10})$/.exec(plain)?.[1] : undefined;
	return inBounds({ mobileCode: defaultCode, value: chinese ?? plain });
}

/** The digits of a country code, written as `86`, `+86` or `0086`; undefined if it is none. */
export function readMobileCode(text: string): string | undefined {
	return /^(?:\+|00)?([1-9]\d{0,3})$/.exec(normalized(text, 'NFKC').trim())?.[1];
}

/** The longest phone numbers have fifteen digits (ITU-T E.164). */
function inBounds(number: PhoneNumber): PhoneNumber | undefined {
	return number.mobileCode !== '' && /^\d{5,15}$/.test(number.value) ? number : undefined;
}

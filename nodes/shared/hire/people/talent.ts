import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../feishu/answer';
import { unusable } from '../api/notAskedFor';
import { isId } from '../checkedId';
import { maskEmail, maskPhone } from './mask';

/** What we keep of a candidate (人才). Feishu sends much personal data; we drop the rest at once. */
export interface Talent {
	id: string;
	/** Absent if it was not requested, or if Feishu has none. */
	name?: string;
	/** Phone and email, masked: `138****1234 · z***@example.com`. */
	contact?: string;
}

/**
 * Reads a talent of a list or of "获取人才详情", whose second version is flat.
 *
 * @throws FeishuError if it has another shape: taken for "not found", it would hide a candidate
 */
export function toTalent(sent: IDataObject): Talent {
	const id = sent.id ?? sent.talent_id;
	const info = sent.basic_info;
	if (!isId(id) || !isObject(info)) throw notATalent();
	const { name, email } = info;
	const phone = info.mobile ?? info.mobile_number;
	if (![name, email, phone].every(isTextOrNothing)) throw notATalent();
	const contact = [
		typeof phone === 'string' && maskPhone(phone),
		typeof email === 'string' && maskEmail(email),
	].filter(Boolean);
	return {
		id,
		...(typeof name === 'string' && name !== '' && { name }),
		...(contact.length > 0 && { contact: contact.join(' · ') }),
	};
}

const isTextOrNothing = (value: unknown): boolean =>
	value === undefined || value === null || typeof value === 'string';

export const notATalent = () => unusable('Feishu did not return a list of candidates');

import { isObject, type Envelope } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { FeishuError, isParameterError } from '../../feishu/failure';
import { isId } from '../checkedId';
import { endpoints } from '../endpoints';
import { Loader } from '../loader';
import { Semaphore } from '../../semaphore';
import { notATalent, type Talent } from './talent';

/** Most values in one list of a request (Feishu's SDKs; the page "批量获取人才 ID" names no number). */
const MAX_CONTACTS_PER_REQUEST = 100;

/** Feishu's code for a phone number that is none. */
const BAD_NUMBER = 1002009;

/** A request takes e-mail addresses, or phone numbers of one country. */
export type ContactKind = { by: 'email' } | { by: 'phone'; mobileCode: string };

interface Found {
	talent: Talent;
	/** The value as Feishu wrote it, in our form; undefined when it sent none. */
	echo?: string;
}

/**
 * Loads the talents that have an e-mail address or a phone number (none: there is no such candidate), a
 * hundred values in a request. A value that Feishu refuses, or repeats in a form of its own, does not
 * spoil the others.
 *
 * @param values as `candidateQuestion.ts` says, all of a run, in the order in which they will be wanted
 */
export const contactLoader = (
	client: FeishuClient,
	kind: ContactKind,
	values: Iterable<string>,
): Loader<string, Talent[]> =>
	new Loader(values, MAX_CONTACTS_PER_REQUEST, slots(), {
		ask: async (asked, found) => {
			const talents = toFound(await request(client, kind, asked), kind);
			for (const [value, own] of byValue(talents, asked)) found.set(value, { value: own });
		},
		isDueToOne: (error) =>
			error instanceof UnknownEcho ||
			isParameterError(error) ||
			(error instanceof FeishuError && error.failure.code === BAD_NUMBER),
		errorFor: (error) => error,
	});

const slots = () => Semaphore.forRates(endpoints.findTalentsByContact.requestsPerSecond);

async function request(
	client: FeishuClient,
	kind: ContactKind,
	values: readonly string[],
): Promise<Envelope> {
	return await client.call(endpoints.findTalentsByContact, {
		body:
			kind.by === 'email'
				? { email_list: [...values] }
				: { mobile_code: kind.mobileCode, mobile_number_list: [...values] },
	});
}

/**
 * Reads the answer. A candidate that does not exist is absent, so a list under another name must not
 * be taken for an empty one.
 *
 * @throws FeishuError when it has an unknown form
 */
function toFound({ data }: Envelope, kind: ContactKind): Found[] {
	if (data === undefined || data === null) return [];
	if (!isObject(data)) throw notATalent();
	const { talent_list, ...others } = data;
	if (talent_list === undefined || talent_list === null) {
		if (Object.values(others).some((value) => value !== null)) throw notATalent();
		return [];
	}
	if (!Array.isArray(talent_list)) throw notATalent();
	return talent_list.map((sent: unknown) => {
		if (!isObject(sent) || !isId(sent.talent_id)) throw notATalent();
		return { talent: { id: sent.talent_id }, echo: echoOf(sent, kind) };
	});
}

function echoOf(
	{ email, mobile_number, mobile_code }: Record<string, unknown>,
	kind: ContactKind,
): string | undefined {
	if (kind.by === 'email') {
		return typeof email === 'string' ? email.trim().toLowerCase() : undefined;
	}
	if (typeof mobile_number !== 'string') return undefined;
	const { mobileCode } = kind;
	const isOfOtherCountry =
		typeof mobile_code === 'string' && ![mobileCode, ''].includes(digitsOf(mobile_code));
	if (isOfOtherCountry) return undefined;
	const digits = digitsOf(mobile_number);
	const hasCode = mobile_number.trim().startsWith('+') && digits.startsWith(mobileCode);
	return hasCode ? digits.slice(mobileCode.length) : digits;
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Feishu repeats a value in another form than it was sent in: alone, it can be told whose it is. */
class UnknownEcho extends FeishuError {
	constructor() {
		super({
			message: 'Feishu answered with candidates that were not asked for',
			reaction: 'fail',
			advice:
				'Nothing of this answer is used. Check the base URL of the credential; tell the maintainers of this node if it stays.',
		});
	}
}

/** @throws UnknownEcho when a talent cannot be told to belong to one of the values */
function byValue(found: readonly Found[], values: readonly string[]): Map<string, Talent[]> {
	const byId = new Map(values.map((value) => [value, new Map<string, Talent>()]));
	const ids = new Set(found.map(({ talent }) => talent.id));
	// Asked for one value and answered with one talent, there is nothing to mix up.
	const [only] = values.length === 1 && ids.size === 1 ? values : [];
	for (const { talent, echo } of found) {
		const talents = byId.get(only ?? echo ?? '');
		if (!talents) throw new UnknownEcho();
		talents.set(talent.id, talent);
	}
	return new Map([...byId].map(([value, talents]) => [value, [...talents.values()]]));
}

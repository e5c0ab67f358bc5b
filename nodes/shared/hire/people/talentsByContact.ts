import { isObject, type Envelope } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { FeishuError, isParameterError } from '../../feishu/failure';
import { notAskedFor } from '../api/notAskedFor';
import { isId } from '../checkedId';
import { endpoints } from '../endpoints';
import { Loader } from '../loader';
import type { ContactQuestion } from './candidateQuestion';
import { Semaphore } from '../../semaphore';
import { notATalent, type Talent } from './talent';

/** The most values in one list of a request (Feishu's SDKs; the page "批量获取人才 ID" documents no limit). */
const MAX_CONTACTS_PER_REQUEST = 100;

/** Feishu's code for an invalid phone number. */
const BAD_NUMBER = 1002009;

/** One request takes either email addresses, or phone numbers of one country. */
type ContactKind = { by: 'email' } | { by: 'phone'; mobileCode: string };

interface Found {
	talent: Talent;
	/** The value as Feishu sent it, in our form; undefined if it sent none, or a masked one. */
	echo?: string;
}

/** Finds the talents with an email address or a phone number, a hundred values per request. */
export class TalentsByContact {
	private readonly slots = Semaphore.forRates(endpoints.findTalentsByContact.requestsPerSecond);

	/** Spellings by value: the value, and what was typed if that differs. */
	private readonly forms = new Map<string, string[]>();

	private readonly kind: ContactKind;

	private readonly first: Round;

	/** @param questions all questions of a run of one kind, at least one, in the order in which they are needed */
	constructor(
		private readonly client: FeishuClient,
		questions: readonly ContactQuestion[],
	) {
		this.kind = questions[0]!;
		for (const question of questions) {
			const { value } = question;
			const typed = question.by === 'email' ? question.typed : undefined;
			this.forms.set(value, [...(this.forms.get(value) ?? [value]), ...(typed ? [typed] : [])]);
		}
		const values = [...this.forms.keys()];
		this.first = new Round(values, this.loader(values), (value) => [value], this.again);
	}

	/** @returns an empty list if there is no such candidate @throws FeishuError; StoppedError */
	async find(value: string): Promise<Talent[]> {
		return await this.first.find(value);
	}

	/** A round for the values that the previous one did not find. It also asks for addresses as typed. */
	private readonly again = (values: readonly string[]): Round => {
		const formsOf = (value: string) => this.forms.get(value) ?? [value];
		return new Round(values, this.loader(values.flatMap(formsOf)), formsOf, (left) =>
			left.length < values.length ? this.again(left) : undefined,
		);
	};

	/** A value that Feishu refuses, or returns in another form, does not affect the others. */
	private loader(values: readonly string[]): Loader<string, Talent[]> {
		const { client, kind, slots } = this;
		return new Loader(values, MAX_CONTACTS_PER_REQUEST, slots, {
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
	}
}

/**
 * One round of lookups. Feishu can return two contacts of one person as one row. So another round
 * asks for everything that this round did not find, until a round finds nobody new.
 */
class Round {
	private next?: Promise<Round | undefined>;

	/**
	 * @param formsOf the spellings to ask for, by value
	 * @param nextFor makes the round for the values not found here; undefined if nobody has them
	 */
	constructor(
		private readonly values: readonly string[],
		private readonly loader: Loader<string, Talent[]>,
		private readonly formsOf: (value: string) => readonly string[],
		private readonly nextFor: (left: readonly string[]) => Round | undefined,
	) {}

	async find(value: string): Promise<Talent[]> {
		const found = await this.load(value);
		if (found.length > 0) return found;
		this.next ??= this.makeNext();
		return (await (await this.next)?.find(value)) ?? [];
	}

	private async load(value: string): Promise<Talent[]> {
		const found = await Promise.all(
			this.formsOf(value).map(async (form) => (await this.loader.load(form)) ?? []),
		);
		return [...new Map(found.flat().map((talent) => [talent.id, talent])).values()];
	}

	/** Sends all requests of this round at once: waiting items could otherwise hold every slot of the run. */
	private async makeNext(): Promise<Round | undefined> {
		const isFound = await Promise.all(
			this.values.map(
				async (value) =>
					await this.load(value).then(
						(talents) => talents.length > 0,
						// The callers get the error.
						() => true,
					),
			),
		);
		return this.nextFor(this.values.filter((_value, index) => !isFound[index]));
	}
}

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
 * Reads the answer. A candidate that does not exist is simply missing from it, so a list under
 * another name must not pass for an empty one.
 *
 * @throws FeishuError if the answer has an unknown shape
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
	const sent = kind.by === 'email' ? email : mobile_number;
	if (typeof sent !== 'string' || sent.trim() === '' || sent.includes('*')) return undefined;
	if (kind.by === 'email') return sent.trim().toLowerCase();
	const { mobileCode } = kind;
	const digits = digitsOf(sent);
	const country = typeof mobile_code === 'string' ? digitsOf(mobile_code) : '';
	if (!['', mobileCode].includes(country)) return `+${country} ${digits}`;
	const hasCode = sent.trim().startsWith('+') && digits.startsWith(mobileCode);
	return hasCode ? digits.slice(mobileCode.length) : digits;
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Whether an echo can be the value in another form: a phone number with its country code, or a leading zero. */
function canBe(value: string, echo: string): boolean {
	if (value.includes('@') || echo.startsWith('+')) return value.toLowerCase() === echo;
	const [some, other] = [value, echo].map((digits) => digits.replace(/^0+/, ''));
	return some!.endsWith(other!) || other!.endsWith(some!);
}

/** Feishu returned a value in another form than sent: alone, it is clear whose it is. */
class UnknownEcho extends FeishuError {
	constructor() {
		super(notAskedFor('candidates').failure);
	}
}

/** @throws UnknownEcho if a talent cannot be matched to one of the values */
function byValue(found: readonly Found[], values: readonly string[]): Map<string, Talent[]> {
	const byForm = new Map(values.map((value) => [value.toLowerCase(), new Map<string, Talent>()]));
	const ids = new Set(found.map(({ talent }) => talent.id));
	// One value and one talent cannot be mixed up, unless Feishu itself says that it found another value.
	const [only] = values.length === 1 && ids.size === 1 ? values : [];
	for (const { talent, echo = only ?? '' } of found) {
		const talents = byForm.get(only !== undefined && canBe(only, echo) ? only.toLowerCase() : echo);
		if (!talents) throw new UnknownEcho();
		talents.set(talent.id, talent);
	}
	return new Map(
		values.map((value) => [value, [...(byForm.get(value.toLowerCase())?.values() ?? [])]]),
	);
}

import { newIds } from './newIds';
import { RecordStore } from './recordStore';

export interface Mobile {
	/** Country code without "+". */
	code: string;
	number: string;
}

/** A candidate as the tenant holds it; `hire/talentAnswer.ts` says what of it is answered. */
export interface Talent {
	id: string;
	name: string;
	/** The first is the one a search shows; each of them finds the talent. */
	emails?: string[];
	/** The first is the one a search shows; each of them finds the talent. */
	mobiles?: Mobile[];
	/** ID document: 1 is an ID card. */
	identification?: { type: number; number: string };
	/** ms since the epoch; what a list is sorted by unless told otherwise. */
	updatedAt?: number;
	/** Former employers and titles: a search finds these words, too. */
	career?: Array<{ company: string; title: string }>;
}

/** A talent to be stored; without `id` it gets one. */
export type NewTalent = Omit<Talent, 'id'> & { id?: string };

/** The tenant's talents, found by e-mail and phone number at once however many there are. */
export class TalentStore extends RecordStore<Talent> {
	private readonly contacts = new Map<string, Set<Talent>>();
	private readonly newId = newIds(7420000000000000001n);

	constructor(talents: NewTalent[]) {
		super('talent', () => 'all');
		for (const talent of talents) this.add(talent);
	}

	override add(talent: NewTalent): Talent {
		return super.add({ ...talent, id: talent.id ?? this.newId() });
	}

	/** The talents with an e-mail address, in whatever case it is written. */
	byEmail(email: string): Talent[] {
		return [...(this.contacts.get(emailKey(email)) ?? [])];
	}

	/** The talents with a phone number of a country. */
	byMobile(mobile: Mobile): Talent[] {
		return [...(this.contacts.get(mobileKey(mobile)) ?? [])];
	}

	protected override index(talent: Talent): void {
		for (const key of keysOf(talent)) {
			const found = this.contacts.get(key);
			if (found === undefined) this.contacts.set(key, new Set([talent]));
			else found.add(talent);
		}
	}

	protected override unindex(talent: Talent): void {
		for (const key of keysOf(talent)) this.contacts.get(key)?.delete(talent);
	}
}

function keysOf({ emails = [], mobiles = [] }: Talent): string[] {
	return [...emails.map(emailKey), ...mobiles.map(mobileKey)];
}

function emailKey(email: string): string {
	return email.toLowerCase();
}

function mobileKey({ code, number }: Mobile): string {
	return `+${code} ${number}`;
}

import { newIds } from './newIds';
import { RecordStore } from './recordStore';

export interface Mobile {
	/** Country code without "+". */
	code: string;
	number: string;
}

/** A candidate as the tenant stores it; `hire/talentAnswer.ts` selects what is returned. */
export interface Talent {
	id: string;
	name: string;
	/** A search shows the first one; each of them finds the talent. */
	emails?: string[];
	/** A search shows the first one; each of them finds the talent. */
	mobiles?: Mobile[];
	/** ID document: 1 is an ID card. */
	identification?: { type: number; number: string };
	/** In epoch ms. Lists are sorted by it by default. */
	updatedAt?: number;
	/** Former employers and titles, which a search also covers. */
	career?: Array<{ company: string; title: string }>;
}

/** A talent to store. Without `id` it gets one. */
export type NewTalent = Omit<Talent, 'id'> & { id?: string };

/** The tenant's talents, indexed by email address and phone number. */
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

	/** The talents with an email address, ignoring case. */
	byEmail(email: string): Talent[] {
		return [...(this.contacts.get(emailKey(email)) ?? [])];
	}

	/** The talents with a phone number in a country. */
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

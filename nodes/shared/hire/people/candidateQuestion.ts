/** How to find a candidate; read from a form by `form/candidate.ts`. */
export type CandidateQuestion = ContactQuestion | NameQuestion | TalentIdQuestion;

export type ContactQuestion = EmailQuestion | PhoneQuestion;

export interface EmailQuestion {
	by: 'email';
	/** Lower case. */
	value: string;
	/** As typed, if it contains capitals. */
	typed?: string;
}

interface PhoneQuestion {
	by: 'phone';
	/** Country code, digits only: `86`. */
	mobileCode: string;
	/** Digits only, without the country code. */
	value: string;
}

interface NameQuestion {
	by: 'name';
	/** The whole name, in NFKC. */
	value: string;
}

interface TalentIdQuestion {
	by: 'talentId';
	value: string;
}

/** A key: equal for questions that have the same answer. */
export function keyOf(question: CandidateQuestion): string {
	const { by, value } = question;
	return JSON.stringify(by === 'phone' ? [by, value, question.mobileCode] : [by, value]);
}

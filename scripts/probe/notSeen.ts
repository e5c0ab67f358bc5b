/** Why a question has no answer. */
export const reasons = {
	noRecord: 'no record found to ask with',
	alike: 'the records found do not tell the readings apart',
	hidden: 'another answer hides it',
	scopes: 'the scopes of the app hide it',
	opaque: 'the page token does not show it',
	unexpected: 'an answer that no reading expects',
	fault: 'the request failed, again and again',
	usedUp: 'the requests are used up',
	writes: 'asked with --write only',
	never: 'cannot be asked',
} as const;

/** A question got no answer. The message is one of the fixed list, or names a scope that the app lacks. */
export class NotSeen extends Error {
	constructor(readonly reason: keyof typeof reasons) {
		super(reasons[reason]);
	}
}

/** The app lacks a scope. */
export class LacksScope extends NotSeen {
	/**
	 * @param needed the required scope, as this package knows it
	 * @param accepted the scopes that Feishu's answer names; any one of them is enough
	 */
	constructor(
		needed: string,
		readonly accepted: string[],
	) {
		super('scopes');
		this.message = `the app lacks ${needed}`;
	}
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Form } from '../form/form';
import { ParameterError } from '../form/parameterError';
import { oneOf } from '../form/values';
import { looksRounded, ROUNDED_ADVICE } from '../hire/checkedId';
import { listed } from '../listed';
import type { Run } from '../run/operation';

/** Why there is nothing to return for an item. */
export type Reason =
	| 'noCandidate'
	| 'noExternalApplication'
	| 'noApplication'
	| 'noBackgroundCheck'
	| 'noOrder'
	| 'noMatch';

/** The specific record that an item asks for. Without one, an empty result is a valid answer. */
export interface Subject {
	/** The label of the parameter that names it. */
	label: string;
	externalApplicationId?: string;
	/** The ID of an ordinary application (投递). */
	applicationId?: string;
	talentId?: string;
}

/** What an item asks for, and what to do if it is not found. */
export interface Asked {
	ifNotFound: IfNotFound;
	subject?: Subject;
}

type IfNotFound = 'include' | 'skip' | 'error';

/** The option `ifNotFound`, read by {@link readIfNotFound}. For operations that name records. */
export const ifNotFoundOption = (): INodeProperties => ({
	displayName: 'If Not Found',
	name: 'ifNotFound',
	type: 'options',
	options: [
		{
			name: 'Error',
			value: 'error',
			description: 'The input item fails',
		},
		{
			name: 'Include',
			value: 'include',
			description: 'Returns an item with found: false and the reason',
		},
		{
			name: 'Skip',
			value: 'skip',
			description:
				'Returns no item, and a hint says how many were not found. A loop over the items stops if no item is returned.',
		},
	],
	default: 'include',
	description: 'What to do when something is not found, or has no records',
});

/** @throws ParameterError */
export function readIfNotFound(form: Form): IfNotFound {
	const { ifNotFound = 'include' } = form.collection('options', 'Options');
	return oneOf('If Not Found', ifNotFound, ['include', 'skip', 'error']);
}

/** How many IDs a text lists. */
const NAMED_IDS = 10;

const IF_NOT_FOUND = 'set the option \'If Not Found\' to "Include" or "Skip"';

/** What an item found, in the words of hints and errors. */
const FOUND: Record<Reason, string> = {
	noCandidate: 'no candidate in Feishu Hire',
	noExternalApplication: 'a candidate without an external application (外部投递)',
	noApplication: 'a candidate without an application (投递)',
	noBackgroundCheck: 'no external background check (外部背调)',
	noOrder: 'no background check order (背调订单)',
	noMatch: 'records, but none that match the filters',
};

const problemOf = (reason: Reason) =>
	reason === 'noMatch'
		? 'matches none of the records'
		: `${reason === 'noBackgroundCheck' || reason === 'noOrder' ? 'has' : 'matches'} ${FOUND[reason]}`;

/** What an AI model gets if it asked for no specific record. */
const EMPTY: Partial<Record<Reason, string>> = {
	noBackgroundCheck: 'There are no external background checks.',
	noOrder: 'There are no background check orders.',
	noMatch: 'There are records, but none that match the filters.',
};

/** Reports what was not found: as items, as errors, and in hints. */
export class NotFound {
	private readonly ids = new Set<string>();

	private readonly applications = new Set<string>();

	/** Talent IDs that look rounded. */
	private readonly talents = new Set<string>();

	/** Whether everything that was not found has an item of its own, if it can have one. */
	private isIncluded = true;

	constructor(private readonly run: Pick<Run, 'hints' | 'isForModel'>) {
		run.hints.add(() => this.others());
	}

	/**
	 * Notes IDs that Feishu does not know.
	 *
	 * @throws ParameterError if the option says Error
	 */
	addIds(label: string, ids: readonly string[], { ifNotFound }: Asked): void {
		if (ids.length === 0) return;
		if (ifNotFound === 'error') {
			throw new ParameterError(
				label,
				`contains ${ids.length === 1 ? 'an ID' : `${ids.length} IDs`} that Feishu cannot find: ${listedIds(ids)}`,
				...advice('Check the IDs', ids),
			);
		}
		this.isIncluded &&= ifNotFound === 'include';
		for (const id of ids) this.ids.add(id);
	}

	/**
	 * Notes that there is nothing to return for an item's application, candidate or tenant.
	 *
	 * @returns the item that says so, if wanted; an AI model always gets one
	 * @throws ParameterError if the option says Error
	 */
	add(reason: Reason, { ifNotFound, subject }: Asked): IDataObject[] {
		const application = subject?.externalApplicationId ?? subject?.applicationId;
		const talent = subject?.talentId;
		if (ifNotFound === 'error' && subject) {
			throw new ParameterError(
				reason === 'noMatch' ? 'Filters' : subject.label,
				`${problemOf(reason)}${application ? `: ${application}` : ''}`,
				...advice('Check the value', [application ?? talent ?? '']),
			);
		}
		this.isIncluded &&= ifNotFound === 'include' || !subject;
		if (talent !== undefined && looksRounded(talent)) this.talents.add(talent);
		if (application && reason === 'noBackgroundCheck') this.applications.add(application);
		else this.run.hints.count((items) => `${items} found ${FOUND[reason]}.`);
		if (ifNotFound === 'include' && subject) return [notFoundItem(reason, subject)];
		return this.run.isForModel ? [{ ...notFoundItem(reason), message: EMPTY[reason] }] : [];
	}

	/** Hints other than the counted ones. */
	private others(): string[] {
		const hints: string[] = [];
		if (this.ids.size > 0) {
			hints.push(`Feishu cannot find ${this.ids.size} of the IDs: ${listedIds([...this.ids])}.`);
		}
		if (this.applications.size > 0) {
			const count = this.applications.size;
			hints.push(
				`${count} external ${count === 1 ? 'application has' : 'applications have'} no background checks, or ${count === 1 ? 'does' : 'do'} not exist: ${listedIds([...this.applications])}.`,
			);
		}
		const talents = [...this.talents];
		if (talents.length > 0) hints.push(`${ROUNDED_ADVICE.slice(0, -1)}: ${listedIds(talents)}.`);
		else if ([...this.ids, ...this.applications].some(looksRounded)) hints.push(ROUNDED_ADVICE);
		if (!this.isIncluded) {
			hints.push('To get an item for each, set the option \'If Not Found\' to "Include".');
		}
		return hints;
	}
}

/** The item in place of a missing result. The second argument says what was asked for. */
export function notFoundItem(
	reason: Reason,
	{ applicationId, externalApplicationId, id, talentId }: Partial<Subject> & { id?: string } = {},
): IDataObject {
	const isRounded = [applicationId, externalApplicationId, id, talentId].some((asked) =>
		looksRounded(asked ?? ''),
	);
	return {
		found: false,
		...(id && { id }),
		...(applicationId && { application_id: applicationId }),
		...(externalApplicationId && { external_application_id: externalApplicationId }),
		reason,
		...(isRounded && { note: ROUNDED_ADVICE }),
	};
}

/** @returns the advice for a user, and for an AI model */
function advice(check: string, ids: readonly string[]): [string, string] {
	const told = `${ids.some(looksRounded) ? `${ROUNDED_ADVICE} ` : ''}${check}`;
	return [`${told}, or ${IF_NOT_FOUND}.`, `${told}.`];
}

/** Puts rounded IDs first, so that even a long list names them. */
const listedIds = (ids: readonly string[]): string =>
	listed(
		[...ids].sort((a, b) => Number(looksRounded(b)) - Number(looksRounded(a))),
		NAMED_IDS,
	);

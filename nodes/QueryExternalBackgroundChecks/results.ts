import { deepCopy, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { simplified } from '../shared/hire/simplify';
import { applicationOf, isAskedFor, NotFound, notFoundItem, talentOf } from './notFound';
import type { CandidateQuery, IdsQuery, ItemQuery, ScanQuery } from './plan';
import type { Answers } from './runPlan';
import type { Reason, Taken } from './taking';

const CUT_OFF =
	'There are more background checks than the limit let through, or there may be. To get all of them, turn on Return All.';

const EMPTY: Partial<Record<Reason, string>> = {
	noBackgroundCheck: 'There are no external background checks.',
	noMatch: 'There are external background checks, but none that matches the filters.',
};

/** How items are handed out. */
export interface Manner {
	/** IANA name of the workflow's time zone, for dates that people read. */
	timezone: string;
	/** Whether a model reads them: it sees no hints, and is told nothing of an empty list. */
	isForModel: boolean;
}

/** Hands the answers to the items that asked, each in its own order and linked to its item. */
export class Results {
	/** Objects already handed out: a second item gets its own copy, so that changing one leaves the other. */
	private readonly handedOut = new Set<IDataObject>();

	private readonly notFound = new NotFound();

	private isCutOff = false;

	constructor(
		private readonly answers: Answers,
		private readonly manner: Manner,
	) {}

	/**
	 * The output items of one input item, whose query was answered.
	 *
	 * @throws ParameterError when something was not found and that is to be an error
	 */
	itemsFor(query: ItemQuery): INodeExecutionData[] {
		const output = query.kind === 'ids' ? this.foundByIds(query) : this.taken(query);
		return output.map((json) => ({ json, pairedItem: { item: query.itemIndex } }));
	}

	/** What the person should know beside the items, as hints of the output panel. */
	hints(): string[] {
		return [...this.notFound.hints(), ...(this.isCutOff ? [CUT_OFF] : [])];
	}

	private taken(query: ScanQuery | CandidateQuery): IDataObject[] {
		const taking = this.answers.takings.get(query);
		// `runPlan` has told everybody's failure: whoever comes here was answered.
		if (!taking) throw new Error('An input item was left without an answer');
		const isPages = query.kind === 'scan' && query.responseFormat === 'pages';
		const output = isPages
			? taking.taken.map(({ json }) => this.own(json))
			: taking.taken.map((taken) => this.check(taken, query));
		if (taking.isCut) {
			this.isCutOff = true;
			if (this.manner.isForModel) output.push({ limit_reached: true, message: CUT_OFF });
		}
		if (taking.read === 0 || output.length === 0) {
			output.push(...this.nothing(taking.read > 0 ? 'noMatch' : taking.reason, query, isPages));
		}
		return output;
	}

	/** What stands for an empty answer. */
	private nothing(reason: Reason, query: ScanQuery | CandidateQuery, isPages: boolean) {
		// After a start token an empty page is the end of a list, and no list that is empty.
		if (query.kind === 'scan' && query.scope.pageToken !== undefined) return [];
		this.notFound.add(reason, query);
		if (isPages) return [];
		if (query.ifNotFound === 'include' && isAskedFor(query)) {
			const application = applicationOf(query);
			const names = application ? { external_application_id: application } : {};
			return [notFoundItem(reason, names, talentOf(query))];
		}
		return this.manner.isForModel ? [{ ...notFoundItem(reason), message: EMPTY[reason] }] : [];
	}

	private foundByIds(query: IdsQuery): IDataObject[] {
		const found = this.answers.found.get(query);
		const missing = query.ids.filter((id) => !found?.has(id));
		this.notFound.addIds(missing, query);
		const isIncluded =
			query.ifNotFound === 'include' ||
			(this.manner.isForModel && missing.length === query.ids.length);
		return query.ids.flatMap((id) => {
			const json = found?.get(id);
			if (json) return [this.check({ json }, query)];
			return isIncluded ? [notFoundItem('noBackgroundCheck', { id })] : [];
		});
	}

	private check({ json, beside }: Taken, { simple }: ItemQuery): IDataObject {
		const check = this.own(json);
		return {
			...(simple ? simplified(check, this.manner.timezone) : check),
			...(beside && deepCopy(beside)),
		};
	}

	private own(json: IDataObject): IDataObject {
		const isCopy = this.handedOut.has(json);
		this.handedOut.add(json);
		return isCopy ? deepCopy(json) : json;
	}
}

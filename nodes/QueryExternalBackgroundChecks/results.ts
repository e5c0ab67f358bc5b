import { deepCopy, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { ParameterError } from '../shared/form/parameterError';
import type { BackgroundCheckPage } from '../shared/hire/backgroundChecks';
import type { IdsQuery, ItemQuery, ScanQuery } from './plan';
import type { Answers } from './runPlan';

/** How many missing IDs a message names. */
const NAMED_IDS = 10;

/** Hands the answers to the items that asked, each in its own order and linked to its item. */
export class Results {
	/** Objects already handed out: a second item gets its own copy, so that changing one leaves the other. */
	private readonly handedOut = new Set<IDataObject>();

	/** IDs that were skipped because Feishu does not know them. */
	private readonly missing = new Set<string>();

	private readonly cutOff: number[] = [];

	constructor(private readonly answers: Answers) {}

	/**
	 * The output items of one input item.
	 *
	 * @throws FeishuError or ParameterError when the item has no complete answer
	 */
	itemsFor(query: ItemQuery): INodeExecutionData[] {
		return query.kind === 'scan' ? this.scanned(query) : this.foundByIds(query);
	}

	/** What the person should know beside the items, as hints of the output panel. */
	hints(): string[] {
		const hints: string[] = [];
		if (this.missing.size > 0) {
			hints.push(
				`Feishu did not find ${this.missing.size} of the IDs: ${listed([...this.missing])}. To get an item for each, set the option If Not Found to "Include".`,
			);
		}
		if (this.cutOff.length > 0) {
			hints.push(
				'There are more background checks than the limit let through. To get all of them, turn on Return All.',
			);
		}
		return hints;
	}

	private scanned(query: ScanQuery): INodeExecutionData[] {
		const pages = this.pagesOf(query);
		const limit = query.limit ?? Infinity;
		if (query.responseFormat === 'pages') {
			return pages.map((page) => this.output(page, query.itemIndex));
		}
		const output: INodeExecutionData[] = [];
		for (const page of pages) {
			for (const check of page.items) {
				if (output.length < limit) output.push(this.output(check, query.itemIndex));
			}
		}
		const read = pages.reduce((sum, page) => sum + page.items.length, 0);
		if (read > output.length || pages[pages.length - 1]?.has_more)
			this.cutOff.push(query.itemIndex);
		return output;
	}

	private foundByIds(query: IdsQuery): INodeExecutionData[] {
		const { ids, itemIndex, ifNotFound } = query;
		const pages = query.responseFormat === 'pages' ? this.pagesOf(query) : undefined;
		const found = pages
			? new Set(pages.flatMap((page) => page.items.map(({ id }) => id)))
			: this.answers.checks;
		const output = (pages ?? []).map((page) => this.output(page, itemIndex));
		const missing: string[] = [];
		for (const id of ids) {
			if (this.answers.errors.has(id)) throw this.answers.errors.get(id);
			if (!found.has(id)) missing.push(id);
			const check = pages ? undefined : this.answers.checks.get(id);
			if (check) output.push(this.output(check, itemIndex));
			if (!found.has(id) && ifNotFound === 'include') {
				output.push(this.output({ id, found: false }, itemIndex));
			}
		}
		if (missing.length > 0 && ifNotFound === 'error') {
			throw new ParameterError(
				'External Background Check IDs',
				`holds ${missing.length === 1 ? 'an ID' : `${missing.length} IDs`} that Feishu does not know: ${listed(missing)}`,
				'Check the IDs, or set the option If Not Found to "Skip" or "Include".',
			);
		}
		if (ifNotFound === 'skip') missing.forEach((id) => this.missing.add(id));
		return output;
	}

	private pagesOf(query: ScanQuery | IdsQuery): BackgroundCheckPage[] {
		if (this.answers.errors.has(query)) throw this.answers.errors.get(query);
		return this.answers.pages.get(query) ?? [];
	}

	private output(json: IDataObject, itemIndex: number): INodeExecutionData {
		const isCopy = this.handedOut.has(json);
		this.handedOut.add(json);
		return { json: isCopy ? deepCopy(json) : json, pairedItem: { item: itemIndex } };
	}
}

function listed(ids: readonly string[]): string {
	const more = ids.length > NAMED_IDS ? ` and ${ids.length - NAMED_IDS} more` : '';
	return ids.slice(0, NAMED_IDS).join(', ') + more;
}

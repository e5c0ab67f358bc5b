import { deepCopy, type IDataObject } from 'n8n-workflow';
import type { Run } from '../run/operation';
import { NotFound, notFoundItem, type Asked, type Reason } from './notFound';
import type { Selected, Selection } from './selection';

/** The records that an operation reads. */
export interface Rows {
	/** Their name in messages. */
	name: string;
	/** The label of the parameter with their IDs. */
	idsLabel: string;
	/** The reason if there are none. */
	none: Reason;
	simplify: (row: IDataObject, timezone: string) => IDataObject;
}

/** The form in which an item wants its rows. */
export interface Wish extends Asked {
	/** Whether to simplify rows; otherwise they are as Feishu sent them. */
	simple: boolean;
	/** The wanted fields of a simplified row; if absent, all. */
	only?: readonly string[];
}

const cutOff = ({ name }: Rows) => `There may be more ${name} than the limit allows.`;

/** Makes the output items for each input item. */
export class Output {
	/**
	 * Objects already handed out. Another item gets its own copy, so that changing one does not
	 * change the other.
	 */
	private readonly handedOut = new Set<IDataObject>();

	private readonly notFound: NotFound;

	private isCutOff = false;

	constructor(
		private readonly run: Run,
		private readonly rows: Rows,
	) {
		this.notFound = new NotFound(run);
		run.hints.add(() =>
			this.isCutOff ? [`${cutOff(rows)} To get all of them, turn on Return All.`] : [],
		);
	}

	/**
	 * @param format whether pages were selected, and whether the list began at a page token
	 * @throws ParameterError if nothing was found and the option says Error
	 */
	ofSelection(
		request: Wish,
		selection: Pick<Selection<never>, 'isCutOff' | 'read' | 'reason' | 'selected'>,
		{ isPages = false, isContinued = false } = {},
	): IDataObject[] {
		const output = selection.selected.map((selected) =>
			isPages ? this.own(selected.json) : this.row(selected, request),
		);
		if (selection.isCutOff) {
			this.isCutOff = true;
			if (this.run.isForModel) output.push({ limit_reached: true, message: cutOff(this.rows) });
		}
		if (isContinued || (selection.read > 0 && output.length > 0)) return output;
		const reason = selection.read > 0 ? 'noMatch' : (selection.reason ?? this.rows.none);
		const nothing = this.notFound.add(reason, request);
		return isPages ? output : [...output, ...nothing];
	}

	/**
	 * @param loaded a record for each ID, or undefined
	 * @throws ParameterError if one was not found and the option says Error
	 */
	ofIds(
		request: Wish,
		ids: readonly string[],
		loaded: ReadonlyArray<IDataObject | undefined>,
	): IDataObject[] {
		const missing = ids.filter((_id, index) => !loaded[index]);
		this.notFound.addIds(this.rows.idsLabel, missing, request);
		const isIncluded =
			request.ifNotFound === 'include' || (this.run.isForModel && missing.length === ids.length);
		return ids.flatMap((id, index) => {
			const json = loaded[index];
			if (json) return [this.row({ json }, request)];
			return isIncluded ? [notFoundItem(this.rows.none, { id })] : [];
		});
	}

	private row({ json, beside }: Selected, { only, simple }: Wish): IDataObject {
		const sent = { ...this.own(json), ...(beside && deepCopy(beside)) };
		if (!simple) return sent;
		const row = this.rows.simplify(sent, this.run.timezone);
		return only ? Object.fromEntries(only.map((field) => [field, row[field]])) : row;
	}

	private own(json: IDataObject): IDataObject {
		const isCopy = this.handedOut.has(json);
		this.handedOut.add(json);
		return isCopy ? deepCopy(json) : json;
	}
}

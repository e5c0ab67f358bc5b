import { deepCopy, type IDataObject } from 'n8n-workflow';
import { simplified } from '../../../hire/simplify';
import type { BackgroundCheck } from '../../../hire/types';
import type { Run } from '../../../run/operation';
import { NotFound, notFoundItem } from '../../notFound';
import type { QueryRequest } from './request';
import type { Selected, Selection } from './selection';

const CUT_OFF = 'There are more background checks than the limit let through, or there may be.';

/** Makes output items of what was found for each input item. */
export class Output {
	/** Objects already handed out: a second item gets its own copy, so that changing one leaves the other. */
	private readonly handedOut = new Set<IDataObject>();

	private readonly notFound: NotFound;

	private isCutOff = false;

	constructor(private readonly run: Run) {
		this.notFound = new NotFound(run);
		run.hints.add(() =>
			this.isCutOff ? [`${CUT_OFF} To get all of them, turn on Return All.`] : [],
		);
	}

	/**
	 * @param format whether pages were selected, and whether the list began at a page token
	 * @throws ParameterError when nothing was found and that is to be an error
	 */
	ofSelection(
		request: QueryRequest,
		selection: Selection,
		{ isPages = false, isContinued = false } = {},
	): IDataObject[] {
		const output = selection.selected.map((selected) =>
			isPages ? this.own(selected.json) : this.check(selected, request),
		);
		if (selection.isCutOff) {
			this.isCutOff = true;
			if (this.run.isForModel) output.push({ limit_reached: true, message: CUT_OFF });
		}
		if (isContinued || (selection.read > 0 && output.length > 0)) return output;
		const reason = selection.read > 0 ? 'noMatch' : selection.reason;
		const nothing = this.notFound.add(reason, request);
		return isPages ? output : [...output, ...nothing];
	}

	/**
	 * @param loaded a check for each ID, or none
	 * @throws ParameterError when one was not found and that is to be an error
	 */
	ofIds(
		request: QueryRequest,
		ids: readonly string[],
		loaded: ReadonlyArray<BackgroundCheck | undefined>,
	): IDataObject[] {
		const missing = ids.filter((_id, index) => !loaded[index]);
		this.notFound.addIds(missing, request);
		const isIncluded =
			request.ifNotFound === 'include' || (this.run.isForModel && missing.length === ids.length);
		return ids.flatMap((id, index) => {
			const json = loaded[index];
			if (json) return [this.check({ json }, request)];
			return isIncluded ? [notFoundItem('noBackgroundCheck', { id })] : [];
		});
	}

	private check({ json, beside }: Selected, { simple }: QueryRequest): IDataObject {
		const row = { ...this.own(json), ...(beside && deepCopy(beside)) };
		return simple ? simplified(row, this.run.timezone) : row;
	}

	private own(json: IDataObject): IDataObject {
		const isCopy = this.handedOut.has(json);
		this.handedOut.add(json);
		return isCopy ? deepCopy(json) : json;
	}
}

import type { IDataObject } from 'n8n-workflow';

/** Renames fields of Feishu that clash with ours to `feishu_…`. @param own our field names */
export const withoutFields = (own: readonly string[], record: IDataObject): IDataObject =>
	own.some((field) => field in record)
		? Object.fromEntries(
				Object.entries(record).map(([field, value]) => [
					own.includes(field) ? `feishu_${field}` : field,
					value,
				]),
			)
		: record;

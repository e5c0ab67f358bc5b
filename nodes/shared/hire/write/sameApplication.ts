import type { IDataObject } from 'n8n-workflow';
import { FeishuError } from '../../feishu/failure';
import type { ExternalApplication } from '../api/externalApplications';
import { epochMs } from '../simplify';

const TIMES = new Set(['create_time', 'modify_time']);

/** Feishu may trim a text, send a time as text, and omit an empty field. */
function asCompared(field: string, value: unknown): unknown {
	if (TIMES.has(field)) return epochMs(value);
	if (typeof value === 'string') return value.trim() || null;
	// "默认值为空": no enumeration has a value 0.
	return value === 0 ? null : (value ?? null);
}

const differing = (application: IDataObject, meant: IDataObject, fields: readonly string[]) =>
	fields.filter(
		(field) => asCompared(field, application[field]) !== asCompared(field, meant[field]),
	);

/** Whether an application has this content. @param fields Feishu's names of the fields to compare */
export const isSameApplication = (
	application: ExternalApplication,
	meant: IDataObject,
	fields: readonly string[],
): boolean => differing(application, meant, fields).length === 0;

/**
 * Compares the application in Feishu's answer with what was written.
 *
 * @throws FeishuError naming the application and the fields that were lost
 */
export function assertApplicationWritten(
	application: ExternalApplication,
	meant: IDataObject,
	fields: readonly string[],
): void {
	const lost = differing(application, meant, fields);
	if (lost.length === 0) return;
	throw new FeishuError({
		message: `The external application ${application.id} in Feishu differs from what was sent: different ${lost.join(', ')}`,
		reaction: 'fail',
		outcome: 'done',
		advice:
			'Check the external application in Feishu Hire. If you set an External ID that was used in the last 24 hours, Feishu kept the record created then.',
	});
}

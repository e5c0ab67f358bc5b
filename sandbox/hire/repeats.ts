import type { RecordStore } from '../data/recordStore';
import { type Answer, parameterError, success } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';

interface Creation<T> {
	kind: 'check' | 'application';
	/** The name of the record in the answer. */
	field: string;
	store: RecordStore<T & { id: string }>;
	externalId: string | undefined;
	/** Makes the record. Called only if none was made with the same `external_id`. */
	make: () => T & { id: string };
}

/**
 * Creates one record per `external_id` within 24 hours; without `external_id`, one per request. The
 * answer to a repeat is an open question; its new values are never stored.
 */
export function createOnce<T>(
	tenant: Tenant,
	request: RequestRecord,
	{ kind, field, store, externalId, make }: Creation<T>,
): Answer {
	const now = tenant.now();
	const earlier = externalId ? tenant.externalIds.find(kind, externalId, now) : undefined;
	if (earlier === undefined) {
		const record = make();
		if (externalId) tenant.externalIds.remember(kind, externalId, record.id, now);
		return success({ [field]: record });
	}
	const { repeatedExternalId } = tenant.options.open;
	if (repeatedExternalId === 'error') return parameterError(request, 'external_id is repeated');
	const record = store.byId(earlier);
	return success(repeatedExternalId === 'record' && record ? { [field]: record } : {});
}

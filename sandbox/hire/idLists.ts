import type { RecordStore } from '../data/recordStore';
import { EarlyAnswer, parameterError } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { isId, readTexts } from './body';
import { pageAnswer } from './paging';

const maxIds = 20;

/**
 * The list of IDs in a body, which overrides every other condition.
 * @returns undefined if there is none, or an empty one that counts as none
 * @throws EarlyAnswer with the refusal, or with the empty answer if the switch says so
 */
export function readIdList(
	tenant: Tenant,
	request: RequestRecord,
	body: Record<string, unknown>,
	field: string,
	store: { byId: (id: string) => unknown },
): string[] | undefined {
	const list = readTexts(tenant, request, body, field);
	if (list === undefined) return undefined;
	const refuse = (why: string) => new EarlyAnswer(parameterError(request, `${field} ${why}`));
	if (list.length > maxIds) throw refuse(`holds more than ${maxIds} IDs`);
	if (!list.every(isId)) throw refuse('holds what is no ID');
	const { emptyIdList, unknownIds } = tenant.options.open;
	const isKnown = (id: string) => store.byId(id) !== undefined;
	if (unknownIds === 'error' && !list.every(isKnown)) throw refuse('holds an unknown ID');
	if (list.length > 0) return list;
	if (emptyIdList === 'all') return undefined;
	throw nothing(tenant, request, emptyIdList, `${field} is empty`);
}

/** An empty page, or the refusal. */
export function nothing(
	tenant: Tenant,
	request: RequestRecord,
	reading: 'empty' | 'error',
	why: string,
): EarlyAnswer {
	return new EarlyAnswer(
		reading === 'empty'
			? pageAnswer(tenant, { records: [], next: undefined })
			: parameterError(request, why),
	);
}

/** The known ones among the requested IDs, each once, in the order that the switch selects. */
export function listed<T extends { id: string }>(
	tenant: Tenant,
	store: RecordStore<T>,
	ids: string[],
): T[] {
	const found = [...new Set(ids)].filter((id) => store.byId(id) !== undefined);
	const { idOrder } = tenant.options.open;
	if (idOrder === 'reversed') found.reverse();
	if (idOrder === 'stored') {
		found.sort((a, b) => (store.placeOf(a) ?? 0) - (store.placeOf(b) ?? 0));
	}
	return found.flatMap((id) => store.byId(id) ?? []);
}

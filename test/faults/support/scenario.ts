import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { type FaultAction, type RequestRecord, type Sandbox, startSandbox } from '../../../sandbox';
import { itemOf } from '../../harness/itemOf';
import {
	brokenChains,
	curable,
	type Fault,
	incurable,
	isOfTheApp,
	openEnds,
	type Treatment,
} from './catalogue';
import { lacking } from './lacking';
import { PageCounter } from './pages';
import { query } from './runs';
import { addApp, checksOf, storeFor } from './tenant';

type Change = Extract<FaultAction, (...args: never[]) => unknown>;

/**
 * What can happen here: the catalogue, except faults that need a switch of the sandbox or a timeout
 * to show.
 */
const FAULTS = new Map(
	[
		...curable.filter((fault) => !fault.timeoutMs && fault.open?.expiredTokenStatus !== 200),
		...incurable,
		...brokenChains.filter((fault) => fault.do === 'token_missing'),
		// As the first page it would be an empty list, so the fault spares it.
		...openEnds.map((fault): Fault => ({ ...fault, do: afterFirst(fault.do) })),
		// Without an application in the query, every check belongs to the tenant, so the fault spares
		// it.
		failing('foreign row', withForeignRow),
		failing('wrong parameter', { kind: 'answer', status: 400, code: 1002002 }),
	].map((fault) => [fault.name, fault]),
);

function failing(name: string, action: FaultAction): Fault {
	return { name, do: action, treatment: 'fail', title: /./ };
}

function afterFirst(action: Fault['do']): FaultAction {
	return (request, answer) =>
		request.query.page_token && typeof action === 'function' ? action(request, answer) : answer;
}

/** Adds a check to a page that was not asked for. */
function withForeignRow(...[request, answer]: Parameters<Change>): ReturnType<Change> {
	if (!request.query.external_application_id && !request.body.includes('_list')) return answer;
	const foreign = { id: '888', external_application_id: '42' };
	const add = lacking(({ items, ...rest }) => ({
		...rest,
		items: [...((items as unknown[] | undefined) ?? []), foreign],
	})) as Change;
	return add(request, answer);
}

const OPERATIONS = { application: 'getByApplication', ids: 'getByIds', all: 'getMany' } as const;

/** A random tenant, query and sequence of faults. */
export interface Scenario {
	/** The number of checks of each application. */
	sizes: number[];
	/** The applications that the input items ask for; in mode `ids`, whose checks. */
	items: number[];
	mode: 'application' | 'ids' | 'all';
	pageSize: number;
	/** The most checks that each item wants; if undefined, all. */
	limits: Array<number | undefined>;
	/** The item whose IDs are an array with a hole, if any. */
	hole?: number;
	/** Whether On Error is Continue. */
	continues: boolean;
	idOrder: 'stored' | 'asked' | 'reversed';
	/** What changes after each answer, if anything. */
	moving:
		| 'nothing'
		| 'additions before (offset)'
		| 'additions behind (cursor)'
		| 'deletions (cursor)';
	/** The n-th request to batch_query, from 1, meets this fault. */
	faults: Array<{ nth: number; name: string }>;
}

export const scenarios: fc.Arbitrary<Scenario> = fc
	.record({
		sizes: fc.array(fc.nat(45), { minLength: 1, maxLength: 4 }),
		items: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
		mode: fc.constantFrom('application' as const, 'ids' as const, 'all' as const),
		pageSize: fc.integer({ min: 1, max: 20 }),
		limits: fc.array(fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined, freq: 3 }), {
			minLength: 4,
			maxLength: 4,
		}),
		hole: fc.oneof(
			{ weight: 9, arbitrary: fc.constant(undefined) },
			{ weight: 1, arbitrary: fc.nat(3) },
		),
		continues: fc.boolean(),
		idOrder: fc.constantFrom('stored' as const, 'asked' as const, 'reversed' as const),
		moving: fc.constantFrom(
			'nothing' as const,
			'additions before (offset)' as const,
			'additions behind (cursor)' as const,
			'deletions (cursor)' as const,
		),
		faults: fc.uniqueArray(
			fc.record({
				nth: fc.integer({ min: 1, max: 25 }),
				name: fc.constantFrom(...FAULTS.keys()),
			}),
			{ selector: ({ nth }) => nth, maxLength: 8 },
		),
	})
	.map((scenario) => ({
		...scenario,
		items: scenario.items.map((item) => item % scenario.sizes.length),
		hole:
			scenario.hole === undefined || scenario.mode === 'all'
				? undefined
				: scenario.hole % scenario.items.length,
	}));

const applicationOf = (index: number) => String(7330000000000000001n + BigInt(index));

/**
 * Whether all of these faults, except those of treatment `fail`, can be cured within the limits of
 * one request.
 */
function isCurable({ faults }: Scenario): boolean {
	const count = (treatment: Treatment) =>
		faults.filter(({ name }) => FAULTS.get(name)!.treatment === treatment).length;
	return count('renewToken') <= 1 && count('wait') <= 2 && count('retry') <= 4;
}

/** A request that met a fault of treatment `fail`. */
interface Hit {
	name: string;
	request: RequestRecord;
}

/** Says for each item whether it may fail: whether a request that it made, or had to wait for, was hit. */
function mayFail(scenario: Scenario, sandbox: Sandbox, wanted: string[][], hits: Hit[]) {
	const { mode, items, limits, pageSize, hole, moving } = scenario;
	const pageOf = ({ n, query: { page_size } }: RequestRecord): number => {
		const counter = new PageCounter();
		const alike = sandbox
			.requests('batch_query')
			.filter((request) => request.query.page_size === page_size && request.n <= n);
		return alike.reduce((_page, request) => counter.pageOf(request), 1);
	};
	const isHit = (item: number, { name, request }: Hit): boolean => {
		if (isOfTheApp(FAULTS.get(name)!)) return true;
		if (mode === 'ids') {
			return [...wanted[item]!, '999'].some((id) => request.body.includes(`"${id}"`));
		}
		const limit = limits[item] ?? Infinity;
		const size = Math.min(pageSize, limit);
		const isIts =
			mode === 'all' || request.query.external_application_id === applicationOf(items[item]!);
		if (!isIts || request.query.page_size !== String(size)) return false;
		return moving !== 'nothing' || (pageOf(request) - 1) * size < limit;
	};
	return (item: number): boolean =>
		item === hole || !isCurable(scenario) || hits.some((hit) => isHit(item, hit));
}

/**
 * Runs the node in the scenario.
 *
 * @throws if anything is lost, doubled, invented, out of order or output besides an error, or if an
 * item fails without a reason
 */
export async function expectAllOrError(scenario: Scenario): Promise<'complete' | 'error'> {
	const sandbox = await startSandbox({
		requestsPerSecond: null,
		checks: scenario.sizes.flatMap((size, index) =>
			checksOf(applicationOf(index), size, BigInt(index + 1) * 1_000_000n),
		),
		open: {
			idOrder: scenario.idOrder,
			paging: scenario.moving.endsWith('(offset)') ? 'offset' : 'cursor',
		},
	});
	try {
		const wanted = scenario.items.map((item) => idsWanted(sandbox, scenario, item));
		const { moved, hits } = moveData(sandbox, scenario);
		const result = await query(storeFor(sandbox, addApp(sandbox)), {
			items: scenario.items.map((item, index) => inputFor(sandbox, scenario, item, index)),
			parameters: parametersOf(scenario),
			options: { pageSize: scenario.pageSize },
			...(scenario.continues && { nodeSettings: { onError: 'continueRegularOutput' } }),
		});
		const isAllowed = mayFail(scenario, sandbox, wanted, hits);
		if (result.error) {
			const itemIndex = itemOf(result.error);
			if (scenario.continues || !isAllowed(itemIndex as number)) {
				throw new Error(
					`item ${itemIndex as number} failed for no reason: ${result.error.message}`,
				);
			}
			if (result.output().length > 0) throw new Error('items came out beside an error');
			if (scenario.hole !== undefined && sandbox.log.length > 0)
				throw new Error('sent with a hole');
			return 'error';
		}
		const perItem: IDataObject[][] = scenario.items.map(() => []);
		for (const { json, pairedItem } of result.output()) {
			perItem[(pairedItem as { item: number }).item]!.push(json);
		}
		const failed = perItem.map((output) => output.some((json) => 'error' in json));
		if (scenario.hole !== undefined && !failed[scenario.hole]) throw new Error('a hole passed');
		perItem.forEach((output, index) => {
			if (!failed[index]) {
				const ids = output.map(({ id }) => id as string);
				checkItem(scenario, ids, wanted[index]!, moved, scenario.limits[index]);
			} else if (output.length > 1) throw new Error('items came out beside an error');
			else if (!isAllowed(index)) {
				throw new Error(`item ${index} failed for no reason: ${JSON.stringify(output[0])}`);
			}
		});
		return failed.includes(true) ? 'error' : 'complete';
	} finally {
		await sandbox.close();
	}
}

const idsWanted = (sandbox: Sandbox, { mode }: Scenario, item: number) =>
	(mode === 'all' ? sandbox.checks.all() : sandbox.checks.byApplication(applicationOf(item))).map(
		({ id }) => id,
	);

const parametersOf = ({ mode }: Scenario): INodeParameters => ({
	operation: OPERATIONS[mode],
	externalApplicationId: '={{ $json.hole ? Array(1) : $json.application }}',
	externalBackgroundCheckIds: '={{ $json.hole ? [$json.application, , "1"] : $json.ids }}',
	returnAll: '={{ $json.limit === null }}',
	limit: '={{ $json.limit ?? 1 }}',
});

/** Always includes one unknown ID, because an empty list would be refused. */
function inputFor(
	sandbox: Sandbox,
	scenario: Scenario,
	item: number,
	index: number,
): INodeExecutionData {
	const ids = [...idsWanted(sandbox, { ...scenario, mode: 'ids' }, item), '999'].join(',');
	const limit = scenario.limits[index] ?? null;
	const hole = scenario.hole === index;
	return { json: { application: applicationOf(item), ids, limit, hole } };
}

/**
 * Switches on faults and data changes.
 * @returns the IDs that were added or removed, and the hits, as they happen
 */
function moveData(sandbox: Sandbox, { moving, faults }: Scenario) {
	const moved = new Set<string>();
	const hits: Hit[] = [];
	for (const { nth, name } of faults) {
		const { treatment, do: action } = FAULTS.get(name)!;
		const when = (request: RequestRecord) => {
			if (treatment === 'fail') hits.push({ name, request });
			return true;
		};
		sandbox.fault({ api: 'batch_query', nth, when, do: action });
	}
	if (moving === 'nothing') return { moved, hits };
	sandbox.checks.addAt = moving.startsWith('additions before') ? 'start' : 'end';
	let step = 0;
	sandbox.fault({
		api: 'batch_query',
		times: 12,
		do: (_request, answer) => {
			step += 1;
			if (moving.startsWith('additions')) {
				const [check] = checksOf(applicationOf(0), 1, 90_000_000n + BigInt(step));
				moved.add(sandbox.checks.add(check!).id);
			} else {
				const all = sandbox.checks.all();
				const victim = all[(step * 7) % Math.max(1, all.length)];
				if (victim && sandbox.checks.remove(victim.id)) moved.add(victim.id);
			}
			return answer;
		},
	});
	return { moved, hits };
}

function checkItem(
	scenario: Scenario,
	ids: string[],
	wanted: string[],
	moved: Set<string>,
	wish?: number,
): void {
	const got = new Set(ids);
	if (got.size !== ids.length) throw new Error('doubled');
	const known = new Set(wanted);
	const invented = ids.filter((id) => !known.has(id) && !moved.has(id));
	if (invented.length > 0) throw new Error(`not asked for: ${invented.join()}`);
	const stayed = wanted.filter((id) => !moved.has(id));
	const limit = scenario.mode === 'ids' ? Infinity : (wish ?? Infinity);
	if (ids.length > limit) throw new Error('more than the limit');
	if (ids.length < limit) {
		const lost = stayed.filter((id) => !got.has(id));
		if (lost.length > 0) throw new Error(`lost: ${lost.join()}`);
	}
	const inOrder = ids.filter((id) => known.has(id));
	const order = wanted.filter((id) => got.has(id));
	if (inOrder.join() !== order.join()) throw new Error('out of order');
}

import fc from 'fast-check';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { type FaultAction, type PlainFault, type Sandbox, startSandbox } from '../../../sandbox';
import { lacking } from './lacking';
import { query } from './runs';
import { addApp, checksOf, storeFor } from './tenant';

type Kind = 'retry' | 'wait' | 'renewToken' | 'fail';

const FAULTS: Record<string, { kind: Kind; do: FaultAction | PlainFault }> = {
	reset: { kind: 'retry', do: 'reset' },
	cut: { kind: 'retry', do: 'cut' },
	truncated: { kind: 'retry', do: 'truncated' },
	empty: { kind: 'retry', do: 'empty' },
	html: { kind: 'retry', do: { kind: 'html', status: 502 } },
	'html 200': { kind: 'retry', do: { kind: 'html', status: 200 } },
	'no code': { kind: 'retry', do: 'no_code' },
	'system error': { kind: 'retry', do: { kind: 'answer', status: 500, code: 1002001 } },
	'internal error': { kind: 'retry', do: { kind: 'answer', status: 200, code: 2200 } },
	'rate limit': { kind: 'wait', do: { kind: 'rate_limit', reset: 1 } },
	'rate limit as 200': { kind: 'wait', do: { kind: 'rate_limit', reset: null, status: 200 } },
	'token expired': { kind: 'renewToken', do: 'expire' },
	'token refused': { kind: 'renewToken', do: { kind: 'answer', status: 200, code: 99991671 } },
	// As first page it is an empty list: there the fault spares it.
	'no data': { kind: 'fail', do: afterFirst(lacking(() => undefined)) },
	'empty data': { kind: 'fail', do: afterFirst(lacking(() => ({}))) },
	'no has_more': {
		kind: 'fail',
		do: lacking(({ items, page_token }) => ({ items, page_token })),
	},
	'token missing': { kind: 'fail', do: 'token_missing' },
	quota: { kind: 'fail', do: { kind: 'answer', status: 429, code: 99991403 } },
	'wrong parameter': { kind: 'fail', do: { kind: 'answer', status: 400, code: 1002002 } },
};

function afterFirst(action: FaultAction): FaultAction {
	return (request, answer) =>
		request.query.page_token && typeof action === 'function' ? action(request, answer) : answer;
}

const OPERATIONS = { application: 'getByApplication', ids: 'getByIds', all: 'getMany' } as const;

/** A random tenant, query and bad day. */
export interface Scenario {
	/** Checks of each application. */
	sizes: number[];
	/** Which applications the input items ask for; in mode `ids`, whose checks. */
	items: number[];
	mode: 'application' | 'ids' | 'all';
	pageSize: number;
	/** Most checks wanted; absent: all. */
	limit?: number;
	idOrder: 'stored' | 'asked' | 'reversed';
	/** What changes after each answer, if anything does. */
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
		limit: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined, freq: 3 }),
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
				name: fc.constantFrom(...Object.keys(FAULTS)),
			}),
			{ selector: ({ nth }) => nth, maxLength: 8 },
		),
	})
	.map((scenario) => ({
		...scenario,
		items: scenario.items.map((item) => item % scenario.sizes.length),
	}));

const applicationOf = (index: number) => String(7330000000000000001n + BigInt(index));

/** Whether these faults, wherever they fall, can all be cured within the bounds of one request. */
function isHarmless({ faults }: Scenario): boolean {
	const count = (kind: Kind) => faults.filter(({ name }) => FAULTS[name]!.kind === kind).length;
	return (
		count('fail') === 0 && count('renewToken') <= 1 && count('wait') <= 2 && count('retry') <= 4
	);
}

/**
 * Runs the node in the scenario.
 *
 * @throws when something is lost, doubled, invented, out of order, handed out beside an error, or
 * when the run fails although nothing happened that it should not survive
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
		const moved = moveData(sandbox, scenario);
		const result = await query(storeFor(sandbox, addApp(sandbox)), {
			items: scenario.items.map((item) => inputFor(sandbox, scenario, item)),
			parameters: parametersOf(scenario),
			options: { pageSize: scenario.pageSize },
		});
		if (result.error) {
			if (isHarmless(scenario)) throw new Error(`failed for no reason: ${result.error.message}`);
			if (result.output().length > 0) throw new Error('items came out beside an error');
			return 'error';
		}
		const perItem: string[][] = scenario.items.map(() => []);
		for (const { json, pairedItem } of result.output()) {
			perItem[(pairedItem as { item: number }).item]!.push(json.id as string);
		}
		perItem.forEach((ids, index) => checkItem(scenario, ids, wanted[index]!, moved));
		return 'complete';
	} finally {
		await sandbox.close();
	}
}

const idsWanted = (sandbox: Sandbox, { mode }: Scenario, item: number) =>
	(mode === 'all' ? sandbox.checks.all() : sandbox.checks.byApplication(applicationOf(item))).map(
		({ id }) => id,
	);

function parametersOf({ mode, limit }: Scenario): INodeParameters {
	return {
		operation: OPERATIONS[mode],
		externalApplicationId: '={{ $json.application }}',
		externalBackgroundCheckIds: '={{ $json.ids }}',
		returnAll: limit === undefined,
		...(limit !== undefined && { limit }),
	};
}

/** One ID that nobody knows is always asked for as well: an empty list would be refused. */
function inputFor(sandbox: Sandbox, scenario: Scenario, item: number): INodeExecutionData {
	const ids = [...idsWanted(sandbox, { ...scenario, mode: 'ids' }, item), '999'];
	return { json: { application: applicationOf(item), ids: ids.join(',') } };
}

/** Switches faults and movement on. @returns the IDs that came or went, as it happens */
function moveData(sandbox: Sandbox, { moving, faults }: Scenario): Set<string> {
	const moved = new Set<string>();
	for (const { nth, name } of faults)
		sandbox.fault({ api: 'batch_query', nth, do: FAULTS[name]!.do });
	if (moving === 'nothing') return moved;
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
	return moved;
}

function checkItem(scenario: Scenario, ids: string[], wanted: string[], moved: Set<string>): void {
	const got = new Set(ids);
	if (got.size !== ids.length) throw new Error('doubled');
	const known = new Set(wanted);
	const invented = ids.filter((id) => !known.has(id) && !moved.has(id));
	if (invented.length > 0) throw new Error(`not asked for: ${invented.join()}`);
	const stayed = wanted.filter((id) => !moved.has(id));
	const limit = scenario.mode === 'ids' ? Infinity : (scenario.limit ?? Infinity);
	if (ids.length > limit) throw new Error('more than the limit');
	if (ids.length < limit) {
		const lost = stayed.filter((id) => !got.has(id));
		if (lost.length > 0) throw new Error(`lost: ${lost.join()}`);
	}
	const inOrder = ids.filter((id) => known.has(id));
	const order = wanted.filter((id) => got.has(id));
	if (inOrder.join() !== order.join()) throw new Error('out of order');
}

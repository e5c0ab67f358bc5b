import type { Sandbox } from '../../../sandbox';
import { brokenChains, curable, type Fault, incurable } from '../../faults/support/catalogue';

/** One row of the table. */
export interface Scenario {
	name: string;
	/** Switches it on in a tenant of 200 checks, ten pages. */
	prepare: (sandbox: Sandbox) => void;
}

const PAGE = 3;

/** The third request meets the fault, whoever sends it. */
const once = (fault: Fault): Scenario => ({
	name: fault.name,
	prepare: (sandbox) => {
		Object.assign(sandbox.options.open, fault.open);
		sandbox.fault({ api: 'batch_query', nth: PAGE, do: fault.do });
	},
});

/** The third request and all after it meet the fault. */
const forGood = (fault: Fault): Scenario => ({
	name: fault.name,
	prepare: (sandbox) => {
		Object.assign(sandbox.options.open, fault.open);
		let arrived = 0;
		sandbox.fault({
			api: 'batch_query',
			when: () => (arrived += 1) >= PAGE,
			always: true,
			do: fault.do,
		});
	},
});

/** @throws Error when the catalogue has no curable fault of this name */
export function faultNamed(name: string): Fault {
	const found = curable.find((fault) => fault.name === name);
	if (!found) throw new Error(`The catalogue has no fault called "${name}"`);
	return found;
}

/** The tables of docs/reliability.md, by their titles. */
export const tables: Record<string, Scenario[]> = {
	'One answer goes wrong: the third of ten': [
		{ name: 'nothing (for comparison)', prepare: () => {} },
		...curable.map(once),
		{
			name: 'others use the same budget: 2 requests/s are left',
			prepare: (sandbox) => {
				sandbox.options.requestsPerSecond = 2;
			},
		},
	],
	'From the third answer on all go wrong': [
		'expired token as HTTP 400',
		'token code 99991671',
		'rate limit as HTTP 429 with reset header',
		'connection reset',
		'HTTP 502',
		'code 1002001',
		'code 2200',
		'an empty body',
		'truncated JSON',
	]
		.map(faultNamed)
		.concat(incurable)
		.map(forGood),
	'The chain of pages is broken, from the third page on': brokenChains.map(forGood),
};

import type { Sandbox } from '../../../sandbox';
import { curable, type Fault } from '../../faults/support/catalogue';

/** A row of a table. */
export interface Scenario {
	name: string;
	/** Switches the scenario on in a tenant. */
	prepare: (sandbox: Sandbox) => void;
}

export const nothing: Scenario = { name: 'nothing (for comparison)', prepare: () => {} };

/** @throws Error if the catalogue has no curable fault with this name */
export function faultNamed(name: string): Fault {
	const found = curable.find((fault) => fault.name === name);
	if (!found) throw new Error(`The catalogue has no fault called "${name}"`);
	return found;
}

import type { Fault } from './catalogue';
import { modes, positions } from './modes';

/** The cases of the fault matrix: each fault at each position of a list, in each mode, with a title. */
export const casesOf = (faults: readonly Fault[]) =>
	faults.flatMap((fault) =>
		Object.entries(positions).flatMap(([position, page]) =>
			modes.map((mode) => ({
				fault,
				mode,
				page,
				title: `${fault.name}, ${position} page, ${mode.name}`,
			})),
		),
	);

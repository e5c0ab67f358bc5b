import { runnable } from '../shared/run/runItems';
import { getByApplication } from './operations/getByApplication';
import { getByCandidate } from './operations/getByCandidate';
import { getByIds } from './operations/getByIds';
import { getMany } from './operations/getMany';

/** What the node can do, in the order of its form. */
export const operations = [
	runnable(getByCandidate),
	runnable(getByApplication),
	runnable(getByIds),
	runnable(getMany),
];

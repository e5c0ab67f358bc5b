import { runnable } from '../../run/runItems';
import { getByApplication } from './getByApplication';
import { getByCandidate } from './getByCandidate';
import { getByIds } from './getByIds';
import { getMany } from './getMany';

/** The operations that read, in the order of the form; the query node and Feishu Hire have them. */
export const reads = [
	runnable(getByCandidate),
	runnable(getByApplication),
	runnable(getByIds),
	runnable(getMany),
];

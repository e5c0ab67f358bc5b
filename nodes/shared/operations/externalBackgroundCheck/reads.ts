import { getByApplication } from './getByApplication';
import { getByCandidate } from './getByCandidate';
import { getByIds } from './getByIds';
import { getMany } from './getMany';

/** The operations that read checks, in the order of the form. The query node and Feishu Hire share them. */
export const reads = [getByCandidate, getByApplication, getByIds, getMany];

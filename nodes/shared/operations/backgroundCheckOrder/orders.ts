import { getByApplication } from './getByApplication';
import { getByCandidate } from './getByCandidate';
import { getByIds } from './getByIds';
import { getMany } from './getMany';

/** The operations on background check orders, in the order of the form. */
export const orders = [getByApplication, getByCandidate, getByIds, getMany];

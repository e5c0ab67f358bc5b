import type { Answer } from '../types';

/** Thrown by a check that already knows the whole answer; the server sends it. */
export class EarlyAnswer extends Error {
	constructor(readonly answer: Answer) {
		super(`answered ${answer.status}`);
	}
}

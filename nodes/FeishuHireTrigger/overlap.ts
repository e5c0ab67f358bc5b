/**
 * One poll of a node at a time. n8n starts the next poll on schedule, whether or not the last one has
 * ended (n8n-core `triggers-and-pollers.js` only counts the overlap).
 *
 * A node is idle, or one poll of it is under way. A poll that begins while another is under way
 * - is left out, when both belong to one activation of the workflow and watch the same: the first scan
 *   of a large tenant then comes to its end, however short the interval;
 * - is left out as well, when it has a memory to compare with: the next one catches up;
 * - replaces the other one otherwise: n8n has activated the workflow anew, so the other poll belongs
 *   to an activation that was given up, and must not set, or emit, the same beginning a second time.
 */

/** What a poll is part of. */
export interface Beginning {
	/** The same object in all polls of one activation: n8n's static data of the node. */
	activation: object;
	/** What is watched: see `watchOf`. */
	watch: string;
	/** There is a memory of the same watch to compare with. */
	hasBaseline: boolean;
}

/** A poll's right to read and to move the state of its node. */
export interface PollUnderWay {
	/** Fires when the poll is replaced, and when it ends: requests that are still under way are given up. */
	signal: AbortSignal;
	/** A newer poll has replaced this one, which must neither emit nor move anything. */
	isReplaced: () => boolean;
	/** Call it when the poll is over, however it ends. */
	end: () => void;
}

interface Entry {
	beginning: Beginning;
	controller: AbortController;
}

/** The polls that are under way in this process, by node. */
const underWay = new Map<string, Entry>();

/**
 * Begins a poll, by the rules above.
 *
 * @param node names the node over all workflows
 * @returns undefined when the poll is left out
 */
export function beginPoll(node: string, beginning: Beginning): PollUnderWay | undefined {
	const other = underWay.get(node);
	if (other && !replaces(beginning, other.beginning)) return undefined;
	other?.controller.abort();
	const controller = new AbortController();
	const own: Entry = { beginning, controller };
	underWay.set(node, own);
	return {
		signal: controller.signal,
		isReplaced: () => underWay.get(node) !== own,
		end: () => {
			controller.abort();
			if (underWay.get(node) === own) underWay.delete(node);
		},
	};
}

function replaces(newer: Beginning, older: Beginning): boolean {
	if (newer.hasBaseline) return false;
	return newer.activation !== older.activation || newer.watch !== older.watch;
}

/**
 * One poll of a node at a time. n8n starts the next poll on schedule, whether or not the last one has
 * ended (n8n-core `triggers-and-pollers.js` only counts the overlap), and a poller can survive the
 * activation that it belongs to. So
 * - of one activation a poll that begins while another is under way is left out: the first scan of a
 *   large tenant then comes to its end, however short the interval;
 * - the activation that was seen last wins: its first poll replaces the one that is under way, and
 *   polls of earlier activations are left out from then on.
 */

/** A poll's right to read and to move the state of its node. */
export interface PollUnderWay {
	/** Fires when the poll is replaced, and when it ends: requests that are still under way are given up. */
	signal: AbortSignal;
	/** A newer activation has replaced this poll, which must neither emit nor move anything. */
	isReplaced: () => boolean;
	/** Call it when the poll is over, however it ends. */
	end: () => void;
}

/** In which order the activations were seen in this process. */
const places = new WeakMap<object, number>();
let lastPlace = 0;

/** The latest poll of each node; aborted once it is over. */
const latest = new Map<string, { place: number; controller: AbortController }>();

/**
 * Begins a poll, by the rules above.
 *
 * @param node names the node over all workflows
 * @param activation the same object in all polls of one activation
 * @returns undefined when the poll is left out
 */
export function beginPoll(node: string, activation: object): PollUnderWay | undefined {
	const place = placeOf(activation);
	const other = latest.get(node);
	if (other && place < other.place) return undefined;
	if (place === other?.place && !other.controller.signal.aborted) return undefined;
	other?.controller.abort();
	const controller = new AbortController();
	const own = { place, controller };
	latest.set(node, own);
	return {
		signal: controller.signal,
		isReplaced: () => latest.get(node) !== own,
		end: () => controller.abort(),
	};
}

function placeOf(activation: object): number {
	const place = places.get(activation) ?? ++lastPlace;
	places.set(activation, place);
	return place;
}

/**
 * One poll of a node at a time. n8n starts each poll on schedule, even if the last one is still
 * running (n8n-core `triggers-and-pollers.js` only counts the overlap), and a poller can outlive
 * its activation. So
 * - within one activation, a poll is skipped while another is running: the first scan of a large
 * tenant can then finish, however short the interval;
 * - the activation seen last wins: its first poll replaces the running one, and polls of earlier
 * activations are skipped from then on.
 */

/** A poll's right to read and to update its node's state. */
export interface PollUnderWay {
	/** Fires when the poll is replaced or ends, to abort its requests. */
	signal: AbortSignal;
	/** A newer activation has replaced this poll: it must not emit or change anything. */
	isReplaced: () => boolean;
	/** Call this when the poll ends, for any reason. */
	end: () => void;
}

/** The order in which this process first saw activations. */
const places = new WeakMap<object, number>();
let lastPlace = 0;

/** The latest poll of each node; aborted when it ends. */
const latest = new Map<string, { place: number; controller: AbortController }>();

/**
 * Begins a poll, by the rules above.
 *
 * @param node identifies the node in all workflows
 * @param activation the same object in all polls of one activation
 * @returns undefined if the poll is skipped
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

/**
 * Lets one poll of a node run at a time. n8n starts every poll on schedule, even if the last one is
 * still running (n8n-core `triggers-and-pollers.js` only counts overlaps), and a poll can outlive
 * its activation. Therefore:
 * - Within one activation, a poll is skipped while another is running. So the first scan of a large
 *   tenant can finish, however short the interval.
 * - The newest activation wins: its first poll replaces the running one, and polls of earlier
 *   activations are skipped from then on.
 */

/** A poll's right to read and to update its node's state. */
export interface PollUnderWay {
	/** Fires when the poll is replaced or ends, to abort its requests. */
	signal: AbortSignal;
	/** Whether a newer activation has replaced this poll. It must then not emit or change anything. */
	isReplaced: () => boolean;
	/** Call this when the poll ends, for whatever reason. */
	end: () => void;
}

/** Numbers activations in the order in which this process first saw them. */
const places = new WeakMap<object, number>();
let lastPlace = 0;

/** The latest poll of each node. Its controller is aborted when it ends. */
const latest = new Map<string, { place: number; controller: AbortController }>();

/**
 * Begins a poll, by the rules above.
 *
 * @param node identifies the node across all workflows
 * @param activation the same object for all polls of one activation
 * @returns undefined if this poll must be skipped
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

/** A poll's right to read and to move the state of its node. */
export interface Turn {
	/** Fires when a newer poll has taken over: this one must neither emit nor move anything. */
	signal: AbortSignal;
	/** Call it when the poll is over, however it ends. */
	end: () => void;
}

/** The polls that are under way in this process, by node. */
const underWay = new Map<string, AbortController>();

/**
 * Lets one poll of a node run at a time: n8n starts the next one on schedule, whether or not the
 * last one has ended (n8n-core `triggers-and-pollers.js` only counts the overlap).
 *
 * @param node names the node over all workflows
 * @param takesOver ends the poll that is under way. For a poll that has nothing to compare with: n8n
 * has just activated the workflow, possibly anew, so the other one belongs to an activation that was
 * given up or replaced, and must not set, or emit, the same beginning a second time
 * @returns undefined when another poll is under way
 */
export function takeTurn(node: string, takesOver: boolean): Turn | undefined {
	const other = underWay.get(node);
	if (other && !takesOver) return undefined;
	other?.abort();
	const own = new AbortController();
	underWay.set(node, own);
	return {
		signal: own.signal,
		end: () => {
			if (underWay.get(node) === own) underWay.delete(node);
		},
	};
}

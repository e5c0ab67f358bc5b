import { createHash } from 'crypto';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { appOf, CREDENTIAL_TYPE, type FeishuHireCredential } from '../shared/feishu/credential';
import { pack, type Snapshot } from './snapshot';
import type { KeptCheck } from './keptCheck';

/**
 * Part of {@link watchOf}. If the format changes, the trigger starts over instead of misreading old
 * snapshots.
 */
const FORMAT = 1;

/** What n8n stores with the workflow for this node (its static data). */
interface State extends Snapshot {
	/** What is watched: see {@link watchOf}. */
	watch: string;
}

/**
 * A fingerprint of what is watched: base URL, app and list. A snapshot is valid only while it stays
 * the same. A new app secret or a reordered list does not change it.
 *
 * @param list the external applications, null for every check, or `orders`
 * @throws Error, worded for the user, if the base URL cannot be used
 */
export async function watchOf(
	context: IPollFunctions,
	list: readonly string[] | null | 'orders',
): Promise<string> {
	const credential = await context.getCredentials<FeishuHireCredential>(CREDENTIAL_TYPE);
	const { baseUrl, appId } = appOf(credential);
	const ids = list === 'orders' ? list : list ? [...list].sort() : 'all';
	return createHash('sha256')
		.update(JSON.stringify([FORMAT, baseUrl, appId, ids]))
		.digest('base64url');
}

/** The node's stored state, if it has one. */
export function readState(data: IDataObject): State | undefined {
	return data.state as State | undefined;
}

/**
 * Stores the state in one assignment, so that n8n never sees half of it. Leaves an unchanged state
 * alone, so that n8n has nothing to save.
 */
export function writeState(data: IDataObject, watch: string, kept: readonly KeptCheck[]): void {
	const state: State = { watch, ...pack(kept) };
	if (JSON.stringify(readState(data)) !== JSON.stringify(state)) data.state = state;
}

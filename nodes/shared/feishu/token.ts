import { isUsable, type StoredToken } from './credential';
import { FeishuError } from './failure';
import { untilStopped } from './wait';

/** The renewal that all requests of an owner wait for. */
interface Renewal {
	/** Ends with the reason why there is no token, if there is none. */
	done: Promise<FeishuError | undefined>;
	end: (failure?: FeishuError) => void;
	/** Called the moment the new token is there. */
	onToken: () => void;
	/** Why the token endpoint gave none; n8n hides it from the request that asked. */
	failure?: FeishuError;
}

/** What this process knows about the token of one owner (app, secret and base URL). */
interface OwnerState {
	current?: StoredToken;
	/** Counts renewals: Feishu may hand out the same token twice, so the text does not tell. */
	generation: number;
	/** The request to the token endpoint that is under way. */
	fetching?: Promise<StoredToken>;
	renewal?: Renewal;
}

const owners = new Map<string, OwnerState>();

function stateOf(owner: string): OwnerState {
	let state = owners.get(owner);
	if (!state) owners.set(owner, (state = { generation: 0 }));
	return state;
}

/**
 * Fetches a token and remembers it for this process. However many ask at once, one request leaves.
 *
 * @param fetch asks Feishu's token endpoint
 * @throws what `fetch` throws, to everybody who waits for it
 */
export async function fetchOnce(
	owner: string,
	fetch: () => Promise<StoredToken>,
): Promise<StoredToken> {
	const state = stateOf(owner);
	state.fetching ??= fetch()
		.then((token) => {
			state.current = token;
			state.generation += 1;
			state.renewal?.onToken();
			state.renewal?.end();
			return token;
		})
		.catch((error: unknown) => {
			if (state.renewal && error instanceof FeishuError) state.renewal.failure = error;
			return Promise.reject(error);
		})
		.finally(() => {
			state.fetching = undefined;
		});
	return await state.fetching;
}

/** The right to send one request: with a token, or with the duty to renew it. */
export interface Lease {
	token?: StoredToken;
	/** Present when there is no token: this request renews it, the others wait until it calls `end`. */
	renewal?: Renewal;
	generation: number;
}

/**
 * Hands out the token to send a request with.
 *
 * @param stored the token in the credential; it counts when it lives longer than the one in use
 * @param onToken called when this request renews the token and the new one has arrived
 * @param refused the lease whose token Feishu has just refused: a newer one is needed
 * @throws FeishuError when somebody else's renewal, which this waited for, failed
 * @throws StoppedError when the signal fires
 */
export async function leaseToken(
	owner: string,
	stored: Partial<StoredToken>,
	onToken: () => void,
	refused?: Lease,
	signal?: AbortSignal,
): Promise<Lease> {
	const state = stateOf(owner);
	while (state.renewal) {
		const failure = await untilStopped(state.renewal.done, signal);
		if (failure) throw failure;
	}
	const now = Date.now();
	const { current, generation } = state;
	const isOld = refused?.generation === generation;
	if (!isOld && current && isUsable(current, owner, now)) {
		return { token: current, generation };
	}
	if (!refused && isUsable(stored, owner, now) && livesLonger(stored, current)) {
		state.current = stored;
		return { token: stored, generation };
	}
	const lease: Lease = { generation };
	lease.renewal = startRenewal(state, () => {
		lease.generation = state.generation;
		onToken();
	});
	return lease;
}

function startRenewal(state: OwnerState, onToken: () => void): Renewal {
	let resolve: Renewal['end'] = () => {};
	const done = new Promise<FeishuError | undefined>((resolveDone) => (resolve = resolveDone));
	const renewal: Renewal = {
		done,
		onToken,
		end: (failure) => {
			if (state.renewal === renewal) state.renewal = undefined;
			resolve(failure);
		},
	};
	state.renewal = renewal;
	return renewal;
}

const livesLonger = (a: StoredToken, b?: StoredToken): boolean =>
	!b || Number(a.accessTokenRenewAt) > Number(b.accessTokenRenewAt);

import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import {
	callWithCredential,
	type CredentialStore,
	type LoadedPackage,
	type RunResult,
	runNode,
} from '../../harness';
import { NODE } from '../../harness/tenant';
import { APPLICATION } from './tenant';

export interface QueryOptions {
	/** Changes to a scan of `APPLICATION`. */
	parameters?: INodeParameters;
	/**
	 * Changes to `options`, which by default are two checks per page, 100 requests/s, and no item for
	 * what is not found.
	 */
	options?: INodeParameters;
	items?: INodeExecutionData[];
	pkg?: LoadedPackage;
	nodeSettings?: Partial<INode>;
	onStart?: (controls: { cancel: () => void }) => void;
}

/** Runs the node in its own execution. */
export async function query(store: CredentialStore, given: QueryOptions = {}): Promise<RunResult> {
	const { parameters, options, ...rest } = given;
	return await runNode({
		credentials: store,
		type: NODE,
		parameters: {
			operation: 'getByApplication',
			externalApplicationId: APPLICATION,
			returnAll: true,
			options: { pageSize: 2, requestsPerSecond: 100, ifNotFound: 'skip', ...options },
			...parameters,
		},
		...rest,
	});
}

/**
 * Calls Feishu with n8n's HTTP Request node, which makes n8n store the token with the credential.
 * Our own node never does. No check is requested.
 *
 * @param pkg the package of the process that the node runs in
 * @returns the stored token
 */
export async function storeToken(
	store: CredentialStore,
	{ url }: Pick<Sandbox, 'url'>,
	credentialId: string,
	pkg?: LoadedPackage,
): Promise<string> {
	const request = { method: 'GET' as const, url: `${url}/open-apis/hire/v1/external_applications` };
	await callWithCredential(
		store,
		credentialId,
		{ ...request, ignoreHttpStatusErrors: true },
		'httpRequestWithAuthentication',
		pkg,
	);
	const { accessToken } = store.read(credentialId);
	if (typeof accessToken !== 'string' || accessToken === '') throw new Error('Nothing was stored');
	return accessToken;
}

/** Does the same work several times in parallel. */
export async function sideBySide<T>(
	count: number,
	work: (index: number) => Promise<T>,
): Promise<T[]> {
	return await Promise.all(Array.from({ length: count }, (_, index) => work(index)));
}

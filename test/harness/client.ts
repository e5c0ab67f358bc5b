import type * as ClientModule from '../../nodes/shared/feishu/client';
import { NODE, type Tenant } from './tenant';
import { packageModule, searchList } from '.';

export type Client = ClientModule.FeishuClient;

const { FeishuClient } = packageModule<typeof ClientModule>('nodes/shared/feishu/client');

/** Long enough for every answer of a sandbox, in ms. */
const TIMEOUT_MS = 60_000;

export interface ClientOptions {
	/** Stops the client. */
	signal?: AbortSignal;
	timeoutMs?: number;
}

/** Lets a client with a real context work with the tenant. @throws what the work throws */
export async function withClient<T>(
	{ credentials, credentialId }: Pick<Tenant, 'credentials' | 'credentialId'>,
	work: (client: Client) => Promise<T>,
	{ signal, timeoutMs = TIMEOUT_MS }: ClientOptions = {},
): Promise<T> {
	let done: { result: T } | undefined;
	await searchList({
		credentials,
		credentialId,
		type: NODE,
		search: async function () {
			done = { result: await work(await FeishuClient.open(this, timeoutMs, signal)) };
			return { results: [] };
		},
	});
	if (!done) throw new Error('The client was not used');
	return done.result;
}

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type * as RetryPolicy from '../../nodes/shared/feishu/retryPolicy';
import {
	type RequestRecord,
	type Sandbox,
	type SandboxApp,
	type SandboxOptions,
	startSandbox,
} from '../../sandbox';
import { CredentialStore, packageModule, runNode, type RunNodeOptions, type RunResult } from '.';

export const NODE = 'queryExternalBackgroundChecks';
export const CREDENTIAL = 'feishuHireApi';

const { retryLimits } = packageModule<typeof RetryPolicy>('nodes/shared/feishu/retryPolicy');

/** A sandbox tenant, a stored credential for it, and a short way to run the node. */
export interface Tenant {
	sandbox: Sandbox;
	credentials: CredentialStore;
	/** The ID of the credential for the default app. */
	credentialId: string;
	/** Runs the node with these parameters. By default, checks come as Feishu sends them, at 100 requests/s. */
	query: (parameters: INodeParameters, rest?: Partial<RunNodeOptions>) => Promise<RunResult>;
	/** The requests for checks that arrived. */
	queries: () => RequestRecord[];
}

/** What a user enters in the credential's form for an app of a sandbox. */
export const credentialFor = (
	url: string,
	{ appId, appSecret }: Pick<SandboxApp, 'appId' | 'appSecret'>,
): ICredentialDataDecryptedObject => ({ region: 'custom', customBaseUrl: url, appId, appSecret });

/** Starts a tenant, by default without a rate limit. The caller must close its sandbox. */
export async function openTenant(options: SandboxOptions = {}): Promise<Tenant> {
	const sandbox = await startSandbox({ requestsPerSecond: null, ...options });
	const credentials = new CredentialStore();
	const { id: credentialId } = credentials.add(CREDENTIAL, credentialFor(sandbox.url, sandbox.app));
	return {
		sandbox,
		credentials,
		credentialId,
		queries: () => sandbox.requests('batch_query'),
		query: async (parameters, rest) =>
			await runNode({
				credentials,
				type: NODE,
				parameters: {
					simple: false,
					...parameters,
					options: { requestsPerSecond: 100, ...(parameters.options as INodeParameters) },
				},
				...rest,
			}),
	};
}

/**
 * Gives each test of a file its own tenant, and short waits before retries.
 * @returns the running test's tenant; a call with options starts another tenant
 */
export function useTenant(): (options?: SandboxOptions) => Promise<Tenant> {
	const open: Sandbox[] = [];
	const original = { ...retryLimits };
	beforeAll(() => {
		retryLimits.backoffMs = 1;
	});
	afterAll(() => {
		Object.assign(retryLimits, original);
	});
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (sandbox) => await sandbox.close()));
	});
	return async (options = {}) => {
		const tenant = await openTenant(options);
		open.push(tenant.sandbox);
		return tenant;
	};
}

/** The items' IDs, in order. @throws if the run failed */
export function idsOf(result: RunResult): unknown[] {
	if (result.error) throw result.error;
	return result.output().map(({ json }) => json.id);
}

/** The input item that each item is linked to, in order. */
export const sourcesOf = (result: RunResult): unknown[] =>
	result.output().map(({ pairedItem }) => (pairedItem as { item: number }).item);

/** The IDs in a request. */
export const listOf = ({ body }: RequestRecord): string[] =>
	(JSON.parse(body) as { external_background_check_id_list: string[] })
		.external_background_check_id_list;

/** Neither the secret nor a token is anywhere in what n8n stores of the run. */
export function expectNoSecrets({ sandbox }: Tenant, result: RunResult): void {
	const tokens = sandbox.log.map(({ headers }) => headers.authorization?.replace('Bearer ', ''));
	for (const secret of [sandbox.app.appSecret, ...tokens.filter((token) => token !== undefined)]) {
		expect(result.serialized).not.toContain(secret);
	}
	expect(result.serialized).not.toMatch(/Bearer|authorization|\bt-[0-9a-f]{8}/i);
}

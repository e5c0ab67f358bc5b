import { startSandbox } from '../../../sandbox';
import type { SandboxOptions, Check, Sandbox, SandboxApp } from '../../../sandbox';
import { CredentialStore } from '../../harness';
import { CREDENTIAL, credentialFor } from '../../harness/tenant';

/** Two external applications with equally many checks. */
export const APPLICATION = '7330000000000000001';
export const OTHER_APPLICATION = '7330000000000000002';

/** Checks of one application, with IDs that no other application has. */
export function checksOf(application: string, count: number, firstId: bigint): Check[] {
	return Array.from({ length: count }, (_, index) => ({
		id: String(firstId + BigInt(index)),
		external_application_id: application,
		name: `背调 ${index + 1}`,
		result: '已通过',
		attachment_list: [],
	}));
}

/** A sandbox with `perApplication` checks in each of the two applications and no rate limit. */
export async function startTenant(
	perApplication: number,
	options: SandboxOptions = {},
): Promise<Sandbox> {
	return await startSandbox({
		checks: [
			...checksOf(APPLICATION, perApplication, 7319000000000000001n),
			...checksOf(OTHER_APPLICATION, perApplication, 7319000000000500001n),
		],
		requestsPerSecond: null,
		...options,
	});
}

let apps = 0;

/** Adds another app. The node keeps token and rate per app, so cases cannot affect each other. */
export function addApp(sandbox: Sandbox): SandboxApp {
	apps += 1;
	const app: SandboxApp = {
		...sandbox.app,
		appId: `cli_case${String(apps).padStart(9, '0')}`,
		appSecret: `secret-of-case-${apps}-fd0b7a`,
	};
	sandbox.apps.push(app);
	return app;
}

/** A store with one credential of a new app, as just saved: without a token. */
export function storeFor(sandbox: Sandbox, app = addApp(sandbox)): CredentialStore {
	const store = new CredentialStore();
	store.add(CREDENTIAL, credentialFor(sandbox.url, app));
	return store;
}

import path from 'node:path';
import { seededChecks, startSandbox } from '../../../sandbox';
import type { Sandbox, SandboxApp } from '../../../sandbox';
import { credentialData, credentialType, importedCredential } from './credential';
import type { Credential } from './credential';
import { Executions } from './executions';
import type { N8nInstall } from './install';
import { N8n } from './n8n';
import { watchOutside } from './outside';
import type { Outside } from './outside';
import { installTarball } from './package';
import { withProgress } from './progress';
import { owner, Rest } from './rest';
import { exampleWorkflows } from './workflows';

const scopes = ['hire:external_application:readonly'];

/** A second app of the tenant, with the same scopes as the first. */
export const otherApp: SandboxApp = {
	appId: 'cli_sandbox000000002',
	appSecret: 'sandbox-secret-of-app-000000002',
	scopes,
	enabled: true,
	ipAllowed: true,
};

/** An app without scopes. */
export const scopelessApp: SandboxApp = {
	appId: 'cli_sandbox000000003',
	appSecret: 'sandbox-secret-of-app-000000003',
	scopes: [],
	enabled: true,
	ipAllowed: true,
};

/** What the tests use: a sandbox tenant, and an n8n with our package and a credential. */
export interface World {
	sandbox: Sandbox;
	n8n: Pick<N8n, 'url'>;
	rest: Rest;
	executions: Executions;
	/** Every token that the sandbox has seen so far. */
	tokensSeen: Set<string>;
	/** Resets the sandbox to its initial state, except for its data and tokens. */
	reset(): void;
	/** Stores a credential for an app of the sandbox. @returns its ID and name */
	createCredential(app: SandboxApp, baseUrl?: string): Promise<Credential>;
	/** Stops what was started for it. */
	close(): Promise<void>;
}

/** An n8n that the run has started, with our examples. */
export interface OwnWorld extends World {
	install: N8nInstall;
	n8n: N8n;
	/** Sees every call of n8n's that would leave the machine. */
	outside: Outside;
	/** Kills n8n like a power cut, and starts it again. */
	killAndStart: () => Promise<void>;
}

export interface WorldOptions {
	install: N8nInstall;
	tarball: string;
	/** A folder for this run. */
	folder: string;
	/** Number of background checks in the sandbox. */
	checks?: number;
	env?: Record<string, string>;
}

/** Starts the tenant of a world. */
export async function startTenant(checks = 360): Promise<Sandbox> {
	return await startSandbox({
		apps: [otherApp, scopelessApp],
		checks: seededChecks(checks, Math.ceil(checks / 10)),
	});
}

/** Creates a world with a running n8n and a signed-in owner. Takes about half a minute. */
export async function createWorld(options: WorldOptions): Promise<OwnWorld> {
	const { install, tarball, folder, checks, env } = options;
	const sandbox = await startTenant(checks);
	const outside = await watchOutside();
	const userFolder = path.join(folder, 'n8n');
	await installTarball(tarball, userFolder);
	const n8n = await N8n.prepare({
		install,
		userFolder,
		// n8n 3's default.
		env: { ...outside.env, N8N_UNVERIFIED_PACKAGES_ENABLED: 'false', ...env },
	});
	await withProgress('n8n: database, credential and workflows', async () => {
		await n8n.import('credentials', [importedCredential(sandbox.url, sandbox.app)]);
		await n8n.import(
			'workflow',
			exampleWorkflows().map(({ workflow }) => workflow),
		);
	});
	let main = await withProgress('n8n: start', async () => await n8n.start());
	const rest = new Rest(n8n.url);
	await rest.signIn(owner);
	return {
		...worldOn(sandbox, rest, new Executions(rest)),
		install,
		n8n,
		outside,
		killAndStart: async () => {
			await main.kill();
			main = await n8n.start();
		},
		close: async () => {
			await main.stop();
			await sandbox.close();
		},
	};
}

/** The part that every world has. */
export function worldOn(
	sandbox: Sandbox,
	rest: Rest,
	executions: Executions,
): Omit<World, 'n8n' | 'close'> {
	const initial = structuredClone(sandbox.options);
	const tokensSeen = new Set<string>();
	return {
		sandbox,
		rest,
		executions,
		tokensSeen,
		reset: () => {
			for (const { headers } of sandbox.log) {
				const token = /^Bearer (t-.+)$/.exec(headers.authorization ?? '')?.[1];
				if (token !== undefined) tokensSeen.add(token);
			}
			sandbox.clearFaults();
			sandbox.resetLog();
			Object.assign(sandbox.options, structuredClone(initial));
		},
		createCredential: async (app, baseUrl = sandbox.url) =>
			await rest.createCredential(
				`Credential of ${app.appId}`,
				credentialType,
				credentialData(baseUrl, app),
			),
	};
}

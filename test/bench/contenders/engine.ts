import { createRequire } from 'node:module';
import path from 'node:path';
import type { INodeType, IVersionedNodeType } from 'n8n-workflow';
import {
	CredentialStore,
	loadPackage,
	runNode,
	type LoadedPackage,
	type RunNodeOptions,
} from '../../harness';
import { CREDENTIAL, credentialFor } from '../../harness/tenant';
import type { Target } from './contender';

/** Loads a module from the bench's own install, which also provides n8n. */
export const requireInstalled = createRequire(
	path.join(process.env.N8N_ENGINE_DIR ?? __dirname, 'package.json'),
);

/** This package with one more node type. n8n has many packages side by side. */
export async function packageWith(
	type: string,
	node: INodeType | IVersionedNodeType,
): Promise<LoadedPackage> {
	const own = await loadPackage();
	return { ...own, node: (name) => (name === type ? node : own.node(name)) };
}

/** Stores a credential for a tenant, without a token. */
export function storeCredential(target: Target) {
	const credentials = new CredentialStore();
	return {
		credentials,
		stored: credentials.add(CREDENTIAL, credentialFor(target.url, target)),
	};
}

/**
 * Runs a node behind a trigger on n8n's engine.
 * @param stop stops the execution as n8n's Stop button does
 * @returns its output items, and the error that ended it
 */
export async function runOnEngine(options: RunNodeOptions, stop?: AbortSignal) {
	let cancel = () => {};
	const result = await runNode({
		...options,
		onStart: (controls) => {
			({ cancel } = controls);
			stop?.addEventListener('abort', cancel);
		},
	});
	stop?.removeEventListener('abort', cancel);
	return { items: result.output(), errors: result.error ? [result.error.message] : [] };
}

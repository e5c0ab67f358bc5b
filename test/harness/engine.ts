/**
 * The n8n engine under test. This is the only file that knows its version. `N8N_ENGINE_DIR` names a
 * folder whose node_modules has n8n-core and n8n-workflow; by default, the repository's own are
 * used.
 */
import { cpSync, existsSync } from 'node:fs';
import { createRequire as createPlainRequire } from 'node:module';
import path from 'node:path';
import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	IExecuteData,
	IHttpRequestHelper,
	ICredentialDataDecryptedObject,
	ICredentialType,
	INode,
	INodeExecutionData,
	INodeProperties,
	IRun,
	ITaskData,
	Workflow,
} from 'n8n-workflow';
import { prepareEnvironment, scratchDirectory } from './scratch';

export const repositoryDirectory = path.resolve(__dirname, '../..');

const engineDirectory = path.resolve(process.env.N8N_ENGINE_DIR || repositoryDirectory);

// In Jest the environment has done this, for the process that loads the engine.
if (!globalThis.createNativeRequire) prepareEnvironment();

declare global {
	/**
	 * Node's own `require`, if Jest runs this (see environment.ts): it loads a module once for all
	 * test files.
	 */
	var createNativeRequire: typeof createPlainRequire | undefined;
}

const createRequire = globalThis.createNativeRequire ?? createPlainRequire;

const fromEngine = createRequire(path.join(engineDirectory, 'package.json'));
// The engine is kept between test files. The package is not: its modules hold tokens, rates and
// limits.
const isPackage = (file: string) => /\bdist[\\/](nodes|credentials)[\\/]/.test(file);
for (const [file, loaded] of Object.entries(fromEngine.cache)) {
	if (isPackage(file)) delete fromEngine.cache[file];
	// Otherwise n8n's loader would keep every package that it has ever loaded.
	else if (loaded) loaded.children = loaded.children.filter(({ filename }) => !isPackage(filename));
}
// @n8n/* exist twice in the repository (n8n-node has others); take those that n8n-core uses.
const fromCore = createRequire(fromEngine.resolve('n8n-core'));

export const core = fromEngine('n8n-core') as typeof N8nCore;
export const n8nWorkflow = fromCore('n8n-workflow') as typeof N8nWorkflow;

/** The version of n8n-core, for messages and for tests that depend on it. */
export const engineVersion = (fromEngine('n8n-core/package.json') as { version: string }).version;

const isVersion1 = engineVersion.startsWith('1.');

interface Container {
	get<T>(type: new (...args: never[]) => T): T;
}

/** n8n's dependency container, as n8n-core uses it. */
export const { Container: container } = fromCore('@n8n/di') as { Container: Container };

if (isVersion1) {
	// It would tick forever and keep the process alive; 2.x unrefs it itself.
	const { SSHClientsManager } = fromEngine(
		'n8n-core/dist/execution-engine/ssh-clients-manager.js',
	) as { SSHClientsManager: new () => { cleanupTimer: NodeJS.Timeout } };
	container.get(SSHClientsManager).cleanupTimer.unref();
}

/** lodash's `get`, with which n8n reads a path in an answer. */
export const getPath = fromCore('lodash/get') as (object: unknown, path: string) => unknown;

/** A started execution: a promise of its result that can be cancelled. */
export interface Execution extends PromiseLike<IRun> {
	cancel(): void;
}

type PositionalRun = (
	workflow: Workflow,
	startNode: INode,
	destinationNode: undefined,
	pinData: undefined,
	triggerToStartFrom: { name: string; data: ITaskData },
) => Execution;

/**
 * Starts `WorkflowExecute` at a node; 1.x takes positional arguments, 2.x an object.
 * @param input the start node's input (what a trigger has emitted)
 * @throws WorkflowHasIssuesError at once if a parameter of a node to run is missing
 */
export function startExecution(
	executor: N8nCore.WorkflowExecute,
	workflow: Workflow,
	startNode: INode,
	input: INodeExecutionData[],
): Execution {
	const triggerToStartFrom = {
		name: startNode.name,
		data: {
			startTime: Date.now(),
			executionTime: 0,
			executionIndex: 0,
			source: [],
			data: { main: [input] },
		},
	};
	if (isVersion1) {
		const run = executor.run.bind(executor) as unknown as PositionalRun;
		return run(workflow, startNode, undefined, undefined, triggerToStartFrom);
	}
	return executor.run({ workflow, startNode, triggerToStartFrom });
}

const loadable = new Map<string, string>();

/**
 * Where to load the package from, so that its `require('n8n-workflow')` returns the engine's own
 * instance (otherwise `instanceof NodeApiError` fails): the folder itself, or a copy of what n8n
 * would install (package.json and dist) below the engine's node_modules.
 */
export function loadableDirectory(packageDirectory: string): string {
	if (resolveOrNothing(packageDirectory) === fromEngine.resolve('n8n-workflow')) {
		return packageDirectory;
	}
	const made = loadable.get(packageDirectory);
	if (made !== undefined) return made;
	const copy = scratchDirectory(path.join(engineDirectory, 'node_modules'));
	loadable.set(packageDirectory, copy);
	for (const part of ['package.json', 'dist']) {
		const source = path.join(packageDirectory, part);
		if (existsSync(source)) cpSync(source, path.join(copy, part), { recursive: true });
	}
	return copy;
}

/** A module of the package under test, as the engine loads it: `nodes/shared/feishu/retryPolicy`. */
export function packageModule<Module>(name: string): Module {
	return fromEngine(
		path.join(loadableDirectory(repositoryDirectory), 'dist', `${name}.js`),
	) as Module;
}

/** Whether the engine is n8n 2.x, which knows more than 1.x. */
export const isVersion2 = Number(engineVersion.split('.')[0]) >= 2;

function resolveOrNothing(directory: string): string | undefined {
	try {
		return createRequire(path.join(directory, 'package.json')).resolve('n8n-workflow');
	} catch {
		return undefined;
	}
}

/**
 * The credential type's fields with the two domain fields that n8n adds when it loads a type with
 * `authenticate` (n8n/dist/load-nodes-and-credentials.js `postProcessLoaders`). On 1.x only the
 * type's own fields: there n8n has that code inline, and `getDecrypted` passes stored values on
 * anyway.
 */
export function withDomainFields(type: ICredentialType): INodeProperties[] {
	return isVersion1 ? type.properties : n8nWorkflow.injectDomainRestrictionFields(type);
}

/**
 * The helpers that a credential's own hook gets. Since 2.x its requests are limited to the domains
 * that the credential allows (n8n/dist/credentials-helper.js `restrictToCredentialDomains`).
 */
export function hookHelpers(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestHelper {
	if (isVersion1) return { helpers };
	return {
		helpers: {
			httpRequest: async (request): Promise<unknown> => {
				const allowedDomains = n8nWorkflow.getCredentialOwnRequestAllowedDomains(credentials);
				if (allowedDomains === undefined) return await helpers.httpRequest(request);
				if (request.allowedDomains !== undefined) {
					throw new n8nWorkflow.UserError(
						'This credential restricts requests to specific domains, which cannot be combined with the domains its authentication step asks for.',
					);
				}
				return await helpers.httpRequest({ ...request, allowedDomains });
			},
		},
	};
}

/**
 * What n8n stores after a credential's hook has run. 2.x merges the hook's output into what is
 * stored (expressions stay, except for the token); 1.x stores the whole object that the caller had.
 */
export function dataToPersist(
	stored: ICredentialDataDecryptedObject,
	held: ICredentialDataDecryptedObject,
	output: ICredentialDataDecryptedObject,
	tokenKey: string,
): ICredentialDataDecryptedObject {
	if (isVersion1) return { ...held, ...output };
	const merged = { ...stored };
	for (const [key, value] of Object.entries(output)) {
		if (key === tokenKey || !n8nWorkflow.isExpression(stored[key])) merged[key] = value;
	}
	return merged;
}

/** An `executeData` for contexts that are built manually. */
export function bareExecuteData(node: INode): IExecuteData {
	return { node, data: {}, source: null };
}

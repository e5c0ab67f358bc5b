import path from 'node:path';
import { Worker, type JestWorkerFarm } from 'jest-worker';
import type * as ContenderProcess from './contenderProcess';
import type * as SandboxProcess from './sandboxProcess';

/** A process whose functions are called one after another. A call fails if the process crashes. */
function open<Module extends Record<string, unknown>>(
	file: string,
	exposedMethods: Array<keyof Module & string>,
	env: NodeJS.ProcessEnv = {},
): JestWorkerFarm<Module> {
	return new Worker(path.join(__dirname, file), {
		numWorkers: 1,
		maxRetries: 0,
		exposedMethods,
		forkOptions: {
			env: { ...process.env, ...env },
			// tsx has added itself to execArgv.
			execArgv: [...process.execArgv, '--expose-gc'],
			silent: false,
		},
	}) as JestWorkerFarm<Module>;
}

export const openSandbox = () =>
	open<typeof SandboxProcess>('sandboxProcess.ts', [
		'startTenant',
		'resetTraffic',
		'traffic',
		'changeOrders',
		'created',
	]);

/**
 * @param engineDirectory the folder whose `node_modules` has n8n and the SDK
 * @param certificate file of a certificate to trust in addition to the usual ones
 */
export const openContender = (engineDirectory: string, certificate?: string) =>
	open<typeof ContenderProcess>('contenderProcess.ts', ['load', 'run'], {
		N8N_ENGINE_DIR: engineDirectory,
		...(certificate !== undefined && { NODE_EXTRA_CA_CERTS: certificate }),
	});

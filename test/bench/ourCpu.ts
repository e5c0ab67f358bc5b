import { createRequire } from 'node:module';
import path from 'node:path';
import type { IExecuteFunctions } from 'n8n-workflow';
import type * as Execute from '../../nodes/QueryExternalBackgroundChecks/execute';
import type * as RunPlan from '../../nodes/QueryExternalBackgroundChecks/runPlan';
import { loadPackage } from '../harness';

/** CPU milliseconds of this node beside its requests. */
export interface OurCpu {
	/** From the node's start until its first request may leave, without `n8nParameters`. */
	planning: number;
	/** n8n's own part of that: resolving the parameter's expression for each item. */
	n8nParameters: number;
	/** From the last answer until the node returns its items. */
	fanOut: number;
}

type Writable<Module> = { -readonly [K in keyof Module]: Module[K] };
type Getter = (...args: unknown[]) => unknown;

const cpuMs = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
};

/**
 * Puts marks into the built node: at its start and end, and around `runPlan`, which sends the
 * requests. What lies between start and `runPlan` is synchronous but for reading the credential, and
 * so is what follows it, so that the CPU time of the process is the node's.
 *
 * @returns the times of the runs since then, once they are over
 */
export async function watchOurCpu(): Promise<OurCpu> {
	const { directory } = await loadPackage();
	const folder = path.join(directory, 'dist/nodes/QueryExternalBackgroundChecks');
	const load = createRequire(path.join(folder, 'any.js'));
	const executeModule = load('./execute.js') as Writable<typeof Execute>;
	const runPlanModule = load('./runPlan.js') as Writable<typeof RunPlan>;
	const { execute } = executeModule;
	const { runPlan } = runPlanModule;
	const times: OurCpu = { planning: 0, n8nParameters: 0, fanOut: 0 };
	let mark = 0;

	executeModule.execute = async (context: IExecuteFunctions) => {
		const getNodeParameter = context.getNodeParameter.bind(context) as Getter;
		context.getNodeParameter = ((...args: unknown[]) => {
			const before = cpuMs();
			const value = getNodeParameter(...args);
			times.n8nParameters += cpuMs() - before;
			return value;
		}) as IExecuteFunctions['getNodeParameter'];
		mark = cpuMs();
		const output = await execute(context);
		times.fanOut += cpuMs() - mark;
		return output;
	};
	runPlanModule.runPlan = async (...args) => {
		times.planning += cpuMs() - mark - times.n8nParameters;
		const answers = await runPlan(...args);
		mark = cpuMs();
		return answers;
	};
	return times;
}

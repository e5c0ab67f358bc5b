import { readFileSync } from 'node:fs';
import { createRequire as createPlainRequire } from 'node:module';
import path from 'node:path';
import type {
	INodeExecutionData,
	INodeType,
	IVersionedNodeType,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	loadPackage,
	type LoadedPackage,
	type RunResult,
	runWorkflow,
	type WorkflowJson,
} from '../harness';
import { MANUAL_TRIGGER } from '../harness/nodeTypes';
import type { Tenant } from '../harness/tenant';

const folder = path.resolve(__dirname, '../../examples');

/** A workflow of `examples/`, unchanged. */
export const example = (file: string): WorkflowJson =>
	JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowJson;

const isTrigger = ({ type }: { type: string }) => /trigger$/i.test(type);

/**
 * Replaces the triggers of the workflow, which an execution never runs, with a Manual Trigger that
 * emits the run's start items.
 */
function behindManualTrigger(workflow: WorkflowJson): WorkflowJson {
	const [first, ...others] = workflow.nodes.filter(isTrigger);
	if (!first) throw new Error('the workflow has no trigger');
	const left = workflow.nodes.filter((node) => !others.includes(node));
	const start = { ...first, type: MANUAL_TRIGGER, typeVersion: 1, parameters: {}, credentials: {} };
	return { ...workflow, nodes: left.map((node) => (node === first ? start : node)) };
}

export interface ExampleRun {
	/** By default `manual`, like the editor's button; a published workflow runs as `trigger`. */
	mode?: WorkflowExecuteMode;
	/** The trigger's output; by default one empty item. */
	startItems?: INodeExecutionData[];
	/** What a user sets or replaces before the run. */
	adapt?: (workflow: WorkflowJson) => WorkflowJson;
}

/** Executes an example on n8n's engine with n8n's own nodes. @throws as `runWorkflow` */
export async function runExample(
	file: string,
	{ credentials, credentialId }: Tenant,
	{ mode, startItems, adapt = (workflow) => workflow }: ExampleRun = {},
): Promise<RunResult> {
	return await runWorkflow({
		credentials,
		credentialId,
		pkg: await packageBesideN8nsNodes(),
		mode,
		startItems,
		binaryMode: 'filesystem',
		workflow: behindManualTrigger(adapt(example(file))),
	});
}

/** The `require` of the installed n8n. */
export const installed = (globalThis.createNativeRequire ?? createPlainRequire)(
	path.join(process.env.N8N_ENGINE_DIR ?? '', 'package.json'),
);

/** The nodes of n8n-nodes-base, each loaded on demand. */
async function packageBesideN8nsNodes(): Promise<LoadedPackage> {
	const own = await loadPackage();
	const known = installed('n8n-nodes-base/dist/known/nodes.json') as Record<
		string,
		{ className: string; sourcePath: string }
	>;
	const loaded = new Map<string, INodeType | IVersionedNodeType>();
	const load = (type: string) => {
		const [, name] = /^n8n-nodes-base\.(\w+)$/.exec(type) ?? [];
		const source = name === undefined ? undefined : known[name];
		if (!source || type === MANUAL_TRIGGER) return own.node(type);
		const { [source.className]: Node } = installed(`n8n-nodes-base/${source.sourcePath}`) as Record<
			string,
			new () => INodeType | IVersionedNodeType
		>;
		if (!Node) throw new Error(`n8n-nodes-base has no ${source.className}`);
		const node = loaded.get(type) ?? new Node();
		loaded.set(type, node);
		return node;
	};
	return { ...own, node: load };
}

/** The output of a node, as the next node gets it. */
export const jsonOf = (result: RunResult, node: string): Array<Record<string, unknown>> =>
	result.output(node).map(({ json }) => json);

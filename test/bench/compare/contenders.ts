import { createRequire } from 'node:module';
import path from 'node:path';
import type { INodeParameters, INodeType, IVersionedNodeType } from 'n8n-workflow';
import type { Sandbox, SandboxApp } from '../../../sandbox';
import { CredentialStore, loadPackage, type RunResult, runWorkflow } from '../../harness';

/** Rows of a scan, as they come; the reader may be told to stop. */
export type Reader = (
	sandbox: Sandbox,
	app: SandboxApp,
	stop: AbortSignal,
) => Promise<{ ids: string[]; error?: string }>;

const PAGE_SIZE = 20;
const PATH = '/open-apis/hire/v1/external_background_checks/batch_query';

/** Of each request, in ms, for those that know a time-out. */
const TIMEOUT_MS = 2000;

/** What `run.ts` has installed. */
const installed = createRequire(path.join(process.env.N8N_ENGINE_DIR ?? '', 'package.json'));

interface SdkPage {
	items?: Array<{ id: string }>;
}

interface Sdk {
	Client: new (options: Record<string, unknown>) => {
		hire: {
			v1: {
				externalBackgroundCheck: {
					batchQueryWithIterator(payload: object): Promise<AsyncIterable<SdkPage | null>>;
				};
			};
		};
	};
}

const quiet = () => {};

/** What it logs is not what its caller gets to know. */
const silent = { fatal: quiet, error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

/** The official Node SDK: its own iterator over all pages. */
export const sdk: Reader = async ({ url }, { appId, appSecret }, stop) => {
	const { Client } = installed('@larksuiteoapi/node-sdk') as Sdk;
	const client = new Client({ appId, appSecret, domain: url, logger: silent });
	const ids: string[] = [];
	try {
		const pages = await client.hire.v1.externalBackgroundCheck.batchQueryWithIterator({
			params: { page_size: PAGE_SIZE },
			data: {},
		});
		for await (const page of pages) {
			for (const { id } of page?.items ?? []) ids.push(id);
			if (stop.aborted) break;
		}
		return { ids };
	} catch (error) {
		return { ids, error: (error as Error).message };
	}
};

interface HttpRequestPage {
	data?: { items?: Array<{ id: string }> };
}

/** n8n's own HTTP Request node with its paging, and this package's credential for the token. */
export const httpRequest: Reader = async (sandbox, app, stop) => {
	const result = await runQuery(sandbox, app, stop, 'n8n-nodes-base.httpRequest', {
		method: 'POST',
		url: sandbox.url + PATH,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'feishuHireApi',
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'page_size', value: `${PAGE_SIZE}` }] },
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '{ "external_background_check_id_list": null }',
		options: {
			timeout: TIMEOUT_MS,
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [
							{
								type: 'qs',
								name: 'page_token',
								value: '={{ $response.body.data.page_token }}',
							},
						],
					},
					paginationCompleteWhen: 'other',
					completeExpression: '={{ !$response.body.data.has_more }}',
				},
			},
		},
	});
	const pages = result.output('Query').map(({ json }) => json as HttpRequestPage);
	return {
		ids: pages.flatMap(({ data }) => data?.items ?? []).map(({ id }) => id),
		error: result.error?.message,
	};
};

/** This package's node. */
export const thisNode: Reader = async (sandbox, app, stop) => {
	const result = await runQuery(
		sandbox,
		app,
		stop,
		'n8n-nodes-feishu-hire.queryExternalBackgroundChecks',
		{ operation: 'getMany', returnAll: true, options: { timeout: TIMEOUT_MS } },
	);
	return {
		ids: result.output('Query').map(({ json }) => json.id as string),
		error: result.error?.message,
	};
};

/** Runs one node behind a Manual Trigger, on n8n's engine. */
async function runQuery(
	sandbox: Sandbox,
	{ appId, appSecret }: SandboxApp,
	stop: AbortSignal,
	type: string,
	parameters: INodeParameters,
): Promise<RunResult> {
	const credentials = new CredentialStore();
	const { url } = sandbox;
	const credential = { region: 'custom', customBaseUrl: url, appId, appSecret };
	const feishuHireApi = credentials.add('feishuHireApi', credential);
	const own = await loadPackage();
	const node = { typeVersion: 1, position: [0, 0] as [number, number] };
	return await runWorkflow({
		credentials,
		pkg: { ...own, node: (name) => own.node(name) ?? baseNode(name) },
		onStart: ({ cancel }) => stop.addEventListener('abort', cancel),
		workflow: {
			nodes: [
				{ ...node, name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					...node,
					name: 'Query',
					type,
					typeVersion: type.endsWith('httpRequest') ? 4.2 : 1,
					parameters,
					credentials: { feishuHireApi },
				},
			],
			connections: { Start: { main: [[{ node: 'Query', type: 'main', index: 0 }]] } },
		},
	});
}

function baseNode(type: string): INodeType | IVersionedNodeType | undefined {
	if (type !== 'n8n-nodes-base.httpRequest') return undefined;
	const { HttpRequest } = installed(
		'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
	) as { HttpRequest: new () => IVersionedNodeType };
	return new HttpRequest();
}

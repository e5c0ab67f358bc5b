import type {
	ICredentialsDecrypted,
	ICredentialTestRequest,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { baseAdditionalData } from './additionalData';
import { CredentialsHelper } from './credentialsHelper';
import type { CredentialStore } from './credentialStore';
import { bareExecuteData, core, getPath, n8nWorkflow } from './engine';
import { noOperation, singleNodeType } from './nodeTypes';
import { type LoadedPackage, loadPackage } from './package';

/** What n8n reads from an error of the test's request. */
interface RequestError {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

const failed = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });

/**
 * Clicks "Test" for a stored credential. Imitates `testCredentials` and `runRequestTest` of
 * n8n/dist/services/credentials-tester.service.js, with n8n-core's own RoutingNode and
 * ExecuteContext. Covers only `test` of the credential type, not `testedBy` of nodes.
 */
export async function testCredential(
	store: CredentialStore,
	id: string,
	pkg?: LoadedPackage,
): Promise<INodeCredentialTestResult> {
	const loaded = pkg ?? (await loadPackage());
	const credential: ICredentialsDecrypted = store.find(id);
	const { test } = loaded.credentialType(credential.type);
	if (!test) return failed('No testing function found for this credential.');

	const helper = new CredentialsHelper(loaded, store);
	const additionalData = baseAdditionalData(loaded, store);
	try {
		credential.data = await helper.applyDefaults(
			additionalData,
			credential.data ?? {},
			credential.type,
			'internal',
		);
	} catch (error) {
		return failed((error as Error).message);
	}
	let response: INodeExecutionData[][] | null | undefined;
	try {
		response = await request(test, credential, additionalData);
	} catch (error) {
		return explainFailure(error as RequestError, test);
	}
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const unwanted: unknown = rule.properties.value;
		const found = getPath(response?.[0]?.[0]?.json, rule.properties.key);
		if (found === unwanted) return failed(rule.properties.message);
	}
	return { status: 'OK', message: 'Connection successful!' };
}

/** Sends the test's request as a node whose only parameter routes to it. */
async function request(
	test: ICredentialTestRequest,
	credential: ICredentialsDecrypted,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<INodeExecutionData[][] | null | undefined> {
	const { type, id, name } = credential;
	const { description } = noOperation();
	const nodeType: INodeType = {
		description: {
			...description,
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
	const node: INode = {
		id: 'temp',
		parameters: {},
		name: 'Temp-Node',
		type: description.name,
		typeVersion: 1,
		position: [0, 0],
		credentials: { [type]: { id, name } },
	};
	const workflow = new n8nWorkflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: singleNodeType(nodeType),
	});
	additionalData.currentNodeParameters = node.parameters;
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		n8nWorkflow.createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		bareExecuteData(node),
		[],
	);
	await workflow.expression.acquireIsolate();
	try {
		return await new core.RoutingNode(context, nodeType, credential).runNode();
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

function explainFailure(
	error: RequestError,
	test: ICredentialTestRequest,
): INodeCredentialTestResult {
	const { response, code } = error.cause ?? {};
	if (response) {
		for (const rule of test.rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === response.status) {
				return failed(rule.properties.message);
			}
		}
		if (response.status < 199 || response.status > 299) {
			return failed(response.statusText || `Received HTTP status code: ${response.status}`);
		}
	} else if (code) {
		return failed(code);
	}
	return failed(error.message);
}

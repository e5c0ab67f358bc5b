import type {
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	ICredentialsHelper,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore';
import { core, dataToPersist, hookHelpers, n8nWorkflow } from './engine';
import { noOperation, singleNodeType } from './nodeTypes';
import type { LoadedPackage } from './package';

/** The part of n8n's helper that n8n-core calls. */
type CalledByCore = Pick<
	ICredentialsHelper,
	| 'authenticate'
	| 'preAuthentication'
	| 'getParentTypes'
	| 'getDecrypted'
	| 'getCredentialsProperties'
	| 'isCredentialUsableByNode'
>;

/** The node for which n8n resolves a credential's expressions. */
const mockNode: INode = {
	id: 'mock',
	name: '',
	typeVersion: 1,
	type: 'mock',
	position: [0, 0],
	parameters: {},
};

/**
 * Imitates n8n/dist/credentials-helper.js method by method, over a `CredentialStore`. Leaves out
 * what none of our credentials can reach: OAuth, overwrites, external secrets, JSON fields.
 */
export class CredentialsHelper implements CalledByCore {
	constructor(
		private readonly pkg: LoadedPackage,
		private readonly store: CredentialStore,
	) {}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const request = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.pkg.credentialType(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (!authenticate) return request;

		request.headers ??= {};
		const parts = request as unknown as Record<string, Record<string, string>>;
		const resolve = (value: string) => this.resolveValue(value, credentials, workflow, node);
		for (const [part, values] of Object.entries(authenticate.properties)) {
			for (const [key, value] of Object.entries(values as Record<string, string>)) {
				parts[part] ??= {};
				parts[part][resolve(key)] = resolve(value);
			}
		}
		return request;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.pkg.credentialType(typeName);
		const tokenKey = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (tokenKey === undefined || typeof type.preAuthentication !== 'function') return undefined;

		const isTest = node.parameters?.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[tokenKey] !== '' && !credentialsExpired && !isTest) return undefined;

		const output = (await type.preAuthentication.call(
			hookHelpers(helpers, credentials),
			credentials,
		)) as ICredentialDataDecryptedObject;
		if (output[tokenKey] === undefined || !node.credentials) return undefined;

		const { id } = node.credentials[typeName]!;
		const stored = await this.store.select(id, typeName);
		await this.store.update(stored.id, dataToPersist(stored.data, credentials, output, tokenKey));
		return Object.assign(credentials, output);
	}

	getParentTypes(typeName: string): string[] {
		return this.pkg.parentTypes(typeName);
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		const { restrictToSupportedNodes } = this.pkg.credentialType(credentialType);
		if (!restrictToSupportedNodes) return true;
		return this.pkg.supportedNodes(credentialType).includes(nodeType);
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		const type = this.pkg.credentialType(typeName);
		if (type.extends === undefined) return type.properties;
		const combined: INodeProperties[] = [];
		for (const parent of type.extends) {
			n8nWorkflow.NodeHelpers.mergeNodeProperties(combined, this.getCredentialsProperties(parent));
		}
		n8nWorkflow.NodeHelpers.mergeNodeProperties(combined, type.properties);
		return combined;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		typeName: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const { data } = await this.store.select(nodeCredentials.id, typeName);
		this.store.decryptions += 1;
		if (raw) return data;
		return await this.applyDefaults(
			additionalData,
			data,
			typeName,
			mode,
			executeData,
			resolveValues,
		);
	}

	/**
	 * n8n's `applyDefaultsAndOverwrites`: a missing field gets its default, a field that the type
	 * does not declare is dropped, expressions are resolved.
	 * @throws ExpressionError if an expression in the credential fails
	 */
	async applyDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		typeName: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = n8nWorkflow.NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(typeName),
			stored as INode['parameters'],
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		for (const field of ['allowedHttpRequestDomains', 'allowedDomains']) {
			if (data[field] === undefined && stored[field] !== undefined) data[field] = stored[field];
		}
		return await this.resolveExpressions(
			data,
			mode,
			core.getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
			executeData,
			resolveValues,
		);
	}

	private async resolveExpressions(
		data: ICredentialDataDecryptedObject,
		mode: WorkflowExecuteMode,
		additionalKeys: ReturnType<typeof core.getAdditionalKeys>,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const parameters = data as INode['parameters'];
		if (resolveValues) {
			try {
				return resolveValues.workflow.expression.getParameterValue(
					parameters,
					resolveValues.runExecutionData,
					resolveValues.runIndex,
					resolveValues.itemIndex,
					resolveValues.node.name,
					resolveValues.connectionInputData,
					mode,
					additionalKeys,
					executeData,
					false,
					data,
				) as ICredentialDataDecryptedObject;
			} catch (error) {
				(error as Error).message += ' [Error resolving credentials]';
				throw error;
			}
		}
		const workflow = new n8nWorkflow.Workflow({
			nodes: [mockNode],
			connections: {},
			active: false,
			nodeTypes: singleNodeType(noOperation()),
		});
		await workflow.expression.acquireIsolate();
		try {
			return workflow.expression.getComplexParameterValue(
				mockNode,
				parameters,
				mode,
				additionalKeys,
				undefined,
				undefined,
				data,
			) as ICredentialDataDecryptedObject;
		} finally {
			await workflow.expression.releaseIsolate();
		}
	}

	private resolveValue(
		value: string,
		credentials: ICredentialDataDecryptedObject,
		workflow: Workflow,
		node: INode,
	): string {
		if (!n8nWorkflow.isExpression(value)) return value;
		const resolved = workflow.expression.getSimpleParameterValue(
			node,
			value,
			'internal',
			{ $credentials: credentials },
			undefined,
			'',
		);
		return resolved ? resolved.toString() : '';
	}
}

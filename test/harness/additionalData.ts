import type {
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { CredentialsHelper } from './credentialsHelper';
import type { CredentialStore } from './credentialStore';
import { container, core } from './engine';
import type { LoadedPackage } from './package';

/** As in n8n's database, no two executions have the same number, even in different test files. */
let executions = Date.now() * 1000;

/**
 * What n8n passes to the engine besides the workflow. Imitates `getBase` of
 * n8n/dist/workflow-execute-additional-data.js as far as our nodes can see it.
 */
export function baseAdditionalData(
	pkg: LoadedPackage,
	store: CredentialStore,
): IWorkflowExecuteAdditionalData {
	const instance = 'http://localhost:5678';
	const data: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: new CredentialsHelper(pkg, store) as never,
		currentNodeExecutionIndex: 0,
		externalSecretsProxy: container.get(core.ExternalSecretsProxy),
		variables: {},
		instanceBaseUrl: `${instance}/`,
		restApiUrl: `${instance}/rest`,
		webhookBaseUrl: `${instance}/webhook`,
		webhookTestBaseUrl: `${instance}/webhook-test`,
		webhookWaitingBaseUrl: `${instance}/webhook-waiting`,
		formWaitingBaseUrl: `${instance}/form-waiting`,
	};
	return data as IWorkflowExecuteAdditionalData;
}

/** The same for one execution of a workflow: with an ID and with (empty) lifecycle hooks. */
export function executionAdditionalData(
	pkg: LoadedPackage,
	store: CredentialStore,
	mode: WorkflowExecuteMode,
	workflow: IWorkflowBase,
): IWorkflowExecuteAdditionalData {
	executions += 1;
	const executionId = String(executions);
	return {
		...baseAdditionalData(pkg, store),
		executionId,
		hooks: new core.ExecutionLifecycleHooks(mode, executionId, workflow),
	};
}

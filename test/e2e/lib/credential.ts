import type { SandboxApp } from '../../../sandbox';

/** A credential as a node refers to it. */
export interface Credential {
	id: string;
	name: string;
}

/** The one that the workflows of `examples/` refer to. */
export const exampleCredential: Credential = {
	id: 'feishuHireCredential',
	name: 'Feishu Hire account',
};

export const credentialType = 'feishuHireApi';

/** What a person enters to reach the sandbox. */
export function credentialData(baseUrl: string, { appId, appSecret }: SandboxApp) {
	return { region: 'custom', customBaseUrl: baseUrl, appId, appSecret };
}

/** A credential as `n8n import:credentials` takes it. */
export function importedCredential(baseUrl: string, app: SandboxApp) {
	return { ...exampleCredential, type: credentialType, data: credentialData(baseUrl, app) };
}

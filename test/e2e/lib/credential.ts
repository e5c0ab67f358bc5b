import type { SandboxApp } from '../../../sandbox';

/** A credential as a node refers to it. */
export interface Credential {
	id: string;
	name: string;
}

/** The credential that the workflows of `examples/` refer to. */
export const exampleCredential: Credential = {
	id: 'feishuHireCredential',
	name: 'Feishu Hire account',
};

export const credentialType = 'feishuHireApi';

/** What a user enters to reach the sandbox. */
export function credentialData(baseUrl: string, { appId, appSecret }: SandboxApp) {
	return { region: 'custom', customBaseUrl: baseUrl, appId, appSecret };
}

/** A credential in the format of `n8n import:credentials`. */
export function importedCredential(baseUrl: string, app: SandboxApp) {
	return { ...exampleCredential, type: credentialType, data: credentialData(baseUrl, app) };
}

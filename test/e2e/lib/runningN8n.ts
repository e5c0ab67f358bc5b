import { credentialData, credentialType, exampleCredential } from './credential';
import { Executions } from './executions';
import { owner as ownOwner, Rest } from './rest';
import type { Owner } from './rest';
import { startTenant, worldOn } from './world';
import type { World } from './world';

/** An n8n that the user started. */
interface RunningN8n {
	url: string;
	owner: Owner;
}

/**
 * The n8n that `E2E_N8N_URL` names, with its owner's `E2E_N8N_EMAIL` and `E2E_N8N_PASSWORD`.
 *
 * @returns undefined if there is none; the run then starts its own
 * @throws Error if one of the three is missing, or if n8n is not on this machine, as the sandbox is
 */
export function runningN8n(): RunningN8n | undefined {
	const { E2E_N8N_URL, E2E_N8N_EMAIL: email, E2E_N8N_PASSWORD: password } = process.env;
	if (!E2E_N8N_URL) return undefined;
	const { hostname, origin } = new URL(E2E_N8N_URL);
	if (hostname !== '127.0.0.1') {
		throw new Error(
			'E2E_N8N_URL must be http://127.0.0.1:PORT: n8n has to reach the sandbox there',
		);
	}
	if (!email || !password) {
		throw new Error("E2E_N8N_URL needs the owner's E2E_N8N_EMAIL and E2E_N8N_PASSWORD");
	}
	return { url: origin, owner: { ...ownOwner, email, password } };
}

/** A world around a running n8n. If n8n has no owner, it gets this one. Removes what it added when closed. */
export async function joinWorld({ url, owner }: RunningN8n): Promise<World> {
	const sandbox = await startTenant();
	const rest = new Rest(url);
	await rest.signIn(owner);
	const credential = await rest.createCredential(
		exampleCredential.name,
		credentialType,
		credentialData(sandbox.url, sandbox.app),
	);
	const executions = new Executions(rest, credential);
	return {
		...worldOn(sandbox, rest, executions),
		n8n: { url },
		close: async () => {
			const removals = [
				...executions.created.map(async (id) => {
					await rest.call('POST', `/workflows/${id}/archive`);
					await rest.call('DELETE', `/workflows/${id}`);
				}),
				...rest.credentials.map(async (id) => {
					await rest.call('DELETE', `/credentials/${id}`);
				}),
				sandbox.close(),
			];
			// Tries all of them, even if one fails.
			const left = (await Promise.allSettled(removals)).filter(
				({ status }) => status === 'rejected',
			);
			if (left.length > 0) throw new AggregateError(left, 'n8n keeps something of this run');
		},
	};
}

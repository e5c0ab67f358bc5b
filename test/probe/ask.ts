import { type Sandbox, type SandboxApp, people } from '../../sandbox';
import { Client, type ClientOptions } from '../../scripts/probe/client';
import { NotSeen } from '../../scripts/probe/notSeen';
import { type Findings, askAll } from '../../scripts/probe/run';

/** The candidate to make records for. */
export const talent = people.withoutApplication.id;

/** Findings in words: an answer, or why there is none. */
export interface Seen extends Omit<Findings, 'answers'> {
	answers: Record<string, unknown>;
	findings: Findings;
}

/** Asks a sandbox everything, at full speed. Makes records for `talent`, unless it is null. */
export async function probeSandbox(
	sandbox: Sandbox,
	options: Partial<ClientOptions> & { app?: SandboxApp; talent?: string | null } = {},
): Promise<Seen> {
	const { app = sandbox.app, talent: candidate = talent, ...others } = options;
	const client = new Client({
		baseUrl: sandbox.url,
		...app,
		signal: new AbortController().signal,
		perSecond: Infinity,
		backoffMs: 1,
		...others,
	});
	const findings = await askAll(client, candidate ?? undefined);
	const words = [...findings.answers].map(([key, answer]) => [
		key,
		answer instanceof NotSeen ? `not seen: ${answer.message}` : answer,
	]);
	return { ...findings, findings, answers: Object.fromEntries(words) as Record<string, unknown> };
}

/**
 * The sandbox tenant as a process of its own, so that its work counts for nobody. Told its tenant by
 * the first message, it answers with where to find it, and later ones with what has arrived.
 */
import { rmSync } from 'node:fs';
import { startSandbox } from '../../sandbox';
import type { Api, RequestRecord, Sandbox } from '../../sandbox';
import { peopleOf } from './candidates';
import { farAway, makeCertificate } from './farAway';
import { tenantChecks, type Target, type TenantSpec } from './work';
import { writeFaults, writtenTo } from './writing';

export interface SandboxStarted {
	/** With the row's latency and limit. */
	target: Target;
	/** A small tenant without either, for the run before the clock starts. */
	warmUp: Target;
	/** File of the certificate to trust, when they are reached over TLS. */
	certificate?: string;
}

/** What can be asked after the start: what arrived, and the rows that were written. */
export type Question = 'traffic' | 'written';

/** What arrived at the measured tenant. */
export interface Traffic {
	/** Of every API but the token's. */
	requests: number;
	/** Those that the rate limit let through, API by API. */
	byApi: Partial<Record<Api, number>>;
	/** Of these turned away by the rate limit (99991400). */
	rejected: number;
	/** Asks for a token. */
	tokens: number;
	/** Different remote ports. */
	connections: number;
}

/** The tenant and the app created last; the warm-up has one of its own, as the SDK keeps tokens by app ID. */
const targetOf = ({ url, app, apps }: Sandbox): Target => {
	const { appId, appSecret } = apps.at(-1) ?? app;
	return { url, appId, appSecret };
};

function traffic({ log }: Sandbox): Traffic {
	const queries = log.filter(({ api }) => api !== 'token');
	const byApi: Traffic['byApi'] = {};
	const isRejected = ({ code }: RequestRecord) => code === 99991400;
	for (const record of queries) {
		if (!isRejected(record)) byApi[record.api] = (byApi[record.api] ?? 0) + 1;
	}
	return {
		requests: queries.length,
		byApi,
		rejected: queries.filter(isRejected).length,
		tokens: log.filter(({ api }) => api === 'token').length,
		connections: new Set(log.map(({ remotePort }) => remotePort)).size,
	};
}

async function start(spec: TenantSpec): Promise<{ measured: Sandbox; started: SandboxStarted }> {
	const { latencyMs, requestsPerSecond, isFarAway = false, candidates = 0 } = spec;
	const checks = tenantChecks(spec);
	const people = candidates > 0 ? peopleOf(candidates) : {};
	const measured = await startSandbox({
		...people,
		checks,
		latencyMs: isFarAway ? 0 : latencyMs,
		requestsPerSecond,
	});
	for (const rule of writeFaults(spec.writeFaults ?? 0)) measured.fault(rule);
	const warmUp = await startSandbox({
		...people,
		checks: checks.slice(0, 40),
		requestsPerSecond: null,
		apps: [{ ...measured.app, appId: 'cli_warmup0000000001' }],
	});
	const started = { target: targetOf(measured), warmUp: targetOf(warmUp) };
	if (!isFarAway) return { measured, started };
	const made = makeCertificate();
	process.once('exit', () => rmSync(made.folder, { recursive: true, force: true }));
	started.target.url = await farAway(measured.url, latencyMs, made);
	started.warmUp.url = await farAway(warmUp.url, 0, made);
	return { measured, started: { ...started, certificate: made.certificate } };
}

process.once('message', (spec: TenantSpec) => {
	start(spec).then(
		({ measured, started }) => {
			process.send?.(started);
			process.on('message', (question: Question) => {
				process.send?.(question === 'traffic' ? traffic(measured) : writtenTo(measured));
			});
		},
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
});
process.once('disconnect', () => process.exit());

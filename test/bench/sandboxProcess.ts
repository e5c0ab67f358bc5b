/** Runs the sandbox tenant in its own process, so that its work does not count for any contender. */
import { rmSync } from 'node:fs';
import { startSandbox } from '../../sandbox';
import type { Api, RequestRecord, Sandbox } from '../../sandbox';
import type { Target } from './contenders/contender';
import { farAway, makeCertificate } from './farAway';
import { checksOf, ordersOf, peopleOf, type TenantSpec } from './tenant';
import { changeOrders as change, createdRows } from './work';

export interface SandboxStarted {
	/** Has the row's latency, limit and faults. */
	target: Target;
	/** A small tenant without any of these, for the warm-up before the clock starts. */
	warmUp: Target;
	/** The certificate file to trust, if the tenants are reached over TLS. */
	certificate?: string;
}

/** The requests that arrived at the measured tenant. */
export interface Traffic {
	/** Requests to every API but the token endpoint. */
	requests: number;
	/** Requests that the rate limit let through, by API. */
	byApi: Partial<Record<Api, number>>;
	/** Requests that it turned away (99991400). */
	rejected: number;
	/** Number of different remote ports. */
	connections: number;
}

let measured: Sandbox;

/** The app created last. The warm-up has its own app, because the SDK keeps tokens by app ID. */
const targetOf = ({ url, app, apps }: Sandbox): Target => {
	const { appId, appSecret } = apps.at(-1) ?? app;
	return { url, appId, appSecret };
};

export async function startTenant(spec: TenantSpec): Promise<SandboxStarted> {
	const { latencyMs, requestsPerSecond, isFarAway, candidates = 0, faults = [] } = spec;
	const checks = checksOf(spec);
	const people = candidates > 0 ? peopleOf(candidates) : {};
	const { applications, orders } = spec.orders ? ordersOf(spec) : {};
	const tenant = { ...people, ordinaryApplications: applications };
	measured = await startSandbox({
		...tenant,
		checks,
		orders,
		latencyMs: isFarAway ? 0 : latencyMs,
		requestsPerSecond,
	});
	for (const rule of faults) measured.fault(rule);
	const warmUp = await startSandbox({
		...tenant,
		checks: checks.slice(0, 40),
		orders: orders?.slice(0, 40),
		requestsPerSecond: null,
		apps: [{ ...measured.app, appId: 'cli_warmup0000000001' }],
	});
	const started = { target: targetOf(measured), warmUp: targetOf(warmUp) };
	if (!isFarAway) return started;
	const made = makeCertificate();
	process.once('exit', () => rmSync(made.folder, { recursive: true, force: true }));
	started.target.url = await farAway(measured.url, latencyMs, made);
	started.warmUp.url = await farAway(warmUp.url, 0, made);
	return { ...started, certificate: made.certificate };
}

/** Forgets the requests so far. */
export function resetTraffic(): void {
	measured.resetLog();
}

export function traffic(): Traffic {
	const { log } = measured;
	const asked = log.filter(({ api }) => api !== 'token');
	const byApi: Traffic['byApi'] = {};
	const isRejected = ({ code }: RequestRecord) => code === 99991400;
	for (const record of asked) {
		if (!isRejected(record)) byApi[record.api] = (byApi[record.api] ?? 0) + 1;
	}
	return {
		requests: asked.length,
		byApi,
		rejected: asked.filter(isRejected).length,
		connections: new Set(log.map(({ remotePort }) => remotePort)).size,
	};
}

/** Makes the changes that a poll has to find. */
export const changeOrders = (): void => change(measured);

/** The rows in the tenant that were created by a contender. */
export const created = (): string[] => createdRows(measured);

// The process must not outlive the bench, however that ends.
process.once('disconnect', () => process.exit());

/**
 * `npm run soak`: one execution of the node reads 5,000 pages of a tenant whose requests go wrong
 * once in twenty, and whose tokens are made void every 500 pages. Ends with 1 when a row is missing,
 * doubled or not the tenant's.
 */
import axios, { type AxiosInstance } from 'axios';
import type { FaultRule, RequestRecord } from '../../sandbox';
import { runMain } from '../e2e/lib/processes';
import { runNode } from '../harness';
import { storeCredential } from './contenders/engine';
import { faultNamed } from './faults/scenarios';
import { SandboxProcess } from './processes';
import { countRows } from './rowCount';
import { idsIn } from './rows/row';

const PAGES = 5000;
const PAGE_SIZE = 20;
const REQUESTS_PER_SECOND = 100;
const EXPIRE_EVERY = 500;
const PROGRESS_MS = 5000;

const TENANT = { checks: PAGES * PAGE_SIZE, latencyMs: 0, requestsPerSecond: REQUESTS_PER_SECOND };

/** How often which fault comes: 5 % in all; the sandbox draws them with a fixed seed. */
const SHARES: Record<string, number> = {
	'connection reset': 0.01,
	'HTTP 502': 0.01,
	'code 1002001': 0.008,
	'code 2200': 0.005,
	'a body that is cut off': 0.005,
	'truncated JSON': 0.005,
	'an empty body': 0.004,
	'no answer': 0.001,
	'rate limit as HTTP 429 with reset header': 0.002,
};

/** Switches on what goes wrong. */
async function switchFaultsOn(control: AxiosInstance): Promise<void> {
	const add = async (rule: FaultRule) => {
		await control.post('faults', { api: 'batch_query', ...rule });
	};
	const nth = Array.from(
		{ length: 2 * (PAGES / EXPIRE_EVERY) },
		(_, index) => (index + 1) * EXPIRE_EVERY,
	);
	await add({ nth, do: 'expire' });
	for (const [index, [name, probability]] of Object.entries(SHARES).entries()) {
		await add({ always: true, do: faultNamed(name).do, probability, seed: index + 1 });
	}
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`;

/** Reads everything, and says every few seconds how far it is. */
async function read(control: AxiosInstance, { target }: SandboxProcess['started']) {
	const startedAt = performance.now();
	const seconds = () => (performance.now() - startedAt) / 1000;
	const sayHowFar = async () => {
		const { data } = await control.get<{ requests: number }>('state');
		const memory = megabytes(process.memoryUsage().rss);
		console.log(`  ${seconds().toFixed(0)} s: ${data.requests} requests, ${memory}`);
	};
	const progress = setInterval(() => void sayHowFar().catch(console.error), PROGRESS_MS);
	try {
		const result = await runNode({
			credentials: storeCredential(target).credentials,
			type: 'queryExternalBackgroundChecks',
			parameters: {
				operation: 'getMany',
				returnAll: true,
				options: { requestsPerSecond: REQUESTS_PER_SECOND, timeout: 2000 },
			},
		});
		return { result, seconds: seconds() };
	} finally {
		clearInterval(progress);
	}
}

void runMain(async () => {
	console.log(
		`Reading ${PAGES} pages (${TENANT.checks} checks) at ${REQUESTS_PER_SECOND} requests/s with 5 % faults …`,
	);
	// In a process of its own, so that the memory measured here is n8n's and the node's.
	const { started } = await SandboxProcess.start(TENANT);
	const control = axios.create({ baseURL: `${started.target.url}/sandbox/` });
	await switchFaultsOn(control);
	const { result, seconds } = await read(control, started);
	const peak = megabytes(process.resourceUsage().maxRSS * 1024);

	const { data: log } = await control.get<RequestRecord[]>('log');
	const queries = log.filter(({ api }) => api === 'batch_query').length;
	const ids = result.output().map(({ json }) => json.id as string);
	console.log(
		`rows ${ids.length}, requests ${queries}, retries ${queries - PAGES}, refreshes ${log.length - queries - 1}, seconds ${seconds.toFixed(1)}, peak memory ${peak}`,
	);
	if (result.error) {
		console.error(`The run failed: ${result.error.message}\n${result.error.description}`);
		return 1;
	}
	const { lost, surplus } = countRows(idsIn(TENANT), ids);
	if (lost + surplus > 0) console.error(`${lost} rows lost, ${surplus} doubled or unasked`);
	return lost + surplus > 0 ? 1 : 0;
});

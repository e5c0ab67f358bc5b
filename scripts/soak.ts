/**
 * `npm run soak`: one execution of the node reads 5,000 pages of a tenant whose requests go wrong
 * once in twenty, and whose tokens are made void every 500 pages. Ends with 1 when a row is missing,
 * doubled or not the tenant's.
 */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { type FaultRule, type RequestRecord, seededChecks } from '../sandbox';
import { CredentialStore, runNode } from '../test/harness';

const PAGES = 5000;
const PAGE_SIZE = 20;
const CHECKS = PAGES * PAGE_SIZE;
const REQUESTS_PER_SECOND = 100;
const EXPIRE_EVERY = 500;
const PROGRESS_MS = 5000;

/** 5 % in all; the sandbox draws them with a fixed seed. */
const FAULTS: FaultRule[] = [
	{ do: 'reset', probability: 0.01 },
	{ do: { kind: 'html', status: 502 }, probability: 0.01 },
	{ do: { kind: 'answer', status: 500, code: 1002001 }, probability: 0.008 },
	{ do: { kind: 'answer', status: 200, code: 2200 }, probability: 0.005 },
	{ do: 'cut', probability: 0.005 },
	{ do: 'truncated', probability: 0.005 },
	{ do: 'empty', probability: 0.004 },
	{ do: 'hang', probability: 0.001 },
	{ do: 'rate_limit', probability: 0.002 },
];

/** The options of the credential for a sandbox; its default app never changes. */
interface State {
	url: string;
	apps: Array<{ appId: string; appSecret: string }>;
}

/** A sandbox in a process of its own, so that the memory measured here is n8n's and the node's. */
class Tenant {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	static async start(): Promise<Tenant> {
		const cli = path.join(__dirname, '..', 'sandbox', 'cli.ts');
		const options = ['--port', '0', '--checks', `${CHECKS}`, '--limit', `${REQUESTS_PER_SECOND}`];
		const child = fork(cli, options, { silent: true });
		const url = await new Promise<string>((resolve, reject) => {
			child.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}`)));
			child.stdout?.on('data', (text: Buffer) => {
				const [found] = /http:\/\/[\d.:]+/.exec(String(text)) ?? [];
				if (found) resolve(found);
			});
		});
		return new Tenant(child, url);
	}

	async get<T>(name: string): Promise<T> {
		return (await (await fetch(`${this.url}/sandbox/${name}`)).json()) as T;
	}

	async addFault(rule: FaultRule): Promise<void> {
		const body = JSON.stringify({ api: 'batch_query', always: true, ...rule });
		const answer = await fetch(`${this.url}/sandbox/faults`, { method: 'POST', body });
		if (!answer.ok) throw new Error(`The sandbox refused a fault: ${await answer.text()}`);
	}

	stop(): void {
		this.child.kill('SIGTERM');
	}
}

async function switchFaultsOn(tenant: Tenant): Promise<void> {
	const expiries = Array.from(
		{ length: 2 * (PAGES / EXPIRE_EVERY) },
		(_, index) => (index + 1) * EXPIRE_EVERY,
	);
	await tenant.addFault({ always: undefined, nth: expiries, do: 'expire' });
	for (const [index, rule] of FAULTS.entries()) await tenant.addFault({ ...rule, seed: index + 1 });
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`;

/** What is wrong with the rows that came out, if anything is. */
function problems(ids: string[]): string[] {
	const expected = new Set(seededChecks(CHECKS, Math.ceil(CHECKS / 10)).map(({ id }) => id));
	const got = new Set(ids);
	const lost = [...expected].filter((id) => !got.has(id)).length;
	const unknown = [...got].filter((id) => !expected.has(id)).length;
	return [
		lost > 0 && `${lost} rows lost`,
		ids.length > got.size && `${ids.length - got.size} rows doubled`,
		unknown > 0 && `${unknown} rows that the tenant does not have`,
	].filter((problem) => problem !== false);
}

async function main(): Promise<number> {
	console.log(
		`Reading ${PAGES} pages (${CHECKS} checks) at ${REQUESTS_PER_SECOND} requests/s with 5 % faults …`,
	);
	const tenant = await Tenant.start();
	let progress: NodeJS.Timeout | undefined;
	try {
		const { url, apps } = await tenant.get<State>('state');
		await switchFaultsOn(tenant);
		const credentials = new CredentialStore();
		const { appId, appSecret } = apps[0];
		credentials.add('feishuHireApi', { region: 'custom', customBaseUrl: url, appId, appSecret });

		const startedAt = performance.now();
		const seconds = () => (performance.now() - startedAt) / 1000;
		progress = setInterval(() => {
			void tenant.get<{ requests: number }>('state').then(({ requests }) => {
				const memory = megabytes(process.memoryUsage().rss);
				console.log(`  ${seconds().toFixed(0)} s: ${requests} requests, ${memory}`);
			});
		}, PROGRESS_MS);
		const result = await runNode({
			credentials,
			type: 'queryExternalBackgroundChecks',
			parameters: {
				operation: 'getMany',
				returnAll: true,
				options: { requestsPerSecond: REQUESTS_PER_SECOND, timeout: 2000 },
			},
		});
		const took = seconds();
		clearInterval(progress);
		const peak = megabytes(process.resourceUsage().maxRSS * 1024);

		const log = await tenant.get<RequestRecord[]>('log');
		const queries = log.filter(({ api }) => api === 'batch_query');
		const refreshes = log.length - queries.length - 1;
		const ids = result.output().map(({ json }) => json.id as string);
		console.log(
			`rows ${ids.length}, requests ${queries.length}, retries ${queries.length - PAGES}, refreshes ${refreshes}, seconds ${took.toFixed(1)}, peak memory ${peak}`,
		);
		if (result.error) {
			console.error(`The run failed: ${result.error.message}\n${result.error.description}`);
			return 1;
		}
		const found = problems(ids);
		for (const problem of found) console.error(problem);
		return found.length > 0 ? 1 : 0;
	} finally {
		clearInterval(progress);
		tenant.stop();
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import axios from 'axios';
import type { N8nInstall } from './install';
import { freePort } from './ports';
import { runCommand, startProcess } from './processes';
import type { OwnProcess } from './processes';
import { waitFor } from './waitFor';

/** Switches off everything that makes n8n call home, or ask the user something. */
const quiet = {
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
	N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

export interface N8nOptions {
	install: N8nInstall;
	/** The folder with `.n8n`, the database and the log. */
	userFolder: string;
	/** If absent, a free port. */
	port?: number;
	/** The differences between set-ups: database, queue, log level. */
	env?: Record<string, string>;
}

/** An n8n set-up: a user folder, a port, and the commands and processes that use them. */
export class N8n {
	private constructor(
		private readonly install: N8nInstall,
		readonly userFolder: string,
		readonly port: number,
		private readonly env: NodeJS.ProcessEnv,
	) {}

	static async prepare({ install, userFolder, port, env }: N8nOptions): Promise<N8n> {
		mkdirSync(userFolder, { recursive: true });
		const ownPort = port ?? (await freePort());
		return new N8n(install, userFolder, ownPort, {
			...cleanEnvironment(),
			...quiet,
			N8N_USER_FOLDER: userFolder,
			// n8n lets workflows write below ~/.n8n-files.
			HOME: userFolder,
			N8N_HOST: '127.0.0.1',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(ownPort),
			N8N_SECURE_COOKIE: 'false',
			N8N_LOG_LEVEL: 'info',
			// The time zone of the tenant's people: a date must be the day that they entered.
			GENERIC_TIMEZONE: 'Asia/Shanghai',
			// These servers are on loopback; a developer's proxy must not see their requests.
			NO_PROXY: '127.0.0.1,localhost,::1',
			...env,
		});
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** The main process's log. */
	get logFile(): string {
		return this.logFileOf('n8n');
	}

	/** The output of a process; `n8n` is the main one. */
	logOf(name: string): string {
		return readFileSync(this.logFileOf(name), 'utf8');
	}

	private logFileOf(name: string): string {
		return path.join(this.userFolder, `${name}.log`);
	}

	/**
	 * Runs an n8n command to its end, in its own process.
	 * @returns its standard output
	 * @throws Error with what it printed if it fails
	 */
	async command(...args: string[]): Promise<string> {
		return await runCommand(this.install.node, [this.install.n8n, ...args], {
			cwd: this.userFolder,
			env: { ...this.env, ...(await ownPorts()) },
			stdoutFile: path.join(this.userFolder, 'command.out'),
		});
	}

	/** Imports credentials or workflows from a file in n8n's export format. Creates the database. */
	async import(kind: 'credentials' | 'workflow', entries: unknown[]): Promise<void> {
		const file = path.join(this.userFolder, `import-${kind}.json`);
		writeFileSync(file, JSON.stringify(entries));
		await this.command(`import:${kind}`, `--input=${file}`);
	}

	/** Runs a workflow with `n8n execute`. @returns what it printed: the run's data as JSON */
	async execute(workflowId: string): Promise<string> {
		return await this.command('execute', `--id=${workflowId}`, '--rawOutput');
	}

	/** Starts the main process and waits until it serves requests. */
	async start(): Promise<OwnProcess> {
		return await this.startAndWait('n8n', ['start'], this.port);
	}

	/** Starts a worker of queue mode and waits until it accepts work. */
	async startWorker(name: string, concurrency: number): Promise<OwnProcess> {
		const port = await freePort();
		return await this.startAndWait(name, ['worker', `--concurrency=${concurrency}`], port, {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
		});
	}

	private async startAndWait(
		name: string,
		args: string[],
		port: number,
		env: Record<string, string> = {},
	): Promise<OwnProcess> {
		const started = startProcess(name, this.install.node, [this.install.n8n, ...args], {
			cwd: this.userFolder,
			env: { ...this.env, ...(await ownPorts()), ...env },
			log: this.logFileOf(name),
		});
		let ended = false;
		void started.ended.finally(() => (ended = true));
		await waitFor(
			`${name} to be ready (see ${this.userFolder})`,
			async () => {
				if (ended) throw new Error(`${name} ended at its start, see ${this.userFolder}`);
				return await isReady(port);
			},
			120_000,
		);
		return started;
	}
}

/** Each n8n process has a broker for its task runners, which needs a port. */
async function ownPorts(): Promise<Record<string, string>> {
	return { N8N_RUNNERS_BROKER_PORT: String(await freePort()) };
}

/** Keeps out a developer's own n8n settings, and those of npm and Node. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) => !/^(N8N_|NODE_|npm_|DB_|QUEUE_|EXECUTIONS_)/.test(name),
	);
	return Object.fromEntries(kept);
}

async function isReady(port: number): Promise<boolean> {
	return await axios.get(`http://127.0.0.1:${port}/healthz/readiness`, { proxy: false }).then(
		() => true,
		() => false,
	);
}

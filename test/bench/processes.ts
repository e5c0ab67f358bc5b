import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Job, Measured } from './contenderProcess';
import type { SandboxStarted, Traffic } from './sandboxProcess';
import type { TenantSpec } from './work';

/** How long a child may take to end. */
const GRACE_MS = 3000;

const running = new Set<ChildProcess>();

// Whichever way the bench ends, nothing that it started outlives it.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A child process that answers messages, one at a time. */
class Worker {
	private readonly child: ChildProcess;

	private lastAnswer: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly file: string,
		env: NodeJS.ProcessEnv = {},
	) {
		this.child = fork(path.join(__dirname, file), {
			env: { ...process.env, ...env },
			// tsx has put itself into execArgv.
			execArgv: [...process.execArgv, '--expose-gc'],
			serialization: 'advanced',
		});
		running.add(this.child);
		this.child.once('exit', () => running.delete(this.child));
	}

	/** @throws Error when the process ends before it has answered */
	async ask<Answer>(message: unknown): Promise<Answer> {
		const answer = this.lastAnswer.then(async () => await this.send<Answer>(message));
		this.lastAnswer = answer.catch(() => {});
		return await answer;
	}

	private async send<Answer>(message: unknown): Promise<Answer> {
		return await new Promise((resolve, reject) => {
			const onExit = (code: number | null, signal: string | null) =>
				reject(new Error(`${this.file} ended without an answer (${signal ?? code})`));
			this.child.once('exit', onExit);
			this.child.once('message', (answer) => {
				this.child.off('exit', onExit);
				resolve(answer as Answer);
			});
			this.child.send(message as object);
		});
	}

	/** Lets it clean up after itself, but not for long. */
	async stop(): Promise<void> {
		if (!running.has(this.child)) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		if (this.child.connected) this.child.disconnect();
		const kill = setTimeout(() => this.child.kill('SIGKILL'), GRACE_MS);
		await ended;
		clearTimeout(kill);
	}
}

/** The sandbox, in its own process. */
export class SandboxProcess {
	private constructor(
		private readonly worker: Worker,
		readonly started: SandboxStarted,
	) {}

	static async start(spec: TenantSpec): Promise<SandboxProcess> {
		const worker = new Worker('sandboxProcess.ts');
		return new SandboxProcess(worker, await worker.ask<SandboxStarted>(spec));
	}

	/** What has arrived so far. */
	async traffic(): Promise<Traffic> {
		return await this.worker.ask('traffic');
	}

	/** The rows that the tenant holds because somebody wrote them. */
	async written(): Promise<string[]> {
		return await this.worker.ask('written');
	}

	async stop(): Promise<void> {
		await this.worker.stop();
	}
}

/** A contender, in its own process, loaded and waiting for the start. */
export class ContenderProcess {
	private constructor(private readonly worker: Worker) {}

	/**
	 * @param engineDirectory whose `node_modules` hold n8n and the SDK
	 * @param certificate file of one to trust beside the usual ones
	 */
	static async load(
		job: Job,
		engineDirectory: string,
		certificate?: string,
	): Promise<ContenderProcess> {
		const worker = new Worker('contenderProcess.ts', {
			N8N_ENGINE_DIR: engineDirectory,
			...(certificate !== undefined && { NODE_EXTRA_CA_CERTS: certificate }),
		});
		await worker.ask(job);
		return new ContenderProcess(worker);
	}

	/** Starts the clock. @throws Error when the process ends early, also by {@link stop} */
	async run(): Promise<Measured> {
		return await this.worker.ask('go');
	}

	async stop(): Promise<void> {
		await this.worker.stop();
	}
}

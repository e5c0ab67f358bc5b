import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** File to which both outputs are appended. */
	log?: string;
	/** Whether to show both outputs. */
	show?: boolean;
	/** The user to run it as; only root can choose. */
	uid?: number;
	gid?: number;
}

export interface CommandOptions extends Omit<ProcessOptions, 'log' | 'show'> {
	stdoutFile?: string;
}

/** A process with everything that it starts. They share a process group, whose ID is the process's. */
export interface OwnProcess {
	name: string;
	pid: number;
	/** Resolves with the exit code, or the signal's name, when it ends. */
	ended: Promise<number | string>;
	/** Asks it to end, and kills it after ten seconds. Resolves when the whole group is gone. */
	stop(): Promise<void>;
	/** Kills the whole group at once, like a power cut. */
	kill(): Promise<void>;
}

const graceMs = 10_000;
const running = new Set<OwnProcess>();

// The last resort if this program is itself ended, as Playwright does with its workers.
process.once('exit', () => {
	for (const { pid } of running) signalGroup(pid, 'SIGKILL');
});

/**
 * Starts a process in its own group, so that Ctrl-C reaches only this program, which then stops the
 * others.
 */
export function startProcess(
	name: string,
	command: string,
	args: string[],
	{ log, show, ...options }: ProcessOptions = {},
): OwnProcess {
	const output = log === undefined ? (show ? 'inherit' : 'ignore') : openSync(log, 'a');
	const child = spawn(command, args, {
		...options,
		detached: true,
		stdio: ['ignore', output, output],
	});
	if (typeof output === 'number') closeSync(output);
	return own(name, child);
}

/**
 * Runs a command to its end.
 * @param options `stdoutFile` receives the standard output, for a program that exits before a pipe
 * has taken everything
 * @returns its standard output
 * @throws Error with the end of what it printed if it fails
 */
export async function runCommand(
	command: string,
	args: string[],
	{ stdoutFile, ...options }: CommandOptions = {},
): Promise<string> {
	const stdout = stdoutFile === undefined ? 'pipe' : openSync(stdoutFile, 'w');
	const child = spawn(command, args, {
		...options,
		detached: true,
		stdio: ['ignore', stdout, 'pipe'],
	});
	if (typeof stdout === 'number') closeSync(stdout);
	const printed = { stdout: '', stderr: '' };
	for (const stream of ['stdout', 'stderr'] as const) {
		child[stream]?.setEncoding('utf8').on('data', (text: string) => (printed[stream] += text));
	}
	const closed = new Promise((resolve) => child.once('close', resolve));
	const result = await own(command, child).ended;
	await closed;
	if (result !== 0) {
		const tail = `${printed.stdout}\n${printed.stderr}`.trim().split('\n').slice(-25).join('\n');
		throw new Error(`${command} ${args.join(' ')} ended with ${result}:\n${tail}`);
	}
	return stdoutFile === undefined ? printed.stdout : readFileSync(stdoutFile, 'utf8');
}

function own(name: string, child: ChildProcess): OwnProcess {
	const { pid } = child;
	const ended = new Promise<number | string>((resolve, reject) => {
		child.once('error', (error) => reject(new Error(`${name} could not be started: ${error}`)));
		child.once('exit', (code, signal) => resolve(code ?? signal ?? 0));
	});
	if (pid === undefined) return { name, pid: 0, ended, stop: async () => {}, kill: async () => {} };
	const process: OwnProcess = {
		name,
		pid,
		ended,
		stop: async () => {
			signalGroup(pid, 'SIGTERM');
			// A shell ends at once, but the program that it started first ends its own process groups.
			const until = Date.now() + graceMs;
			while (signalGroup(pid, 0) && Date.now() < until) await sleep(20);
			await process.kill();
		},
		kill: async () => {
			signalGroup(pid, 'SIGKILL');
			await ended;
		},
	};
	running.add(process);
	void ended.finally(() => running.delete(process)).catch(() => {});
	return process;
}

/** @returns whether any process is left in the group */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
		throw error;
	}
}

/** Stops whatever is still running, last started first. */
export async function stopAllProcesses(): Promise<void> {
	for (const process of [...running].reverse()) await process.stop();
}

/**
 * Runs a program's main function so that nothing it started outlives it, however it ends: normally,
 * with an error, by Ctrl-C or by SIGTERM.
 * @param main resolves with the exit code; its signal fires when the program is asked to end
 */
export async function runMain(main: (stop: AbortSignal) => Promise<number>): Promise<void> {
	const stop = new AbortController();
	const asked = new Promise<number>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.once(signal, () => {
				stop.abort();
				resolve(130);
			});
		}
	});
	const broken = new Promise<never>((_, reject) => process.once('uncaughtException', reject));
	let code = 1;
	try {
		code = await Promise.race([main(stop.signal), asked, broken]);
	} catch (error) {
		console.error((error as Error).stack ?? error);
	}
	await stopAllProcesses();
	process.exit(code);
}

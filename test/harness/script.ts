import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** What a script printed, and its exit code. */
export interface Ended {
	code: number | null;
	stdout: string;
	stderr: string;
}

/**
 * Starts a TypeScript file of the repository in its own process, as its npm command does. Without
 * the `tsx` command, which would be one more process.
 * @param file path below the repository's root
 * @param env variables in addition to those of this process
 */
export const startScript = (
	file: string,
	args: string[] = [],
	env: NodeJS.ProcessEnv = {},
): ChildProcessWithoutNullStreams =>
	spawn(process.execPath, ['--import', 'tsx', file, ...args], {
		cwd: root,
		env: { ...process.env, ...env },
	});

/** Runs a TypeScript file of the repository to its end. */
export async function runScript(...start: Parameters<typeof startScript>): Promise<Ended> {
	const child = startScript(...start);
	const printed = { stdout: '', stderr: '' };
	child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, ...printed };
}

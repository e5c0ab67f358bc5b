/**
 * `npm run follow:readme`: clones the committed state of this repository and runs the code blocks
 * of its README as they are, with a temporary home folder: demo, sandbox, the command that changes
 * a check, and the installation from the clone into a scratch n8n folder. `-- --long` also runs the
 * tests and `npm run dev`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { readFlags } from '../sandbox/commandLine';
import { packageName, rootFolder } from '../test/e2e/lib/package';
import { runCommand, runMain, startProcess, type OwnProcess } from '../test/e2e/lib/processes';
import { withProgress } from '../test/e2e/lib/progress';
import { waitFor } from '../test/e2e/lib/waitFor';
import { devFolderOf } from './devFolder';
import { stepsOf, type Step } from './readmeSteps';

/** Long enough for `npm run dev`, which installs n8n; the sandbox only compiles. */
const READY_WITHIN_MS = 15 * 60_000;

/** Where the README is followed: a clone, and a home folder next to it. */
class Place {
	private readonly env: NodeJS.ProcessEnv;

	private server?: OwnProcess;

	constructor(
		private readonly folder: string,
		readonly clone: string,
	) {
		this.env = {
			...process.env,
			HOME: path.join(folder, 'home'),
			FEISHU_APP_ID: '',
			FEISHU_APP_SECRET: '',
			// The user's settings and caches, which would otherwise be looked up in the home folder.
			npm_config_userconfig: process.env.npm_config_userconfig ?? path.join(homedir(), '.npmrc'),
			npm_config_cache: process.env.npm_config_cache ?? path.join(homedir(), '.npm'),
			XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
		};
	}

	async follow({ line, kind, prints }: Step): Promise<void> {
		if (kind === 'server' || kind === 'longServer') await this.serve(line, prints);
		else {
			const printed = await this.run(line);
			if (prints && !prints.test(printed)) throw new Error(`"${line}" printed:\n${printed}`);
		}
	}

	/**
	 * Checks that npm installed only the package, without a second copy of n8n's library, and that it
	 * loads.
	 */
	checkInstalled(): void {
		const modules = path.join(this.folder, 'home', '.n8n', 'nodes', 'node_modules');
		const installed = readdirSync(modules).filter((name) => !name.startsWith('.'));
		if (installed.join() !== packageName) throw new Error(`npm installed ${installed.join(', ')}`);
		const manifest = path.join(modules, packageName, 'package.json');
		const { n8n } = JSON.parse(readFileSync(manifest, 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		for (const file of [...n8n.nodes, ...n8n.credentials]) {
			// n8n provides n8n-workflow and luxon; here the clone does.
			const env = { ...process.env, NODE_PATH: path.join(this.clone, 'node_modules') };
			const module = path.join(modules, packageName, file);
			const loaded = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(module)})`], {
				env,
				encoding: 'utf8',
			});
			if (loaded.status !== 0) throw new Error(`${file} does not load:\n${loaded.stderr}`);
		}
	}

	async end(): Promise<void> {
		await this.server?.stop();
		this.server = undefined;
	}

	private async run(line: string): Promise<string> {
		return await withProgress(line, async () => {
			return await runCommand('bash', ['-c', line], { cwd: this.clone, env: this.env });
		});
	}

	/** Starts a server in place of the last one, because both sandboxes need the same port. */
	private async serve(line: string, ready = /./): Promise<void> {
		await this.end();
		const log = path.join(this.folder, `${line.replace(/\W+/g, '-')}.log`);
		const server = startProcess(line, 'bash', ['-c', line], {
			cwd: this.clone,
			env: this.env,
			log,
		});
		this.server = server;
		let end: number | string | undefined;
		void server.ended.then((code) => (end = code));
		const printed = () => readFileSync(log, 'utf8');
		await withProgress(line, async () => {
			await waitFor(
				`"${line}" to be ready`,
				() => {
					if (end !== undefined) throw new Error(`"${line}" ended with ${end}:\n${printed()}`);
					return ready.test(printed());
				},
				READY_WITHIN_MS,
			);
		});
	}
}

void runMain(async () => {
	const { long } = readFlags(process.argv.slice(2), { long: { type: 'boolean', default: false } });
	const folder = mkdtempSync(path.join(tmpdir(), 'feishu-hire-readme-'));
	const clone = path.join(folder, 'clone');
	await runCommand('git', ['clone', '--quiet', '--no-hardlinks', rootFolder, clone]);
	const place = new Place(folder, clone);
	const counts = { followed: 0, left: 0 };
	try {
		await runCommand('mkdir', ['-p', path.join(folder, 'home')]);
		for (const step of stepsOf(readFileSync(path.join(clone, 'README.md'), 'utf8'))) {
			const isLong = step.kind === 'long' || step.kind === 'longServer';
			if (step.kind === 'registry' || (isLong && !long)) {
				console.log(
					`left out (${step.kind === 'registry' ? 'needs npm' : '--long'}): ${step.line}`,
				);
				counts.left += 1;
				continue;
			}
			await place.follow(step);
			counts.followed += 1;
		}
		place.checkInstalled();
	} finally {
		await place.end();
		await rm(folder, { recursive: true, force: true });
		// `npm run dev` keeps this folder for the next time; this clone has none.
		await rm(devFolderOf(clone), { recursive: true, force: true });
	}
	console.log(`README followed: ${counts.followed} commands, ${counts.left} left out`);
	return 0;
});

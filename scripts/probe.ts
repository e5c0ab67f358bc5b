/**
 * `npm run probe`: asks a Feishu tenant what Feishu's pages leave open, and writes the answers to
 * tenant.json. The tenant is that of the app in FEISHU_APP_ID and FEISHU_APP_SECRET; without them
 * it is the sandbox.
 */
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { startSandbox } from '../sandbox';
import { readFlags, reportFailure, UsageError } from '../sandbox/commandLine';
import { Client } from './probe/client';
import { questions } from './probe/questions';
import { fileOf, tableOf } from './probe/report';
import { askAll } from './probe/run';

const FEISHU = 'https://open.feishu.cn';
/** Requests that are reserved for removing what --write made. */
const KEPT = 25;

const USAGE = `Usage: npm run probe -- [options]
  --write        also ask what needs records: they are made for one candidate, and removed
  --talent <id>  the ID of that candidate
  --out <file>   where the answers go (default tenant.json)
Set FEISHU_APP_ID and FEISHU_APP_SECRET to ask Feishu; without them the sandbox is asked.`;

const WARNING = `This makes external applications and background checks for the candidate, all named
probe-…, and removes them at the end. A small text file that it uploads stays: Feishu has no way to
remove an upload. Type "yes" to go on: `;

/** Everything but the table goes to stderr. */
const say = (line: string) => process.stderr.write(`${line}\n`);

function readOptions(args: string[]) {
	const { help, write, talent, out } = readFlags(args, {
		help: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
		talent: { type: 'string' },
		out: { type: 'string', default: 'tenant.json' },
	});
	if (write !== (talent !== undefined)) {
		throw new UsageError('--write and --talent <id> go together. See --help.');
	}
	if (write && !process.stdin.isTTY) {
		throw new UsageError('--write asks for a "yes" that is typed on a terminal.');
	}
	return { help, talent, out };
}

/** The tenant to ask. @throws UsageError if only one of the two variables is set */
async function openTenant() {
	const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_BASE_URL } = process.env;
	if (!appId !== !appSecret) {
		throw new UsageError('Set both FEISHU_APP_ID and FEISHU_APP_SECRET, or none.');
	}
	if (appId && appSecret) {
		const asked = FEISHU_BASE_URL ? 'the host of FEISHU_BASE_URL' : 'Feishu';
		const app = { baseUrl: FEISHU_BASE_URL || FEISHU, appId, appSecret };
		return { asked, app, close: async () => {} };
	}
	const sandbox = await startSandbox();
	const app = { baseUrl: sandbox.url, ...sandbox.app };
	return { asked: 'the sandbox', app, close: sandbox.close };
}

async function isConfirmed(): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	const stop = new AbortController();
	terminal.once('SIGINT', () => stop.abort());
	const typed = await terminal.question(WARNING, stop).catch(() => '');
	terminal.close();
	return typed.trim() === 'yes';
}

async function main(): Promise<number> {
	const { help, talent, out } = readOptions(process.argv.slice(2));
	if (help) {
		console.log(USAGE);
		return 0;
	}
	if (talent !== undefined && !(await isConfirmed())) return 1;
	const stop = new AbortController();
	// Not `once`: a second Ctrl+C must not stop it from removing what it made.
	process.on('SIGINT', () => stop.abort());
	const { asked, app, close } = await openTenant();
	say(`Asking ${asked}. Ctrl+C ends it.`);
	const client = new Client({ ...app, signal: stop.signal, kept: talent === undefined ? 0 : KEPT });
	const count = Object.keys(questions).length;
	let number = 0;
	const { answers, left, error } = await askAll(client, talent, (key) =>
		say(`${++number} of ${count}, after ${client.sent} requests: ${key}`),
	);
	await close();
	if (left.length > 0) say(`Could not be removed; please do: ${left.join(', ')}`);
	if (stop.signal.aborted) {
		say('Stopped. Nothing was written to a file.');
		return 130;
	}
	if (error !== undefined) throw error;
	console.log(tableOf(answers, process.stdout.columns ?? 160));
	writeFileSync(out, fileOf(answers, asked));
	say(
		`${client.sent} requests. The answers are in ${out}; they hold nothing of the tenant's data.`,
	);
	return left.length > 0 ? 1 : 0;
}

main().then(
	(code) => (process.exitCode = code),
	(error: unknown) => (process.exitCode = reportFailure(error)),
);

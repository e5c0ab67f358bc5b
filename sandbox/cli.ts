import { readFlags, reportFailure, UsageError } from './commandLine';
import { introduction } from './introduction';
import { readTenant } from './openQuestions';
import { type SandboxOptions, seededChecks, startSandbox } from '.';

const USAGE = `Usage: npm run sandbox -- [options]
  --port <n>        port on 127.0.0.1 (default 8787)
  --latency <ms>    delay before every answer (default 0)
  --limit <n|none>  requests per second of batch_query (default 10)
  --token-life <s>  life of a tenant_access_token in seconds (default 7200)
  --checks <n>      number of background checks (default 360)
  --as <file>       behave like the tenant whose answers npm run probe wrote to this file`;

/** Reads the options of a command line. @throws UsageError for anything that it does not understand */
function readOptions(args: string[]): SandboxOptions & { help: boolean; port: number } {
	const values = readFlags(args, {
		port: { type: 'string', default: '8787' },
		latency: { type: 'string', default: '0' },
		limit: { type: 'string', default: '10' },
		'token-life': { type: 'string', default: '7200' },
		checks: { type: 'string', default: '360' },
		as: { type: 'string' },
		help: { type: 'boolean', default: false },
	});
	const count = readWhole('checks', values.checks, 1_000_000);
	return {
		help: values.help,
		port: readWhole('port', values.port, 65_535),
		latencyMs: readNumber('latency', values.latency),
		requestsPerSecond: values.limit === 'none' ? null : readNumber('limit', values.limit),
		tokenLifeSeconds: readNumber('token-life', values['token-life']),
		// Ten checks per application, as in the default data.
		checks: seededChecks(count, Math.ceil(count / 10)),
		...(values.as !== undefined && { open: readTenant(values.as) }),
	};
}

function readNumber(name: string, text: string): number {
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0))
		throw new UsageError(`--${name} needs a number, not '${text}'. See --help.`);
	return value;
}

function readWhole(name: string, text: string, most: number): number {
	const value = readNumber(name, text);
	if (Number.isInteger(value) && value <= most) return value;
	throw new UsageError(`--${name} needs a whole number from 0 to ${most}. See --help.`);
}

/** Rewords Node's error for a port that is not available. */
function portFailure(error: unknown, port: number): unknown {
	const { code } = error as NodeJS.ErrnoException;
	if (code === 'EADDRINUSE') {
		return new Error(`Port ${port} is in use. Choose another: npm run sandbox -- --port <n>`);
	}
	if (code === 'EACCES') {
		return new Error(
			`Port ${port} is reserved for root. Choose another: npm run sandbox -- --port <n>`,
		);
	}
	return error;
}

async function main(): Promise<void> {
	const { help, ...options } = readOptions(process.argv.slice(2));
	if (help) {
		console.log(USAGE);
		return;
	}
	const sandbox = await startSandbox(options).catch((error: unknown) => {
		throw portFailure(error, options.port);
	});
	console.log(introduction(sandbox));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: unknown) => {
	process.exitCode = reportFailure(error);
});

import { parseArgs } from 'node:util';
import { busyApplicationId, seededChecks, startSandbox } from '.';
import type { Sandbox, SandboxOptions } from '.';

const usage = `Usage: npm run sandbox -- [options]
  --port <n>        port on 127.0.0.1 (default 8787)
  --latency <ms>    delay before every answer (default 0)
  --limit <n|none>  requests per second of batch_query (default 10)
  --token-life <s>  life of a tenant_access_token in seconds (default 7200)
  --checks <n>      number of background checks (default 360)`;

/** The options of a command line; throws with a sentence for what it cannot read. */
function readOptions(args: string[]): SandboxOptions & { help: boolean } {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: '8787' },
			latency: { type: 'string', default: '0' },
			limit: { type: 'string', default: '10' },
			'token-life': { type: 'string', default: '7200' },
			checks: { type: 'string', default: '360' },
			help: { type: 'boolean', default: false },
		},
	});
	const count = readNumber('checks', values.checks);
	return {
		help: values.help,
		port: readNumber('port', values.port),
		latencyMs: readNumber('latency', values.latency),
		requestsPerSecond: values.limit === 'none' ? null : readNumber('limit', values.limit),
		tokenLifeSeconds: readNumber('token-life', values['token-life']),
		// Ten checks to an application, as in the default data.
		checks: seededChecks(count, Math.ceil(count / 10)),
	};
}

function readNumber(name: string, text: string): number {
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0))
		throw new Error(`--${name} needs a number, not "${text}"`);
	return value;
}

function introduction({ url, app, checks }: Sandbox): string {
	return `A sandbox tenant of Feishu Hire with ${checks.size} background checks is running at ${url}

In n8n, add a credential "Feishu Hire API" and enter:
  Region      Custom
  Base URL    ${url}
  App ID      ${app.appId}
  App Secret  ${app.appSecret}

To try a query:
  an application with several pages  ${busyApplicationId}
  two background checks              ${checks
		.all()
		.slice(0, 2)
		.map((check) => check.id)
		.join(', ')}

See what arrives: ${url}/sandbox/log    Stop: Ctrl+C`;
}

async function main(): Promise<void> {
	const { help, ...options } = readOptions(process.argv.slice(2));
	if (help) {
		console.log(usage);
		return;
	}
	const sandbox = await startSandbox(options);
	console.log(introduction(sandbox));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: Error) => {
	console.error(`${error.message}\n\n${usage}`);
	process.exitCode = 1;
});

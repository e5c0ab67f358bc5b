/**
 * `npm run demo`: runs the example workflow on n8n's own engine, from the built package, against
 * the sandbox tenant, or against Feishu itself if FEISHU_APP_ID and FEISHU_APP_SECRET are set.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from '../sandbox';
import { reportFailure, UsageError } from '../sandbox/commandLine';
import { CredentialStore, runWorkflow, type WorkflowJson } from '../test/harness';
import { HELP, readDemoFlags } from './demo/flags';
import { notFoundIn } from './demo/notFound';
import { Progress } from './demo/progress';
import { tableOf } from './demo/table';
import { watchTraffic } from './demo/traffic';

const EXAMPLE = join(__dirname, '..', 'examples', 'query-all-background-checks.json');

/** Everything but the result goes to stderr, so that the output of `--json` can be piped. */
const say = (line: string) => process.stderr.write(`${line}\n`);

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** The tenant to query: the sandbox, unless the environment names an app. */
async function openTenant() {
	const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret } = process.env;
	if (Boolean(appId) !== Boolean(appSecret)) {
		const [set, missing] = appId
			? ['FEISHU_APP_ID', 'FEISHU_APP_SECRET']
			: ['FEISHU_APP_SECRET', 'FEISHU_APP_ID'];
		throw new UsageError(`${set} is set, but ${missing} is not. Set both to ask Feishu, or none.`);
	}
	if (appId && appSecret) {
		const region = 'https://open.feishu.cn';
		say(`Asking Feishu itself: ${region}`);
		return { credential: { region, customBaseUrl: '', appId, appSecret }, close: async () => {} };
	}
	const sandbox = await startSandbox();
	const app = { appId: sandbox.app.appId, appSecret: sandbox.app.appSecret };
	say(
		`Sandbox tenant at ${sandbox.url} (set FEISHU_APP_ID and FEISHU_APP_SECRET to ask Feishu itself)`,
	);
	return {
		credential: { region: 'custom', customBaseUrl: sandbox.url, ...app },
		close: async () => await sandbox.close(),
	};
}

async function main(): Promise<number> {
	const { help, all, json, parameters } = readDemoFlags(process.argv.slice(2));
	if (help) {
		console.log(HELP);
		return 0;
	}
	const workflow = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as WorkflowJson;
	const node = workflow.nodes.find(({ type }) => type.endsWith('.queryExternalBackgroundChecks'));
	if (!node) throw new Error(`${EXAMPLE} has no query node`);
	node.parameters = parameters;

	const tenant = await openTenant();
	const credentials = new CredentialStore();
	const { id: credentialId } = credentials.add('feishuHireApi', tenant.credential);
	const progress = new Progress();
	const startedAt = performance.now();
	const traffic = watchTraffic((pages) => progress.page(pages));
	const result = await runWorkflow({ workflow, credentials, credentialId });
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
	progress.end();
	await tenant.close();

	if (result.error) {
		say(`\n${result.error.message}\n${result.error.description ?? ''}`);
		return 1;
	}
	const items = result.output(node.name).map((item) => item.json);
	const checks = items.filter(({ found }) => found !== false);
	if (json) console.log(JSON.stringify(items, null, 2));
	else if (checks.length > 0) console.log(tableOf(checks, all));
	notFoundIn(items, parameters).forEach(say);
	const counts = [
		counted(checks.length, 'check'),
		counted(traffic.pages, 'page'),
		counted(traffic.requests, 'request'),
	];
	say(`${counts.join(', ')}, ${seconds} s`);
	return 0;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => process.exit(reportFailure(error)),
);

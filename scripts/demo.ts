/**
 * `npm run demo`: runs the example workflow on n8n's own engine, from the built package, against the
 * sandbox tenant — or against Feishu itself when FEISHU_APP_ID and FEISHU_APP_SECRET are set.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../sandbox';
import { CredentialStore, runWorkflow, type WorkflowJson } from '../test/harness';

const EXAMPLE = join(__dirname, '..', 'examples', 'query-all-background-checks.json');
const QUERY_PATH = '/external_background_checks/batch_query';

const { values: flags } = parseArgs({
	options: {
		by: { type: 'string', default: 'all' },
		id: { type: 'string' },
		ids: { type: 'string' },
		json: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

const HELP = `npm run demo                                    every check
npm run demo -- --by application --id <ID>      the checks of one external application
npm run demo -- --by ids --ids <ID>,<ID>        the checks with these IDs
npm run demo -- --json                          as JSON
FEISHU_APP_ID=… FEISHU_APP_SECRET=… npm run demo    against Feishu itself`;

/** What the flags mean for the node's parameters. */
function parametersOf(): IDataObject {
	const { by, id, ids } = flags;
	if (by === 'application' && id) {
		return { operation: 'getByApplication', externalApplicationId: id, returnAll: true };
	}
	if (by === 'ids' && ids) return { operation: 'getByIds', externalBackgroundCheckIds: ids };
	if (by === 'all') return { operation: 'getMany', returnAll: true };
	throw new Error(`--by ${by} needs ${by === 'ids' ? '--ids' : '--id'}\n\n${HELP}`);
}

/** Progress goes to stderr, so that `--json` can be piped. */
const say = (line: string) => process.stderr.write(`${line}\n`);

/** What happened on the wire so far. */
const traffic = { requests: 0, pages: 0 };

/** Counts the requests to the API and the pages that came back; Node reports each of both. */
function watchTraffic(): void {
	const isQuery = (message: unknown) =>
		(message as { request: { path: string } }).request.path.includes(QUERY_PATH);
	subscribe('http.client.request.start', (message) => {
		if (isQuery(message)) traffic.requests += 1;
	});
	subscribe('http.client.response.finish', (message) => {
		const { response } = message as { response: { statusCode: number } };
		if (!isQuery(message) || response.statusCode !== 200) return;
		traffic.pages += 1;
		if (traffic.pages % 5 === 1) say(`  page ${traffic.pages} …`);
	});
}

function table(checks: IDataObject[]): string {
	const rows = new Table({
		head: ['ID', 'Application', 'Date', 'Name', 'Result', 'Files'],
		style: { head: [], border: [], compact: true },
	});
	for (const check of checks) {
		const { id, external_application_id, date, name, result, attachment_list } = check;
		const day = Number(date) > 0 ? new Date(Number(date)).toISOString().slice(0, 10) : '';
		const files = Array.isArray(attachment_list) ? attachment_list.length : 0;
		rows.push(
			[id, external_application_id, day, name, result, files].map((cell) => `${cell ?? ''}`),
		);
	}
	return rows.toString();
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

async function main(): Promise<number> {
	if (flags.help) {
		console.log(HELP);
		return 0;
	}
	const workflow = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as WorkflowJson;
	const node = workflow.nodes.find(({ type }) => type.endsWith('.queryExternalBackgroundChecks'));
	node!.parameters = { ...parametersOf(), options: {} };

	const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret } = process.env;
	const sandbox = appId && appSecret ? undefined : await startSandbox();
	const credential = sandbox
		? { region: 'custom', customBaseUrl: sandbox.url, ...sandbox.app }
		: { region: 'https://open.feishu.cn', appId, appSecret };
	say(
		sandbox
			? `Sandbox tenant at ${sandbox.url} (set FEISHU_APP_ID and FEISHU_APP_SECRET to ask Feishu itself)`
			: 'Asking Feishu itself: https://open.feishu.cn',
	);

	const credentials = new CredentialStore();
	const { region, customBaseUrl } = credential as { region: string; customBaseUrl?: string };
	const { id: credentialId } = credentials.add('feishuHireApi', {
		region,
		customBaseUrl: customBaseUrl ?? '',
		appId: credential.appId!,
		appSecret: credential.appSecret!,
	});

	const startedAt = performance.now();
	watchTraffic();
	const result = await runWorkflow({ workflow, credentials, credentialId });
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
	await sandbox?.close();

	if (result.error) {
		say(`\n${result.error.message}\n${result.error.description ?? ''}`);
		return 1;
	}
	const checks = result.output(node!.name).map(({ json }) => json);
	console.log(flags.json ? JSON.stringify(checks, null, 2) : table(checks));
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
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);

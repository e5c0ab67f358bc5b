import type { IBinaryKeyData, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type * as Endpoints from '../../../nodes/shared/hire/endpoints';
import {
	type Answer,
	type Api,
	type Check,
	type ExternalApplication,
	type FaultRule,
	jsonAnswer,
	jsonBody,
	type RequestRecord,
	type SandboxOptions,
} from '../../../sandbox';
import { setLimits } from '../../faults/support/limits';
import { packageModule, runNode, type RunNodeOptions, type RunResult } from '../../harness';
import { openTenant, type Tenant, useTenant } from '../../harness/tenant';

export const WRITE_NODE = 'feishuHire';

export const TALENT = {
	id: '7420000000000009001',
	name: '欧阳若兰',
	emails: ['ruolan@example.com'],
	mobiles: [{ code: '86', number: '13911112222' }],
};
export const APPLICATION = '7410000000000009001';
export const OTHER_APPLICATION = '7410000000000009002';

/** A check that exists before a test. */
export const OLD_CHECK: Check = {
	id: '7318840216653959001',
	external_application_id: APPLICATION,
	date: 1741536000000,
	name: '入职前背调',
	result: '进行中',
	attachment_list: [{ id: '7318840001265439001', name: '学历核验.pdf', size: 1200 }],
};

/** The day of all new checks, in the zone of all test workflows. */
export const DAY = '2025-03-10';
export const DAY_MS = Date.parse('2025-03-10T00:00:00+08:00');

export const { endpoints } = packageModule<typeof Endpoints>('nodes/shared/hire/endpoints');

export interface WriteTenant extends Tenant {
	/** Runs an operation on a resource. */
	write: (
		resource: string,
		operation: string,
		parameters: INodeParameters,
		rest?: Partial<RunNodeOptions>,
	) => Promise<RunResult>;
	/** Creates checks of the application, one per item; the parameters are expressions. */
	createChecks: (
		items: INodeExecutionData[],
		parameters?: INodeParameters,
		rest?: Partial<RunNodeOptions>,
	) => Promise<RunResult>;
}

/** Faster than any test, in requests/s. */
const WITHOUT_PACE = 1000;

/** The maximum of the query node's option Requests per Second, whose default comes from the same table. */
const FASTEST_QUERIES = 100;

/** Removes the rate limits of writes, and of what goes with them, for a test file. */
export function writeWithoutPace(): void {
	const rows = Object.values(endpoints);
	const rates = rows.map(({ requestsPerSecond }) => requestsPerSecond);
	beforeAll(() => {
		for (const row of rows) row.requestsPerSecond = WITHOUT_PACE;
		endpoints.queryChecks.requestsPerSecond = FASTEST_QUERIES;
	});
	afterAll(() => {
		rows.forEach((row, index) => (row.requestsPerSecond = rates[index]!));
	});
}

/** How often a request is sent with {@link useFewTries}. */
export const TRIES = 3;

/** Few tries with almost no wait between them, for a test file. */
export function useFewTries(): void {
	beforeAll(() => setLimits({ tries: TRIES, backoffMs: 1, maxBackoffMs: 2 }));
}

/** The records that exist before a test. */
const thereBefore = (): SandboxOptions => ({
	checks: [structuredClone(OLD_CHECK)],
	talents: [TALENT],
	externalApplications: [
		{ id: APPLICATION, talent_id: TALENT.id, job_title: 'Engineer', stage: 'Offer' },
		{ id: OTHER_APPLICATION, talent_id: TALENT.id },
	],
});

/** Like `useTenant`, with the node that writes, and without its rate limits. */
export function useWriteTenant(): (options?: SandboxOptions) => Promise<WriteTenant> {
	const open = useTenant();
	writeWithoutPace();
	return async (options) => withWrites(await open({ ...thereBefore(), ...options }));
}

/** Like `openTenant`, with the node that writes: for tests that run in parallel. */
export const openWriteTenant = async (options?: SandboxOptions): Promise<WriteTenant> =>
	withWrites(await openTenant({ ...thereBefore(), ...options }));

function withWrites(tenant: Tenant): WriteTenant {
	const write: WriteTenant['write'] = async (resource, operation, parameters, rest) =>
		await runNode({
			credentials: tenant.credentials,
			type: WRITE_NODE,
			parameters: { resource, operation, ...parameters },
			workflowSettings: { timezone: 'Asia/Shanghai' },
			...rest,
		});
	return {
		...tenant,
		write,
		createChecks: async (items, parameters, rest) =>
			await write(
				'externalBackgroundCheck',
				'create',
				{
					recordOn: 'externalApplication',
					externalApplicationId: { __rl: true, mode: 'list', value: APPLICATION },
					name: '={{ $json.name }}',
					result: '={{ $json.result ?? "已通过" }}',
					date: '={{ $json.date ?? "2025-03-10" }}',
					...parameters,
				},
				{ items, ...rest },
			),
	};
}

/** The value of a locator. */
export const by = (mode: string, value: string) => ({ __rl: true, mode, value });

/** The checks of the application that a test has created. */
export const newChecks = ({ sandbox }: WriteTenant): Check[] =>
	sandbox.checks.byApplication(APPLICATION).filter(({ id }) => id !== OLD_CHECK.id);

/** The applications of a candidate that a test has created. */
export const newApplications = (
	{ sandbox }: WriteTenant,
	talentId = TALENT.id,
): ExternalApplication[] =>
	sandbox.applications
		.byTalent(talentId)
		.filter(({ id }) => ![APPLICATION, OTHER_APPLICATION].includes(id));

/** A success without a record. */
export const silent = (_request: RequestRecord, answer: Answer): Answer =>
	jsonAnswer(200, { ...jsonBody(answer), data: {} });

/** The existing records can be read before the first write, but not later; or only this can be read. */
export function readableOnce(
	{ sandbox }: WriteTenant,
	api: Api = 'batch_query',
	then: FaultRule['do'] = 'html',
): void {
	sandbox.fault({ api, when: () => sandbox.requests(api).length > 1, do: then });
}

/** Items for {@link WriteTenant.createChecks} with these names. */
export const named = (...names: string[]): INodeExecutionData[] =>
	names.map((name) => ({ json: { name } }));

/** A file in memory, as n8n's nodes put it into an item. */
export const file = (fileName: string, content: Buffer | string): IBinaryKeyData[string] => ({
	data: Buffer.from(content).toString('base64'),
	mimeType: 'application/pdf',
	fileName,
});

/** Each item gets a record of its own, whatever exists. */
export const OWN = { options: { ifIdenticalExists: 'create' } };

/** Settings of a node that continues if an item fails. */
export const CONTINUE = { nodeSettings: { onError: 'continueRegularOutput' as const } };

interface ItemError {
	message: string;
	description?: string;
}

/** The error of an output item; undefined if it has none. */
export const errorIn = ({ json }: INodeExecutionData): ItemError | undefined =>
	json.error as unknown as ItemError | undefined;

/** The whole text of an error. */
export const saidBy = (error: unknown): string => {
	const { message, description } = (error ?? {}) as Partial<ItemError>;
	return [message, description].filter(Boolean).join('\n');
};

import type { Api, FaultKind } from '../../sandbox';
import type { OpenQuestions } from '../../sandbox/openQuestions';
import {
	APPLICATION,
	CONTINUE,
	file,
	named,
	OLD_CHECK,
	openWriteTenant,
	OTHER_APPLICATION,
	OWN,
	TALENT,
	writeWithoutPace,
	type WriteTenant,
} from '../engine/write/tenant';
import { setLimits } from './support/limits';
import {
	expectCreatedOnce,
	expectFields,
	expectFiles,
	expectOneOfEachName,
	expectToldTruth,
	outcomesOf,
	type ItemOutcome,
} from './support/writes';

writeWithoutPace();
setLimits({ backoffMs: 1, maxBackoffMs: 2, maxResetMs: 2, rejections: 3 });

const FAULTS: Array<[string, FaultKind]> = [
	['a lost connection', { kind: 'reset' }],
	['half an answer', { kind: 'cut' }],
	['no answer in time', { kind: 'hang' }],
	['a gateway error', { kind: 'html', status: 502 }],
	['code 1002001', { kind: 'answer', status: 500, code: 1002001 }],
	['the rate limit', { kind: 'rate_limit', reset: 0 }],
	['an expired token', { kind: 'expire' }],
	['a page instead of JSON', { kind: 'html', status: 200 }],
	['JSON cut in half', { kind: 'truncated' }],
];

/**
 * Not by ID: n8n checks IDs with a regular expression that may take 250 ms at most, which a busy
 * machine can exceed.
 */
const by = (value: string) => ({ __rl: true, mode: 'list', value });

interface Operation {
	name: string;
	api: Api;
	switches: Array<Partial<OpenQuestions>>;
	/** Runs the operation for some items, and compares the tenant with what they say. @returns what they say */
	check: (tenant: WriteTenant) => Promise<ItemOutcome[]>;
	/** Whether it must survive a single fault. */
	survivesOne: (switches: Partial<OpenQuestions>, when: 'before' | 'after') => boolean;
}

const options = { timeout: 600 };

const repeated = (['record', 'empty', 'error'] as const).map((repeatedExternalId) => ({
	repeatedExternalId,
}));

/** A candidate without an external application. */
const LONELY = '7420000000000009002';

/** Checks of two names for a candidate without applications, each name twice. */
const onCandidate =
	(operation: 'create' | 'upsert'): Operation['check'] =>
	async (tenant) => {
		tenant.sandbox.talents.add({ ...TALENT, id: LONELY, emails: [], mobiles: [] });
		const items = named('a', 'b', 'a', 'b');
		const parameters = {
			candidate: by(LONELY),
			ifNoExternalApplication: 'create',
			jobTitle: 'Engineer',
			name: '={{ $json.name }}',
			result: '已通过',
			date: '2025-03-10',
			options,
		};
		const result = await tenant.write('externalBackgroundCheck', operation, parameters, {
			items,
			...CONTINUE,
		});
		const outcomes = outcomesOf(result, items.length);
		const applications = tenant.sandbox.applications.byTalent(LONELY);
		const checks = applications.flatMap(({ id }) => tenant.sandbox.checks.byApplication(id));
		expectOneOfEachName(
			outcomes.map((outcome, n) => ({ ...outcome, name: items[n]?.json.name as string })),
			applications,
			checks,
		);
		return outcomes;
	};

const operations: Operation[] = [
	...(['create', 'upsert'] as const).flatMap((operation) =>
		(['create_application', 'create_check', 'external_applications', 'batch_query'] as const).map(
			(api): Operation => ({
				name: `${operation} checks on a candidate, ${api}`,
				api,
				switches: api.startsWith('create') ? repeated : [{}],
				survivesOne: () => true,
				check: onCandidate(operation),
			}),
		),
	),
	{
		name: 'create or update: update a check',
		api: 'update_check',
		switches: [{}, { storedAttachmentId: 'copied' }],
		survivesOne: () => true,
		check: async (tenant) => {
			const result = await tenant.write(
				'externalBackgroundCheck',
				'upsert',
				{
					recordOn: 'externalApplication',
					externalApplicationId: by(APPLICATION),
					name: OLD_CHECK.name!,
					result: '未通过',
					date: '2025-03-10',
					options,
				},
				CONTINUE,
			);
			const outcomes = outcomesOf(result, 1);
			const check = tenant.sandbox.checks.byId(OLD_CHECK.id);
			for (const outcome of outcomes) expectToldTruth(outcome, check?.result === '未通过');
			expectFiles(tenant.sandbox.checks.byApplication(APPLICATION), 1);
			return outcomes;
		},
	},
	{
		name: 'create checks',
		api: 'create_check',
		switches: repeated,
		survivesOne: () => true,
		check: async (tenant) => {
			const items = named('a', 'same', 'same');
			const parameters = { options: { ...options, ...OWN.options } };
			const result = await tenant.createChecks(items, parameters, CONTINUE);
			const outcomes = outcomesOf(result, items.length);
			expectCreatedOnce(
				outcomes,
				tenant.sandbox.checks.byApplication(APPLICATION).filter(({ id }) => id !== OLD_CHECK.id),
			);
			return outcomes;
		},
	},
	{
		name: 'create checks with files',
		api: 'upload',
		switches: [{}],
		survivesOne: () => true,
		check: async (tenant) => {
			const items = named('a', 'b').map((item) => ({
				...item,
				binary: { data: file('报告.pdf', 'report') },
			}));
			const parameters = { attachments: 'data', options };
			const outcomes = outcomesOf(await tenant.createChecks(items, parameters, CONTINUE), 2);
			const created = tenant.sandbox.checks
				.byApplication(APPLICATION)
				.filter(({ id }) => id !== OLD_CHECK.id);
			expectCreatedOnce(outcomes, created);
			expectFiles(created, 1);
			return outcomes;
		},
	},
	{
		name: 'update a check',
		api: 'update_check',
		switches: [
			{},
			{ storedAttachmentId: 'copied' },
			{ omittedOnUpdate: 'kept', unknownIds: 'error' },
		],
		survivesOne: () => true,
		check: async (tenant) => {
			const result = await tenant.write(
				'externalBackgroundCheck',
				'update',
				{ checkId: OLD_CHECK.id, updateFields: { result: '未通过' }, options },
				CONTINUE,
			);
			const outcomes = outcomesOf(result, 1);
			const check = tenant.sandbox.checks.byId(OLD_CHECK.id);
			for (const outcome of outcomes) expectToldTruth(outcome, check?.result === '未通过');
			expectFields(check, { name: OLD_CHECK.name });
			expectFiles(check ? [check] : [], 1);
			return outcomes;
		},
	},
	{
		name: 'delete a check',
		api: 'delete_check',
		switches: (['error', 'success'] as const).flatMap((deleteUnknown) =>
			(['omit', 'error'] as const).map((unknownIds) => ({ deleteUnknown, unknownIds })),
		),
		survivesOne: () => true,
		check: async (tenant) => {
			const parameters = { checkId: OLD_CHECK.id, options };
			const result = await tenant.write('externalBackgroundCheck', 'delete', parameters, CONTINUE);
			const outcomes = outcomesOf(result, 1);
			const isGone = tenant.sandbox.checks.byId(OLD_CHECK.id) === undefined;
			for (const outcome of outcomes) expectToldTruth(outcome, isGone);
			return outcomes;
		},
	},
	{
		name: 'create applications',
		api: 'create_application',
		switches: repeated,
		survivesOne: () => true,
		check: async (tenant) => {
			const items = [{ json: { stage: 'a' } }, { json: { stage: 'b' } }, { json: { stage: 'b' } }];
			const result = await tenant.write(
				'externalApplication',
				'create',
				{
					candidate: by(TALENT.id),
					additionalFields: { stage: '={{ $json.stage }}' },
					options: { ...options, ...OWN.options },
				},
				{ items, ...CONTINUE },
			);
			const outcomes = outcomesOf(result, items.length);
			const old = [APPLICATION, OTHER_APPLICATION];
			expectCreatedOnce(
				outcomes,
				tenant.sandbox.applications.byTalent(TALENT.id).filter(({ id }) => !old.includes(id)),
			);
			return outcomes;
		},
	},
	{
		name: 'update an application',
		api: 'update_application',
		switches: [{}, { omittedOnUpdate: 'kept' }],
		survivesOne: () => true,
		check: async (tenant) => {
			const result = await tenant.write(
				'externalApplication',
				'update',
				{
					externalApplicationId: by(APPLICATION),
					candidate: by(TALENT.id),
					updateFields: { stage: '入职' },
					options,
				},
				CONTINUE,
			);
			const outcomes = outcomesOf(result, 1);
			const application = tenant.sandbox.applications.byId(APPLICATION);
			for (const outcome of outcomes) expectToldTruth(outcome, application?.stage === '入职');
			expectFields(application, { job_title: 'Engineer' });
			return outcomes;
		},
	},
	{
		name: 'delete an application',
		api: 'delete_application',
		switches: [{ deleteUnknown: 'error' }, { deleteUnknown: 'success' }],
		// An application cannot be read by its ID.
		survivesOne: ({ deleteUnknown }, when) => when === 'before' || deleteUnknown === 'success',
		check: async (tenant) => {
			const parameters = { externalApplicationId: by(APPLICATION), options };
			const result = await tenant.write('externalApplication', 'delete', parameters, CONTINUE);
			const outcomes = outcomesOf(result, 1);
			const isGone = tenant.sandbox.applications.byId(APPLICATION) === undefined;
			for (const outcome of outcomes) expectToldTruth(outcome, isGone);
			return outcomes;
		},
	},
];

const cases = operations.flatMap((operation) =>
	operation.switches.flatMap((switches) =>
		FAULTS.flatMap(([fault, kind]) =>
			(['before', 'after'] as const).map((when) => ({
				title: `${operation.name}: ${fault} ${when} the commit, ${JSON.stringify(switches)}`,
				operation,
				switches,
				kind,
				when,
			})),
		),
	),
);

/** Runs a case in a tenant of its own. */
async function inTenant(
	switches: Partial<OpenQuestions>,
	use: (tenant: WriteTenant) => Promise<void>,
): Promise<void> {
	const tenant = await openWriteTenant({ open: switches });
	try {
		await use(tenant);
	} finally {
		await tenant.sandbox.close();
	}
}

test.concurrent.each(cases)('$title', async ({ operation, switches, kind, when }) => {
	const { api, check, survivesOne } = operation;
	await inTenant(switches, async (tenant) => {
		tenant.sandbox.fault({ api, nth: 1, do: { ...kind, when } });
		const outcomes = await check(tenant);
		expect(tenant.sandbox.requests(api).length).toBeGreaterThan(1);
		const failed = outcomes.filter(({ json }) => json === undefined).length;
		expect(survivesOne(switches, when) ? failed : 0).toBe(0);
	});
	await inTenant(switches, async (tenant) => {
		tenant.sandbox.fault({ api, always: true, do: { ...kind, when } });
		await check(tenant);
	});
});

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Check, ExternalApplication, FaultKind } from '../../../sandbox';
import type { OpenQuestions } from '../../../sandbox/openQuestions';
import {
	APPLICATION,
	by,
	CONTINUE,
	DAY_MS,
	errorIn,
	file,
	OTHER_APPLICATION,
	saidBy,
	TALENT,
	TRIES,
	useFewTries,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

/** Checks that are recorded on a candidate. */

const open = useWriteTenant();

useFewTries();

const EMAIL = TALENT.emails[0]!;
const PHONE = '139 1111 2222';
const ONE = [{ id: APPLICATION, talent_id: TALENT.id }];

/** n8n runs the node twice; the user sees only the error of the second run. */
const TWICE = { nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } };

const CREATES_ONE = { ifNoExternalApplication: 'create', jobTitle: '后端工程师' };

/** Records a check for each item; the item's `who` names the candidate. */
const record = async (
	{ write }: WriteTenant,
	items: INodeExecutionData[],
	parameters: INodeParameters = {},
	rest = {},
	operation = 'create',
) =>
	await write(
		'externalBackgroundCheck',
		operation,
		{
			candidate: by('value', '={{ $json.who }}'),
			name: '={{ $json.name ?? "背调" }}',
			result: '={{ $json.result ?? "已通过" }}',
			date: '2025-03-10',
			...parameters,
		},
		{ items, ...rest },
	);

const on = (...people: string[]): INodeExecutionData[] => people.map((who) => ({ json: { who } }));

const applicationsOf = ({ sandbox }: WriteTenant): ExternalApplication[] =>
	sandbox.applications.byTalent(TALENT.id);

const expectNothingWritten = ({ sandbox }: WriteTenant) => {
	for (const api of ['create_check', 'create_application', 'upload'] as const) {
		expect(sandbox.requests(api)).toHaveLength(0);
	}
};

describe.each(['create', 'upsert'])('%s: whose check it is', (operation) => {
	test.each([
		['email', EMAIL],
		['phone', PHONE],
		['talent ID', TALENT.id],
	])('by %s, it is recorded on the one external application', async (_by, who) => {
		const tenant = await open({ checks: [], externalApplications: ONE });
		const result = await record(tenant, on(who), {}, {}, operation);
		expect(result.error).toBeUndefined();
		const made = tenant.sandbox.checks.all();
		expect(made).toMatchObject([
			{ external_application_id: APPLICATION, name: '背调', result: '已通过', date: DAY_MS },
		]);
		expect(result.output().map(({ json }) => json.id)).toEqual(made.map(({ id }) => id));
		expect(tenant.sandbox.requests('create_application')).toHaveLength(0);
	});

	test('a name is refused without a request, and used if names are accepted', async () => {
		const tenant = await open({ checks: [], externalApplications: ONE });
		const refused = await record(tenant, on(TALENT.name), {}, {}, operation);
		expect(saidBy(refused.error)).toContain("'Candidate' is a name, and another person may have");
		expect(saidBy(refused.error)).not.toContain(TALENT.name);
		expect(tenant.sandbox.log).toHaveLength(0);
		const options = { options: { acceptNames: true } };
		await record(tenant, on(TALENT.name), options, {}, operation);
		expect(tenant.sandbox.checks.all()).toMatchObject([{ external_application_id: APPLICATION }]);
	});

	test('a candidate without an external application is this error', async () => {
		const tenant = await open({ externalApplications: [] });
		const { error } = await record(tenant, on(EMAIL), {}, {}, operation);
		expect(saidBy(error)).toMatch(
			/^'Candidate' matches a candidate without an external application \(外部投递\)\nNothing was written\. Set 'If No External Application' to "Create One", or create one with External Application → Create\./,
		);
		expectNothingWritten(tenant);
	});

	test('several external applications are an error that names each', async () => {
		const tenant = await open();
		const { error } = await record(tenant, on(EMAIL), CREATES_ONE, {}, operation);
		expect(saidBy(error)).toContain(
			`'Candidate' matches a candidate with 2 external applications (外部投递)\nNothing was written. Set 'Record On' to "External Application" and enter one of these: ${APPLICATION} · Engineer · Offer, ${OTHER_APPLICATION}.`,
		);
		expectNothingWritten(tenant);
	});

	test('no match and several matches are errors, even if applications may be created', async () => {
		const twin = { ...TALENT, id: '7420000000000009002', mobiles: [] };
		const tenant = await open({ talents: [TALENT, twin], externalApplications: [] });
		const people = on('nobody@example.com', EMAIL, '7420000000000000999');
		const result = await record(tenant, people, CREATES_ONE, CONTINUE, operation);
		expect(result.output().map((item) => errorIn(item)?.message)).toEqual([
			"'Candidate' matches no candidate in Feishu Hire",
			"'Candidate' matches 2 candidates",
			"'Candidate' matches no candidate in Feishu Hire",
		]);
		expect(JSON.stringify(result.output())).not.toMatch(/nobody@|ruolan/);
		expectNothingWritten(tenant);
	});

	test('files of the input item are on the check', async () => {
		const tenant = await open({ checks: [], externalApplications: ONE });
		const [item] = on(EMAIL);
		const items = [{ json: {}, ...item, binary: { data: file('终版.pdf', 'report') } }];
		await record(tenant, items, { attachments: 'data' }, {}, operation);
		expect(tenant.sandbox.checks.all()).toMatchObject([
			{ attachment_list: [{ name: '终版.pdf', size: 6 }] },
		]);
	});

	test('without a job title for the new application, nothing is sent', async () => {
		const tenant = await open({ externalApplications: [] });
		const parameters = { ...CREATES_ONE, jobTitle: '={{ " " }}' };
		const { error } = await record(tenant, on(EMAIL), parameters, {}, operation);
		expect(saidBy(error)).toContain("'Job Title' is empty");
		expect(tenant.sandbox.log).toHaveLength(0);
	});

	test('one application is created for a candidate, however the items name the person', async () => {
		const tenant = await open({ checks: [], externalApplications: [], latencyMs: 5 });
		const people = on(EMAIL, PHONE, TALENT.id, EMAIL).map(({ json }, n) => ({
			json: { ...json, name: `背调 ${n}` },
		}));
		const result = await record(tenant, people, CREATES_ONE, {}, operation);
		expect(result.error).toBeUndefined();
		const [application, ...others] = applicationsOf(tenant);
		expect(others).toEqual([]);
		expect(application).toMatchObject({ job_title: '后端工程师' });
		const made = tenant.sandbox.checks.byApplication(application!.id);
		expect(made.map(({ name }) => name).sort()).toEqual(['背调 0', '背调 1', '背调 2', '背调 3']);
		// The next execution finds it.
		await record(tenant, on(EMAIL), CREATES_ONE, {}, operation);
		expect(applicationsOf(tenant)).toHaveLength(1);
	});
});

const LOST: FaultKind[] = [
	{ kind: 'reset' },
	{ kind: 'truncated' },
	{ kind: 'html', status: 502 },
	{ kind: 'answer', status: 500, code: 1002001 },
];

const REFUSED = { kind: 'answer', status: 400, code: 1002002, when: 'before' } as const;

const REPEATED: Array<OpenQuestions['repeatedExternalId']> = ['record', 'empty', 'error'];

const bare = async (open_: Partial<OpenQuestions> = {}) =>
	await open({ checks: [], externalApplications: [], open: open_ });

/** Checks that there is one application and one check, and that the item names the check. */
function expectOneOfEach(tenant: WriteTenant, made: readonly Check[], id: unknown) {
	expect(applicationsOf(tenant)).toHaveLength(1);
	expect(made).toHaveLength(1);
	expect(made[0]?.external_application_id).toBe(applicationsOf(tenant)[0]?.id);
	expect(id).toBe(made[0]?.id);
}

describe.each(['create', 'upsert'])('%s, if the application is created, too', (operation) => {
	const cases = (['create_application', 'create_check'] as const).flatMap((api) =>
		LOST.flatMap((fault) =>
			(['before', 'after'] as const).flatMap((when) =>
				REPEATED.map((repeated) => [api, fault.kind, when, repeated, fault] as const),
			),
		),
	);

	test.each(cases)('%s: an answer is lost (%s) %s the commit, repeat: %s', async (...each) => {
		const [api, , when, repeatedExternalId, fault] = each;
		const tenant = await bare({ repeatedExternalId });
		tenant.sandbox.fault({ api, nth: 1, do: { ...fault, when } });
		const result = await record(tenant, on(EMAIL), CREATES_ONE, {}, operation);
		expect(result.error).toBeUndefined();
		expectOneOfEach(tenant, tenant.sandbox.checks.all(), result.output()[0]?.json.id);
	});

	test.each(
		(['create_application', 'create_check', 'upload'] as const).flatMap((api) =>
			(['before', 'after'] as const).flatMap((when) =>
				REPEATED.map((repeated) => [api, when, repeated] as const),
			),
		),
	)(
		'%s: every answer of the first try is lost %s the commit (repeat: %s), then n8n tries again',
		async (api, when, repeatedExternalId) => {
			const tenant = await bare({ repeatedExternalId });
			const { sandbox } = tenant;
			sandbox.fault({ api, times: TRIES, do: { kind: 'reset', when } });
			// Makes it impossible to look for it in the first try.
			const listed = api === 'create_application' ? 'external_applications' : 'batch_query';
			const isLost = () => sandbox.requests(api).length === TRIES;
			if (api !== 'upload') {
				sandbox.fault({ api: listed, when: isLost, times: TRIES, do: 'html' });
			}
			const items = on(EMAIL).map((item) => ({ ...item, binary: { data: file('a.pdf', 'a') } }));
			const parameters = { ...CREATES_ONE, attachments: 'data' };
			const result = await record(tenant, items, parameters, TWICE, operation);
			expect(result.error).toBeUndefined();
			expectOneOfEach(tenant, sandbox.checks.all(), result.output()[0]?.json.id);
			expect(sandbox.checks.all()[0]?.attachment_list).toHaveLength(1);
		},
	);

	test('if the check is refused after that, the error names the application, in every try', async () => {
		for (const rest of [{}, TWICE]) {
			const tenant = await bare();
			tenant.sandbox.fault({ api: 'create_check', always: true, do: REFUSED });
			const { error } = await record(tenant, on(EMAIL), CREATES_ONE, rest, operation);
			const [application, ...others] = applicationsOf(tenant);
			expect(others).toEqual([]);
			expect(saidBy(error)).toContain(
				`The external application ${application?.id} had already been created for it.`,
			);
			expect(saidBy(error)).not.toMatch(/\bmay\b/);
		}
	});

	test('an existing application is not reported as created', async () => {
		const tenant = await open({ externalApplications: ONE });
		tenant.sandbox.fault({ api: 'create_check', always: true, do: REFUSED });
		const { error } = await record(tenant, on(EMAIL), CREATES_ONE, {}, operation);
		expect(saidBy(error)).not.toContain('created for it');
	});

	test('every item of the candidate reports an application in doubt, and no check is sent', async () => {
		const tenant = await bare();
		const { sandbox } = tenant;
		sandbox.fault({
			api: 'create_application',
			always: true,
			do: { kind: 'reset', when: 'after' },
		});
		const isLost = () => sandbox.requests('create_application').length > 0;
		sandbox.fault({ api: 'external_applications', when: isLost, do: 'html', always: true });
		const result = await record(tenant, on(EMAIL, TALENT.id), CREATES_ONE, CONTINUE, operation);
		for (const item of result.output()) {
			expect(saidBy(errorIn(item))).toContain('may have been carried out');
		}
		expect(sandbox.requests('create_application')).toHaveLength(TRIES);
		expect(sandbox.requests('create_check')).toHaveLength(0);
	});

	test('an application with another job title than was sent: the check is not reported as written', async () => {
		const tenant = await bare();
		tenant.sandbox.fault({
			api: 'create_application',
			do: (_request, answer) => ({
				...answer,
				body: (answer.body as string).replace('后端工程师', '工程师'),
			}),
		});
		const { error } = await record(tenant, on(EMAIL), CREATES_ONE, {}, operation);
		expect(saidBy(error)).toContain(
			`The external application ${applicationsOf(tenant)[0]?.id} in Feishu differs from what was sent: different job_title`,
		);
		expect(saidBy(error)).not.toMatch(/Carried out/);
	});
});

test('if one of several files cannot be uploaded, the others are named once', async () => {
	const tenant = await open({ externalApplications: ONE });
	tenant.sandbox.fault({ api: 'upload', nth: [2, 4], do: REFUSED });
	const [item] = on(EMAIL);
	const binary = { f_1: file('1.pdf', 'a'), f_2: file('2.pdf', 'bc') };
	for (const operation of ['create', 'upsert']) {
		const { error } = await record(
			tenant,
			[{ json: {}, ...item, binary }],
			{ attachments: 'f_*' },
			{},
			operation,
		);
		expect(
			saidBy(error).match(/Files already uploaded \(attachment IDs\): \d{19}\./g),
		).toHaveLength(1);
	}
});

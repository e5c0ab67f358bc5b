import type { INodeParameters } from 'n8n-workflow';
import type { OpenQuestions } from '../../../sandbox/openQuestions';
import { core } from '../../harness/engine';
import {
	APPLICATION,
	by,
	CONTINUE,
	errorIn,
	newApplications,
	OTHER_APPLICATION,
	OWN,
	saidBy,
	TALENT,
	useWriteTenant,
} from './tenant';

const open = useWriteTenant();

const RESOURCE = 'externalApplication';

const FIELDS = {
	jobTitle: '工程师',
	stage: '面试',
	resumeSource: '内推',
	jobRecruitmentType: 2,
	deliveryType: 3,
	terminationType: '拒绝',
	terminationReason: '薪资',
	createTime: '2025-03-10T09:30:00',
	modifyTime: '2025-03-11',
};
const SENT = {
	talent_id: TALENT.id,
	job_title: '工程师',
	stage: '面试',
	resume_source: '内推',
	job_recruitment_type: 2,
	delivery_type: 3,
	termination_type: '拒绝',
	termination_reason: '薪资',
	create_time: Date.parse('2025-03-10T09:30:00+08:00'),
	modify_time: Date.parse('2025-03-11T00:00:00+08:00'),
};
/** The same, simplified. */
const SIMPLIFIED = {
	...SENT,
	job_recruitment_type: 'Campus',
	delivery_type: 'Referral',
	create_time: '2025-03-10T09:30:00.000+08:00',
	modify_time: '2025-03-11T00:00:00.000+08:00',
};

test('Retry On Fail: the last error names the application that differs from what was sent', async () => {
	const tenant = await open({ open: { repeatedExternalId: 'error' } });
	const { sandbox, write } = tenant;
	sandbox.fault({
		api: 'create_application',
		times: 1,
		do: (_request, answer) => ({
			...answer,
			body: (answer.body as string).replace('面试', '初筛'),
		}),
	});
	const parameters = {
		candidate: by('value', TALENT.id),
		additionalFields: { stage: '面试' },
		...OWN,
	};
	const result = await write(RESOURCE, 'create', parameters, {
		nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
	});
	expect(saidBy(result.error)).toContain(
		`The external application ${newApplications(tenant)[0]?.id} in Feishu differs from what was sent: different stage`,
	);
	expect(newApplications(tenant)).toHaveLength(1);
});

test.each([
	['email', 'Ruolan@Example.com'],
	['phone', '139 1111 2222'],
	['name', TALENT.name],
	['talent ID', TALENT.id],
])('an application is created for a candidate by %s', async (_name, value) => {
	const tenant = await open();
	const result = await tenant.write(RESOURCE, 'create', {
		candidate: by('value', value),
		additionalFields: FIELDS,
		options: { acceptNames: true },
	});
	expect(result.error).toBeUndefined();
	expect(newApplications(tenant)).toMatchObject([SENT]);
	expect(result.output()[0]?.json).toMatchObject(SIMPLIFIED);
});

const REPEATED: Array<OpenQuestions['repeatedExternalId']> = ['record', 'empty', 'error'];

test.each(REPEATED)(
	'every answer is lost after the commit (repeat: %s): an application for each item',
	async (repeatedExternalId) => {
		const tenant = await open({ open: { repeatedExternalId } });
		tenant.sandbox.fault({
			api: 'create_application',
			always: true,
			do: { kind: 'reset', when: 'after' },
		});
		const result = await tenant.write(
			RESOURCE,
			'create',
			{ candidate: by('value', TALENT.id), additionalFields: { stage: 'x' }, ...OWN },
			{ items: [{ json: {} }, { json: {} }] },
		);
		expect(result.error).toBeUndefined();
		const ids = result.output().map(({ json }) => json.id);
		expect(new Set(ids)).toEqual(new Set(newApplications(tenant).map(({ id }) => id)));
		expect(newApplications(tenant)).toHaveLength(2);
	},
);

test('with If Identical Exists: Skip the one that is there comes out', async () => {
	const tenant = await open({ externalApplications: [{ id: APPLICATION, ...SENT }] });
	const result = await tenant.write(RESOURCE, 'create', {
		candidate: by('value', TALENT.id),
		additionalFields: FIELDS,
		options: { ifIdenticalExists: 'skip' },
	});
	expect(result.output()[0]?.json).toEqual({
		id: APPLICATION,
		...SIMPLIFIED,
		already_existed: true,
	});
	expect(newApplications(tenant)).toHaveLength(0);
});

test('an unknown or ambiguous candidate gets no application', async () => {
	const twin = { ...TALENT, id: '7420000000000009002' };
	const tenant = await open({ talents: [TALENT, twin] });
	const items = ['nobody@example.com', 'ruolan@example.com'].map((email) => ({ json: { email } }));
	const result = await tenant.write(
		RESOURCE,
		'create',
		{ candidate: by('value', '={{ $json.email }}') },
		{ items, ...CONTINUE },
	);
	expect(result.output().map((item) => errorIn(item)?.message)).toEqual([
		"'Candidate' matches no candidate in Feishu Hire",
		"'Candidate' matches 2 candidates",
	]);
	expect(result.output().map((item) => errorIn(item)?.description)).toEqual([
		'Nothing was written. Check the value. The candidate may have been deleted.',
		'Nothing was written. Enter something that only one of them has, such as the talent ID.',
	]);
	expect(tenant.sandbox.requests('create_application')).toHaveLength(0);
});

test.each([{ omittedOnUpdate: 'cleared' }, { omittedOnUpdate: 'kept' }] as const)(
	'a changed field leaves the others as they are (%o)',
	async (switches) => {
		const tenant = await open({ open: switches });
		const result = await tenant.write(RESOURCE, 'update', {
			externalApplicationId: by('id', APPLICATION),
			candidate: by('value', TALENT.id),
			updateFields: { stage: '入职' },
		});
		expect(result.error).toBeUndefined();
		expect(tenant.sandbox.applications.byId(APPLICATION)).toMatchObject({
			talent_id: TALENT.id,
			job_title: 'Engineer',
			stage: '入职',
		});
		expect(result.output()[0]?.json).toMatchObject({ job_title: 'Engineer', stage: '入职' });
	},
);

test('several items for one application are applied in their order', async () => {
	const tenant = await open({ latencyMs: 5 });
	const items = ['一', '二', '三'].map((stage) => ({ json: { stage } }));
	const result = await tenant.write(
		RESOURCE,
		'update',
		{
			externalApplicationId: by('id', APPLICATION),
			candidate: by('value', TALENT.id),
			updateFields: { stage: '={{ $json.stage }}' },
		},
		{ items },
	);
	expect(result.output().map(({ json }) => json.stage)).toEqual(['一', '二', '三']);
	expect(tenant.sandbox.applications.byId(APPLICATION)?.stage).toBe('三');
});

test("another candidate's application is not changed", async () => {
	const tenant = await open({ talents: [TALENT, { ...TALENT, id: '7420000000000009002' }] });
	const result = await tenant.write(RESOURCE, 'update', {
		externalApplicationId: by('id', APPLICATION),
		candidate: by('value', '7420000000000009002'),
		updateFields: { stage: '入职' },
	});
	expect(saidBy(result.error)).toContain('The candidate does not have this external application');
	expect(tenant.sandbox.requests('update_application')).toHaveLength(0);
});

test('an application is deleted', async () => {
	const tenant = await open();
	const result = await tenant.write(RESOURCE, 'delete', {
		externalApplicationId: by('id', APPLICATION),
	});
	expect(result.output()[0]?.json).toEqual({ deleted: true, id: APPLICATION });
	expect(tenant.sandbox.applications.byId(APPLICATION)).toBeUndefined();
});

test("n8n's log shows the progress of many deletions: Feishu allows twenty a minute", async () => {
	const told: string[] = [];
	const { prototype } = core.ExecuteContext;
	const logger = { info: (text: string) => told.push(text) };
	Object.defineProperty(prototype, 'logger', { value: logger, configurable: true });
	try {
		const tenant = await open();
		const items = [APPLICATION, OTHER_APPLICATION].map((id) => ({ json: { id } }));
		const externalApplicationId = by('id', '={{ $json.id }}');
		await tenant.write(RESOURCE, 'delete', { externalApplicationId }, { items });
	} finally {
		Reflect.deleteProperty(prototype, 'logger');
	}
	expect(told).toEqual([
		'Deleted 1 of 2 external applications',
		'Deleted 2 of 2 external applications',
	]);
});

test('a deletion in doubt is an error that says so', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'delete_application', nth: 1, do: { kind: 'reset', when: 'after' } });
	const result = await tenant.write(RESOURCE, 'delete', {
		externalApplicationId: by('id', APPLICATION),
	});
	expect(saidBy(result.error)).toContain('may have been deleted');
});

test('the applications of a candidate come out, up to the limit', async () => {
	const tenant = await open();
	const get = async (parameters: INodeParameters) =>
		await tenant.write(RESOURCE, 'getMany', {
			candidate: by('value', 'ruolan@example.com'),
			...parameters,
		});
	const all = await get({ returnAll: true });
	expect(all.output().map(({ json }) => json.id)).toEqual([APPLICATION, OTHER_APPLICATION]);
	expect(all.output()[0]?.json).toMatchObject({ job_title: 'Engineer', stage: 'Offer' });
	expect((await get({ limit: 1 })).output()).toHaveLength(1);
});

test.each([
	['by default', {}, SIMPLIFIED],
	['with Simplify', { simple: true }, SIMPLIFIED],
	['without Simplify, as Feishu sends them', { simple: false }, SENT],
])('the applications of a candidate %s', async (_how, parameters, expected) => {
	const tenant = await open({ externalApplications: [{ id: APPLICATION, ...SENT }] });
	const result = await tenant.write(RESOURCE, 'getMany', {
		candidate: by('value', TALENT.id),
		...parameters,
	});
	expect(result.output().map(({ json }) => json)).toEqual([
		{ candidate: TALENT.id, id: APPLICATION, ...expected },
	]);
});

test('an application is simplified in the same way beside a background check', async () => {
	const tenant = await open({ externalApplications: [{ id: APPLICATION, ...SENT }] });
	const parameters = { candidate: by('value', TALENT.id) };
	const [own] = (await tenant.write(RESOURCE, 'getMany', parameters)).output();
	const checks = await tenant.write('externalBackgroundCheck', 'getByCandidate', parameters);
	expect({
		candidate: TALENT.id,
		...(checks.output()[0]?.json.external_application as object),
	}).toEqual(own?.json);
});

test.each([
	['the changed application', { stage: '入职' }, { ...SIMPLIFIED, stage: '入职' }],
	[
		'a changed time',
		{ modifyTime: '2025-03-12' },
		{ ...SIMPLIFIED, modify_time: '2025-03-12T00:00:00.000+08:00' },
	],
])('an update returns %s simplified', async (_what, updateFields, expected) => {
	const tenant = await open({ externalApplications: [{ id: APPLICATION, ...SENT }] });
	const result = await tenant.write(RESOURCE, 'update', {
		externalApplicationId: by('id', APPLICATION),
		candidate: by('value', TALENT.id),
		updateFields,
	});
	expect(result.output()[0]?.json).toEqual({ id: APPLICATION, ...expected });
});

test('a candidate comes out with name and masked contact data', async () => {
	const tenant = await open();
	for (const asked of ['ruolan@example.com', TALENT.name, TALENT.id]) {
		const candidate = by('value', asked);
		const result = await tenant.write('candidate', 'get', { candidate });
		expect(result.output()).toEqual([
			expect.objectContaining({
				json: {
					candidate: asked,
					talent_id: TALENT.id,
					name: TALENT.name,
					contact: '139****2222 · r***@example.com',
				},
			}),
		]);
	}
	const nobody = await tenant.write('candidate', 'get', {
		candidate: by('value', '7420000000000000999'),
	});
	expect(nobody.output().map(({ json }) => json)).toEqual([
		{ candidate: '7420000000000000999', found: false, reason: 'noCandidate' },
	]);
});

test('a phone number gets the country of the option Mobile Code', async () => {
	const inHongKong = { ...TALENT, mobiles: [{ code: '852', number: '55500101' }] };
	const tenant = await open({ talents: [inHongKong] });
	const get = async (mobileCode: string) =>
		await tenant.write('candidate', 'get', {
			candidate: by('value', '5550 0101'),
			options: { mobileCode },
		});
	expect((await get('852')).output()[0]?.json.talent_id).toBe(TALENT.id);
	expect((await get('853')).output()[0]?.json.reason).toBe('noCandidate');
});

test('a candidate found whole by a search is not read again', async () => {
	const tenant = await open();
	const byName = await tenant.write('candidate', 'get', { candidate: by('value', TALENT.name) });
	expect(byName.output()).toHaveLength(1);
	expect(tenant.sandbox.requests('talent')).toHaveLength(0);
});

test('the error of a read does not list the items before it', async () => {
	const tenant = await open();
	const items = ['ruolan@example.com', 'nobody@example.com'].map((email) => ({ json: { email } }));
	const candidate = by('value', '={{ $json.email }}');
	const options = { ifNotFound: 'error' };
	const result = await tenant.write('candidate', 'get', { candidate, options }, { items });
	expect(saidBy(result.error)).toBe(
		'\'Candidate\' matches no candidate in Feishu Hire\nCheck the value, or set the option \'If Not Found\' to "Include" or "Skip".\nThe error occurred in item 2 (row 3 of a sheet with a header). To continue without it, set On Error to Continue in the settings of this node.',
	);
});

test('no error names a candidate', async () => {
	const tenant = await open();
	for (const asked of ['secret.person@example.com', '诸葛神秘', '13700009999']) {
		const parameters = { candidate: by('value', asked), options: { ifNotFound: 'error' } };
		const result = await tenant.write('candidate', 'get', parameters, CONTINUE);
		const text = JSON.stringify(result.output());
		expect(text).toContain('matches no candidate');
		for (const secret of ['secret.person', '诸葛神秘', '13700009999']) {
			expect(text).not.toContain(secret);
		}
	}
});

test('a candidate without an external application is reported, and no row vanishes', async () => {
	const lonely = { ...TALENT, id: '7420000000000009002', emails: ['lonely@example.com'] };
	const tenant = await open({ talents: [TALENT, lonely] });
	const items = [TALENT, lonely, lonely].map(({ id }) => ({ json: { id } }));
	const candidate = by('value', '={{ $json.id }}');
	const result = await tenant.write(RESOURCE, 'getMany', { candidate, limit: 1 }, { items });
	expect(result.output().map(({ json, pairedItem }) => [json.id ?? json, pairedItem])).toEqual([
		[APPLICATION, { item: 0 }],
		[{ candidate: lonely.id, found: false, reason: 'noExternalApplication' }, { item: 1 }],
		[{ candidate: lonely.id, found: false, reason: 'noExternalApplication' }, { item: 2 }],
	]);
	expect(result.hints().map(({ message }) => message)).toEqual([
		expect.stringMatching(
			/^2 input items found a candidate without an external application \(外部投递\)\..* There may be more external applications than the limit allows\. To get all of them, turn on Return All\.$/,
		),
	]);
});

test('an ID rounded by a spreadsheet is recognized', async () => {
	const tenant = await open();
	const { error } = await tenant.write(RESOURCE, 'update', {
		externalApplicationId: by('id', '7410000000000000000'),
		candidate: by('value', TALENT.id),
		updateFields: { stage: '入职' },
	});
	expect(saidBy(error)).toMatch(/7410000000000000000\..*rounded by a spreadsheet/s);
	const nobody = await tenant.write('candidate', 'get', {
		candidate: by('value', '7420000000000000000'),
	});
	expect(nobody.output()[0]?.json.note).toMatch(/rounded by a spreadsheet/);
});

import {
	by,
	CONTINUE,
	newApplications,
	OWN,
	saidBy,
	silent,
	TALENT,
	TRIES,
	useFewTries,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

const open = useWriteTenant();

useFewTries();

const OTHER_TALENT = { ...TALENT, id: '7420000000000009002', name: '慕容远山' };

/** n8n runs the node twice; the user sees only the error of the second run. */
const TWICE = { nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } };

const create = async ({ write }: WriteTenant, parameters = {}, rest = {}) =>
	await write(
		'externalApplication',
		'create',
		{ candidate: by('value', TALENT.id), additionalFields: { stage: '面试' }, ...parameters },
		rest,
	);

const SKIP = { options: { ifIdenticalExists: 'skip' } };

test('with If Identical Exists: Skip those of another content and of another candidate are created', async () => {
	const tenant = await open({ talents: [TALENT, OTHER_TALENT] });
	const items = [
		{ talent: TALENT.id, stage: '初筛' },
		{ talent: TALENT.id, stage: '面试' },
		{ talent: TALENT.id, stage: '面试' },
		{ talent: OTHER_TALENT.id, stage: '面试' },
	].map((json) => ({ json }));
	const result = await create(
		tenant,
		{
			candidate: by('value', '={{ $json.talent }}'),
			additionalFields: { stage: '={{ $json.stage }}' },
			...SKIP,
		},
		{ items },
	);
	expect(result.error).toBeUndefined();
	const ids = result.output().map(({ json }) => json.id);
	const made = [...newApplications(tenant), ...newApplications(tenant, OTHER_TALENT.id)];
	expect(made.map(({ stage }) => stage)).toEqual(['初筛', '面试', '面试']);
	const [first, second, other] = made.map(({ id }) => id);
	expect(ids).toEqual([first, second, second, other]);
});

test('numbers are recorded as text', async () => {
	const tenant = await open();
	const result = await create(tenant, {
		additionalFields: { jobTitle: '={{ 4711 }}', stage: '={{ 2.5 }}' },
	});
	expect(result.error).toBeUndefined();
	expect(newApplications(tenant)).toMatchObject([{ job_title: '4711', stage: '2.5' }]);
});

test('an External ID that is a number is refused: it may have lost digits', async () => {
	const tenant = await open();
	const { error } = await create(tenant, { options: { externalId: '={{ 4711 }}' } });
	expect(saidBy(error)).toContain("'External ID' is a number, not text");
	expect(tenant.sandbox.log).toHaveLength(0);
});

test.each([
	['an empty text', ''],
	['only spaces', ' '],
	['null', null],
	['nothing', undefined],
])(
	'a gap in a sheet (%s): the fields are left out, and every row is created',
	async (_gap, gap) => {
		const tenant = await open();
		const whole = { stage: '面试', applied: '2025-03-10', delivery: 3, id: 'vendor-1' };
		const items = [whole, { stage: gap, applied: gap, delivery: gap, id: gap }].map((json) => ({
			json: { title: '工程师', ...json },
		}));
		const result = await create(
			tenant,
			{
				additionalFields: {
					jobTitle: '={{ $json.title }}',
					stage: '={{ $json.stage }}',
					createTime: '={{ $json.applied }}',
					deliveryType: '={{ $json.delivery }}',
				},
				options: { externalId: '={{ $json.id }}' },
			},
			{ items },
		);
		expect(result.error).toBeUndefined();
		const sent = tenant.sandbox
			.requests('create_application')
			.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
		const common = { talent_id: TALENT.id, job_title: '工程师' };
		expect(sent).toHaveLength(2);
		expect(sent).toEqual(
			expect.arrayContaining([
				{
					...common,
					external_id: 'vendor-1',
					stage: '面试',
					create_time: Date.parse('2025-03-10T00:00:00+08:00'),
					delivery_type: 3,
				},
				{ ...common, external_id: expect.stringMatching(/\S/) as unknown },
			]),
		);
		expect(newApplications(tenant)).toHaveLength(2);
	},
);

test('success without a record: the application is looked for', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'create_application', do: silent });
	const result = await create(tenant);
	expect(result.error).toBeUndefined();
	expect(result.output().map(({ json }) => json.id)).toEqual(
		newApplications(tenant).map(({ id }) => id),
	);
	expect(tenant.sandbox.requests('create_application')).toHaveLength(1);
});

test('with If Identical Exists: Skip, the refusal of an unknown candidate is reported as it is', async () => {
	const tenant = await open();
	const result = await create(tenant, {
		candidate: by('value', '7420000000000000123'),
		additionalFields: {},
		...SKIP,
	});
	expect(saidBy(result.error)).toContain('1002102');
	expect(tenant.sandbox.requests('external_applications')).toHaveLength(1);
	expect(tenant.sandbox.requests('create_application')).toHaveLength(1);
});

test('Retry On Fail: what the first try has created is not returned for another item', async () => {
	const tenant = await open();
	const { sandbox } = tenant;
	const isLater = () => sandbox.requests('create_application').length > 2;
	sandbox.fault({
		api: 'create_application',
		nth: 2,
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	sandbox.fault({
		api: 'create_application',
		when: isLater,
		do: { kind: 'reset', when: 'before' },
	});
	const result = await create(tenant, OWN, { items: [{ json: {} }, { json: {} }], ...TWICE });
	expect(saidBy(result.error)).toContain('No new record was found, but one may still');
	expect(newApplications(tenant)).toHaveLength(1);
});

test('Retry On Fail: after a refused repeat the record is looked for, because the first try may have created it', async () => {
	const tenant = await open({ open: { repeatedExternalId: 'error' } });
	const { sandbox } = tenant;
	sandbox.fault({
		api: 'create_application',
		times: TRIES,
		do: { kind: 'reset', when: 'after' },
	});
	sandbox.fault({ api: 'external_applications', times: TRIES, do: 'html' });
	const result = await create(tenant, OWN, TWICE);
	expect(result.error).toBeUndefined();
	expect(sandbox.requests('create_application')).toHaveLength(TRIES + 1);
	expect(newApplications(tenant)).toHaveLength(1);
	expect(result.output()[0]?.json.id).toBe(newApplications(tenant)[0]?.id);
});

test('a scope missing for the list does not stop creations that need no list', async () => {
	const tenant = await open({ talents: [TALENT, OTHER_TALENT] });
	const { sandbox } = tenant;
	sandbox.fault({
		api: 'external_applications',
		always: true,
		do: { kind: 'answer', status: 400, code: 99991672 },
	});
	// Delays the second item until the first has met the missing scope.
	sandbox.fault({
		api: 'talents',
		when: ({ query }) => JSON.stringify(query).includes(OTHER_TALENT.name),
		do: { kind: 'delay', ms: 200 },
	});
	const items = [
		{ name: TALENT.name, mode: 'skip' },
		{ name: OTHER_TALENT.name, mode: 'create' },
	].map((json) => ({ json }));
	const result = await create(
		tenant,
		{
			candidate: by('value', '={{ $json.name }}'),
			options: { ifIdenticalExists: '={{ $json.mode }}', acceptNames: true },
		},
		{ items, ...CONTINUE },
	);
	expect(JSON.stringify(result.output()[0]?.json)).toContain('hire:external_application');
	const made = newApplications(tenant, OTHER_TALENT.id).map(({ id }) => id);
	expect(made).toEqual([expect.any(String)]);
	expect(result.output()[1]?.json.id).toBe(made[0]);
});

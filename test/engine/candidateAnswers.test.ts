import type { INodeParameters } from 'n8n-workflow';
import { type ExternalApplication, type NewTalent, people } from '../../sandbox';
import { sourcesOf, useTenant } from '../harness/tenant';
import { sizesOf } from './lookups';
import { by, CONTINUE, errorIn, saidBy, useWriteTenant, type WriteTenant } from './write/tenant';

const openTenant = useTenant();
const openWrites = useWriteTenant();

const VALUE = '={{ $json.value }}';

const byCandidate = (more: INodeParameters = {}): INodeParameters => ({
	operation: 'getByCandidate',
	candidate: by('value', VALUE),
	returnAll: true,
	...more,
});

const itemsOf = (...values: unknown[]) => ({
	items: values.map((value) => ({ json: { value: value as string } })),
});

/** The part of an output item that says whom it is about. */
const askedAndFound = (result: { output: () => Array<{ json: object }> }) =>
	result.output().map(({ json }) => {
		const { candidate, talent_id, found } = json as Record<string, unknown>;
		return [candidate, talent_id ?? found];
	});

describe('several contacts of one person in one request', () => {
	const person: NewTalent = {
		id: '7420000000000009101',
		name: '周一',
		emails: ['one@example.com', 'two@example.com', 'three@example.com'],
		mobiles: [
			{ code: '86', number: '13900000001' },
			{ code: '86', number: '13900000002' },
		],
	};
	const values = [...(person.emails ?? []), '13900000001', '139 0000 0002', 'nobody@example.com'];

	test.each([
		// One request each for the addresses and the numbers, and one for those not found.
		['each', [4, 2, 1]],
		// Each round finds one more of the addresses, and the last round none.
		['merged', [4, 2, 3, 1, 2, 1]],
	] as const)('each finds them, even if Feishu answers with one row (%s)', async (rows, sizes) => {
		const tenant = await openTenant({ talents: [person], open: { contactRows: rows } });
		const result = await tenant.query(byCandidate(), itemsOf(...values));
		expect(askedAndFound(result)).toEqual(values.map((value) => [value, false]));
		expect(result.output().map(({ json }) => json.reason)).toEqual([
			...Array<string>(5).fill('noExternalApplication'),
			'noCandidate',
		]);
		expect(sizesOf(tenant).sort()).toEqual([...sizes].sort());
	});
});

test.each(['any', 'exact'] as const)(
	'an address with capitals is found, even if Feishu knows it only as typed (%s)',
	async (emailCase) => {
		const tenant = await openTenant({ open: { emailCase } });
		const [typed] = people.twoNumbers.emails;
		const options = { ifSeveralCandidates: 'all' };
		const values = [typed, 'nobody@example.com', people.shortName.emails[0]];
		const result = await tenant.query(byCandidate({ limit: 1, options }), itemsOf(...values));
		expect(new Set(askedAndFound(result).map((each) => each.join(' ')))).toEqual(
			new Set([
				`${typed} ${people.twoNumbers.id}`,
				'nobody@example.com false',
				`${people.shortName.emails[0]} ${people.shortName.id}`,
			]),
		);
	},
);

test('names are found as people spell them', async () => {
	const { twoNumbers, secondArchive } = people;
	const tenant = await openTenant();
	const spellings = ['林 晓彤', '林\u3000晓彤', '陈静（二）', '陈静 (二)'];
	const result = await tenant.query(
		byCandidate({ limit: 1, returnAll: false }),
		itemsOf(...spellings),
	);
	expect(askedAndFound(result)).toEqual([
		['林 晓彤', twoNumbers.id],
		['林\u3000晓彤', twoNumbers.id],
		['陈静（二）', secondArchive.id],
		['陈静 (二)', secondArchive.id],
	]);
});

describe('several people behind one phone number', () => {
	const NUMBER = '13900000009';
	const mobiles = [{ code: '86', number: NUMBER }];
	const couple: NewTalent[] = ['1', '2'].map((digit) => ({
		id: `742000000000000920${digit}`,
		name: `周${digit}`,
		mobiles,
	}));
	const ids = couple.map(({ id }) => id ?? '');
	const externalApplications: ExternalApplication[] = ids.map((talent_id, index) => ({
		id: `741000000000000920${index}`,
		talent_id,
	}));
	const checks = externalApplications.map(({ id }, index) => ({
		id: `731884021665395920${index}`,
		external_application_id: id,
	}));
	const open = async () => await openWrites({ talents: couple, externalApplications, checks });

	const reads: Array<
		[string, (tenant: WriteTenant, options: INodeParameters) => ReturnType<WriteTenant['query']>]
	> = [
		[
			'checks',
			async ({ query }, options) => await query(byCandidate({ options }), itemsOf(NUMBER)),
		],
		...(
			[
				['externalApplication', 'getMany'],
				['candidate', 'get'],
			] as const
		).map(([resource, operation]): (typeof reads)[number] => [
			resource,
			async ({ write }, options) =>
				await write(
					resource,
					operation,
					{ candidate: by('value', VALUE), options },
					itemsOf(NUMBER),
				),
		]),
	];

	test.each(reads)('are an error that says how many, in reading a %s', async (_what, read) => {
		const tenant = await open();
		const result = await read(tenant, {});
		expect([result.status, result.output()]).toEqual(['error', []]);
		expect(saidBy(result.error)).toMatch(
			/^'Candidate' matches 2 candidates\nEnter something that only one of them has, such as the talent ID, or set the option 'If Several Candidates' to "Return All"\./,
		);
		expect(tenant.sandbox.log.map(({ api }) => api)).toEqual(['token', 'batch_get_id']);
	});

	test.each(reads)('both come out if the option says so: %s', async (_what, read) => {
		const result = await read(await open(), { ifSeveralCandidates: 'all' });
		expect(askedAndFound(result)).toEqual(ids.map((id) => [NUMBER, id]));
		expect(sourcesOf(result)).toEqual([0, 0]);
	});

	test('if one of them no longer exists, the other is still found', async () => {
		for (const [, read] of reads) {
			const tenant = await open();
			tenant.sandbox.fault({
				when: ({ path, query }) => `${path} ${query.talent_id ?? ''}`.includes(ids[0] ?? ''),
				always: true,
				do: { kind: 'answer', status: 400, code: 1002102 },
			});
			const result = await read(tenant, { ifSeveralCandidates: 'all' });
			expect(askedAndFound(result)).toEqual([[NUMBER, ids[1]]]);
		}
	});

	test.each<[string, INodeParameters]>([
		['create', {}],
		[
			'update',
			{
				externalApplicationId: by('id', externalApplications[0]?.id ?? ''),
				updateFields: { stage: '入职' },
			},
		],
	])('are never written to, whatever the options: %s', async (operation, parameters) => {
		const tenant = await open();
		const options = { ifSeveralCandidates: 'all', acceptNames: true };
		const candidate = by('value', VALUE);
		const result = await tenant.write(
			'externalApplication',
			operation,
			{ candidate, options, ...parameters },
			itemsOf(NUMBER),
		);
		expect(saidBy(result.error)).toMatch(
			/^'Candidate' matches 2 candidates\nNothing was written\. Enter something that only one of them has, such as the talent ID\./,
		);
		const sent = tenant.sandbox.log.map(({ api }) => api);
		expect(sent).not.toContain('create_application');
		expect(sent).not.toContain('update_application');
	});
});

describe('a name', () => {
	test('is refused for a write, and no request is sent', async () => {
		const tenant = await openWrites();
		const result = await tenant.write(
			'externalApplication',
			'create',
			{ candidate: by('value', VALUE) },
			{ ...itemsOf('欧阳若兰'), ...CONTINUE },
		);
		const [error] = result.output().map(errorIn);
		expect(error?.message).toBe("'Candidate' is a name, and another person may have the same one");
		expect(error?.description).toMatch(/^Nothing was written\. .*'Accept Names'/);
		expect(JSON.stringify(error)).not.toContain('欧阳若兰');
		expect(tenant.sandbox.log).toEqual([]);
	});

	test('is used for a write if names are accepted', async () => {
		const tenant = await openWrites();
		const result = await tenant.write(
			'externalApplication',
			'create',
			{
				candidate: by('value', VALUE),
				additionalFields: { jobTitle: '产品经理' },
				options: { acceptNames: true },
			},
			itemsOf('欧阳 若兰'),
		);
		expect(result.error?.message).toBeUndefined();
		expect(tenant.sandbox.requests('create_application')).toHaveLength(1);
	});
});

describe('every row of a look-up has the value that was looked up', () => {
	test("as it came in, whatever its type; Feishu's own field of that name stays beside it", async () => {
		const { shortName } = people;
		const tenant = await openTenant();
		const [application] = tenant.sandbox.applications.byTalent(shortName.id);
		const [check] = tenant.sandbox.checks.byApplication(application?.id ?? '');
		Object.assign(check ?? {}, { candidate: '张三' });
		const number = Number(shortName.mobiles[0].number);
		const result = await tenant.query(byCandidate(), itemsOf(` ${shortName.id}\n`, number));
		expect(result.output().map(({ json }) => [json.candidate, json.feishu_candidate])).toEqual([
			[` ${shortName.id}\n`, '张三'],
			[number, '张三'],
		]);
	});

	test.each([
		['candidate', 'get', 'noCandidate'],
		['externalApplication', 'getMany', 'noCandidate'],
	])('nobody: %s, %s', async (resource, operation, reason) => {
		const tenant = await openWrites();
		const read = async (ifNotFound?: string) =>
			await tenant.write(
				resource,
				operation,
				{
					candidate: by('value', VALUE),
					...(ifNotFound && { options: { ifNotFound } }),
				},
				itemsOf('ruolan@example.com', 'nobody@example.com', '不知道', '-'),
			);
		const included = await read();
		const nobody = (candidate: string) => ({ candidate, found: false, reason });
		expect(
			included
				.output()
				.slice(-3)
				.map(({ json }) => json),
		).toEqual(['nobody@example.com', '不知道', '-'].map(nobody));
		expect(included.output()[0]?.json.candidate).toBe('ruolan@example.com');
		expect(included.hints().map(({ message }) => message)).toContain(
			'3 input items found no candidate in Feishu Hire.',
		);
		const skipped = await read('skip');
		expect(new Set(sourcesOf(skipped))).toEqual(new Set([0]));
		expect(skipped.hints()[0]?.message).toMatch(
			/^3 input items found no candidate in Feishu Hire\. To get an item/,
		);
		const failed = await read('error');
		expect(failed.status).toBe('error');
		expect(saidBy(failed.error)).toMatch(
			/^'Candidate' matches no candidate in Feishu Hire\nCheck the value, or set the option 'If Not Found'/,
		);
	});
});

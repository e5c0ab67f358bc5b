import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { applicationWithoutCheck, people } from '../../sandbox';
import { itemOf } from '../harness/itemOf';
import { idsOf, sourcesOf, useTenant, type Tenant } from '../harness/tenant';

const openTenant = useTenant();

const CONTINUE = { nodeSettings: { onError: 'continueRegularOutput' as const } };

const by = (value: string, more: INodeParameters = {}): INodeParameters => ({
	operation: 'getByCandidate',
	candidate: { __rl: true, mode: 'value', value },
	...more,
});

/** One input item per value. */
const itemsOf = (...values: string[]) => ({ items: values.map((value) => ({ json: { value } })) });

/**
 * The checks of a talent as they are output with Simplify off. @param candidate the value that was
 * looked up
 */
function checksOf({ sandbox }: Tenant, talentId: string, candidate?: string): IDataObject[] {
	return sandbox.applications.byTalent(talentId).flatMap((application) =>
		sandbox.checks.byApplication(application.id).map((check) => ({
			candidate,
			...check,
			talent_id: talentId,
			external_application: application,
		})),
	);
}

const countOf = ({ sandbox }: Tenant) => ({
	lookups: sandbox.requests('batch_get_id').length,
	searches: sandbox.requests('talents').length,
	lists: sandbox.requests('external_applications').length,
	checks: sandbox.requests('batch_query').length,
});

const { twoNumbers, shortName, sharedName, firstArchive, secondArchive } = people;
const [phone] = twoNumbers.mobiles;

test.each([
	['an email address', ` ${twoNumbers.emails[0]} `],
	['a phone number', phone.number],
	['one with its country', `+${phone.code} ${phone.number}`],
	['an ID', twoNumbers.id],
	["the address of the candidate's page", `https://x.feishu.cn/hire/talent/${twoNumbers.id}?tab=1`],
	['a name', twoNumbers.name],
])('%s: the checks of all applications, with candidate and application', async (_kind, value) => {
	const tenant = await openTenant();
	const result = await tenant.query(by(`={{ $json.value }}`), itemsOf(value));
	expect(result.error?.message).toBeUndefined();
	const expected = checksOf(tenant, twoNumbers.id, value);
	expect(expected.length).toBeGreaterThan(1);
	expect(result.output().map(({ json }) => json)).toEqual(expected);
	expect(Object.keys(result.output()[0]?.json ?? {})[0]).toBe('candidate');
	expect(result.hints()).toEqual([]);
});

test('one column may contain every kind of value, including what the list stores', async () => {
	const tenant = await openTenant();
	const values = [twoNumbers.emails[0], phone.number, twoNumbers.name, '不知道', twoNumbers.id];
	const candidate = { __rl: true, mode: 'list', value: '={{ $json.value }}' };
	const result = await tenant.query({ ...by(''), candidate }, itemsOf(...values));
	const found = checksOf(tenant, twoNumbers.id).length;
	expect(result.output().map(({ json }) => json.candidate)).toEqual(
		values.flatMap((value) => Array(value === '不知道' ? 1 : found).fill(value) as string[]),
	);
	expect(result.output().filter(({ json }) => json.found === false)).toHaveLength(1);
});

test('Simplify: the value that was looked up comes first, then what people read, talent and application last', async () => {
	const { query } = await openTenant();
	const result = await query(by(shortName.emails[0], { simple: true }));
	expect(Object.keys(result.output()[0]?.json ?? {})).toEqual([
		'candidate',
		'name',
		'result',
		'date',
		'id',
		'external_application_id',
		'attachment_list',
		'talent_id',
		'external_application',
	]);
});

const outcomes: Array<[string, string, RegExp, RegExp]> = [
	[
		'nobody@example.com',
		'noCandidate',
		/found no candidate in Feishu Hire\.$/,
		/^'Candidate' matches no candidate/,
	],
	[
		people.withoutApplication.emails[0],
		'noExternalApplication',
		/found a candidate without an external application/,
		/^'Candidate' matches a candidate without an external application/,
	],
	[
		people.withoutCheck.emails[0],
		'noBackgroundCheck',
		/found no external background check/,
		/^'Candidate' has no external background check/,
	],
];

describe.each(outcomes)('%s: %s', (email, reason, hint, message) => {
	test('include: an item that says so, linked to its input', async () => {
		const { query } = await openTenant();
		const result = await query(by('={{ $json.value }}'), itemsOf(shortName.emails[0], email));
		expect(result.output().at(-1)).toEqual({
			json: { candidate: email, found: false, reason },
			pairedItem: { item: 1 },
		});
		expect(result.hints().map((each) => each.message)).toEqual([expect.stringMatching(hint)]);
	});

	test('skip: a hint counts it', async () => {
		const { query } = await openTenant();
		const result = await query(by(email, { options: { ifNotFound: 'skip' } }));
		expect([result.status, result.output()]).toEqual(['success', []]);
		expect(result.hints()[0]?.message).toMatch(/^This run found/);
	});

	test('error: a clear message, without the email address', async () => {
		const { query } = await openTenant();
		const result = await query(
			by('={{ $json.value }}', { options: { ifNotFound: 'error' } }),
			itemsOf(email),
		);
		expect([result.status, result.output()]).toEqual(['error', []]);
		expect(result.error?.message).toMatch(message);
		expect(JSON.stringify(result.error)).not.toContain(email);
	});
});

test('two candidates with exactly the same name are a clear error, never a guess', async () => {
	const { query, queries } = await openTenant();
	const result = await query(by('={{ $json.value }}'), itemsOf(sharedName.name));
	expect([result.status, result.output(), queries()]).toEqual(['error', [], []]);
	expect(result.error?.message).toBe("'Candidate' matches 2 candidates");
	expect(JSON.stringify(result.error)).not.toContain(sharedName.name);
});

test('several talents with one email address: an error that says how many, or all of them, each with its ID', async () => {
	const tenant = await openTenant();
	const [email] = firstArchive.emails;
	const refused = await tenant.query(by(email));
	expect([refused.status, refused.output(), tenant.queries()]).toEqual(['error', [], []]);
	expect(refused.error?.message).toBe("'Candidate' matches 2 candidates");
	expect(refused.error?.description).toMatch(/'If Several Candidates' to "Return All"/);
	const options = { ifSeveralCandidates: 'all' };
	const result = await tenant.query(by(email, { returnAll: true, options }));
	expect(result.output().map(({ json }) => json)).toEqual([
		...checksOf(tenant, firstArchive.id, email),
		...checksOf(tenant, secondArchive.id, email),
	]);
	expect(new Set(result.output().map(({ json }) => json.talent_id)).size).toBe(2);
});

test('look-ups are pooled: each talent and application is read once, however many items need it', async () => {
	const tenant = await openTenant();
	const { sandbox } = tenant;
	const emails = sandbox.talents
		.all()
		.flatMap((talent) => talent.emails ?? [])
		.slice(10, 50);
	const values = [...emails, ...emails.slice(0, 20), 'nobody@example.com', ...emails.slice(5, 9)];
	const result = await tenant.query(
		by('={{ $json.value }}', { returnAll: true }),
		itemsOf(...values),
	);
	expect(result.error?.message).toBeUndefined();
	const talents = emails.map((email) =>
		sandbox.talents.all().find((talent) => talent.emails?.includes(email)),
	);
	const applications = talents.flatMap((talent) => sandbox.applications.byTalent(talent?.id ?? ''));
	const pages = applications.map(({ id }) =>
		Math.max(1, Math.ceil(sandbox.checks.byApplication(id).length / 20)),
	);
	expect(countOf(tenant)).toEqual({
		// Those not found are looked up once more.
		lookups: 2,
		searches: 0,
		lists: emails.length,
		checks: pages.reduce((sum, count) => sum + count, 0),
	});
	const expected = values.flatMap((email, item) => {
		const talent = talents[emails.indexOf(email)];
		return (talent ? checksOf(tenant, talent.id) : [{ id: undefined }]).map(({ id }) => [id, item]);
	});
	expect(idsOf(result).map((id, index) => [id, sourcesOf(result)[index]])).toEqual(expected);
	expect(new Set(result.output().map(({ json }) => json)).size).toBe(result.output().length);
});

test('the same candidate looked up in two ways is read once', async () => {
	const tenant = await openTenant();
	const parameters: INodeParameters = {
		operation: 'getByCandidate',
		candidate: '={{ $json.value }}',
	};
	const { items } = itemsOf(twoNumbers.emails[0], twoNumbers.id);
	const result = await tenant.query(parameters, { items });
	const ids = checksOf(tenant, twoNumbers.id).map(({ id }) => id);
	expect(idsOf(result)).toEqual([...ids, ...ids]);
	expect(countOf(tenant)).toMatchObject({ lists: 1, checks: 2 });
});

test('the limit applies to each item, and a hint says that there is more', async () => {
	const tenant = await openTenant();
	const result = await tenant.query(
		by('={{ $json.value }}', { limit: '={{ $itemIndex + 1 }}' }),
		itemsOf(twoNumbers.emails[0], twoNumbers.emails[0]),
	);
	const ids = checksOf(tenant, twoNumbers.id).map(({ id }) => id);
	expect(idsOf(result)).toEqual([...ids.slice(0, 1), ...ids.slice(0, 2)]);
	expect(result.hints()[0]?.message).toMatch(/more background checks than the limit/);
});

test('an item that has reached its limit requests nothing more, and a hint says that there may be more', async () => {
	const tenant = await openTenant();
	const [first] = tenant.sandbox.applications.byTalent(twoNumbers.id);
	const limit = tenant.sandbox.checks.byApplication(first?.id ?? '').length;
	const result = await tenant.query(by(twoNumbers.id, { limit }));
	expect(idsOf(result)).toHaveLength(limit);
	expect(tenant.queries()).toHaveLength(1);
	expect(result.hints()[0]?.message).toMatch(/more background checks than the limit/);
});

test('of an application with many checks, no page is read that no item needs', async () => {
	const application = { id: '7410000000000009009', talent_id: shortName.id };
	const checks = Array.from({ length: 45 }, (_, index) => ({
		id: `c${index}`,
		external_application_id: application.id,
	}));
	const tenant = await openTenant({
		talents: [{ ...shortName }],
		externalApplications: [application],
		checks,
	});
	const result = await tenant.query(
		by(shortName.id, { limit: '={{ $itemIndex === 0 ? 21 : 7 }}' }),
		itemsOf('a', 'b'),
	);
	expect(result.error?.message).toBeUndefined();
	expect(sourcesOf(result)).toEqual([...Array<number>(21).fill(0), ...Array<number>(7).fill(1)]);
	expect(idsOf(result).slice(0, 21)).toEqual(checks.slice(0, 21).map(({ id }) => id));
	expect(tenant.queries()).toHaveLength(2);
});

test('the first checks are asked for while the last candidate is still being looked up', async () => {
	const { query, queries, sandbox } = await openTenant();
	let wereAskedFor = false;
	sandbox.fault({
		api: 'talents',
		nth: 2,
		do: async (_request, answer) => {
			for (let n = 0; n < 100 && queries().length === 0; n++) await pause(20);
			wereAskedFor = queries().length > 0;
			return answer;
		},
	});
	const result = await query(
		by('={{ $json.value }}'),
		itemsOf(shortName.name, people.withoutCheck.name),
	);
	expect([result.error?.message, wereAskedFor]).toEqual([undefined, true]);
});

test('filters pick among the checks of a candidate', async () => {
	const tenant = await openTenant();
	const [check] = checksOf(tenant, twoNumbers.id);
	const filters = { results: check?.result as string };
	const result = await tenant.query(by(twoNumbers.id, { filters }));
	expect(result.output().every(({ json }) => json.result === check?.result)).toBe(true);
	expect(idsOf(result)).toContain(check?.id);
	const none = await tenant.query(by(twoNumbers.id, { filters: { results: '没有' } }));
	expect(none.output().map(({ json }) => json)).toEqual([
		{ candidate: twoNumbers.id, found: false, reason: 'noMatch' },
	]);
});

test.each([
	['batch_get_id', 'hire:talent:readonly'],
	['external_applications', 'hire:external_application'],
] as const)('a missing scope of %s is named', async (api, scope) => {
	const { query, sandbox } = await openTenant();
	sandbox.app.scopes =
		api === 'batch_get_id'
			? ['hire:external_application']
			: ['hire:talent:readonly', 'hire:external_application:readonly'];
	const { error } = await query(by(shortName.emails[0]));
	expect(error?.message).toContain('(code 99991672)');
	expect(error?.description).toContain(scope);
});

test("an application that fails is its candidate's failure only", async () => {
	const { query, sandbox } = await openTenant();
	const [application] = sandbox.applications.byTalent(twoNumbers.id);
	sandbox.fault({
		api: 'batch_query',
		when: (request) => request.query.external_application_id === application?.id,
		do: { kind: 'answer', status: 400, code: 1002002 },
	});
	const values = itemsOf(shortName.emails[0], twoNumbers.emails[0], people.withoutCheck.emails[0]);
	const result = await query(by('={{ $json.value }}'), { ...values, ...CONTINUE });
	expect(result.output().map(({ json }) => Object.keys(json)[0])).toEqual([
		'candidate',
		'error',
		'candidate',
	]);
	expect(result.output().map(({ json }) => json.found)).toEqual([undefined, undefined, false]);
	const stopped = await query(by('={{ $json.value }}'), values);
	expect([stopped.status, itemOf(stopped.error)]).toEqual(['error', 1]);
});

test('one bad phone number fails its own item', async () => {
	const { query, sandbox } = await openTenant();
	const bad = '19900000999';
	sandbox.fault({
		api: 'batch_get_id',
		when: (request) => request.body.includes(bad),
		do: { kind: 'answer', status: 400, code: 1002009 },
	});
	const values = itemsOf(phone.number, bad, shortName.mobiles[0].number);
	const result = await query(by('={{ $json.value }}'), { ...values, ...CONTINUE });
	const failed = result.output().filter(({ json }) => 'error' in json);
	expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	expect(new Set(sourcesOf(result))).toEqual(new Set([0, 1, 2]));
	expect(JSON.stringify(result.output())).not.toContain(bad);
});

test('the value that was looked up is in no hint, and in its item only as the candidate', async () => {
	const { query } = await openTenant();
	const values = itemsOf('nobody@example.com', people.withoutApplication.emails[0]);
	const result = await query(by('={{ $json.value }}'), values);
	const rows = result.output().map(({ json }) => ({ ...json, candidate: undefined }));
	const told = JSON.stringify([rows, result.hints()]);
	expect(rows).toHaveLength(2);
	expect(told).not.toMatch(/@example|赵敏/);
	expect(applicationWithoutCheck).toMatch(/^\d{19}$/);
});

test.each([
	['two contacts', `${shortName.emails[0]}, ${shortName.mobiles[0].number}`],
	['the number of an identity card', '11010519491231002X'],
	['a number with an extension', `${shortName.mobiles[0].number} 转 801`],
])('%s is refused unsent, and not repeated', async (_what, value) => {
	const { query, sandbox } = await openTenant();
	const { error } = await query(by('={{ $json.value }}'), itemsOf(value));
	expect(error?.message).toMatch(
		/^'Candidate' (contains (several contacts or IDs|a phone number with an extension)|looks like an identity card number)/,
	);
	expect(JSON.stringify(error)).not.toContain(value);
	expect(sandbox.log).toEqual([]);
});

test('a talent ID rounded by a spreadsheet is recognized', async () => {
	const { query } = await openTenant();
	const candidate = { __rl: true, mode: 'value', value: '6930815272790110000' };
	const result = await query({ operation: 'getByCandidate', candidate });
	expect(result.output()[0]?.json).toMatchObject({
		found: false,
		reason: 'noCandidate',
		note: expect.stringMatching(/rounded by a spreadsheet/) as unknown,
	});
	expect(result.hints()[0]?.message).toMatch(
		/^This run found no candidate in Feishu Hire\. .*rounded by a spreadsheet.*: 6930815272790110000\.$/,
	);
	const options = { ifNotFound: 'error' };
	const { error } = await query({ operation: 'getByCandidate', candidate, options });
	expect(error?.description).toMatch(/rounded by a spreadsheet/);
});

import type { IDataObject } from 'n8n-workflow';
import {
	applicationWithoutOrder,
	orderExamples,
	people,
	type NewApplication,
	type NewTalent,
	type OrdinaryApplication,
} from '../../../sandbox';
import {
	candidate,
	itemsOf,
	manyOrders,
	orderIdsOf,
	rowsOf,
	useOrderTenant,
	type OrderTenant,
} from './tenant';

const open = useOrderTenant();

const { twoNumbers, firstArchive, secondArchive, sharedName, shortName } = people;

/** The IDs of all orders of a talent. */
const ordersOf = ({ sandbox }: OrderTenant, talentId: string): string[] =>
	sandbox.ordinaryApplications
		.byTalent(talentId)
		.flatMap(({ id }) => sandbox.orders.sorted('newest', id).map((order) => order.id));

test.each([
	['an email address', twoNumbers.emails[0]],
	['a phone number', twoNumbers.mobiles[0].number],
	['a name', twoNumbers.name],
	['an ID', twoNumbers.id],
])(
	'%s: the orders of all applications; a row begins with what was asked for',
	async (_kind, value) => {
		const tenant = await open();
		const result = await tenant.ask('getByCandidate', candidate(value));
		const expected = ordersOf(tenant, twoNumbers.id);
		expect(expected).toEqual(
			expect.arrayContaining([orderExamples.completed, orderExamples.twoReports]),
		);
		expect(orderIdsOf(result)).toEqual(expected);
		for (const row of rowsOf(result)) {
			expect(Object.keys(row)).toHaveLength(11);
			expect(Object.entries(row)[0]).toEqual(['candidate', value]);
		}
		expect(result.hints()).toEqual([]);
	},
);

test('raw rows begin with it, too', async () => {
	const tenant = await open();
	const result = await tenant.ask('getByCandidate', { ...candidate(twoNumbers.id), simple: false });
	const rows = rowsOf(result);
	expect(rows.map(({ order_id }) => order_id)).toEqual(ordersOf(tenant, twoNumbers.id));
	for (const row of rows) {
		expect(Object.entries(row)[0]).toEqual(['candidate', twoNumbers.id]);
		expect(row).toHaveProperty('candidate_info.mobile');
	}
});

test('one talent is requested once, and each application by itself', async () => {
	const tenant = await open();
	await tenant.ask('getByCandidate', candidate(twoNumbers.id));
	const applications = tenant.sandbox.ordinaryApplications.byTalent(twoNumbers.id);
	expect(applications).toHaveLength(2);
	expect(tenant.count()).toMatchObject({ applications: 1, query: 0, lookups: 0 });
	expect(tenant.sandbox.requests('applications')[0]?.query).toEqual({
		talent_id: twoNumbers.id,
		page_size: '200',
	});
	expect(tenant.count().list).toBeLessThanOrEqual(2);
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
		'noApplication',
		/found a candidate without an application \(投递\)\.$/,
		/^'Candidate' matches a candidate without an application/,
	],
	[
		people.withoutCheck.emails[0],
		'noOrder',
		/found no background check order/,
		/^'Candidate' has no background check order/,
	],
];

describe.each([{}, { noOrders: 'error', talentWithoutApplications: 'error' }] as const)(
	'with %j',
	(switches) => {
		test.each(outcomes)('%s: %s', async (email, reason, hint, message) => {
			const { ask, sandbox } = await open();
			Object.assign(sandbox.options.open, switches);
			const values = [shortName.emails[0], email];
			const result = await ask('getByCandidate', candidate(), itemsOf(values));
			expect(result.error?.message).toBeUndefined();
			expect(result.output().at(-1)).toEqual({
				json: { candidate: email, found: false, reason },
				pairedItem: { item: 1 },
			});
			expect(result.hints().map((each) => each.message)).toEqual([expect.stringMatching(hint)]);
			const skipped = await ask('getByCandidate', {
				...candidate(email),
				options: { ifNotFound: 'skip' },
			});
			expect([skipped.status, skipped.output()]).toEqual(['success', []]);
			const failed = await ask(
				'getByCandidate',
				{ ...candidate(), options: { ifNotFound: 'error' } },
				itemsOf([email]),
			);
			expect(failed.error?.message).toMatch(message);
			expect(JSON.stringify(failed.error)).not.toContain(email);
		});
	},
);

test('an ID that Feishu does not know finds nobody', async () => {
	const { ask } = await open();
	const result = await ask('getByCandidate', candidate('7420000000000999999'));
	expect(rowsOf(result)).toEqual([
		{ candidate: '7420000000000999999', found: false, reason: expect.any(String) as string },
	]);
});

test('several candidates are a clear error, or all of them come out', async () => {
	const tenant = await open();
	const [email] = firstArchive.emails;
	const refused = await tenant.ask('getByCandidate', candidate(email));
	expect([refused.output(), refused.error?.message]).toEqual([
		[],
		"'Candidate' matches 2 candidates",
	]);
	expect(tenant.count()).toMatchObject({ list: 0, applications: 0 });
	const options = { ifSeveralCandidates: 'all' };
	const result = await tenant.ask('getByCandidate', { ...candidate(email), options });
	expect(orderIdsOf(result)).toEqual([
		...ordersOf(tenant, firstArchive.id),
		...ordersOf(tenant, secondArchive.id),
	]);
	expect(orderIdsOf(result)).toEqual(
		expect.arrayContaining([orderExamples.open, orderExamples.unknownStatus]),
	);
	const named = await tenant.ask('getByCandidate', candidate(sharedName.name));
	expect(named.error?.message).toBe("'Candidate' matches 2 candidates");
});

test('the limit applies to the whole candidate, and a hint says what it leaves out', async () => {
	const { ask } = await open();
	const result = await ask('getByCandidate', { ...candidate(twoNumbers.id), limit: 1 });
	expect(rowsOf(result)).toHaveLength(1);
	expect(result.hints()[0]?.message).toMatch(/^There may be more background check orders/);
});

test('more applications than a page: all of them', async () => {
	const applications = Array.from({ length: 250 }, (_, index) => ({
		id: String(7451000000000100001n + BigInt(index)),
		talent_id: twoNumbers.id,
	}));
	const tenant = await open({ ordinaryApplications: applications, orders: manyOrders(250) });
	const result = await tenant.ask('getByCandidate', {
		...candidate(twoNumbers.id),
		returnAll: true,
	});
	expect(new Set(orderIdsOf(result)).size).toBe(250);
	expect(tenant.count()).toMatchObject({ applications: 2 });
});

/** Candidates with one or two applications each, alternately. Application and talent IDs ascend. */
function manyCandidates(count: number) {
	const talents = Array.from(
		{ length: count },
		(_, index): NewTalent => ({
			id: String(7420000000000100001n + BigInt(index)),
			name: `候选人${index}`,
			emails: [`c${index}@example.com`],
		}),
	);
	const applications: Array<NewApplication<OrdinaryApplication>> = [];
	talents.forEach(({ id = '' }, index) => {
		for (let nth = 0; nth <= index % 2; nth++) {
			applications.push({
				id: String(7451000000000100001n + BigInt(applications.length)),
				talent_id: id,
			});
		}
	});
	return { talents, ordinaryApplications: applications };
}

const emailsOf = (talents: NewTalent[]) => talents.map(({ emails }) => emails?.[0] ?? '');

test('each talent and application is requested once, however many items need it', async () => {
	const { talents, ordinaryApplications } = manyCandidates(30);
	const tenant = await open({ talents, ordinaryApplications, orders: manyOrders(1000) });
	const emails = emailsOf(talents);
	const values = [...emails, ...emails, ...emails.slice(3, 9)];
	const parameters = { ...candidate(), returnAll: true };
	const result = await tenant.ask('getByCandidate', parameters, itemsOf(values));
	expect(rowsOf(result)).toHaveLength(45 + 45 + 9);
	expect(result.output().map(({ json }) => json.candidate)).toEqual(
		values.flatMap((email) => Array(1 + (emails.indexOf(email) % 2)).fill(email) as string[]),
	);
	expect(tenant.count()).toMatchObject({ applications: 30, lookups: 1, query: 0 });
	const singles = tenant.sandbox
		.requests('orders')
		.flatMap(({ query }) => query.application_id ?? []);
	expect(new Set(singles).size).toBe(singles.length);
	expect(new Set(result.output().map(({ json }) => json)).size).toBe(values.length * 1.5);
});

test.each([
	[1, 1, 5],
	[1, 2, 50],
	[2, 3, 90],
	[10, 15, 100],
	[20, 30, 1000],
	[40, 60, 5000],
	[1000, 1500, 3000],
	[1000, 1500, 300_000],
])(
	'%i candidates, %i applications, %i orders: at most twice the requests of the cheaper way',
	async (people, singles, count) => {
		const all = manyCandidates(people);
		const { talents } = all;
		const ordinaryApplications = all.ordinaryApplications.slice(0, singles);
		if (singles > ordinaryApplications.length) {
			ordinaryApplications.push({ id: '7451000000000099999', talent_id: talents[0]?.id ?? '' });
		}
		const orders = manyOrders(count);
		const tenant = await open({ talents, ordinaryApplications, orders });
		const parameters = { ...candidate(), returnAll: true };
		const result = await tenant.ask('getByCandidate', parameters, itemsOf(emailsOf(talents)));
		const known = new Set(ordinaryApplications.map(({ id }) => id));
		const expected = orders.flatMap(({ id, application_id }) =>
			known.has(application_id) ? [id] : [],
		);
		const found = rowsOf(result).flatMap(({ order_id }) => order_id ?? []);
		expect([...found].sort()).toEqual(expected.sort());
		const pages = Math.ceil(count / 100);
		expect(tenant.count().list).toBeLessThanOrEqual(2 * Math.min(singles, pages));
		expect(tenant.count().list).toBeGreaterThan(0);
		expect(tenant.count().applications).toBe(people);
	},
	300_000,
);

describe('a page that fails', () => {
	/** A tenant whose whole list is read, and some applications besides. */
	async function openMany() {
		const { talents, ordinaryApplications } = manyCandidates(30);
		const tenant = await open({ talents, ordinaryApplications, orders: manyOrders(450) });
		const parameters = { ...candidate(), returnAll: true };
		return {
			...tenant,
			run: async (rest = {}) =>
				await tenant.ask('getByCandidate', parameters, { ...itemsOf(emailsOf(talents)), ...rest }),
		};
	}
	const ofWholeList = ({ query }: { query: IDataObject }) => query.application_id === undefined;

	test.each(['of the whole list', 'of one application'])('%s is requested again', async (which) => {
		const { run, sandbox } = await openMany();
		let isBroken = false;
		sandbox.fault({
			api: 'orders',
			always: true,
			do: (request, answer) => {
				if (isBroken || ofWholeList(request) !== (which === 'of the whole list')) return answer;
				isBroken = true;
				return { status: 503, headers: {}, body: Buffer.from('') };
			},
		});
		const result = await run();
		expect(isBroken).toBe(true);
		expect(new Set(orderIdsOf(result)).size).toBe(45);
	});

	test.each([1, 2, 3])(
		'for good, page %i of the whole list: each application is asked for',
		async (page) => {
			const { run, sandbox } = await openMany();
			let pages = 0;
			sandbox.fault({
				api: 'orders',
				always: true,
				do: (request, answer) => {
					if (!ofWholeList(request)) return answer;
					pages += 1;
					if (pages < page) return answer;
					return {
						status: 400,
						headers: { 'content-type': 'application/json' },
						body: Buffer.from('{"code":1002002,"msg":"parameter error"}'),
					};
				},
			});
			const result = await run();
			// A refused first page is requested once more, with all update times.
			expect(pages).toBe(page === 1 ? 2 : page);
			expect(result.error).toBeUndefined();
			expect(new Set(orderIdsOf(result)).size).toBe(45);
		},
	);

	test('of a single application, permanently: only its candidate fails', async () => {
		const tenant = await open();
		const [first, second] = [twoNumbers.id, shortName.id];
		const [broken] = tenant.sandbox.ordinaryApplications.byTalent(first);
		tenant.sandbox.fault({
			api: 'orders',
			always: true,
			do: (request, answer) =>
				request.query.application_id === broken?.id
					? {
							status: 400,
							headers: { 'content-type': 'application/json' },
							body: Buffer.from('{"code":1002002,"msg":"parameter error"}'),
						}
					: answer,
		});
		const result = await tenant.ask('getByCandidate', candidate(), itemsOf([first, second]));
		expect([result.error?.message, result.output()]).toEqual([
			'Feishu refused a parameter (code 1002002)',
			[],
		]);
		const continued = await tenant.ask('getByCandidate', candidate(), {
			...itemsOf([first, second]),
			nodeSettings: { onError: 'continueRegularOutput' },
		});
		const rows = continued.output().map(({ json }) => json);
		expect(rows[0]?.error).toBeDefined();
		expect(rows.slice(1).map(({ order_id }) => order_id)).toEqual(ordersOf(tenant, second));
	});
});

test('nothing about a person is in an error or a hint', async () => {
	const { ask, sandbox } = await open();
	const application = sandbox.ordinaryApplications.byId(applicationWithoutOrder);
	expect(application).toBeDefined();
	const values = [people.withoutCheck.emails[0], twoNumbers.emails[0]];
	sandbox.fault({
		api: 'orders',
		always: true,
		do: {
			kind: 'answer',
			status: 400,
			body: { code: 1002002, msg: `bad ${twoNumbers.emails[0]}` },
		},
	});
	const result = await ask('getByCandidate', candidate(), {
		...itemsOf(values),
		nodeSettings: { onError: 'continueRegularOutput' },
	});
	const told = JSON.stringify([result.hints(), result.output().map(({ json }) => json.error)]);
	expect(told).toContain('1002002');
	for (const text of values) expect(told).not.toContain(text);
});

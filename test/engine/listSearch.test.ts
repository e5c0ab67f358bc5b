import type { INodeListSearchResult } from 'n8n-workflow';
import type * as ListPageModule from '../../nodes/shared/listSearch/listPage';
import type * as CandidatesModule from '../../nodes/shared/listSearch/searchCandidates';
import type * as ApplicationsModule from '../../nodes/shared/listSearch/searchExternalApplications';
import { type Check, people, type SandboxOptions } from '../../sandbox';
import { type ListSearch, packageModule, searchList } from '../harness';
import { type Tenant, NODE, useTenant } from '../harness/tenant';

const { searchCandidates } = packageModule<typeof CandidatesModule>(
	'nodes/shared/listSearch/searchCandidates',
);
const { searchExternalApplications } = packageModule<typeof ApplicationsModule>(
	'nodes/shared/listSearch/searchExternalApplications',
);
const { searchLimits } = packageModule<typeof ListPageModule>('nodes/shared/listSearch/listPage');

const openTenant = useTenant();

const usual = { ...searchLimits };
afterEach(() => {
	Object.assign(searchLimits, usual);
});

const fill =
	(search: ListSearch) =>
	async (
		{ credentials, credentialId }: Tenant,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> =>
		await searchList({ credentials, credentialId, type: NODE, search, filter, paginationToken });

const candidates = fill(searchCandidates);
const applications = fill(searchExternalApplications);

/** All pages, requested as the editor does when the user scrolls. */
async function allOf(list: typeof candidates, tenant: Tenant, filter?: string) {
	const pages: INodeListSearchResult[] = [];
	let token: string | undefined;
	do {
		const page = await list(tenant, filter, token);
		pages.push(page);
		token = page.paginationToken;
	} while (token !== undefined);
	return pages;
}

/** What n8n's editor would show of an error: only a NodeApiError keeps its description. */
async function errorOf(list: Promise<unknown>) {
	const error = await list.then(
		() => undefined,
		(caught: unknown) => caught as Error & { description?: string; httpCode?: string },
	);
	return {
		name: error?.name,
		message: error?.message,
		description: error?.description,
		all: JSON.stringify({ ...error, message: error?.message }),
	};
}

describe('candidates', () => {
	test('a row shows the name and masked contact data, and holds the talent ID', async () => {
		const tenant = await openTenant();
		const { results, paginationToken } = await candidates(tenant, ' 张三 ');
		expect(results.slice(0, 2)).toEqual([
			{ name: '张三 · 199****0104 · z***@example.com', value: people.shortName.id },
			{ name: '张三丰 · z***@example.com', value: people.longerName.id },
		]);
		expect(paginationToken).toBeUndefined();
		expect(tenant.sandbox.requests('talents')[0]?.query).toEqual({
			keyword: '张三',
			page_size: '20',
			sort_by: '2',
			query_option: 'ignore_empty_error',
		});
	});

	test('come twenty at a time, each once', async () => {
		const tenant = await openTenant({
			talents: Array.from({ length: 45 }, (_, index) => ({ name: `王${index}` })),
		});
		const pages = await allOf(candidates, tenant, '王');
		expect(pages.map(({ results }) => results.length)).toEqual([20, 20, 5]);
		expect(new Set(pages.flatMap(({ results }) => results.map(({ value }) => value))).size).toBe(
			45,
		);
		expect(tenant.sandbox.requests('talents')).toHaveLength(3);
	});

	test.each([undefined, '', '  ', 'and'])(
		'with %j as search term, no request is sent',
		async (term) => {
			const tenant = await openTenant();
			expect(await candidates(tenant, term)).toEqual({ results: [] });
			expect(tenant.sandbox.requests('talents')).toEqual([]);
		},
	);

	test('a row shows name and contact, as far as they exist', async () => {
		const tenant = await openTenant();
		const items = [
			{ id: '1', basic_info: { name: null, email: 'zhang@example.com' } },
			{ id: '2', basic_info: { name: '王一' } },
			{ id: '3', basic_info: {} },
		];
		const body = { code: 0, data: { items, has_more: false } };
		tenant.sandbox.fault({ api: 'talents', do: { kind: 'answer', status: 200, body } });
		expect((await candidates(tenant, '王')).results).toEqual([
			{ name: '(no name) · z***@example.com', value: '1' },
			{ name: '王一', value: '2' },
			{ name: '(no name)', value: '3' },
		]);
	});

	test('no match is an empty list', async () => {
		expect(await candidates(await openTenant(), '无名氏')).toEqual({ results: [] });
	});

	test('a missing scope is an error that the editor can show', async () => {
		const tenant = await openTenant();
		tenant.sandbox.app.scopes = ['hire:external_application'];
		const { name, message, description, all } = await errorOf(candidates(tenant, '欧阳建国'));
		expect([name, message]).toEqual([
			'NodeApiError',
			'The app lacks a permission scope (code 99991672)',
		]);
		expect(description).toMatch(/hire:talent\b/);
		expect(all).not.toMatch(/欧阳|Bearer|t-\w{8}/);
		expect(all).not.toContain(tenant.sandbox.app.appSecret);
	});

	test('no message has a hyphen, which the editor would drop', async () => {
		const tenant = await openTenant();
		tenant.sandbox.app.ipAllowed = false;
		const { name, message, description } = await errorOf(candidates(tenant, '张三'));
		expect(name).toBe('NodeApiError');
		expect(message).toMatch(/allow\u2011list/);
		expect(message).not.toMatch(/[-–—]/);
		expect(description).toMatch(/Security Settings/);
	});

	test.each(['secret.person@example.com', '13987654321', '欧阳秘密'])(
		'an error does not repeat what was typed: %j',
		async (typed) => {
			const tenant = await openTenant();
			tenant.sandbox.fault({
				api: 'talents',
				do: { kind: 'answer', status: 400, body: { code: 42, msg: `no ${typed}` } },
			});
			const { description, all } = await errorOf(candidates(tenant, typed));
			expect(description).toMatch(/Feishu says: no \*\*\*/);
			expect(all).not.toContain(typed);
		},
	);
});

const NO_TERM = { name: '(Type a name to search. Below: applications with checks)', value: '' };

/** The first row if the app lacks a scope to search people. */
const lacking = (scope: string) => ({
	name: `(Checks only: the app lacks ${scope})`,
	value: '',
});

describe('external applications of people', () => {
	/** People named 王0, 王1 …, each with an application if `has` says so. */
	const peopleNamedWang = (count: number, has: (index: number) => boolean) => {
		const talents = Array.from({ length: count }, (_, index) => ({
			id: `t${index}`,
			name: `王${index}`,
		}));
		const externalApplications = talents
			.filter((_, index) => has(index))
			.map(({ id }) => ({ id: `of-${id}`, talent_id: id }));
		return { talents, externalApplications };
	};

	test('a row is name, job title and stage; every application of a person has one', async () => {
		const tenant = await openTenant();
		const own = tenant.sandbox.applications.inGroup(people.twoNumbers.id);
		const { results, paginationToken } = await applications(tenant, ' 林晓彤 ');
		expect(results.slice(0, 2)).toEqual([
			{ name: '林晓彤 · 后端工程师 · 初筛', value: own[0]?.id },
			{ name: '林晓彤 · 产品经理 · 面试', value: own[1]?.id },
		]);
		expect(paginationToken).toBeUndefined();
		expect(tenant.sandbox.requests('batch_query')).toEqual([]);
	});

	test('namesakes show masked contact data, equal rows their ID; what is missing is left out', async () => {
		const one = people.sharedName.id;
		const tenant = await openTenant({
			talents: [people.sharedName, people.namesake, { id: 'third', name: '欧阳建国二' }],
			externalApplications: [
				{ id: 'A', talent_id: one, job_title: '后端工程师', stage: '面试' },
				{ id: 'B', talent_id: one, stage: 'Offer' },
				{ id: 'C', talent_id: people.namesake.id, job_title: ' ', stage: '面试' },
				{ id: 'D', talent_id: 'third', job_title: '后端工程师' },
				{ id: 'E', talent_id: 'third', job_title: '后端工程师' },
			],
		});
		const { results } = await applications(tenant, '欧阳建国');
		expect(new Set(results.map(({ name }) => name))).toEqual(
			new Set([
				'欧阳建国 · 199****0102 · o***@example.com · 后端工程师 · 面试',
				'欧阳建国 · 199****0102 · o***@example.com · Offer',
				'欧阳建国 · 199****0103 · j***@example.net · 面试',
				'欧阳建国二 · 后端工程师 · D',
				'欧阳建国二 · 后端工程师 · E',
			]),
		);
	});

	test('come for twenty people at a time, each once', async () => {
		const tenant = await openTenant(peopleNamedWang(45, () => true));
		const pages = await allOf(applications, tenant, '王');
		expect(pages.map(({ results }) => results.length)).toEqual([20, 20, 5]);
		const values = pages.flatMap(({ results }) => results.map(({ value }) => value));
		expect(new Set(values).size).toBe(45);
		expect(tenant.sandbox.requests('talents')).toHaveLength(3);
	});

	test('a list too short to be scrolled says that there are more', async () => {
		const tenant = await openTenant(peopleNamedWang(45, (index) => index % 10 === 0));
		const pages = await allOf(applications, tenant, '王');
		expect(pages[0]?.results[0]).toEqual({
			name: '(More people match: type more of the name)',
			value: '',
		});
		expect(pages.map(({ results }) => results.length)).toEqual([3, 2, 1]);
	});

	test('pages of people without an application are passed over, up to a limit', async () => {
		const tenant = await openTenant(peopleNamedWang(41, (index) => index === 40));
		const found = { name: '王40', value: 'of-t40' };
		expect((await applications(tenant, '王')).results).toEqual([found]);
		searchLimits.pages = 2;
		const { results, paginationToken } = await applications(tenant, '王');
		expect(results.map(({ value }) => value)).toEqual(['']);
		expect((await applications(tenant, '王', paginationToken)).results).toEqual([found]);
	});

	test.each<NonNullable<SandboxOptions['open']>['talentWithoutApplications']>(['empty', 'error'])(
		'somebody without an application is told apart from no match (%s)',
		async (talentWithoutApplications) => {
			const tenant = await openTenant({ open: { talentWithoutApplications } });
			expect((await applications(tenant, '赵敏')).results).toEqual([
				{ name: '(No external applications for the people found)', value: '' },
			]);
			expect(await applications(tenant, '无名氏')).toEqual({ results: [] });
		},
	);

	test('a person who was deleted meanwhile is left out', async () => {
		const tenant = await openTenant(peopleNamedWang(2, () => true));
		const body = { code: 1002102, msg: 'talent does not exist' };
		tenant.sandbox.fault({
			api: 'external_applications',
			do: { kind: 'answer', status: 400, body },
		});
		expect((await applications(tenant, '王')).results).toHaveLength(1);
	});

	test.each([
		['hire:talent:readonly', ['hire:external_application']],
		['hire:external_application', ['hire:talent', 'hire:external_application:readonly']],
	])('without the scope %s the list matches the checks, and says why', async (missing, scopes) => {
		const tenant = await openTenant();
		tenant.sandbox.app.scopes = scopes;
		const { results } = await applications(tenant, '林晓彤');
		expect(results[0]).toEqual(lacking(missing));
		expect(results[1]?.name).toMatch(/^林晓彤-入职前背景调查 · /);
	});

	test('any other error matches the list', async () => {
		const tenant = await openTenant();
		tenant.sandbox.fault({
			api: 'external_applications',
			do: { kind: 'answer', status: 400, body: { code: 1002216, msg: 'talent is confidential' } },
		});
		const { name, message } = await errorOf(applications(tenant, '林晓彤'));
		expect([name, message]).toEqual([
			'NodeApiError',
			'The candidate is confidential (code 1002216)',
		]);
		expect(tenant.sandbox.requests('batch_query')).toEqual([]);
	});
});

describe('external applications that have checks', () => {
	/** Opens a tenant whose app has no scope to search people. */
	const openForChecks = async (options?: SandboxOptions): Promise<Tenant> => {
		const tenant = await openTenant(options);
		tenant.sandbox.app.scopes = ['hire:external_application:readonly'];
		return tenant;
	};

	/** This many pages of twenty checks, each check with its own application. */
	const pagesOfChecks = (pages: number): Check[] =>
		Array.from({ length: pages * 20 }, (_, index) => ({
			id: `c${index}`,
			external_application_id: `a${index}`,
			name: `背调${index}`,
			result: index % 2 === 0 ? '已通过' : '',
			date: Date.UTC(2026, 2, 4, 17),
		}));

	test('a row shows name, day, result and number of checks, and holds the ID', async () => {
		const checks: Check[] = [
			{
				id: '1',
				external_application_id: 'A',
				name: '张三-背调',
				result: '已通过',
				date: Date.UTC(2026, 2, 4, 12),
			},
			{ id: '2', external_application_id: 'A', name: '复核', result: '未通过' },
			{ id: '3', external_application_id: 'B', date: String(Date.UTC(2026, 2, 5, 12)) },
			{ id: '4', external_application_id: 'C', name: null, result: null, date: null },
		];
		const tenant = await openForChecks({ checks });
		expect(await applications(tenant)).toEqual({
			results: [
				NO_TERM,
				{ name: '张三-背调 · 2026-03-04 · 已通过 · 2 checks', value: 'A' },
				{ name: '(no name) · 2026-03-05 · (no result) · 1 check', value: 'B' },
				{ name: '(no name) · (no result) · 1 check', value: 'C' },
			],
		});
	});

	test.each([undefined, '', '  '])(
		'without a filter (%j) a call reads one page',
		async (filter) => {
			const tenant = await openForChecks({ checks: pagesOfChecks(3) });
			const { results, paginationToken } = await applications(tenant, filter);
			expect(results[0]).toEqual(NO_TERM);
			expect(results[1]?.name).toMatch(/^背调0 · 2026-03-0[45] · 已通过 · 1 or more checks$/);
			expect(results).toHaveLength(21);
			expect(tenant.sandbox.log.map(({ api }) => api)).toEqual(['token', 'batch_query']);
			await applications(tenant, filter, paginationToken);
			// The token is stored, so the first page of the next list takes one round trip.
			expect(tenant.sandbox.log.map(({ api }) => api)).toEqual([
				'token',
				'batch_query',
				'batch_query',
			]);
		},
	);

	test.each([undefined, '', '  '])(
		'without a filter (%j) a call reads one page, even if it has only one application',
		async (filter) => {
			const checks = pagesOfChecks(3).map((check) => ({ ...check, external_application_id: 'A' }));
			const tenant = await openForChecks({ checks });
			expect((await applications(tenant, filter)).results).toHaveLength(2);
			expect(tenant.sandbox.requests('batch_query')).toHaveLength(1);
		},
	);

	test('page by page it reaches every application that has checks', async () => {
		const tenant = await openForChecks();
		const pages = await allOf(applications, tenant);
		const listed = pages.flatMap(({ results }) => results.map(({ value }) => value));
		const all = tenant.sandbox.checks.all().map((check) => check.external_application_id);
		expect(new Set(listed)).toEqual(new Set(['', ...all]));
		expect(pages).toHaveLength(18);
	});

	test.each([
		['name', '背调590'],
		['name in part', '调590'],
		['ID of the check', 'C590'],
		['ID of the application', 'A590'],
	])('the filter finds a check on page 30 of 40 by its %s', async (_name, filter) => {
		const tenant = await openForChecks({ checks: pagesOfChecks(40) });
		expect((await applications(tenant, ` ${filter} `)).results).toEqual([
			lacking('hire:talent:readonly'),
			{ name: expect.stringMatching(/^背调590 · .* · 1 check$/) as string, value: 'a590' },
		]);
	});

	test('a full list ends the search, and goes on when it is scrolled', async () => {
		const tenant = await openForChecks({ checks: pagesOfChecks(5) });
		const pages = await allOf(applications, tenant, '已通过');
		expect(pages.map(({ results }) => results.length)).toEqual([21, 20, 10]);
		expect(pages[0]?.results.shift()).toEqual(lacking('hire:talent:readonly'));
		// The last call has not seen the checks of the calls before it either.
		for (const { name } of pages.flatMap(({ results }) => results)) {
			expect(name).toMatch(/ · 1 or more checks$/);
		}
		expect(tenant.sandbox.requests('batch_query')).toHaveLength(5);
		expect(tenant.sandbox.requests('talents')).toHaveLength(1);
	});

	test.each([{ pages: 2 }, { ms: 0 }])('a search that stops says where: %j', async (limits) => {
		Object.assign(searchLimits, limits);
		const tenant = await openForChecks({ checks: pagesOfChecks(5) });
		const first = await applications(tenant, '背调3');
		const read = tenant.sandbox.requests('batch_query').length;
		expect(first.results[0]).toEqual({
			name: `(First ${read * 20} checks only: the app lacks hire:talent:readonly)`,
			value: '',
		});
		expect(first.results[1]).toMatchObject({ value: 'a3' });
		expect(read).toBe(limits.pages ?? 1);
		const next = await applications(tenant, '背调3', first.paginationToken);
		// n8n shows only the first of several rows with the same value.
		expect(next.results.map(({ value }) => value)).not.toContain('');
	});

	test.each<NonNullable<SandboxOptions['open']>>([
		{ unfiltered: 'empty' },
		{ emptyAnswer: 'noData', unfiltered: 'empty' },
	])('without checks, the list only says so: %j', async (open) => {
		const tenant = await openForChecks({ open });
		expect(await applications(tenant)).toEqual({ results: [NO_TERM] });
		expect(await applications(tenant, '张三')).toEqual({
			results: [lacking('hire:talent:readonly')],
		});
	});

	test('a broken list is an error, and a page token of Feishu that is refused, too', async () => {
		const tenant = await openForChecks();
		const refused = await errorOf(applications(tenant, undefined, 'checks:no token'));
		expect(refused).toMatchObject({
			name: 'NodeApiError',
			message: 'Feishu refused a parameter (code 1002002)',
		});
		tenant.sandbox.fault({ api: 'batch_query', do: 'token_missing' });
		expect((await errorOf(applications(tenant))).message).toMatch(/but sent no page token/);
	});

	test('needs no scope but the one for checks', async () => {
		const tenant = await openForChecks();
		tenant.sandbox.app.scopes = ['hire:external_application:readonly'];
		expect((await applications(tenant)).results.length).toBeGreaterThan(1);
	});
});

test('an unusable base URL is reported before a request is sent', async () => {
	const tenant = await openTenant();
	tenant.credentials.edit(tenant.credentialId, { customBaseUrl: 'http://example.com' });
	const { message } = await errorOf(candidates(tenant, '张三'));
	expect(message).toMatch(/base URL/i);
	expect(await candidates(tenant, ' ')).toEqual({ results: [] });
	expect(tenant.sandbox.log).toEqual([]);
});

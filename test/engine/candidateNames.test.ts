import type * as TalentsModule from '../../nodes/shared/hire/people/talents';
import { people } from '../../sandbox';
import { packageModule } from '../harness';
import { withClient } from '../harness/client';
import { useTenant } from '../harness/tenant';
import { ask, byEmail, byName, data, Lookup, told } from './lookups';

const { getTalent } = packageModule<typeof TalentsModule>('nodes/shared/hire/people/talents');

const openTenant = useTenant();

test.each([
	['Ann Mary Lee', 'Ann Mary Lee'],
	['Ann  Lee', 'Ann Lee'],
	['Not Sure', 'Sure'],
	['AND Or not Sure', 'Sure'],
	['Andy Nott', 'Andy Nott'],
	['Mary O’Neil-Smith', "Mary O'Neil-Smith"],
	['Smith, John (Jr.)', 'Smith John Jr.'],
	['买买提・艾力', '买买提 艾力'],
	['陈默（二）', '陈默 二'],
	['林 晓', '林晓'],
])('for the name %j, Feishu gets the search term %j', async (name, keyword) => {
	const tenant = await openTenant();
	await ask(tenant, [byName(name)]);
	expect(tenant.sandbox.requests('talents').map(({ query }) => query.keyword)).toEqual([keyword]);
});

test('a name of only operator words is refused with an explanation', async () => {
	const tenant = await openTenant();
	expect(await ask(tenant, [byName('not')])).toEqual([
		{
			message: "Feishu cannot search for this name: it reads 'and', 'or' and 'not' as operators",
			description: 'Enter an email address, a phone number or a talent ID instead.',
		},
	]);
	expect(tenant.sandbox.log).toEqual([]);
});

test.each(['-', '—', '/', '？？', '……', '()'])(
	'%j finds nobody, without a request',
	async (name) => {
		const tenant = await openTenant();
		expect(await ask(tenant, [byName(name)])).toEqual([[]]);
		expect(tenant.sandbox.log).toEqual([]);
	},
);

test('a candidate without a name is not found', async () => {
	const tenant = await openTenant();
	const items = [
		{ id: '1', basic_info: { name: null } },
		{ id: '2', basic_info: { name: ' 张三\n' } },
		{ id: '3', basic_info: { name: '张三丰' } },
	];
	tenant.sandbox.fault({ api: 'talents', always: true, do: data({ items, has_more: false }) });
	expect(await ask(tenant, [byName('张三')])).toEqual([['2']]);
});

test.each([
	['林 晓彤', '林晓彤'],
	['林晓彤', '林 晓\u3000彤'],
	['林晓\u200b彤', '林晓彤'],
	['陈静（二）', '陈静(二)'],
	['陈静(二)', '陈静 （二）'],
	['陈静【二】', '陈静[二]'],
	['陈静〔二〕', '陈静「二」'],
	['买买提·艾力', '买买提•艾力'],
	['买买提・艾力', '买买提‧艾力'],
	['买买提 · 艾力', '买买提･艾力'],
	['ANN  LEE', 'Ann Lee'],
	['Ann Lee', 'Ａｎｎ\u00a0Ｌｅｅ'],
	['Ame\u0301lie', 'Amélie'],
	['林 晓彤 Ann Lee', '林晓彤 ann lee'],
])('%j finds the candidate with the name %j in Feishu', async (asked, name) => {
	const tenant = await openTenant();
	const items = [{ id: '1', basic_info: { name } }];
	tenant.sandbox.fault({ api: 'talents', do: data({ items, has_more: false }) });
	expect(await ask(tenant, [byName(asked)])).toEqual([['1']]);
});

test.each([
	['林晓彤', '林晓桐'],
	['林晓彤', '林晓彤二'],
	['陈静', '陈静(二)'],
	['张三2', '张三'],
	['Ann Lee', 'Annlee'],
	['Ann Lee', 'Ann-Lee'],
	['Amelie', 'Amélie'],
])('%j is a different name than %j', async (asked, name) => {
	const tenant = await openTenant();
	const items = [{ id: '1', basic_info: { name } }];
	tenant.sandbox.fault({ api: 'talents', do: data({ items, has_more: false }) });
	expect(await ask(tenant, [byName(asked)])).toEqual([[]]);
});

test('a candidate that Feishu does not return is an error, never "not found"', async () => {
	const tenant = await openTenant();
	const get = async () =>
		await withClient(
			tenant,
			async (client) => await told(async () => await getTalent(client, people.shortName.id)),
		);
	tenant.sandbox.fault({ api: 'talent', times: 1, do: { kind: 'answer', status: 400, code: 42 } });
	expect(await get()).toMatchObject({ code: 42 });
	for (const value of [null, 'ok', {}]) {
		tenant.sandbox.fault({ api: 'talent', times: 1, do: data(value) });
		expect(await get()).toMatchObject({
			message: expect.stringMatching(/^Feishu did not return a list of candidates/) as string,
		});
	}
});

test('a dropped connection is not an answer: the request is sent again', async () => {
	const tenant = await openTenant();
	for (const api of ['talents', 'talent', 'batch_get_id'] as const) {
		tenant.sandbox.fault({ api, times: 1, do: { kind: 'reset', when: 'after' } });
	}
	const { shortName, withoutApplication } = people;
	expect(await ask(tenant, [byName(shortName.name), byEmail('zhao.min@example.com')])).toEqual([
		[shortName.id],
		[withoutApplication.id],
	]);
	expect(
		await withClient(tenant, async (client) => await getTalent(client, shortName.id)),
	).toMatchObject({ id: shortName.id });
});

test('a scope missing for looking up people is named, even if Feishu does not name it, and affects nothing else', async () => {
	const tenant = await openTenant();
	const body = { code: 99991672, msg: 'Access denied.' };
	tenant.sandbox.fault({
		when: ({ api }) => ['talents', 'talent', 'batch_get_id'].includes(api),
		always: true,
		do: { kind: 'answer', status: 400, body },
	});
	const { shortName } = people;
	const questions = [byName(shortName.name), byEmail('zhangsan@example.com')];
	await withClient(tenant, async (client) => {
		const lookup = new Lookup(client, questions);
		for (const look of [
			...questions.map((question) => async () => await lookup.talentsOf(question)),
			async () => await getTalent(client, shortName.id),
		]) {
			expect(await told<unknown>(look)).toMatchObject({
				code: 99991672,
				description: expect.stringContaining(
					'Any one of these scopes is enough: hire:talent:readonly, hire:talent.',
				) as string,
			});
		}
		expect(await lookup.applicationsOf(shortName.id)).toHaveLength(1);
	});
});

import { setTimeout as pause } from 'node:timers/promises';
import type * as TalentsModule from '../../nodes/shared/hire/people/talents';
import { jsonBody, type NewTalent, people, type SandboxOptions } from '../../sandbox';
import { packageModule } from '../harness';
import { withClient } from '../harness/client';
import { type Tenant, useTenant } from '../harness/tenant';
import { answersOf, ask, byEmail, byName, byPhone, data, Lookup, sizesOf, told } from './lookups';

const { getTalent } = packageModule<typeof TalentsModule>('nodes/shared/hire/people/talents');

const openTenant = useTenant();

/** This many candidates, each with an email address and a phone number. */
const crowd = (count: number): NewTalent[] =>
	Array.from({ length: count }, (_, index) => ({
		id: String(7420000000000500000n + BigInt(index)),
		name: `候选人${index}`,
		emails: [`c${index}@example.org`],
		mobiles: [{ code: '86', number: String(17_700_000_000 + index) }],
	}));

const idOf = (index: number): string => String(7420000000000500000n + BigInt(index));

test('each kind of value finds its candidate, and an unknown one finds none', async () => {
	const tenant = await openTenant();
	const { twoNumbers, firstArchive, secondArchive, shortName } = people;
	expect(
		await ask(tenant, [
			// First, because a request for it would be sent before the others.
			{ by: 'talentId', value: '7' },
			byEmail('lin.xiaotong@example.com'),
			byPhone('19900000101'),
			byPhone('55500101', '852'),
			byPhone('55500101', '853'),
			byEmail('chen.jing@example.com'),
			byName('张三'),
			byName('张三三'),
			byEmail('nobody@example.com'),
		]),
	).toEqual([
		['7'],
		[twoNumbers.id],
		[twoNumbers.id],
		[twoNumbers.id],
		[],
		[firstArchive.id, secondArchive.id],
		[shortName.id],
		[],
		[],
	]);
	// One for the addresses and one per country, then one for those not found of each; one per name.
	expect(sizesOf(tenant)).toEqual([3, 1, 1, 1, 1, 1]);
	expect(tenant.sandbox.requests('talents')).toHaveLength(2);
});

test('two candidates with the same name are both found', async () => {
	const tenant = await openTenant();
	const { namesake, sharedName, shortName } = people;
	expect(await ask(tenant, [byName(namesake.name), byName('张三')])).toEqual([
		[namesake.id, sharedName.id],
		[shortName.id],
	]);
});

test('a name is found at the end of ten pages of others, and names with operator words are names', async () => {
	const others = Array.from({ length: 199 }, (_, index) => ({ name: `李明${index}` }));
	const named = ['李明', 'Or Cohen', 'Cohen', 'And', 'Amélie'].map((name, index) => ({
		id: `${index + 1}`,
		name,
	}));
	const tenant = await openTenant({ talents: [...others, ...named] });
	// Sorted by relevance, the exact name comes first, so it is moved to the end.
	const moved: unknown[] = [];
	tenant.sandbox.fault({
		api: 'talents',
		when: ({ query }) => query.keyword === '李明',
		do: ({ query }, answer) => {
			const body = jsonBody(answer) as { data: { items: unknown[]; has_more: boolean } };
			const { items, has_more } = body.data;
			if (query.page_token === undefined) moved.push(items.shift());
			if (!has_more) items.push(...moved);
			return { ...answer, body: JSON.stringify(body) };
		},
	});
	expect(
		await ask(tenant, [byName('李明'), byName('Or Cohen'), byName('And'), byName('Ame\u0301lie')]),
	).toEqual([
		['1'],
		['2'],
		expect.objectContaining({ message: expect.stringMatching(/operators/) as string }),
		['5'],
	]);
	const asked = tenant.sandbox.requests('talents').map(({ query }) => query);
	expect(asked.filter(({ keyword }) => keyword === '李明')).toHaveLength(10);
	expect(new Set(asked.map(({ keyword }) => keyword))).toEqual(
		new Set(['李明', 'Cohen', 'Amélie']),
	);
});

test('a search with more than ten pages is an error, whatever the ten contain', async () => {
	const others = Array.from({ length: 200 }, (_, index) => ({ name: `李明${index}` }));
	const tenant = await openTenant({
		talents: [...others, { id: '1', name: '李明' }, { id: '2', name: '王伟' }],
	});
	expect(await ask(tenant, [byName('李明'), byName('王伟')])).toEqual([
		{
			message: 'More than 200 candidates match this name, which is too many to check',
			description: 'Enter an email address, a phone number or a talent ID instead.',
		},
		['2'],
	]);
	const asked = tenant.sandbox.requests('talents').map(({ query }) => query.keyword);
	expect(asked.filter((keyword) => keyword === '李明')).toHaveLength(10);
});

test('1,000 look-ups, 400 of them repeated and 100 for unknown people, take six full requests, and one more for the unknown', async () => {
	const tenant = await openTenant({ talents: crowd(500) });
	const indices = Array.from({ length: 1000 }, (_, index) => (index < 600 ? index : index % 600));
	const questions = indices.map((index) => byEmail(`c${index}@example.org`));
	expect(await ask(tenant, questions)).toEqual(
		indices.map((index) => (index < 500 ? [idOf(index)] : [])),
	);
	expect(sizesOf(tenant)).toEqual([100, 100, 100, 100, 100, 100, 100]);
	// 1,000 per minute is the limit that counts, not 50 per second. On average, because a busy
	// machine bunches requests.
	const times = tenant.sandbox.requests('batch_get_id').map(({ at }) => at);
	expect((times[5]! - times[0]!) / 5).toBeGreaterThan(1000 / 20);
});

test('what was already requested takes no space in a later request', async () => {
	const tenant = await openTenant({ talents: crowd(101) });
	const indices = [...Array.from({ length: 100 }, (_, index) => index), 0, 100];
	const questions = indices.map((index) => byEmail(`c${index}@example.org`));
	expect(await ask(tenant, questions)).toEqual(indices.map((index) => [idOf(index)]));
	expect(sizesOf(tenant)).toEqual([100, 1]);
});

test.each<SandboxOptions['open']>([
	{ emailEcho: 'asked' },
	{ emailEcho: 'lowerCase' },
	{ mobileEcho: 'withCode' },
	{ mobileEcho: 'masked' },
	{ badMobile: 'omit' },
	{ emptyAnswer: 'array' },
	{ emptyAnswer: 'missing' },
	{ emptyAnswer: 'noData' },
])('the result is the same with these settings of the sandbox: %j', async (open) => {
	const tenant = await openTenant({ open });
	const { twoNumbers, sharedName, namesake } = people;
	expect(
		await ask(tenant, [
			byPhone('19900000101'),
			byEmail('lin.xiaotong@example.com'),
			byPhone('19900000102'),
			byPhone('19900000100'),
			byPhone('19900000103'),
			byPhone('55500100', '852'),
		]),
	).toEqual([[twoNumbers.id], [twoNumbers.id], [sharedName.id], [], [namesake.id], []]);
});

test('one bad number is found by halving, and the others have their answers', async () => {
	const tenant = await openTenant({ talents: crowd(100) });
	const questions = Array.from({ length: 100 }, (_, index) =>
		byPhone(index === 37 ? '12345678' : String(17_700_000_000 + index)),
	);
	const answers = await ask(tenant, questions);
	expect(answers[37]).toEqual({
		message: 'Feishu did not accept the phone number (code 1002009)',
		description: expect.stringMatching(/country code/) as string,
		code: 1002009,
		http_status: 400,
		log_id: expect.any(String) as string,
	});
	expect(answers.toSpliced(37, 1)).toEqual(
		questions.map((_, index) => [idOf(index)]).toSpliced(37, 1),
	);
	expect(sizesOf(tenant).length).toBeLessThanOrEqual(1 + 2 * 7);
});

test.each<[string, unknown]>([
	['a list under another name', { talent: [{ talent_id: '1' }] }],
	['a list that is none', { talent_list: { talent_id: '1' } }],
	['entries that are none', { talent_list: ['1'] }],
	['an ID that is a number', { talent_list: [{ talent_id: 1, email: 'zhao.min@example.com' }] }],
	['an entry without an ID', { talent_list: [{ email: 'zhao.min@example.com' }] }],
	['data that is none', 'ok'],
	['data that is an empty text', ''],
	['data that is a number', 7],
	['data that is a list', []],
	[
		'two strangers for one address',
		{
			talent_list: [
				{ talent_id: '1', email: 'a@b.c' },
				{ talent_id: '2', email: 'a@b.c' },
			],
		},
	],
])('%s is an error, never "not found"', async (_name, value) => {
	const tenant = await openTenant();
	tenant.sandbox.fault({ api: 'batch_get_id', always: true, do: data(value) });
	expect(await ask(tenant, [byEmail('zhao.min@example.com')])).toEqual([
		expect.objectContaining({
			message: expect.stringMatching(
				/^Feishu (did not return a list|returned candidates that were not requested)/,
			) as string,
		}),
	]);
});

test.each<[string, unknown]>([
	['a talent without an ID', { items: [{ basic_info: { name: '张三' } }], has_more: false }],
	['a talent without basic_info', { items: [{ id: '1', name: '张三' }], has_more: false }],
	['a name that is none', { items: [{ id: '1', basic_info: { name: 7 } }], has_more: false }],
	['no list', { items: {}, has_more: false }],
])('in a search for a name, %s is an error', async (_name, value) => {
	const tenant = await openTenant();
	tenant.sandbox.fault({ api: 'talents', do: data(value) });
	expect(await ask(tenant, [byName('张三')])).toEqual([
		expect.objectContaining({
			message: expect.stringMatching(
				/^Feishu (did not return a list|returned candidates that were not requested)/,
			) as string,
		}),
	]);
});

test('answers are matched by the echo, whatever their order', async () => {
	const tenant = await openTenant({ talents: crowd(30) });
	tenant.sandbox.fault({
		api: 'batch_get_id',
		do: (_request, answer) => {
			const body = jsonBody(answer) as { data: { talent_list: unknown[] } };
			body.data.talent_list.reverse();
			return { ...answer, body: JSON.stringify(body) };
		},
	});
	const questions = Array.from({ length: 30 }, (_, index) => byEmail(`c${index}@example.org`));
	expect(await ask(tenant, questions)).toEqual(questions.map((_, index) => [idOf(index)]));
});

test('a request that fails permanently affects only its own look-ups', async () => {
	const tenant = await openTenant({ talents: crowd(250) });
	tenant.sandbox.fault({
		api: 'batch_get_id',
		match: { body: 'c150@' },
		do: { kind: 'answer', status: 200, code: 42 },
	});
	const questions = Array.from({ length: 250 }, (_, index) => byEmail(`c${index}@example.org`));
	const failed = expect.objectContaining({ code: 42 }) as unknown;
	expect(await ask(tenant, questions)).toEqual(
		questions.map((_, index) => (index >= 100 && index < 200 ? failed : [idOf(index)])),
	);
});

test('1002001 with HTTP 200 is tried again', async () => {
	const tenant = await openTenant();
	tenant.sandbox.fault({
		api: 'batch_get_id',
		nth: 1,
		do: { kind: 'answer', status: 200, code: 1002001 },
	});
	expect(await ask(tenant, [byEmail('zhao.min@example.com')])).toEqual([
		[people.withoutApplication.id],
	]);
	expect(sizesOf(tenant)).toEqual([1, 1]);
});

test('a missing scope is named, and ends the look-ups that lack it', async () => {
	const tenant = await openTenant({ talents: crowd(5000) });
	tenant.sandbox.app.scopes = ['hire:external_application:readonly'];
	const questions = [
		...Array.from({ length: 5000 }, (_, index) => byEmail(`c${index}@example.org`)),
		byName('候选人1'),
	];
	const answers = await ask(tenant, questions);
	expect(new Set(answers.map((answer) => (answer as { message: string }).message))).toEqual(
		new Set(['The app lacks a permission scope (code 99991672)']),
	);
	for (const answer of [answers[0], answers.at(-1)]) {
		expect(answer).toMatchObject({ description: expect.stringMatching(/hire:talent\b/) as string });
	}
	expect(sizesOf(tenant).length).toBeLessThanOrEqual(20);
});

describe('external applications', () => {
	const applicationsOf = async (tenant: Tenant, ...ids: string[]) =>
		await withClient(tenant, async (client) => {
			const lookup = new Lookup(client, []);
			return await Promise.all(
				ids.map(async (id) => await told(async () => await lookup.applicationsOf(id))),
			);
		});

	test('come from all pages, as Feishu sends them, and each talent is read once', async () => {
		const tenant = await openTenant();
		const talent_id = people.namesake.id;
		const added = Array.from({ length: 45 }, (_, index) =>
			tenant.sandbox.applications.add({ id: `a${index}`, talent_id, job_title: `职位${index}` }),
		);
		expect(await applicationsOf(tenant, talent_id, talent_id)).toEqual([added, added]);
		expect(tenant.sandbox.requests('external_applications')).toHaveLength(3);
	});

	test.each<NonNullable<SandboxOptions['open']>>([
		{ talentWithoutApplications: 'error' },
		{ talentWithoutApplications: 'empty', emptyAnswer: 'noData' },
	])('somebody without any is told apart from somebody unknown: %j', async (open) => {
		const tenant = await openTenant({ open });
		expect(await applicationsOf(tenant, people.withoutApplication.id, '7')).toEqual([
			[],
			'noCandidate',
		]);
	});

	test.each<[string, unknown]>([
		['of another talent', { id: '1', talent_id: '2' }],
		['without an ID', { talent_id: people.shortName.id }],
		['whose ID is a number', { id: 1, talent_id: people.shortName.id }],
	])('one %s is an error', async (_name, application) => {
		const tenant = await openTenant();
		tenant.sandbox.fault({
			api: 'external_applications',
			do: data({ items: [application], has_more: false }),
		});
		expect(await applicationsOf(tenant, people.shortName.id)).toEqual([
			expect.objectContaining({ message: expect.stringMatching(/not requested/) as string }),
		]);
	});

	test('need the write scope, and the error says so', async () => {
		const tenant = await openTenant();
		tenant.sandbox.app.scopes = ['hire:external_application:readonly', 'hire:talent'];
		expect(await applicationsOf(tenant, people.shortName.id)).toEqual([
			expect.objectContaining({
				code: 99991672,
				description: expect.stringMatching(/hire:external_application\b(?!:)/) as string,
			}),
		]);
	});
});

test('the stages overlap: applications are requested while addresses are still being looked up', async () => {
	const tenant = await openTenant({ talents: crowd(600), latencyMs: 30 });
	const questions = Array.from({ length: 600 }, (_, index) => byEmail(`c${index}@example.org`));
	await withClient(tenant, async (client) => {
		const lookup = new Lookup(client, questions);
		const first = questions.slice(0, 3).map(async (question) => {
			const talents = await lookup.talentsOf(question);
			await Promise.all(talents.map(async ({ id }) => await lookup.applicationsOf(id)));
		});
		await Promise.all(first);
		await answersOf(lookup, questions);
	});
	const kinds = tenant.sandbox.log.map(({ api }) => api);
	expect(kinds.indexOf('external_applications')).toBeLessThan(kinds.lastIndexOf('batch_get_id'));
	expect(sizesOf(tenant)).toHaveLength(6);
});

test('Stop ends everything, and leaves no unhandled rejection', async () => {
	const tenant = await openTenant({ talents: crowd(3000), latencyMs: 50 });
	const unhandled: unknown[] = [];
	const onUnhandled = (error: unknown) => unhandled.push(error);
	process.on('unhandledRejection', onUnhandled);
	const stop = new AbortController();
	const questions = [
		...Array.from({ length: 3000 }, (_, index) => byEmail(`c${index}@example.org`)),
		...Array.from({ length: 60 }, (_, index) => byName(`候选人${index}`)),
	];
	const error: unknown = await withClient(
		tenant,
		async (client) => {
			const lookup = new Lookup(client, questions);
			await lookup.talentsOf(byEmail('c0@example.org'));
			stop.abort();
			return await lookup
				.talentsOf(byEmail('c2999@example.org'))
				.catch((caught: unknown) => caught);
		},
		{ signal: stop.signal },
	);
	// Requests in flight arrive. At the full rate, further ones would be sent in each of these
	// pauses, until all had been.
	let sent = -1;
	while (sent !== tenant.sandbox.log.length) {
		sent = tenant.sandbox.log.length;
		await pause(300);
	}
	process.off('unhandledRejection', onUnhandled);
	expect(String(error)).toMatch(/execution was stopped/);
	expect(sent).toBeLessThan((3000 / 100 + 60) / 2);
	expect(unhandled).toEqual([]);
});

test('Stop at any point before Feishu leaves no unhandled rejection', async () => {
	const tenant = await openTenant();
	const readAndStop = async (turns: number) => {
		const stop = new AbortController();
		return await withClient(
			tenant,
			async (client) => {
				const call = getTalent(client, people.shortName.id).catch(String);
				for (let turn = 0; turn < turns; turn++) await Promise.resolve();
				stop.abort();
				return await call;
			},
			{ signal: stop.signal },
		);
	};
	await ask(tenant, [byName(people.shortName.name)]);
	tenant.sandbox.fault({ api: 'talent', always: true, do: { kind: 'reset', when: 'before' } });
	// An unhandled rejection fails this file.
	for (let turns = 0; turns < 200; turns++) {
		expect(await readAndStop(turns)).toMatch(/execution was stopped/);
	}
	await pause(100);
});

test('a candidate is read with name and masked contact data, and nothing else', async () => {
	const tenant = await openTenant();
	const { twoNumbers, longerName } = people;
	expect(
		await withClient(tenant, async (client) => [
			await getTalent(client, twoNumbers.id),
			await getTalent(client, longerName.id),
			await getTalent(client, '7'),
		]),
	).toEqual([
		{ id: twoNumbers.id, name: '林晓彤', contact: '199****0101 · L***@example.com' },
		{ id: longerName.id, name: '张三丰', contact: 'z***@example.com' },
		undefined,
	]);
});

test.each([42, 1002002, 1002009, 99992402])(
	'whatever Feishu repeats in its message (code %i), no error contains personal data',
	async (code) => {
		const tenant = await openTenant();
		const secrets = ['secret.person@example.com', '13987654321', '欧阳秘密'];
		const msg = `cannot find ${secrets.join(', ')}, SECRET.PERSON%40example.com or +86 139-8765-4321`;
		const error = { field_violations: [{ field: 'keyword', description: msg }] };
		tenant.sandbox.fault({
			always: true,
			when: ({ api }) => ['talents', 'batch_get_id'].includes(api),
			do: { kind: 'answer', status: 400, body: { code, msg, error } },
		});
		const [email = '', phone = '', name = ''] = secrets;
		const answers = await ask(tenant, [byEmail(email), byPhone(phone), byName(name)]);
		const told = JSON.stringify(answers);
		expect(answers).toHaveLength(3);
		expect(told.match(/Feishu says: cannot find /g)).toHaveLength(3);
		// The name is masked only where it was sent: elsewhere the node cannot know it.
		const byNameOnly = JSON.stringify(answers[2]);
		for (const secret of [email, phone]) expect(told.toLowerCase()).not.toContain(secret);
		expect(byNameOnly).not.toContain(name);
		expect(told).not.toMatch(/8765/);
	},
);

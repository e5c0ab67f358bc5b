import {
	type Answer,
	type FaultAction,
	type FaultKind,
	jsonAnswer,
	jsonBody,
	people,
	type PlainFault,
	type Sandbox,
	type SandboxApp,
	type SandboxOptions,
	seededChecks,
	startSandbox,
} from '../../sandbox';
import { probeSandbox } from './ask';

jest.setTimeout(120_000);

const NO_RECORD = 'not seen: no record found to ask with';
const ALIKE = 'not seen: the records found do not tell the readings apart';
const FAULT = 'not seen: the request failed, again and again';

let sandbox: Sandbox;
afterEach(async () => await sandbox.close());

async function open(options: SandboxOptions = {}): Promise<Sandbox> {
	sandbox = await startSandbox({ requestsPerSecond: null, ...options });
	return sandbox;
}

/** What is found out about the default tenant. */
async function readOfAll() {
	const { answers } = await probeSandbox(await open(), { talent: null });
	await sandbox.close();
	return answers;
}

/** The questions whose answer is one of these. */
const withAnswer = (answers: Record<string, unknown>, ...wanted: unknown[]) =>
	Object.keys(answers).filter((key) => wanted.includes(answers[key]));

const nothing: SandboxOptions = {
	checks: [],
	talents: [],
	externalApplications: [],
	ordinaryApplications: [],
	orders: [],
};
const ofChecks = ['unfiltered', 'emptyIdList', 'pageSizeError', 'lastPageToken'];
const ofFiles = ['attachmentType'];
const ofTwoChecks = ['idListPaging', 'pageToken'];
const ofThreeChecks = ['idOrder'];
const ofContacts = ['emailCase', 'emailEcho', 'contactRows', 'mobileEcho'];
const ofOrders = [
	'unfilteredOrders',
	'orderTimeBounds',
	'orderOneBound',
	'orderIdTime',
	'listedContacts',
	'reportUrl',
];

describe('tenants of every size', () => {
	test('one without records answers the questions that need none', async () => {
		const { answers } = await probeSandbox(await open(nothing), { talent: null });
		const expected = [
			...[...ofChecks, ...ofFiles, ...ofTwoChecks, ...ofThreeChecks, ...ofContacts, ...ofOrders],
			...['orderSort', 'orderPaging', 'talentWithoutApplications'],
		];
		expect(withAnswer(answers, NO_RECORD).sort()).toEqual(expected.sort());
		expect(answers).toMatchObject({ unknownIds: 'omit', emptyAnswer: 'null', noOrders: 'empty' });
	});

	test('a refusal of an unfiltered list is seen where there is nothing to list', async () => {
		const tenant = await open({ ...nothing, open: { unfiltered: 'error' } });
		const { answers } = await probeSandbox(tenant, { talent: null });
		expect(answers).toMatchObject({ unfiltered: 'error', emptyIdList: NO_RECORD });
	});

	test('one record of each kind answers the questions that need one', async () => {
		const talent_id = '7420000000000000001';
		const application = { id: '7410000000000000002', talent_id };
		const checks = seededChecks(1, 1).map((check) => {
			return { ...check, external_application_id: application.id };
		});
		const { answers } = await probeSandbox(
			await open({
				checks,
				talents: [{ id: talent_id, name: 'Kim', emails: ['kim@example.com'] }],
				externalApplications: [application],
				orders: [{ application_id: '7450000000000000003' }],
			}),
			{ talent: null },
		);
		expect(withAnswer(answers, NO_RECORD).sort()).toEqual(
			[
				...[...ofTwoChecks, ...ofThreeChecks, 'orderPaging', 'talentWithoutApplications'],
				...['mobileEcho', 'listedContacts', 'reportUrl'],
			].sort(),
		);
		expect(withAnswer(answers, ALIKE)).toEqual(['emailEcho', 'orderSort']);
		expect(answers).toMatchObject({ unfiltered: 'all', emailCase: 'any', orderOneBound: 'open' });
	});

	test('a hundred thousand checks take no more requests than a few', async () => {
		const some = await readOfAll();
		const { answers } = await probeSandbox(await open({ checks: seededChecks(100_000, 10_000) }), {
			talent: null,
		});
		expect(answers).toEqual(some);
		expect(sandbox.log.length).toBeLessThan(50);
	});

	test('it does not look for checks forever', async () => {
		const talents = [people.longerName, people.namesake, people.shortName];
		const externalApplications = Array.from({ length: 60 }, (_, index) => ({
			id: String(7_410_000_000_000_001n + BigInt(index)),
			talent_id: talents[index % 3]!.id,
		}));
		const tenant = await open({ ...nothing, talents, externalApplications });
		const { answers } = await probeSandbox(tenant, { talent: null });
		expect(sandbox.requests('batch_query').length).toBeLessThan(30);
		expect(withAnswer(answers, NO_RECORD)).toEqual(expect.arrayContaining(ofChecks));
	});

	test('it stops when its requests are used up', async () => {
		const { answers } = await probeSandbox(await open(), { talent: null, most: 20 });
		expect(sandbox.log).toHaveLength(20);
		const usedUp = withAnswer(answers, 'not seen: the requests are used up');
		expect(usedUp).toEqual(expect.arrayContaining(ofOrders));
		expect(usedUp).not.toContain('unfiltered');
	});
});

describe('what the probe learns from a tenant', () => {
	/** Changes the items of each page, or its token. */
	const bend = (change: (data: Record<string, unknown>) => object): FaultAction => {
		return (_request, answer: Answer) => {
			const body = jsonBody(answer);
			const data = body?.data as Record<string, unknown> | undefined;
			return data ? jsonAnswer(200, { ...body, data: { ...data, ...change(data) } }) : answer;
		};
	};

	test('a page token that holds an offset, as in Feishu’s example', async () => {
		const page_token = btoa('{"offset":10,"timestamp":1627555223672,"id":null}');
		await open();
		sandbox.fault({ always: true, do: bend((data) => (data.has_more ? { page_token } : {})) });
		const { answers } = await probeSandbox(sandbox, { talent: null });
		expect(answers).toMatchObject({ pageToken: 'offset', orderPaging: 'offset' });
	});

	test.each([
		['carried', [0, 200]],
		['none', [-86_400, 7200]],
		['some', [0, 7200]],
	])('the time in the IDs of orders: %s', async (reading, offsets) => {
		const begin = 1_741_000_000;
		const orders = offsets.map((offset, index) => ({
			id: String((BigInt(begin) << 32n) + BigInt(index)),
			application_id: '7450000000000000003',
			begin_time: String((begin + offset) * 1000),
		}));
		const { answers } = await probeSandbox(await open({ orders }), { talent: null });
		expect(answers.orderIdTime).toBe(reading);
	});

	test.each([
		['generalOnly', ['3']],
		['several', ['1', '3']],
		['notGeneral', ['2']],
		['not seen: an answer that no reading expects', []],
	])('the type of the files: %s', async (reading, types) => {
		await open();
		const answer = (query: Record<string, string>) =>
			jsonAnswer(200, { code: types.some((type) => type === query.type) ? 0 : 1002002 });
		sandbox.fault({ api: 'attachment', always: true, do: ({ query }) => answer(query) });
		const { answers } = await probeSandbox(sandbox, { talent: null });
		expect(answers.attachmentType).toBe(reading);
	});
});

describe('an app with missing scopes', () => {
	const CHECKS = 'hire:external_application';
	const ORDERS = 'hire:background_check_order';
	const everything = [CHECKS, 'hire:talent', 'hire:attachment', ORDERS];
	const appWith = (...scopes: string[]): SandboxApp => {
		return { appId: 'cli_other', appSecret: 'other', scopes, enabled: true, ipAllowed: true };
	};
	const askWith = async (app: SandboxApp, options: SandboxOptions = {}) =>
		(await probeSandbox(await open({ apps: [app], ...options }), { app, talent: null })).answers;

	test.each([
		[
			[CHECKS],
			`${CHECKS}:readonly`,
			[...ofChecks, ...ofTwoChecks, ...ofThreeChecks, ...ofFiles].concat([
				'unknownIds',
				'unknownApplication',
				'listTypeError',
				'badBody',
				'expiredTokenStatus',
			]),
		],
		[
			['hire:talent'],
			'hire:talent:readonly',
			[...ofContacts, 'badMobile', 'talentWithoutApplications'],
		],
		[['hire:attachment'], 'hire:attachment:readonly', ofFiles],
		[[ORDERS], `${ORDERS}:readonly`, [...ofOrders, 'orderSort', 'orderPaging', 'noOrders']],
	])('without %j it names %s where that is missing', async (missing, named, lost) => {
		const all = await readOfAll();
		const answers = await askWith(
			appWith(...everything.filter((scope) => !missing.includes(scope))),
		);
		const lacking = Object.keys(answers).filter((key) =>
			/the app lacks/.test(String(answers[key])),
		);
		expect(withAnswer(answers, `not seen: the app lacks ${named}`).sort()).toEqual(
			lost.filter((key) => key !== 'expiredTokenStatus').sort(),
		);
		const untouched = Object.keys(all).filter(
			(key) => !lacking.includes(key) && key !== 'readonlyListsApplications',
		);
		expect(untouched.length).toBeGreaterThan(15);
		expect(untouched.filter((key) => answers[key] !== all[key])).toEqual([]);
	});

	test.each(['no', 'yes'] as const)(
		'the scope for reading lists applications: %s',
		async (reading) => {
			const options = { open: { readonlyListsApplications: reading } };
			// A refusal names the scopes that are enough; without one, this cannot be found out.
			const unable = await askWith(appWith('hire:talent'), options);
			await sandbox.close();
			const readonly = await askWith(appWith('hire:external_application:readonly'), options);
			expect([unable, readonly].map((answers) => answers.readonlyListsApplications)).toEqual([
				reading,
				reading === 'no' ? 'no' : 'not seen: the scopes of the app hide it',
			]);
		},
	);

	test('a wrong secret ends it before any other request', async () => {
		const app = { ...(await open()).app, appSecret: 'wrong' };
		const { answers, error } = await probeSandbox(sandbox, { app });
		expect({ answers, error }).toEqual({
			answers: {},
			error: new Error('Feishu refused the App ID or App Secret (10014)'),
		});
		expect(sandbox.log).toHaveLength(1);
	});

	test('so does a disabled app', async () => {
		(await open()).app.enabled = false;
		const { error } = await probeSandbox(sandbox);
		expect(String(error)).toMatch(/disabled|refused/);
		expect(sandbox.log.length).toBeLessThan(3);
	});
});

describe('faults', () => {
	const kinds: Array<PlainFault | FaultKind> = [
		...(['reset', 'html', 'empty', 'no_code', 'cut', 'truncated', 'no_http'] as const),
		...(['rate_limit', 'expire', 'hang'] as const),
		{ kind: 'answer', status: 500, code: 1002001 },
		{ kind: 'answer', status: 502, body: { code: 502 } },
		{ kind: 'redirect', to: 'http://127.0.0.1:1' },
	];

	test.each(kinds)('%j gives no answer, but is temporary', async (fault) => {
		const all = await readOfAll();
		await open();
		// A request for a token carries no token that could be refused.
		const when = ({ api }: { api: string }) => fault !== 'expire' || api !== 'token';
		sandbox.fault({ probability: 0.3, seed: 3, do: fault, when });
		const { answers } = await probeSandbox(sandbox, { talent: null, timeoutMs: 200, most: 1000 });
		const seen = Object.keys(all).filter((key) => answers[key] !== FAULT);
		expect(Object.fromEntries(seen.map((key) => [key, answers[key]]))).toEqual(
			Object.fromEntries(seen.map((key) => [key, all[key]])),
		);
		expect(seen.length).toBeGreaterThan(Object.keys(all).length / 2);
	});

	test('the App Secret does not follow a redirect', async () => {
		await open();
		const other = await startSandbox();
		const to = { kind: 'redirect', status: 307, to: other.url } as const;
		sandbox.fault({ api: 'token', nth: 1, do: to });
		const { error } = await probeSandbox(sandbox, { talent: null });
		const { length } = other.log;
		await other.close();
		expect({ error, length }).toEqual({ error: undefined, length: 0 });
	});

	test('a permanent one is the reason for the answers it prevents, and for no others', async () => {
		const all = await readOfAll();
		await open();
		sandbox.fault({ api: 'batch_get_id', always: true, do: 'html' });
		const { answers } = await probeSandbox(sandbox, { talent: null });
		const lost = [...ofContacts, 'badMobile'];
		expect(answers).toEqual({ ...all, ...Object.fromEntries(lost.map((key) => [key, FAULT])) });
	});

	test('without a token no other request is sent', async () => {
		await open();
		sandbox.fault({ api: 'token', always: true, do: 'html' });
		const { answers, error } = await probeSandbox(sandbox);
		expect({ answers, error }).toEqual({
			answers: {},
			error: new Error('No answer that is Feishu’s'),
		});
	});
});

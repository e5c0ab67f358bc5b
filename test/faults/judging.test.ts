import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FaultAction, FaultKind } from '../../sandbox';
import {
	APPLICATION,
	by,
	CONTINUE,
	endpoints,
	errorIn,
	file,
	named,
	newChecks,
	OLD_CHECK,
	openWriteTenant,
	saidBy,
	type WriteTenant,
} from '../engine/write/tenant';
import type { RunResult } from '../harness';
import { withClient } from '../harness/client';
import { expectFullResult, runCase } from './support/cases';
import { setLimits, shortWaits } from './support/limits';
import { modes, PAGES } from './support/modes';

// The meaning of an answer that does not come from Feishu, or that has an unknown code.

setLimits(shortWaits);

const lost: Array<[string, FaultKind]> = [
	['HTTP 504 with the status as code', { kind: 'answer', status: 504, body: { code: 504 } }],
	['HTTP 500 with an unknown code', { kind: 'answer', status: 500, code: 987654 }],
	['HTTP 408 with an unknown code', { kind: 'answer', status: 408, code: 987654 }],
	['something that is no HTTP', { kind: 'no_http' }],
];

/** A page without a code; nothing is carried out. */
const page = (status: number) => ({ kind: 'html', status, when: 'before' }) as const;

/**
 * Runs in a tenant of its own, with the shipped rate limits, because the effect on other requests
 * matters.
 */
async function inTenant(work: (tenant: WriteTenant) => Promise<void>): Promise<void> {
	const tenant = await openWriteTenant();
	try {
		await work(tenant);
	} finally {
		await tenant.sandbox.close();
	}
}

/** What happened to each item: `written`, or its error. */
const told = (result: RunResult): string[] =>
	result.output().map((item) => (errorIn(item) ? saidBy(errorIn(item)) : 'written'));

describe('a lost answer to a write', () => {
	const cases = lost.flatMap(([name, fault]) =>
		(['before', 'after'] as const).map((when) => [name, when, fault] as const),
	);

	test.each(cases)('%s, %s it was carried out: sent again, but created once', async (...given) => {
		const [, when, fault] = given;
		await inTenant(async (tenant) => {
			tenant.sandbox.fault({ api: 'create_check', nth: 1, do: { ...fault, when } });
			const result = await tenant.createChecks(named('a'));
			expect(result.error).toBeUndefined();
			expect(tenant.sandbox.requests('create_check')).toHaveLength(2);
			expect(newChecks(tenant).map(({ id }) => id)).toEqual([result.output()[0]?.json.id]);
		});
	});

	test.each(lost)('%s, each time: the outcome is unknown', async (_name, fault) => {
		await inTenant(async (tenant) => {
			tenant.sandbox.fault({ api: 'create_check', always: true, do: { ...fault, when: 'before' } });
			const { error } = await tenant.createChecks(named('a'));
			expect(saidBy(error)).toContain('but one may still appear');
			expect(tenant.sandbox.requests('create_check')).toHaveLength(5);
		});
	});

	test.each(lost)('%s: an update is made, and a deletion', async (_name, fault) => {
		await inTenant(async ({ sandbox, write }) => {
			for (const api of ['update_check', 'delete_check'] as const) {
				sandbox.fault({ api, nth: 1, do: { ...fault, when: 'after' } });
			}
			const checkId = OLD_CHECK.id;
			const updated = await write('externalBackgroundCheck', 'update', {
				checkId,
				updateFields: { result: '未通过' },
			});
			expect(updated.error).toBeUndefined();
			expect(sandbox.checks.byApplication(APPLICATION)[0]?.result).toBe('未通过');
			const deleted = await write('externalBackgroundCheck', 'delete', { checkId });
			expect(deleted.error).toBeUndefined();
			expect(sandbox.checks.byApplication(APPLICATION)).toEqual([]);
		});
	});
});

describe('a read whose answer was lost is repeated: the list is complete', () => {
	const cases = lost.flatMap(([name, fault]) =>
		modes.map((mode) => [name, mode.name, fault, mode]),
	);

	test.concurrent.each(cases as Array<[string, string, FaultKind, (typeof modes)[number]]>)(
		'%s, %s',
		async (name, _mode, fault, mode) => {
			const outcome = await runCase({
				fault: { name, do: fault, treatment: 'retry', title: /./ },
				mode,
				page: 2,
				times: 1,
			});
			expectFullResult(outcome, mode);
			expect(outcome.concerned).toHaveLength(PAGES + 1);
		},
	);
});

describe('a status without a code that affects one request', () => {
	const cases: Array<[number, RegExp]> = [
		[400, /^The request was refused without a code from Feishu \(HTTP 400\)/],
		[403, /^A firewall or proxy refused the request \(HTTP 403\)/],
		[413, /^The request is too large for a proxy in front of Feishu \(HTTP 413\)/],
		[431, /^A text in the request is too long \(HTTP 431\)/],
	];

	test.each(cases)('HTTP %i: only that item fails', async (status, message) => {
		await inTenant(async (tenant) => {
			const match = { body: '"refused"' };
			tenant.sandbox.fault({ api: 'create_check', match, do: page(status) });
			const result = await tenant.createChecks(named('refused', 'a', 'b'), {}, CONTINUE);
			expect(told(result)).toEqual([expect.stringMatching(message), 'written', 'written']);
			expect(newChecks(tenant).map(({ name }) => name)).toEqual(['a', 'b']);
			expect(tenant.sandbox.requests('create_check')).toHaveLength(3);
		});
	});

	test.each(cases.slice(1, 3))('HTTP %i for a file: only its item', async (status, message) => {
		await inTenant(async (tenant) => {
			tenant.sandbox.fault({
				api: 'upload',
				when: ({ upload }) => upload?.name === 'large.pdf',
				do: page(status),
			});
			const items = ['large.pdf', 'small.pdf'].map((name) => ({
				json: { name },
				binary: { data: file(name, name) },
			}));
			const result = await tenant.createChecks(items, { attachments: 'data' }, CONTINUE);
			expect(told(result)).toEqual([expect.stringMatching(message), 'written']);
			expect(newChecks(tenant).map(({ name }) => name)).toEqual(['small.pdf']);
		});
	});
});

describe('a status without a code that affects all requests', () => {
	const many = named(...Array.from({ length: 100 }, (_, index) => `check ${index}`));

	// More than needed are those that were sent before an answer came. The repeat with a new token
	// queues behind all 50 in flight.
	test.each<[number, RegExp, number, number]>([
		[401, /^Feishu refused the access token \(HTTP 401\)/, 2, 51],
		[404, /^The server could not find this address \(HTTP 404\)/, 1, 8],
		[407, /^The proxy between n8n and Feishu requires a login \(HTTP 407\)/, 1, 8],
		[403, /^A firewall or proxy refused the request \(HTTP 403\)/, 3, 10],
	])('HTTP %i: all of 100 fail, and few requests leave', async (...given) => {
		const [status, message, needed, most] = given;
		await inTenant(async (tenant) => {
			tenant.sandbox.fault({ api: 'create_check', always: true, do: page(status) });
			const result = await tenant.createChecks(many, {}, CONTINUE);
			expect(told(result)).toEqual(many.map(() => expect.stringMatching(message) as string));
			expect(newChecks(tenant)).toEqual([]);
			const sent = tenant.sandbox.requests('create_check').length;
			expect(sent).toBeGreaterThanOrEqual(needed);
			expect(sent).toBeLessThanOrEqual(most);
		});
	});

	/** Sends requests one after another. @returns the status of each; 0 if it was not sent */
	const asked = async (answers: Array<FaultAction | undefined>) => {
		const statuses: number[] = [];
		await inTenant(async (tenant) => {
			answers.forEach((answer, index) => {
				if (answer) tenant.sandbox.fault({ api: 'batch_query', nth: index + 1, do: answer });
			});
			await withClient(tenant, async (client) => {
				for (let index = 0; index < answers.length; index++) {
					const request = { qs: { page_size: 1 }, body: {}, requestsPerSecond: 100 };
					await client.call(endpoints.queryChecks, request).catch(() => {});
					statuses.push(tenant.queries()[index]?.status ?? 0);
				}
			});
		});
		return statuses;
	};

	const coded: FaultAction = { kind: 'answer', status: 403, code: 987654 };

	test.each<[string, Array<FaultAction | undefined>, number[]]>([
		['three', [page(403), page(403), page(403), undefined], [403, 403, 403, 0]],
		[
			'two, and two again after a success',
			[page(403), page(403), undefined, page(403), page(403), undefined],
			[403, 403, 200, 403, 403, 200],
		],
		[
			'three with a code, which is Feishu’s',
			[coded, coded, coded, undefined],
			[403, 403, 403, 200],
		],
		['three of another status', [page(413), page(413), page(413), undefined], [413, 413, 413, 200]],
	])('HTTP 403 in a row: %s', async (_name, answers, expected) => {
		expect(await asked(answers)).toEqual(expected);
	});
});

describe('a text that is too long is not sent', () => {
	const secret = '林晓彤的秘密';

	test.each<[string, number, (text: string) => [item: IDataObject, options: IDataObject]]>([
		['Name', 500, (name) => [{ name }, {}]],
		['Result', 5000, (result) => [{ name: 'a', result }, {}]],
		['External ID', 128, (id) => [{ name: 'a', id }, { externalId: '={{ $json.id }}' }]],
	])('%s: more than %i characters', async (label, max, given) => {
		await inTenant(async (tenant) => {
			const [json, options] = given(secret.repeat(1000).slice(0, max + 1));
			const items = [{ json }, { json: { name: 'b', id: 'vendor-4711' } }];
			const result = await tenant.createChecks(
				items,
				{ options: options as INodeParameters },
				CONTINUE,
			);
			const [error] = told(result);
			expect(told(result)).toEqual([error, 'written']);
			expect(error).toContain(
				`'${label}' has ${max + 1} characters, but at most ${max} are allowed`,
			);
			expect(error).not.toContain(secret);
			expect(newChecks(tenant).map(({ name }) => name)).toEqual(['b']);
			expect(tenant.sandbox.requests('create_check')).toHaveLength(1);
		});
	});

	test('a candidate with a name longer than a page is not looked for', async () => {
		await inTenant(async ({ sandbox, write }) => {
			const candidate = by('name', secret.repeat(100));
			const { error } = await write('candidate', 'get', { candidate });
			expect(saidBy(error)).toMatch(/^'Candidate' is too long for a name/);
			expect(saidBy(error)).not.toContain(secret);
			expect(sandbox.log).toEqual([]);
		});
	});
});

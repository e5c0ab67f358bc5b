import type { IDataObject } from 'n8n-workflow';
import { getByApplication } from '../../nodes/shared/operations/externalBackgroundCheck/getByApplication';
import { getMany } from '../../nodes/shared/operations/externalBackgroundCheck/getMany';
import type { ScanRequest } from '../../nodes/shared/operations/externalBackgroundCheck/read/scan';
import { readWith, refused } from './queryForms';
import { asId, clientOf, page, queryOf, runOf, settings, type Sent } from './queryRun';

const ID = '6960663240925956660';

const ofApplication = (parameters: Record<string, unknown> = {}) =>
	readWith(getByApplication, { externalApplicationId: ID, ...parameters });
const ofTenant = (parameters: Record<string, unknown> = {}) => readWith(getMany, parameters);

test('a node with its default values reads the first 50 of an application, 20 at a time', () => {
	expect(ofApplication()).toStrictEqual({
		itemIndex: 0,
		scope: { externalApplicationId: ID },
		wanted: { limit: 50 },
		ifNotFound: 'include',
		simple: true,
		responseFormat: 'checks',
		settings,
		subject: { label: 'External Application', externalApplicationId: ID },
	});
});

test('all settings are read', () => {
	const options = { pageSize: 7, pageToken: 'A==', responseFormat: 'pages', ifNotFound: 'skip' };
	expect(ofTenant({ returnAll: true, options })).toStrictEqual({
		itemIndex: 0,
		scope: { externalApplicationId: null, pageToken: 'A==' },
		wanted: { limit: Infinity },
		ifNotFound: 'skip',
		simple: true,
		responseFormat: 'pages',
		settings: { pageSize: 7, requestsPerSecond: 10 },
	});
});

test.each([
	['a plain text', ID],
	['an ID', { __rl: true, mode: 'id', value: ` ${ID} ` }],
	['a picked row', { __rl: true, mode: 'list', value: ID }],
])('the external application as %s', (_kind, externalApplicationId) => {
	expect(ofApplication({ externalApplicationId }).scope).toStrictEqual({
		externalApplicationId: ID,
	});
});

test('all is only all: an application ID left in the workflow does not narrow it', () => {
	const { scope, subject } = ofTenant({ externalApplicationId: ID });
	expect(scope).toStrictEqual({ externalApplicationId: null });
	expect(subject).toBeUndefined();
});

test.each<[string, Record<string, unknown>, string]>([
	['no application', { externalApplicationId: '' }, "'External Application' is empty"],
	['an application that is not set', { externalApplicationId: undefined }, "'External Appl"],
	['an array with a hole', { externalApplicationId: Array(1) }, "'External Application' is empty"],
	['pageToken as number', { options: { pageToken: 7 } }, "'Page Token' is a number, not text"],
	[
		'an unknown format',
		{ options: { responseFormat: 'x' } },
		"'Response Format' has an invalid value",
	],
	[
		'filters for pages',
		{ filters: { results: 'a' }, options: { responseFormat: 'pages' } },
		`'Filters' does not work with the Response Format "Pages"`,
	],
	[
		'attachments for pages, which hold many checks',
		{ downloadAttachments: true, options: { responseFormat: 'pages' } },
		`'Download Attachments' does not work with the Response Format "Pages"`,
	],
])('refuses %s and names the parameter', (_name, parameters, message) => {
	const error = refused(() => ofApplication(parameters));
	expect(error.message).toContain(message);
	expect(error.advice).toMatch(/^[A-Z].*\.$/);
});

test('a wrong text is not quoted, because it may be a name', () => {
	const { message, advice } = refused(() => ofApplication({ externalApplicationId: '欧阳建国' }));
	expect(message + advice).not.toContain('欧阳');
});

test.each([
	[{ limit: 1 }, 1],
	[{ limit: 5 }, 5],
	[{ limit: 20 }, 20],
	[{ limit: 21 }, 20],
	[{ returnAll: true }, 20],
	[{ limit: 5, options: { pageSize: 3 } }, 3],
	[{ limit: 5, options: { pageSize: 7 } }, 5],
	// It is unknown how many rows of a page match.
	[{ limit: 1, filters: { results: 'a' } }, 20],
])('with %j a page holds %i', (parameters, pageSize) => {
	expect(ofTenant(parameters).settings.pageSize).toBe(pageSize);
});

describe('the lists of a run', () => {
	const scan = (itemIndex: number, more: Partial<ScanRequest> = {}): ScanRequest => ({
		...queryOf({ itemIndex }),
		scope: { externalApplicationId: null },
		wanted: {},
		responseFormat: 'checks',
		...more,
	});
	const of = (application: string) => ({ externalApplicationId: asId(application) });

	/** Works on all items in parallel. By default a list has two pages. */
	async function workOn(
		requests: ScanRequest[],
		answer: (...sent: Sent) => IDataObject = (_endpoint, { qs }) =>
			qs?.page_token === undefined
				? { ...page(true, '1', '2'), page_token: 'B' }
				: page(false, '3', '4'),
	) {
		const { client, call } = clientOf(answer);
		const run = runOf({ client });
		const work = getMany.start(run, requests);
		const items = await Promise.all(requests.map(work));
		const asked = call.mock.calls.map(([, { qs }]) => [
			qs?.external_application_id,
			qs?.page_token,
		]);
		return { items, asked, hints: run.hints.all() };
	}

	test('one that several items need is read once, as far as one of them needs it', async () => {
		const { items, asked } = await workOn([
			scan(0, { scope: of('a'), wanted: { limit: 1 } }),
			scan(1, { scope: of('b'), wanted: { limit: 2 } }),
			scan(2, { scope: of('a'), wanted: { limit: 3 } }),
			scan(3, { scope: of('a') }),
		]);
		expect(items.map((output) => [output].flat().map(({ id }) => id))).toEqual([
			['1'],
			['1', '2'],
			['1', '2', '3'],
			['1', '2', '3', '4'],
		]);
		expect(asked.sort()).toEqual([
			['a', undefined],
			['a', 'B'],
			['b', undefined],
		]);
	});

	test.each<[string, Partial<ScanRequest>]>([
		['page size', { settings: { ...settings, pageSize: 5 } }],
		['start', { scope: { externalApplicationId: null, pageToken: 'B' } }],
		['scope', { scope: of('a') }],
		['rate', { settings: { ...settings, requestsPerSecond: 1 } }],
	])('two with another %s are read apart', async (_what, other) => {
		const one = { wanted: { limit: 1 } };
		expect((await workOn([scan(0, one), scan(1, { ...one, ...other })])).asked).toHaveLength(2);
		expect((await workOn([scan(0, one), scan(1, one)])).asked).toHaveLength(1);
	});

	test('pages come as Feishu sent them', async () => {
		const { items } = await workOn([scan(0, { responseFormat: 'pages' })]);
		expect(items).toEqual([[{ ...page(true, '1', '2'), page_token: 'B' }, page(false, '3', '4')]]);
	});

	test('after a page token an empty page is the end; without one it is an empty list', async () => {
		const empty = () => page(false);
		const scope = { externalApplicationId: null };
		expect(await workOn([scan(0, { scope: { ...scope, pageToken: 'B' } })], empty)).toMatchObject({
			items: [[]],
			hints: [],
		});
		const { hints } = await workOn([scan(0, { scope })], empty);
		expect(hints).toEqual([expect.stringMatching(/found no external background check/)]);
	});

	test('an error of a list affects the items that need it, and no other', async () => {
		const { client } = clientOf((_endpoint, { qs }) => {
			if (qs?.external_application_id === 'a') throw new Error('down');
			return page(false, '1');
		});
		const requests = ['a', 'b', 'a'].map((id, index) => scan(index, { scope: of(id) }));
		const work = getMany.start(runOf({ client }), requests);
		const settled = await Promise.allSettled(requests.map(work));
		expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
	});

	test('requests stay as they were', async () => {
		const request = scan(0, { wanted: Object.freeze({ limit: 5 }) });
		const frozen = Object.freeze({ ...request });
		await workOn([frozen, frozen]);
		expect(frozen).toEqual(request);
	});
});

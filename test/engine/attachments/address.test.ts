import { jsonAnswer, specialAttachments } from '../../../sandbox';
import type { FaultAction } from '../../../sandbox';
import { readBinary } from '../../harness';
import { answering, useFileHost } from './fileHost';
import { contentOf, fieldsOf, sizesOf, useAttachmentTenant } from './tenant';

const openTenant = useAttachmentTenant();
const startHost = useFileHost();

const { pdf, large } = specialAttachments;

/** The credentials in a request's headers, wherever they can be. */
const credentialsIn = (headers: Record<string, unknown>) =>
	['authorization', 'proxy-authorization', 'cookie'].filter((name) => name in headers);

test('the address is fetched without the token', async () => {
	const { addCheck, download, asked, fetched } = await openTenant();
	addCheck([pdf]);
	expect(fieldsOf((await download()).output()[0])).toEqual(['attachment_0']);
	expect(asked()[0]!.headers.authorization).toMatch(/^Bearer t-/);
	expect(fetched().map(({ headers }) => credentialsIn(headers))).toEqual([[]]);
});

test('redirects are followed, to another host too, and never with credentials', async () => {
	const { addCheck, download, sandbox } = await openTenant();
	addCheck([pdf]);
	const content = await contentOf(pdf);
	const host = await startHost((response, request) => {
		if (request.url === '/final') return void response.end(content);
		// Has a body, to show that it is discarded.
		response
			.writeHead(307, { location: '../final', 'set-cookie': 'a=b' })
			.end('moved '.repeat(9999));
	});
	sandbox.fault({ api: 'file', do: { kind: 'redirect', to: `${host.url}/first/step?sign=1` } });
	const [item] = (await download()).output();
	const binary = item!.binary?.attachment_0;
	expect(binary && content.equals(await readBinary(binary))).toBe(true);
	expect(host.requests.map(({ url }) => url)).toEqual(['/first/step?sign=1', '/final']);
	expect(host.requests.map(({ headers }) => credentialsIn(headers))).toEqual([[], []]);
});

test('redirects without an end are an error', async () => {
	const { addCheck, download, sandbox } = await openTenant();
	addCheck([pdf]);
	const host = await startHost((response) => {
		response.writeHead(302, { location: '/again' }).end();
	});
	const url = `${host.url}/start`;
	sandbox.fault({ api: 'attachment', always: true, do: answering({ url }) });
	expect((await download()).error?.message).toMatch(/redirects too often/);
	// The address and five redirects, twice.
	expect(host.requests).toHaveLength(12);
});

describe('addresses that must not be fetched', () => {
	const addresses: Array<[string, string, RegExp]> = [
		['plain http', 'http://files.example.com/a.pdf', /does not use https/],
		['ftp', 'ftp://files.example.com/a.pdf', /does not use https/],
		['a file', 'file:///etc/passwd', /does not use https/],
		['data', 'data:text/plain,x', /does not use https/],
		['credentials in it', 'https://user:password@files.example.com/a', /is not a plain URL/],
		['no URL at all', 'a.pdf', /is not a plain URL/],
		['nothing', '', /is not a plain URL/],
	];

	test.each(addresses)('%s is refused', async (_kind, url, message) => {
		const { addCheck, download, sandbox, asked } = await openTenant();
		addCheck([pdf]);
		sandbox.fault({ api: 'attachment', always: true, do: answering({ url }) });
		const { status, error } = await download();
		expect([status, error?.message]).toEqual(['error', expect.stringMatching(message)]);
		expect(error?.description).toContain(pdf.id);
		expect(asked()).toHaveLength(2);
	});

	test.each(addresses.slice(0, 4))('a redirect to %s is refused', async (_kind, to, message) => {
		const { addCheck, download, sandbox } = await openTenant();
		addCheck([pdf]);
		sandbox.fault({ api: 'file', always: true, do: { kind: 'redirect', to } });
		const { error } = await download();
		expect(error?.message).toMatch(message);
	});

	test.each<[string, FaultAction]>([
		['address', answering({ url: undefined })],
		['attachment', () => jsonAnswer(200, { code: 0, data: {} })],
		['data', () => jsonAnswer(200, { code: 0 })],
	])('no %s in the answer is an error that names the likely reason', async (_what, fault) => {
		const { addCheck, download, sandbox } = await openTenant();
		addCheck([pdf]);
		sandbox.fault({ api: 'attachment', do: fault });
		const { error } = await download();
		expect(error?.message).toMatch(/returned no download address/);
		expect(error?.description).toMatch(/Attachment Type/);
	});
});

describe('an expired or broken address is requested once more', () => {
	const broken: Array<[string, 'file' | 'attachment', FaultAction]> = [
		['expired', 'file', { kind: 'answer', status: 403, body: 'expired' }],
		['gone', 'file', { kind: 'answer', status: 404, body: '' }],
		['redirected to nowhere', 'file', { kind: 'redirect', to: 'http://files.example.com/' }],
		['no URL', 'attachment', answering({ url: 'https://' })],
	];

	test.each(broken)('%s: the second one works', async (_kind, api, fault) => {
		const { addCheck, download, sandbox, asked } = await openTenant();
		addCheck([pdf]);
		sandbox.fault({ api, do: fault, times: 1 });
		const [item] = (await download()).output();
		expect(await sizesOf(item)).toEqual([pdf.size]);
		expect(asked()).toHaveLength(2);
	});

	test.each(broken)('%s: the second one is as bad', async (_kind, api, fault) => {
		const { addCheck, download, sandbox, asked } = await openTenant();
		addCheck([pdf]);
		sandbox.fault({ api, do: fault, always: true });
		const { status, error } = await download();
		expect(status).toBe('error');
		expect(error?.description).toContain(`Affected ID: ${pdf.id}.`);
		expect(error?.description).toContain('tried 2 times');
		expect(asked()).toHaveLength(2);
	});

	test('an address that expires while a file waits for its turn', async () => {
		let now = Date.UTC(2025, 3, 2);
		const { addCheck, download, sandbox, asked } = await openTenant({ now: () => now });
		addCheck([large]);
		sandbox.fault({
			api: 'attachment',
			nth: 1,
			do: (_request, answer) => {
				now += 30 * 60_000;
				return answer;
			},
		});
		const result = await download({ maxAttachmentSizeMb: 60 });
		expect(await sizesOf(result.output()[0])).toEqual([large.size]);
		expect([asked().length, sandbox.requests('file').map(({ status }) => status)]).toEqual([
			2,
			[403, 200],
		]);
	});
});

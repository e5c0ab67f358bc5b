import { createHash } from 'node:crypto';
import {
	documentExample,
	documentExampleRequest,
	fixtureChecks,
	startSandbox,
} from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { idsIn, queryOf } from './client';
import type { Envelope } from './client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => await sandbox.close());

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

// Hashes of the two JSON blocks on the documentation page of 2024-12-03.
test('the examples are those of the documentation page, byte for byte', () => {
	expect(sha256(documentExampleRequest)).toBe(
		'94c491cd8da8358f18bd6d25087a4ab1cc7a8ff4bca392cb4800aecf0c5cf55b',
	);
	expect(sha256(documentExample)).toBe(
		'8dfdfbde95003384fdf680c6292cbf92cf69c857a2e4734dd46e9942cc58540d',
	);
});

test('the example request is accepted; its ID is not the one of the example answer', async () => {
	const query = await queryOf(sandbox);
	const reply = await query({}, documentExampleRequest);
	expect(reply.json).toEqual({
		code: 0,
		msg: 'success',
		data: { items: null, has_more: false },
	});
});

test('the check of the example answer is stored with exactly its fields', async () => {
	const query = await queryOf(sandbox);
	const [example] = (JSON.parse(documentExample) as Envelope).data.items ?? [];
	const reply = await query({
		external_application_id: example?.external_application_id ?? 'none',
	});
	expect(reply.json.data).toEqual({ items: [example], has_more: false });
});

test('a fault serves the example answer byte for byte', async () => {
	const query = await queryOf(sandbox);
	sandbox.fault({
		api: 'batch_query',
		do: { kind: 'answer', status: 200, body: documentExample },
	});
	const reply = await query();
	expect(reply.text).toBe(documentExample);
	expect(reply.headers['content-type']).toContain('application/json');
});

test('the fixtures come first, and alone in their applications', async () => {
	const query = await queryOf(sandbox);
	const fixtures = fixtureChecks();
	const first = await query({ page_size: '6' });
	expect(first.json.data.items).toEqual(fixtures);
	expect(idsIn(await query({ external_application_id: '7318839904418072621' }))).toEqual([
		'7318840216653955117',
		'7318840216653955118',
	]);
});

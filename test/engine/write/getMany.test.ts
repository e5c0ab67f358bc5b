import type { INodeParameters } from 'n8n-workflow';
import { jsonAnswer } from '../../../sandbox';
import { callTool } from '../../harness';
import { itemOf } from '../../harness/itemOf';
import {
	APPLICATION,
	by,
	OTHER_APPLICATION,
	saidBy,
	TALENT,
	useFewTries,
	useWriteTenant,
	WRITE_NODE,
	type WriteTenant,
} from './tenant';

const open = useWriteTenant();

useFewTries();

const get = async ({ write }: WriteTenant, parameters: INodeParameters = {}, rest = {}) =>
	await write(
		'externalApplication',
		'getMany',
		{ candidate: by('value', TALENT.id), ...parameters },
		rest,
	);

const UNKNOWN = '7420000000000000123';

const ALL = [APPLICATION, OTHER_APPLICATION];

test('a limit that leaves nothing out is not mentioned', async () => {
	const result = await get(await open(), { limit: 2 });
	expect(result.output().map(({ json }) => json.id)).toEqual(ALL);
	expect(result.hints()).toEqual([]);
});

test('a limit that leaves something out is reported below the output', async () => {
	const result = await get(await open(), { limit: 1 });
	expect(result.hints()).toEqual([
		{
			message:
				'There may be more external applications than the limit allows. To get all of them, turn on Return All.',
			location: 'outputPane',
			type: 'warning',
		},
	]);
});

test('for a model, an item says that the limit left something out', async () => {
	const { credentials } = await open();
	const parameters = {
		resource: 'externalApplication',
		operation: 'getMany',
		candidate: by('value', TALENT.id),
		limit: "={{ $fromAI('limit', 'Most applications to get', 'number') }}",
	};
	const ask = async (limit: number) =>
		JSON.parse(
			(await callTool('agent', credentials, WRITE_NODE, parameters, { limit })).answer,
		) as unknown;
	expect(await ask(1)).toEqual([
		expect.objectContaining({ id: APPLICATION }),
		{
			candidate: TALENT.id,
			limit_reached: true,
			message: 'There may be more external applications than the limit allows.',
		},
	]);
	expect(await ask(2)).toEqual(ALL.map((id) => expect.objectContaining({ id }) as unknown));
});

test('a talent ID that Feishu does not know is handled as set in the option', async () => {
	const candidate = by('value', UNKNOWN);
	const tenant = await open();
	const included = await get(tenant, { candidate });
	expect(included.output().map(({ json }) => json)).toEqual([
		{ candidate: UNKNOWN, found: false, reason: 'noCandidate' },
	]);
	const { error } = await get(tenant, { candidate, options: { ifNotFound: 'error' } });
	expect(saidBy(error)).toContain("'Candidate' matches no candidate in Feishu Hire");
});

test('an error does not mention what was read before it', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'external_applications',
		match: { query: { talent_id: UNKNOWN } },
		do: { kind: 'delay', ms: 100 },
	});
	const items = [TALENT.id, UNKNOWN].map((id) => ({ json: { id } }));
	const candidate = by('value', '={{ $json.id }}');
	const { error } = await get(tenant, { candidate, options: { ifNotFound: 'error' } }, { items });
	expect(itemOf(error)).toBe(1);
	expect(saidBy(error)).not.toContain('Carried out');
});

test('a list whose answer is lost is requested again', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'external_applications', nth: 1, do: 'reset' });
	const result = await get(tenant);
	expect(result.output().map(({ json }) => json.id)).toEqual(ALL);
});

const NONE = { candidate: TALENT.id, found: false, reason: 'noExternalApplication' };

test.each(['empty', 'error'] as const)(
	'a candidate without an external application (reported as: %s)',
	async (talentWithoutApplications) => {
		const tenant = await open({ externalApplications: [], open: { talentWithoutApplications } });
		const result = await get(tenant);
		expect(result.output().map(({ json }) => json)).toEqual([NONE]);
	},
);

test('a refusal of another parameter is not mistaken for that', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'external_applications',
		do: { kind: 'answer', status: 400, code: 1002002, msg: 'page_size is wrong' },
	});
	expect(saidBy((await get(tenant)).error)).toContain('page_size is wrong');
});

test('another failure that mentions an empty list is a failure', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'external_applications',
		do: { kind: 'answer', status: 400, code: 1002003, msg: 'IDList is empty' },
	});
	expect(saidBy((await get(tenant)).error)).toContain('IDList is empty');
});

test.each([
	['an empty list', { code: 1002002, msg: 'IDList is empty' }],
	['an unknown candidate', { code: 1002102, msg: 'talent does not exist' }],
])('%s in the place of a page that was promised is an error', async (_what, answer) => {
	const tenant = await open({ maxPageSize: 1 });
	tenant.sandbox.fault({
		api: 'external_applications',
		nth: 2,
		do: { kind: 'answer', status: 400, ...answer },
	});
	const { error } = await get(tenant);
	expect(saidBy(error)).toContain(answer.msg);
});

test("another candidate's applications are an error with the exact message, and none of them comes out", async () => {
	const tenant = await open();
	const item = { id: APPLICATION, talent_id: UNKNOWN };
	tenant.sandbox.fault({
		api: 'external_applications',
		do: () => jsonAnswer(200, { code: 0, data: { items: [item], has_more: false } }),
	});
	const { error } = await get(tenant);
	expect(saidBy(error)).toBe(
		'Feishu returned external applications that were not requested\nThe node discarded the whole response. If there is a gateway in front of Feishu, check it. Otherwise report this to the maintainers of this node.',
	);
});

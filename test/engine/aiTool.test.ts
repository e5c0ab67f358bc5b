import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { busyApplicationId, people } from '../../sandbox';
import { callTool, type ToolCaller } from '../harness';
import { listOf, NODE, useTenant } from '../harness/tenant';

const openTenant = useTenant();

const byIds: INodeParameters = {
	operation: 'getByIds',
	externalBackgroundCheckIds: "={{ $fromAI('ids', 'IDs of the background checks', 'string') }}",
	simple: false,
	options: { requestsPerSecond: 100 },
};
const ofApplication: INodeParameters = {
	operation: 'getByApplication',
	externalApplicationId: "={{ $fromAI('application_id', 'ID of the application', 'string') }}",
	returnAll: "={{ $fromAI('all', 'Whether to get all', 'boolean', false) }}",
	limit: "={{ $fromAI('limit', 'Most checks to get', 'number', 3) }}",
	simple: false,
	options: { requestsPerSecond: 100 },
};

const first = '6989202908470446380';
const second = '7320115599340126510';
const unknown = '7999999999999999999';

/** A tenant, and calls of the tool in it. */
async function openToolTenant() {
	const tenant = await openTenant();
	return {
		...tenant,
		/** The IDs of the checks in the answer. */
		idsFor: async (by: ToolCaller, parameters: INodeParameters, input: IDataObject) => {
			const { answer } = await callTool(by, tenant.credentials, NODE, parameters, input);
			return (JSON.parse(answer) as IDataObject[]).flatMap(({ id }) =>
				id === undefined ? [] : [id],
			);
		},
		answerTo: async (by: ToolCaller, parameters: INodeParameters, input: IDataObject) =>
			(await callTool(by, tenant.credentials, NODE, parameters, input)).answer,
	};
}

describe.each<ToolCaller>(['mcp', 'agent'])('called by %s', (by) => {
	test('the model sees what the tool is for and what it takes', async () => {
		const { credentials } = await openTenant();
		const call = await callTool(by, credentials, NODE, ofApplication, { application_id: '1' });
		expect(call.argumentNames.sort()).toEqual(['all', 'application_id', 'limit']);
		expect(call.description).toMatch(
			/^Get the external background checks .* This node only reads\.$/,
		);
	});

	test.each([
		['separated by commas', `${first}, ${second}`],
		['separated as Chinese does', `${first}、${second}`],
		['as text of a JSON array', `["${first}", "${second}"]`],
		['one on a line, quoted', `"${first}"\n"${second}"`],
	])('IDs %s', async (_way, ids) => {
		const { answerTo, sandbox, queries } = await openToolTenant();
		expect(JSON.parse(await answerTo(by, byIds, { ids }))).toEqual([
			sandbox.checks.byId(first),
			sandbox.checks.byId(second),
		]);
		expect(queries().map(listOf)).toEqual([[first, second]]);
	});

	test('an ID that is not found is named', async () => {
		const { answerTo } = await openToolTenant();
		const answer = await answerTo(by, byIds, { ids: unknown });
		expect(JSON.parse(answer)).toEqual([
			{ found: false, id: unknown, reason: 'noBackgroundCheck' },
		]);
	});

	test('an empty result is put into words, because n8n passes an empty list on as an empty text', async () => {
		const { answerTo, sandbox } = await openToolTenant();
		const answer = await answerTo(by, ofApplication, { application_id: '1' });
		expect(JSON.parse(answer)).toEqual([
			{ found: false, external_application_id: '1', reason: 'noBackgroundCheck' },
		]);
		for (const { id } of sandbox.checks.all()) sandbox.checks.remove(id);
		expect(JSON.parse(await answerTo(by, { operation: 'getMany' }, {}))).toEqual([
			{
				found: false,
				reason: 'noBackgroundCheck',
				message: 'There are no external background checks.',
			},
		]);
	});

	test('a limit that cut something off is reported in an item, because a model sees no hints', async () => {
		const { answerTo } = await openToolTenant();
		const answer = await answerTo(by, ofApplication, { application_id: busyApplicationId });
		const items = JSON.parse(answer) as IDataObject[];
		expect(items).toHaveLength(4);
		expect(items[3]).toEqual({
			limit_reached: true,
			message: expect.stringMatching(/^There may be more background checks/) as unknown,
		});
	});

	test('a candidate by a name that the model was given', async () => {
		const { answerTo } = await openToolTenant();
		const byName: INodeParameters = {
			operation: 'getByCandidate',
			candidate: {
				__rl: true,
				mode: 'value',
				value: "={{ $fromAI('name', 'Whole name', 'string') }}",
			},
		};
		const found = JSON.parse(
			await answerTo(by, byName, { name: people.shortName.name }),
		) as IDataObject[];
		expect(found).toMatchObject([{ talent_id: people.shortName.id }]);
		expect(JSON.parse(await answerTo(by, byName, { name: '无此人' }))).toEqual([
			{ candidate: '无此人', found: false, reason: 'noCandidate' },
		]);
		expect(await answerTo(by, byName, { name: people.sharedName.name })).toMatch(
			/'Candidate' matches 2 candidates/,
		);
	});

	test('what the model leaves out takes the documented default', async () => {
		const { idsFor, sandbox } = await openToolTenant();
		const input = { application_id: busyApplicationId };
		const checks = sandbox.checks.byApplication(busyApplicationId).map(({ id }) => id);
		expect(await idsFor(by, ofApplication, input)).toEqual(checks.slice(0, 3));
		expect(await idsFor(by, ofApplication, { ...input, limit: 25 })).toEqual(checks.slice(0, 25));
		expect(await idsFor(by, ofApplication, { ...input, all: true })).toEqual(checks);
	});

	test.each([
		[
			byIds,
			{ ids: '林晓彤' },
			/'External Background Check IDs' contains something that looks like a name, not an ID.*An ID consists of [^(]*\./s,
		],
		[byIds, { ids: '6.98e18' }, /contains a rounded number.*Enter the ID as text/s],
		[byIds, { ids: '' }, /is empty.*Enter at least one ID/s],
		[byIds, { ids: `[${first}]` }, /its last digits were lost.*Enter the ID as text/s],
		[
			ofApplication,
			{ application_id: '1, 2' },
			/'External Application' contains 2 IDs, but only one is allowed/,
		],
		[ofApplication, { application_id: '1', limit: 0 }, /'Limit' is 0, not a whole number of at/],
	])('%#: a wrong argument is answered with what to do', async (parameters, input, words) => {
		const { answerTo, queries } = await openToolTenant();
		const answer = await answerTo(by, parameters, input);
		expect(answer).toMatch(words);
		expect(answer).not.toContain('林');
		expect(queries()).toEqual([]);
	});

	test('what Feishu refuses is reported with its message and what to do, once each', async () => {
		const { answerTo, sandbox } = await openToolTenant();
		sandbox.apps[0].scopes = [];
		const answer = await answerTo(by, ofApplication, { application_id: '1' });
		expect(answer).toMatch(/code 99991672.*Feishu says: .*hire:external_application:readonly/s);
		expect(answer.split('Feishu says:')).toHaveLength(2);
		expect(answer).not.toContain(sandbox.app.appSecret);
	});
});

// From version 3, the AI Agent runs the node with what the model gave, unchecked.
test('arguments of another type than the tool asks for, from an agent', async () => {
	const { idsFor, answerTo, sandbox } = await openToolTenant();
	expect(await idsFor('agent', byIds, { ids: [first, second] })).toEqual([first, second]);
	const input = { application_id: busyApplicationId };
	const checks = sandbox.checks.byApplication(busyApplicationId).map(({ id }) => id);
	const fives = [
		await idsFor('agent', ofApplication, { ...input, limit: '5' }),
		await idsFor('agent', ofApplication, { ...input, limit: '5', all: 'false' }),
		await idsFor('agent', ofApplication, { ...input, limit: 5, all: null }),
	];
	expect(fives).toEqual(Array(3).fill(checks.slice(0, 5)));
	expect(await idsFor('agent', ofApplication, { ...input, all: 'true' })).toEqual(checks);
	expect(await answerTo('agent', byIds, { ids: Number(first) })).toMatch(/Enter the ID as text/);
	expect(await answerTo('agent', byIds, {})).toMatch(/is empty.*Enter at least one ID/s);
});

test('arguments of another type are refused by n8n, when called over MCP', async () => {
	const { answerTo, queries } = await openToolTenant();
	expect(await answerTo('mcp', byIds, { ids: Number(first) })).toMatch(/Expected string/);
	expect(await answerTo('mcp', byIds, {})).toMatch(/Required\s+→ at ids/);
	expect(queries()).toEqual([]);
});

test('in a workflow the title of an error stays short', async () => {
	const { query } = await openTenant();
	const { error } = await query({ operation: 'getByApplication', externalApplicationId: '1, 2' });
	expect(error?.message).toBe("'External Application' contains 2 IDs, but only one is allowed");
});

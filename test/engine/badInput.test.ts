import type { INodeParameters } from 'n8n-workflow';
import { CredentialStore } from '../harness';
import { itemOf } from '../harness/itemOf';
import { useTenant } from '../harness/tenant';

const openTenant = useTenant();

const application = '7318839904418072621';
const ids = (externalBackgroundCheckIds: string) => ({
	operation: 'getByIds',
	externalBackgroundCheckIds,
});
const one = (externalApplicationId: string) => ({
	operation: 'getByApplication',
	externalApplicationId,
});
const all = (parameters: INodeParameters) => ({ operation: 'getMany', ...parameters });

const IDS = 'External Background Check IDs';
const ID = 'External Application';

const noId = 'contains something that is not an ID';
const aName = 'contains something that looks like a name, not an ID';
const tooLarge = 'contains a number so long that its last digits were lost';

test.each<[INodeParameters, string]>([
	[ids('={{ "" }}'), `'${IDS}' is empty`],
	[ids(' \n'), `'${IDS}' is empty`],
	[ids(',;，；、'), `'${IDS}' is empty`],
	[ids('[]'), `'${IDS}' is empty`],
	[ids('={{ [] }}'), `'${IDS}' is empty`],
	[ids('={{ null }}'), `'${IDS}' is empty`],
	[ids('={{ $json.notThere }}'), `'${IDS}' is empty`],
	[ids('={{ [""] }}'), `'${IDS}' is empty`],
	[ids('={{ Array(1) }}'), `'${IDS}' is empty`],
	[ids('={{ [, "1"] }}'), `'${IDS}' contains an empty value (entry 1 of 2)`],
	[ids('张三'), `'${IDS}' ${aName}`],
	[ids('={{ ["7318840216653955117", "张三"] }}'), `'${IDS}' ${aName} (entry 2 of 2)`],
	[ids('https://x.feishu.cn/1'), `'${IDS}' contains a page address with no ID`],
	[ids('={{ { id: "1" } }}'), `'${IDS}' contains a value of type object instead of an ID`],
	[ids('={{ [{ id: "1" }] }}'), `'${IDS}' contains a value of type object instead of an ID`],
	[ids('={{ 7318840216653955117 }}'), `'${IDS}' ${tooLarge}`],
	[ids('[7318840216653955117]'), `'${IDS}' ${tooLarge}`],
	[ids('={{ [1, 7318840216653955117] }}'), `'${IDS}' ${tooLarge} (entry`],
	[ids('={{ NaN }}'), `'${IDS}' contains a number with decimals`],
	[ids('={{ true }}'), `'${IDS}' contains a value of type boolean instead of an ID`],
	[one('={{ "" }}'), `'${ID}' is empty`],
	[one('  '), `'${ID}' is empty`],
	[one('={{ undefined }}'), `'${ID}' is empty`],
	[one('={{ Array(1) }}'), `'${ID}' is empty`],
	[one('={{ [[]] }}'), `'${ID}' contains a list instead of an ID`],
	[one('林晓彤'), `'${ID}' ${aName}`],
	[
		one('zhang@example.com'),
		`'${ID}' contains something that looks like an email address, not an ID`,
	],
	[one('138 1234 5678'), `'${ID}' contains something that looks like a phone number, not an ID`],
	[one('../../auth/v3'), `'${ID}' ${noId}`],
	[one('1&page_size=1'), `'${ID}' ${noId}`],
	[one('https://x.feishu.cn/1'), `'${ID}' contains a page address with no ID`],
	[one('={{ 7318839904418072621 }}'), `'${ID}' ${tooLarge}`],
	[one('={{ { a: 1 } }}'), `'${ID}' is a list or an object, not a single value`],
	[one('1,2'), `'${ID}' contains 2 IDs, but only one is allowed`],
	[all({ limit: 0 }), "'Limit' is 0, not a whole number of at least 1"],
	[all({ limit: -1 }), "'Limit' is -1, not a whole number of at least 1"],
	[all({ limit: 1.5 }), "'Limit' is 1.5, not a whole number of at least 1"],
	[all({ limit: '={{ NaN }}' }), "'Limit' is NaN, not a whole number of at least 1"],
	[all({ limit: '={{ "5" }}' }), "'Limit' is text, not a whole number of at least 1"],
	[all({ limit: '={{ null }}' }), "'Limit' is empty, not a whole number of at least 1"],
	[all({ returnAll: '={{ "false" }}' }), "'Return All' is text, not true or false"],
	[all({ simple: '={{ "false" }}' }), "'Simplify' is text, not true or false"],
	[all({ options: { pageSize: 0 } }), "'Page Size' is 0, not a whole number from 1 to 20"],
	[all({ options: { pageSize: 21 } }), "'Page Size' is 21, not a whole number from 1 to 20"],
	[all({ options: { pageSize: '={{ "20" }}' } }), "'Page Size' is text, not a whole number"],
	[all({ options: { timeout: 0 } }), "'Timeout' is 0, not a whole number"],
	[all({ options: { requestsPerSecond: 0 } }), "'Requests per Second' is 0, not a number"],
	[all({ options: { requestsPerSecond: 101 } }), "'Requests per Second' is 101, not a number"],
	[all({ options: { pageToken: '={{ 5 }}' } }), "'Page Token' is a number, not text"],
	[all({ options: { responseFormat: 'all' } }), "'Response Format' has an invalid value"],
	[all({ filters: { dateFrom: '={{ "soon" }}' } }), "'Date From' is text that cannot be read"],
	[
		all({ downloadAttachments: true, attachmentOptions: { attachmentsPrefix: '/' } }),
		"'Attachments",
	],
	[{ ...ids('1'), options: { ifNotFound: 'x' } }, "'If Not Found' has an invalid value"],
])(
	'%j is refused with the name of the parameter, and nothing is sent',
	async (parameters, message) => {
		const { query, sandbox } = await openTenant();
		const result = await query({ ...one(application), ...parameters });
		const { error } = result;
		expect(error?.message).toContain(message);
		expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/^[A-Z].*\.$/);
		expect([result.status, result.output()]).toEqual(['error', []]);
		expect(sandbox.log).toEqual([]);
	},
);

// The operation is the same for all items, so the error blames none.
test.each(['any', '__CUSTOM_API_CALL__', '={{ $json.operation }}', null, 7])(
	'the operation %j is refused with an alternative, and nothing is sent',
	async (operation) => {
		const { query, sandbox } = await openTenant();
		const items = [{ json: { operation: 'any' } }, { json: {} }];
		const result = await query({ ...all({}), operation }, { items });
		const { error } = result;
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: "'Operation' has an invalid value",
			description:
				'Choose one from the list. For other Feishu Hire APIs, use the HTTP Request node with this credential.',
		});
		expect(itemOf(error)).toBeUndefined();
		expect([result.status, result.output()]).toEqual(['error', []]);
		expect(sandbox.log).toEqual([]);
	},
);

test('the error names the item that is wrong', async () => {
	const { query, sandbox } = await openTenant();
	const items = [application, '张三', ''].map((id) => ({ json: { id } }));
	const result = await query(one('={{ $json.id }}'), { items });
	expect(result.error).toMatchObject({
		message: `'${ID}' ${aName}`,
		description: expect.stringContaining('item 2 (row 3 of a sheet with a header)') as string,
	});
	expect(result.error?.description).toMatch(
		/\nThe error occurred in item 2 \(row 3 of a sheet with a header\)\. To continue without it, set On Error to Continue in the settings of this node\.$/,
	);
	expect(result.output()).toEqual([]);
	expect(sandbox.log).toEqual([]);
});

test('a wrong value is not repeated anywhere: it may be a name', async () => {
	const { query } = await openTenant();
	const items = [{ json: {} }];
	const result = await query(one('={{ "林" + "晓" + "彤" }}'), { items });
	expect(JSON.stringify(result.error)).not.toContain('林晓彤');
});

test('Continue On Fail: a wrong item affects no other item', async () => {
	const { query } = await openTenant();
	const items = [application, '张三', application].map((id) => ({ json: { id } }));
	const nodeSettings = { onError: 'continueRegularOutput' as const };
	const result = await query(one('={{ $json.id }}'), { items, nodeSettings });
	expect(result.status).toBe('success');
	expect(result.output().map(({ json, pairedItem }) => [Object.keys(json)[0], pairedItem])).toEqual(
		[
			['id', { item: 0 }],
			['id', { item: 0 }],
			['error', { item: 1 }],
			['id', { item: 2 }],
			['id', { item: 2 }],
		],
	);
	expect(result.output()[2]!.json.error).toEqual({
		message: `'${ID}' ${aName}`,
		description: expect.stringMatching(/'Get by Candidate'/) as unknown,
		parameter: ID,
	});
});

test.each([
	['an ID', { operation: 'getByApplication', externalApplicationId: '' }, ID],
	['IDs', { operation: 'getByIds', externalBackgroundCheckIds: '' }, IDS],
])('n8n itself does not start a node without %s', async (_name, parameters, label) => {
	const { query } = await openTenant();
	// n8n 1.x only says that there are issues; the editor names them.
	const refusal = new RegExp(`Parameter "${label}" is required|The workflow has issues`);
	await expect(query(parameters)).rejects.toThrow(refusal);
});

test('a node without a credential says so', async () => {
	const { query } = await openTenant();
	const { error } = await query({ operation: 'getMany' }, { credentials: new CredentialStore() });
	expect(error?.message).toMatch(/does not have any credentials/);
	expect(itemOf(error)).toBe(0);
});

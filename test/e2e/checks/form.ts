import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from '../lib/test';
import { locator, manualTrigger, queryNode, queryType, workflowOf } from '../lib/workflows';
import type { NodeJson } from '../lib/workflows';

const nodeName = 'Query External Background Checks';

const top = ['Credential', 'Operation'];
const files = 'Download Attachments';

/** The parameters that are shown, after each step. */
const forms: Array<{ choose?: string; toggle?: string; shown: string[] }> = [
	{ shown: [...top, 'Return All', 'Limit', 'Simplify', 'Filters', files, 'Options'] },
	{ toggle: 'returnAll', shown: [...top, 'Return All', 'Simplify', 'Filters', files, 'Options'] },
	{
		toggle: 'downloadAttachments',
		shown: [...top, 'Return All', 'Simplify', 'Filters', files, 'Attachment Options', 'Options'],
	},
	{
		choose: 'Get by IDs',
		shown: [
			...top,
			'External Background Check IDs',
			'Simplify',
			files,
			'Attachment Options',
			'Options',
		],
	},
	{
		toggle: 'downloadAttachments',
		shown: [...top, 'External Background Check IDs', 'Simplify', files, 'Options'],
	},
	// n8n resets a parameter to its default after it was hidden.
	{
		choose: 'Get by Candidate',
		shown: [...top, 'Candidate', 'Return All', 'Limit', 'Simplify', 'Filters', files, 'Options'],
	},
	{
		choose: 'Get by External Application',
		shown: [
			...top,
			'External Application',
			'Return All',
			'Limit',
			'Simplify',
			'Filters',
			files,
			'Options',
		],
	},
];

/** What "Add option" offers users, besides If Not Found. */
const technical = ['Page Size', 'Requests per Second', 'Timeout'];
const ofScans = ['Page Token', 'Response Format'];

const workflowWith = (node: NodeJson) => workflowOf('Background checks', manualTrigger(), node);

/** The form of the query node. */
export function formTests(): void {
	test('parameters appear and hide with Operation, Return All and Download Attachments', async ({
		editor,
		open,
	}) => {
		await open(workflowWith(queryNode({}, nodeName)));
		await editor.picture('parameters');
		for (const { choose, toggle, shown } of forms) {
			if (choose) await editor.choose('operation', choose);
			if (toggle) await editor.part(`parameter-input-${toggle}`).click();
			await settled(shown, async () => await editor.parameterNames());
		}
	});

	test('each operation offers its own options', async ({ editor, open }) => {
		await open(workflowWith(queryNode({}, nodeName)));
		const expected = {
			'Get by Candidate': ['If Not Found', 'If Several Candidates', 'Mobile Code', ...technical],
			'Get by External Application': ['If Not Found', ...technical, ...ofScans],
			'Get by IDs': ['If Not Found', ...technical],
			'Get Many': [...technical, ...ofScans],
		};
		for (const [operation, options] of Object.entries(expected)) {
			await editor.choose('operation', operation);
			assert.deepEqual((await editor.optionNames()).sort(), options.sort(), operation);
		}
	});

	test('as a tool of a model it hides the technical options', async ({ editor, open }) => {
		const parameters = {
			operation: 'getByApplication',
			externalApplicationId: locator('id', '7330000000000000001'),
			options: {},
		};
		await open(workflowWith({ ...queryNode(parameters, nodeName), type: `${queryType}Tool` }));
		assert.deepEqual(await editor.optionNames(), ['If Not Found']);
	});
}

/** Waits for the form, which changes a moment after a click. */
async function settled(expected: string[], read: () => Promise<string[]>): Promise<void> {
	let names = await read();
	for (let tries = 0; tries < 20 && names.join() !== expected.join(); tries++) {
		await sleep(200);
		names = await read();
	}
	assert.deepEqual(names, expected);
}

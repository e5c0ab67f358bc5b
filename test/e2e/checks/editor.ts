import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { busyApplicationId } from '../../../sandbox';
import type { Check } from '../lib/checks';
import type { Editor } from '../lib/editor';
import { packageName } from '../lib/package';
import { manualTrigger, queryNode, workflowOf } from '../lib/workflows';
import type { NodeJson } from '../lib/workflows';
import type { World } from '../lib/world';

const nodeName = 'Query External Background Checks';

/** Parameters on show, by the steps that lead there. */
const forms: Array<{ choose?: string; toggle?: boolean; shown: string[] }> = [
	{
		shown: ['Credential', 'Operation', 'External Application ID', 'Return All', 'Limit', 'Options'],
	},
	{
		toggle: true,
		shown: ['Credential', 'Operation', 'External Application ID', 'Return All', 'Options'],
	},
	{
		choose: 'Background Check IDs',
		shown: ['Credential', 'Operation', 'External Background Check IDs', 'Options'],
	},
	// n8n sets a parameter back to its default when it has been hidden.
	{ choose: 'All', shown: ['Credential', 'Operation', 'Return All', 'Limit', 'Options'] },
	{ toggle: true, shown: ['Credential', 'Operation', 'Return All', 'Options'] },
];

/** What a person sees in n8n's editor. With --pictures the pictures go to `docs/images/`. */
export function editorChecks(world: World, editor: Editor): Check[] {
	const { sandbox, executions } = world;

	/** Opens a new workflow's last node. */
	async function open(...nodes: NodeJson[]): Promise<void> {
		const workflow = workflowOf('Background checks', manualTrigger(), ...nodes);
		const { id } = await executions.create(workflow);
		await editor.openNode(id, workflow.nodes[nodes.length].id ?? '');
	}

	const query = (parameters: Record<string, unknown>) => queryNode(parameters, nodeName);

	return [
		{
			name: 'the node is found by "feishu", "飞书", "background check" and "背调"',
			run: async () => {
				await editor.openNodeList();
				for (const word of ['feishu', '飞书', 'background check', '背调']) {
					await editor.search(word, nodeName);
				}
				await editor.picture('search');
			},
		},
		{
			name: 'added from the list, the node opens with the credential that is there',
			run: async () => {
				await editor.openNodeList();
				await (await editor.search('背调', nodeName)).click();
				await editor.page.getByText('Add to workflow').click();
				await editor.part('node-parameters').waitFor();
				const chosen = editor.part('node-credentials-select').locator('input');
				assert.match(await chosen.inputValue(), /Feishu Hire account|Credential of/);
			},
		},
		{
			name: 'parameters appear and hide with Operation and Return All',
			run: async () => {
				await open(query({}));
				await editor.picture('parameters');
				for (const { choose, toggle, shown } of forms) {
					if (choose) await editor.choose('operation', choose);
					if (toggle) await editor.part('parameter-input-returnAll').click();
					await settled(shown, async () => await editor.parameterNames());
				}
			},
		},
		{
			name: 'If Not Found is offered for IDs only, Page Token for the other two',
			run: async () => {
				await open(query({}));
				for (const operation of ['External Application', 'Background Check IDs', 'All']) {
					await editor.choose('operation', operation);
					const names = await editor.optionNames();
					const isByIds = operation === 'Background Check IDs';
					assert.equal(names.includes('If Not Found'), isByIds, operation);
					assert.equal(names.includes('Page Token'), !isByIds, operation);
				}
			},
		},
		{
			name: 'the next node shows the fields of a check before the first run',
			run: async () => {
				const edit = {
					name: 'Edit Fields',
					type: 'n8n-nodes-base.set',
					typeVersion: 3.4,
					parameters: { options: {} },
				};
				await open(query({ operation: 'getMany' }), edit);
				const input = editor.part('ndv-input-panel');
				await editor.part('schema-preview-warning', input).waitFor();
				const fields = await editor.part('run-data-schema-node-name', input).allInnerTexts();
				for (const field of ['id', 'external_application_id', 'name', 'result', 'size']) {
					assert.ok(fields.includes(field), `no ${field} among ${fields.join(', ')}`);
				}
				assert.equal(sandbox.log.length, 0);
				await editor.picture('output-schema');
			},
		},
		{
			name: 'a name instead of an ID is refused in words, before a request leaves',
			run: async () => {
				await open(query({ operation: 'getByIds', externalBackgroundCheckIds: '林晓彤' }));
				await editor.execute();
				const message = await editor.part('node-error-message', editor.output).innerText();
				const advice = await editor.part('node-error-description', editor.output).innerText();
				assert.match(message, /is not an ID/);
				assert.match(advice, /1 to 64 letters, digits/);
				assert.equal(sandbox.requests('batch_query').length, 0);
				await editor.picture('error-bad-id');
			},
		},
		{
			name: 'the credential dialogue tests the connection and keeps the secret hidden',
			run: async () => {
				await open(query({ operation: 'getMany' }));
				await editor.part('credential-edit-button').click();
				await editor.page.setViewportSize({ width: 1280, height: 900 });
				const dialogue = editor.part('editCredential-modal');
				await editor.part('credentials-config-container-test-success', dialogue).waitFor();
				const secret = editor.part('parameter-input-appSecret', dialogue).locator('input');
				assert.equal(await secret.getAttribute('type'), 'password');
				const page = (await editor.page.content()) + (await secret.inputValue());
				for (const { appSecret } of sandbox.apps) assert.ok(!page.includes(appSecret));
				await editor.picture('credential');
				await editor.page.setViewportSize({ width: 1280, height: 800 });
			},
		},
		{
			name: 'executed, it shows the checks as a table',
			run: async () => {
				const id = busyApplicationId;
				await open(
					query({ operation: 'getByApplication', externalApplicationId: id, returnAll: true }),
				);
				await editor.page.setViewportSize({ width: 1600, height: 800 });
				await editor.execute();
				await editor.part('radio-button-table', editor.output).click();
				const expected = sandbox.checks.all().filter((check) => {
					return check.external_application_id === id;
				});
				await editor.output.getByText(`${expected.length} items`).waitFor();
				const header = await editor.output.locator('thead th').allInnerTexts();
				assert.deepEqual(
					header.slice(0, 2).map((text) => text.trim()),
					['id', 'external_application_id'],
				);
				const first = await editor.output.locator('tbody tr').first().innerText();
				assert.ok(first.startsWith(expected[0].id), first);
				await widenOutput();
				await editor.picture('output-table');
				await editor.page.setViewportSize({ width: 1280, height: 800 });
			},
		},
		{
			name: 'the editor has called nobody but the package registry, for the node’s details',
			run: () => {
				const others = editor.callsOutside.filter((url) => !url.includes(`/${packageName}`));
				assert.deepEqual(others, []);
				return Promise.resolve();
			},
		},
	];

	/** Moves the parameters to the left, so that more columns can be seen. */
	async function widenOutput(): Promise<void> {
		const handle = await editor.part('panel-drag-button').boundingBox();
		assert.ok(handle);
		const y = handle.y + handle.height / 2;
		await editor.page.mouse.move(handle.x + handle.width / 2, y);
		await editor.page.mouse.down();
		await editor.page.mouse.move(260, y, { steps: 8 });
		await editor.page.mouse.up();
	}
}

/** A form follows a click a moment later. */
async function settled(expected: string[], read: () => Promise<string[]>): Promise<void> {
	let names = await read();
	for (let tries = 0; tries < 10 && names.join() !== expected.join(); tries++) {
		await sleep(200);
		names = await read();
	}
	assert.deepEqual(names, expected);
}

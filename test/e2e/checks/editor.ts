import assert from 'node:assert/strict';
import { busyApplicationId } from '../../../sandbox';
import { wideSize } from '../lib/editor';
import { test } from '../lib/test';
import { locator, manualTrigger, queryNode, workflowOf } from '../lib/workflows';
import type { NodeJson } from '../lib/workflows';

const nodeName = 'Query External Background Checks';

/** The actions that the node's entry in the list offers. */
const actions = [
	'Get background checks of candidate by email, phone, name or ID',
	'Get background checks of external application',
	'Get background checks by ID',
	'Get many background checks',
];

const withQuery = (parameters: Record<string, unknown>, ...others: NodeJson[]) =>
	workflowOf('Background checks', manualTrigger(), queryNode(parameters, nodeName), ...others);

/**
 * What a user sees in n8n's editor. `E2E_PICTURES=true npm run e2e` writes the pictures to
 * `docs/images/`.
 */
export function editorTests(): void {
	test('the node is found by "feishu", "飞书", "background check" and "背调"', async ({
		editor,
	}) => {
		await editor.openNodeList();
		for (const word of ['feishu', '飞书', 'background check', '背调']) {
			await editor.search(word, nodeName);
		}
		await editor.picture('search');
	});

	test('the list shows its actions; one adds the node, open, with the credential that is there', async ({
		editor,
	}) => {
		await editor.openNodeList();
		await (await editor.search('背调', nodeName)).click();
		for (const action of actions) await editor.action(action).waitFor();
		await editor.page
			.getByText(/^Get the external background checks/)
			.last()
			.waitFor();
		await editor.action('Get background checks of candidate by email, phone, name or ID').click();
		await editor.part('node-parameters').waitFor();
		const operation = editor.part('parameter-input-operation').locator('input');
		assert.equal(await operation.inputValue(), 'Get by Candidate');
		const chosen = editor.part('node-credentials-select').locator('input');
		assert.match(await chosen.inputValue(), /Feishu Hire account|Credential of/);
	});

	test('the next node shows the fields of a check before the first run', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		const edit = {
			name: 'Edit Fields',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { options: {} },
		};
		await open(withQuery({ operation: 'getMany' }, edit));
		const input = editor.part('ndv-input-panel');
		await editor.part('schema-preview-warning', input).waitFor();
		const fields = await editor.part('run-data-schema-node-name', input).allInnerTexts();
		for (const field of ['id', 'external_application_id', 'name', 'result', 'size']) {
			assert.ok(fields.includes(field), `no ${field} among ${fields.join(', ')}`);
		}
		assert.equal(sandbox.log.length, 0);
	});

	test('a name instead of an ID is refused with an explanation, before a request is sent', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		await open(withQuery({ operation: 'getByIds', externalBackgroundCheckIds: '林晓彤' }));
		await editor.execute();
		const message = await editor.part('node-error-message', editor.output).innerText();
		const advice = await editor.part('node-error-description', editor.output).innerText();
		assert.match(
			message,
			/'External Background Check IDs' contains something that looks like a name, not an ID/,
		);
		assert.match(advice, /Get by Candidate/);
		assert.ok(!`${message} ${advice}`.includes('林晓彤'), message);
		assert.equal(sandbox.requests('batch_query').length, 0);
		await editor.picture('error-bad-id');
	});

	test('the credential dialogue tests the connection and keeps the secret hidden', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		await open(withQuery({ operation: 'getMany' }));
		await editor.part('credential-edit-button').click();
		await editor.page.setViewportSize({ width: 1280, height: 900 });
		const dialogue = editor.part('editCredential-modal');
		await editor.part('credentials-config-container-test-success', dialogue).waitFor();
		const secret = editor.part('parameter-input-appSecret', dialogue).locator('input');
		assert.equal(await secret.getAttribute('type'), 'password');
		const page = (await editor.page.content()) + (await secret.inputValue());
		for (const { appSecret } of sandbox.apps) assert.ok(!page.includes(appSecret));
		await editor.picture('credential', { width: 1280, height: 900 });
	});

	test('executed, it shows the checks as a table', async ({ world: { sandbox }, editor, open }) => {
		const id = busyApplicationId;
		await open(
			withQuery({
				operation: 'getByApplication',
				externalApplicationId: locator('id', id),
				returnAll: true,
			}),
		);
		await editor.page.setViewportSize(wideSize);
		await editor.execute();
		const expected = sandbox.checks.inGroup(id);
		await editor.output.getByText(`${expected.length} items`).waitFor();
		const [header, first] = await editor.table();
		assert.deepEqual(header?.slice(0, 4), ['name', 'result', 'date', 'id']);
		assert.equal(first?.[3], expected[0]?.id);
		await editor.widenOutput();
	});
}

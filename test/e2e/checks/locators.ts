import assert from 'node:assert/strict';
import { applicationWithoutCheck, people } from '../../../sandbox';
import type { Editor } from '../lib/editor';
import { test } from '../lib/test';
import { locator, manualTrigger, queryNode, rowNodes, workflowOf } from '../lib/workflows';

const nodeName = 'Query External Background Checks';

const workflowWith = (parameters: Record<string, unknown>) =>
	workflowOf('Background checks', manualTrigger(), queryNode(parameters, nodeName));

/** The IDs in the table, in order. */
async function idsShown(editor: Editor): Promise<string[]> {
	const [header = [], ...rows] = await editor.table();
	return rows.map((row) => row[header.indexOf('id')] ?? '');
}

/** Picks from lists, in the browser. */
export function locatorTests(): void {
	test('a candidate is picked from the list by name and masked contact; the table has the checks', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		const { id, name } = people.twoNumbers;
		await open(workflowWith({ operation: 'getByCandidate', returnAll: true }));
		await editor.openList('candidate');
		const rows = await editor.filterList(name);
		const row = rows.filter({ hasText: '199****0101 · L***@example.com' });
		await row.waitFor();
		await editor.picture('pick-candidate');
		await row.click();
		await editor.execute();
		const checks = sandbox.applications
			.inGroup(id)
			.flatMap((application) => sandbox.checks.inGroup(application.id));
		assert.deepEqual(
			await idsShown(editor),
			checks.map((check) => check.id),
		);
	});

	test('a column dragged into Candidate is recognized by its content, and the run finds the checks', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		const query = queryNode({ operation: 'getByCandidate', returnAll: true }, nodeName);
		const { emails, id } = people.shortName;
		const rows = rowNodes([{ 工号: '17', email: emails[0] }]);
		await open(workflowOf('A column', manualTrigger(), ...rows, query));
		await editor.dragInput('email', 'candidate');
		assert.equal(await editor.modeOf('candidate'), 'By Email, Phone, Name or ID');
		await editor.execute();
		const checks = sandbox.applications
			.inGroup(id)
			.flatMap((application) => sandbox.checks.inGroup(application.id));
		assert.ok(checks.length > 0);
		assert.deepEqual(
			await idsShown(editor),
			checks.map((check) => check.id),
		);
	});

	test('an external application is picked from the list; the table has its checks', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		await open(workflowWith({ operation: 'getByApplication', returnAll: true }));
		await editor.openList('externalApplicationId');
		const rows = await editor.filterList('林晓彤');
		const row = rows.filter({ hasText: '林晓彤 · 后端工程师 · 初筛' });
		await row.first().waitFor();
		await row.first().click();
		await editor.execute();
		const check = sandbox.checks.byId('7318840216653955117');
		const expected = sandbox.checks.inGroup(check?.external_application_id ?? '');
		assert.deepEqual(
			await idsShown(editor),
			expected.map(({ id }) => id),
		);
	});

	test('an application without checks gives an item that says so, and a hint', async ({
		editor,
		open,
	}) => {
		const externalApplicationId = locator('id', applicationWithoutCheck);
		await open(workflowWith({ operation: 'getByApplication', externalApplicationId }));
		await editor.execute();
		const [header, row, ...others] = await editor.table();
		assert.deepEqual(header?.slice(0, 3), ['found', 'external_application_id', 'reason']);
		assert.deepEqual(row?.slice(0, 3), ['false', applicationWithoutCheck, 'noBackgroundCheck']);
		assert.deepEqual(others, []);
		const words = '1 external application has no background checks, or does not exist';
		await editor.output.getByText(words).first().waitFor();
	});
}

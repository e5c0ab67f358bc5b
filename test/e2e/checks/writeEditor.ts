import assert from 'node:assert/strict';
import { people } from '../../../sandbox';
import { wideSize } from '../lib/editor';
import { test } from '../lib/test';
import { manualTrigger, workflowOf, writeNode } from '../lib/workflows';

/** What a person can do with Feishu Hire, as its entry in the list says. */
const actions = [
	'Get a candidate',
	'Create an external application',
	'Delete an external application',
	'Get many external applications',
	'Update an external application',
	'Create a background check',
	'Create or update a background check',
	'Delete a background check',
	'Get background checks of candidate by email, phone, name or ID',
	'Get background checks of external application',
	'Get background checks by ID',
	'Get many background checks',
	'Update a background check',
];

/** The node that writes, in the browser. */
export function writeEditorTests(): void {
	test('the list shows what Feishu Hire can do', async ({ editor }) => {
		await editor.openNodeList();
		await (await editor.search('feishu', /^\s*Feishu Hire\s*$/)).click();
		const category = editor.part('node-creator-category-item');
		await category.filter({ hasText: `Actions (${actions.length})` }).click();
		for (const action of actions) await editor.action(action).waitFor();
		await editor.picture('actions-write');
	});

	test('a background check is recorded on an application that was picked from the list', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		const [application] = sandbox.applications.inGroup(people.twoNumbers.id);
		assert.ok(application);
		const before = new Set(sandbox.checks.inGroup(application.id).map(({ id }) => id));
		const node = writeNode({
			resource: 'externalBackgroundCheck',
			operation: 'create',
			recordOn: 'externalApplication',
			name: '林晓彤-学历核验',
			result: '已通过',
			date: '2026-03-04T00:00:00',
		});
		await open(workflowOf('Record a check', manualTrigger(), node));
		const rows = await editor.openList('externalApplicationId');
		await rows.filter({ hasText: '林晓彤-入职前背景调查' }).first().click();
		await editor.execute();
		const [header = [], row] = await editor.table();
		await editor.picture('write', wideSize);
		const added = sandbox.checks.inGroup(application.id).filter((check) => !before.has(check.id));
		for (const check of added) sandbox.checks.remove(check.id);
		assert.deepEqual(
			added.map(({ name, result, date }) => ({ name, result, date: Number(date) })),
			[{ name: '林晓彤-学历核验', result: '已通过', date: Date.UTC(2026, 2, 3, 16) }],
		);
		assert.equal(row?.[header.indexOf('id')], added[0]?.id);
	});
}

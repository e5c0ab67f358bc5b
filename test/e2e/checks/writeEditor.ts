import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { people } from '../../../sandbox';
import { rootFolder } from '../lib/package';
import { test } from '../lib/test';
import { locator, manualTrigger, pdfNodes, workflowOf, writeNode } from '../lib/workflows';

/** The actions that the entry of Feishu Hire in the list offers. */
const actions = [
	'Get background check orders of application',
	'Get background check orders of candidate',
	'Get background check orders by ID',
	'Get many background check orders',
	'Get candidate',
	'Create external application',
	'Delete external application',
	'Get many external applications',
	'Update external application',
	'Create background check',
	'Create or update background check',
	'Delete background check',
	'Get background checks of candidate by email, phone, name or ID',
	'Get background checks of external application',
	'Get background checks by ID',
	'Get many background checks',
	'Update background check',
];

/** The node that writes, in the browser. */
export function writeEditorTests(): void {
	test('the list shows what Feishu Hire can do', async ({ editor }) => {
		await editor.openNodeList();
		await (await editor.search('feishu', /^\s*Feishu Hire\s*$/)).click();
		const category = editor.part('node-creator-category-item');
		await category.filter({ hasText: `Actions (${actions.length})` }).click();
		for (const action of actions) await editor.action(action).waitFor();
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
		const added = sandbox.checks.inGroup(application.id).filter((check) => !before.has(check.id));
		for (const check of added) sandbox.checks.remove(check.id);
		assert.deepEqual(
			added.map(({ name, result, date }) => ({ name, result, date: Number(date) })),
			[{ name: '林晓彤-学历核验', result: '已通过', date: Date.UTC(2026, 2, 3, 16) }],
		);
		assert.equal(row?.[header.indexOf('id')], added[0]?.id);
	});

	test('a PDF is recorded by e-mail address; pressed twice, the existing check comes out', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		const { emails, id } = people.shortName;
		const [application] = sandbox.applications.inGroup(id);
		assert.ok(application);
		const before = new Set(sandbox.checks.inGroup(application.id).map((check) => check.id));
		const pdf = readFileSync(path.join(rootFolder, 'sandbox', 'files', 'report.pdf'));
		const node = writeNode({
			resource: 'externalBackgroundCheck',
			operation: 'create',
			candidate: locator('value', "={{ $('Mail').item.json.from }}"),
			name: '张三-入职前背景调查',
			result: '已通过',
			date: '2026-03-04',
			attachments: 'data',
		});
		const mail = pdfNodes(
			'Mail',
			{ from: emails[0], pdf: pdf.toString('base64') },
			'背景调查报告.pdf',
		);
		await open(workflowOf('A report by e-mail', manualTrigger(), ...mail, node));
		await editor.execute();
		const [header = [], row] = await editor.table();
		const recorded = row?.[header.indexOf('id')];
		assert.ok(recorded && !header.includes('already_existed'), header.join());
		await editor.execute();
		const [fields = [], again] = await editor.table();
		const added = sandbox.checks.inGroup(application.id).filter((check) => !before.has(check.id));
		for (const check of added) sandbox.checks.remove(check.id);
		assert.equal(again?.[fields.indexOf('already_existed')], 'true');
		assert.equal(again[fields.indexOf('id')], recorded);
		assert.deepEqual(
			added.map((check) => check.id),
			[recorded],
		);
		assert.equal(added[0]?.attachment_list?.length, 1);
		const uploads = sandbox.requests('upload').map(({ upload }) => upload);
		assert.deepEqual(
			uploads.map((file) => [file?.name, file?.bytes]),
			[['背景调查报告.pdf', pdf]],
		);
		assert.equal(sandbox.requests('create_check').length, 1);
	});
}

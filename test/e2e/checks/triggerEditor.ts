import assert from 'node:assert/strict';
import { removeSomePackage } from '../lib/communityPackage';
import type { Editor } from '../lib/editor';
import { wideSize } from '../lib/editor';
import { ownTest as test } from '../lib/test';
import { triggerNode, workflowOf } from '../lib/workflows';

const news = (parameters: Record<string, unknown>) =>
	workflowOf('News of background checks', triggerNode(parameters));

const samples = (editor: Editor) => editor.output.getByText('These are samples: existing records');

/** The trigger's form, and what Fetch Test Event shows. */
export function triggerEditorTests(): void {
	test('the trigger shows Poll Times once, also after another package was removed', async ({
		world,
		editor,
		open,
	}) => {
		for (const time of ['as installed', 'loaded again']) {
			await open(news({}));
			const labels = editor.part('node-parameters').getByText('Poll Times', { exact: true });
			await labels.first().waitFor();
			assert.equal(await labels.count(), 1, time);
			if (time === 'as installed') await removeSomePackage(world);
		}
	});

	test('Fetch Test Event shows created checks, as the workflow gets them', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		await open(news({}));
		await editor.execute();
		const [header = [], ...rows] = await editor.table();
		assert.deepEqual(header.slice(0, 2), ['event', 'name']);
		const ids = rows.map((row) => row[header.indexOf('id')]);
		const known = sandbox.checks.all().map(({ id }) => id);
		assert.deepEqual(ids, known.slice(0, 10));
		assert.equal(await samples(editor).count(), 0);
	});

	test('with Changed only it shows changes, and says that they are samples', async ({
		editor,
		open,
	}) => {
		await open(news({ events: ['changed'], options: { resultIs: '未通过' } }));
		await editor.execute();
		const [header = [], ...rows] = await editor.table();
		await samples(editor).first().waitFor();
		await editor.picture('trigger-samples', wideSize);
		assert.ok(rows.length > 1 && rows.length <= 10, `${rows.length} rows`);
		for (const row of rows) {
			const at = (field: string) => row[header.indexOf(field)] ?? '';
			assert.equal(at('event'), 'changed');
			assert.equal(at('result'), '未通过');
			assert.match(at('changes'), /field.*result/s);
		}
	});

	test('if no check fits, it says why', async ({ editor, open }) => {
		await open(news({ options: { resultIs: 'no such result' } }));
		await editor.execute();
		const message = await editor.part('node-error-message', editor.output).innerText();
		assert.match(message, /None of the \d+ background checks matches 'Result Is'/);
	});
}

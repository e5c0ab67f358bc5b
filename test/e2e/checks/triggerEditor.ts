import assert from 'node:assert/strict';
import type { Check } from '../lib/checks';
import { removeSomePackage } from '../lib/communityPackage';
import type { Editor } from '../lib/editor';
import { wideSize } from '../lib/editor';
import { triggerNode, workflowOf } from '../lib/workflows';
import type { World } from '../lib/world';

/** The trigger's form, and what Fetch Test Event shows. */
export function triggerEditorChecks(world: World, editor: Editor): Check[] {
	const { sandbox, executions } = world;

	async function open(parameters: Record<string, unknown>): Promise<void> {
		const workflow = workflowOf('News of background checks', triggerNode(parameters));
		const { id } = await executions.create(workflow);
		await editor.openNode(id, workflow.nodes[0]?.id ?? '');
	}

	const samples = () => editor.output.getByText('Fetch Test Event shows samples here');

	return [
		{
			name: 'the trigger shows Poll Times once, also after another package was removed',
			run: async () => {
				for (const time of ['as installed', 'loaded again']) {
					await open({});
					const labels = editor.part('node-parameters').getByText('Poll Times', { exact: true });
					await labels.first().waitFor();
					assert.equal(await labels.count(), 1, time);
					if (time === 'as installed') await removeSomePackage(world);
				}
			},
		},
		{
			name: 'Fetch Test Event shows created checks, as the workflow gets them',
			run: async () => {
				await open({});
				await editor.execute();
				const [header = [], ...rows] = await editor.table();
				assert.deepEqual(header.slice(0, 2), ['event', 'name']);
				const ids = rows.map((row) => row[header.indexOf('id')]);
				const known = sandbox.checks.all().map(({ id }) => id);
				assert.deepEqual(ids, known.slice(0, 10));
				assert.equal(await samples().count(), 0);
			},
		},
		{
			name: 'with Changed only it shows changes, and says that they are samples',
			run: async () => {
				await open({ events: ['changed'], options: { resultIs: '未通过' } });
				await editor.execute();
				const [header = [], ...rows] = await editor.table();
				await samples().first().waitFor();
				await editor.picture('trigger-samples', wideSize);
				assert.ok(rows.length > 1 && rows.length <= 10, `${rows.length} rows`);
				for (const row of rows) {
					const at = (field: string) => row[header.indexOf(field)] ?? '';
					assert.equal(at('event'), 'changed');
					assert.equal(at('result'), '未通过');
					assert.match(at('changes'), /field.*result/s);
				}
			},
		},
		{
			name: 'where no check fits it says why',
			run: async () => {
				await open({ options: { resultIs: 'no such result' } });
				await editor.execute();
				const message = await editor.part('node-error-message', editor.output).innerText();
				assert.match(message, /None of the \d+ background checks has a result that 'Result Is'/);
			},
		},
	];
}

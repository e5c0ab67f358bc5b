import assert from 'node:assert/strict';
import { test } from '../lib/test';
import { exampleWorkflows } from '../lib/workflows';

/** An element of the page, as far as it matters here. */
interface Box {
	scrollHeight: number;
	clientHeight: number;
}

/** The notes of the examples, as people read them on the canvas. */
export function exampleNoteTests(): void {
	for (const { file, workflow } of exampleWorkflows()) {
		test(`the notes of examples/${file} are shown whole`, async ({ editor }) => {
			await editor.openWorkflow(workflow.id);
			const note = editor.part('sticky').first();
			await note.waitFor();
			// A note that is too small for its text cuts it off at the bottom.
			const cut = await note
				.locator('*')
				.evaluateAll((parts: Box[]) =>
					parts
						.filter(({ clientHeight }) => clientHeight > 0)
						.map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight),
				);
			assert.ok(Math.max(0, ...cut) <= 1, `${Math.max(0, ...cut)} pixels are cut off`);
		});
	}
}

import assert from 'node:assert/strict';
import { test } from '../lib/test';
import { exampleWorkflows } from '../lib/workflows';

/** The notes of the examples, as people read them on the canvas. */
export function exampleNoteTests(): void {
	for (const { file, workflow } of exampleWorkflows()) {
		test(`the notes of examples/${file} are shown whole`, async ({ editor }) => {
			await editor.openWorkflow(workflow.id);
			const notes = editor.part('sticky');
			await notes.first().waitFor();
			// A note that is too small for its text cuts it off at the bottom.
			const cut = await notes.evaluateAll((elements) =>
				elements
					.filter((element) =>
						[element, ...element.querySelectorAll('*')].some(
							({ scrollHeight, clientHeight }) =>
								clientHeight > 0 && scrollHeight > clientHeight + 1,
						),
					)
					.map(({ textContent }) => textContent),
			);
			assert.deepEqual(cut, []);
		});
	}
}

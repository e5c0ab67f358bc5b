import assert from 'node:assert/strict';
import { test } from '../lib/test';
import { exampleWorkflows } from '../lib/workflows';

/** An element of the page, as far as it matters here. */
interface Box {
	scrollHeight: number;
	clientHeight: number;
	offsetHeight: number;
	getBoundingClientRect(): { bottom: number; height: number };
	querySelectorAll(selector: string): Iterable<Box>;
}

/** An ordinary screen. */
const screen = { width: 1920, height: 1080 };

/** Pixels that a note may be larger than its text. */
const SLACK = 60;

/** The notes of the examples, as people read them on the canvas. */
export function exampleNoteTests(): void {
	for (const { file, workflow } of exampleWorkflows()) {
		test(`the notes of examples/${file} are shown whole, and in their full size`, async ({
			editor,
		}) => {
			await editor.enlarged(screen, async () => {
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
				const spare = await note.evaluate((box: Box) => {
					const { bottom, height } = box.getBoundingClientRect();
					const ends = [...box.querySelectorAll('p, li')].map(
						(text) => text.getBoundingClientRect().bottom,
					);
					return ((bottom - Math.max(...ends)) * box.offsetHeight) / height;
				});
				const zoom = await editor.zoom();
				assert.ok(Math.max(0, ...cut) <= 1, `${Math.max(0, ...cut)} pixels are cut off`);
				assert.ok(spare <= SLACK, `${spare} pixels are empty`);
				assert.equal(zoom, 1, 'n8n zooms out');
			});
		});
	}
}

import assert from 'node:assert/strict';
import { test } from '../lib/test';
import { exampleWorkflows } from '../lib/workflows';

/** The part of a page element that is used here. */
interface Box {
	scrollHeight: number;
	clientHeight: number;
	offsetHeight: number;
	getBoundingClientRect(): { bottom: number; height: number };
	querySelectorAll(selector: string): Iterable<Box>;
}

/** An ordinary screen. */
const screen = { width: 1920, height: 1080 };

/** How many pixels larger than its text a note may be. */
const SLACK = 60;

/** The examples' notes, as users read them on the canvas. */
export function exampleNoteTests(): void {
	for (const { file, workflow } of exampleWorkflows()) {
		test(`the notes of examples/${file} are shown whole, and in their full size`, async ({
			editor,
		}) => {
			await editor.enlarged(screen, async () => {
				await editor.openWorkflow(workflow.id);
				const note = editor.part('sticky').first();
				await note.waitFor();
				// A note that is too small cuts off the end of its text.
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

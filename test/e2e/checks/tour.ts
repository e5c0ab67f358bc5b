import assert from 'node:assert/strict';
import { people } from '../../../sandbox';
import { toGif } from '../lib/gif';
import type { Frame } from '../lib/gif';
import { test } from '../lib/test';

const nodeName = 'Query External Background Checks';

/** GitHub shows a picture of this size in a README at once; in bytes. */
const MAX_SIZE = 2 * 1024 * 1024;

/** The first steps of a new user, as an animation for the README. */
export function tourTest(): void {
	test('from 背调 to a table: found, a candidate picked, executed', async ({ world, editor }) => {
		const { sandbox } = world;
		const { id, name } = people.twoNumbers;
		const frames: Frame[] = [];
		const show = async (ms: number) => frames.push({ png: await editor.still(), ms });

		await editor.openNodeList();
		await show(1200);
		const found = await editor.search('背调', nodeName);
		await show(1600);
		await found.click();
		const action = editor.action('Get background checks of candidate by email, phone, name or ID');
		await action.waitFor();
		await show(1800);
		await action.click();
		await editor.part('node-parameters').waitFor();
		await show(1600);
		await editor.openList('candidate');
		await show(1200);
		const rows = await editor.filterList(name);
		await rows.first().waitFor();
		await show(2000);
		await rows.first().click();
		await show(1600);
		await editor.execute();
		await editor.table();
		await editor.widenOutput();
		await show(4000);

		const checks = sandbox.applications
			.inGroup(id)
			.flatMap((application) => sandbox.checks.inGroup(application.id));
		const [, ...shown] = await editor.table();
		assert.equal(shown.length, checks.length);
		const gif = toGif(frames);
		assert.ok(gif.length <= MAX_SIZE, `${gif.length} bytes`);
		editor.write('tour.gif', gif);
		console.log(`  ${frames.length} pictures, ${Math.round(gif.length / 1024)} KB`);
	});
}

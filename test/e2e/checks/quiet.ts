import assert from 'node:assert/strict';
import { packageName } from '../lib/package';
import { ownTest as test } from '../lib/test';
import { manualTrigger, workflowOf } from '../lib/workflows';

/** The set-up is offline. Runs last, so that everything has had its chance to call home. */
export function quietTests(): void {
	test('n8n has contacted no host outside this machine', async ({
		world: { outside, executions },
	}) => {
		const sofar = [...outside.requests];
		// Proves that a call of n8n's would have been seen.
		const call = {
			name: 'Call',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: 'http://somewhere.invalid/', options: {} },
		};
		await executions.run(workflowOf('Call somewhere', manualTrigger(), call));
		assert.match(outside.requests[sofar.length] ?? 'not seen', /somewhere\.invalid/);
		assert.deepEqual(sofar, []);
	});
}

/** The same for the browser. */
export function quietEditorTests(): void {
	test('the editor has contacted no host but the package registry, for the node’s details', ({
		editor,
	}) => {
		const others = editor.callsOutside.filter((url) => !url.includes(`/${packageName}`));
		assert.deepEqual(others, []);
	});
}

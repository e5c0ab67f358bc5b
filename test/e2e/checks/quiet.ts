import assert from 'node:assert/strict';
import type { Check } from '../lib/checks';
import { manualTrigger, workflowOf } from '../lib/workflows';
import type { World } from '../lib/world';

/** The set-up is offline. Runs last, so that everything has had its chance to call home. */
export function quietChecks({ outside, executions }: World): Check[] {
	return [
		{
			name: 'n8n has called nobody outside this machine',
			run: async () => {
				const sofar = [...outside.requests];
				// Proof that a call of n8n's would have been seen.
				const call = {
					name: 'Call',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					parameters: { url: 'http://somewhere.invalid/', options: {} },
				};
				await executions.run(workflowOf('Call somewhere', manualTrigger(), call));
				assert.match(outside.requests[sofar.length] ?? 'not seen', /somewhere\.invalid/);
				assert.deepEqual(sofar, []);
			},
		},
	];
}

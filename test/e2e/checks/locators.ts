import assert from 'node:assert/strict';
import { applicationWithoutCheck, people } from '../../../sandbox';
import type { Check } from '../lib/checks';
import type { Editor } from '../lib/editor';
import { locator, manualTrigger, queryNode, workflowOf } from '../lib/workflows';
import type { World } from '../lib/world';

const nodeName = 'Query External Background Checks';

/** Picking from lists, in the browser. */
export function locatorChecks({ sandbox, executions }: World, editor: Editor): Check[] {
	async function open(parameters: Record<string, unknown>): Promise<void> {
		const workflow = workflowOf(
			'Background checks',
			manualTrigger(),
			queryNode(parameters, nodeName),
		);
		const { id } = await executions.create(workflow);
		await editor.openNode(id, workflow.nodes[1]?.id ?? '');
	}

	/** The IDs in the table, in its order. */
	async function idsShown(): Promise<string[]> {
		const [header = [], ...rows] = await editor.table();
		return rows.map((row) => row[header.indexOf('id')] ?? '');
	}

	return [
		{
			name: 'a candidate is picked from the list by name and masked contact; the table has the checks',
			run: async () => {
				const { id, name } = people.twoNumbers;
				await open({ operation: 'getByCandidate', returnAll: true });
				await editor.openList('candidate');
				const rows = await editor.filterList(name);
				const row = rows.filter({ hasText: '199****0101 · L***@example.com' });
				await row.waitFor();
				await editor.picture('pick-candidate');
				await row.click();
				await editor.execute();
				const checks = sandbox.applications
					.inGroup(id)
					.flatMap((application) => sandbox.checks.inGroup(application.id));
				assert.deepEqual(
					await idsShown(),
					checks.map((check) => check.id),
				);
			},
		},
		{
			name: 'an external application is picked from the list; the table has its checks',
			run: async () => {
				await open({ operation: 'getByApplication', returnAll: true });
				const rows = await editor.openList('externalApplicationId');
				const row = rows.filter({ hasText: '林晓彤-入职前背景调查 · 2025-03-10 · 已通过' });
				await row.first().waitFor();
				await editor.picture('pick-application');
				await row.first().click();
				await editor.execute();
				const check = sandbox.checks.byId('7318840216653955117');
				const expected = sandbox.checks.inGroup(check?.external_application_id ?? '');
				assert.deepEqual(
					await idsShown(),
					expected.map(({ id }) => id),
				);
			},
		},
		{
			name: 'an application without checks gives an item that says so, and a hint',
			run: async () => {
				const externalApplicationId = locator('id', applicationWithoutCheck);
				await open({ operation: 'getByApplication', externalApplicationId });
				await editor.execute();
				const [header, row, ...others] = await editor.table();
				assert.deepEqual(header?.slice(0, 3), ['found', 'external_application_id', 'reason']);
				assert.deepEqual(row?.slice(0, 3), ['false', applicationWithoutCheck, 'noBackgroundCheck']);
				assert.deepEqual(others, []);
				const words = '1 external application has no background checks, or does not exist';
				await editor.output.getByText(words).first().waitFor();
			},
		},
	];
}

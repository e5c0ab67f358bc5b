import assert from 'node:assert/strict';
import type { Execution } from '../lib/executions';
import { simplified, withDateInMs } from '../lib/simplified';
import { ownTest as test } from '../lib/test';
import { vendorReportExample } from '../lib/vendorReport';
import type { WorkflowJson } from '../lib/workflows';
import { exampleWorkflows } from '../lib/workflows';
import type { OwnWorld } from '../lib/world';
import { aiAgentExample } from './aiAgentExample';
import { fileReportsExample } from './attachments';
import { sheetExample } from './sheetForm';
import { nightlyCsvExample, openChecksExample, openOrdersExample } from './tableExamples';
import { runByResultExample, runNewReportExample, runTriggerExample } from './triggerExample';

/** An example that is executed once, manually, from its trigger. */
interface Expectation {
	/** Prepares the tenant, or n8n, for the example. */
	prepare?: (world: OwnWorld) => Promise<void> | void;
	/** The trigger's output, if it waits for something. */
	input?: Record<string, unknown>;
	/** Checks the result. */
	check: (execution: Execution, world: OwnWorld) => Promise<void> | void;
}

/** An example that is run in its own way. */
interface OwnWay {
	run: (workflow: WorkflowJson, world: OwnWorld) => Promise<void>;
}

/** What each workflow of `examples/` must do, by file name. */
const expectations: Record<string, Expectation | OwnWay> = {
	'ask-an-ai-agent-about-a-check.json': aiAgentExample(),
	'daily-list-of-open-orders.json': openOrdersExample,
	'file-a-new-report-and-tell-the-owner.json': { run: runNewReportExample },
	'file-background-check-reports.json': fileReportsExample,
	'move-on-by-the-result.json': { run: runByResultExample },
	'nightly-export-to-csv.json': nightlyCsvExample,
	'weekly-list-of-open-checks.json': openChecksExample,
	'notify-on-failed-background-check.json': { run: runTriggerExample },
	'query-all-background-checks.json': {
		check: (execution, { sandbox }) => {
			const items = execution.items('Query External Background Checks');
			assert.deepEqual(
				items.map(({ json }) => withDateInMs(json)),
				sandbox.checks.all().map(simplified),
			);
		},
	},
};

/** Examples with their own test group. */
const apart = [sheetExample, vendorReportExample];

/** Every other example, as imported. */
export function exampleTests(): void {
	const others = exampleWorkflows().filter(({ file }) => !apart.includes(file));
	for (const { file, workflow } of others) {
		test(`examples/${file} runs and gives what it promises`, async ({ world }) => {
			test.setTimeout(180_000);
			const expected = expectations[file];
			assert.ok(expected, `e2e/checks/examples.ts does not say what ${file} must give`);
			if ('run' in expected) return await expected.run(workflow, world);
			await expected.prepare?.(world);
			const id = await world.executions.start(workflow.id, triggerOf(workflow), expected.input);
			const execution = await world.executions.finished(id);
			assert.equal(execution.status, 'success', execution.error?.message);
			await expected.check(execution, world);
		});
	}
}

function triggerOf({ nodes }: WorkflowJson): string {
	const trigger = nodes.find(({ type }) => /trigger$/i.test(type));
	assert.ok(trigger, 'the workflow has no trigger');
	return trigger.name;
}

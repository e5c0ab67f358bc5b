import * as fc from 'fast-check';
import type { Check } from '../../sandbox';
import { type TriggerInN8n, someChecks, useTrigger } from '../harness/triggerInN8n';
import { expectNetChanges, histories, type Watcher } from './checkHistories';

const openTrigger = useTrigger();

/** A second page, so that a poll can fail after it has read the first. */
const BALLAST = 20;

function engineWatcher(trigger: TriggerInN8n): Watcher {
	const { sandbox } = trigger.bench;
	return {
		put: (id, fields) => {
			const check = structuredClone({ ...fields, id, external_application_id: '77' }) as Check;
			if (sandbox.checks.byId(id)) sandbox.checks.update(id, check);
			else sandbox.checks.add(check);
		},
		remove: (id) => void sandbox.checks.remove(id),
		all: () => sandbox.checks.all(),
		poll: async () => (await trigger.poll()) ?? [],
		failingPoll: async () => {
			sandbox.resetLog();
			const nth = sandbox.checks.size > 20 ? 2 : 1;
			sandbox.fault({
				api: 'batch_query',
				nth,
				do: { kind: 'answer', status: 400, code: 1002002 },
			});
			await expect(trigger.poll()).rejects.toThrow('Feishu refused a parameter');
			sandbox.clearFaults();
		},
		restart: async () => (await trigger.restart()) ?? [],
	};
}

test('the same holds in n8n over HTTP, with polls that fail half-way and restarts', async () => {
	await fc.assert(
		fc.asyncProperty(histories(25), fc.boolean(), async (steps, newestFirst) => {
			const trigger = await openTrigger({ checks: someChecks(BALLAST) });
			trigger.bench.sandbox.checks.addAt = newestFirst ? 'start' : 'end';
			await trigger.activate();
			await expectNetChanges(steps, engineWatcher(trigger));
			await trigger.bench.sandbox.close();
		}),
		{ numRuns: 12 },
	);
});

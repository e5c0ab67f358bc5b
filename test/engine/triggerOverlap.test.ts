import { setImmediate as tick, setTimeout as sleep } from 'node:timers/promises';
import { retryLimits } from '../faults/support/limits';
import { pollNode } from '../harness';
import { someChecks, type TriggerInN8n, useTrigger, at } from '../harness/triggerInN8n';

const openTrigger = useTrigger();

/** Waits until this many requests for checks have arrived. */
async function arrivals({ tenant }: TriggerInN8n, count: number): Promise<void> {
	while (tenant.queries().length < count) await tick();
}

test('polls that become due while another is running send nothing and end immediately', async () => {
	const checks = someChecks(45);
	const trigger = await openTrigger({ checks });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.checks.add(at(someChecks(46), 45));
	sandbox.options.latencyMs = 40;
	sandbox.resetLog();
	const first = trigger.poll();
	await arrivals(trigger, 2);
	expect(await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()])).toEqual([
		null,
		null,
		null,
	]);
	expect(trigger.tenant.queries().length).toBeLessThan(3);
	expect(await first).toMatchObject([{ event: 'created' }]);
	expect(trigger.tenant.queries()).toHaveLength(3);
	expect(await trigger.poll()).toBeNull();
});

test('a first scan that takes longer than the interval is finished', async () => {
	const trigger = await openTrigger({ checks: someChecks(45), latencyMs: 40 });
	const { sandbox } = trigger.tenant;
	const first = trigger.activate();
	await arrivals(trigger, 1);
	const due = await Promise.all(Array.from({ length: 9 }, async () => await trigger.poll()));
	expect(due).toEqual(Array(9).fill(null));
	expect(trigger.tenant.queries().length).toBeLessThan(3);
	expect(await first).toBeNull();
	expect(trigger.tenant.queries()).toHaveLength(3);
	sandbox.options.latencyMs = 0;
	sandbox.checks.add(at(someChecks(46), 45));
	expect(await trigger.poll()).toMatchObject([{ event: 'created' }]);
});

test('after one application fails, the scans of the others stop immediately', async () => {
	const applications = Array.from({ length: 10 }, (_, index) => String(77 + index));
	const trigger = await openTrigger(
		{ checks: applications.flatMap((application) => someChecks(60, application)) },
		{ watch: 'applications', externalApplicationIds: applications.join() },
	);
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.resetLog();
	sandbox.fault({
		api: 'batch_query',
		nth: 4,
		do: { kind: 'answer', status: 400, code: 1002002 },
	});
	let answerOthers = () => {};
	const failed = new Promise<void>((resolve) => (answerOthers = resolve));
	sandbox.fault({
		api: 'batch_query',
		always: true,
		do: async (_request, answer) => {
			await failed;
			return answer;
		},
	});
	await expect(trigger.poll()).rejects.toThrow('Feishu refused a parameter');
	answerOthers();
	// Long enough for a scan that continues to request its next page.
	await sleep(200);
	const queries = trigger.tenant.queries();
	expect(queries.length).toBeLessThanOrEqual(applications.length);
	expect(queries.filter(({ query }) => query.page_token)).toEqual([]);
});

test('a failed poll does not block the next one', async () => {
	const trigger = await openTrigger({ checks: someChecks(3) });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.fault({ api: 'batch_query', times: retryLimits.tries, do: 'html' });
	await expect(trigger.poll()).rejects.toThrow();
	sandbox.checks.add(at(someChecks(4), 3));
	expect(await trigger.poll()).toMatchObject([{ event: 'created' }]);
});

test('a new activation takes over from a running one: existing checks are emitted once', async () => {
	const trigger = await openTrigger(
		{ checks: someChecks(45), latencyMs: 40 },
		{ options: { includeExistingOnFirstRun: true } },
	);
	const { sandbox } = trigger.tenant;
	const first = trigger.activate();
	await arrivals(trigger, 2);
	const second = trigger.activate();
	expect(await first).toBeNull();
	expect(await second).toHaveLength(45);
	sandbox.options.latencyMs = 0;
	expect(await trigger.poll()).toBeNull();
});

test('a poller that survived its activation does nothing, whoever polls first', async () => {
	const trigger = await openTrigger({ checks: someChecks(1) });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	const survived = trigger.active;
	await trigger.activate();

	const added = at(someChecks(2), 1);
	sandbox.checks.add(added);
	sandbox.resetLog();
	expect(await survived?.run()).toBeNull();
	expect(sandbox.log).toEqual([]);
	const poll = trigger.poll();
	expect(await survived?.run()).toBeNull();
	expect(await poll).toMatchObject([{ event: 'created', id: added.id }]);
	expect(await survived?.run()).toBeNull();
	expect(trigger.tenant.queries()).toHaveLength(1);
});

test('what a poll was about to emit when another activation took over is emitted once', async () => {
	const trigger = await openTrigger({ checks: someChecks(45), latencyMs: 40 });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.checks.add(at(someChecks(46), 45));
	sandbox.resetLog();
	const poll = trigger.poll();
	await arrivals(trigger, 2);
	const activation = trigger.activate();
	expect(await poll).toBeNull();
	expect(await activation).toMatchObject([{ event: 'created' }]);
	expect(await trigger.poll()).toBeNull();
});

test('two workflows poll at the same time', async () => {
	const one = await openTrigger({ checks: someChecks(45), latencyMs: 30 });
	const { sandbox, credentials } = one.tenant;
	await one.activate();
	const state = () => structuredClone(one.memory);
	sandbox.resetLog();
	const poll = async (workflowId: string) =>
		await pollNode({ type: 'feishuHireTrigger', credentials, staticData: state(), workflowId });
	await Promise.all([poll('first'), poll('second')]);
	expect(one.tenant.queries()).toHaveLength(6);
});

import type { FaultRule } from '../../sandbox';
import { setLimits } from '../faults/support/limits';
import { isVersion2, pollNode } from '../harness';
import { someChecks, useTrigger, at } from '../harness/triggerInN8n';

const openTrigger = useTrigger();

const TRIES = 2;
const PAGES = 4;

beforeAll(() => setLimits({ tries: TRIES, backoffMs: 1 }));
afterAll(() => setLimits({}));

/** The request for the n-th page, and its retries. */
const atPage = (page: number) => Array.from({ length: TRIES }, (_, index) => page + index);

const FAULTS: Array<[string, (page: number) => Omit<FaultRule, 'api'>]> = [
	['a refusal', (nth) => ({ nth, do: { kind: 'answer', status: 400, code: 1002002 } })],
	['a gateway that is down', (page) => ({ nth: atPage(page), do: 'html' })],
	['connections that break', (page) => ({ nth: atPage(page), do: 'reset' })],
	['half an answer', (page) => ({ nth: atPage(page), do: 'truncated' })],
	['a scope taken away', (nth) => ({ nth, do: { kind: 'answer', status: 400, code: 99991672 } })],
	['a chain of pages that breaks', (nth) => ({ nth, do: 'token_missing' })],
	['a chain of pages that turns back', (page) => ({ nth: [page, page + 1], do: 'token_repeats' })],
];

test.each(FAULTS)(
	'%s, at any page: nothing is emitted, the state is unchanged, and the next poll catches up',
	async (_fault, rule) => {
		const checks = someChecks(PAGES * 20 - 5);
		const trigger = await openTrigger({ checks });
		const { sandbox } = trigger.tenant;
		await trigger.activate();
		for (let page = 1; page <= PAGES; page++) {
			const added = at(someChecks(PAGES * 20), PAGES * 20 - page);
			sandbox.checks.add(added);
			sandbox.checks.update(at(checks, page).id, { result: '未通过' });
			sandbox.checks.remove(at(checks, page + 40).id);
			const before = JSON.stringify(trigger.memory);

			sandbox.resetLog();
			sandbox.fault({ api: 'batch_query', ...rule(page) });
			await expect(trigger.poll()).rejects.toMatchObject({ node: { name: 'Trigger' } });
			expect(trigger.tenant.queries().length).toBeGreaterThanOrEqual(page);
			expect(JSON.stringify(trigger.memory)).toBe(before);
			sandbox.clearFaults();

			expect(await trigger.poll()).toMatchObject([
				{ id: at(checks, page).id, event: 'changed', changes: [{ field: 'result' }] },
				{ id: added.id, event: 'created' },
			]);
			expect(await trigger.poll()).toMatchObject([
				{ id: at(checks, page + 40).id, event: 'deleted' },
			]);
		}
	},
);

test('a failed poll does not count as one that missed a check', async () => {
	const checks = someChecks(30);
	const trigger = await openTrigger({ checks });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.checks.remove(at(checks, 0).id);
	sandbox.fault({ api: 'batch_query', times: TRIES, do: 'html' });
	await expect(trigger.poll()).rejects.toThrow();
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.poll()).toMatchObject([{ id: at(checks, 0).id, event: 'deleted' }]);
});

/** What n8n 2.x is told. 1.x has no such field and gets only the error. */
const failureOf = (cause: string) =>
	isVersion2 ? { failure: { cause } } : { name: 'NodeApiError' };

test('tells n8n what kind of failure it was, so that it waits before it polls again', async () => {
	const trigger = await openTrigger({ checks: someChecks(3) });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.fault({ api: 'batch_query', always: true, do: 'html' });
	await expect(trigger.poll()).rejects.toMatchObject(failureOf('temporarily-unavailable'));
	sandbox.clearFaults();
	sandbox.app.scopes = [];
	await expect(trigger.poll()).rejects.toMatchObject(failureOf('configuration-invalid'));
});

test('an activation that fails is tried again by n8n, and the baseline is taken once', async () => {
	const trigger = await openTrigger({ checks: someChecks(3) });
	const { sandbox } = trigger.tenant;
	sandbox.fault({ api: 'batch_query', times: 3 * TRIES, do: 'html' });
	expect(await trigger.activate()).toBeNull();
	expect(trigger.tenant.queries()).toHaveLength(3 * TRIES + 1);
	sandbox.checks.add(at(someChecks(4), 3));
	expect(await trigger.poll()).toMatchObject([{ event: 'created' }]);
});

test('existing checks are emitted by the activation that succeeds, not by those that fail', async () => {
	const trigger = await openTrigger(
		{ checks: someChecks(45) },
		{ options: { includeExistingOnFirstRun: true } },
	);
	const { sandbox } = trigger.tenant;
	sandbox.fault({ api: 'batch_query', nth: [3, 4, 7, 8], do: 'html' });
	expect(await trigger.activate()).toHaveLength(45);
	expect(await trigger.poll()).toBeNull();
});

test('after an activation that failed permanently nothing is stored', async () => {
	const trigger = await openTrigger({ checks: someChecks(3) });
	trigger.tenant.sandbox.fault({ api: 'batch_query', always: true, do: 'html' });
	await expect(trigger.activate()).rejects.toThrow();
	expect(trigger.saved).toBe('{}');
	trigger.tenant.sandbox.clearFaults();
	expect(await trigger.activate()).toBeNull();
});

test('a poll that needs longer than n8n allows says so, and sends no more requests', async () => {
	const { tenant } = await openTrigger({ checks: someChecks(100), latencyMs: 5 });
	const poll = pollNode({
		type: 'feishuHireTrigger',
		credentials: tenant.credentials,
		parameters: { options: { requestsPerSecond: 100 } },
		budgetMs: 1,
	});
	await expect(poll).rejects.toMatchObject({
		message: expect.stringContaining('The poll did not finish within') as string,
		description: expect.stringContaining('N8N_SCHEDULER_POLL_TIMEOUT') as string,
		...failureOf('configuration-invalid'),
	});
	expect(tenant.queries()).toHaveLength(1);
});

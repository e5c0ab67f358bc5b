import { runInThisContext } from 'node:vm';
import * as fc from 'fast-check';
import type * as Endpoints from '../../nodes/shared/hire/endpoints';
import type { OpenQuestions } from '../../sandbox';
import { packageModule } from '../harness';
import { type TriggerInN8n, useTrigger } from '../harness/triggerInN8n';
import {
	applyChange,
	followOrders,
	openQuestions,
	orderHistories,
	type OrderWatcher,
} from './orderHistories';

const openTrigger = useTrigger();

const DAY_MS = 24 * 60 * 60_000;

const ALL_ORDER_EVENTS = {
	events: ['orderCreated', 'orderStatusChanged', 'orderReportAdded', 'orderCompleted'],
	simple: false,
};

/** n8n's Date, which differs from that of Jest's test files. */
const n8nDate = runInThisContext('Date') as DateConstructor;
const now = n8nDate.now.bind(n8nDate);
let aheadMs = 0;

beforeAll(() => {
	n8nDate.now = () => now() + aheadMs;
	const { endpoints } = packageModule<typeof Endpoints>('nodes/shared/hire/endpoints');
	Object.assign(endpoints.listOrders, { requestsPerSecond: 1000 });
});
afterAll(() => {
	n8nDate.now = now;
});

/** A trigger whose baseline is four orders, in pages of two. */
async function engineWatcher(open: Partial<OpenQuestions>): Promise<{
	trigger: TriggerInN8n;
	watcher: OrderWatcher;
}> {
	// Feishu's clock, three hours behind n8n's.
	let feishuNow = Date.now() - 3 * 60 * 60_000;
	const trigger = await openTrigger(
		{
			checks: [],
			orders: [],
			ordinaryApplications: [],
			maxPageSize: 2,
			tokenLifeSeconds: 1e9,
			now: () => feishuNow,
			open,
		},
		ALL_ORDER_EVENTS,
	);
	const { sandbox } = trigger.tenant;
	for (const status of [2, 3, 5, 8]) {
		applyChange(sandbox.orders, { kind: 'add', status, reports: 1, lateMs: 0 }, feishuNow);
	}
	await trigger.activate();
	return {
		trigger,
		watcher: {
			apply: (change) => applyChange(sandbox.orders, change, feishuNow),
			all: () => sandbox.orders.all(),
			wait: (ms) => void (feishuNow += ms),
			day: () => void (aheadMs += DAY_MS),
			poll: async (meanwhile) => {
				sandbox.clearFaults();
				sandbox.resetLog();
				for (const page of new Set(meanwhile.map(({ afterPage }) => afterPage))) {
					sandbox.fault({
						api: 'orders',
						nth: page,
						do: (_request, answer) => {
							for (const { afterPage, change } of meanwhile) {
								if (afterPage === page) applyChange(sandbox.orders, change, feishuNow);
							}
							return answer;
						},
					});
				}
				return (await trigger.poll()) ?? [];
			},
			failingPoll: async () => {
				const before = JSON.stringify(trigger.memory);
				sandbox.clearFaults();
				sandbox.resetLog();
				sandbox.fault({
					api: 'orders',
					nth: 1,
					// Not 1002002: refused so, a list without a condition is read in another way.
					do: { kind: 'answer', status: 400, code: 99991672 },
				});
				await expect(trigger.poll()).rejects.toThrow('The app lacks a permission scope');
				expect(JSON.stringify(trigger.memory)).toBe(before);
				sandbox.clearFaults();
			},
			restart: async () => {
				sandbox.clearFaults();
				return (await trigger.restart()) ?? [];
			},
			remembered: () => {
				const { orders } = trigger.memory?.orders as { orders: string };
				return orders === '' ? 0 : orders.split(';').length;
			},
		},
	};
}

test('the same is true in n8n over HTTP, with polls that fail, restarts and days that pass', async () => {
	await fc.assert(
		fc.asyncProperty(orderHistories(25), openQuestions, async (steps, open) => {
			const { trigger, watcher } = await engineWatcher(open);
			expect(await followOrders(steps, watcher, open)).toBe(watcher.all().length);
			await trigger.tenant.sandbox.close();
		}),
		{ numRuns: 20 },
	);
}, 120_000);

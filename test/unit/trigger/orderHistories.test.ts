import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { ORDER_EVENTS } from '../../../nodes/FeishuHireTrigger/orders/compareOrders';
import { orderItems } from '../../../nodes/FeishuHireTrigger/orders/items';
import { unpackOrders } from '../../../nodes/FeishuHireTrigger/orders/keptOrder';
import { type OrderState, pollOrders } from '../../../nodes/FeishuHireTrigger/orders/pollOrders';
import type { TriggerSettings } from '../../../nodes/FeishuHireTrigger/readParameters';
import { judge } from '../../../nodes/shared/feishu/answer';
import type { FeishuClient, FeishuRequest } from '../../../nodes/shared/feishu/client';
import { FeishuError } from '../../../nodes/shared/feishu/failure';
import { jsonBody, type OpenQuestions, type RequestRecord } from '../../../sandbox';
import { answerOrders } from '../../../sandbox/hire/orders';
import { EarlyAnswer } from '../../../sandbox/http/answers';
import { createTenant, type Tenant } from '../../../sandbox/tenant';
import {
	applyChange,
	followOrders,
	type Meanwhile,
	openQuestions,
	orderHistories,
	type OrderWatcher,
} from '../../engine/orderHistories';

const DAY_MS = 24 * 60 * 60_000;

/** n8n's clock. Feishu's is three hours behind. */
let n8nNow = Date.UTC(2026, 0);
const feishuNow = () => n8nNow - 3 * 60 * 60_000;

beforeEach(() => void jest.spyOn(Date, 'now').mockImplementation(() => n8nNow));
afterEach(() => void jest.restoreAllMocks());

/** The sandbox's answers without HTTP. @param onPage called after each */
function clientOf(tenant: Tenant, onPage: (page: number, isLast: boolean) => void): FeishuClient {
	let page = 0;
	const call = async (_endpoint: unknown, { qs }: FeishuRequest) => {
		await Promise.resolve();
		const query = Object.fromEntries(
			Object.entries(qs ?? {}).flatMap(([name, value]) =>
				value === undefined ? [] : [[name, String(value as string)]],
			),
		);
		const request = { api: 'orders', query, headers: {}, at: 0 } as unknown as RequestRecord;
		const answer = answerOf(() => answerOrders(tenant, request));
		const body = jsonBody(answer) as IDataObject;
		onPage(++page, (body.data as IDataObject | undefined)?.has_more !== true);
		const verdict = judge(
			{ statusCode: answer.status, headers: {}, body },
			'https://open.feishu.cn',
		);
		if ('failure' in verdict) return Promise.reject(new FeishuError(verdict.failure));
		return Promise.resolve(verdict.envelope);
	};
	return { call } as unknown as FeishuClient;
}

function answerOf(make: () => ReturnType<typeof answerOrders>) {
	try {
		return make();
	} catch (error) {
		if (error instanceof EarlyAnswer) return error.answer;
		throw error;
	}
}

const everything = {
	isOrderWanted: () => true,
	orderEvents: new Set(ORDER_EVENTS),
	simple: false,
} as unknown as TriggerSettings;

/** Reading and comparison alone, with the state stored as n8n does. */
async function pureWatcher(open: Partial<OpenQuestions>): Promise<OrderWatcher> {
	const tenant = createTenant({
		checks: [],
		orders: [],
		ordinaryApplications: [],
		maxPageSize: 2,
		now: feishuNow,
		open,
	});
	for (const status of [2, 3, 5, 8]) {
		applyChange(tenant.orders, { kind: 'add', status, reports: 1, lateMs: 0 }, feishuNow());
	}
	let memory: OrderState | undefined;
	let saved = '';

	async function pollOnce(meanwhile: Meanwhile[] = [], failAt = 0): Promise<IDataObject[]> {
		const client = clientOf(tenant, (page, isLast) => {
			for (const { afterPage, change } of meanwhile) {
				if (afterPage === page) applyChange(tenant.orders, change, feishuNow());
			}
			if (failAt > 0 && (page === failAt || isLast)) throw new Error('broken off');
		});
		const { news, state } = await pollOrders(client, 'w', memory, () => {});
		memory = state;
		const items = orderItems(news, everything, { getTimezone: () => 'UTC' });
		if (items.length > 0) saved = JSON.stringify(state);
		return items.map(({ json }) => json);
	}

	await pollOnce();
	saved = JSON.stringify(memory);
	return {
		apply: (change) => applyChange(tenant.orders, change, feishuNow()),
		all: () => tenant.orders.all(),
		wait: (ms) => void (n8nNow += ms),
		day: () => void (n8nNow += DAY_MS),
		poll: pollOnce,
		failingPoll: async (page) => {
			const before = JSON.stringify(memory);
			await expect(pollOnce([], page)).rejects.toThrow();
			expect(JSON.stringify(memory)).toBe(before);
		},
		restart: async () => {
			memory = JSON.parse(saved) as OrderState;
			const items = await pollOnce();
			saved = JSON.stringify(memory);
			return items;
		},
		remembered: () => unpackOrders(memory?.orders ?? '').size,
	};
}

test('over any history of orders nothing is lost and nothing comes twice', async () => {
	await fc.assert(
		fc.asyncProperty(orderHistories(50), openQuestions, async (steps, open) => {
			const watcher = await pureWatcher(open);
			expect(await followOrders(steps, watcher, open)).toBe(watcher.all().length);
		}),
		{ numRuns: 1000 },
	);
}, 300_000);

test('an order that a deletion hides from a poll comes with the next one', async () => {
	const watcher = await pureWatcher({ orderSort: 'lastUpdated', orderPaging: 'offset' });
	const added = { kind: 'add' as const, status: 2, reports: 0, lateMs: 0 };
	const apart = () => watcher.wait(600_000);
	apart();
	for (let count = 0; count < 3; count++) {
		watcher.apply(added);
		apart();
	}
	const [hidden, other, newest] = watcher.all().slice(-3);
	const at = watcher.all().length - 1;
	const removal = { afterPage: 1, change: { kind: 'remove' as const, at } };
	const idsOf = (items: IDataObject[]) => items.map(({ order_id }) => order_id);
	expect(idsOf(await watcher.poll([removal]))).toEqual([newest?.id, other?.id]);
	expect(idsOf(await watcher.poll([]))).toEqual([hidden?.id]);
	expect(await watcher.poll([])).toEqual([]);
});

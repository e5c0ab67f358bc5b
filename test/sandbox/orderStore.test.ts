import {
	orderExamples,
	people,
	seededOrders,
	seededPeople,
	seededChecks,
	startSandbox,
} from '../../sandbox';
import type { OpenQuestions, Order, Sandbox } from '../../sandbox';

describe('the seed', () => {
	const talents = seededPeople(seededChecks()).talents;
	const { orders, applications } = seededOrders(talents);
	const values = (field: keyof Order) => new Set(orders.map((order) => order[field]));

	test('is the same every time, and of any size', () => {
		expect(seededOrders(talents)).toEqual({ orders, applications });
		const many = seededOrders(talents, 3000).orders;
		expect(new Set(many.map(({ id }) => id)).size).toBe(3000);
		expect(many.every(({ update_time: time }) => Number(time) < Date.UTC(2025, 6, 1))).toBe(true);
		expect(seededOrders([]).orders).toEqual([]);
	});

	test('40 orders on applications of the talents; some have two, some talents none', () => {
		expect(orders).toHaveLength(40);
		const owners = new Map(applications.map(({ id, talent_id: talent }) => [id, talent]));
		const names = new Map(talents.map(({ id, name }) => [id, name]));
		for (const { application_id: application, candidate_info: candidate } of orders) {
			expect(candidate?.name).toBe(names.get(owners.get(application) ?? ''));
		}
		expect(values('application_id').size).toBeLessThan(40);
		const perTalent = talents.map(
			({ id }) => applications.filter((one) => one.talent_id === id).length,
		);
		expect(new Set(perTalent)).toEqual(new Set([0, 1, 2]));
	});

	test('has every status and an undocumented one, suppliers and conclusions, and ties', () => {
		expect(values('order_status')).toEqual(new Set([2, 3, 4, 5, 6, 7, 8, 9]));
		expect(values('account_third_type')).toEqual(new Set([1, 127, 3, undefined]));
		for (const one of ['红灯', '黄灯', '蓝灯', '绿灯', '学历属实', undefined]) {
			expect(values('conclusion')).toContain(one);
		}
		expect(values('conclusion').size).toBeGreaterThan(6);
		expect(values('feedback_info_list')).toContain(null);
		expect(values('update_time').size).toBeLessThan(40);
		expect(new Set(orders.map(({ id }) => Number(id))).size).toBeLessThan(40);
	});

	test('has the examples it names', () => {
		const byId = new Map(orders.map((order) => [order.id, order]));
		const example = (name: keyof typeof orderExamples) => byId.get(orderExamples[name]);
		expect(example('completed')?.candidate_info?.name).toBe(people.twoNumbers.name);
		const types = example('twoReports')?.feedback_info_list?.map((report) => report.report_type);
		expect(types).toEqual([2, 1]);
		expect(example('handTyped')).toMatchObject({
			name: expect.any(String) as string,
			upload_time: expect.stringMatching(/^\d{13}$/) as string,
		});
		expect(example('handTyped')).not.toHaveProperty('provider_info');
		expect(example('previewOnly')?.feedback_info_list).toHaveLength(1);
		expect(example('open')?.order_status).toBe(2);
		expect(example('unknownStatus')?.order_status).toBe(7);
	});
});

describe('the store', () => {
	let sandbox: Sandbox;
	let now = 1000;

	async function start(open: Partial<OpenQuestions> = {}): Promise<void> {
		now = 1000;
		const orders = [{ id: '1', application_id: '9', begin_time: '5', update_time: '10' }];
		sandbox = await startSandbox({ orders, open, now: () => now });
	}

	afterEach(async () => await sandbox.close());

	const timeOf = (id: string) => sandbox.orders.byId(id)?.update_time;

	test('an order without times gets the current time, one without ID gets one', async () => {
		await start();
		const order = sandbox.orders.add({ application_id: '9' });
		expect(order).toEqual({
			id: expect.stringMatching(/^744\d{16}$/) as string,
			application_id: '9',
			begin_time: '1000',
			update_time: '1000',
		});
		expect(sandbox.orders.byApplication('9')).toHaveLength(2);
		expect(sandbox.orders.remove(order.id)).toBe(true);
		expect(sandbox.orders.byApplication('9')).toHaveLength(1);
		expect(() => sandbox.orders.update('2', {})).toThrow('no order 2');
	});

	test.each([
		['everything', ['1000', '1001', '1002', '1003', '1004']],
		['notProgressOrReports', ['1000', '1001', '1001', '1001', '1001']],
		['statusOnly', ['1000', '1000', '1000', '1000', '1000']],
	] as const)('what moves update_time: %s', async (orderUpdateTime, expected) => {
		await start({ orderUpdateTime });
		const { orders } = sandbox;
		const progress = { process: '背调中', en_process: 'In progress', update_time: '1' };
		const changes: Array<() => unknown> = [
			() => orders.update('1', { order_status: 2 }),
			() => orders.update('1', { remark: '急' }),
			() => orders.update('1', { process_info_list: [progress] }),
			() => orders.addReport('1', { result: '绿灯' }),
			() => orders.update('1', { conclusion: '红灯' }),
		];
		const times = changes.map((change) => {
			change();
			now++;
			return timeOf('1');
		});
		expect(times).toEqual(expected);
	});

	test('a change without effect moves nothing; a given time is kept', async () => {
		await start();
		sandbox.orders.update('1', { begin_time: '5' });
		expect(timeOf('1')).toBe('10');
		sandbox.orders.update('1', { order_status: 3, update_time: '11' });
		expect(timeOf('1')).toBe('11');
	});

	test('a report comes first, its result is the conclusion, and it has a file by default', async () => {
		await start();
		sandbox.orders.addReport('1', { report_type: 1, result: '黄灯' });
		sandbox.orders.addReport('1', { report_preview_url: 'https://example.com/1' });
		const { feedback_info_list: reports = [], conclusion } = sandbox.orders.byId('1') ?? {};
		expect(conclusion).toBe('黄灯');
		expect(reports).toMatchObject([
			{ report_type: 2, create_time: '1000', report_preview_url: 'https://example.com/1' },
			{ report_type: 1, create_time: '1000', result: '黄灯', file: { name: '背景调查报告.pdf' } },
		]);
		expect(reports?.[0]).not.toHaveProperty('file');
	});
});

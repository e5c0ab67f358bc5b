import type { OrdinaryApplication } from './applicationStore';
import { smallestSize } from './fixtureFiles';
import type { Order, Report } from './orderStore';
import { people } from './people';
import { seededRandom } from './random';
import type { Talent } from './talentStore';

/** Orders that are special in some way, at the start of every seed. */
export const orderExamples = {
	/** Order of `people.twoNumbers`: completed, with one final report, 绿灯. */
	completed: '7441000000000000001',
	/** Order of her other application: an interim report, then a final one. */
	twoReports: '7441000000000000002',
	/** Order of `people.sharedName`: entered by hand, so it has a name and no supplier. */
	handTyped: '7441000000000000003',
	/** Order of `people.shortName`: its report is a preview link. */
	previewOnly: '7441000000000000004',
	/** Order of `people.firstArchive`: arranged, without a report so far. */
	open: '7441000000000000005',
	/** Order of `people.secondArchive`: its status is undocumented. */
	unknownStatus: '7441000000000000006',
} as const;

/** The ordinary application of `people.withoutCheck`, which has no order. */
export const applicationWithoutOrder = '7451000000000000109';

const withoutApplication: string[] = [
	people.namesake.id,
	people.longerName.id,
	people.withoutApplication.id,
];

const hourMs = 60 * 60 * 1000;
const firstBegin = Date.UTC(2025, 2, 3, 1, 30);
const statuses = [3, 2, 3, 4, 5, 3, 8, 2, 9, 6];
const conclusions = ['绿灯', '红灯', '黄灯', '蓝灯', '基本属实,工作起止时间有出入,建议复核'];

const bafang = {
	account_third_type: 1,
	provider_info: {
		provider_id: '6930815272790114324',
		provider_name: { zh_cn: '八方锦程', en_us: 'Bafang Jincheng' },
	},
};
const custom = {
	account_third_type: 127,
	provider_info: {
		provider_id: '6930815272790114325',
		provider_name: { zh_cn: '示例背调', en_us: 'Example Checks' },
	},
};
/** A supplier whose reports can only be viewed. */
const previewing = {
	account_third_type: 3,
	provider_info: {
		provider_id: '6930815272790114326',
		provider_name: { zh_cn: '轩渡', en_us: 'Xuandu' },
	},
};

/**
 * Ordinary applications of the talents, one or two each, and orders for them: first the examples,
 * then orders of every status from two suppliers. The same for the same arguments.
 * @param count number of orders
 */
export function seededOrders(
	talents: Talent[],
	count = 40,
): { applications: OrdinaryApplication[]; orders: Order[] } {
	const applications = applicationsOf(talents);
	const owners = new Map(talents.map((talent) => [talent.id, talent]));
	const random = seededRandom(1);
	const takers = applications.filter(({ id }) => id !== applicationWithoutOrder);
	const stepMs = Math.min(7 * hourMs, Math.floor((2400 * hourMs) / count));
	const orders: Order[] = [];
	for (let index = 0, taker = -1; index < count && takers.length > 0; index++) {
		// Some applications have a second order.
		if (index < examples.length || index % 5 !== 0) taker++;
		const application = takers[taker % takers.length];
		const talent = owners.get(application?.talent_id ?? '');
		if (application === undefined || talent === undefined) break;
		const id = String(7441000000000000001n + BigInt(index));
		const order = generatedOrder(index, firstBegin + index * stepMs, random);
		orders.push({ id, application_id: application.id, ...contactsOf(talent), ...order });
	}
	return { applications, orders };
}

/** The people of `people` apply in the order of their list, so that the examples are theirs. */
function applicationsOf(talents: Talent[]): OrdinaryApplication[] {
	let next = 7451000000000001001n;
	return talents
		.filter(({ id }) => !withoutApplication.includes(id))
		.flatMap(({ id: talent_id }, index) => {
			if (talent_id === people.withoutCheck.id) {
				return [{ id: applicationWithoutOrder, talent_id }];
			}
			const isNamed = Object.values(people).some(({ id }) => id === talent_id);
			const isDouble = isNamed ? talent_id === people.twoNumbers.id : index % 2 === 1;
			return Array.from({ length: isDouble ? 2 : 1 }, () => ({ id: String(next++), talent_id }));
		});
}

function contactsOf({ name, mobiles = [], emails = [] }: Talent): Partial<Order> {
	const surname = name.slice(0, name.length > 3 ? 2 : 1);
	return {
		candidate_info: {
			name,
			first_name: name.slice(surname.length),
			last_name: surname,
			mobile: mobiles[0]?.number,
			email: emails[0],
		},
		contactor_info: { name: '孙悦', mobile: '19900000999', email: 'sun.yue@example.com' },
		creator_info: { user_id: 'c7d2a9e1' },
	};
}

function generatedOrder(index: number, begin: number, random: () => number): Partial<Order> {
	const example = examples[index];
	if (example !== undefined) return example(begin);
	const status = index % 17 === 11 ? 7 : (statuses[index % statuses.length] ?? 2);
	const order = ordinaryOrder(status, begin, index, random);
	// Makes some orders change at the same moment.
	if (index % 10 === 8) order.update_time = String(firstBegin + 400 * hourMs);
	if (index % 13 === 6) order.feedback_info_list = null;
	return order;
}

function ordinaryOrder(
	status: number,
	begin: number,
	index: number,
	random: () => number,
): Partial<Order> {
	const end = begin + Math.ceil(random() * 200) * hourMs;
	const isOver = [3, 4, 6, 9].includes(status);
	const hasBegun = [2, 3, 4, 7].includes(status);
	const conclusion = conclusions[Math.floor(random() * conclusions.length)];
	return {
		order_status: status,
		...(index % 3 === 0 ? custom : bafang),
		package: index % 2 === 0 ? '基础版' : '高管版',
		begin_time: String(begin),
		...(isOver && { end_time: String(end) }),
		update_time: String(end),
		...(status === 3 && { conclusion, feedback_info_list: [report(index, 2, conclusion, end)] }),
		process_info_list: hasBegun ? progress(begin, status === 3 ? end : undefined) : [],
		...(index % 3 === 0 && customFields),
		...(index % 5 === 2 && {
			ext_item_info_list: [{ id: '6930815272790114400', name: '户籍查询' }],
		}),
		geo: 'cn',
		location_code: 'CN_1',
		remark: index % 4 === 0 ? '尽快' : '',
	};
}

/** The orders of `orderExamples`, in the same order. */
const examples: Array<(begin: number) => Partial<Order>> = [
	(begin) => ({
		order_status: 3,
		...bafang,
		package: '基础版',
		...times(begin, 60),
		conclusion: '绿灯',
		feedback_info_list: [report(1, 2, '绿灯', begin + 60 * hourMs)],
		process_info_list: progress(begin, begin + 60 * hourMs),
		geo: 'cn',
		location_code: 'CN_1',
		remark: '',
	}),
	(begin) => ({
		order_status: 3,
		...custom,
		package: '高管版',
		...times(begin, 90),
		conclusion: '黄灯',
		feedback_info_list: [
			report(3, 2, '黄灯', begin + 90 * hourMs),
			report(2, 1, '蓝灯', begin + 50 * hourMs),
		],
		process_info_list: progress(begin, begin + 90 * hourMs),
		...customFields,
		geo: 'cn',
		location_code: 'CN_1',
		remark: '先出阶段性报告',
	}),
	// Feishu does not document the status of such a result. It has ended, so we use "completed".
	(begin) => ({
		order_status: 3,
		name: '学历核验(线下)',
		...times(begin, 0),
		upload_time: String(begin),
		conclusion: '学历属实',
	}),
	(begin) => ({
		order_status: 3,
		...previewing,
		package: '标准版',
		...times(begin, 40),
		conclusion: '红灯',
		feedback_info_list: [
			{
				id: reportId(4),
				report_name: '张三的背调报告',
				report_type: 2,
				result: '红灯',
				create_time: String(begin + 40 * hourMs),
				report_preview_url: `/preview/${reportId(4)}`,
			},
		],
		process_info_list: progress(begin, begin + 40 * hourMs),
	}),
	(begin) => ({
		order_status: 2,
		...bafang,
		package: '基础版',
		begin_time: String(begin),
		update_time: String(begin + hourMs),
		feedback_info_list: [],
		process_info_list: progress(begin, undefined),
	}),
	(begin) => ({
		order_status: 7,
		...custom,
		package: '基础版',
		begin_time: String(begin),
		update_time: String(begin + 2 * hourMs),
	}),
];

const customFields = {
	custom_field_list: [
		{
			type: 'select',
			key: 'level',
			name: { zh_cn: '职级', en_us: 'Level' },
			is_required: true,
			description: { zh_cn: '候选人的职级', en_us: "The candidate's level" },
			options: [
				{ key: 'A', name: { zh_cn: '经理', en_us: 'Manager' } },
				{ key: 'B', name: { zh_cn: '总监', en_us: 'Director' } },
			],
		},
	],
	custom_data_list: [{ key: 'level', value: 'B' }],
};

function times(begin: number, hours: number): Partial<Order> {
	const end = String(begin + hours * hourMs);
	return { begin_time: String(begin), end_time: end, update_time: end };
}

function reportId(number: number): string {
	return String(7461000000000000000n + BigInt(number));
}

function report(number: number, type: 1 | 2, result: string | undefined, at: number): Report {
	return {
		id: reportId(number),
		report_name: type === 1 ? '阶段性报告' : '终版报告',
		report_type: type,
		result,
		create_time: String(at),
		file: { name: `背景调查报告-${number}.pdf`, size: smallestSize('pdf') + number * 10 },
	};
}

function progress(begin: number, end: number | undefined): Order['process_info_list'] {
	const steps = [
		{ process: '待安排', en_process: 'Arranged', update_time: String(begin) },
		{ process: '背调中', en_process: 'In progress', update_time: String(begin + hourMs) },
	];
	if (end !== undefined) {
		steps.push({ process: '已完成', en_process: 'Completed', update_time: String(end) });
	}
	return steps.reverse();
}

import type { ExternalApplication } from './applicationStore';
import type { Check } from './checkStore';
import { fixtureApplications } from './fixtures';
import type { Mobile, Talent } from './talentStore';

const updatedAt = Date.UTC(2025, 2, 20);

/** At least one contact of each kind, for tests to look up. */
interface Contacts {
	emails: [string, ...string[]];
	mobiles?: [Mobile, ...Mobile[]];
}

/** Candidates that are special in some way. Their contacts are made up. */
export const people = {
	/** Two numbers, one of them in Hong Kong, and two applications with checks. */
	twoNumbers: {
		id: '7420000000000000101',
		name: '林晓彤',
		emails: ['Lin.Xiaotong@example.com'],
		mobiles: [
			{ code: '86', number: '19900000101' },
			{ code: '852', number: '55500101' },
		],
		identification: { type: 1, number: '110101199001010101' },
		career: [{ company: '示例科技', title: '产品经理' }],
		updatedAt,
	},
	/** Shares her name with `namesake`. The application has checks. */
	sharedName: {
		id: '7420000000000000102',
		name: '欧阳建国',
		emails: ['ouyang.jianguo@example.com'],
		mobiles: [{ code: '86', number: '19900000102' }],
		updatedAt: updatedAt + 1000,
	},
	/** Has the same name as `sharedName`, and no application. */
	namesake: {
		id: '7420000000000000103',
		name: '欧阳建国',
		emails: ['jianguo.ouyang@example.net'],
		mobiles: [{ code: '86', number: '19900000103' }],
		updatedAt: updatedAt + 2000,
	},
	/** Has a name that others contain (`longerName`), and an application with one check. */
	shortName: {
		id: '7420000000000000104',
		name: '张三',
		emails: ['zhangsan@example.com'],
		mobiles: [{ code: '86', number: '19900000104' }],
		updatedAt: updatedAt + 3000,
	},
	/** Found by a search for 张三. Has no application. */
	longerName: {
		id: '7420000000000000105',
		name: '张三丰',
		emails: ['zhangsanfeng@example.com'],
		career: [{ company: '张三咨询', title: '顾问' }],
		updatedAt: updatedAt + 4000,
	},
	/** One person in two records: the same email address as `secondArchive`, but another number. */
	firstArchive: {
		id: '7420000000000000106',
		name: '陈静',
		emails: ['chen.jing@example.com'],
		mobiles: [{ code: '86', number: '19900000106' }],
		updatedAt: updatedAt + 5000,
	},
	secondArchive: {
		id: '7420000000000000107',
		name: '陈静(二)',
		emails: ['chen.jing@example.com'],
		mobiles: [{ code: '86', number: '19900000107' }],
		updatedAt: updatedAt + 6000,
	},
	withoutApplication: {
		id: '7420000000000000108',
		name: '赵敏',
		emails: ['zhao.min@example.com'],
		mobiles: [{ code: '86', number: '19900000108' }],
		updatedAt: updatedAt + 7000,
	},
	/** Has an application without checks. */
	withoutCheck: {
		id: '7420000000000000109',
		name: '周雨桐',
		emails: ['zhou.yutong@example.com'],
		mobiles: [{ code: '86', number: '19900000109' }],
		updatedAt: updatedAt + 8000,
	},
} satisfies Record<string, Talent & Contacts>;

/** The candidates of the first applications that are not fixtures. */
export const archives: Talent[] = [people.firstArchive, people.secondArchive];

/** The application of `people.withoutCheck`. */
export const applicationWithoutCheck = '7410000000000000109';

const owners: Array<[application: string, talent: string]> = [
	[fixtureApplications[0] ?? '', people.twoNumbers.id],
	[fixtureApplications[1] ?? '', people.twoNumbers.id],
	[fixtureApplications[2] ?? '', people.sharedName.id],
	[fixtureApplications[3] ?? '', people.shortName.id],
	[applicationWithoutCheck, people.withoutCheck.id],
];

const stages = ['初筛', '面试', 'Offer', '已入职'];
const titles = ['后端工程师', '产品经理', '招聘专员', '数据分析师'];

/**
 * The people behind the checks: those of `people`, then one for each other application. The first
 * of these belong to `archives`. The same for the same checks.
 */
export function seededPeople(checks: Check[]): {
	talents: Talent[];
	applications: ExternalApplication[];
} {
	const talents: Talent[] = Object.values(people);
	const talentOf = new Map(owners);
	const names = namesIn(checks);
	const left = [...archives];
	for (const { external_application_id: application } of checks) {
		if (talentOf.has(application)) continue;
		const archive = left.shift();
		const owner = archive ?? generated(talents.length, names.get(application));
		if (archive === undefined) talents.push(owner);
		talentOf.set(application, owner.id);
	}
	return {
		talents: talents.map((talent) => ({ ...talent })),
		applications: [...talentOf].map(([id, talentId], index) => application(id, talentId, index)),
	};
}

/** The candidate of each application, from the first check that has a name: "王伟-背调" is about 王伟. */
function namesIn(checks: readonly Check[]): Map<string, string> {
	const names = new Map<string, string>();
	for (const { external_application_id: application, name } of checks) {
		const candidate = /^[一-龥]+(?=-)/.exec(name ?? '')?.[0];
		if (candidate && !names.has(application)) names.set(application, candidate);
	}
	return names;
}

function generated(number: number, name = `候选人${number}`): Talent {
	const tail = String(number).padStart(5, '0');
	return {
		id: String(7420000000000001000n + BigInt(number)),
		name,
		emails: [`candidate${number}@example.com`],
		mobiles: [{ code: '86', number: `199001${tail}` }],
		updatedAt: updatedAt - number * 60_000,
	};
}

function application(id: string, talentId: string, index: number): ExternalApplication {
	return {
		id,
		talent_id: talentId,
		job_recruitment_type: (index % 2) + 1,
		job_title: titles[index % titles.length],
		resume_source: '旧招聘系统',
		stage: stages[index % stages.length],
		termination_type: '',
		termination_reason: '',
		delivery_type: (index % 4) + 1,
		create_time: Date.UTC(2024, 5, 1) + index * 86_400_000,
		modify_time: Date.UTC(2024, 8, 1) + index * 86_400_000,
	};
}

import type { Attachment, Check } from './checkStore';
import { type FixtureKind, smallestSize } from './fixtureFiles';
import { fixtureApplications, fixtureChecks } from './fixtures';
import { archives } from './people';
import { seededRandom } from './random';

/** The application that has every eighth generated check, so that its list has several pages. */
export const busyApplicationId = '7330000000000000001';

const surnames = [
	'王',
	'李',
	'张',
	'刘',
	'陈',
	'杨',
	'黄',
	'赵',
	'吴',
	'周',
	'欧阳',
	'司马',
	'诸葛',
];
const givenNames = ['伟', '芳', '秀英', '敏', '静', '建国', '晓彤', '子涵', '雨桐', '一诺', '浩然'];
const titles = ['入职前背景调查', '背调', '补充背调', '学历核验', '工作履历核实', '高管背景调查'];
const results = ['已通过', '已通过', '已通过', '未通过', '进行中', ''];
const files: Array<{ name: string; kind: FixtureKind }> = [
	{ name: '背景调查报告.pdf', kind: 'pdf' },
	{ name: '学历核验报告.pdf', kind: 'pdf' },
	{ name: '工作履历核实(第2版).docx', kind: 'docx' },
	{ name: '身份证明 扫描件.png', kind: 'png' },
];

const firstCheckId = 7340000000000000000n;
const firstAttachmentId = 7350000000000000000n;
const firstDate = Date.UTC(2024, 0, 2);
const dayMs = 24 * 60 * 60 * 1000;

/**
 * The tenant's checks, the same for the same arguments. The fixtures come first. Then follow
 * generated checks, with candidates' names and an occasional field that is missing, null or empty.
 * Each ID has a neighbour that equals it as a JS number.
 * @param count number of checks
 * @param applications number of external applications, including the four of the fixtures
 */
export function seededChecks(count = 360, applications = 36, seed = 1): Check[] {
	const random = seededRandom(seed);
	const checks = fixtureChecks().slice(0, count);
	const generatedApplications = Math.max(1, applications - fixtureApplications.length);
	const candidates = new Candidates();
	for (let index = 0; checks.length < count; index++) {
		const application = applicationOf(index, generatedApplications);
		checks.push(generatedCheck(index, application, candidates, random));
	}
	return checks;
}

/** The names of the candidates of the generated applications. The first ones are those of `archives`. */
class Candidates {
	private readonly names = new Map<string, string>();

	/** @param drawn the name to use if the application has none yet */
	nameOf(application: string, drawn: string): string {
		const name = this.names.get(application) ?? archives[this.names.size]?.name ?? drawn;
		this.names.set(application, name);
		return name;
	}
}

function applicationOf(index: number, applications: number): string {
	const turn = index % 8 === 0 ? 0 : (index - Math.ceil(index / 8)) % applications;
	return String(BigInt(busyApplicationId) + BigInt(turn));
}

function generatedCheck(
	index: number,
	application: string,
	candidates: Candidates,
	random: () => number,
): Check {
	const id = String(firstCheckId + BigInt(index));
	const date = firstDate + Math.floor(random() * 700) * dayMs;
	const person = candidates.nameOf(application, pick(surnames, random) + pick(givenNames, random));
	const check: Check = {
		id,
		external_application_id: application,
		date,
		name: `${person}-${pick(titles, random)}`,
		result: pick(results, random),
		attachment_list: attachments(index, random),
	};
	if (index % 17 === 5) check.date = String(date);
	if (index % 23 === 7) delete check.date;
	if (index % 29 === 11) delete check.result;
	if (index % 31 === 13) delete check.name;
	if (index % 13 === 4) delete check.attachment_list;
	if (index % 19 === 9) check.attachment_list = null;
	return check;
}

/** Up to two attachments. */
function attachments(index: number, random: () => number): Attachment[] {
	return Array.from({ length: Math.floor(random() * 3) }, (_, place) => {
		const { name, kind } = pick(files, random);
		const id = String(firstAttachmentId + BigInt(index * 2 + place));
		return { id, name, size: smallestSize(kind) + Math.floor(random() * 4000) };
	});
}

function pick<T>(values: T[], random: () => number): T {
	const value = values[Math.floor(random() * values.length)];
	if (value === undefined) throw new Error('nothing to pick from');
	return value;
}

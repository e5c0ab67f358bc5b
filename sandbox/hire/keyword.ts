import type { Talent } from '../data/talentStore';

/**
 * Whether a keyword finds a talent: words joined by `and`, `or` and `not` (Feishu "获取人才列表"). The
 * search is fuzzy: a word may be anywhere in name, contacts or career. So 张三 also finds 张三丰, and
 * anyone who worked at a company of that name.
 */
export function matchesKeyword(talent: Talent, keyword: string): boolean {
	if (keyword.trim() === '') return true;
	const text = textOf(talent);
	return keyword.split(/\s+or\s+/i).some((branch) => matchesAll(text, branch));
}

/** Ranks the exact name first, then names that contain the keyword, then the rest. */
export function relevance(talent: Talent, keyword: string): number {
	const wanted = keyword.trim().toLowerCase();
	const name = talent.name.toLowerCase();
	if (name === wanted) return 2;
	return name.includes(wanted) ? 1 : 0;
}

function matchesAll(text: string, branch: string): boolean {
	const words = branch.trim().toLowerCase().split(/\s+/);
	let negated = false;
	return words.every((word) => {
		if (word === 'and') return true;
		if (word === 'not') {
			negated = true;
			return true;
		}
		const holds = text.includes(word) !== negated;
		negated = false;
		return holds;
	});
}

function textOf({ name, emails = [], mobiles = [], career = [] }: Talent): string {
	const numbers = mobiles.map((mobile) => mobile.number);
	const jobs = career.map(({ company, title }) => `${company} ${title}`);
	return [name, ...emails, ...numbers, ...jobs].join('\n').toLowerCase();
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { grouped } from '../../nodes/shared/hire/loader';
import { loadPackage } from '../harness';

const page = readFileSync(join(__dirname, '..', '..', 'CONTRIBUTING.md'), 'utf8');

/** Feishu's terms in CONTRIBUTING → Words, by the Chinese term. */
const terms = grouped(
	[...page.matchAll(/^\| ([\w ]+?) +\| (?!中文)([\u3400-\u9fff]+) +\|$/gm)].map(
		([, english, chinese]) => ({
			english: english ?? '',
			chinese: chinese ?? '',
		}),
	),
	({ chinese }) => chinese,
);

/** All texts of a description, except search words, which are not shown. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) => (key === 'codex' ? [] : textsOf(part)));
}

async function textsOfNodes(): Promise<string[]> {
	const pkg = await loadPackage();
	return [
		...new Set(pkg.nodeNames.flatMap((name) => textsOf((pkg.node(name) as INodeType).description))),
	];
}

/** Each Chinese term in parentheses, with the text before it. */
const termsIn = (text: string) =>
	[...text.matchAll(/([^()]*)\(([\u3400-\u9fff]+)(?: ID)?\)/g)].map(([, before, chinese]) => ({
		before: before?.trim() ?? '',
		chinese: chinese ?? '',
	}));

test('a Chinese term follows its English one, and no other', async () => {
	const found = (await textsOfNodes()).flatMap(termsIn);
	const wrong = found.filter(({ before, chinese }) => {
		const known = terms.get(chinese);
		return known && !known.some(({ english }) => endsWith(before, english));
	});
	expect(wrong).toEqual([]);
	expect(found.length).toBeGreaterThan(60);
});

test('a term that several texts have is in the table, and the table has no other', async () => {
	const texts = grouped((await textsOfNodes()).flatMap(termsIn), ({ chinese }) => chinese);
	const missing = [...texts].filter(([term, uses]) => uses.length > 1 && !terms.has(term));
	expect(missing.map(([term]) => term)).toEqual([]);
	expect([...terms.keys()].filter((term) => !texts.has(term))).toEqual([]);
});

/** Accepts singular and plural, also as the name of an ID. */
const endsWith = (text: string, english: string) =>
	new RegExp(`\\b${english}s?(?: IDs?)?$`, 'i').test(text);

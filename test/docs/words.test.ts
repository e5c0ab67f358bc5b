import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { grouped } from '../../nodes/shared/hire/loader';
import { loadPackage } from '../harness';
import { CREDENTIAL } from '../harness/tenant';

const CHINESE = /[\u3400-\u9fff]/;

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

/** All texts of a description but search words, which are not shown, and placeholders, which are examples. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) =>
		['codex', 'placeholder'].includes(key) ? [] : textsOf(part),
	);
}

async function textsOfForms(): Promise<string[]> {
	const pkg = await loadPackage();
	const credential: ICredentialType = pkg.credentialType(CREDENTIAL);
	const nodes = pkg.nodeNames.map((name) => (pkg.node(name) as INodeType).description);
	return [...new Set(textsOf([...nodes, credential.properties]))];
}

/** Each Chinese term in parentheses, with the text before it. */
const termsIn = (text: string) =>
	[...text.matchAll(/([^()]*)\(([\u3400-\u9fff]+)(?: ID)?\)/g)].map(([, before, chinese]) => ({
		before: before?.trim() ?? '',
		chinese: chinese ?? '',
	}));

test('the forms are in English; Chinese stands only in parentheses behind it', async () => {
	const texts = await textsOfForms();
	const outside = texts.filter((text) => CHINESE.test(text.replace(/\([^()]*\)/g, '')));
	expect(outside).toEqual([]);
	expect(texts.filter((text) => CHINESE.test(text)).length).toBeGreaterThan(60);
});

test('a Chinese term stands behind its English one, and no other', async () => {
	const found = (await textsOfForms()).flatMap(termsIn);
	const wrong = found.filter(({ before, chinese }) => {
		const known = terms.get(chinese);
		return known && !known.some(({ english }) => endsWith(before, english));
	});
	expect(wrong).toEqual([]);
	expect(found.length).toBeGreaterThan(60);
});

test('a term that several texts have is in the table, and the table has no other', async () => {
	const texts = grouped((await textsOfForms()).flatMap(termsIn), ({ chinese }) => chinese);
	const missing = [...texts].filter(([term, uses]) => uses.length > 1 && !terms.has(term));
	expect(missing.map(([term]) => term)).toEqual([]);
	expect([...terms.keys()].filter((term) => !texts.has(term))).toEqual([]);
});

/** Accepts singular and plural, also as the name of an ID. */
const endsWith = (text: string, english: string) =>
	new RegExp(`\\b${english}s?(?: IDs?)?$`, 'i').test(text);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { loadPackage } from '../harness';
import { CREDENTIAL } from '../harness/tenant';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'verification.md'), 'utf8');

const CHINESE = /[\u3400-\u9fff]+(?: ID)?/g;

/** The rows of the page's list: where a text is, and its Chinese part. */
function rowsOf(owner: string, value: unknown, path: string[] = []): string[] {
	if (typeof value === 'string') {
		const words = value.match(CHINESE);
		return words ? [`${owner} | \`${path.join('.')}\` | ${[...new Set(words)].join('、')}`] : [];
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) => {
		const { name, value: choice } = (part ?? {}) as { name?: unknown; value?: string | number };
		const isField = Array.isArray(value) && typeof name === 'string';
		// An option is named by its value, which has no language.
		return rowsOf(owner, part, [...path, isField ? `${choice ?? name}` : key]);
	});
}

test('the page lists each text of the forms that is not English only', async () => {
	const pkg = await loadPackage();
	const nodes = pkg.nodeNames.map((name) => pkg.node(name) as INodeType);
	const credential: ICredentialType = pkg.credentialType(CREDENTIAL);
	const all = [
		// Search words (`codex`) are not shown; the page lists them together.
		...nodes.flatMap(({ description }) =>
			rowsOf(description.displayName, { ...description, codex: undefined }),
		),
		...rowsOf(credential.displayName, credential.properties),
	];
	const rows = [...new Set(all)];
	const squeezed = page.replace(/ +/g, ' ');
	expect(rows.filter((row) => !squeezed.includes(`| ${row} |`))).toEqual([]);
	expect(rows.length).toBeGreaterThan(30);
});

test('and no text that is English', () => {
	const listed = page
		.slice(page.indexOf('## Strings'))
		.split('\n')
		.filter((line) => /^\| [^|]+\| `/.test(line));
	expect(listed.length).toBeGreaterThan(30);
	for (const line of listed) expect(line).toMatch(/[\u3400-\u9fff]/);
});

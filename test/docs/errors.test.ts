import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from '../harness/script';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'errors.md'), 'utf8');
let folder: string;

// Prettier and n8n-workflow take seconds to load in each process.
jest.setTimeout(60_000);

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'errors-page-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/**
 * What the generator makes of a page. Runs in its own process, because Jest does not support how
 * Prettier loads itself.
 */
async function generated(text: string) {
	const file = join(folder, 'errors.md');
	writeFileSync(file, text);
	const { code, stderr } = await runScript('scripts/errorsPage.ts', [file]);
	return { code, stderr, page: readFileSync(file, 'utf8') };
}

test('docs/errors.md has the texts that are shown, all of them generated; if not: npm run docs:errors', async () => {
	const spoilt = page.replace(/^\| (?!Title|Code)[^|]+\|/gm, '| spoilt |');
	expect(spoilt.match(/spoilt/g)?.length).toBeGreaterThan(60);
	expect(await generated(spoilt)).toEqual({ code: 0, stderr: '', page });
});

test('a page without a marker is refused, and left as it is', async () => {
	const broken = page.replace('<!-- end of lists -->', '');
	const { code, stderr, page: after } = await generated(broken);
	expect({ code, after }).toEqual({ code: 1, after: broken });
	expect(stderr).toMatch(/^docs\/errors\.md lacks [^\n]+\n$/);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeInstallCommands } from '../e2e/lib/package';

const root = join(__dirname, '..', '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const english = read('README.md');
const chinese = read('README.zh-CN.md');

/** The page's shape: the level of each heading, and the rows and columns of each table, in order. */
function shapeOf(page: string): string[] {
	return page
		.replace(/```[\s\S]*?```/g, '')
		.split('\n')
		.flatMap((line) => {
			const heading = /^#+ /.exec(line);
			if (heading) return [heading[0]];
			return line.startsWith('|') ? [`row of ${line.split('|').length - 2}`] : [];
		});
}

const all = (page: string, pattern: RegExp) => [...page.matchAll(pattern)].map(([match]) => match);

test('the Chinese README has the headings and tables of the English one', () => {
	expect(shapeOf(chinese)).toEqual(shapeOf(english));
	expect(shapeOf(english).filter((line) => line.startsWith('#')).length).toBeGreaterThan(8);
});

test.each([
	['pictures', /!\[[^\]]*\]\([^)]+\)/g, (match: string) => match.replace(/!\[[^\]]*\]/, '')],
	['code blocks', /```[\s\S]*?```/g, (match: string) => match.replace(/#.*/g, '')],
])('both have the same %s', (_what, pattern, strip) => {
	expect(all(chinese, pattern).map(strip)).toEqual(all(english, pattern).map(strip));
	expect(all(english, pattern).length).toBeGreaterThan(0);
});

/** First column of a table, where it is a name of the interface. */
const namesIn = (page: string) =>
	page
		.split('\n')
		.filter((line) => /^\| [A-Z[]/.test(line))
		.map((line) => (line.split('|')[1] ?? '').replace(/[(（].*|[、,].*/g, '').trim())
		.filter((name) => /^[\x20-\x7e→]+$/.test(name));

test('names of the interface are the same in both', () => {
	const inEnglish = namesIn(english);
	for (const name of namesIn(chinese)) expect(inEnglish).toContain(name);
	expect(namesIn(chinese).length).toBeGreaterThan(30);
});

const PAGES = [
	'README.md',
	'README.zh-CN.md',
	'CONTRIBUTING.md',
	'docs/how-it-works.md',
	'docs/faq.md',
	'docs/errors.md',
	'docs/feishu-api.md',
	'docs/verification.md',
	'docs/reliability.md',
	'docs/performance.md',
	'docs/compatibility.md',
	'docs/trigger.md',
];

test.each(PAGES)('%s links to files that exist', (page) => {
	const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
		([, target = '']) => target,
	);
	const missing = targets.filter((target) => !existsSync(join(root, page, '..', target)));
	expect(missing).toEqual([]);
});

test('installing from a clone leaves out what n8n has already; e2e runs these lines', () => {
	const { makeFolder, pack, install } = readmeInstallCommands();
	expect([makeFolder, pack, install]).toEqual([
		expect.stringMatching(/^mkdir -p ~\/\.n8n\/nodes$/),
		expect.stringMatching(/npm run build && npm pack --pack-destination ~\/\.n8n\/nodes$/),
		expect.stringMatching(/^cd ~\/\.n8n\/nodes && npm install --omit=peer \.\/[\w-]+\*\.tgz$/),
	]);
	expect(all(english, /npm install .*/g).every((line) => line.includes('--omit=peer'))).toBe(true);
});

test.each(all(english, /npm run [\w:]+/g))(
	'the README speaks of a command that exists: %s',
	(line) => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
		expect(Object.keys(scripts)).toContain(line.replace('npm run ', ''));
	},
);

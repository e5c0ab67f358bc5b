import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodeType } from 'n8n-workflow';
import { stepsOf } from '../../scripts/readmeSteps';
import { rows } from '../bench/rows';
import { readmeInstallCommands } from '../e2e/lib/package';
import { loadPackage } from '../harness';

const root = join(__dirname, '..', '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const english = read('README.md');
const chinese = read('docs/zh-CN/README.md');

/** The page's structure: the level of each heading, and the rows and columns of each table, in order. */
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
	['pictures', /!\[[^\]]*\]\([^)]+\)/g, (match: string) => match.replace(/.*\//, '')],
	['code blocks', /```[\s\S]*?```/g, (match: string) => match.replace(/#.*/g, '')],
])('both have the same %s', (_what, pattern, strip) => {
	expect(all(chinese, pattern).map(strip)).toEqual(all(english, pattern).map(strip));
	expect(all(english, pattern).length).toBeGreaterThan(0);
});

/** The first column of a table, if it is a name in the user interface. */
const namesIn = (page: string) =>
	page
		.split('\n')
		.filter((line) => /^\| [A-Z[]/.test(line))
		.map((line) => (line.split('|')[1] ?? '').replace(/[(（].*|[、,].*/g, '').trim())
		.filter((name) => /^[\x20-\x7e→]+$/.test(name));

test('names of the interface are the same in both', () => {
	const inEnglish = namesIn(english);
	for (const name of namesIn(chinese)) expect(inEnglish).toContain(name);
	expect(namesIn(chinese).length).toBeGreaterThan(25);
});

test('the administrator’s page has the same headings and tables in both', () => {
	const [page, translated] = ['docs', 'docs/zh-CN'].map((folder) =>
		read(`${folder}/administrator.md`),
	);
	expect(shapeOf(translated ?? '')).toEqual(shapeOf(page ?? ''));
});

/** The cells of a page's tables, without escapes. */
const cellsOf = (page: string) =>
	page
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

test('each error of docs/errors.md is explained in Chinese, by its title and its codes', () => {
	const made = read('docs/errors.md').split('<!-- codes:')[1] ?? '';
	const explained = new Map(
		cellsOf(read('docs/zh-CN/errors.md')).map(([, title = '', codes = '']) => [
			title,
			codes.split('、'),
		]),
	);
	const missing = cellsOf(made).flatMap(([, first = '', second = '']) => {
		if (/^(Code|Title|-+$)/.test(first)) return [];
		const isCode = /^\d+$/.test(first);
		const title = isCode || first === 'any other' ? second : first;
		const codes = explained.get(title);
		return codes && (!isCode || codes.includes(first)) ? [] : [`${first} ${title}`];
	});
	expect(missing).toEqual([]);
	expect(explained.size).toBeGreaterThan(50);
});

test.each([
	['README.md', english],
	['docs/zh-CN/README.md', chinese],
])('%s names every parameter and option of the nodes', async (_name, page) => {
	const pkg = await loadPackage();
	const names = (properties: INodeProperties[]): string[] =>
		properties.flatMap(({ type, displayName, options = [] }) => {
			if (type === 'notice') return [];
			if (type !== 'collection') return [displayName];
			return names(options as INodeProperties[]);
		});
	const labels = ['queryExternalBackgroundChecks', 'feishuHireTrigger'].flatMap((type) =>
		names((pkg.node(`${pkg.name}.${type}`) as INodeType).description.properties),
	);
	// Not checked: the page describes it with Watch.
	const missing = labels.filter(
		(label) => !page.includes(label) && !/^External Application IDs/.test(label),
	);
	expect(missing).toEqual([]);
	expect(labels.length).toBeGreaterThan(25);
});

const PAGES = [
	'README.md',
	'docs/zh-CN/README.md',
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
	'docs/privacy.md',
	'docs/administrator.md',
	'docs/zh-CN/administrator.md',
	'docs/zh-CN/errors.md',
	'docs/zh-CN/trigger.md',
];

/** The rows of the first table below a heading or marker of a page. */
const rowsBelow = (page: string, start: string) => {
	const table = /(?:^\|.*\n)+/m.exec(page.slice(page.indexOf(start)))?.[0] ?? '';
	return cellsOf(table).slice(2);
};

test('the figures beside the alternatives are those of the pages that the commands write', () => {
	const [expired, refused, endless, ids, applications] = rowsBelow(english, '## How it compares');
	const faults = cellsOf(read('docs/reliability.md'));
	const performance = read('docs/performance.md');
	const fault = (name: string) => faults.find(([, first]) => first === name) ?? [];
	for (const [row, name] of [
		[expired, 'expired token as HTTP 200'],
		[refused, 'rate limit as HTTP 429 with reset header'],
	] as const) {
		const measured = fault(name)
			.slice(2, 5)
			.map((cell) => /\d+(?= of 200)/.exec(cell)?.[0]);
		expect(row?.slice(2, 5).map((cell) => /\d+/.exec(cell)?.[0])).toEqual(measured);
	}
	const requests = fault('more pages but no token')
		.slice(2, 5)
		.map((cell) => /\d+(?= requests)/.exec(cell)?.[0]);
	expect(endless?.slice(2, 5).map((cell) => /\d+(?= requests)/.exec(cell)?.[0])).toEqual(requests);
	for (const [row, bench] of [
		[ids, 'ids-100'],
		[applications, 'applications'],
	] as const) {
		const contenders = ['official SDK, as documented', "n8n's HTTP Request node", 'this node'];
		const measured = rowsBelow(performance, `### ${bench}:`);
		contenders.forEach((contender, index) => {
			const [, , count, , , wall, , , , , lost] =
				measured.find(([, name]) => name === contender) ?? [];
			const cell = (row?.[index + 2] ?? '').replaceAll(',', '');
			const seconds = Number(/([\d.]+) s\b/.exec(cell)?.[1]);
			expect(Math.abs(seconds - Number(wall))).toBeLessThanOrEqual(0.5);
			expect(/(\d+) requests/.exec(cell)?.[1] ?? count).toBe(count);
			const missed = /(\d+) checks lost/.exec(cell)?.[1] ?? '0';
			expect(missed).toBe(/^\d+/.exec(lost ?? '')?.[0]);
		});
	}
});

test('docs/performance.md has a section for each row of the bench, in their order', () => {
	const sections = all(read('docs/performance.md'), /(?<=^### )[\w-]+/gm);
	expect(sections).toEqual(Object.keys(rows));
});

test.each(PAGES)('%s links to files that exist', (page) => {
	const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
		([, target = '']) => target,
	);
	const missing = targets.filter((target) => !existsSync(join(root, page, '..', target)));
	expect(missing).toEqual([]);
});

test('each picture is on a page', () => {
	const shown = PAGES.map(read).join('');
	const pictures = readdirSync(join(root, 'docs', 'images'));
	expect(pictures.filter((picture) => !shown.includes(`images/${picture}`))).toEqual([]);
	expect(pictures.length).toBeGreaterThan(5);
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

test('each line of its code blocks can be followed; npm run follow:readme does', () => {
	const steps = stepsOf(english);
	const kinds = new Set(steps.map(({ kind }) => kind));
	expect(kinds).toEqual(
		new Set(['command', 'long', 'server', 'longServer', 'request', 'registry']),
	);
	expect(steps.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(4);
	expect(() => stepsOf('```bash\nnpm run nonsense\n```')).toThrow('npm run nonsense');
});

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

test.each(PAGES)('%s mentions only commands that exist', (page) => {
	const named = all(read(page), /(?<=npm run )[\w:]+/g);
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('CONTRIBUTING.md has a line for each command', () => {
	const lines = cellsOf(read('CONTRIBUTING.md')).map(([, command]) => command);
	const commands = Object.keys(scripts).map((name) => (name === 'test' ? name : `run ${name}`));
	expect(lines).toEqual(expect.arrayContaining(commands.map((command) => `\`npm ${command}\``)));
});

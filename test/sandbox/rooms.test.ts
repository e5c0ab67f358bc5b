import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The layout rules of the sandbox, checked by reading every import, including those of types. */

const root = path.resolve(__dirname, '../..');

const files = readdirSync(path.join(root, 'sandbox'), { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts'))
	.map((name) => path.posix.join('sandbox', name.split(path.sep).join('/')));

/** What a file imports or exports from elsewhere: files of the sandbox, and other names unchanged. */
function importsOf(file: string): string[] {
	const source = readFileSync(path.join(root, file), 'utf8');
	return ts.preProcessFile(source).importedFiles.map(({ fileName: name }) => {
		const to = path.posix.join(path.posix.dirname(file), name);
		return files.find((one) => one === `${to}.ts` || one === `${to}/index.ts`) ?? name;
	});
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Imports of files below `folder` that are not allowed, as `file → import`. */
const offenders = (folder: string, isAllowed: (imported: string) => boolean) =>
	[...imports]
		.filter(([file]) => file.startsWith(folder))
		.flatMap(([file, names]) => names.map((name) => ({ file, name })))
		.filter(({ name }) => !isAllowed(name))
		.map(({ file, name }) => `${file} → ${name}`);

test('there are files and imports to check', () => {
	expect(files.length).toBeGreaterThan(40);
	expect([...imports.values()].flat().length).toBeGreaterThan(150);
	expect(imports.get('sandbox/hook.ts')).toContain('sandbox/tenant.ts');
	expect(imports.get('sandbox/cli.ts')).toContain('sandbox/index.ts');
});

test('the sandbox imports nothing but itself and Node', () => {
	expect(offenders('sandbox/', (name) => /^(sandbox\/|node:)/.test(name))).toEqual([]);
});

test('data/ and http/ import neither the tenant nor its APIs', () => {
	const isAllowed = (name: string) => /^(sandbox\/(data|http)\/|node:)/.test(name);
	expect(offenders('sandbox/data/', isAllowed)).toEqual([]);
	expect(offenders('sandbox/http/', isAllowed)).toEqual([]);
});

test('no file imports itself indirectly', () => {
	const circles: string[] = [];
	const done = new Set<string>();
	const walk = (file: string, way: string[]): void => {
		if (way.includes(file)) {
			circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
		} else if (!done.has(file)) {
			for (const next of imports.get(file) ?? []) walk(next, [...way, file]);
			done.add(file);
		}
	};
	for (const file of files) walk(file, []);
	expect(circles).toEqual([]);
});

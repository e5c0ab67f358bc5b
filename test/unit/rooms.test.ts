import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The layout rules of CONTRIBUTING.md, checked by reading every import of what ships. */

const root = path.resolve(__dirname, '../..');

/** The source files below the folders that ship, relative to the repository. */
const files = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
);

/** Without comments, which may mention anything. */
const source = (file: string) =>
	readFileSync(path.join(root, file), 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');

/** What a file imports: files of the repository without extension, and names of packages. */
function importsOf(file: string): string[] {
	return [...source(file).matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, name = '']) =>
		name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name,
	);
}

/** Imports of files below `folder` that `isForbidden` rejects, as `file → import`. */
const offenders = (folder: string, isForbidden: (imported: string) => boolean) =>
	files
		.filter((file) => file.startsWith(folder))
		.flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
		.filter(({ imported }) => isForbidden(imported))
		.map(({ file, imported }) => `${file} → ${imported}`);

const isNode = (imported: string) => /^nodes\/(?!shared\/)/.test(imported);

test('there are files and imports to check', () => {
	expect(files.length).toBeGreaterThan(30);
	expect(files.flatMap(importsOf).length).toBeGreaterThan(100);
});

test('feishu/ imports nothing of Hire, forms or nodes', () => {
	const isForbidden = (imported: string) =>
		imported.startsWith('nodes/') && !imported.startsWith('nodes/shared/feishu/');
	expect(offenders('nodes/shared/feishu/', isForbidden)).toEqual([]);
});

test('hire/ imports nothing of forms or nodes', () => {
	const isForbidden = (imported: string) =>
		imported.startsWith('nodes/shared/form/') || isNode(imported);
	expect(offenders('nodes/shared/hire/', isForbidden)).toEqual([]);
});

test('shared code imports no node, and no node imports another one', () => {
	expect(offenders('nodes/shared/', isNode)).toEqual([]);
	const others = files.filter(isNode).flatMap((file) => {
		const [, own = ''] = file.split('/');
		return offenders(file, (to) => isNode(to) && !to.startsWith(`nodes/${own}/`));
	});
	expect(others).toEqual([]);
});

test('only http.ts does HTTP', () => {
	const calls = /\bhelpers\s*\.\s*(httpRequest|request)|\bhttpRequest(WithAuthentication)?\s*[(.]/;
	const doHttp = files.filter((file) => calls.test(source(file)));
	expect(doHttp).toEqual(['nodes/shared/feishu/http.ts']);
	const clients = offenders('', (name) => /^(node:)?(https?|net|tls|undici)$|axios/.test(name));
	expect(clients).toEqual([]);
});

test('only retryPolicy.ts decides what follows a failure', () => {
	const decides = /retryLimits\s*\.\s*(?!tokenTimeoutMs)|\bnextStep\s*\(|\bbackoff\s*\(/;
	expect(files.filter((file) => decides.test(source(file)))).toEqual([
		'nodes/shared/feishu/retryPolicy.ts',
	]);
});

test('no file imports itself indirectly', () => {
	const byName = new Map(files.map((file) => [file.replace(/\.ts$/, ''), importsOf(file)]));
	/** Each cycle once, from the file that comes first in the alphabet. */
	const circles = new Set<string>();
	const walk = (name: string, way: string[]): void => {
		if (way.includes(name)) {
			const circle = way.slice(way.indexOf(name));
			const first = circle.indexOf([...circle].sort()[0] ?? '');
			const inOrder = [...circle.slice(first), ...circle.slice(0, first)];
			circles.add([...inOrder, inOrder[0]].join(' → '));
			return;
		}
		for (const next of byName.get(name) ?? []) {
			if (byName.has(next)) walk(next, [...way, name]);
		}
	};
	for (const name of byName.keys()) walk(name, []);
	expect([...circles]).toEqual([]);
});

test('only the table of endpoints names a path of the API, and the token its own', () => {
	const names = files.filter((file) => source(file).includes('/open-apis/'));
	expect(names).toEqual(['nodes/shared/feishu/http.ts', 'nodes/shared/hire/endpoints.ts']);
});

test('feishu/, hire/ and form/ import nothing of run/', () => {
	const isRun = (imported: string) => imported.startsWith('nodes/shared/run/');
	for (const folder of ['nodes/shared/feishu/', 'nodes/shared/hire/', 'nodes/shared/form/']) {
		expect(offenders(folder, isRun)).toEqual([]);
	}
});

test('what ships uses no timer, no process, no file system and no package but n8n-workflow', () => {
	const isAllowed = (name: string) =>
		/^(nodes|credentials)\//.test(name) || ['n8n-workflow', 'crypto', 'luxon'].includes(name);
	expect(offenders('', (name) => !isAllowed(name))).toEqual([]);
	const uses = /\b(setTimeout|setInterval|setImmediate)\s*\(|\bprocess\s*\./;
	expect(files.filter((file) => uses.test(source(file)))).toEqual([]);
});

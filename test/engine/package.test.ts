import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LoadedPackage, loadPackage } from '../harness';
import { CREDENTIAL, NODE, useTenant } from '../harness/tenant';

const openTenant = useTenant();

const repository = path.resolve(__dirname, '../..');
const workshop = mkdtempSync(path.join(tmpdir(), 'packed-'));
const installed = path.join(workshop, 'package');

interface Manifest {
	[field: string]: unknown;
	n8n: { nodes: string[]; credentials: string[]; strict: boolean };
}

let files: string[];
let manifest: Manifest;
let pkg: LoadedPackage;

/** Packs what `npm publish` would, and unpacks it elsewhere, next to what n8n provides. */
beforeAll(async () => {
	const npm = ['pack', '--json', '--ignore-scripts', '--pack-destination', workshop];
	const output = execFileSync('npm', npm, { cwd: repository, encoding: 'utf8', stdio: 'pipe' });
	const [packed] = JSON.parse(output) as Array<{
		filename: string;
		files: Array<{ path: string }>;
	}>;
	files = packed!.files.map((file) => file.path);
	execFileSync('tar', ['-xzf', packed!.filename], { cwd: workshop });
	manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Manifest;
	const modules = path.join(workshop, 'node_modules');
	mkdirSync(modules);
	for (const name of ['n8n-workflow', 'luxon']) {
		const directory = path.dirname(require.resolve(`${name}/package.json`));
		symlinkSync(directory, path.join(modules, name));
	}
	pkg = await loadPackage(installed);
});

afterAll(() => rmSync(workshop, { recursive: true, force: true }));

test('holds what n8n needs, and nothing else', () => {
	const needed =
		/^(package\.json|README(\.[\w-]+)?\.md|LICENSE(\.md)?|dist\/.+\.(js|json|svg|png))$/;
	expect(files.filter((file) => !needed.test(file))).toEqual([]);
	const foreign = /\.test\.|(^|\/)(test|sandbox|harness|examples)\/|\.map$|\.ts$/;
	expect(files.filter((file) => foreign.test(file))).toEqual([]);
	expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']));
});

test('holds every file that its n8n section and its icons name', () => {
	expect(files).toEqual(
		expect.arrayContaining([...manifest.n8n.nodes, ...manifest.n8n.credentials]),
	);
	expect(files).toEqual(
		expect.arrayContaining(['dist/icons/feishuHire.svg', 'dist/icons/feishuHire.dark.svg']),
	);
});

test('has the package.json that n8n and its reviewers ask for', () => {
	expect(manifest).toMatchObject({
		name: 'n8n-nodes-feishu-hire',
		license: 'MIT',
		keywords: expect.arrayContaining(['n8n-community-node-package']) as unknown,
		files: ['dist'],
		peerDependencies: { 'n8n-workflow': '*' },
		author: {
			name: 'n8n-nodes-feishu-hire contributors',
			email: 'n8n-nodes-feishu-hire@users.noreply.github.com',
		},
		n8n: { strict: true },
	});
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest).not.toHaveProperty('optionalDependencies');
	expect(manifest).not.toHaveProperty('bundleDependencies');
});

// n8n resolves its own luxon for the packages that it loads (NODE_PATH).
test('needs no other package than n8n-workflow and luxon, and of Node only crypto', () => {
	const needed = new Set<string>();
	for (const file of readdirSync(path.join(installed, 'dist'), {
		recursive: true,
		encoding: 'utf8',
	})) {
		if (!file.endsWith('.js')) continue;
		const source = readFileSync(path.join(installed, 'dist', file), 'utf8');
		for (const [, name] of source.matchAll(/(?:require|import)\(\s*["'`]([^"'`]+)/g)) {
			if (!name!.startsWith('.')) needed.add(name!);
		}
	}
	expect([...needed].sort()).toEqual(['crypto', 'luxon', 'n8n-workflow']);
	// A package that is installed alone sees only n8n's own dependencies, not theirs.
	const lock = readFileSync(path.join(repository, 'test/e2e/package-lock.json'), 'utf8');
	const { packages } = JSON.parse(lock) as {
		packages: Record<string, { dependencies?: Record<string, string> }>;
	};
	const ofN8n = Object.keys(packages['node_modules/n8n']?.dependencies ?? {});
	expect([...ofN8n, 'crypto']).toEqual(expect.arrayContaining([...needed]));
});

test("loads in n8n's PackageDirectoryLoader, out of the place where it was unpacked", () => {
	expect(pkg.name).toBe('n8n-nodes-feishu-hire');
	expect(path.relative(repository, pkg.directory)).toMatch(/^\.\./);
	expect(pkg.nodeNames).toContain(NODE);
	expect(pkg.credentialType(CREDENTIAL).displayName).toBe('Feishu Hire API');
	expect(pkg.supportedNodes(CREDENTIAL)).toContain(`n8n-nodes-feishu-hire.${NODE}`);
});

test('runs from there', async () => {
	const { query, sandbox } = await openTenant();
	const result = await query({ operation: 'getMany', returnAll: true }, { pkg });
	expect(result.output().map(({ json }) => json)).toEqual(sandbox.checks.all());
	const failed = await query({ operation: 'getMany', limit: 0 }, { pkg });
	expect(failed.error?.name).toBe('NodeOperationError');
});

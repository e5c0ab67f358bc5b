// How Stryker runs our tests. Its own runner for jest starts every test file for each mutant and cannot stop at
// the first failure; here a mutant meets the files that reach it, the likeliest first, until a test fails.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';

/** Milliseconds of tests that a mutant has to survive, as long as they took without one (`run.ts`). */
const ENOUGH_MS = Number(process.env.FEISHU_HIRE_MUTATION_ENOUGH_MS);

/** So many milliseconds of a file's tests at a time: then it is the turn of the next file. */
const SLICE_MS = 2_000;

/** A test that takes longer is about a pace or many requests, and a mutant would wait for it each time. */
const LONG_MS = 3_000;

/** What a test may take with a mutant: n8n's engine is in memory then, but the machine may be busy. */
const TEST_TIMEOUT_MS = 20_000;

/** The sandbox: Stryker goes there once it has loaded this file. */
const inSandbox = (...names) => path.join(process.cwd(), ...names);
const requireHere = (name) => createRequire(inSandbox('package.json'))(name);
const coverageFile = () => inSandbox('mutation-coverage.json');

/** A test is called by its file and its own name. */
const idOf = (file, name) => `${file}: ${name}`;
const fileOf = (id) => id.split(': ', 1)[0];
const nameOf = (id) => id.slice(idOf(fileOf(id), '').length);

/** `mask` of `nodes/shared/hire/mask.ts` and of `test/unit/mask.test.ts`. */
const stemOf = (file) => path.basename(file).split('.', 1)[0];
const isAboutDescriptions = (file) => /description$/i.test(stemOf(file));

class Runner {
	/** Which files' tests have failed for mutants of a source file, and how often. */
	#kills = new Map();

	#coverage;

	capabilities() {
		// The built package is loaded anew for each test file (test/harness/engine.ts), the sources by jest.
		return { reloadEnvironment: true };
	}

	#runTest;

	async init() {
		globalThis.__stryker__ ??= {};
		process.env.NODE_ENV = 'test';
		process.env.FORCE_COLOR = '0';
		countLoadingApart();
		this.#runTest = await prepareJest();
	}

	/** @returns jest's result of one file */
	async #runFile(file, testNamePattern) {
		return await this.#runTest(inSandbox(file), testNamePattern);
	}

	async dryRun() {
		const stryker = globalThis.__stryker__;
		stryker.activeMutant = undefined;
		stryker.mutantCoverage = { static: {}, perTest: {} };
		const tests = new Map();
		const files = {};
		const { static: onLoad, perTest } = stryker.mutantCoverage;
		for (const file of testFiles()) {
			const before = { ...onLoad };
			let result = await this.#runFile(file);
			// A second try on a machine that is busy; what fails then, fails.
			if (result?.numFailingTests > 0) result = await this.#runFile(file);
			if (!result || result.testExecError) {
				return { status: 'error', errorMessage: `${file}: ${result?.testExecError?.message}` };
			}
			const { testResults, perfStats } = result;
			const once = perTest[idOf(file, '')] ?? {};
			delete perTest[idOf(file, '')];
			for (const test of testResults.filter(({ status }) => status !== 'pending')) {
				const id = idOf(file, test.fullName);
				const covered = (perTest[id] ??= {});
				for (const [mutant, hits] of Object.entries(once)) {
					covered[mutant] = (covered[mutant] ?? 0) + hits;
				}
				tests.set(id, {
					id,
					name: test.fullName,
					fileName: inSandbox(file),
					startPosition: test.location && {
						line: test.location.line - 1,
						column: test.location.column,
					},
					timeSpentMs: (tests.get(id)?.timeSpentMs ?? 0) + (test.duration ?? 0),
					...(test.status === 'failed'
						? { status: 1, failureMessage: test.failureMessages.join('\n') }
						: { status: 0 }),
				});
			}
			const inTests = testResults.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
			files[file] = {
				aroundMs: Math.max(0, perfStats.end - perfStats.start - inTests),
				onLoad: Object.keys(onLoad).filter((mutant) => onLoad[mutant] !== before[mutant]),
			};
		}
		const times = Object.fromEntries([...tests].map(([id, test]) => [id, test.timeSpentMs]));
		writeFileSync(
			coverageFile(),
			JSON.stringify({ files, times, perTest, sources: sourcesOfMutants() }),
		);
		return {
			status: 'complete',
			tests: [...tests.values()],
			mutantCoverage: stryker.mutantCoverage,
		};
	}

	async mutantRun({ activeMutant, hitLimit }) {
		const stryker = globalThis.__stryker__;
		this.#coverage ??= new Coverage(JSON.parse(readFileSync(coverageFile(), 'utf8')));
		const source = this.#coverage.sourceOf(activeMutant.id);
		const kills = this.#kills.get(source) ?? new Map();
		this.#kills.set(source, kills);
		const plan = this.#coverage
			.testsFor(activeMutant.id)
			.sort(
				(a, b) =>
					Number(b.isAbout) - Number(a.isAbout) ||
					a.slice - b.slice ||
					(kills.get(b.file) ?? 0) - (kills.get(a.file) ?? 0) ||
					b.worth - a.worth,
			);
		Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
		let spentMs = 0;
		let nrOfTests = 0;
		try {
			for (const { file, names, ms } of plan) {
				if (spentMs > 0 && spentMs + ms > ENOUGH_MS) continue;
				spentMs += ms;
				nrOfTests += names.length;
				const result = await this.#runFile(file, `^(${names.map(escaped).join('|')})$`);
				if (hitLimit !== undefined && stryker.hitCount > hitLimit) {
					return { status: 'timeout', reason: 'the mutant was reached without end' };
				}
				const failed = result.testResults.find(({ status }) => status === 'failed');
				const error = result.testExecError?.message ?? failed?.failureMessages.join('\n');
				if (error === undefined) continue;
				kills.set(file, (kills.get(file) ?? 0) + 1);
				if (error.includes('Exceeded timeout of')) return { status: 'timeout', reason: error };
				return {
					status: 'killed',
					killedBy: [idOf(file, failed?.fullName ?? names[0])],
					failureMessage: error,
					nrOfTests,
				};
			}
			return { status: 'survived', nrOfTests };
		} finally {
			Object.assign(stryker, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
		}
	}
}

/** Which tests reach which mutants, as the run without mutants saw it. */
class Coverage {
	#files;

	#times;

	#sources;

	/** Mutants that run when their file is loaded. */
	#loading;

	/** Mutant, or source file, to the tests that reach it. */
	#tests = new Map();

	/** Test file to its first test. */
	#firsts = new Map();

	/** Source file to test files, to the mutants there that they reach. */
	#reached = new Map();

	constructor({ files, times, perTest, sources }) {
		this.#files = files;
		this.#times = times;
		this.#sources = sources;
		this.#loading = new Set(Object.values(files).flatMap(({ onLoad }) => onLoad));
		for (const id of Object.keys(times).reverse()) this.#firsts.set(fileOf(id), id);
		for (const [id, mutants] of Object.entries(perTest)) {
			for (const mutant of Object.keys(mutants)) {
				this.#note(mutant, id);
				this.#note(sources[mutant], id);
				this.#noteReached(sources[mutant], fileOf(id), mutant);
			}
		}
	}

	#note(what, id) {
		const ids = this.#tests.get(what) ?? new Set();
		this.#tests.set(what, ids.add(id));
	}

	#noteReached(source, file, mutant) {
		const files = this.#reached.get(source) ?? new Map();
		this.#reached.set(source, files);
		files.set(file, (files.get(file) ?? new Set()).add(mutant));
	}

	/**
	 * Tests that reach much of a source file are about it; where none does, those that load little else. Of
	 * two such files the quick one comes first.
	 */
	#worthOf(source, file, ms) {
		const files = this.#reached.get(source);
		const most = Math.max(1, ...[...(files?.values() ?? [])].map(({ size }) => size));
		const share = files
			? (files.get(file)?.size ?? 0) / most
			: 1 / (1 + this.#files[file].onLoad.length);
		return share ** 3 / (ms + 200);
	}

	sourceOf(mutant) {
		return this.#sources[mutant];
	}

	/**
	 * The tests that reach a mutant; for one that runs when its file is loaded, which all test files do, also
	 * all tests of those that run anything else of it.
	 * @returns slices of files: the names, about how long they take, how much they are worth that, and
	 * whether the file's name says that it is about the mutant: its source file, or the nodes' descriptions
	 */
	testsFor(mutant) {
		const source = this.#sources[mutant];
		const reaching = this.#tests.get(mutant) ?? new Set();
		const loading = this.#loading.has(mutant)
			? (this.#testsBesides(source) ?? this.#testsOfLoading(mutant))
			: [];
		const byFile = new Map();
		for (const id of new Set([...reaching, ...loading])) {
			byFile.set(fileOf(id), [...(byFile.get(fileOf(id)) ?? []), id]);
		}
		return [...byFile].flatMap(([file, reached]) => {
			const all = this.#alsoIndirectly(file, source, reached);
			const isAbout = stemOf(file) === stemOf(source) || isAboutDescriptions(file);
			return this.#slices(file, all).map(({ names, ms }, slice) => {
				return { file, names, ms, slice, isAbout, worth: this.#worthOf(source, file, ms) };
			});
		});
	}

	/** Some tests of a file, in portions, the quick ones first. */
	#slices(file, ids) {
		const slices = [];
		const wanted = ids
			.filter((id) => this.#times[id] <= LONG_MS)
			.sort((a, b) => this.#times[a] - this.#times[b]);
		for (const id of wanted) {
			const last = slices.at(-1);
			const ms = this.#times[id];
			const name = nameOf(id);
			if (last && last.ms + ms <= SLICE_MS) {
				last.names.push(name);
				last.ms += ms;
			} else {
				slices.push({ names: [name], ms: ms + this.#files[file].aroundMs });
			}
		}
		return slices;
	}

	/**
	 * The tests of a file that may notice. Its first test makes the nodes, too: what runs only then is for
	 * those that reach anything of the source file, or look at the nodes.
	 */
	#alsoIndirectly(file, source, reached) {
		const ofFile = (id) => fileOf(id) === file;
		if (isAboutDescriptions(file)) return Object.keys(this.#times).filter(ofFile);
		if (reached.length > 1 || reached[0] !== this.#firsts.get(file)) return reached;
		return [...new Set([...reached, ...[...(this.#tests.get(source) ?? [])].filter(ofFile)])];
	}

	/** All tests of the files that run anything of the source file; undefined when there is none. */
	#testsBesides(source) {
		const reaching = this.#tests.get(source);
		if (!reaching) return undefined;
		const files = new Set([...reaching].map(fileOf));
		return Object.keys(this.#times).filter((id) => files.has(fileOf(id)));
	}

	#testsOfLoading(mutant) {
		return Object.keys(this.#times).filter((id) => this.#files[fileOf(id)].onLoad.includes(mutant));
	}
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Jest without its command line, which reads configuration and files again for each run.
 * @returns runs a file, or those tests of it whose names match
 */
async function prepareJest() {
	const requireFrom = (...names) =>
		names.reduce((from, name) => createRequire(from.resolve(name)), createRequire(inSandbox('x')));
	const { readConfigs } = requireFrom('jest', 'jest-cli')('jest-config');
	const fromCore = requireFrom('jest', '@jest/core');
	const TestRunner = fromCore('jest-runner').default;
	const { globalSetup, ...ours } = requireHere('./jest.config.cjs');
	const config = {
		...ours,
		// Two workers must not write the same cache.
		id: `mutation-${process.pid}`,
		rootDir: inSandbox(),
		setupFilesAfterEnv: ['<rootDir>/test/mutation/setup.ts'],
		testEnvironment: '<rootDir>/test/mutation/environment.ts',
		testTimeout: TEST_TIMEOUT_MS,
	};
	const { globalConfig, configs } = await readConfigs(
		{
			$0: 'stryker',
			_: [],
			runInBand: true,
			silent: true,
			testLocationInResults: true,
			config: JSON.stringify(config),
		},
		[inSandbox()],
	);
	const context = await fromCore('jest-runtime').default.createContext(configs[0], {
		console,
		maxWorkers: 1,
		watch: false,
		watchman: false,
	});
	const watcher = { isInterrupted: () => false, isWatchMode: () => false };
	return async (file, testNamePattern) => {
		const runner = new TestRunner({ ...globalConfig, testNamePattern }, {});
		let outcome;
		runner.on('test-file-success', ([, result]) => (outcome = result));
		runner.on('test-file-failure', ([, error]) => {
			outcome = { testExecError: error, testResults: [] };
		});
		await runner.runTests([{ context, path: file }], watcher, { serial: true });
		return outcome;
	};
}

/** A file of the built package, or of a copy that a test has made of it. */
const isPackage = (file) => /\bdist[\\/](nodes|credentials)[\\/]/.test(file);

/** Tests load the package when they first need it; what runs only then is not what they are about. */
function countLoadingApart() {
	const load = Module._extensions['.js'];
	Module._extensions['.js'] = function (module, file) {
		const stryker = globalThis.__stryker__;
		const { currentTestId } = stryker;
		if (isPackage(file)) stryker.currentTestId = undefined;
		try {
			load(module, file);
		} finally {
			stryker.currentTestId = currentTestId;
		}
	};
}

/** The pool of tests, by path. */
function testFiles() {
	const { folders, leftOut } = requireHere('./test/mutation/tests.json');
	return folders
		.flatMap((folder) =>
			folder.endsWith('.ts')
				? [folder]
				: readdirSync(inSandbox(folder), { recursive: true }).map((name) =>
						path.posix.join(folder, name),
					),
		)
		.filter((file) => file.endsWith('.test.ts') && !(file in leftOut))
		.sort();
}

/** Mutant to the source file that it is in: Stryker has written its number there. */
function sourcesOfMutants() {
	const sources = {};
	for (const folder of ['nodes', 'credentials']) {
		if (!existsSync(inSandbox(folder))) continue;
		for (const name of readdirSync(inSandbox(folder), { recursive: true })) {
			if (!name.endsWith('.ts')) continue;
			const file = inSandbox(folder, name);
			const found = readFileSync(file, 'utf8').matchAll(/stryMutAct_9fa48\("(\d+)"\)/g);
			for (const [, mutant] of found) sources[mutant] = `${folder}/${name}`;
		}
	}
	return sources;
}

/** Parts of a form: what people read, and when a field is shown. */
const FORM_KEYS = new Set([
	'displayName',
	'description',
	'placeholder',
	'action',
	'hint',
	'icon',
	'documentationUrl',
	'displayOptions',
	'show',
	'fields',
]);

/** Functions that make fields; those that read them have other names. */
const MAKES_FIELDS = /^(?!read).*(Field|Option|Options|Locator)$/;

/** Forms are data: fields, choices, nodes' descriptions. Tests compare them whole. */
const forms = {
	shouldIgnore({ node }) {
		if (/^(Object|Class)Property$/.test(node.type) && FORM_KEYS.has(keyOf(node))) {
			return 'A part of a form.';
		}
		if (node.type === 'CallExpression' && MAKES_FIELDS.test(node.callee.name ?? '')) {
			return 'A field of a form.';
		}
		if (node.type !== 'ObjectExpression') return undefined;
		const keys = new Set(node.properties.map(keyOf));
		if (keys.has('displayName') || keys.has('displayOptions')) return 'A field of a form.';
		return keys.has('name') && keys.has('value') ? 'A choice of a form.' : undefined;
	},
};

const keyOf = ({ key }) => key?.name ?? key?.value;

export const strykerPlugins = [
	{ kind: 'TestRunner', name: 'feishu-hire', factory: () => new Runner() },
	{ kind: 'Ignore', name: 'forms', value: forms },
];

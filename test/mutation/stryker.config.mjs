// Stryker's settings, with its runner for Jest:
// https://stryker-mutator.io/docs/stryker-js/configuration
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

const unitTests = readdirSync(path.join(root, 'test/unit'), { recursive: true })
	.map((name) => path.posix.join('test/unit', name))
	.filter((name) => name.endsWith('.ts'))
	.map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));

// Tests that load the built package or read the sources cannot notice a change; the hostile texts
// measure time.
const leftOut = unitTests.filter(
	({ name, text }) => name.includes('hostileTexts') || /harness|readFileSync/.test(text),
);

/** The shipped files that the other tests import, which are those that Stryker changes. */
const imported = unitTests
	.filter((test) => !leftOut.includes(test))
	.flatMap(({ name, text }) =>
		[...text.matchAll(/ from '(\.[^']*\/(?:nodes|credentials)\/[^']+)'/g)].map(
			([, file]) => `${path.posix.join(path.posix.dirname(name), file)}.ts`,
		),
	);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: [...new Set(imported)].sort(),
	testRunner: 'jest',
	jest: {
		configFile: 'jest.config.cjs',
		config: {
			testEnvironment: 'node',
			testSequencer: undefined,
			globalSetup: undefined,
			testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
			testPathIgnorePatterns: leftOut.map(({ name }) => `/${name}$`),
		},
	},
	coverageAnalysis: 'perTest',
	// Outside the checkout, where neither the build nor a linter finds the copies.
	tempDirName: path.join(tmpdir(), 'feishu-hire-mutation'),
	ignorePatterns: ['dist', 'docs/images'],
	// Stryker would need TypeScript to rewrite it, although there is nothing to rewrite.
	tsconfigFile: 'none.json',
	reporters: ['html', 'clear-text', 'progress-append-only'],
	htmlReporter: { fileName: '.cache/mutation.html' },
};

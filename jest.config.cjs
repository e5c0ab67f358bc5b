const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/harness/environment.ts',
	// The tests wait for HTTP as long as they compute, so there are more workers than cores. (Jest takes
	// percentages up to 100 only.)
	maxWorkers: 2 * availableParallelism(),
	testSequencer: '<rootDir>/test/harness/sequencer.cjs',
	globalSetup: '<rootDir>/test/harness/globalSetup.ts',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// Types are checked by `npm run typecheck`; here they are only taken out.
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
	// n8n's engine takes seconds to load in each test file.
	testTimeout: 30_000,
};

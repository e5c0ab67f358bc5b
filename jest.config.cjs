const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/harness/environment.ts',
	// The tests wait for HTTP as long as they compute, so there are more workers than cores. (Jest takes
	// percentages up to 100 only.)
	maxWorkers: 2 * availableParallelism(),
	globalSetup: '<rootDir>/test/harness/globalSetup.ts',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.tools.json' }] },
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
	// n8n's engine takes seconds to load in each test file.
	testTimeout: 30_000,
};

import path from 'node:path';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { Circus } from '@jest/types';
import EngineEnvironment from '../harness/environment';

/** What Stryker's instrumented code looks at: which mutant is on, and for which test it counts hits. */
interface Stryker {
	activeMutant?: string;
	currentTestId?: string;
}

declare global {
	/** Of the process, where the engine runs what was built, and of each test file's own global object. */
	var __stryker__: Stryker | undefined;
}

/**
 * The tests' environment for mutants: the one object of Stryker for the unit tests, which run in jest's
 * own global, and for the built package, which runs outside it. With a mutant on, the first failure ends
 * the file.
 */
export default class MutationEnvironment extends EngineEnvironment {
	private readonly stryker: Stryker;

	private readonly file: string;

	private hasFailed = false;

	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		this.stryker = globalThis.__stryker__ ??= {};
		this.global.__stryker__ = this.stryker;
		this.file = path.relative(config.projectConfig.rootDir, context.testPath);
	}

	handleTestEvent = (event: Circus.Event): void => {
		switch (event.name) {
			case 'test_start':
				if (this.hasFailed && this.stryker.activeMutant !== undefined) event.test.mode = 'skip';
				this.stryker.currentTestId = `${this.file}: ${nameOf(event.test)}`;
				break;
			case 'test_done':
				this.stryker.currentTestId = undefined;
				break;
			// What runs once for a whole file counts for each of its tests.
			case 'hook_start':
				this.stryker.currentTestId ??= `${this.file}: `;
				break;
			case 'hook_success':
			case 'hook_failure':
				if (this.stryker.currentTestId === `${this.file}: `) this.stryker.currentTestId = undefined;
				if (event.name === 'hook_failure') this.hasFailed = true;
				break;
			case 'test_fn_failure':
				this.hasFailed = true;
				break;
		}
	};
}

/** As jest's results say it: the blocks around a test, and the test. */
function nameOf(test: Circus.TestEntry): string {
	const names = [test.name];
	for (let block = test.parent; block.parent; block = block.parent) names.unshift(block.name);
	return names.join(' ');
}

import { rm } from 'node:fs/promises';
import type {
	FullConfig,
	FullResult,
	Reporter,
	Suite,
	TestCase,
	TestResult,
} from '@playwright/test/reporter';
import { madeSetUp } from './globalSetup';

/**
 * Ends a run with the line "N passed, N failed", which .ci/run reads. An error outside the tests,
 * or a run without tests, counts as a failure.
 */
export default class CountReporter implements Reporter {
	private chosen = 0;
	private passed = 0;
	private failed = 0;

	onBegin(_config: FullConfig, suite: Suite): void {
		this.chosen = suite.allTests().length;
	}

	onTestEnd(_test: TestCase, { status }: TestResult): void {
		if (status === 'passed') this.passed += 1;
		else this.failed += 1;
	}

	onError(): void {
		this.failed += 1;
	}

	/** @returns the status, which determines the exit code */
	async onEnd({ status }: FullResult): Promise<Pick<FullResult, 'status'>> {
		const isWhole = status === 'passed' && this.chosen > 0;
		if (!isWhole && this.failed === 0) this.failed = 1;
		const { folder } = madeSetUp() ?? {};
		if (folder !== undefined) {
			if (this.failed === 0 || this.chosen === 0)
				await rm(folder, { recursive: true, force: true });
			else console.log(`\nn8n's logs and databases are kept in ${folder}`);
		}
		console.log(`\n${this.passed} passed, ${this.failed} failed`);
		return { status: this.failed > 0 && status === 'passed' ? 'failed' : status };
	}
}

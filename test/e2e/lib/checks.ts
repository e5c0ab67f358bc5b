import { secondsSince } from './progress';

/** One thing that must be true; independent of all others. */
export interface Check {
	name: string;
	/** Throws, with what it saw, when it is not true. May return figures to be printed. */
	run: () => Promise<string | void>;
	/** Seconds; 60 unless told. */
	limit?: number;
}

/** Runs checks one by one, prints what became of them and counts. */
export class Report {
	passed = 0;
	failed = 0;

	/**
	 * @param before runs before each check, so that none sees what another left
	 */
	async run(title: string, checks: Check[], before: () => Promise<void> | void): Promise<void> {
		console.log(`\n${title}`);
		for (const check of checks) await this.runOne(check, before);
	}

	/** Counts a whole topic that could not even be set up as one failure. */
	fail(name: string, error: unknown): void {
		this.failed += 1;
		console.log(`  ✗ ${name}\n${indented(error)}`);
	}

	private async runOne(check: Check, before: () => Promise<void> | void): Promise<void> {
		const startedAt = performance.now();
		try {
			await before();
			const figures = await within(check.run(), check.limit ?? 60);
			this.passed += 1;
			const details = [secondsSince(startedAt), figures].filter(Boolean).join('; ');
			console.log(`  ✓ ${check.name} (${details})`);
		} catch (error) {
			this.fail(`${check.name} (${secondsSince(startedAt)})`, error);
		}
	}
}

async function within<T>(work: Promise<T>, seconds: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`not done within ${seconds} s`)), seconds * 1000);
	});
	return await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

function indented(error: unknown): string {
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	const lines = text.split('\n').filter((line) => !/node:internal|node_modules/.test(line));
	return lines.map((line) => `      ${line}`).join('\n');
}

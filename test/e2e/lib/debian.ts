import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { runCommand } from './processes';
import { withProgress } from './progress';

/** A system program that part of the run needs, and the Debian package that provides it. */
export interface SystemNeed {
	/** This file exists once the package is installed. */
	file: string;
	package: string;
}

/** This part needs nothing from the system. */
const onAnySystem = 'npm run e2e -- --project n8n --grep-invert Editor';

/** The browser, and glyphs for the Chinese in the pictures. */
export const browserNeeds: SystemNeed[] = [
	{ file: '/usr/bin/chromium', package: 'chromium' },
	{ file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', package: 'fonts-noto-cjk' },
];

/** What the machine lacks, and how to install it. */
export interface MissingPackages {
	names: string[];
	/** The command that installs them. */
	command: string;
}

/** @returns undefined if nothing is missing */
export function missingPackages(needs: SystemNeed[]): MissingPackages | undefined {
	const names = needs.filter(({ file }) => !existsSync(file)).map((need) => need.package);
	if (names.length === 0) return undefined;
	return {
		names,
		command: `${sudo()}apt-get install -y --no-install-recommends ${names.join(' ')}`,
	};
}

const sudo = () => (process.getuid?.() === 0 ? '' : 'sudo ');

/**
 * Makes sure that the packages are installed before anything else is done. In CI it installs them;
 * otherwise it asks first, and changes nothing without a terminal.
 * @throws Error with the command to type
 */
export async function ensurePackages(needs: SystemNeed[]): Promise<void> {
	const missing = missingPackages(needs);
	if (missing === undefined) return;
	const { names, command } = missing;
	const what = names.join(', ');
	if (!existsSync('/usr/bin/apt-get')) {
		throw new Error(`This needs Debian or Ubuntu, with ${what}. On another system: ${onAnySystem}`);
	}
	if (!process.env.CI && !(await mayInstall(`Not installed: ${what}. Run "${command}" now?`))) {
		throw new Error(`Not installed: ${what}. Type: ${command}`);
	}
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await withProgress(`apt-get install ${names.join(' ')}`, async () => {
		await runCommand('sh', ['-c', `${sudo()}apt-get update && ${command}`], { env });
	});
}

/** Asks a yes-or-no question. Without a terminal the answer is no. */
async function mayInstall(question: string): Promise<boolean> {
	if (!process.stdin.isTTY) return false;
	const dialogue = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await dialogue.question(`${question} [y/N] `);
	dialogue.close();
	return /^y(es)?$/i.test(answer.trim());
}

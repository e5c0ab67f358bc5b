import { existsSync } from 'node:fs';
import { runCommand } from './processes';
import { withProgress } from './progress';

/** A program of the system that a part of the run needs, and the Debian package that brings it. */
export interface SystemNeed {
	/** Exists once the package is there. */
	file: string;
	package: string;
}

/**
 * Makes sure that the packages are there: installs them as root on Debian, else says what to do.
 * @throws Error with the command to type
 */
export async function ensurePackages(needs: SystemNeed[]): Promise<void> {
	const missing = needs.filter(({ file }) => !existsSync(file)).map((need) => need.package);
	if (missing.length === 0) return;
	const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		throw new Error(
			`${missing.join(', ')}: not installed. On Debian or Ubuntu type: sudo ${command}`,
		);
	}
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await withProgress(`apt-get install ${missing.join(' ')}`, async () => {
		await runCommand('apt-get', ['update'], { env });
		const [program, ...args] = command.split(' ');
		await runCommand(program, args, { env });
	});
}

/** Debian's browser, with glyphs for the Chinese in the pictures. */
export const browserNeeds: SystemNeed[] = [
	{ file: '/usr/bin/chromium', package: 'chromium' },
	{ file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', package: 'fonts-noto-cjk' },
];

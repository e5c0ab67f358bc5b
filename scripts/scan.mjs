// Runs the analysis of n8n's store scanner on both things that it checks: the sources, and the
// tarball as it would be published. Inline disables do not count there. The scanner's own command
// accepts only published names.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = mkdtempSync(join(tmpdir(), 'feishu-hire-scan-'));
let findings = 0;

async function analyse(title, directory, patterns) {
	const { passed, message, details } = await analyzePackage(directory, patterns);
	console.log(
		`${passed ? '✓' : '✗'} ${title}: ${passed ? 'no finding' : `${message}\n${details}`}`,
	);
	if (!passed) findings += 1;
}

try {
	await analyse('sources', root, SOURCE_FILE_PATTERNS);
	execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch], { cwd: root });
	const [tarball] = readdirSync(scratch);
	execFileSync('tar', ['-xzf', join(scratch, tarball), '-C', scratch]);
	await analyse('tarball', join(scratch, 'package'), ['**/*.js', 'package.json']);
} finally {
	rmSync(scratch, { recursive: true });
}
process.exit(findings === 0 ? 0 : 1);

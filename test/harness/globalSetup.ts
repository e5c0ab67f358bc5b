import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Builds the package if a source is newer: most tests load what would ship, however Jest was started. */
export default function prepare(): void {
	const root = path.resolve(__dirname, '../..');
	execFileSync(process.execPath, ['scripts/prepare.mjs'], { cwd: root, stdio: 'inherit' });
}

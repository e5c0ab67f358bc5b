import { createHash } from 'node:crypto';
import path from 'node:path';
import { cacheDirectory } from './cachedInstall';

/**
 * The n8n folder of `npm run dev`. Each checkout has its own, which keeps what the user builds in
 * the editor.
 * @param checkout the root of the checkout
 */
export function devFolderOf(checkout: string): string {
	const name = createHash('sha256').update(checkout).digest('hex').slice(0, 12);
	return path.join(cacheDirectory(), `dev-${name}`);
}

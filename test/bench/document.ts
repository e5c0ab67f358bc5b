import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

const DOCS = path.resolve(__dirname, '../../docs');

/** Where a page holds what a program writes. */
export interface Section {
	/** File in docs/. */
	page: string;
	/** Comments before and after what is written; everything else on the page stays. */
	begin: string;
	end: string;
}

/** A table as markdown. @param align of each column, as markdown writes it */
export function table(head: string[], align: string[], lines: string[][]): string {
	return [head, align, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * Replaces what stands between the marks of a section, or adds the section at the end of its page.
 * The page keeps the format that `npm run format:check` asks for.
 */
export async function writeSection({ page, begin, end }: Section, body: string): Promise<void> {
	const file = path.join(DOCS, page);
	const text = readFileSync(file, 'utf8');
	const section = `${begin}\n\n${body}\n\n${end}`;
	const from = text.indexOf(begin);
	const to = text.indexOf(end);
	const written =
		from < 0 || to < from
			? `${text}\n\n${section}`
			: text.slice(0, from) + section + text.slice(to + end.length);
	const options = await resolveConfig(file);
	writeFileSync(file, await format(written, { ...options, filepath: file }));
}

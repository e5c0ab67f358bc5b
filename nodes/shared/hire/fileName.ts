const MAX_LENGTH = 150;

/** Names that Windows keeps for devices, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Makes a name from a server fit for any file system: no path, no control or direction-changing
 * characters, no name that an operating system keeps for itself.
 *
 * @param fallback used when nothing of the name remains
 */
export function safeFileName(name: unknown, fallback: string): string {
	const base =
		(typeof name === 'string' ? name : '')
			.replace(/\p{C}/gu, '')
			.split(/[/\\]/)
			.pop()
			?.replace(/[:*?"<>|]/g, '_')
			.replace(/^[.\s]+|[.\s]+$/g, '') ?? '';
	if (base === '') return fallback;
	const { stem, extension } = split(RESERVED.test(base) ? `_${base}` : base);
	return [...stem].slice(0, MAX_LENGTH).join('') + extension;
}

/** Keeps equal names apart, as file managers do: `report.pdf`, `report (2).pdf`. Case does not count. */
export function uniqueFileName(name: string, taken: Set<string>): string {
	const { stem, extension } = split(name);
	let unique = name;
	for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${stem} (${n})${extension}`;
	taken.add(unique.toLowerCase());
	return unique;
}

function split(name: string): { stem: string; extension: string } {
	const [, stem, extension] = /^(.+?)(\.[A-Za-z0-9]{1,10})?$/s.exec(name) ?? [];
	return { stem: stem ?? name, extension: extension ?? '' };
}

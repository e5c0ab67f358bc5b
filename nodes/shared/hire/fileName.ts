/**
 * Bytes of UTF-8. File systems allow 255; the rest is for what a workflow puts before the name, and
 * for ` (2)`.
 */
const MAX_BYTES = 180;

/** A longer text is no real name, so only its end is read. */
const MAX_LENGTH = 1000;

/** Names that Windows reserves for devices, also with an extension. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\.|$)/i;

/**
 * Makes a server's file name valid on any file system: no path, no control or direction-changing
 * characters, no name that an operating system reserves, not too long.
 *
 * @param fallback used if nothing of the name remains; cleaned in the same way
 */
export function safeFileName(name: unknown, fallback: string): string {
	const base = withoutPath(name) || withoutPath(fallback);
	const { stem, extension } = split(RESERVED.test(base) ? `_${base}` : base);
	return trimmed(firstBytes(stem, MAX_BYTES - extension.length)) + extension;
}

/** Makes a name unique, as file managers do: `report.pdf`, `report (2).pdf`. Ignores case. */
export function uniqueFileName(name: string, taken: Set<string>): string {
	const { stem, extension } = split(name);
	let unique = name;
	for (let n = 2; taken.has(asCompared(unique)); n++) unique = `${stem} (${n})${extension}`;
	taken.add(asCompared(unique));
	return unique;
}

/** Some file systems ignore case, or the difference between the two encodings of an accented letter. */
const asCompared = (name: string) => name.normalize('NFC').toLowerCase();

/** Trims dots and white space. Not a regex: one for the end takes quadratic time. */
function trimmed(name: string): string {
	const isEdge = (index: number) => /[.\s]/.test(name.charAt(index));
	let start = 0;
	let end = name.length;
	while (start < end && isEdge(start)) start += 1;
	while (end > start && isEdge(end - 1)) end -= 1;
	return name.slice(start, end);
}

function withoutPath(name: unknown): string {
	const text = typeof name === 'string' ? name.slice(-MAX_LENGTH) : '';
	const last = text.replace(/\p{C}/gu, '').split(/[/\\]/).pop();
	return trimmed((last ?? '').replace(/[:*?"<>|]/g, '_'));
}

/** As many whole characters as fit. */
function firstBytes(text: string, maxBytes: number): string {
	let bytes = 0;
	let fitting = '';
	for (const character of text) {
		bytes += Buffer.byteLength(character);
		if (bytes > maxBytes) break;
		fitting += character;
	}
	return fitting;
}

function split(name: string): { stem: string; extension: string } {
	const [, stem, extension] = /^(.+?)(\.[A-Za-z0-9]{1,10})?$/s.exec(name) ?? [];
	return { stem: stem ?? name, extension: extension ?? '' };
}

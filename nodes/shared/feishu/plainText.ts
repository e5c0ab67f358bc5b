const MAX_LENGTH = 500;

/** How much of a text is read, to limit the work. */
const MAX_READ = 10_000;

/** Feishu's tokens, and whatever follows the word Bearer. */
const TOKENS = /\b[tu]-[\w.~+/=-]{8,}|\bBearer\s+\S+/gi;

/**
 * Makes a server's text safe to show: n8n's editor renders descriptions as HTML, and executions are
 * stored. Removes control characters and markup, masks tokens and the given secrets, and cuts the
 * text at 500 characters. Reads only the start of a long text.
 */
export function plainText(text: unknown, secrets: readonly string[] = []): string {
	if (typeof text !== 'string') return '';
	let plain = text.slice(0, MAX_READ);
	for (const secret of secrets) {
		if (secret.length > 3) plain = plain.split(secret).join('***');
	}
	// The cut may have split a secret, which is then not recognized.
	if (text.length > MAX_READ) {
		plain = plain.slice(0, -Math.max(1, ...secrets.map(({ length }) => length)));
	}
	plain = plain
		.replace(TOKENS, '***')
		.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
		.replace(/</g, '‹')
		.replace(/>/g, '›')
		.replace(/`/g, "'")
		.trim();
	return plain.length > MAX_LENGTH ? `${plain.slice(0, MAX_LENGTH)} …` : plain;
}

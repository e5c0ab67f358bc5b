import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Where the file host keeps its files; the rest of the path is the signed token. */
export const filePath = '/hire/file/blob/';

/** Signed file paths: they authorise themselves and end (feishu-hire-api.md, 2.3). */
export class FileUrls {
	private readonly key = randomBytes(32);

	/**
	 * @param expiresAt ms since the epoch
	 * @returns the path of the attachment's file
	 */
	sign(attachmentId: string, expiresAt: number): string {
		const text = Buffer.from(JSON.stringify([attachmentId, expiresAt])).toString('base64url');
		return `${filePath}${text}.${this.signature(text)}`;
	}

	/** @returns the attachment's ID; undefined when the path is not ours or its time is over */
	open(path: string, now: number): string | undefined {
		const [text = '', signature = ''] = path.slice(filePath.length).split('.');
		const given = Buffer.from(signature);
		const right = Buffer.from(this.signature(text));
		if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
		const [id, expiresAt] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
			string,
			number,
		];
		return now < expiresAt ? id : undefined;
	}

	private signature(text: string): string {
		return createHmac('sha256', this.key).update(text).digest('base64url');
	}
}

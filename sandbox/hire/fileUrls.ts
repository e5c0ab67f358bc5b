import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The path of files on the file host; the rest is the signed token. */
export const filePath = '/hire/file/blob/';

/** Signed file paths, which carry their own authorization and expire (Feishu "获取附件信息"). */
export class FileUrls {
	private readonly key = randomBytes(32);

	/**
	 * @param expiresAt in epoch ms
	 * @returns the path of the attachment's file
	 */
	sign(attachmentId: string, expiresAt: number): string {
		const text = Buffer.from(JSON.stringify([attachmentId, expiresAt])).toString('base64url');
		return `${filePath}${text}.${this.signature(text)}`;
	}

	/** @returns the attachment's ID; undefined if the path is not ours or has expired */
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

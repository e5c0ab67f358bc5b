import type { Attachment } from './checkStore';
import type { FileContent } from './files';
import { newIds } from './newIds';

interface Upload {
	attachment: Attachment;
	/** Undefined if the file was too large to keep. */
	content: FileContent | undefined;
}

/** The general attachments that were created by Create attachment, and their copies on checks. */
export class Uploads {
	private readonly uploads = new Map<string, Upload>();
	private readonly newId = newIds(7430000000000000001n);

	/** Stores a file under a new ID. */
	add(name: string, size: number, content: FileContent | undefined): Attachment {
		const attachment = { id: this.newId(), name, size };
		this.uploads.set(attachment.id, { attachment, content });
		return attachment;
	}

	/** Counts copies on checks too. */
	get size(): number {
		return this.uploads.size;
	}

	byId(id: string): Upload | undefined {
		return this.uploads.get(id);
	}
}

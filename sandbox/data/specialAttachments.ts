import type { Attachment, Check, CheckStore } from './checkStore';
import { smallestSize } from './fixtureFiles';
import type { Uploads } from './uploads';

/** The types of Get attachment: 1 a talent's resume, 2 a portfolio, 3 a general attachment. */
type AttachmentType = 1 | 2 | 3;

/** Files for tests. The attachment API knows them, but no check of the seed lists them. */
export const specialAttachments = {
	pdf: { id: '7360000000000000001', name: '背景调查报告.pdf', size: smallestSize('pdf') },
	docx: { id: '7360000000000000002', name: '工作履历核实.docx', size: smallestSize('docx') },
	png: { id: '7360000000000000003', name: '证件照.png', size: smallestSize('png') },
	empty: { id: '7360000000000000004', name: '空白附件.txt', size: 0 },
	large: { id: '7360000000000000005', name: '背调访谈录像.mp4', size: 60 * 1024 * 1024 },
	hostileName: {
		id: '7360000000000000006',
		name: '../../etc\\报告\u0000\u202e:/CON.pdf',
		size: smallestSize('pdf'),
	},
	/** Found with type 1 only. */
	resume: { id: '7360000000000000007', name: '简历.pdf', size: smallestSize('pdf') },
} satisfies Record<string, Attachment>;

const specials = new Map<string, Attachment>(
	Object.values(specialAttachments).map((attachment) => [attachment.id, attachment]),
);

/**
 * An attachment of the tenant: one that a check lists, an uploaded one, or a special one.
 * @param type if absent, any type
 */
export function findAttachment(
	{ checks, uploads }: { checks: CheckStore; uploads: Uploads },
	id: string,
	type?: number,
): Attachment | undefined {
	const ownType: AttachmentType = id === specialAttachments.resume.id ? 1 : 3;
	if (type !== undefined && type !== ownType) return undefined;
	return checks.attachment(id) ?? uploads.byId(id)?.attachment ?? specials.get(id);
}

/**
 * Adds a check with the given attachments. An attachment without an ID gets one.
 * @returns the check as stored
 */
export function addCheckWithAttachments(
	checks: CheckStore,
	attachments: Array<Omit<Attachment, 'id'> & { id?: string }>,
	fields: Partial<Check> = {},
): Check {
	let number = BigInt(checks.size);
	while (checks.byId(String(7380000000000000000n + number))) number++;
	const first = 7370000000000000000n + number * 1000n;
	return checks.add({
		id: String(7380000000000000000n + number),
		external_application_id: '7390000000000000001',
		date: Date.UTC(2025, 2, 1),
		name: '带附件的背调',
		result: '已通过',
		...fields,
		attachment_list: attachments.map((attachment, index) => ({
			id: String(first + BigInt(index)),
			...attachment,
		})),
	});
}

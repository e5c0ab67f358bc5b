import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import {
	addCheckWithAttachments,
	type Attachment,
	type Check,
	fileContent,
	type RequestRecord,
	type SandboxOptions,
} from '../../../sandbox';
import { readBinary, type RunNodeOptions, type RunResult } from '../../harness';
import { type Tenant, useTenant } from '../../harness/tenant';

/** The application of all checks in these tests. */
export const APPLICATION = '7390000000000000001';

/** An attachment as a check lists it. */
export type Listed = Omit<Attachment, 'id'> & { id?: string };

export interface AttachmentTenant extends Tenant {
	/** Adds a check with these files. @returns the check as stored, with the files' IDs */
	addCheck: (files: Listed[], fields?: Partial<Check>) => Check;
	/**
	 * Runs the node on all added checks, with their files.
	 * @param options options of the attachments and of the node, by name
	 */
	download: (options?: INodeParameters, rest?: Partial<RunNodeOptions>) => Promise<RunResult>;
	/** The requests for addresses of files, and for the files, that arrived. */
	asked: () => RequestRecord[];
	fetched: () => RequestRecord[];
}

/** Like `useTenant`, for checks with files. The tenant has no other checks. */
export function useAttachmentTenant(): (options?: SandboxOptions) => Promise<AttachmentTenant> {
	const openTenant = useTenant();
	return async (options) => {
		const tenant = await openTenant({ checks: [], ...options });
		const { sandbox } = tenant;
		return {
			...tenant,
			addCheck: (files, fields) =>
				addCheckWithAttachments(sandbox.checks, files, {
					external_application_id: APPLICATION,
					...fields,
				}),
			download: async (given = {}, rest) => {
				const { attachmentType, attachmentsPrefix, maxAttachmentSizeMb, ...options } = given;
				const settings = { attachmentType, attachmentsPrefix, maxAttachmentSizeMb };
				return await tenant.query(
					{
						operation: 'getByApplication',
						externalApplicationId: APPLICATION,
						returnAll: true,
						downloadAttachments: true,
						attachmentOptions: Object.fromEntries(
							Object.entries(settings).filter(([, value]) => value !== undefined),
						),
						options,
					},
					rest,
				);
			},
			asked: () => sandbox.requests('attachment'),
			fetched: () => sandbox.requests('file'),
		};
	};
}

/** The files of a check, as listed. */
export const filesOf = ({ attachment_list: list }: Check): Attachment[] => list ?? [];

/** The bytes that the sandbox serves for an attachment. */
export const contentOf = async (attachment: Attachment): Promise<Buffer> =>
	Buffer.concat((await fileContent(attachment).open().toArray()) as Buffer[]);

/** The names of an item's binary fields, in order. */
export const fieldsOf = (item?: INodeExecutionData): string[] => Object.keys(item?.binary ?? {});

/** The file names of an item's binary fields, in order. */
export const namesOf = (item?: INodeExecutionData): unknown[] =>
	Object.values(item?.binary ?? {}).map(({ fileName }) => fileName);

/** The sizes in bytes of an item's files as stored, in order. n8n 1.x does not report them. */
export const sizesOf = async (item?: INodeExecutionData): Promise<number[]> => {
	const stored = Object.values(item?.binary ?? {}).map(readBinary);
	return (await Promise.all(stored)).map(({ length }) => length);
};

/** What an item says about files that it lacks. */
export const skippedIn = (item?: INodeExecutionData): IDataObject[] =>
	(item?.json.attachments_skipped ?? []) as IDataObject[];
export const failedIn = (item?: INodeExecutionData): IDataObject[] =>
	(item?.json.attachments_failed ?? []) as IDataObject[];

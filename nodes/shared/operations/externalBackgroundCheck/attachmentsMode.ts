import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Form } from '../../form/form';
import { ParameterError } from '../../form/parameterError';
import { oneOf } from '../../form/values';
import type { UploadFile } from '../../hire/api/attachmentUpload';
import { ATTACHMENTS_LABEL, readFiles } from '../files';

/** What happens to a check's existing files. `add` keeps them, even if there are none to add. */
export type AttachmentsMode = 'add' | 'replace' | 'removeAll';

const MODE = 'Attachments Mode';

const OPTIONS: Record<AttachmentsMode, { name: string; description: string }> = {
	add: { name: 'Add', description: 'Keep the existing files and add the new ones' },
	removeAll: { name: 'Remove All', description: 'Remove all existing files' },
	replace: { name: 'Replace', description: 'Replace the existing files with the new ones' },
};

/** The form field `attachmentsMode`. @param modes the choices */
export const attachmentsModeField = (modes: readonly AttachmentsMode[]): INodeProperties => ({
	displayName: MODE,
	name: 'attachmentsMode',
	type: 'options',
	options: modes.map((value) => ({ value, ...OPTIONS[value] })),
	default: 'add',
	description: 'What to do with the existing attachments (附件) of the background check',
});

/**
 * Reads the form fields `attachments` and `attachmentsMode`.
 *
 * @throws ParameterError, also if they contradict each other
 */
export async function readAttachments(
	form: Form,
	{ attachments = '', attachmentsMode = 'add' }: IDataObject,
	modes: readonly AttachmentsMode[],
): Promise<{ mode: AttachmentsMode; files: UploadFile[] }> {
	const mode = oneOf(MODE, attachmentsMode, modes);
	const files = await readFiles(form, attachments);
	if (files.length > 0 && mode === 'removeAll') {
		throw new ParameterError(
			ATTACHMENTS_LABEL,
			`cannot be added while '${MODE}' is "Remove All"`,
			`Set '${MODE}' to "Add" or "Replace", or remove '${ATTACHMENTS_LABEL}'.`,
		);
	}
	if (files.length === 0 && mode === 'replace') {
		throw new ParameterError(
			ATTACHMENTS_LABEL,
			`is empty, but '${MODE}' is "Replace"`,
			`Enter the names of the binary fields with the files${modes.includes('removeAll') ? `. To remove the existing files, set '${MODE}' to "Remove All"` : `, or set '${MODE}' to "Add"`}.`,
		);
	}
	return { mode, files };
}

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
	add: { name: 'Add', description: 'Adds the files to those it has' },
	removeAll: { name: 'Remove All', description: 'It has no files then' },
	replace: { name: 'Replace', description: 'It has only the new files then' },
};

/** The form field `attachmentsMode`. @param modes the choices */
export const attachmentsModeField = (modes: readonly AttachmentsMode[]): INodeProperties => ({
	displayName: MODE,
	name: 'attachmentsMode',
	type: 'options',
	options: modes.map((value) => ({ value, ...OPTIONS[value] })),
	default: 'add',
	description: 'What happens to the attachments (附件) that the background check has',
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
			`are given, but '${MODE}' is "Remove All"`,
			`Set '${MODE}' to "Add" or "Replace", or remove '${ATTACHMENTS_LABEL}'.`,
		);
	}
	if (files.length === 0 && mode === 'replace') {
		throw new ParameterError(
			ATTACHMENTS_LABEL,
			`are empty, but '${MODE}' is "Replace"`,
			`Enter the fields that hold the files${modes.includes('removeAll') ? `. To remove the files it has, set '${MODE}' to "Remove All"` : `, or set '${MODE}' to "Add"`}.`,
		);
	}
	return { mode, files };
}

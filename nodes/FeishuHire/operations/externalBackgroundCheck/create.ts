import type { INodeProperties } from 'n8n-workflow';
import type { UploadFile } from '../../../shared/hire/api/attachmentUpload';
import type { CheckedId } from '../../../shared/hire/checkedId';
import { CreateOnce } from '../../../shared/hire/write/createOnce';
import { checksOf } from '../../../shared/hire/api/readChecks';
import { assertWritten, isAlike } from '../../../shared/hire/write/sameCheck';
import { simplified } from '../../../shared/hire/simplify';
import type { BackgroundCheck } from '../../../shared/hire/types';
import { createCheck } from '../../../shared/hire/api/writeChecks';
import type { Form } from '../../../shared/form/form';
import type { Operation, Run, Wish } from '../../../shared/run/operation';
import { keepingDoubt, type Memory } from '../../../shared/run/runMemory';
import { applicationField, readApplicationId } from '../applicationId';
import { attachmentsField, readFiles, Uploads, withUploads } from '../files';
import { creationOptions, optionsField, readCreationOptions, type CreationWish } from '../options';
import { DATE, dateField, NAME, nameField, RESULT, resultField } from './fields';

interface CreateWish extends Wish, CreationWish {
	applicationId: CheckedId;
	name: string;
	result: string;
	/** Epoch ms. */
	date: number;
	files: UploadFile[];
}

export const create: Operation<CreateWish> = {
	changes: true,
	atOnce: 30,
	fields: (): INodeProperties[] => [
		applicationField(
			'The external application (外部投递) of the candidate that gets the background check',
		),
		{ ...nameField(), required: true },
		{ ...resultField(), required: true },
		{ ...dateField(), required: true },
		attachmentsField(),
		optionsField(creationOptions('background check')),
	],
	read: async (form: Form): Promise<CreateWish> => ({
		itemIndex: form.itemIndex,
		applicationId: readApplicationId(form),
		name: form.text(NAME, form.get('name')),
		result: form.text(RESULT, form.get('result')),
		date: form.dateTime(DATE, form.get('date')),
		files: await readFiles(form, form.get('attachments')),
		...readCreationOptions(form),
	}),
	start: (run, wishes) => {
		const creations = new Creations(run);
		for (const wish of wishes) creations.remember(wish);
		return async (wish) => simplified(await creations.create(wish), run.timezone);
	},
};

/** What tells checks of a run from each other. */
const contentOf = ({ applicationId, name, result, date, files }: CreateWish): string =>
	JSON.stringify([applicationId, name, result, date, files.length]);

class Creations {
	private readonly once = new CreateOnce<BackgroundCheck>();

	private readonly uploads: Uploads;

	/** The checks of an application, as they were when the first item asked. */
	private readonly before = new Map<CheckedId, Promise<BackgroundCheck[]>>();

	constructor(private readonly run: Run) {
		this.uploads = new Uploads(run.client);
	}

	/** What an earlier try of the node has created is nobody else's. */
	remember(wish: CreateWish): void {
		const { created } = this.run.memory.of(wish).memory;
		if (created) this.once.take(contentOf(wish), created);
	}

	async create(wish: CreateWish): Promise<BackgroundCheck> {
		const { key, memory } = this.run.memory.of(wish);
		const record = await this.once
			.create(contentOf(wish), {
				wasSent: memory.wasSent === true,
				madeOtherwise: memory.madeOtherwise,
				send: async () => await this.send(wish, wish.externalId ?? key, memory),
				alike: async () => this.alike(wish, await this.checksOf(wish)),
				...(wish.skips && { before: async () => this.alike(wish, await this.checksBefore(wish)) }),
			})
			.catch(
				async (error: unknown) =>
					await Promise.reject(withUploads(error, memory.attachmentIds ?? [])),
			);
		memory.created = record;
		return record;
	}

	private async send(wish: CreateWish, externalId: string, memory: Memory) {
		const { applicationId, name, result, date, files, timeoutMs } = wish;
		const attachmentIds = await this.uploads.upload(files, memory, timeoutMs);
		const content = {
			external_application_id: applicationId,
			external_id: externalId,
			name,
			result,
			date,
			...(attachmentIds.length > 0 && { attachment_id_list: [...attachmentIds] }),
		};
		return await keepingDoubt(memory, async () => {
			const record = await createCheck(this.run.client, content, timeoutMs);
			if (record) assertWritten(record, wish, files);
			return record;
		});
	}

	private alike(wish: CreateWish, checks: readonly BackgroundCheck[]): BackgroundCheck[] {
		const meant = { ...wish, files: wish.files.length };
		return checks.filter((check) => isAlike(check, meant));
	}

	private async checksOf({ applicationId, timeoutMs }: CreateWish): Promise<BackgroundCheck[]> {
		return await checksOf(this.run.client, applicationId, timeoutMs);
	}

	private async checksBefore(wish: CreateWish): Promise<BackgroundCheck[]> {
		const checks = this.before.get(wish.applicationId) ?? this.checksOf(wish);
		this.before.set(wish.applicationId, checks);
		return await checks;
	}
}

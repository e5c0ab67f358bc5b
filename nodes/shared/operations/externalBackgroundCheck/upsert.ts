import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../../form/form';
import { ParameterError } from '../../form/parameterError';
import { FeishuError } from '../../feishu/failure';
import { optionsField } from '../../form/requestOptions';
import { checksOf } from '../../hire/api/readChecks';
import { isId, type CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { epochMs, simplified } from '../../hire/simplify';
import type { BackgroundCheck } from '../../hire/types';
import { outcomeOf, unknownOutcome } from '../../hire/write/outcome';
import { Serial } from '../../hire/write/overwrite';
import { dayOf, hasName, isAlike, missingFiles, sameDayIn } from '../../hire/write/sameCheck';
import { listed } from '../../listed';
import type { Operation } from '../../run/operation';
import type { Remembered } from '../../run/runMemory';
import { attachmentsField, Uploads } from '../files';
import { attachmentsModeField, readAttachments, type AttachmentsMode } from './attachmentsMode';
import { CheckChanges } from './change';
import { DATE, dateField, NAME, nameField, readResult, resultField } from './fields';
import { fieldsOf } from './merge';
import { checkCreations, type NewCheck, type PlacedCheck } from './newCheck';
import { Targets } from './target';
import { readTarget, targetFields, targetOptions, type TargetRequest } from './targetForm';

type UpsertRequest = NewCheck & TargetRequest & { mode: AttachmentsMode };

export const upsert: Operation<UpsertRequest> = {
	value: 'upsert',
	name: 'Create or Update',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	action: 'Create or update background check',
	calls: [
		endpoints.listApplications,
		endpoints.queryChecks,
		endpoints.createCheck,
		endpoints.queryChecks,
		endpoints.updateCheck,
	],
	fields: (): INodeProperties[] => [
		...targetFields(),
		{
			...nameField(),
			required: true,
			description:
				'The name (背调名称) of the background check to update, or to create if it does not exist yet',
		},
		{ ...resultField(), required: true },
		{ ...dateField(), required: true },
		attachmentsField(),
		attachmentsModeField(['add', 'replace']),
		optionsField(targetOptions()),
	],
	read: async (form: Form): Promise<UpsertRequest> => ({
		itemIndex: form.itemIndex,
		target: readTarget(form),
		name: form.text(NAME, form.get('name')),
		result: readResult(form, form.get('result')),
		date: form.dateTime(DATE, form.get('date')),
		...(await readAttachments(
			form,
			{
				attachments: form.get('attachments') as string,
				attachmentsMode: form.get('attachmentsMode', 'add') as string,
			},
			['add', 'replace'],
		)),
		skips: false,
	}),
	start: (run, requests) => {
		const { client, memory, timezone } = run;
		const uploads = new Uploads(client);
		const targets = new Targets(run, requests);
		const creations = checkCreations(run, uploads);
		const changes = new CheckChanges(run, uploads);
		/** Per application: an item must see what the previous one recorded. */
		const serial = new Serial<CheckedId>();
		/** The keys of creations that may have been carried out, by application and name. */
		const unknown = memory.shared('unknownCreations', () => new Map<string, string>());

		async function write(
			request: UpsertRequest & PlacedCheck,
			remembered: Remembered,
		): Promise<BackgroundCheck> {
			const { applicationId, name } = request;
			const named = (await checksOf(client, applicationId)).filter((check) => hasName(check, name));
			if (named.length > 1) throw several(named, timezone);
			const [check] = named;
			if (!check) return await create(request, remembered);
			unknown.delete(keyOf(request));
			const changed = await change(check, request, remembered);
			const isOwn = remembered.memory.sentAt !== undefined;
			return isOwn ? changed : { ...changed, already_existed: true };
		}

		async function create(
			request: UpsertRequest & PlacedCheck,
			remembered: Remembered,
		): Promise<BackgroundCheck> {
			const { itemIndex, name, result, date, mode, files } = request;
			const { key, memory: known } = remembered;
			const pending = unknown.get(keyOf(request)) ?? key;
			if (pending !== key) throw unknownOutcome.anothers();
			// Any file that the check has later comes from this item or a later one.
			known.filesBefore = new Set();
			try {
				const check = await creations.create(request, remembered);
				unknown.delete(keyOf(request));
				changes.created(
					check.id ?? '',
					itemIndex,
					fieldsOf({ patch: { name, result, date }, mode, files }),
				);
				return check;
			} catch (error) {
				if (outcomeOf(error) === 'unknown') unknown.set(keyOf(request), key);
				return await Promise.reject(error);
			}
		}

		async function change(
			check: BackgroundCheck,
			request: UpsertRequest & PlacedCheck,
			remembered: Remembered,
		): Promise<BackgroundCheck> {
			const { itemIndex, mode, result, date, files } = request;
			const addsMissingOnly = mode === 'add';
			if (isAlike(check, request, sameDayIn(timezone), addsMissingOnly)) return check;
			if (!isId(check.id)) throw withoutId();
			const isComplete = addsMissingOnly && missingFiles(check, files).length === 0;
			return await changes.make(
				{
					itemIndex,
					id: check.id,
					patch: { result, date },
					mode,
					files: isComplete ? [] : files,
					addsMissingOnly,
				},
				remembered,
				check,
			);
		}

		return async (request) => {
			const remembered = memory.of(request);
			const check = await targets.on(
				request,
				async (applicationId) =>
					await serial.run(
						applicationId,
						async () => await write({ ...request, applicationId }, remembered),
					),
			);
			return simplified(check, timezone);
		};
	},
};

const withoutId = () =>
	new FeishuError({
		message: 'Feishu returned a background check without an ID',
		reaction: 'fail',
		advice: 'Nothing was written. If it keeps happening, tell Feishu support when it ran.',
	});

const keyOf = ({ applicationId, name }: PlacedCheck): string => `${applicationId} ${name}`;

const several = (checks: readonly BackgroundCheck[], timezone: string) =>
	new ParameterError(
		NAME,
		`matches ${checks.length} background checks of the external application`,
		`Nothing was written. Use the operation 'Update' with one of these IDs: ${listed(
			checks.map(({ id = '', date }) =>
				[id, dayOf(epochMs(date), timezone)].filter(Boolean).join(' · '),
			),
		)}.`,
	);

import type { IDataObject } from 'n8n-workflow';
import { FeishuError } from '../feishu/failure';
import { Once } from '../hire/loader';
import { CreateOnce } from '../hire/write/createOnce';
import { canBeOwn } from '../hire/write/idTime';
import type { ItemRequest, Run } from '../run/operation';
import type { Memory, Remembered } from '../run/runMemory';
import type { CreationOptions } from './options';

/** What to create, and how: checks and external applications each have one. */
export interface Kind<Q, R> {
	/** The parent of the record: the application of a check, the talent of an application. */
	parentOf: (request: Q) => string | Promise<string>;
	/** Feishu's name for the parent. */
	parentField: 'external_application_id' | 'talent_id';
	/** What distinguishes records of one parent. Equal for records that are alike (see {@link isAlike}). */
	contentOf: (request: Q) => unknown;
	/** Prepares the record, for example uploads its files. @returns a function that sends it */
	prepare: (request: Q, parent: string, memory: Memory) => Send<R> | Promise<Send<R>>;
	/** Compares a record in Feishu's answer with what was sent. @throws FeishuError */
	assertWritten: (record: R, request: Q) => void;
	/** All records of a parent. */
	recordsOf: (parent: string) => Promise<R[]>;
	/** Whether a record means the same as the request, so that creating another would duplicate it. */
	isAlike: (record: R, request: Q) => boolean;
	/** Whether a record has exactly the content of the request. */
	isAsSent: (record: R, request: Q) => boolean;
}

/** Sends a record under this `external_id`. @param onSent called each time it is sent */
type Send<R> = (externalId: string, onSent: () => void) => Promise<R | undefined>;

/** Creates a record for each item of a run, each exactly once, even if n8n tries the node again. */
export class Creations<Q extends ItemRequest & CreationOptions, R extends IDataObject> {
	private readonly once = new CreateOnce<R & { id?: string }>();

	/** The records of a parent, as read for the first item. */
	private readonly before = new Once<string, R[]>();

	/** What all tries of the node have created. */
	private readonly created: Array<[content: string, record: R]>;

	constructor(
		private readonly run: Run,
		private readonly kind: Kind<Q, R>,
	) {
		this.created = run.memory.shared('created', () => []);
		for (const [content, record] of this.created) this.once.take(content, record);
	}

	/**
	 * @param remembered notes that the record was sent
	 * @returns the record; with `already_existed` if it existed, so that none was created
	 * @throws ParameterError; FeishuError; StoppedError
	 */
	async create(
		request: Q,
		{ key, memory }: Remembered = this.run.memory.of(request),
	): Promise<R & { already_existed?: true }> {
		const { kind } = this;
		const { clock } = this.run.client;
		const parent = await kind.parentOf(request);
		const content = JSON.stringify([parent, kind.contentOf(request)]);
		const alike = (records: readonly R[]) =>
			records.filter((record) => kind.isAlike(record, request));
		const onSent = () => {
			memory.sentAt ??= performance.now();
		};
		const record = await this.once.create(content, {
			wasSent: memory.unknown !== undefined,
			canBeOwn: (found) =>
				kind.isAsSent(found, request) &&
				canBeOwn(found.id ?? '', clock.at(memory.sentAt ?? NaN), clock.at(performance.now())),
			send: async () => {
				const send = await kind.prepare(request, parent, memory);
				const sent = await send(request.externalId ?? key, onSent);
				if (sent) this.assertOwn(sent, parent, request);
				return sent;
			},
			alike: async () => alike(await kind.recordsOf(parent)),
			...(request.skips && {
				before: async () =>
					alike(await this.before.get(parent, async () => await kind.recordsOf(parent))),
			}),
		});
		this.created.push([content, record]);
		return memory.sentAt === undefined ? { ...record, already_existed: true } : record;
	}

	/** For an External ID that was used before, Feishu may return the record that was created then. */
	private assertOwn(record: R, parent: string, request: Q): void {
		const { parentField, assertWritten } = this.kind;
		if (record[parentField] && record[parentField] !== parent) {
			throw new FeishuError({
				message: `The External ID is already in use: Feishu returned the record ${String(record.id)}, which belongs to another ${parentField === 'talent_id' ? 'candidate' : 'external application'}`,
				reaction: 'fail',
				advice: 'Nothing was created. Use another External ID, or remove the option.',
			});
		}
		assertWritten(record, request);
	}
}

import type { IDataObject } from 'n8n-workflow';
import { Once } from '../../shared/hire/loader';
import { CreateOnce } from '../../shared/hire/write/createOnce';
import type { ItemRequest, Run } from '../../shared/run/operation';
import { keepingOutcome, type Memory } from '../../shared/run/runMemory';
import type { CreationOptions } from './options';

/** What is created, and how: one for checks and one for external applications. */
export interface Kind<Q, R> {
	/** What the record belongs to: the application of a check, the talent of an application. */
	parentOf: (request: Q) => Promise<string>;
	/** What tells records of one parent from each other. */
	contentOf: (request: Q) => unknown;
	/** Prepares it, such as by uploading its files. @returns sends it under an `external_id` */
	prepare: (
		request: Q,
		parent: string,
		memory: Memory,
	) => Promise<(externalId: string) => Promise<R | undefined>>;
	/** All records of a parent. */
	recordsOf: (parent: string) => Promise<R[]>;
	/** Whether a record has the content of the request. */
	isAlike: (record: R, request: Q) => boolean;
}

/** Creates a record for each item of a run, each exactly once, also when n8n tries the node again. */
export class Creations<Q extends ItemRequest & CreationOptions, R extends IDataObject> {
	private readonly once = new CreateOnce<R & { id?: string }>();

	/** The records of a parent, as they were when the first item asked. */
	private readonly before = new Once<string, R[]>();

	constructor(
		private readonly run: Run,
		requests: readonly Q[],
		private readonly kind: Kind<Q, R>,
	) {
		// What an earlier try of the node has created is nobody else's.
		for (const request of requests) {
			const { created } = run.memory.of(request).memory;
			if (created) this.once.take(this.key(created.parent, request), created.record as R);
		}
	}

	/** @throws ParameterError; FeishuError; StoppedError */
	async create(request: Q): Promise<R> {
		const { kind } = this;
		const { key, memory } = this.run.memory.of(request);
		const parent = await kind.parentOf(request);
		const alike = (records: readonly R[]) =>
			records.filter((record) => kind.isAlike(record, request));
		const record = await this.once.create(this.key(parent, request), {
			wasSent: memory.wasSent === true,
			madeOtherwise: memory.madeOtherwise,
			send: async () => {
				const send = await kind.prepare(request, parent, memory);
				return await keepingOutcome(memory, async () => await send(request.externalId ?? key));
			},
			alike: async () => alike(await kind.recordsOf(parent)),
			...(request.skips && {
				before: async () =>
					alike(await this.before.get(parent, async () => await kind.recordsOf(parent))),
			}),
		});
		memory.created = { record, parent };
		return record;
	}

	private key(parent: string, request: Q): string {
		return JSON.stringify([parent, this.kind.contentOf(request)]);
	}
}

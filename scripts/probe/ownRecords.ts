import { randomBytes } from 'node:crypto';
import type { Endpoint } from '../../nodes/shared/feishu/http';
import { endpoints } from '../../nodes/shared/hire/endpoints';
import { type Answer, type Client, Refused, type Row, rowOf, rowsIn } from './client';
import { ID_LIST, itemsOf, once, some, textOf } from './found';
import { LacksScope, NotSeen } from './notSeen';

export const CHECK = 'external_background_check';
const APPLICATION = 'external_application';

/** A record that the probe made. */
interface Made {
	id: string;
	/** As Feishu returned it. */
	row: Row;
	/** When it was made, by Feishu's clock, in epoch seconds. */
	at: number;
}

/** Records that the probe makes for one candidate, and removes again. */
export class OwnRecords {
	/** The name of all of them, which finds them again if the answer to a creation is lost. */
	readonly mark = `probe-${randomBytes(4).toString('hex')}`;
	/** The IDs of everything that was made, even if removed since. Nothing else is ever removed. */
	private readonly made = new Set<string>();
	private readonly left = { checks: new Set<string>(), applications: new Set<string>() };
	/** How many creations may have made a record that we do not know. */
	private unknown = 0;

	/** @param talent the ID of the candidate to make them for */
	constructor(
		private readonly client: Client,
		private readonly talent: string,
	) {}

	/** The application that most questions are asked with. */
	readonly application = once(async () => await this.newApplication());

	async newApplication(): Promise<Made> {
		const body = { talent_id: this.talent, job_title: this.mark };
		const answer = await this.create(endpoints.createApplication, body, 'applications');
		return madeIn(answer, APPLICATION);
	}

	/** Makes a check for an application of ours. */
	async newCheck(application: string, fields: Row = {}): Promise<Made> {
		return madeIn(await this.createCheck(application, fields), CHECK);
	}

	/** The same, but returns any answer. */
	async createCheck(application: string, fields: Row): Promise<Answer> {
		const body = { external_application_id: application, name: this.mark, ...fields };
		return await this.create(endpoints.createCheck, body, 'checks');
	}

	async updateCheck({ id, row }: Made, fields: Row): Promise<Answer> {
		const { external_application_id } = row;
		const body = { external_application_id, name: this.mark, ...fields };
		return await this.client.call(endpoints.updateCheck, { id, body });
	}

	async deleteCheck(id: string): Promise<Answer> {
		return await this.remove(endpoints.deleteCheck, this.left.checks, id);
	}

	async deleteApplication(id: string): Promise<Answer> {
		return await this.remove(endpoints.deleteApplication, this.left.applications, id);
	}

	/** A check with a file, which stays after the check is removed. */
	readonly checkWithFile = once(async () => {
		const body = new FormData();
		body.set('content', new Blob([this.mark], { type: 'text/plain' }), `${this.mark}.txt`);
		const uploaded = await this.client.call(endpoints.uploadAttachment, { body, once: true });
		const upload = idOf(uploaded.data);
		const fields = { attachment_id_list: [upload] };
		const check = await this.newCheck((await this.application()).id, fields);
		return { check, upload, file: some(rowsIn(check.row.attachment_list))[0] };
	});

	/** Whether Feishu still has a check of ours. @throws NotSeen if it does not say */
	async isListed(check: string): Promise<boolean> {
		const body = { [ID_LIST]: [check] };
		return listIn(await this.client.call(endpoints.queryChecks, { body })).length > 0;
	}

	/**
	 * Removes everything, including records that a lost answer hides.
	 * @returns the IDs of what still exists, and the common name if some IDs are unknown
	 */
	async removeAll(): Promise<string[]> {
		const { checks, applications } = this.left;
		const isKnown = this.unknown === 0 || (await this.lookUp().catch(() => false));
		for (const id of checks) {
			await this.deleteCheck(id).catch(ignore);
			if (!checks.has(id)) continue;
			// If the answer to a deletion was lost, its repeat finds nothing to delete.
			if (!(await this.isListed(id).catch(() => true))) checks.delete(id);
		}
		for (const id of applications) {
			await this.deleteApplication(id).catch(ignore);
			if (!applications.has(id)) continue;
			const there = await this.marked().catch(() => [id]);
			if (!there.includes(id)) applications.delete(id);
		}
		return [...checks, ...applications, ...(isKnown ? [] : [this.mark])];
	}

	/** Finds our records by their name. @returns whether all were found */
	private async lookUp(): Promise<boolean> {
		for (const id of await this.marked()) this.add('applications', id);
		let isAll = true;
		for (const application of this.left.applications) {
			const query = { external_application_id: application, page_size: 20 };
			const answer = await this.client.call(endpoints.queryChecks, { query, body: {} });
			const ours = listIn(answer).filter(({ name }) => name === this.mark);
			for (const row of ours) this.add('checks', idOf(row));
			// An application of ours never has so many checks: Feishu must be listing those of others
			// too.
			if (answer.data.has_more === true) isAll = false;
		}
		return isAll;
	}

	/** The IDs of the candidate's applications with our name. */
	private async marked(): Promise<string[]> {
		const ids: string[] = [];
		let page: string | undefined;
		do {
			const query = { talent_id: this.talent, page_size: 20, ...(page && { page_token: page }) };
			const answer = await this.client.call(endpoints.listApplications, { query });
			const ours = listIn(answer).filter(({ job_title }) => job_title === this.mark);
			ids.push(...ours.map(({ id }) => textOf(id)));
			page = answer.data.has_more === true ? textOf(answer.data.page_token) : undefined;
		} while (page);
		return ids;
	}

	/** A record with our name is ours, and no other is. */
	private async create(endpoint: Endpoint, body: Row, kind: 'checks' | 'applications') {
		this.unknown++;
		const answer = await this.client
			.call(endpoint, { body, once: true })
			.catch((error: unknown) => {
				if (isBeforeWork(error)) this.unknown--;
				throw error;
			});
		const row = rowOf(answer.data[kind === 'checks' ? CHECK : APPLICATION]);
		const isOurs = [row.name, row.job_title].includes(this.mark);
		if (isOurs) this.add(kind, idOf(row));
		if (isOurs || answer.code !== 0) this.unknown--;
		return answer;
	}

	private add(kind: 'checks' | 'applications', id: string): void {
		this.made.add(id);
		this.left[kind].add(id);
	}

	/** @throws NotSeen for a record that the probe did not make, whatever Feishu listed */
	private async remove(endpoint: Endpoint, left: Set<string>, id: string): Promise<Answer> {
		if (!this.made.has(id)) throw new NotSeen('unexpected');
		const answer = await this.client.call(endpoint, { id });
		if (answer.code === 0) left.delete(id);
		return answer;
	}
}

/** The items of a list; empty if Feishu says that there are none. @throws NotSeen for other codes */
function listIn(answer: Answer): Row[] {
	if (answer.code === 0) return itemsOf(answer);
	if (answer.code === 1002002) return [];
	throw new NotSeen('unexpected');
}

/** Whether a creation ended before Feishu could create anything. */
function isBeforeWork(error: unknown): boolean {
	if (error instanceof Refused || error instanceof LacksScope) return true;
	return error instanceof NotSeen && error.reason === 'usedUp';
}

function madeIn({ data, sentAt: at }: Answer, field: string): Made {
	const row = rowOf(data[field]);
	return { id: idOf(row), row, at };
}

/** @throws NotSeen if a record has no ID: it was not made */
function idOf({ id }: Row): string {
	if (typeof id === 'string' && id !== '') return id;
	throw new NotSeen('unexpected');
}

const ignore = () => {};

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import axios from 'axios';
import { people } from '../../../sandbox';
import { rootFolder } from './package';
import { exampleWorkflows, locator, manualTrigger, queryNode, workflowOf } from './workflows';
import type { WorkflowJson } from './workflows';
import type { World } from './world';

export const vendorReportExample = 'put-a-vendor-report-on-the-candidate.json';
export const recordingNode = 'Record the background check';

const fileName = '背景调查报告.pdf';
const webhookName = 'Report by webhook';
const candidate = people.shortName;

/** A report's default values. */
const usual = { email: candidate.emails[0], result: '未通过' };

/** The header with which the provider authenticates. */
const header = { name: 'X-Provider-Key', value: 'key-of-the-provider' };

/** Makes reports with different bytes, of all values. */
export const someReport = (): Buffer =>
	Buffer.concat([
		readFileSync(path.join(rootFolder, 'sandbox', 'files', 'report.pdf')),
		randomBytes(300_000),
	]);

/** The example that takes a provider's report, with both ends: the provider, and a reader of the record. */
export class VendorReport {
	private readonly known: Set<string>;

	private constructor(
		private readonly world: World,
		readonly workflow: { id: string; versionId: string },
		private readonly address: string,
	) {
		this.known = new Set(world.sandbox.checks.all().map(({ id }) => id));
	}

	/** Imports the example at an address of its own, without its e-mail path. */
	static async import(world: World): Promise<VendorReport> {
		const { rest, executions } = world;
		const credential = await rest.createCredential('Key of the provider', 'httpHeaderAuth', header);
		const address = `report-${randomBytes(4).toString('hex')}`;
		const workflow = byWebhookOnly(address);
		const webhook = workflow.nodes.find(({ name }) => name === webhookName);
		assert.ok(webhook);
		webhook.credentials = { httpHeaderAuth: credential };
		return new VendorReport(world, await executions.create(workflow), address);
	}

	/**
	 * Sends a report as a provider does.
	 * @param at a published workflow, or one that the editor has waiting for a call
	 * @returns the ID of the recorded check; undefined until n8n has registered the webhook
	 */
	async send(
		pdf: Buffer,
		said: Partial<typeof usual> = {},
		at: 'webhook' | 'webhook-test' = 'webhook',
	): Promise<string | undefined> {
		const { status, data } = await this.answer(pdf, said, at);
		if (status === 404) return undefined;
		assert.equal(status, 200, JSON.stringify(data));
		return data.id;
	}

	/** Like `send`. @returns the webhook's answer, whatever it is */
	async answer(
		pdf: Buffer,
		said: Partial<typeof usual> = {},
		at: 'webhook' | 'webhook-test' = 'webhook',
	): Promise<{ status: number; data: { id?: string; error?: string } }> {
		const form = new FormData();
		const fields = { name: candidate.name, date: '2026-03-04', ...usual, ...said };
		for (const [name, value] of Object.entries(fields)) form.append(name, value);
		form.append('report', new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }), fileName);
		const url = `${this.world.n8n.url}/${at}/${this.address}`;
		return await axios.post(url, form, {
			headers: { [header.name]: header.value },
			proxy: false,
			validateStatus: () => true,
		});
	}

	/** The IDs of the checks recorded since. */
	get written(): string[] {
		const all = this.world.sandbox.checks.all().map(({ id }) => id);
		return all.filter((id) => !this.known.has(id));
	}

	/** Removes what was recorded. */
	clear(): void {
		for (const id of this.written) this.world.sandbox.checks.remove(id);
	}

	/** Reads the candidate's checks with the query node. @returns the files of one of them */
	async readBack(checkId: string): Promise<Buffer[]> {
		const { executions, sandbox, rest } = this.world;
		const [application] = sandbox.applications.inGroup(candidate.id);
		const query = queryNode({
			operation: 'getByCandidate',
			candidate: locator('value', candidate.emails[0]),
			returnAll: true,
			downloadAttachments: true,
		});
		const execution = await executions.run(workflowOf('Read back', manualTrigger(), query));
		assert.equal(execution.status, 'success', execution.error?.message);
		const item = execution.items('Query').find(({ json }) => json.id === checkId);
		assert.equal(item?.json.external_application_id, application?.id);
		assert.equal(item?.json.result, usual.result);
		// "Notify on failed" reads the name like this to find the candidate.
		assert.equal(item?.json.name, `${candidate.name}-入职前背景调查`);
		const files: Buffer[] = [];
		for (const file of Object.values(item?.binary ?? {})) {
			// n8n numbers a second file with the same name.
			assert.equal(file.fileName?.replace(' (2).', '.'), fileName);
			files.push(await rest.file(`/binary-data?id=${file.id}&action=download`));
		}
		return files;
	}
}

function byWebhookOnly(address: string): WorkflowJson {
	const found = exampleWorkflows().find(({ file }) => file === vendorReportExample);
	assert.ok(found);
	const workflow = structuredClone(found.workflow);
	for (const node of workflow.nodes) {
		if (node.type.endsWith('.emailReadImap')) node.disabled = true;
		if (node.name === webhookName) Object.assign(node.parameters, { path: address });
	}
	return workflow;
}

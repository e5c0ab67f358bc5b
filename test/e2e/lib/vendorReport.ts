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

/** What a report says, where a test does not say otherwise. */
const usual = { email: candidate.emails[0], result: '未通过' };

/** What the provider proves itself with. */
const header = { name: 'X-Provider-Key', value: 'key-of-the-provider' };

/** Every report has bytes of its own, of all values. */
export const someReport = (): Buffer =>
	Buffer.concat([
		readFileSync(path.join(rootFolder, 'sandbox', 'files', 'report.pdf')),
		randomBytes(300_000),
	]);

/** The example that takes a provider's report, and both its ends: the provider, and who reads it back. */
export class VendorReport {
	private readonly known: Set<string>;

	private constructor(
		private readonly world: World,
		readonly workflow: { id: string; versionId: string },
		private readonly address: string,
	) {
		this.known = new Set(world.sandbox.checks.all().map(({ id }) => id));
	}

	/** Imports the example, without its way by e-mail and at an address of its own. */
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
	 * @param at a published workflow, or one that the editor lets wait for a call
	 * @returns the ID of the check that was recorded; undefined until n8n has put the webhook up
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

	/** As `send`. @returns what the webhook answers, whatever it is */
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

	/** IDs of the checks that were recorded since. */
	get written(): string[] {
		const all = this.world.sandbox.checks.all().map(({ id }) => id);
		return all.filter((id) => !this.known.has(id));
	}

	/** Takes what was recorded away again. */
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
		// As "notify on failed" reads it, to find the candidate.
		assert.equal(item?.json.name, `${candidate.name}-入职前背景调查`);
		const files: Buffer[] = [];
		for (const file of Object.values(item?.binary ?? {})) {
			// n8n numbers a second file of one name.
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
	workflow.nodes = workflow.nodes.filter(({ name }) => !/e-mail/.test(name));
	for (const name of Object.keys(workflow.connections)) {
		if (/e-mail/.test(name)) delete workflow.connections[name];
	}
	for (const node of workflow.nodes) {
		if (node.name === webhookName) Object.assign(node.parameters, { path: address });
	}
	return workflow;
}

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import axios from 'axios';
import { people } from '../../../sandbox';
import type { Check } from '../lib/checks';
import { rootFolder } from '../lib/package';
import { waitFor } from '../lib/waitFor';
import { exampleWorkflows, locator, manualTrigger, queryNode, workflowOf } from '../lib/workflows';
import type { WorkflowJson } from '../lib/workflows';
import type { World } from '../lib/world';

export const vendorReportExample = 'put-a-vendor-report-on-the-candidate.json';
const fileName = '背景调查报告.pdf';
const webhookName = 'Report by webhook';

/** What the provider proves itself with. */
const header = { name: 'X-Provider-Key', value: 'key-of-the-provider' };

/** A provider's report by webhook, onto the candidate and back. */
export function vendorReportChecks(world: World): Check[] {
	const { sandbox, executions, rest, n8n } = world;
	const email = people.twoNumbers.emails[0];
	const [application] = sandbox.applications.inGroup(people.twoNumbers.id);

	/** The example at work, without its way by e-mail; what it has written is removed afterwards. */
	async function atWork(work: (send: Send) => Promise<string | void>): Promise<string | void> {
		const credential = await rest.call<{ id: string; name: string }>('POST', '/credentials', {
			name: 'Key of the provider',
			type: 'httpHeaderAuth',
			data: header,
		});
		const address = `report-${randomBytes(4).toString('hex')}`;
		const workflow = byWebhookOnly(address);
		const webhook = workflow.nodes.find(({ name }) => name === webhookName);
		assert.ok(webhook);
		webhook.credentials = { httpHeaderAuth: credential };
		const created = await executions.create(workflow);
		const known = new Set(sandbox.checks.all().map(({ id }) => id));
		await executions.activate(created);
		try {
			return await work(async (pdf, reportNumber) => {
				const form = new FormData();
				const fields = { email, result: '未通过', date: '2026-03-04', reportNumber };
				for (const [name, value] of Object.entries(fields)) form.append(name, value);
				form.append('report', new Blob([pdf], { type: 'application/pdf' }), fileName);
				const { data } = await axios.post<{ id: string }>(`${n8n.url}/webhook/${address}`, form, {
					headers: { [header.name]: header.value },
					proxy: false,
				});
				return data.id;
			});
		} finally {
			await executions.deactivate(created.id);
			for (const { id } of written(known)) sandbox.checks.remove(id);
		}
	}

	const written = (known: Set<string>) => sandbox.checks.all().filter(({ id }) => !known.has(id));

	/** What the query node gives for the candidate: the files of a check. */
	async function filesOf(checkId: string): Promise<Buffer[]> {
		const query = queryNode({
			operation: 'getByCandidate',
			candidate: locator('email', email),
			returnAll: true,
			downloadAttachments: true,
		});
		const execution = await executions.run(workflowOf('Read back', manualTrigger(), query));
		assert.equal(execution.status, 'success', execution.error?.message);
		const item = execution.items('Query').find(({ json }) => json.id === checkId);
		assert.equal(item?.json.external_application_id, application?.id);
		assert.equal(item?.json.result, '未通过');
		const files: Buffer[] = [];
		for (const file of Object.values(item?.binary ?? {})) {
			assert.equal(file.fileName, fileName);
			files.push(await rest.file(`/binary-data?id=${file.id}&action=download`));
		}
		return files;
	}

	return [
		{
			name: 'a PDF that a webhook brings is put on the candidate, once, and comes back byte for byte',
			limit: 120,
			run: async () =>
				await atWork(async (send) => {
					const known = new Set(sandbox.checks.all().map(({ id }) => id));
					const pdf = someReport();
					const id = await waitFor('the webhook', async () => await send(pdf, '4711').catch(no404));
					assert.equal(await send(pdf, '4711'), id, 'sent again, it is another check');
					assert.deepEqual(
						written(known).map((check) => check.id),
						[id],
					);
					const [file, ...others] = await filesOf(id);
					assert.equal(others.length, 0);
					assert.ok(file?.equals(pdf), `${file?.length} bytes came back, ${pdf.length} were sent`);
				}),
		},
		{
			name: 'n8n is killed while it writes: the provider sends the report again, and there is one check',
			limit: 240,
			run: async () =>
				await atWork(async (send) => {
					const known = new Set(sandbox.checks.all().map(({ id }) => id));
					const pdf = someReport();
					sandbox.fault({ api: 'create_check', nth: 1, do: { kind: 'delay', ms: 60_000 } });
					const creations = () => sandbox.requests('create_check').length;
					let lost = false;
					await waitFor('n8n to write', async () => {
						if (creations() > 0) return true;
						void send(pdf, '4712')
							.catch(no404)
							.catch(() => (lost = true));
						return await waitFor('n8n to write', () => creations() > 0, 3000).catch(() => false);
					});
					await world.killAndStart();
					await waitFor('the provider to notice', () => lost);
					const id = await waitFor('the webhook', async () => await send(pdf, '4712').catch(no404));
					assert.deepEqual(
						written(known).map((check) => check.id),
						[id],
					);
					const [file] = await filesOf(id);
					assert.ok(file?.equals(pdf));
					return `requests to create it: ${creations()}`;
				}),
		},
	];
}

/** @returns the ID of the check that was recorded */
type Send = (pdf: Buffer, reportNumber: string) => Promise<string>;

/** Until n8n has put the webhook up it answers 404. */
function no404(error: unknown): undefined {
	if (axios.isAxiosError(error) && error.response?.status === 404) return undefined;
	throw error;
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

/** Every report has bytes of its own, of all values. */
const someReport = (): Buffer =>
	Buffer.concat([
		readFileSync(path.join(rootFolder, 'sandbox', 'files', 'report.pdf')),
		randomBytes(300_000),
	]);

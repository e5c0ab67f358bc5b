import assert from 'node:assert/strict';
import type { Check } from '../lib/checks';
import { someReport, VendorReport } from '../lib/vendorReport';
import { waitFor } from '../lib/waitFor';
import type { World } from '../lib/world';

/** A provider's report by webhook, onto the candidate and back. */
export function vendorReportChecks(world: World): Check[] {
	const { sandbox, executions } = world;

	/** The example at work; what it has written is removed afterwards. */
	async function atWork(
		work: (report: VendorReport) => Promise<string | void>,
	): Promise<string | void> {
		const report = await VendorReport.import(world);
		await executions.activate(report.workflow);
		try {
			return await work(report);
		} finally {
			await executions.deactivate(report.workflow.id);
			report.clear();
		}
	}

	return [
		{
			name: 'a PDF that a webhook brings is put on the candidate, once, and comes back byte for byte',
			limit: 120,
			run: async () =>
				await atWork(async (report) => {
					const pdf = someReport();
					const id = await waitFor('the webhook', async () => await report.send(pdf, '4711'));
					assert.equal(await report.send(pdf, '4711'), id, 'sent again, it is another check');
					assert.deepEqual(report.written, [id]);
					const [file, ...others] = await report.readBack(id);
					assert.equal(others.length, 0);
					assert.ok(file?.equals(pdf), `${file?.length} bytes came back, ${pdf.length} were sent`);
				}),
		},
		{
			name: 'n8n is killed while it writes: the provider sends the report again, and there is one check',
			limit: 240,
			run: async () =>
				await atWork(async (report) => {
					const pdf = someReport();
					sandbox.fault({ api: 'create_check', nth: 1, do: { kind: 'delay', ms: 60_000 } });
					const creations = () => sandbox.requests('create_check').length;
					let lost = false;
					await waitFor('n8n to write', async () => {
						if (creations() > 0) return true;
						void report.send(pdf, '4712').catch(() => (lost = true));
						return await waitFor('n8n to write', () => creations() > 0, 3000).catch(() => false);
					});
					await world.killAndStart();
					await waitFor('the provider to notice', () => lost);
					const id = await waitFor('the webhook', async () => await report.send(pdf, '4712'));
					assert.deepEqual(report.written, [id]);
					const [file] = await report.readBack(id);
					assert.ok(file?.equals(pdf));
					return `requests to create it: ${creations()}`;
				}),
		},
	];
}

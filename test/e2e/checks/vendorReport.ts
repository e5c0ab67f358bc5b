import assert from 'node:assert/strict';
import { test } from '../lib/test';
import { someReport, VendorReport } from '../lib/vendorReport';
import { waitFor } from '../lib/waitFor';
import type { World } from '../lib/world';

/** The example at work; what it has written is removed afterwards. */
async function atWork(world: World, work: (report: VendorReport) => Promise<void>): Promise<void> {
	const { executions } = world;
	const report = await VendorReport.import(world);
	await executions.activate(report.workflow);
	try {
		await work(report);
	} finally {
		await executions.deactivate(report.workflow.id);
		report.clear();
	}
}

/** A provider's report by webhook, onto the candidate and back. */
export function vendorReportTests(): void {
	test('a PDF that a webhook brings is put on the candidate, once, and comes back byte for byte', async ({
		world,
	}) => {
		test.setTimeout(120_000);
		await atWork(world, async (report) => {
			const pdf = someReport();
			const id = await waitFor('the webhook', async () => await report.send(pdf, '4711'));
			assert.equal(await report.send(pdf, '4711'), id, 'sent again, it is another check');
			assert.deepEqual(report.written, [id]);
			const [file, ...others] = await report.readBack(id);
			assert.equal(others.length, 0);
			assert.ok(file?.equals(pdf), `${file?.length} bytes came back, ${pdf.length} were sent`);
		});
	});

	test('n8n is killed while it writes: the provider sends the report again, and there is one check', async ({
		world,
	}) => {
		test.setTimeout(240_000);
		const { sandbox } = world;
		await atWork(world, async (report) => {
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
			console.log(`  requests to create it: ${creations()}`);
		});
	});
}

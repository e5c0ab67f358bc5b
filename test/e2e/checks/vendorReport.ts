import assert from 'node:assert/strict';
import { ownTest, test } from '../lib/test';
import { someReport, VendorReport } from '../lib/vendorReport';
import { waitFor } from '../lib/waitFor';
import type { World } from '../lib/world';

/** Runs the example, and removes what it wrote. */
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

/** A provider's report arrives by webhook and is recorded on the candidate. */
export function vendorReportTests(): void {
	test('a PDF that a webhook brings is put on the candidate, once, and comes back byte for byte', async ({
		world,
	}) => {
		test.setTimeout(120_000);
		await atWork(world, async (report) => {
			const pdf = someReport();
			const id = await waitFor('the webhook', async () => await report.send(pdf));
			assert.equal(await report.send(pdf), id, 'sent again, it is another check');
			assert.deepEqual(report.written, [id]);
			const [file, ...others] = await report.readBack(id);
			assert.equal(others.length, 0);
			assert.ok(file?.equals(pdf), `${file?.length} bytes came back, ${pdf.length} were sent`);
		});
	});

	test('the interim report is recorded, the final one updates it, and a report that cannot be recorded is answered with the reason', async ({
		world,
	}) => {
		test.setTimeout(120_000);
		await atWork(world, async (report) => {
			const interim = someReport();
			// Files with the same name and size would count as the same file.
			const final = Buffer.concat([someReport(), Buffer.from('final')]);
			const id = await waitFor(
				'the webhook',
				async () => await report.send(interim, { result: '进行中' }),
			);
			assert.equal(await report.send(final), id);
			assert.deepEqual(report.written, [id]);
			const files = await report.readBack(id);
			assert.deepEqual(
				files.map((file) => [interim, final].findIndex((sent) => sent.equals(file))),
				[0, 1],
			);
			const { status, data } = await report.answer(final, { email: 'nobody@example.com' });
			assert.equal(status, 422);
			assert.match(data.error ?? '', /Candidate.*matches no candidate/);
			assert.deepEqual(report.written, [id]);
			// Users must see it too, not only the provider.
			await waitFor('an execution that failed', async () => {
				const [newest] = await world.executions.list(report.workflow.id);
				return newest?.status === 'error';
			});
		});
	});
}

/** The same if n8n is killed. */
export function vendorReportKillTests(): void {
	ownTest(
		'n8n is killed while it writes: the provider sends the report again, and there is one check',
		async ({ world }) => {
			ownTest.setTimeout(240_000);
			const { sandbox } = world;
			await atWork(world, async (report) => {
				const pdf = someReport();
				sandbox.fault({ api: 'create_check', nth: 1, do: { kind: 'delay', ms: 60_000 } });
				const creations = () => sandbox.requests('create_check').length;
				let lost = false;
				await waitFor('n8n to write', async () => {
					if (creations() > 0) return true;
					void report.send(pdf).catch(() => (lost = true));
					return await waitFor('n8n to write', () => creations() > 0, 3000).catch(() => false);
				});
				await world.killAndStart();
				await waitFor('the provider to notice', () => lost);
				const id = await waitFor('the webhook', async () => await report.send(pdf));
				assert.deepEqual(report.written, [id]);
				const [file] = await report.readBack(id);
				assert.ok(file?.equals(pdf));
				console.log(`  requests to create it: ${creations()}`);
			});
		},
	);
}

import assert from 'node:assert/strict';
import { wideSize } from '../lib/editor';
import { test } from '../lib/test';
import { recordingNode, someReport, VendorReport } from '../lib/vendorReport';
import { waitFor } from '../lib/waitFor';

/** The example with a provider's report, tried out in the browser. */
export function vendorReportEditorTests(): void {
	test('a report that comes while the workflow is tried in the editor is on the candidate, byte for byte', async ({
		world,
		editor,
	}) => {
		test.setTimeout(120_000);
		const report = await VendorReport.import(world);
		try {
			await editor.openWorkflow(report.workflow.id);
			await editor.executeWorkflow();
			const pdf = someReport();
			const id = await waitFor(
				'the editor to wait for a report',
				async () => await report.send(pdf, {}, 'webhook-test'),
			);
			await editor.succeeded(recordingNode);
			await editor.openNodeOnCanvas(recordingNode);
			const [header = [], row] = await editor.table();
			assert.equal(row?.[header.indexOf('id')], id);
			await editor.picture('vendor-report-recorded', wideSize);
			assert.deepEqual(report.written, [id]);
			const [file] = await report.readBack(id);
			assert.ok(file?.equals(pdf));
		} finally {
			report.clear();
		}
	});
}

import { createHash } from 'node:crypto';
import { fileContent } from '../../../sandbox';
import { runScript } from '../../harness/script';
import type { MemoryReport } from './memoryRun';
import { filesOf, useAttachmentTenant } from './tenant';

const openTenant = useAttachmentTenant();

const script = 'test/engine/attachments/memoryRun.ts';
const size = 60 * 1024 * 1024;

test('ten files of 60 MB on disk cost the process less than 100 MB at its peak', async () => {
	const { addCheck, sandbox } = await openTenant();
	const { url, app } = sandbox;
	const checks = [
		addCheck([{ name: '小.pdf', size: 700 }]),
		...[5, 5].map((count, n) =>
			addCheck(Array.from({ length: count }, (_, file) => ({ name: `${n}-${file}.mp4`, size }))),
		),
	];
	// The sandbox runs in this process, the node under test in its own.
	const { stdout } = await runScript(script, [url, app.appId, app.appSecret]);
	const { beforeMb, peakMb, seconds, hashes, warnings } = JSON.parse(stdout) as MemoryReport;
	console.info(
		`10 × 60 MB in ${seconds.toFixed(1)} s: ${beforeMb.toFixed(0)} MB before, ${peakMb.toFixed(0)} MB at the peak`,
	);
	expect(peakMb - beforeMb).toBeLessThan(100);
	expect(hashes).toEqual(await Promise.all(checks.flatMap(filesOf).map(hashOf)));
	expect(hashes).toHaveLength(11);
	expect(warnings).toEqual([]);
}, 120_000);

async function hashOf(file: Parameters<typeof fileContent>[0]): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of fileContent(file).open()) hash.update(chunk as Buffer);
	return hash.digest('hex');
}

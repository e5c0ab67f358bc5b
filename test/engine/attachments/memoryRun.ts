/**
 * Downloads the files of all checks of a sandbox into n8n's file system, in a process of its own,
 * and prints the memory use as JSON. Arguments: base URL, App ID, App Secret.
 */
import { createHash } from 'node:crypto';
import { setInterval } from 'node:timers';
import { CredentialStore, readBinary, runNode } from '../../harness';
import { CREDENTIAL, credentialFor, NODE } from '../../harness/tenant';

/** The output of `memoryRun.ts`. */
export interface MemoryReport {
	/** Resident memory of the process, in MB: before the downloads, and its peak during them. */
	beforeMb: number;
	peakMb: number;
	seconds: number;
	/** The SHA-256 of each stored file. */
	hashes: string[];
	/** Node's warnings, such as too many listeners. */
	warnings: string[];
}

const MB = 1024 * 1024;
const [url = '', appId = '', appSecret = ''] = process.argv.slice(2);

async function main(): Promise<MemoryReport> {
	const warnings: string[] = [];
	process.on('warning', ({ message }) => warnings.push(message));
	const credentials = new CredentialStore();
	credentials.add(CREDENTIAL, credentialFor(url, { appId, appSecret }));
	const run = async (limit: number) =>
		await runNode({
			credentials,
			type: NODE,
			binaryMode: 'filesystem',
			parameters: {
				operation: 'getMany',
				limit,
				downloadAttachments: true,
				attachmentOptions: { maxAttachmentSizeMb: 100 },
			},
		});

	// The first check has one small file. After it, all code is loaded.
	await run(1);
	const beforeMb = process.memoryUsage.rss() / MB;
	let peakMb = beforeMb;
	const watch = setInterval(() => {
		peakMb = Math.max(peakMb, process.memoryUsage.rss() / MB);
	}, 5);
	const startedAt = performance.now();
	const result = await run(50);
	const seconds = (performance.now() - startedAt) / 1000;
	clearInterval(watch);

	if (result.error) throw result.error;
	const hashes: string[] = [];
	for (const binary of result.output().flatMap((item) => Object.values(item.binary ?? {}))) {
		hashes.push(
			createHash('sha256')
				.update(await readBinary(binary))
				.digest('hex'),
		);
	}
	return { beforeMb, peakMb, seconds, hashes, warnings };
}

void main().then((report) => {
	console.log(JSON.stringify(report));
	// n8n 1.x cannot end a sleep early, so the timeouts of files that have arrived are still running.
	process.exit();
});

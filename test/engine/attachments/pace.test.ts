import { setTimeout as sleep } from 'node:timers/promises';
import { gather } from '../../harness/gather';
import { useFileHost } from './fileHost';
import { useAttachmentTenant } from './tenant';

const openTenant = useAttachmentTenant();
const startHost = useFileHost();

const files = (count: number) =>
	Array.from({ length: count }, (_, n) => ({ name: `${n}.pdf`, size: 700 }));

test('20 addresses a second, whatever the pace of the query', async () => {
	const { addCheck, download, asked, queries } = await openTenant({
		requestsPerSecond: 10,
		attachmentRequestsPerSecond: null,
	});
	addCheck(files(45));
	const result = await download({ requestsPerSecond: 1 });
	expect(result.status).toBe('success');
	expect(asked()).toHaveLength(45);
	expect(asked().every(({ code }) => code === 0)).toBe(true);
	// On average: on a busy machine, requests that were sent apart arrive together.
	const ms = asked().at(-1)!.at - asked()[0]!.at;
	expect(ms / 44).toBeGreaterThan(1000 / 20);
	// At the rate of the query they would take 45 s. Files have a budget of their own.
	expect(asked().at(-1)!.at - queries()[0]!.at).toBeLessThan(45_000 / 3);
});

test('files overlap, at most five at a time', async () => {
	const { addCheck, download, sandbox } = await openTenant({ requestsPerSecond: null });
	for (let n = 0; n < 4; n++) addCheck(files(4));
	const most = gather(sandbox, 'file', 6, 300);
	expect((await download()).status).toBe('success');
	expect(most()).toBe(5);
});

describe.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'Stop (on error: %s)',
	(onError) => {
		test.each(['default', 'filesystem', 'database'] as const)(
			'during a download (%s) ends the run immediately, and nothing more is sent',
			async (binaryMode) => {
				const { addCheck, download, sandbox, asked } = await openTenant();
				const host = await startHost((response) => {
					const drip = setInterval(() => response.write('x'), 20);
					response.on('close', () => clearInterval(drip));
				});
				addCheck(files(30));
				sandbox.fault({ api: 'file', always: true, do: { kind: 'redirect', to: `${host.url}/a` } });
				const pressWhenUnderWay = (cancel: () => void) => {
					if (host.open.size < 5) return void setTimeout(pressWhenUnderWay, 20, cancel);
					cancel();
				};
				const result = await download(
					{},
					{
						binaryMode,
						nodeSettings: { onError },
						onStart: ({ cancel }) => pressWhenUnderWay(cancel),
					},
				);
				expect(result.status).toBe('canceled');
				expect(asked()).toHaveLength(5);
				await sleep(400);
				expect([asked().length, host.open.size]).toEqual([5, 0]);
			},
		);
	},
);

import { setTimeout as sleep } from 'node:timers/promises';
import { itemOf } from '../../harness/itemOf';
import { named, newChecks, saidBy, useWriteTenant } from './tenant';

const open = useWriteTenant();

/** The names of the items that a report lists. */
function namesTold(text: string, what: string, names: readonly string[]): string[] {
	const ranges = new RegExp(`${what}: items? ([^.]*)\\.`).exec(text)?.[1]?.split(', ') ?? [];
	return ranges.flatMap((range) => {
		const [first = 0, last = first] = range.split('–').map(Number);
		return names.slice(first - 1, last);
	});
}

test.each([
	['', {}],
	[', also in an earlier try', { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 }],
])(
	'an error after many writes names every item that was written%s',
	async (_when, nodeSettings) => {
		const tenant = await open();
		tenant.sandbox.fault({
			api: 'create_check',
			match: { body: '"name":"check 59"' },
			do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
		});
		const names = Array.from({ length: 100 }, (_, index) => `check ${index + 1}`);
		const { error } = await tenant.createChecks(named(...names), {}, { nodeSettings });
		const text = saidBy(error);
		const written = newChecks(tenant).map(({ name }) => name);
		expect(written.length).toBeGreaterThan(40);
		expect(namesTold(text, 'Carried out before the error', names)).toEqual(
			names.filter((name) => written.includes(name)),
		);
		expect(text).not.toContain(' more');
		expect(text.length).toBeLessThan(1000);
	},
);

test('a check that was made otherwise is named, too, when the error is that of another item', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"otherwise"' },
		do: async (_request, answer) => {
			await sleep(300);
			return { ...answer, body: (answer.body as string).replace('已通过', '存疑') };
		},
	});
	tenant.sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"bad"' },
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const { error } = await tenant.createChecks(named('otherwise', 'bad'));
	expect(newChecks(tenant)).toHaveLength(1);
	expect(itemOf(error)).toBe(1);
	expect(saidBy(error)).toContain('Carried out, but with differences: item 1.');
});

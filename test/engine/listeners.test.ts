import { setTimeout as pause } from 'node:timers/promises';
import { useTenant } from '../harness/tenant';
import { APPLICATION, OLD_CHECK, useWriteTenant } from './write/tenant';

const openTenant = useTenant();
const openWriteTenant = useWriteTenant();

/** More than the ten listeners that Node accepts without a warning. */
const AT_ONCE = 30;

const numbers = Array.from({ length: AT_ONCE }, (_, index) => index);

/** Node's own process: Jest gives a test file a copy, which receives no warnings. */
const nodeProcess = globalThis.createNativeRequire?.(__filename)('node:process') as typeof process;

/** What Node warns about in n8n's log during the work. */
async function warningsOf(work: () => Promise<unknown>): Promise<string[]> {
	const warnings: string[] = [];
	const note = ({ message }: Error) => warnings.push(message);
	nodeProcess.on('warning', note);
	try {
		await work();
		// Node reports a warning in the next tick.
		await pause(1);
	} finally {
		nodeProcess.off('warning', note);
	}
	return warnings;
}

test('Node does warn of eleven listeners on one signal', async () => {
	const { signal } = new AbortController();
	const warnings = await warningsOf(async () => {
		numbers.slice(0, 11).forEach(() => signal.addEventListener('abort', () => {}));
		await pause(1);
	});
	expect(warnings).toEqual([expect.stringMatching(/11 abort listeners/)]);
});

test('however many candidates are looked up at once, Node warns of nothing', async () => {
	const talents = numbers.map((number) => ({ id: `90${number}`, name: `周${number}号` }));
	const tenant = await openTenant({ talents, externalApplications: [], latencyMs: 700 });
	const warnings = await warningsOf(async () => {
		const result = await tenant.query(
			{
				operation: 'getByCandidate',
				candidate: { __rl: true, mode: 'value', value: '={{ $json.name }}' },
			},
			{ items: talents.map(({ name }) => ({ json: { name } })) },
		);
		expect(result.error?.message).toBeUndefined();
	});
	expect(tenant.sandbox.requests('talents')).toHaveLength(AT_ONCE);
	expect(warnings).toEqual([]);
});

test('however many applications are read at once, Node warns of nothing', async () => {
	const tenant = await openTenant({ latencyMs: 500 });
	const warnings = await warningsOf(async () => {
		const result = await tenant.query(
			{ operation: 'getByApplication', externalApplicationId: '={{ $json.id }}' },
			{ items: numbers.map((number) => ({ json: { id: `8${number}` } })) },
		);
		expect(result.error?.message).toBeUndefined();
	});
	expect(tenant.queries()).toHaveLength(AT_ONCE);
	expect(warnings).toEqual([]);
});

test('however many checks are written at once, Node warns of nothing', async () => {
	const tenant = await openWriteTenant({ latencyMs: 200 });
	const warnings = await warningsOf(async () => {
		const items = numbers.map((number) => ({ json: { name: `周${number}号` } }));
		const result = await tenant.createChecks(items);
		expect(result.error?.message).toBeUndefined();
	});
	const held = tenant.sandbox.checks.byApplication(APPLICATION);
	expect(held.filter(({ id }) => id !== OLD_CHECK.id)).toHaveLength(AT_ONCE);
	expect(warnings).toEqual([]);
});

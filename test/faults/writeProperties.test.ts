import fc from 'fast-check';
import type { Api, FaultKind } from '../../sandbox';
import type { OpenQuestions } from '../../sandbox/openQuestions';
import { APPLICATION, CONTINUE, file, useWriteTenant, OLD_CHECK } from '../engine/write/tenant';
import { setLimits } from './support/limits';
import { expectCreatedOnce, outcomesOf } from './support/writes';

const open = useWriteTenant();

beforeAll(() => setLimits({ backoffMs: 1, maxBackoffMs: 2, maxResetMs: 2, rejections: 3 }));

const RUNS = 500;
const LANES = 4;

/** FAST_CHECK_SEED repeats the cases of a run. A failure is not shrunk: its timing would be another one. */
const seed = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 2 ** 31);

interface Strike {
	api: Api;
	kind: FaultKind;
	when: 'before' | 'after';
	probability: number;
	seed: number;
}

interface Scenario {
	/** Few different names, so that many items are alike. */
	items: Array<{ name: string; hasFile: boolean; isBad: boolean }>;
	strikes: Strike[];
	repeatedExternalId: OpenQuestions['repeatedExternalId'];
	uploadedAttachmentId: OpenQuestions['uploadedAttachmentId'];
	continues: boolean;
	retries: boolean;
	skips: boolean;
	/** Whether the tenant has such checks from before. */
	hasOld: boolean;
}

const scenarios = fc.record<Scenario>({
	items: fc.array(
		fc.record({
			name: fc.constantFrom('a', 'a', 'b', 'c'),
			hasFile: fc.boolean(),
			isBad: fc.nat(30).map((n) => n === 0),
		}),
		{ minLength: 1, maxLength: 6 },
	),
	strikes: fc.array(
		fc.record<Strike>({
			api: fc.constantFrom<Api>('create_check', 'create_check', 'upload', 'batch_query'),
			kind: fc.constantFrom<FaultKind>(
				{ kind: 'reset' },
				{ kind: 'html', status: 502 },
				{ kind: 'answer', status: 500, code: 1002001 },
				{ kind: 'answer', status: 400, code: 1002002 },
				{ kind: 'rate_limit', reset: 0 },
				{ kind: 'expire' },
				{ kind: 'truncated' },
			),
			when: fc.constantFrom('before', 'after'),
			probability: fc.constantFrom(0.1, 0.4, 0.9),
			seed: fc.nat(),
		}),
		{ maxLength: 3 },
	),
	repeatedExternalId: fc.constantFrom('record', 'empty', 'error'),
	uploadedAttachmentId: fc.constantFrom('new', 'same'),
	continues: fc.boolean(),
	retries: fc.boolean(),
	skips: fc.nat(3).map((n) => n === 0),
	hasOld: fc.nat(3).map((n) => n === 0),
});

/** A refusal after the commit is no answer that Feishu gives: then nobody could tell. */
const isPossible = ({ kind, when }: Strike) =>
	!(kind.kind === 'answer' && kind.code === 1002002 && when === 'after');

async function run(scenario: Scenario): Promise<'success' | 'error'> {
	const { repeatedExternalId, uploadedAttachmentId } = scenario;
	const old = ['a', 'b'].map((name, n) => ({
		...OLD_CHECK,
		id: `73188402166539591${n}0`,
		name,
		result: '已通过',
		date: Date.parse('2025-03-10T00:00:00+08:00'),
		attachment_list: [],
	}));
	const checks = scenario.hasOld ? old : [];
	const tenant = await open({ checks, open: { repeatedExternalId, uploadedAttachmentId } });
	for (const { api, kind, when, probability, seed: faultSeed } of scenario.strikes.filter(
		isPossible,
	)) {
		tenant.sandbox.fault({ api, probability, seed: faultSeed, do: { ...kind, when } });
	}
	const items = scenario.items.map(({ name, hasFile, isBad }) => ({
		json: { name: isBad ? '' : name },
		...(hasFile && { binary: { f_1: file('报告.pdf', 'report') } }),
	}));
	const hasFiles = scenario.items.every(({ hasFile }) => hasFile);
	const result = await tenant.createChecks(
		items,
		{
			...(hasFiles && { attachments: 'f_*' }),
			options: { ifIdenticalExists: scenario.skips ? 'skip' : 'create' },
		},
		{
			nodeSettings: {
				...(scenario.continues && CONTINUE.nodeSettings),
				...(scenario.retries && { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 }),
			},
		},
	);
	const known = new Set(checks.map(({ id }) => id));
	const stored = tenant.sandbox.checks.byApplication(APPLICATION);
	const found = stored.filter(({ id }) => !known.has(id));
	if (result.error) {
		const { description } = result.error;
		const doubts = /May have been carried out: items? ([\d, –]+)\./.exec(description ?? '')?.[1];
		const open = (doubts?.split(', ') ?? []).reduce((count, range) => {
			const [first = 0, last = first] = range.split('–').map(Number);
			return count + last - first + 1;
		}, 0);
		const told = found.filter(({ id }) => description?.includes(id)).length;
		// With Retry On Fail the last try tells what it knows; it knows of all that the tries before did.
		expect(found.length - told).toBeLessThanOrEqual(open);
		return 'error';
	}
	const outcomes = outcomesOf(result, items.length);
	const claimed = outcomes.flatMap(({ json }) => (json ? [json.id as string] : []));
	expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(claimed));
	for (const [index, { json }] of outcomes.entries()) {
		if (json) expect(json.name).toBe(items[index]?.json.name);
	}
	if (!scenario.skips) {
		const old = claimed.filter((id) => known.has(id));
		expect(new Set(claimed).size).toBe(claimed.length);
		// Whatever a doubtful item is given was created once: by it, or alike and before the run.
		expectCreatedOnce(
			outcomes.map((outcome) =>
				known.has(outcome.json?.id as string) ? { isOpen: true } : outcome,
			),
			found,
		);
		if (!scenario.hasOld) expect(old).toHaveLength(0);
	} else {
		const open = outcomes.filter(({ isOpen }) => isOpen).length;
		expect(found.length - new Set(claimed).size).toBeLessThanOrEqual(open);
	}
	return outcomes.every(({ json }) => json) ? 'success' : 'error';
}

test(`any items, faults and switches: each record exactly once, or an error that says so (seed ${seed})`, async () => {
	const outcomes = { success: 0, error: 0 };
	const property = fc.asyncProperty(scenarios, async (scenario) => {
		outcomes[await run(scenario)] += 1;
	});
	await Promise.all(
		Array.from({ length: LANES }, async (_, lane) => {
			await fc.assert(property, { seed: seed + lane, numRuns: RUNS / LANES, endOnFailure: true });
		}),
	);
	expect(outcomes.success + outcomes.error).toBeGreaterThanOrEqual(RUNS);
	// Both ways out have been taken often enough to mean something.
	expect(outcomes.success).toBeGreaterThan(RUNS / 10);
	expect(outcomes.error).toBeGreaterThan(RUNS / 20);
}, 300_000);

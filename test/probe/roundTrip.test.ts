import fc from 'fast-check';
import { type OpenQuestions, startSandbox } from '../../sandbox';
import { readings } from '../../sandbox/openQuestions';
import { probeSandbox } from './ask';

// A run sends some seventy requests, and the combinations are fifty runs.
jest.setTimeout(240_000);

type Key = keyof OpenQuestions;

const keys = Object.keys(readings) as Key[];
const first = Object.fromEntries(keys.map((key) => [key, readings[key][0]])) as OpenQuestions;

/** What the probe must find out about a sandbox: its readings, except those that no client can see. */
function visible(open: OpenQuestions): Record<Key, unknown> {
	const isExact = open.emailCase === 'exact';
	return {
		...open,
		rateLimitStatus: 'not seen: cannot be asked',
		orderUpdateTime: 'not seen: cannot be asked',
		maxAttachments: 'not seen: cannot be asked',
		orderPaging: 'not seen: the page token does not show it',
		readonlyListsApplications: 'not seen: the scopes of the app hide it',
		...(isExact && { contactRows: 'not seen: another answer hides it' }),
		...(isExact &&
			open.emailEcho !== 'lowerCase' && { emailEcho: 'not seen: another answer hides it' }),
	};
}

/** What the probe finds out about a sandbox with these readings, which it must leave as it was. */
async function readBack(open: OpenQuestions) {
	const sandbox = await startSandbox({ requestsPerSecond: null, open });
	const records = () => [...sandbox.checks.all(), ...sandbox.applications.all()];
	const before = structuredClone(records());
	const { answers, left, error } = await probeSandbox(sandbox);
	await sandbox.close();
	expect({ left, error, records: records() }).toEqual({ left: [], records: before });
	return Object.fromEntries(keys.map((key) => [key, answers[key]]));
}

/** Every reading except the first ones, which one run covers together. */
const single = keys.flatMap((key) =>
	readings[key].slice(1).map((reading) => [key, reading] as const),
);

test('the first reading of each question is read back', async () => {
	expect(await readBack(first)).toEqual(visible(first));
});

test.each(single)('%s %s is read back', async (key, reading) => {
	const open = { ...first, [key]: reading };
	expect(await readBack(open)).toEqual(visible(open));
});

test('fifty combinations of readings are read back', async () => {
	const any = Object.fromEntries(
		keys.map((key) => [key, fc.constantFrom<unknown>(...readings[key])]),
	);
	const combination = fc.record(any) as unknown as fc.Arbitrary<OpenQuestions>;
	await fc.assert(
		fc.asyncProperty(combination, async (open) => {
			expect(await readBack(open)).toEqual(visible(open));
		}),
		{ numRuns: 50, seed: 26, endOnFailure: true },
	);
});

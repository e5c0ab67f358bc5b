import type { Check } from '../../../sandbox';
import {
	APPLICATION,
	by,
	DAY_MS,
	file,
	named,
	newApplications,
	newChecks,
	OLD_CHECK,
	OWN,
	TALENT,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

/** If Identical Exists: an existing record is not created again, unless the user wants that. */

const open = useWriteTenant();

const HOUR = 3_600_000;

/** A passed check "a", on the day of all tests, at four in the afternoon in Shanghai. */
const THERE: Check = {
	...OLD_CHECK,
	name: 'a',
	result: '已通过',
	date: DAY_MS + 16 * HOUR,
	attachment_list: [],
};

const sent = ({ sandbox }: WriteTenant) =>
	(['batch_query', 'create_check'] as const).map((api) => sandbox.requests(api).length);

test('executed twice, it creates one record, and reads once each time', async () => {
	const tenant = await open();
	const first = await tenant.createChecks(named('a'));
	const second = await tenant.createChecks(named('a'));
	const [made, ...others] = newChecks(tenant);
	expect(others).toEqual([]);
	expect([first, second].map((each) => each.output()[0]?.json)).toMatchObject([
		{ id: made?.id },
		{ id: made?.id, already_existed: true },
	]);
	expect(first.output()[0]?.json).not.toHaveProperty('already_existed');
	expect(sent(tenant)).toEqual([2, 1]);
});

test('for many items on one application, existing records are read once', async () => {
	const tenant = await open();
	await tenant.createChecks(named('a', 'b', 'c', 'a'));
	expect(sent(tenant)).toEqual([1, 3]);
});

test('with Create it creates two, and reads nothing', async () => {
	const tenant = await open();
	await tenant.createChecks(named('a'), OWN);
	const second = await tenant.createChecks(named('a'), OWN);
	expect(second.output()[0]?.json).not.toHaveProperty('already_existed');
	expect(newChecks(tenant)).toHaveLength(2);
	expect(sent(tenant)).toEqual([0, 2]);
});

test.each([
	['at another hour', {}, 1],
	['with spaces around its texts', { name: ' a', result: '已通过 ' }, 1],
	['at the end of the day', { date: DAY_MS + 24 * HOUR - 1 }, 1],
	['on the next day', { date: DAY_MS + 24 * HOUR }, 2],
	['on the day before', { date: DAY_MS - 1 }, 2],
	['without a date', { date: null }, 2],
	['of another name', { name: 'b' }, 2],
	['of another result', { result: '未通过' }, 2],
	['with a file', { attachment_list: [{ id: '7318840001265439001', name: 'a', size: 1 }] }, 2],
])('one %s in the zone of the workflow', async (_what, change, count) => {
	const tenant = await open({ checks: [{ ...THERE, ...change }] });
	const result = await tenant.createChecks(named('a'));
	expect(tenant.sandbox.checks.size).toBe(count);
	expect(result.output()[0]?.json.already_existed).toBe(count === 1 ? true : undefined);
});

test('the day is that of the zone of the workflow', async () => {
	// In New York this is the day before.
	const tenant = await open({ checks: [{ ...THERE, date: DAY_MS }] });
	const inNewYork = { workflowSettings: { timezone: 'America/New_York' } };
	await tenant.createChecks(named('a'), {}, inNewYork);
	expect(newChecks(tenant)).toHaveLength(1);
});

test('two items of one run with the same day but different hours make one record', async () => {
	const tenant = await open();
	const items = ['2025-03-10', '2025-03-10T15:00:00', '2025-03-11'].map((date) => ({
		json: { name: 'a', date },
	}));
	const result = await tenant.createChecks(items);
	const [first, second, other] = result.output().map(({ json }) => json);
	expect([second?.id === first?.id, other?.id === first?.id]).toEqual([true, false]);
	expect(second?.already_existed).toBe(true);
	expect(newChecks(tenant)).toHaveLength(2);
});

test('with Create, a lost answer: one of the same day at another hour is not taken for its own', async () => {
	const tenant = await open({ open: { repeatedExternalId: 'error' } });
	const items = ['2025-03-10', '2025-03-10T15:00:00'].map((date) => ({
		json: { name: 'a', date },
	}));
	tenant.sandbox.fault({ api: 'create_check', always: true, do: { kind: 'reset', when: 'after' } });
	const result = await tenant.createChecks(items, OWN);
	const dates = result.output().map(({ json }) => json.date);
	expect(dates).toEqual(['2025-03-10T00:00:00.000+08:00', '2025-03-10T15:00:00.000+08:00']);
	expect(newChecks(tenant)).toHaveLength(2);
});

test.each<[string, Array<[string, string]>, number]>([
	[
		'the same files in another order',
		[
			['b.pdf', 'bb'],
			['a.pdf', 'a'],
		],
		1,
	],
	[
		'different name',
		[
			['a.pdf', 'a'],
			['c.pdf', 'bb'],
		],
		2,
	],
	[
		'another size',
		[
			['a.pdf', 'a'],
			['b.pdf', 'bbb'],
		],
		2,
	],
	['one of them', [['a.pdf', 'a']], 2],
	[
		'other bytes of the same size',
		[
			['a.pdf', 'x'],
			['b.pdf', 'xy'],
		],
		1,
	],
])('files are compared by name and size: %s', async (_what, files, count) => {
	const tenant = await open();
	const record = async (each: ReadonlyArray<readonly [string, string]>) => {
		const binary = Object.fromEntries(each.map(([name, text], n) => [`f_${n}`, file(name, text)]));
		await tenant.createChecks([{ json: { name: 'a' }, binary }], { attachments: 'f_*' });
	};
	await record([
		['a.pdf', 'a'],
		['b.pdf', 'bb'],
	]);
	await record(files);
	expect(newChecks(tenant)).toHaveLength(count);
	expect(tenant.sandbox.requests('upload')).toHaveLength(2 + (count - 1) * files.length);
});

test('an external application, too: the existing one comes out', async () => {
	const tenant = await open();
	const create = async () =>
		await tenant.write('externalApplication', 'create', {
			candidate: by('value', TALENT.emails[0]!),
			additionalFields: { jobTitle: 'Engineer', stage: 'Offer' },
		});
	const result = await create();
	expect(result.output()[0]?.json).toMatchObject({ id: APPLICATION, already_existed: true });
	expect(newApplications(tenant)).toEqual([]);
	expect(tenant.sandbox.requests('create_application')).toHaveLength(0);
});

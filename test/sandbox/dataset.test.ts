import { seededChecks, startSandbox } from '../../sandbox';
import type { Check } from '../../sandbox';

const checks = seededChecks();

function some(holds: (check: Check) => boolean): boolean {
	return checks.some(holds);
}

test('the data set is the same every time, and another one with another seed', () => {
	expect(seededChecks()).toEqual(checks);
	expect(seededChecks(360, 36, 2)).not.toEqual(checks);
});

test('360 checks with unique IDs in 36 applications', () => {
	expect(new Set(checks.map((check) => check.id)).size).toBe(360);
	expect(new Set(checks.map((check) => check.external_application_id)).size).toBe(36);
	expect(seededChecks(3)).toHaveLength(3);
});

test('IDs are 19 digits, and some are equal as JS numbers', () => {
	expect(checks.every((check) => /^\d{19}$/.test(check.id))).toBe(true);
	expect(new Set(checks.map((check) => Number(check.id))).size).toBeLessThan(360);
});

test('it holds every result, Chinese names, and each field missing, null or odd', () => {
	for (const result of ['已通过', '未通过', '进行中', '']) {
		expect(some((check) => check.result === result)).toBe(true);
	}
	expect(some((check) => /^[一-龥]+-[一-龥]+$/.test(check.name ?? ''))).toBe(true);
	for (const field of ['date', 'name', 'result', 'attachment_list']) {
		expect(some((check) => !(field in check))).toBe(true);
	}
	expect(some((check) => check.attachment_list === null)).toBe(true);
	expect(some((check) => check.attachment_list?.length === 0)).toBe(true);
	expect(some((check) => (check.attachment_list?.length ?? 0) > 1)).toBe(true);
	expect(some((check) => typeof check.date === 'string' && /^\d{13}$/.test(check.date))).toBe(true);
});

test('each check with a name is named after its candidate', async () => {
	const sandbox = await startSandbox();
	const { talents, applications } = sandbox;
	const strangers = sandbox.checks.all().filter(({ name, external_application_id: id }) => {
		const owner = applications.byId(id)?.talent_id ?? '';
		return name && !name.startsWith(talents.byId(owner)?.name ?? '?');
	});
	expect(strangers).toEqual([]);
	await sandbox.close();
});

test('the store can be added to, changed and emptied while it is served', async () => {
	const sandbox = await startSandbox({ checks: seededChecks(10) });
	const { checks: store } = sandbox;
	store.add({ id: '1', external_application_id: '2', name: 'a' });
	expect(() => store.add({ id: '1', external_application_id: '2' })).toThrow('exists already');
	store.update('1', { external_application_id: '3', name: undefined });
	expect(store.byId('1')).toEqual({ id: '1', external_application_id: '3' });
	expect(store.byApplication('2')).toEqual([]);
	expect(store.byApplication('3')).toHaveLength(1);
	expect(store.remove('1')).toBe(true);
	expect(store.remove('1')).toBe(false);
	expect(store.size).toBe(10);
	await sandbox.close();
});

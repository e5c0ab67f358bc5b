import { readCandidate } from '../../nodes/shared/form/candidate';
import { candidateLocator, externalApplicationLocator } from '../../nodes/shared/form/locators';

test.each([
	['email', ' zhang@example.com '],
	['email', 'ｚ＠example.com'],
	['phone', ' +86 (138) 1234-1234'],
	['phone', '１３８１２３４１２３４'],
	['name', '张三'],
	['id', ' 6930815272790114324 '],
	['id', 'https://example.feishu.cn/hire/talent/6930815272790114324?application_id=1'],
])('mode %s reads %j', (mode, value) => {
	expect(() => readCandidate({ __rl: true, mode, value })).not.toThrow();
});

test('no mode has a rule: n8n gives a regular expression 250 ms, and ends the run of a busy machine', () => {
	for (const locator of [candidateLocator(), externalApplicationLocator()]) {
		expect(locator.modes?.map(({ validation }) => validation)).toEqual(
			locator.modes?.map(() => undefined),
		);
	}
});

test('each way of finding a candidate says which scopes it needs; the ID needs no look-up', () => {
	const { modes = [] } = candidateLocator();
	const scopes = modes.map(({ name, hint }) => [name, hint?.match(/hire:\w+(?::\w+)?/g)]);
	const all = ['hire:talent:readonly', 'hire:talent', 'hire:external_application'];
	expect(Object.fromEntries(scopes)).toEqual({
		list: all,
		email: all,
		phone: all,
		name: all,
		id: ['hire:external_application'],
	});
});

test('a definition is a fresh one each time, because n8n changes what it loads', () => {
	const { modes: first = [] } = candidateLocator();
	const { modes: second = [] } = candidateLocator();
	expect(first).toEqual(second);
	expect(first[0]).not.toBe(second[0]);
	expect(externalApplicationLocator().modes?.[0]).not.toBe(externalApplicationLocator().modes?.[0]);
});

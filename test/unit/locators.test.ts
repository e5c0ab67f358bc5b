import type { INodeProperties } from 'n8n-workflow';
import { readCandidate } from '../../nodes/shared/form/candidate';
import { candidateLocator, externalApplicationLocator } from '../../nodes/shared/form/locators';

const show = { show: { operation: ['getByCandidate'] } };

/** Whether n8n's editor lets a value pass; it tests the pattern between `^` and `$`, without a group. */
function passes({ modes = [] }: INodeProperties, mode: string, value: string): boolean {
	const rules = modes.find(({ name }) => name === mode)?.validation ?? [];
	return rules.every(
		(rule) =>
			!('properties' in rule) ||
			new RegExp(`^${String((rule.properties as { regex: string }).regex)}$`).test(value),
	);
}

test.each([
	['email', ' zhang@example.com '],
	['email', 'ｚ＠example.com'],
	['phone', ' +86 (138) 1234-1234'],
	['phone', '１３８１２３４１２３４'],
	['name', '张三'],
	['id', ' 6930815272790114324 '],
	['id', 'https://example.feishu.cn/hire/talent/6930815272790114324?application_id=1'],
])('what mode %s can read passes the editor: %j', (mode, value) => {
	expect(passes(candidateLocator(show), mode, value)).toBe(true);
	expect(() => readCandidate({ __rl: true, mode, value })).not.toThrow();
});

test.each(['list', 'email', 'phone', 'name', 'id'])(
	'an empty value of mode %s passes: n8n has a message of its own for it',
	(mode) => {
		expect(passes(candidateLocator(show), mode, '')).toBe(true);
		expect(passes(externalApplicationLocator(show), mode, '')).toBe(true);
	},
);

test.each([
	['email', '13812341234'],
	['email', 'a@b c'],
	['phone', 'zhang@example.com'],
	['id', '张三'],
	['id', 'zhang@example.com'],
])('the editor refuses in mode %s: %j', (mode, value) => {
	expect(passes(candidateLocator(show), mode, value)).toBe(false);
});

test('the editor refuses a name as ID of an application', () => {
	expect(passes(externalApplicationLocator(show), 'id', '张三')).toBe(false);
});

test('a definition is a fresh one each time, because n8n changes what it loads', () => {
	const { modes: first = [] } = candidateLocator(show);
	const { modes: second = [] } = candidateLocator(show);
	expect(first).toEqual(second);
	expect(first[0]).not.toBe(second[0]);
	expect(externalApplicationLocator(show).modes?.[0]).not.toBe(
		externalApplicationLocator(show).modes?.[0],
	);
});

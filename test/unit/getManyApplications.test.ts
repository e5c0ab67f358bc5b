import { getMany } from '../../nodes/shared/operations/externalApplication/getMany';
import { formOf } from './formOf';
import { refusal } from './refusal';

const read = (parameters: Record<string, unknown>) =>
	getMany.read(
		formOf({
			candidate: { __rl: true, mode: 'value', value: '7420000000000009001' },
			...parameters,
		}),
	);

test.each<[string, Record<string, unknown>, number]>([
	['what is not stored', {}, 50],
	['a limit', { limit: 7 }, 7],
	['all', { returnAll: true, limit: 7 }, Infinity],
	['not all', { returnAll: false, limit: 1 }, 1],
])('the most applications: %s', (_what, parameters, limit) => {
	expect(read(parameters)).toMatchObject({ limit });
});

test('the applications are simplified unless the form says otherwise', () => {
	expect(read({})).toMatchObject({ simple: true });
	expect(read({ simple: false })).toMatchObject({ simple: false });
});

test.each<[string, Record<string, unknown>, RegExp]>([
	['Simplify as text', { simple: 'false' }, /^'Simplify' is text, not true or false/],
	['a limit of none', { limit: 0 }, /^'Limit' is 0, not a whole number of at least 1/],
	['neither yes nor no', { returnAll: 'x' }, /^'Return All' /],
])('%s is refused', (_what, parameters, told) => {
	expect(refusal(() => read(parameters))).toMatch(told);
});

import { candidateLocator, externalApplicationLocator } from '../../nodes/shared/form/locators';

test('the editor puts a dragged value, and what a model gives, into the first mode that is not a list', () => {
	// n8n-editor-ui, ResourceLocator.vue: `id` if there is one, otherwise this one.
	expect(candidateLocator().modes?.map(({ name }) => name)).toEqual(['list', 'value']);
});

test('no mode has a validation rule: n8n gives a regular expression 250 ms, and fails the run on a busy machine', () => {
	for (const locator of [candidateLocator(), externalApplicationLocator()]) {
		expect(locator.modes?.map(({ validation }) => validation)).toEqual(
			locator.modes?.map(() => undefined),
		);
	}
});

test('each way of finding a candidate says which scopes it needs', () => {
	const { modes = [] } = candidateLocator();
	const scopes = modes.map(({ name, hint }) => [name, hint?.match(/hire:\w+(?::\w+)?/g)]);
	const all = ['hire:talent:readonly', 'hire:talent', 'hire:external_application'];
	expect(Object.fromEntries(scopes)).toEqual({ list: all, value: all });
});

test('a definition is a fresh one each time, because n8n changes what it loads', () => {
	const { modes: first = [] } = candidateLocator();
	const { modes: second = [] } = candidateLocator();
	expect(first).toEqual(second);
	expect(first[0]).not.toBe(second[0]);
	expect(externalApplicationLocator().modes?.[0]).not.toBe(externalApplicationLocator().modes?.[0]);
});

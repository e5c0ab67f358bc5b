import { Hints } from '../../nodes/shared/run/hints';

const none = (items: string) => `${items} found nothing.`;
const cut = (items: string) => `The limit left out some of ${items}.`;

test('hints count input items, in singular or plural', () => {
	const hints = new Hints(3);
	hints.count(cut);
	hints.count(none);
	hints.count(none);
	expect(hints.all()).toEqual([
		'The limit left out some of 1 input item.',
		'2 input items found nothing.',
	]);
});

test('a run of one item may have no input at all, such as one that a trigger starts: nothing is counted', () => {
	const hints = new Hints(1);
	hints.count(cut);
	hints.count(none);
	expect(hints.all()).toEqual(['The limit left out some of this run.', 'This run found nothing.']);
});

test('other hints are collected at the end, and come last', () => {
	const hints = new Hints(2);
	const later: string[] = [];
	hints.add(() => later);
	hints.count(none);
	later.push('a', 'b');
	expect(hints.all()).toEqual(['1 input item found nothing.', 'a', 'b']);
});

test('with nothing to report there is no hint', () => {
	expect(new Hints(1).all()).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'reliability.md'), 'utf8');

/** The rows of the first table below a text: name, SDK, HTTP Request node, this node. */
function rowsBelow(start: string): string[][] {
	const table = /(?:^\|.*\n)+/m.exec(page.slice(page.indexOf(start)))?.[0] ?? '';
	return table
		.split('\n')
		.slice(2, -1)
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
}

/** The outcome in a cell. */
const outcomeOf = (cell = '') =>
	/\*\*40 of 200, "success"\*\*|\*\*no end\*\*|200 of 200|error/.exec(cell)?.[0] ?? cell;

/** The faults that each row of the summary covers, in order. */
const GROUPS = [
	/^expired token|^token code|^HTTP 401/,
	/^rate limit|^others use the same budget/,
	/^HTTP (?:408|5\d\d)|^code \d+$/,
	/^an HTML page|^an empty body|^truncated JSON|^the text null/,
	/^a body that is cut off/,
	/^connection reset/,
	/^no answer/,
	/^a body that drips/,
	/^JSON without a code/,
];

test('the summary counts each fault of the measured table once, with its outcome', () => {
	const faults = rowsBelow('### One answer goes wrong').filter(
		([name]) => !/^nothing/.test(name ?? ''),
	);
	const summary = rowsBelow('## Measured\n');
	expect(summary).toHaveLength(GROUPS.length);
	const grouped = GROUPS.map((group) => faults.filter(([name]) => group.test(name ?? '')));
	expect(grouped.flat()).toHaveLength(faults.length);
	summary.forEach(([, count, ...outcomes], index) => {
		const rows = grouped[index] ?? [];
		expect(rows).toHaveLength(Number(count));
		for (const [, ...cells] of rows) expect(cells.map(outcomeOf)).toEqual(outcomes.map(outcomeOf));
	});
});

test('and says what holds when it stays so', () => {
	const partial = '**40 of 200, "success"**';
	for (const [name, ...cells] of rowsBelow('### From the third answer on')) {
		const other = name === 'connection reset' ? 'error' : partial;
		expect([name, ...cells.map(outcomeOf)]).toEqual([name, partial, other, 'error']);
	}
	for (const [name, sdk, , ours] of rowsBelow('### The chain of pages is broken')) {
		expect([name, outcomeOf(sdk), outcomeOf(ours)]).toEqual([name, '**no end**', 'error']);
	}
});

test('of 100 creates, this node loses and duplicates none; the others do as the text says', () => {
	const before = rowsBelow('### Ten of 100 creates go wrong before');
	const after = rowsBelow('### Ten of 100 creates go wrong after');
	expect([before.length, after.length]).toEqual([10, 8]);
	for (const [name, sdk, , , ours] of before) {
		const others = name?.startsWith('nothing') ? /^100 created$/ : / lost|no end/;
		expect([name, ours, sdk]).toEqual([name, '100 created', expect.stringMatching(others)]);
	}
	for (const [name, , atOnce, oneByOne, ours] of after) {
		expect([name, ours]).toEqual([name, '100 created']);
		if (name === 'code 2200' || name === 'an HTML page') continue;
		expect([name, atOnce, oneByOne]).toEqual([
			name,
			'100 created, **10 doubled**',
			'100 created, **10 doubled**',
		]);
	}
});

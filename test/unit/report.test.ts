import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { Report } from '../../nodes/shared/run/report';

const node = { name: 'Feishu Hire', type: 'feishuHire' } as INode;

/** What an error says about the run before it. */
const toldBy = (report: Report) =>
	(report.addedTo(new NodeOperationError(node, 'failed')) as NodeOperationError).description;

test('says which items were carried out, with their IDs, in the order of the items', () => {
	const report = new Report(true);
	report.done(2, [{ id: '30' }, { id: '31' }]);
	report.done(0, [{ id: '10' }]);
	report.done(1, [{ deleted: true }]);
	expect(toldBy(report)).toMatch(
		/^Carried out before the error: items 1 \(10\), 2, 3 \(30, 31\)\. Counting starts at .+\.$/,
	);
});

test('IDs that are not texts are left out', () => {
	const report = new Report(true);
	report.done(0, [{ id: 7 }, {}, { id: null }]);
	expect(toldBy(report)).toMatch(/^Carried out before the error: item 1\. /);
});

test('says which items have an unknown outcome', () => {
	const report = new Report(true);
	report.fail(4, 'unknown');
	expect(toldBy(report)).toMatch(/^May have been carried out: item 5\. Counting starts at/);
	report.done(0, []);
	expect(toldBy(report)).toMatch(
		/^Carried out before the error: item 1\. May have been carried out: item 5\. /,
	);
});

test('an item carried out differently from what was sent counts as carried out', () => {
	const report = new Report(true);
	report.fail(1, 'done');
	report.fail(0, 'notDone');
	expect(toldBy(report)).toMatch(/^Carried out, but with differences: item 2\. Counting starts at/);
});

test.each<[string, number[], string]>([
	['two that follow each other', [1, 2], 'items 1–2'],
	['two that do not', [1, 3], 'items 1, 3'],
	[
		'all but some',
		[...Array(60).keys()].filter((n) => n !== 0 && n !== 59).concat(60, 62),
		'items 1–58, 60, 62',
	],
	['in another order', [12, 3, 2, 11, 1], 'items 1–3, 11–12'],
])('every item is named: %s', (_what, items, told) => {
	const report = new Report(true);
	for (const item of items) report.done(item - 1, []);
	expect(toldBy(report)).toContain(`Carried out before the error: ${told}. `);
});

test.each([
	[20, /items 1 \(ID 1\), 2 \(ID 2\), .*, 20 \(ID 20\)\. /],
	[21, /items 1–21\. /],
])('of %i items with IDs all are named, up to twenty with their IDs', (count, told) => {
	const report = new Report(true);
	for (let item = 1; item <= count; item++) report.done(item - 1, [{ id: `ID ${item}` }]);
	expect(toldBy(report)).toMatch(told);
});

test('the report of a thousand items in doubt is short', () => {
	const report = new Report(true);
	for (let index = 0; index < 1000; index++) report.fail(index, 'unknown');
	expect(toldBy(report)).toMatch(/^May have been carried out: items 1–1000\. /);
});

test('comes after what the error itself says', () => {
	const report = new Report(true);
	report.done(0, []);
	const error = new NodeApiError(node, {}, { message: 'failed', description: 'Check it.' });
	expect((report.addedTo(error) as NodeApiError).description).toMatch(
		/^Check it\.\nCarried out before the error: item 1\. /,
	);
	const plain = report.addedTo(new Error('failed')) as Error;
	expect(plain.message).toMatch(/^failed\. Carried out before the error: item 1\. /);
	expect(report.addedTo('a text')).toBe('a text');
});

test('an item that the error names is not named again, and the numbering is not explained again', () => {
	const report = new Report(true);
	report.done(0, []);
	report.fail(5, 'unknown');
	report.fail(15, 'unknown');
	const description = 'The error occurred in item 6 (row 7 of a sheet with a header).';
	const error = new NodeOperationError(node, 'failed', { description });
	expect((report.addedTo(error) as NodeOperationError).description).toBe(
		`${description}\nCarried out before the error: item 1. May have been carried out: item 16.`,
	);
});

test('a run that changes nothing, or has done nothing, has no report', () => {
	const reading = new Report(false);
	reading.done(0, [{ id: '1' }]);
	for (const report of [reading, new Report(true)]) {
		const error = new Error('failed');
		expect(report.addedTo(error)).toBe(error);
		expect(error.message).toBe('failed');
	}
});

import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { Report } from '../../nodes/shared/run/report';

const node = { name: 'Feishu Hire', type: 'feishuHire' } as INode;

/** What an error says of the run before it. */
const toldBy = (report: Report) =>
	(report.addedTo(new NodeOperationError(node, 'failed')) as NodeOperationError).description;

test('says which items were carried out, with their IDs, in the order of the items', () => {
	const report = new Report(true);
	report.done(2, [{ id: '30' }, { id: '31' }]);
	report.done(0, [{ id: '10' }]);
	report.done(1, [{ deleted: true }]);
	expect(toldBy(report)).toMatch(
		/^Carried out before that: item 1 \(10\), 2, 3 \(30, 31\)\. The count begins at .+\.$/,
	);
});

test('IDs that are no text are left out', () => {
	const report = new Report(true);
	report.done(0, [{ id: 7 }, {}, { id: null }]);
	expect(toldBy(report)).toMatch(/^Carried out before that: item 1\. /);
});

test('says of which items the outcome is unknown', () => {
	const report = new Report(true);
	report.unclear(4);
	expect(toldBy(report)).toMatch(/^May have been carried out: item 5\. The count begins/);
	report.done(0, []);
	expect(toldBy(report)).toMatch(
		/^Carried out before that: item 1\. May have been carried out: item 5\. /,
	);
});

test.each([
	[20, /item 1, 2, .*, 20\. /],
	[21, /item 1, 2, .*, 20 and 1 more\. /],
])('of %i items the first twenty are named', (count, told) => {
	const report = new Report(true);
	for (let index = 0; index < count; index++) report.done(index, []);
	expect(toldBy(report)).toMatch(told);
});

test('stands below what the error says itself', () => {
	const report = new Report(true);
	report.done(0, []);
	const error = new NodeApiError(node, {}, { message: 'failed', description: 'Check it.' });
	expect((report.addedTo(error) as NodeApiError).description).toMatch(
		/^Check it\.\nCarried out before that: item 1\. /,
	);
	const plain = report.addedTo(new Error('failed')) as Error;
	expect(plain.message).toMatch(/^failed\. Carried out before that: item 1\. /);
	expect(report.addedTo('a text')).toBe('a text');
});

test('of a run that changes nothing, or has done nothing, there is nothing to tell', () => {
	const reading = new Report(false);
	reading.done(0, [{ id: '1' }]);
	for (const report of [reading, new Report(true)]) {
		const error = new Error('failed');
		expect(report.addedTo(error)).toBe(error);
		expect(error.message).toBe('failed');
	}
});

import { FeishuError } from '../../nodes/shared/feishu/failure';
import { readFiles } from '../../nodes/shared/operations/files';
import { withUploads } from '../../nodes/shared/run/runItems';
import { formOf } from './formOf';
import { laterRefusal } from './refusal';

const PDF = { fileName: 'report.pdf', mimeType: 'application/pdf', data: 'aGVsbG8=' };
const MB = 1024 * 1024;

const namesOf = async (value: unknown, fields: string[]) => {
	const binary = Object.fromEntries(fields.map((name) => [name, { ...PDF, fileName: name }]));
	return (await readFiles(formOf({}, { binary }), value)).map(({ name }) => name);
};

test.each<[unknown, string[]]>([
	['', []],
	['a', ['a']],
	['b, a', ['b', 'a']],
	['a, a', ['a']],
	['a*', ['a', 'a2']],
	['b, a*, a', ['b', 'a', 'a2']],
	['*', ['a', 'a2', 'b']],
	[['b'], ['b']],
])('%j names the fields %j', async (value, names) => {
	expect(await namesOf(value, ['a', 'a2', 'b'])).toEqual(names);
});

test('a file in memory', async () => {
	const [file] = await readFiles(formOf({}, { binary: { data: PDF } }), 'data');
	expect(file).toMatchObject({
		name: 'report.pdf',
		label: "the file from the field 'data'",
		type: 'application/pdf',
		size: 5,
	});
	expect(await file?.open()).toEqual(Buffer.from('hello'));
});

test.each([
	['a new line at its end', 'aGVsbG8=\n'],
	['lines of four characters', 'aGVs\r\nbG8=\r\n'],
	['no padding', 'aGVsbG8'],
	['the alphabet of addresses', '_-8'],
])('base64 with %s: the size matches the bytes', async (_what, data) => {
	const [file] = await readFiles(formOf({}, { binary: { data: { ...PDF, data } } }), 'data');
	expect(file?.size).toBe(((await file?.open()) as Buffer).length);
	expect(file?.size).toBeGreaterThan(1);
});

test('a file that n8n keeps elsewhere', async () => {
	const binary = { data: { ...PDF, id: 'filesystem:1', data: 'filesystem' } };
	const [file] = await readFiles(formOf({}, { binary, storedBytes: 300 * MB }), 'data');
	expect(file?.size).toBe(300 * MB);
	expect(await file?.open()).toBe('the stream of filesystem:1');
});

test('a file of unknown type', async () => {
	const binary = { data: { ...PDF, mimeType: '' } };
	const [file] = await readFiles(formOf({}, { binary }), 'data');
	expect(file?.type).toBe('application/octet-stream');
});

test.each([
	['reports/a.pdf', 'a.pdf'],
	['C:\\reports\\a.pdf', 'a.pdf'],
	[' a\u0000\r\n.pdf ', 'a.pdf'],
	['背调.pdf', '背调.pdf'],
])('the file name %j is sent as %j', async (fileName, name) => {
	const [file] = await readFiles(formOf({}, { binary: { data: { ...PDF, fileName } } }), 'data');
	expect(file?.name).toBe(name);
});

const NO_FIELD =
	"'Attachments' contains a field that this input item does not have, or that has no file";
const LOOK = 'See the Binary tab of the input for the names of its fields.';

test.each<[string, unknown, Parameters<typeof formOf>[1], string]>([
	[
		'something that is no text',
		true,
		{},
		"'Attachments' contains an entry that is a boolean, not text. Enter the names of input binary fields, separated by commas.",
	],
	[
		'of an item without files',
		'data',
		{},
		`${NO_FIELD}. The input item has no files. An earlier node may have dropped them.`,
	],
	['an unknown field', 'other', { binary: { data: PDF } }, `${NO_FIELD}. ${LOOK}`],
	['a beginning of none', 'x*', { binary: { data: PDF } }, `${NO_FIELD}. ${LOOK}`],
	[
		'one unknown field of several',
		'data, other',
		{ binary: { data: PDF } },
		`${NO_FIELD} (entry 2 of 2). ${LOOK}`,
	],
	[
		'more than 20 files',
		'f*',
		{ binary: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`f${n}`, PDF])) },
		"'Attachments' contains 21 files, but at most 20 are allowed. Choose fewer files.",
	],
	[
		'a file without a name',
		'data',
		{ binary: { data: { ...PDF, fileName: undefined } } },
		"'Attachments' contains a file without a name. Set a file name in the node that creates the file.",
	],
	[
		'an empty file',
		'data',
		{ binary: { data: { ...PDF, data: '' } } },
		"'Attachments' contains an empty file. Check the node that creates the file.",
	],
	[
		'a file that is too large',
		'data',
		{ binary: { data: { ...PDF, id: '1' } }, storedBytes: 300 * MB + 1 },
		"'Attachments' contains a file larger than 300 MB. Feishu does not accept larger files.",
	],
])('%s is refused with the exact message', async (_what, value, item, told) => {
	expect(await laterRefusal(readFiles(formOf({}, item), value))).toBe(told);
});

test('20 files are accepted', async () => {
	const fields = Array.from({ length: 20 }, (_, n) => `f${n}`);
	expect(await namesOf('f*', fields)).toEqual(fields);
});

test('an error names the files that were uploaded for nothing', () => {
	const failure = { message: 'Refused', reaction: 'fail', advice: 'Do it.' } as const;
	const error = withUploads(new FeishuError(failure, 'Tried.'), ['1', '2']) as FeishuError;
	expect(error.failure).toEqual({
		...failure,
		advice: 'Do it. Files already uploaded (attachment IDs): 1, 2.',
	});
	expect(error.tried).toBe('Tried.');
});

test('without such files, or with another kind of error, it stays as it is', () => {
	const error = new FeishuError({ message: 'Refused', reaction: 'fail', advice: 'Do it.' });
	expect(withUploads(error, [])).toBe(error);
	const other = new Error('x');
	expect(withUploads(other, ['1'])).toBe(other);
});

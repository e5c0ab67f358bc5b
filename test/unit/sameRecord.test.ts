import type { FeishuError } from '../../nodes/shared/feishu/failure';
import type { ExternalApplication } from '../../nodes/shared/hire/api/externalApplications';
import type { AttachmentReference, BackgroundCheck } from '../../nodes/shared/hire/types';
import {
	assertApplicationWritten,
	isSameApplication,
} from '../../nodes/shared/hire/write/sameApplication';
import {
	assertWritten,
	isAlike,
	isSameFile,
	type MeantFile,
	type Written,
} from '../../nodes/shared/hire/write/sameCheck';

function refusal(work: () => unknown): FeishuError {
	try {
		work();
	} catch (error) {
		return error as FeishuError;
	}
	throw new Error('taken for the same');
}

const meant = { name: '入职前背调', result: '已通过', date: 1_700_000_000_000 };
const there = { id: '7', ...meant } as BackgroundCheck;
/** An intended file, by default of unknown size. */
const fileOf = (name: string, size?: number, label = `the file ${name}`): MeantFile => ({
	name,
	label,
	...(size !== undefined && { size }),
});
const files = [fileOf('a.pdf', 5, 'the first file'), fileOf('b.pdf', 6, 'the second file')];
const stored = [
	{ id: 'f1', name: 'a.pdf', size: 5 },
	{ id: 'f2', name: 'b.pdf', size: 6 },
];

/** The same name with precomposed letters, and with combining marks. */
const [COMPOSED, DECOMPOSED] = ['Lebenslauf M\u00FCller.pdf', 'Lebenslauf Mu\u0308ller.pdf'];

/** What was written, with the two files, in a write that Feishu has reported as done. */
const writtenOf = (more: Partial<Written> = {}): Written => ({
	...meant,
	files,
	isReported: true,
	...more,
});

const withFiles = (...attachment_list: AttachmentReference[]): BackgroundCheck => ({
	...there,
	attachment_list,
});

describe('a file', () => {
	test.each<[string, AttachmentReference, MeantFile, boolean]>([
		['of its name and size', { name: 'a.pdf', size: 5 }, fileOf('a.pdf', 5), true],
		['of another size', { name: 'a.pdf', size: 6 }, fileOf('a.pdf', 5), false],
		['that is empty', { name: 'a.pdf', size: 0 }, fileOf('a.pdf', 5), false],
		['that was meant to be empty', { name: 'a.pdf', size: 5 }, fileOf('a.pdf', 0), false],
		['of another name', { name: 'b.pdf', size: 5 }, fileOf('a.pdf', 5), false],
		['of a name in other letters', { name: 'A.pdf', size: 5 }, fileOf('a.pdf', 5), false],
		['without a name', { size: 5 }, fileOf('a.pdf', 5), false],
		['whose size Feishu does not say', { name: 'a.pdf' }, fileOf('a.pdf', 5), true],
		['whose size was never known', { name: 'a.pdf', size: 5 }, fileOf('a.pdf'), true],
		['whose size nobody knows', { name: 'a.pdf' }, fileOf('a.pdf'), true],
		['whose size nobody knows, of another name', { name: 'b.pdf' }, fileOf('a.pdf'), false],
		['with spaces around its name', { name: ' a.pdf\n', size: 5 }, fileOf('a.pdf ', 5), true],
		[
			'of another spelling of its letters',
			{ name: DECOMPOSED, size: 5 },
			fileOf(COMPOSED, 5),
			true,
		],
		['meant in another spelling', { name: COMPOSED, size: 5 }, fileOf(DECOMPOSED, 5), true],
		['without the mark', { name: 'Lebenslauf Muller.pdf', size: 5 }, fileOf(COMPOSED, 5), false],
	])('%s', (_what, file, wanted, is) => {
		expect(isSameFile(file, wanted)).toBe(is);
		expect(isSameFile({ ...file, id: 'any' }, wanted)).toBe(is);
	});

	test.each<[unknown, boolean]>([
		['5', true],
		['6', false],
		[5.5, true],
		['much', true],
		[null, true],
	])('of the size %j in the answer, where 5 was meant: %s', (size, is) => {
		const file = { name: 'a.pdf', size } as unknown as AttachmentReference;
		expect(isSameFile(file, fileOf('a.pdf', 5))).toBe(is);
	});
});

describe('a background check', () => {
	test.each<[string, Partial<BackgroundCheck>, boolean]>([
		['as it is', {}, true],
		['with spaces around its texts', { name: ' 入职前背调 ', result: '已通过\n' }, true],
		['with its date as text', { date: '1700000000000' }, true],
		['without a list of files', { attachment_list: null }, true],
		['with an empty list of files', { attachment_list: [] }, true],
		['of another name', { name: '背调' }, false],
		['of another result', { result: '未通过' }, false],
		['of another date', { date: 1_700_000_000_001 }, false],
		['without a name', { name: null }, false],
		['without a date', { date: null }, false],
		['with a file', { attachment_list: [{ name: 'a.pdf' }] }, false],
		['with a file that has nothing', { attachment_list: [{}] }, false],
	])('%s is alike: %s', (_what, change, is) => {
		expect(isAlike({ ...there, ...change }, { ...meant, files: [] })).toBe(is);
	});

	test('an empty text counts as missing', () => {
		const nothing = { name: null, result: null, date: null, files: [] };
		expect(isAlike({ id: '7', name: '', result: ' ' }, nothing)).toBe(true);
	});

	const [first = {}, second = {}] = stored;
	const third = { id: 'f3', name: 'c.pdf', size: 7 };

	test.each<[string, AttachmentReference[], boolean]>([
		['its two files', [first, second], true],
		['them in another order', [second, first], true],
		[
			'them under other IDs',
			[
				{ ...first, id: 'x' },
				{ ...second, id: undefined },
			],
			true,
		],
		['them without sizes', [{ name: 'a.pdf' }, { name: 'b.pdf' }], true],
		['one of them', [first], false],
		['none', [], false],
		['the first one twice', [first, first], false],
		['both and another', [first, second, third], false],
		['both and the first one again', [first, second, first], false],
		['one and another', [first, third], false],
		['the second one renamed', [first, { ...second, name: 'x.pdf' }], false],
		['the second one in another size', [first, { ...second, size: 7 }], false],
		[
			'the sizes the wrong way round',
			[
				{ ...first, size: 6 },
				{ ...second, size: 5 },
			],
			false,
		],
	])('of two files is alike with %s', (_what, list, is) => {
		expect(isAlike(withFiles(...list), { ...meant, files })).toBe(is);
		expect(isAlike({ ...withFiles(...list), name: 'x' }, { ...meant, files })).toBe(false);
	});

	test('of two files of one name both are looked for, by their sizes', () => {
		const twins = [fileOf('a.pdf', 5), fileOf('a.pdf', 6)];
		const [five, six] = [5, 6].map((size) => ({ name: 'a.pdf', size })) as [
			AttachmentReference,
			AttachmentReference,
		];
		expect(isAlike(withFiles(six, five), { ...meant, files: twins })).toBe(true);
		expect(isAlike(withFiles(six, six), { ...meant, files: twins })).toBe(false);
		expect(isAlike(withFiles(six), { ...meant, files: twins })).toBe(false);
	});

	test('as it was meant is no error, and has no other names', () => {
		const names = withFiles({ name: ' b.pdf' }, { name: 'a.pdf' });
		for (const isReported of [true, false]) {
			expect(assertWritten(names, writtenOf({ isReported }))).toBe(false);
			expect(assertWritten(there, writtenOf({ files: [], isReported }))).toBe(false);
		}
	});

	test.each<[string, Partial<BackgroundCheck>, string]>([
		['different name', { name: 'x', attachment_list: stored }, 'different name'],
		[
			'other texts and another date',
			{ name: 'x', result: 'y', date: 1, attachment_list: stored },
			'different name, result, date',
		],
		['one file', { attachment_list: [first] }, 'missing the second file'],
		['no file', {}, 'missing the first file, the second file'],
		[
			'the first file twice',
			{ attachment_list: [...stored, first] },
			'1 attachment that the node did not send',
		],
		[
			'two files more',
			{ attachment_list: [third, ...stored, first] },
			'2 attachments that the node did not send',
		],
		[
			'another file in place of one',
			{ attachment_list: [first, third] },
			'missing the second file; 1 attachment that the node did not send',
		],
		[
			'different result and no file',
			{ result: 'y', attachment_list: [second] },
			'different result; missing the first file',
		],
	])('with %s is an error with the exact message', (_what, change, wrong) => {
		for (const isReported of [true, false]) {
			const check = { ...there, ...change };
			const { failure } = refusal(() => assertWritten(check, writtenOf({ isReported })));
			expect(failure).toStrictEqual({
				message: `The background check 7 in Feishu differs from what was sent: ${wrong}`,
				reaction: 'fail',
				outcome: 'done',
				advice:
					'Check the background check in Feishu Hire. If you set an External ID that was used in the last 24 hours, Feishu kept the record created then.',
			});
		}
	});

	test('of two files of one name each is looked for', () => {
		const twice = [fileOf('a.pdf', 5, 'the first file'), fileOf('a.pdf', 5, 'the second file')];
		const one = withFiles({ name: 'a.pdf' });
		const { failure } = refusal(() => assertWritten(one, writtenOf({ files: twice })));
		expect(failure.message).toMatch(/: missing the second file$/);
	});
});

/** What the error says is wrong with a check; undefined if nothing is. */
function wrongWith(check: BackgroundCheck, written: Written): string | undefined {
	try {
		assertWritten(check, written);
		return undefined;
	} catch (error) {
		return (error as FeishuError).failure.message.split('differs from what was sent: ')[1];
	}
}

describe('files under other names', () => {
	const renamed = [
		{ id: 'f1', name: 'a_.pdf', size: 5 },
		{ id: 'f2', name: 'b_.pdf', size: 6 },
	];
	const [one = {}, two = {}] = renamed;

	test.each<[string, AttachmentReference[]]>([
		['both', [one, two]],
		['both, in another order', [two, one]],
		['one of them', [{ name: 'a.pdf', size: 5 }, two]],
		['one that has lost its name', [{ name: 'a.pdf', size: 5 }, { size: 6 }]],
	])(
		'are the files that were sent if Feishu reports the write, and are reported: %s',
		(_what, list) => {
			expect(assertWritten(withFiles(...list), writtenOf())).toBe(true);
		},
	);

	test('are other files if the outcome of the write is unknown', () => {
		const written = writtenOf({ isReported: false });
		expect(wrongWith(withFiles(one, two), written)).toBe(
			'missing the first file, the second file; 2 attachments that the node did not send',
		);
	});

	const BOTH = 'missing the first file, the second file';

	test.each<[string, AttachmentReference[], Partial<Written>, string]>([
		[
			'another size',
			[one, { ...two, size: 7 }],
			{},
			`${BOTH}; 2 attachments that the node did not send`,
		],
		['one of them missing', [one], {}, `${BOTH}; 1 attachment that the node did not send`],
		['one more', [one, two, two], {}, `${BOTH}; 3 attachments that the node did not send`],
		[
			'a size that Feishu does not say',
			[one, { name: 'b_.pdf' }],
			{},
			`${BOTH}; 2 attachments that the node did not send`,
		],
		[
			'a size that was never known',
			[one],
			{ files: [fileOf('a.pdf', undefined, 'the first file')] },
			'missing the first file; 1 attachment that the node did not send',
		],
		[
			'no size on either side',
			[{ name: 'a_.pdf' }],
			{ files: [fileOf('a.pdf', undefined, 'the first file')] },
			'missing the first file; 1 attachment that the node did not send',
		],
	])('are other files with %s', (_what, list, more, wrong) => {
		expect(wrongWith(withFiles(...list), writtenOf(more))).toBe(wrong);
	});

	test('save no check whose text is another', () => {
		const check = { ...withFiles(one, two), result: 'y' };
		expect(wrongWith(check, writtenOf())).toBe('different result');
	});

	test('of sizes of different lengths are compared as numbers of a set', () => {
		const sizes = [10, 9, 100];
		const written = writtenOf({ files: sizes.map((size) => fileOf(`${size}.pdf`, size)) });
		const list = [100, 10, 9].map((size) => ({ name: `${size}_.pdf`, size }));
		expect(assertWritten(withFiles(...list), written)).toBe(true);
	});
});

describe('attachments that should be gone', () => {
	const old = { id: 'f0', name: 'old.pdf', size: 4 };
	const gone = new Set(['f0', 'f9']);

	test('are an error while they are there', () => {
		expect(wrongWith(withFiles(...stored, old), writtenOf({ gone }))).toBe(
			'1 attachment that should have been removed',
		);
		expect(wrongWith(withFiles(...stored, old, { id: 'f9' }), writtenOf({ gone }))).toBe(
			'2 attachments that should have been removed',
		);
		expect(wrongWith(withFiles(...stored), writtenOf({ gone }))).toBeUndefined();
	});

	test('are named along with missing and unexpected ones', () => {
		const list = withFiles(old, { id: 'f7', name: 'x.pdf', size: 1 });
		expect(wrongWith(list, writtenOf({ gone, files: files.slice(0, 1) }))).toBe(
			'missing the first file; 1 attachment that the node did not send; 1 attachment that should have been removed',
		);
	});

	test('are an error also when they look like what was sent', () => {
		const twin = { id: 'f0', name: 'a.pdf', size: 5 };
		const written = writtenOf({ gone, files: files.slice(0, 1) });
		expect(wrongWith(withFiles(twin), written)).toBe('1 attachment that should have been removed');
	});

	test('are not taken for a file under another name', () => {
		const sameSize = { id: 'f0', name: 'old.pdf', size: 5 };
		const written = writtenOf({ gone, files: files.slice(0, 1) });
		expect(wrongWith(withFiles(sameSize), written)).toBe(
			'missing the first file; 1 attachment that should have been removed',
		);
	});

	test('are none without an ID', () => {
		const written = writtenOf({ gone, files: files.slice(0, 1) });
		expect(wrongWith(withFiles({ name: 'a.pdf', size: 5 }), written)).toBeUndefined();
	});
});

describe('an external application', () => {
	const fields = ['job_title', 'stage', 'delivery_type', 'create_time', 'modify_time'];
	const wanted = { job_title: '工程师', delivery_type: 1, create_time: 1_700_000_000_000 };
	const application = { id: '8', ...wanted } as unknown as ExternalApplication;

	test.each<[string, object, boolean]>([
		['as it is', {}, true],
		['with spaces', { job_title: ' 工程师 ' }, true],
		['with its times as text', { create_time: '1700000000000', modify_time: '' }, true],
		['with empty fields', { stage: '', modify_time: null }, true],
		['with a zero for nothing', { stage: 0, modify_time: 0 }, true],
		['of another title', { job_title: '经理' }, false],
		['of another type', { delivery_type: 2 }, false],
		['of another time', { create_time: 1_700_000_000_001 }, false],
		['with a stage', { stage: '面试' }, false],
		['without a title', { job_title: undefined }, false],
		['with a field that nobody asked about', { resume_source: 'x' }, true],
	])('%s is the same: %s', (_what, change, is) => {
		expect(isSameApplication({ ...application, ...change }, wanted, fields)).toBe(is);
	});

	test.each(['create_time', 'modify_time'])('%s as text is the same time', (time) => {
		const sent = { ...application, [time]: '1700000000001' };
		expect(isSameApplication(sent, { ...wanted, [time]: 1_700_000_000_001 }, fields)).toBe(true);
		expect(isSameApplication(sent, { ...wanted, [time]: 1_700_000_000_002 }, fields)).toBe(false);
	});

	test('as it was meant is no error, otherwise one says what was lost', () => {
		expect(() => assertApplicationWritten(application, wanted, fields)).not.toThrow();
		const changed = { ...application, job_title: 'x', stage: 'y' };
		const { failure } = refusal(() => assertApplicationWritten(changed, wanted, fields));
		expect(failure).toStrictEqual({
			message:
				'The external application 8 in Feishu differs from what was sent: different job_title, stage',
			reaction: 'fail',
			outcome: 'done',
			advice:
				'Check the external application in Feishu Hire. If you set an External ID that was used in the last 24 hours, Feishu kept the record created then.',
		});
	});
});

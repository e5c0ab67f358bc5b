import type { FeishuError } from '../../nodes/shared/feishu/failure';
import type { ExternalApplication } from '../../nodes/shared/hire/api/externalApplications';
import type { BackgroundCheck } from '../../nodes/shared/hire/types';
import {
	assertApplicationWritten,
	isSameApplication,
} from '../../nodes/shared/hire/write/sameApplication';
import { assertWritten, fileCount, isAlike } from '../../nodes/shared/hire/write/sameCheck';

function refusal(work: () => void): FeishuError {
	try {
		work();
	} catch (error) {
		return error as FeishuError;
	}
	throw new Error('taken for the same');
}

const meant = { name: '入职前背调', result: '已通过', date: 1_700_000_000_000 };
const there = { id: '7', ...meant } as BackgroundCheck;
const files = [
	{ name: 'a.pdf', label: 'the first file' },
	{ name: 'b.pdf', label: 'the second file' },
];

describe('a background check', () => {
	test.each<[string, Partial<BackgroundCheck>, boolean]>([
		['as it is', {}, true],
		['with spaces around its texts', { name: ' 入职前背调 ', result: '已通过\n' }, true],
		['with its date as text', { date: '1700000000000' }, true],
		['of another name', { name: '背调' }, false],
		['of another result', { result: '未通过' }, false],
		['of another date', { date: 1_700_000_000_001 }, false],
		['without a name', { name: null }, false],
		['without a date', { date: null }, false],
		['with a file', { attachment_list: [{ name: 'a.pdf' }] }, false],
	])('%s is alike: %s', (_what, change, is) => {
		expect(isAlike({ ...there, ...change }, { ...meant, files: 0 })).toBe(is);
	});

	test('an empty text is none', () => {
		const nothing = { name: null, result: null, date: null };
		expect(isAlike({ id: '7', name: '', result: ' ' }, { ...nothing, files: 0 })).toBe(true);
	});

	test('counts its files', () => {
		expect([fileCount({}), fileCount({ attachment_list: [{}, {}] })]).toEqual([0, 2]);
		const withFiles = { ...there, attachment_list: [{}, {}] };
		expect(isAlike(withFiles, { ...meant, files: 2 })).toBe(true);
	});

	test('as it was meant is no error', () => {
		const names = [{ name: ' b.pdf' }, { name: 'a.pdf' }];
		expect(() => assertWritten({ ...there, attachment_list: names }, meant, files)).not.toThrow();
		expect(() => assertWritten(there, meant, [])).not.toThrow();
	});

	test.each<[string, Partial<BackgroundCheck>, string]>([
		['another name', { name: 'x', attachment_list: files }, 'another name'],
		[
			'other texts and another date',
			{ name: 'x', result: 'y', date: 1, attachment_list: files },
			'another name, result, date',
		],
		['one file', { attachment_list: [{ name: 'a.pdf' }] }, 'without the second file'],
		['no file', {}, 'without the first file, the second file'],
		[
			'the first file twice',
			{ attachment_list: [...files, { name: 'a.pdf' }] },
			'1 attachments too many',
		],
		[
			'another result and no file',
			{ result: 'y', attachment_list: [{ name: 'b.pdf' }] },
			'another result; without the first file',
		],
	])('with %s is an error, word for word', (_what, change, wrong) => {
		const { failure } = refusal(() => assertWritten({ ...there, ...change }, meant, files));
		expect(failure).toStrictEqual({
			message: `Feishu has the background check 7, but not as it was sent: ${wrong}`,
			reaction: 'fail',
			outcome: 'done',
			advice:
				'Look at the background check in Feishu Hire. If an External ID is set, Feishu may have created a background check for it in the last 24 hours already, and keeps that one.',
		});
	});

	test('of two files of one name each is looked for', () => {
		const twice = [
			{ name: 'a.pdf', label: 'the first file' },
			{ name: 'a.pdf', label: 'the second file' },
		];
		const one = { ...there, attachment_list: [{ name: 'a.pdf' }] };
		expect(refusal(() => assertWritten(one, meant, twice)).failure.message).toMatch(
			/: without the second file$/,
		);
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
				'Feishu has the external application 8, but not as it was sent: another job_title, stage',
			reaction: 'fail',
			outcome: 'done',
			advice:
				'Look at the external application in Feishu Hire. If an External ID is set, Feishu may have created an application for it in the last 24 hours already, and keeps that one.',
		});
	});
});

import { update as updateApplication } from '../../nodes/shared/operations/externalApplication/update';
import { update as updateCheck } from '../../nodes/shared/operations/externalBackgroundCheck/update';
import { formOf } from './formOf';
import { laterRefusal } from './refusal';

const ID = '6960663240925956660';
const binary = {
	data: { fileName: 'report.pdf', mimeType: 'application/pdf', data: 'aGVsbG8=' },
};

const readCheck = async (updateFields: unknown, checkId: unknown = ID) =>
	await updateCheck.read(formOf({ checkId, updateFields }, { itemIndex: 3, binary }));

test('only what is there is changed', async () => {
	expect(await readCheck({ name: ' 复核 ' })).toEqual({
		itemIndex: 3,
		id: ID,
		patch: { name: '复核' },
		mode: 'add',
		files: [],
	});
	const { patch } = await readCheck({ result: '已通过', date: '2026-11-26' });
	expect(patch).toEqual({ result: '已通过', date: Date.UTC(2026, 10, 25, 16) });
});

test('files that are named are added', async () => {
	const request = await readCheck({ attachments: 'data' });
	expect(request).toMatchObject({ mode: 'add', files: [{ name: 'report.pdf' }] });
});

test.each(['add', 'replace'] as const)('the files of the mode %s', async (attachmentsMode) => {
	const request = await readCheck({ attachmentsMode, attachments: 'data' });
	expect(request).toMatchObject({
		mode: attachmentsMode,
		files: [{ name: 'report.pdf' }],
		patch: {},
	});
});

test('to remove all files is a change', async () => {
	expect(await readCheck({ attachmentsMode: 'removeAll' })).toMatchObject({
		mode: 'removeAll',
		files: [],
	});
});

test.each<[string, unknown, string]>([
	['nothing', {}, "'Update Fields' contains no changes. Add at least one field to change."],
	[
		'no files that are added',
		{ attachmentsMode: 'add' },
		"'Update Fields' contains no changes. Add at least one field to change.",
	],
	[
		'fields that are none',
		'x',
		"'Update Fields' is text, not an object. Use an expression that returns an object.",
	],
	[
		'files to be removed',
		{ attachmentsMode: 'removeAll', attachments: 'data' },
		`'Attachments' cannot be added while 'Attachments Mode' is "Remove All". Set 'Attachments Mode' to "Add" or "Replace", or remove 'Attachments'.`,
	],
	[
		'no files to replace the others',
		{ attachmentsMode: 'replace' },
		`'Attachments' is empty, but 'Attachments Mode' is "Replace". Enter the names of the binary fields with the files. To remove the existing files, set 'Attachments Mode' to "Remove All".`,
	],
	[
		'an unknown mode',
		{ attachmentsMode: 'x' },
		"'Attachments Mode' has an invalid value. Use one of: add, removeAll, replace.",
	],
])('an update of %s is refused with the exact message', async (_what, updateFields, told) => {
	expect(await laterRefusal(readCheck(updateFields))).toBe(told);
});

test.each([
	['name', 'Name'],
	['result', 'Result'],
	['date', 'Date'],
])('an empty %s is named', async (field, label) => {
	expect(await laterRefusal(readCheck({ [field]: '' }))).toMatch(new RegExp(`^'${label}' `));
});

test('an invalid ID is named', async () => {
	expect(await laterRefusal(readCheck({ name: 'a' }, ''))).toMatch(/^'Background Check ID' /);
});

describe('of an external application', () => {
	const read = async (updateFields: unknown) =>
		await updateApplication.read(
			formOf({
				externalApplicationId: ID,
				candidate: { __rl: true, mode: 'value', value: ID },
				updateFields,
			}),
		);

	test("each field has Feishu's name", async () => {
		const { id, patch } = await read({
			createTime: '2026-11-26',
			deliveryType: 4,
			modifyTime: '2026-11-27',
			jobRecruitmentType: 2,
			jobTitle: 'HRBP',
			resumeSource: '内推',
			stage: 'Offer',
			terminationReason: '薪资',
			terminationType: '候选人放弃',
		});
		expect(id).toBe(ID);
		expect(patch).toEqual({
			create_time: Date.UTC(2026, 10, 25, 16),
			delivery_type: 4,
			modify_time: Date.UTC(2026, 10, 26, 16),
			job_recruitment_type: 2,
			job_title: 'HRBP',
			resume_source: '内推',
			stage: 'Offer',
			termination_reason: '薪资',
			termination_type: '候选人放弃',
		});
	});

	test.each([
		['deliveryType', [1, 2, 3, 4], "'Delivery Type' has an invalid value"],
		['jobRecruitmentType', [1, 2], "'Job Recruitment Type' has an invalid value"],
	])('the choices of %s are %j', async (field, choices, told) => {
		for (const choice of choices) {
			expect(await read({ [field]: choice })).toHaveProperty('patch', expect.any(Object));
		}
		for (const other of [0, choices.length + 1]) {
			await expect(read({ [field]: other })).rejects.toThrow(told);
		}
	});

	test('an update of nothing is refused', async () => {
		await expect(read({})).rejects.toThrow("'Update Fields' contains no changes");
		await expect(read('x')).rejects.toThrow("'Update Fields' is text");
	});
});

import type { Check } from './checkStore';

/**
 * The checks at the start of every seed: with every field, with missing fields, with nulls, and the
 * one of Feishu's page. The first three IDs are the same value as JS numbers.
 * @returns new objects on every call
 */
export function fixtureChecks(): Check[] {
	return [
		{
			id: '7318840216653955117',
			external_application_id: '7318839904418072621',
			date: 1741536000000,
			name: '林晓彤-入职前背景调查',
			result: '已通过',
			attachment_list: [
				{ id: '7318840001265436717', name: '学历核验报告.pdf', size: 248913 },
				{ id: '7318840001265453101', name: '工作履历核实(第2版).docx', size: 51877 },
			],
		},
		{
			id: '7318840216653955118',
			external_application_id: '7318839904418072621',
			date: 1741708800000,
			name: '林晓彤-补充背调',
			result: '进行中',
			attachment_list: [],
		},
		{
			id: '7318840216653955119',
			external_application_id: '7318841177300633901',
			result: '未通过',
		},
		{
			id: '7320115599340126509',
			external_application_id: '7320115010277606701',
			date: 0,
			name: '欧阳建国背调',
			result: '',
			attachment_list: null,
		},
		{
			id: '7320115599340126510',
			external_application_id: '7320115010277606701',
			date: '1743523200000',
			name: null,
			result: null,
		},
		{
			id: '6989202908470446380',
			external_application_id: '7003247299220982060',
			date: 1626602069393,
			name: '张三的背调',
			result: '已通过',
			attachment_list: [{ id: '6987954043925432620', name: 'test_resume.pdf', size: 1928 }],
		},
	];
}

/** The applications of the fixtures. No generated check belongs to them. */
export const fixtureApplications = [
	...new Set(fixtureChecks().map((check) => check.external_application_id)),
];

import type { IDataObject } from 'n8n-workflow';
import { notATalent, toTalent } from '../../nodes/shared/hire/people/talent';

const info = { name: '林晓彤', email: 'lin@example.com', mobile: '13812341234' };

test('of a candidate the ID, the name and the masked contact are kept', () => {
	const sent = { id: '7', basic_info: { ...info, birthday: 'x' }, resume: 'x' };
	const talent = toTalent(sent);
	expect(Object.keys(talent)).toEqual(['id', 'name', 'contact']);
	expect(talent).toMatchObject({ id: '7', name: '林晓彤' });
	expect(talent.contact).toMatch(/^138\*+1234 · l\*+@example\.com$/);
});

test('the other form has other names', () => {
	const { mobile, ...others } = info;
	const sent = { talent_id: '7', basic_info: { ...others, mobile_number: mobile } };
	expect(toTalent(sent)).toEqual(toTalent({ id: '7', basic_info: info }));
});

test.each<[string, IDataObject, IDataObject]>([
	['no name', { name: null }, {}],
	['an empty name', { name: '' }, {}],
	['only a phone number', { mobile: '13812341234' }, { contact: '138****1234' }],
	[
		'only an email address',
		{ email: 'lin@example.com', mobile: null },
		{ contact: 'l***@example.com' },
	],
	['nothing', {}, {}],
])('with %s the rest is absent', (_what, basic_info, rest) => {
	expect(toTalent({ id: '7', basic_info })).toStrictEqual({ id: '7', ...rest });
});

test.each<[string, IDataObject]>([
	['no ID', { basic_info: info }],
	['an empty ID', { id: '', basic_info: info }],
	['a number as ID', { id: 7, basic_info: info }],
	['an ID with a space', { id: '7 8', basic_info: info }],
	['no basic info', { id: '7' }],
	['a list as basic info', { id: '7', basic_info: [] }],
	['a number as name', { id: '7', basic_info: { name: 7 } }],
	['a number as email address', { id: '7', basic_info: { email: 7 } }],
	['a number as phone number', { id: '7', basic_info: { mobile: 7 } }],
	['a list as phone number', { id: '7', basic_info: { mobile_number: [] } }],
])('a candidate with %s is an error', (_what, sent) => {
	expect(() => toTalent(sent)).toThrow('Feishu did not return a list of candidates');
});

test('that error says what to do', () => {
	expect(notATalent().failure).toMatchObject({
		reaction: 'fail',
		advice:
			'The node discarded the whole response. If there is a gateway in front of Feishu, check it. Otherwise report this to the maintainers of this node.',
	});
});

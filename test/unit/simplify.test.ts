import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import type { INodePropertyOptions } from 'n8n-workflow';
import {
	DELIVERY_TYPES,
	epochMs,
	readableDate,
	RECRUITMENT_TYPES,
	simplified,
} from '../../nodes/shared/hire/simplify';
import { applicationProperties } from '../../nodes/shared/operations/externalApplication/fields';

const BEIJING = 'Asia/Shanghai';

/** 10 March 2025, as entered in Beijing; in UTC that is still the day before. */
const DAY_IN_BEIJING = Date.parse('2025-03-10T00:00:00+08:00');

test('what people read comes first, with the date as text; unknown fields stay at the end', () => {
	const check = {
		stage: { id: '7' },
		id: '7318840216653955117',
		external_application_id: '7318839904418072621',
		date: DAY_IN_BEIJING,
		name: '入职前背景调查',
		result: '已通过',
		attachment_list: [{ id: '1', name: '报告.pdf', size: 2 }],
	};
	const before = structuredClone(check);
	const item = simplified(check, BEIJING);
	expect(Object.entries(item)).toEqual([
		['name', '入职前背景调查'],
		['result', '已通过'],
		['date', '2025-03-10T00:00:00.000+08:00'],
		['id', '7318840216653955117'],
		['external_application_id', '7318839904418072621'],
		['attachment_list', [{ id: '1', name: '报告.pdf', size: 2 }]],
		['stage', { id: '7' }],
	]);
	expect(check).toEqual(before);
});

test.each([
	['missing', {}],
	[
		'null',
		{
			id: undefined,
			external_application_id: undefined,
			name: null,
			result: null,
			date: null,
			attachment_list: null,
		},
	],
])('documented fields that are %s are null, and there are no files', (_how, check) => {
	expect(simplified(check, BEIJING)).toEqual({
		name: null,
		result: null,
		date: null,
		id: null,
		external_application_id: null,
		attachment_list: [],
	});
});

test('an empty text and an empty list are not none: they come as Feishu sends them', () => {
	expect(simplified({ name: '', result: '', attachment_list: [] }, BEIJING)).toMatchObject({
		name: '',
		result: '',
		attachment_list: [],
	});
});

test('times and kinds of an external application beside it are readable', () => {
	const application = {
		id: '1',
		job_recruitment_type: 2,
		job_title: null,
		delivery_type: 1,
		create_time: DAY_IN_BEIJING,
		modify_time: String(DAY_IN_BEIJING),
		other: 'x',
	};
	const before = structuredClone(application);
	const { external_application } = simplified({ external_application: application }, BEIJING);
	expect(external_application).toStrictEqual({
		id: '1',
		job_recruitment_type: 'Campus',
		job_title: null,
		delivery_type: 'HR Sourcing',
		create_time: '2025-03-10T00:00:00.000+08:00',
		modify_time: '2025-03-10T00:00:00.000+08:00',
		other: 'x',
	});
	expect(application).toEqual(before);
});

test.each([
	[
		{ job_recruitment_type: 3, delivery_type: 0 },
		{ job_recruitment_type: 3, delivery_type: 0 },
	],
	[
		{ job_recruitment_type: '1', delivery_type: '4' },
		{ job_recruitment_type: 'Social', delivery_type: 'Other' },
	],
	[
		{ job_recruitment_type: null, create_time: null },
		{ job_recruitment_type: null, create_time: null },
	],
	[
		{ create_time: 'soon', modify_time: 0 },
		{ create_time: 'soon', modify_time: null },
	],
])('a number without a word stays, as does what is no time: %j', (application, expected) => {
	const { external_application } = simplified({ external_application: application }, BEIJING);
	expect(external_application).toMatchObject(expected);
});

test('the words are those of the form', () => {
	const named = applicationProperties().flatMap(({ options = [], name }) =>
		options.map((option) => [name, (option as INodePropertyOptions).value, option.name]),
	);
	const words = [
		...Object.entries(DELIVERY_TYPES).map(([value, word]) => ['deliveryType', Number(value), word]),
		...Object.entries(RECRUITMENT_TYPES).map(([value, word]) => [
			'jobRecruitmentType',
			Number(value),
			word,
		]),
	];
	expect(named.sort()).toEqual(words.sort());
});

test('a field of that name which is no object comes as Feishu sends it', () => {
	expect(simplified({ external_application: 'x' }, BEIJING).external_application).toBe('x');
});

test.each([undefined, null, 0, '0', ''])('the date %j counts as missing', (date) => {
	expect(readableDate(date, BEIJING)).toBeNull();
	expect(epochMs(date)).toBeNull();
});

test.each([
	[DAY_IN_BEIJING, BEIJING, '2025-03-10T00:00:00.000+08:00'],
	[String(DAY_IN_BEIJING), BEIJING, '2025-03-10T00:00:00.000+08:00'],
	[DAY_IN_BEIJING, 'America/New_York', '2025-03-09T12:00:00.000-04:00'],
	// Winter time, in the same zone.
	[Date.parse('2025-01-10T12:00:00Z'), 'America/New_York', '2025-01-10T07:00:00.000-05:00'],
	[DAY_IN_BEIJING, 'UTC', '2025-03-09T16:00:00.000Z'],
	[DAY_IN_BEIJING, 'No/Where', '2025-03-09T16:00:00.000Z'],
	[-86_400_000, 'UTC', '1969-12-31T00:00:00.000Z'],
])('the date %j is, in %s, %s', (date, timezone, text) => {
	expect(readableDate(date, timezone)).toBe(text);
});

test.each(['tomorrow', 1.5, '2025-03-10', '9007199254740991'])(
	'what is no date in epoch ms, such as %j, is not lost',
	(date) => {
		expect(readableDate(date, BEIJING)).toBe(date);
	},
);

test('a date as text is the same moment, in whatever zone', () => {
	const zones = fc.constantFrom('UTC', BEIJING, 'America/New_York', 'Asia/Kathmandu');
	const dates = fc.integer({ min: 1, max: 4_000_000_000_000 });
	fc.assert(
		fc.property(dates, zones, (ms, timezone) => {
			expect(Date.parse(String(readableDate(ms, timezone)))).toBe(ms);
		}),
	);
});

test.each(['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Shanghai', 'nowhere'])(
	'each hour of a year has the offset of its own moment in %s',
	(zone) => {
		const start = DateTime.fromISO('2026-01-01T00:30:00.001Z');
		for (let hour = 0; hour < 365 * 24; hour++) {
			const moment = start.plus({ hours: hour });
			const there = moment.setZone(zone);
			const expected = (there.isValid ? there : moment.setZone('utc')).toISO();
			expect(readableDate(moment.toMillis(), zone)).toBe(expected);
		}
	},
);

import { type FaultRule, people } from '../../sandbox';
import { useTenant } from '../harness/tenant';
import { ask, byEmail, byPhone, data, sizesOf } from './lookups';

const openTenant = useTenant();

/** A tenant that answers the first look-up by contact, or all of them, like this. */
async function answering(value: unknown, rule: Partial<FaultRule> = { always: true }) {
	const tenant = await openTenant();
	tenant.sandbox.fault({ api: 'batch_get_id', ...rule, do: data(value) });
	return tenant;
}

test.each<[string, unknown]>([
	['no data', undefined],
	['null as data', null],
	['empty data', {}],
	['no list', { talent_list: null }],
	['no list, and another part that is empty', { talent_list: null, total: null }],
	['an empty list', { talent_list: [] }],
])('an answer with %s finds nobody', async (_what, value) => {
	expect(await ask(await answering(value), [byEmail('zhao.min@example.com')])).toEqual([[]]);
});

test('an unknown contact gets nobody else, whatever else was looked up', async () => {
	const tenant = await openTenant();
	const nobody = byEmail('nobody@example.com');
	const somebody = byEmail('zhao.min@example.com');
	expect(await ask(tenant, [nobody, somebody])).toEqual([[], [people.withoutApplication.id]]);
	expect(await ask(tenant, [byPhone('13800000000'), byPhone('19900000104')])).toEqual([
		[],
		[people.shortName.id],
	]);
});

test.each<[string, object]>([
	['as it is', { mobile_number: '13812341234', mobile_code: '86' }],
	['without a country code', { mobile_number: '13812341234' }],
	['with null as country code', { mobile_number: '13812341234', mobile_code: null }],
	['with an empty country code', { mobile_number: '13812341234', mobile_code: '' }],
	['with the code as people write it', { mobile_number: '13812341234', mobile_code: '+86' }],
	['with its code before it', { mobile_number: '+8613812341234', mobile_code: '86' }],
	['in groups', { mobile_number: ' +86 138-1234 (1234) ' }],
])('a number that Feishu repeats %s is told apart from the others', async (_how, echo) => {
	const others = { talent_id: '2', mobile_number: '13900000000' };
	const list = [others, { talent_id: '1', ...echo }];
	const tenant = await answering({ talent_list: list }, { times: 1 });
	const questions = [byPhone('13812341234'), byPhone('13900000000'), byPhone('13700000000')];
	expect(await ask(tenant, questions)).toEqual([['1'], ['2'], []]);
	// Those not found are looked up once more.
	expect(sizesOf(tenant)).toEqual([3, 1]);
});

test('a number that begins like its country code is whole', async () => {
	const list = [
		{ talent_id: '1', mobile_number: '86123456' },
		{ talent_id: '2', mobile_number: '123456' },
	];
	const tenant = await answering({ talent_list: list });
	expect(await ask(tenant, [byPhone('86123456'), byPhone('123456')])).toEqual([['1'], ['2']]);
	expect(sizesOf(tenant)).toEqual([2]);
});

test('an address that Feishu repeats in capitals and with spaces is told apart from the others', async () => {
	const list = [
		{ talent_id: '2', email: 'b@example.com' },
		{ talent_id: '1', email: ' A@Example.com\n' },
	];
	const tenant = await answering({ talent_list: list });
	const questions = [byEmail('a@example.com'), byEmail('b@example.com')];
	expect(await ask(tenant, questions)).toEqual([['1'], ['2']]);
	expect(sizesOf(tenant)).toEqual([2]);
});

test.each([
	[byEmail('a@example.com'), {}],
	[byEmail('a@example.com'), { email: null }],
	[byEmail('a@example.com'), { email: 'a***@example.com' }],
	[byPhone('13812341234'), {}],
	[byPhone('13812341234'), { mobile_number: null, mobile_code: null }],
	[byPhone('13812341234'), { mobile_number: '138****1234', mobile_code: '86' }],
	[byPhone('13812341234'), { mobile_number: '8613812341234' }],
	[byPhone('13812341234'), { mobile_number: '013812341234', mobile_code: '86' }],
])(
	'asked for one, the one talent of the answer is it, unless the echo is of another: %j, %j',
	async (question, echo) => {
		const tenant = await answering({ talent_list: [{ talent_id: '1', ...echo }] });
		expect(await ask(tenant, [question])).toEqual([['1']]);
	},
);

const NOT_ASKED_FOR = {
	message: 'Feishu returned candidates that were not requested',
	description:
		'The node discarded the whole response. If there is a gateway in front of Feishu, check it. Otherwise report this to the maintainers of this node.',
};

test.each([
	[byPhone('13812341234'), { mobile_number: '13812341234', mobile_code: '81' }],
	[byPhone('13812341234'), { mobile_number: '13700000000', mobile_code: '86' }],
	[byEmail('a@example.com'), { email: 'b@example.com' }],
])('a talent with the contact of another is an error, also alone: %j, %j', async (asked, echo) => {
	const tenant = await answering({ talent_list: [{ talent_id: '1', ...echo }] });
	expect(await ask(tenant, [asked])).toEqual([NOT_ASKED_FOR]);
});

test.each([
	[byPhone('13812341234'), { mobile_number: '13812341234', mobile_code: '81' }],
	[byPhone('13812341234'), { mobile_number: '13812341235', mobile_code: '86' }],
	[byPhone('13812341234'), { email: 'a@example.com' }],
	[byEmail('a@example.com'), { email: 'b@example.com' }],
	[byEmail('a@example.com'), {}],
])(
	'a second talent with another contact is an error, never one more: %j, %j',
	async (question, echo) => {
		const own = { email: 'a@example.com', mobile_number: '13812341234', mobile_code: '86' };
		const list = [
			{ talent_id: '1', ...own },
			{ talent_id: '2', ...echo },
		];
		expect(await ask(await answering({ talent_list: list }), [question])).toEqual([NOT_ASKED_FOR]);
	},
);

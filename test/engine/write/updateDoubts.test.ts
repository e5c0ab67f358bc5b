import type { INodeParameters } from 'n8n-workflow';
import { jsonAnswer } from '../../../sandbox';
import type { Check } from '../../../sandbox';
import {
	APPLICATION,
	CONTINUE,
	errorIn,
	file,
	OLD_CHECK,
	readableOnce,
	saidBy,
	silent,
	useFewTries,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

const open = useWriteTenant();

useFewTries();

const ID = OLD_CHECK.id;

const update = async (
	{ write }: WriteTenant,
	updateFields: INodeParameters = { result: '未通过' },
	rest = {},
) => await write('externalBackgroundCheck', 'update', { checkId: ID, updateFields }, rest);

const reads = ({ sandbox }: WriteTenant) => sandbox.requests('batch_query').length;

const bodies = ({ sandbox }: WriteTenant) =>
	sandbox.requests('update_check').map(({ body }) => JSON.parse(body) as unknown);

const bare = { id: ID, external_application_id: APPLICATION } as Check;

test.each([{ name: '复核' }, { result: '未通过' }, { date: '2025-03-10' }])(
	'what the check lacks is not sent: %j alone',
	async (fields) => {
		const tenant = await open({ checks: [structuredClone(bare)] });
		const result = await update(tenant, fields);
		expect(result.error).toBeUndefined();
		const [field] = Object.keys(fields) as [string];
		expect(bodies(tenant)).toEqual([
			{ external_application_id: APPLICATION, [field]: expect.anything() as unknown },
		]);
	},
);

const files = (count: number) =>
	Array.from({ length: count }, (_, n) => ({
		id: `73188400012654391${String(n).padStart(2, '0')}`,
		name: `${n}.pdf`,
		size: 1,
	}));

test('a check with too many files can still be changed', async () => {
	const tenant = await open({ checks: [{ ...OLD_CHECK, attachment_list: files(21) }] });
	const result = await update(tenant);
	expect(result.error).toBeUndefined();
	expect(tenant.sandbox.checks.byId(ID)).toMatchObject({ result: '未通过' });
	expect(tenant.sandbox.checks.byId(ID)?.attachment_list).toHaveLength(21);
});

test('a twentieth file is accepted', async () => {
	const tenant = await open({ checks: [{ ...OLD_CHECK, attachment_list: files(19) }] });
	const items = [{ json: {}, binary: { data: file('a.pdf', 'a') } }];
	const fields = { attachmentsMode: 'add', attachments: 'data' };
	const result = await update(tenant, fields, { items });
	expect(result.error).toBeUndefined();
	expect(tenant.sandbox.checks.byId(ID)?.attachment_list).toHaveLength(20);
});

test('a refusal is reported as it is, and nothing is read again', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'update_check',
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const { error } = await update(tenant);
	expect(saidBy(error)).toMatch(/^Feishu refused a parameter/);
	expect(saidBy(error)).not.toMatch(/may (still|have)/);
	expect(reads(tenant)).toBe(1);
});

test('after a refusal the next item for the same check is written, based on the current check', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'update_check',
		nth: 1,
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const items = ['一', '二'].map((text) => ({ json: { text } }));
	const fields = { result: '={{ $json.text }}' };
	const result = await update(tenant, fields, { items, ...CONTINUE });
	const [first, second] = result.output();
	expect(saidBy(first && errorIn(first))).toContain('1002002');
	expect(second?.json).toMatchObject({ id: ID, result: '二', name: OLD_CHECK.name });
	expect(tenant.sandbox.checks.byId(ID)?.result).toBe('二');
	expect(reads(tenant)).toBe(2);
});

test('success without a record: the record is read', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'update_check', do: silent });
	const result = await update(tenant);
	expect(result.output()[0]?.json).toMatchObject({ id: ID, result: '未通过' });
	expect(reads(tenant)).toBe(2);
});

test('success without a record, and without the change: the field is named, and nothing is in doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'update_check',
		do: (request, answer) => {
			tenant.sandbox.checks.update(ID, { result: OLD_CHECK.result });
			return silent(request, answer);
		},
	});
	const { error } = await update(tenant);
	expect(saidBy(error)).toContain('differs from what was sent: different result');
	expect(saidBy(error)).not.toContain('may still take effect');
});

test('success without a record, and the check is gone: an error that leaves the doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'update_check', do: silent });
	readableOnce(tenant, 'batch_query', () => jsonAnswer(200, { code: 0, data: { items: [] } }));
	const { error } = await update(tenant);
	expect(saidBy(error)).toContain(
		`Feishu reported success, but did not return the record. The record ${ID} is unchanged, but the change may still take effect`,
	);
});

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { OpenQuestions } from '../../../sandbox/openQuestions';
import {
	APPLICATION,
	CONTINUE,
	DAY_MS,
	errorIn,
	file,
	OLD_CHECK,
	readableOnce,
	saidBy,
	useWriteTenant,
} from './tenant';

const open = useWriteTenant();

type Tenant = Awaited<ReturnType<typeof open>>;

const ID = OLD_CHECK.id;

async function update(
	{ write }: Tenant,
	updateFields: INodeParameters,
	items: INodeExecutionData[] = [{ json: { id: ID } }],
	rest = {},
) {
	return await write(
		'externalBackgroundCheck',
		'update',
		{ checkId: '={{ $json.id }}', updateFields },
		{ items, ...rest },
	);
}

const stored = ({ sandbox }: Tenant, id = ID) => sandbox.checks.byId(id);

const namesOf = (tenant: Tenant) => (stored(tenant)?.attachment_list ?? []).map(({ name }) => name);

type Switches = Partial<OpenQuestions>;
const READINGS: Array<[string, Switches]> = [
	['cleared, accepted', {}],
	['cleared, copied', { storedAttachmentId: 'copied' }],
	['kept, accepted', { omittedOnUpdate: 'kept' }],
	['kept, copied', { omittedOnUpdate: 'kept', storedAttachmentId: 'copied' }],
	['unknown IDs refused', { unknownIds: 'error' }],
];

test.each(READINGS)(
	'a change of one field leaves the others and the files as they are (%s)',
	async (_name, switches) => {
		const tenant = await open({ open: switches });
		const result = await update(tenant, { result: '未通过', date: '2025-03-10' });
		expect(result.error).toBeUndefined();
		expect(stored(tenant)).toMatchObject({
			external_application_id: APPLICATION,
			name: OLD_CHECK.name,
			result: '未通过',
			date: DAY_MS,
		});
		expect(namesOf(tenant)).toEqual(['学历核验.pdf']);
		expect(result.output()).toMatchObject([
			{ json: { id: ID, result: '未通过', name: OLD_CHECK.name }, pairedItem: { item: 0 } },
		]);
	},
);

test.each<[string, string[]]>([
	['add', ['学历核验.pdf', '新.pdf']],
	['replace', ['新.pdf']],
	['', ['学历核验.pdf', '新.pdf']],
])('Attachments Mode "%s"', async (attachmentsMode, names) => {
	const tenant = await open();
	const items = [{ json: { id: ID }, binary: { data: file('新.pdf', 'new') } }];
	const mode = attachmentsMode && { attachmentsMode };
	const result = await update(tenant, { ...mode, attachments: 'data' }, items);
	expect(result.error).toBeUndefined();
	expect(namesOf(tenant)).toEqual(names);
});

test('Attachments Mode removeAll', async () => {
	const tenant = await open();
	await update(tenant, { attachmentsMode: 'removeAll' });
	expect(namesOf(tenant)).toEqual([]);
	expect(stored(tenant)?.name).toBe(OLD_CHECK.name);
});

test('files that Feishu keeps although they were removed are an error', async () => {
	const tenant = await open({ open: { omittedOnUpdate: 'kept' } });
	const result = await update(tenant, { attachmentsMode: 'removeAll' });
	expect(saidBy(result.error)).toContain('1 attachment that should have been removed');
});

test('a lost file is named by its ID, a lost field by its name', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'update_check',
		nth: 1,
		do: (_request, answer) => {
			const body = JSON.parse(answer.body as string) as {
				data: { external_background_check: Record<string, unknown> };
			};
			const check = body.data.external_background_check;
			body.data.external_background_check = { ...check, attachment_list: [], name: 'x' };
			return { ...answer, body: JSON.stringify(body) };
		},
	});
	const result = await update(tenant, { result: '未通过' });
	const text = saidBy(result.error);
	expect(text).toContain('differs from what was sent: different name');
	expect(text).toContain('missing the attachment 7318840001265439001');
	expect(text).not.toContain('学历核验');
});

test('a stored ID that Feishu refuses is an error, and nothing is changed', async () => {
	const tenant = await open({ open: { storedAttachmentId: 'refused' } });
	const result = await update(tenant, { result: '未通过' });
	expect(saidBy(result.error)).toContain('1002002');
	expect(stored(tenant)).toEqual(OLD_CHECK);
});

test.each(['omit', 'error'] as const)(
	'an unknown check is an error, and nothing is written (unknown IDs: %s)',
	async (unknownIds) => {
		const tenant = await open({ open: { unknownIds } });
		const items = [{ json: { id: '7318840216653950000' } }, { json: { id: ID } }];
		const result = await update(tenant, { result: '未通过' }, items, CONTINUE);
		const [first, second] = result.output();
		expect(errorIn(first ?? { json: {} })?.message).toContain('cannot find this background check');
		expect(first && errorIn(first)?.description).toContain(
			'Nothing was written. Check the ID. The background check may have been deleted.',
		);
		expect(second?.json.result).toBe('未通过');
		expect(tenant.sandbox.requests('update_check')).toHaveLength(1);
	},
);

/** The results that were written, in the order of the requests. */
const written = ({ sandbox }: Tenant) =>
	sandbox
		.requests('update_check')
		.map(({ body }) => (JSON.parse(body) as { result: string }).result);

test('items with the same change for one check are one write each', async () => {
	const tenant = await open();
	const items = [{ json: { id: ID } }, { json: { id: ID } }, { json: { id: ID } }];
	const result = await update(tenant, { result: '未通过' }, items);
	expect(result.error).toBeUndefined();
	expect(written(tenant)).toEqual(['未通过', '未通过', '未通过']);
	expect(result.output().map(({ json }) => json.result)).toEqual(['未通过', '未通过', '未通过']);
	expect(result.output().map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(namesOf(tenant)).toEqual(['学历核验.pdf']);
});

test('items for one check are written in their order, one after the other', async () => {
	const latencyMs = 40;
	const tenant = await open({ latencyMs });
	const results = ['一', '二', '二', '三'];
	const items = results.map((result) => ({ json: { id: ID, result } }));
	const result = await update(tenant, { result: '={{ $json.result }}' }, items);
	expect(result.output().map(({ json }) => json.result)).toEqual(results);
	expect(written(tenant)).toEqual(results);
	// Each was answered before the next one was sent.
	const times = tenant.sandbox.requests('update_check').map(({ at }) => at);
	const gaps = times.slice(1).map((at, index) => at - times[index]!);
	expect(Math.min(...gaps)).toBeGreaterThan(latencyMs - 5);
	expect(stored(tenant)?.result).toBe('三');
	expect(namesOf(tenant)).toEqual(['学历核验.pdf']);
});

test('each check is read right before it is written', async () => {
	const checks = Array.from({ length: 45 }, (_, n) => ({
		...OLD_CHECK,
		id: `73188402166540${String(n).padStart(5, '0')}`,
		attachment_list: [],
	}));
	const tenant = await open({ checks });
	const items = checks.map(({ id }) => ({ json: { id } }));
	const result = await update(tenant, { result: '未通过' }, items);
	expect(result.output().map(({ json }) => json.id)).toEqual(checks.map(({ id }) => id));
	expect(tenant.sandbox.requests('batch_query')).toHaveLength(45);
	expect(tenant.sandbox.requests('update_check')).toHaveLength(45);
	for (const { id } of checks) {
		const [read, write, ...others] = tenant.sandbox.log.filter(({ path, body }) =>
			(path + body).includes(id),
		);
		expect([read?.api, write?.api, others]).toEqual(['batch_query', 'update_check', []]);
	}
});

test('every answer is lost after the commit: the change is found', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'update_check', always: true, do: { kind: 'reset', when: 'after' } });
	const result = await update(tenant, { result: '未通过' });
	expect(result.output()[0]?.json.result).toBe('未通过');
});

test('every answer is lost before the commit: an error that leaves the doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'update_check',
		always: true,
		do: { kind: 'reset', when: 'before' },
	});
	const result = await update(tenant, { result: '未通过' });
	expect(saidBy(result.error)).toContain('may still take effect');
	expect(stored(tenant)).toEqual(OLD_CHECK);
});

test('the answers are lost, and the read fails: an error that leaves the doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'update_check', always: true, do: { kind: 'reset', when: 'after' } });
	readableOnce(tenant);
	const result = await update(tenant, { result: '未通过' });
	expect(saidBy(result.error)).toContain('but the node could not check');
});

test.each<[string, INodeParameters, string]>([
	['nothing', {}, "'Update Fields' contains no changes"],
	...[
		{ name: '' },
		{ name: '={{ null }}' },
		{ result: '={{ undefined }}' },
		{ result: '={{ " " }}' },
		{ date: '={{ "" }}' },
	].map((empty): [string, INodeParameters, string] => {
		const [field = ''] = Object.keys(empty);
		const label = field.charAt(0).toUpperCase() + field.slice(1);
		const told = `'${label}' is empty\nEnter a value. To keep the old one, remove the field.`;
		return [JSON.stringify(empty), empty, told];
	}),
	['adding no file', { attachmentsMode: 'add' }, "'Update Fields' contains no changes"],
	['replacing by no file', { attachmentsMode: 'replace' }, "'Attachments' is empty"],
	['seconds', { date: 1741536000 }, "'Date' looks like seconds"],
])('%s is refused before anything is sent', async (_name, fields, message) => {
	const tenant = await open();
	const items = [{ json: { id: ID }, binary: { data: file('a.pdf', 'a') } }];
	const result = await update(tenant, fields, items);
	expect(saidBy(result.error)).toContain(message);
	expect(tenant.sandbox.log).toHaveLength(0);
});

test('more than 20 files together are refused before one is uploaded', async () => {
	const attachment_list = Array.from({ length: 20 }, (_, n) => ({
		id: `73188400012654391${String(n).padStart(2, '0')}`,
		name: `${n}.pdf`,
		size: 1,
	}));
	const tenant = await open({ checks: [{ ...OLD_CHECK, attachment_list }] });
	const items = [{ json: { id: ID }, binary: { data: file('a.pdf', 'a') } }];
	const result = await update(tenant, { attachmentsMode: 'add', attachments: 'data' }, items);
	expect(saidBy(result.error)).toBe(
		"'Attachments' would bring the background check to 21 files, but at most 20 are allowed\nNothing was written. Add fewer files, or set 'Attachments Mode' to \"Replace\".",
	);
	expect(tenant.sandbox.requests('upload')).toHaveLength(0);
});

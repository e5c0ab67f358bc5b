import type { INodeExecutionData } from 'n8n-workflow';
import type { Answer, Attachment, Check, RequestRecord } from '../../../sandbox';
import {
	APPLICATION,
	by,
	CONTINUE,
	DAY_MS,
	errorIn,
	file,
	named,
	newApplications,
	newChecks,
	OLD_CHECK,
	OTHER_APPLICATION,
	OWN,
	saidBy,
	TALENT,
	useFewTries,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

/** How a record is recognized as the intended one. */

const open = useWriteTenant();

useFewTries();

const SKIP = { options: { ifIdenticalExists: 'skip' } };

const withFile = (content: string, fileName = 'report.pdf'): INodeExecutionData => ({
	json: { name: 'a' },
	binary: { data: file(fileName, content) },
});

const filesOf = ({ attachment_list }: Partial<Check> = {}) =>
	(attachment_list ?? []).map(({ name, size }) => [name, size]);

/** The answer to a write, with another record in it. */
const answering =
	(change: (check: Check) => Partial<Check>) =>
	(_request: RequestRecord, answer: Answer): Answer => {
		const body = JSON.parse(answer.body as string) as {
			data: { external_background_check: Check };
		};
		const { data } = body;
		data.external_background_check = {
			...data.external_background_check,
			...change(data.external_background_check),
		};
		return { ...answer, body: JSON.stringify(body) };
	};

const replace = async ({ write }: WriteTenant, content: string, rest = {}) =>
	await write(
		'externalBackgroundCheck',
		'update',
		{ checkId: OLD_CHECK.id, updateFields: { attachmentsMode: 'replace', attachments: 'data' } },
		{ items: [withFile(content, '学历核验.pdf')], ...rest },
	);

describe('files, by name and size', () => {
	test('a create whose answer lists fewer bytes is an error that names the check', async () => {
		const tenant = await open();
		tenant.sandbox.fault({
			api: 'create_check',
			do: answering(({ attachment_list }) => ({
				attachment_list: (attachment_list ?? []).map((each) => ({ ...each, size: 8 })),
			})),
		});
		const result = await tenant.createChecks([withFile('x'.repeat(31))], { attachments: 'data' });
		const text = saidBy(result.error);
		expect(text).toContain(`The background check ${newChecks(tenant)[0]?.id}`);
		expect(text).toContain("missing the file from the field 'data'");
		expect(text).not.toContain('report.pdf');
	});

	test('other names and the same sizes: a success with a hint', async () => {
		const tenant = await open();
		tenant.sandbox.fault({
			api: 'create_check',
			do: answering(({ attachment_list }) => ({
				attachment_list: (attachment_list ?? []).map((each) => ({ ...each, name: 'clean.pdf' })),
			})),
		});
		const result = await tenant.createChecks([withFile('abc')], { attachments: 'data' });
		expect(result.error).toBeUndefined();
		expect(filesOf(result.output()[0]?.json as Partial<Check>)).toEqual([['clean.pdf', 3]]);
		expect(JSON.stringify(result.hints())).toContain('Feishu renamed files of');
	});

	test('Replace whose request never arrived is not a success, even if the old file has the same size', async () => {
		const tenant = await open();
		tenant.sandbox.fault({
			api: 'update_check',
			always: true,
			do: { kind: 'reset', when: 'before' },
		});
		const result = await replace(tenant, 'x'.repeat(1200));
		expect(saidBy(result.error)).toContain('is unchanged, but the change may still take effect');
		expect(filesOf(tenant.sandbox.checks.byId(OLD_CHECK.id))).toEqual([['学历核验.pdf', 1200]]);
	});

	test('Replace whose answer was lost is a success if the new file is there', async () => {
		const tenant = await open();
		tenant.sandbox.fault({
			api: 'update_check',
			always: true,
			do: { kind: 'reset', when: 'after' },
		});
		const result = await replace(tenant, 'x'.repeat(1200));
		expect(result.error).toBeUndefined();
		expect(filesOf(tenant.sandbox.checks.byId(OLD_CHECK.id))).toEqual([['学历核验.pdf', 1200]]);
	});

	test('If Identical Exists: another report is another check', async () => {
		const tenant = await open();
		const run = async (content: string) =>
			await tenant.createChecks([withFile(content)], { ...SKIP, attachments: 'data' });
		await run('first');
		await run('second!');
		expect(newChecks(tenant).map(filesOf)).toEqual([[['report.pdf', 5]], [['report.pdf', 7]]]);
		await run('third');
		expect(newChecks(tenant)).toHaveLength(2);
	});

	test('If Identical Exists: two items of one run with different reports make two checks', async () => {
		const tenant = await open();
		const items = [withFile('one'), withFile('three'), withFile('two')];
		const result = await tenant.createChecks(items, { ...SKIP, attachments: 'data' });
		const ids = result.output().map(({ json }) => json.id);
		expect(newChecks(tenant).map(filesOf).sort()).toEqual([
			[['report.pdf', 3]],
			[['report.pdf', 5]],
		]);
		expect(ids[0]).toBe(ids[2]);
		expect(ids[1]).not.toBe(ids[0]);
	});

	test('answers lost: each item gets the check with its own file', async () => {
		const tenant = await open({ open: { repeatedExternalId: 'empty' } });
		tenant.sandbox.fault({
			api: 'create_check',
			always: true,
			do: { kind: 'reset', when: 'after' },
		});
		const items = [withFile('first'), withFile('second!')];
		const result = await tenant.createChecks(items, { attachments: 'data' });
		expect(result.output().map(({ json }) => filesOf(json as Partial<Check>))).toEqual([
			[['report.pdf', 5]],
			[['report.pdf', 7]],
		]);
	});

	test('a used External ID with a new file is an error, not the check with the old one', async () => {
		const tenant = await open();
		const run = async (content: string) =>
			await tenant.createChecks([withFile(content)], {
				attachments: 'data',
				options: { externalId: 'vendor-1' },
			});
		await run('old');
		const { error } = await run('newer');
		expect(saidBy(error)).toContain('differs from what was sent');
		expect(newChecks(tenant).map(filesOf)).toEqual([[['report.pdf', 3]]]);
	});
});

describe('whose record it is', () => {
	test('an External ID that was used for another application: an error that names that check', async () => {
		const tenant = await open();
		const options = { options: { externalId: 'vendor-1' } };
		await tenant.createChecks(named('a'), options);
		const result = await tenant.createChecks(named('a'), {
			...options,
			externalApplicationId: by('id', OTHER_APPLICATION),
		});
		const text = saidBy(result.error);
		expect(text).toContain('The External ID is already in use');
		expect(text).toContain(newChecks(tenant)[0]?.id);
		expect(text).toContain('Nothing was created.');
		expect(tenant.sandbox.checks.byApplication(OTHER_APPLICATION)).toEqual([]);
	});

	test('an External ID that was used for another candidate: the same for an application', async () => {
		const other = { ...TALENT, id: '7420000000000009002', name: '陈静', emails: ['c@example.com'] };
		const tenant = await open({ talents: [TALENT, { ...other, mobiles: [] }] });
		const run = async (talentId: string) =>
			await tenant.write('externalApplication', 'create', {
				candidate: by('value', talentId),
				options: { externalId: 'vendor-1', ...OWN.options },
			});
		await run(TALENT.id);
		const { error } = await run(other.id);
		expect(saidBy(error)).toContain('belongs to another candidate');
		expect(saidBy(error)).toContain(newApplications(tenant)[0]?.id);
		expect(newApplications(tenant, other.id)).toEqual([]);
	});
});

describe('an older twin is not ours', () => {
	const twin = (id: string): Check => ({
		...OLD_CHECK,
		id,
		name: 'a',
		result: '已通过',
		date: DAY_MS,
		attachment_list: [],
	});
	/** An ID whose upper 32 bits are this time. */
	const idAt = (ms: number) => String((BigInt(Math.floor(ms / 1000)) << 32n) | 7n);
	const lost = { api: 'create_check', always: true } as const;

	test('one from yesterday, and every try failed: the outcome is unknown, and the twin is named', async () => {
		const id = idAt(Date.now() - 86_400_000);
		const tenant = await open({ checks: [twin(id)] });
		tenant.sandbox.fault({ ...lost, do: { kind: 'reset', when: 'before' } });
		const result = await tenant.createChecks(named('a'), OWN);
		expect(saidBy(result.error)).toContain('The record may already exist');
		expect(saidBy(result.error)).toContain(id);
	});

	test('one from yesterday beside our own: our own is found', async () => {
		const id = idAt(Date.now() - 86_400_000);
		const tenant = await open({ checks: [twin(id)], open: { repeatedExternalId: 'empty' } });
		tenant.sandbox.fault({ ...lost, do: { kind: 'reset', when: 'after' } });
		const result = await tenant.createChecks(named('a'), OWN);
		const own = newChecks(tenant).find((check) => check.id !== id);
		expect(result.output()[0]?.json.id).toBe(own?.id);
		expect(own?.id).toBeDefined();
	});

	test.each([
		['from before Feishu', String(1n << 60n)],
		['of a time to come', idAt(Date.now() + 3_600_000)],
		['with other characters', 'check-7'],
	])('an ID %s has no usable time', async (_what, id) => {
		const tenant = await open({ checks: [twin(id)] });
		tenant.sandbox.fault({ ...lost, do: { kind: 'reset', when: 'before' } });
		const result = await tenant.createChecks(named('a'), OWN);
		expect(saidBy(result.error)).toContain('The record may already exist');
		expect(saidBy(result.error)).toContain(id);
	});

	test('answers without a date: the outcome is unknown, even though our own is there', async () => {
		const tenant = await open({ open: { repeatedExternalId: 'empty' } });
		tenant.sandbox.fault({ ...lost, do: { kind: 'reset', when: 'after' } });
		for (const api of ['batch_query', 'token'] as const) {
			tenant.sandbox.fault({
				api,
				always: true,
				do: (_request, answer) => ({ ...answer, headers: { ...answer.headers, date: '' } }),
			});
		}
		const result = await tenant.createChecks(named('a'), OWN);
		expect(saidBy(result.error)).toContain('The record may already exist');
		expect(saidBy(result.error)).toContain(newChecks(tenant)[0]?.id);
	});
});

describe('what cannot be sent back', () => {
	const update = async ({ write }: WriteTenant, updateFields = {}) =>
		await write(
			'externalBackgroundCheck',
			'update',
			{ checkId: OLD_CHECK.id, updateFields: { result: '未通过', ...updateFields } },
			CONTINUE,
		);

	test.each<[string, Partial<Check>, string]>([
		['a date that is no number of ms', { date: '2025-03-10' }, 'a date that cannot be sent back'],
		[
			'an attachment without an ID',
			{ attachment_list: [{ name: 'a.pdf', size: 3 } as Attachment] },
			'an attachment without an ID that cannot be sent back',
		],
	])('%s: refused before the check is overwritten', async (_what, stored, message) => {
		const tenant = await open({ checks: [{ ...OLD_CHECK, ...stored }] });
		const [item] = (await update(tenant)).output();
		expect(item && errorIn(item)?.message).toContain(message);
		expect(tenant.sandbox.requests('update_check')).toHaveLength(0);
	});

	test('the same update may set what could not be sent back', async () => {
		const tenant = await open({ checks: [{ ...OLD_CHECK, date: '2025-03-10' }] });
		const result = await update(tenant, { date: '2025-03-10' });
		expect(result.output()[0]?.json.result).toBe('未通过');
		expect(tenant.sandbox.checks.byId(OLD_CHECK.id)?.date).toBe(DAY_MS);
	});

	test('a time of an external application: likewise', async () => {
		const tenant = await open({
			externalApplications: [
				{ id: APPLICATION, talent_id: TALENT.id, create_time: 'yesterday' as unknown as number },
			],
		});
		const { error } = await tenant.write('externalApplication', 'update', {
			externalApplicationId: by('id', APPLICATION),
			candidate: by('value', TALENT.id),
			updateFields: { stage: '入职' },
		});
		expect(saidBy(error)).toContain(
			"The 'Created At' of the external application cannot be sent back",
		);
		expect(tenant.sandbox.requests('update_application')).toHaveLength(0);
	});
});

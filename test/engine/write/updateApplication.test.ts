import type { INodeParameters } from 'n8n-workflow';
import { jsonAnswer } from '../../../sandbox';
import {
	APPLICATION,
	by,
	readableOnce,
	saidBy,
	silent,
	TALENT,
	TRIES,
	useFewTries,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

const open = useWriteTenant();

useFewTries();

const update = async ({ write }: WriteTenant, updateFields: INodeParameters = { stage: '入职' }) =>
	await write('externalApplication', 'update', {
		externalApplicationId: by('id', APPLICATION),
		candidate: by('value', TALENT.id),
		updateFields,
	});

const writes = ({ sandbox }: WriteTenant) => sandbox.requests('update_application');

const reads = ({ sandbox }: WriteTenant) => sandbox.requests('external_applications').length;

/** The answers to the writes are lost, before or after Feishu has carried them out. */
const lose = ({ sandbox }: WriteTenant, when: 'before' | 'after') =>
	sandbox.fault({ api: 'update_application', always: true, do: { kind: 'reset', when } });

test('unchanged fields of the application are sent again, times as numbers', async () => {
	const tenant = await open({
		externalApplications: [
			{
				id: APPLICATION,
				talent_id: TALENT.id,
				job_title: 'Engineer',
				stage: '',
				termination_reason: null,
				create_time: '1741536000000',
				modify_time: '1741622400000',
			} as never,
		],
	});
	const result = await update(tenant, { resumeSource: '内推' });
	expect(result.error).toBeUndefined();
	expect(writes(tenant).map(({ body }) => JSON.parse(body) as unknown)).toEqual([
		{
			talent_id: TALENT.id,
			job_title: 'Engineer',
			create_time: 1741536000000,
			modify_time: 1741622400000,
			resume_source: '内推',
		},
	]);
});

const GAPS = ['', ' ', '={{ "" }}', '={{ null }}', '={{ undefined }}'];

test.each(
	[
		['stage', 'Stage'],
		['createTime', 'Created At'],
		['deliveryType', 'Delivery Type'],
	].flatMap(([field, label]) => GAPS.map((gap) => [field, gap, label] as const)),
)(
	'%s: %j could mean to keep or to remove the value, so nothing is sent',
	async (field, gap, label) => {
		const tenant = await open();
		const { error } = await update(tenant, { jobTitle: 'HRBP', [field as string]: gap });
		expect(saidBy(error)).toBe(
			`'${label}' is empty\nEnter a value. To keep the old one, remove the field.`,
		);
		expect(tenant.sandbox.log).toHaveLength(0);
	},
);

test('times that the application lacks are not sent', async () => {
	const tenant = await open();
	await update(tenant);
	expect(writes(tenant).map(({ body }) => JSON.parse(body) as unknown)).toEqual([
		{ talent_id: TALENT.id, job_title: 'Engineer', stage: '入职' },
	]);
});

test('every answer is lost after the change: it is found', async () => {
	const tenant = await open();
	lose(tenant, 'after');
	const result = await update(tenant);
	expect(result.error).toBeUndefined();
	expect(result.output()[0]?.json).toMatchObject({ id: APPLICATION, stage: '入职' });
	expect(writes(tenant)).toHaveLength(TRIES);
	expect(reads(tenant)).toBe(2);
});

test('every answer is lost before the change: an error that leaves the doubt', async () => {
	const tenant = await open();
	lose(tenant, 'before');
	const { error } = await update(tenant);
	expect(saidBy(error)).toContain(
		`The record ${APPLICATION} is unchanged, but the change may still take effect`,
	);
	expect(tenant.sandbox.applications.byId(APPLICATION)?.stage).toBe('Offer');
});

test('the application cannot be read afterwards: an error that leaves the doubt', async () => {
	const tenant = await open();
	lose(tenant, 'after');
	readableOnce(tenant, 'external_applications');
	const { error } = await update(tenant);
	expect(saidBy(error)).toContain('may have been carried out, but the node could not');
});

test('the application is gone afterwards: an error that leaves the doubt', async () => {
	const tenant = await open();
	lose(tenant, 'after');
	readableOnce(tenant, 'external_applications', () =>
		jsonAnswer(200, { code: 0, data: { external_application_list: [] } }),
	);
	const { error } = await update(tenant);
	expect(saidBy(error)).toContain(`The record ${APPLICATION} is unchanged, but`);
});

test('a refusal is reported as it is, and nothing is read again', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'update_application',
		do: () => jsonAnswer(200, { code: 1002002, msg: 'refused' }),
	});
	const { error } = await update(tenant);
	expect(saidBy(error)).toMatch(/^Feishu refused a parameter/);
	expect(saidBy(error)).not.toMatch(/may (still|have)/);
	expect([writes(tenant).length, reads(tenant)]).toEqual([1, 1]);
});

test('success without a record: the record is read', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'update_application', do: silent });
	const result = await update(tenant);
	expect(result.output()[0]?.json).toMatchObject({ id: APPLICATION, stage: '入职' });
	expect(reads(tenant)).toBe(2);
});

test('success without a record, and the application is gone: an error that leaves the doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'update_application', do: silent });
	readableOnce(tenant, 'external_applications', () =>
		jsonAnswer(200, { code: 0, data: { items: [] } }),
	);
	const { error } = await update(tenant);
	expect(saidBy(error)).toContain(
		`Feishu reported success, but did not return the record. The record ${APPLICATION} is unchanged, but`,
	);
});

test('success without a record, and without the change: the field is named, and nothing is in doubt', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'update_application',
		do: (request, answer) => {
			tenant.sandbox.applications.update(APPLICATION, { stage: 'Offer' });
			return silent(request, answer);
		},
	});
	const { error } = await update(tenant);
	expect(saidBy(error)).toContain('differs from what was sent: different stage');
	expect(saidBy(error)).not.toContain('may still take effect');
});

test('an answer with another stage is an error that names the field', async () => {
	const tenant = await open();
	tenant.sandbox.fault({
		api: 'update_application',
		do: (_request, answer) => ({
			...answer,
			body: (answer.body as string).replace('入职', 'Offer'),
		}),
	});
	const { error } = await update(tenant);
	expect(saidBy(error)).toContain('differs from what was sent: different stage');
	expect(reads(tenant)).toBe(1);
});

test('an application that the candidate does not have: the exact message', async () => {
	const tenant = await open({ externalApplications: [] });
	const { error } = await update(tenant);
	expect(saidBy(error)).toMatch(/^The candidate does not have this external application/);
	expect(saidBy(error)).toContain('Nothing was written. Check the ID and the candidate.');
	expect(writes(tenant)).toHaveLength(0);
});

test('an unknown candidate has no such application', async () => {
	const tenant = await open({ talents: [] });
	const { error } = await update(tenant);
	expect(saidBy(error)).toMatch(/^The candidate does not have this external application/);
});

import { people, startSandbox } from '../../sandbox';
import type { ExternalApplication, Sandbox } from '../../sandbox';
import { callOf } from './client';
import type { Call, Reply } from './client';

let sandbox: Sandbox;
let call: Call;

const path = '/external_applications';
const talent = people.withoutApplication.id;
const fields = {
	job_title: '后端工程师',
	stage: '面试',
	job_recruitment_type: 1,
	delivery_type: 2,
	create_time: 1717200000000,
	modify_time: 1725148800000,
};

beforeEach(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
	call = await callOf(sandbox);
});

afterEach(async () => await sandbox.close());

async function create(more: Record<string, unknown> = {}): Promise<Reply> {
	return await call('POST', path, { talent_id: talent, ...fields, ...more });
}

function held(): ExternalApplication[] {
	return sandbox.applications.byTalent(talent);
}

test('a created application is returned, stored and listed', async () => {
	const application = (await create({ external_id: 'a' })).json.data.external_application;
	expect(application).toEqual({
		id: expect.stringMatching(/^\d{19}$/) as string,
		talent_id: talent,
		external_id: 'a',
		...fields,
	});
	expect(held()).toEqual([application]);
	const listed = (await call('GET', `${path}?talent_id=${talent}`)).json.data.items;
	expect(listed).toEqual([{ id: application.id, talent_id: talent, ...fields }]);
});

test('talent_id is required and must be known', async () => {
	expect((await create({ talent_id: undefined })).json.code).toBe(1002002);
	const unknown = await create({ talent_id: '1' });
	expect([unknown.status, unknown.json.code]).toEqual([400, 1002102]);
	expect((await create({ create_time: '1' })).json.code).toBe(99992402);
	expect(held()).toEqual([]);
});

test('an external_id makes one application; a check can have the same key', async () => {
	const first = (await create({ external_id: 'a' })).json.data.external_application;
	const again = (await create({ external_id: 'a', stage: 'x' })).json.data.external_application;
	expect(again).toEqual(first);
	expect(held()).toEqual([first]);
	const check = { external_application_id: first.id, external_id: 'a' };
	await call('POST', '/external_background_checks', check);
	expect(sandbox.checks.byApplication(first.id)).toHaveLength(1);
});

test.each([
	['cleared', { stage: '已入职' }],
	['kept', { ...fields, stage: '已入职' }],
] as const)('what an update leaves out is %s', async (omittedOnUpdate, expected) => {
	sandbox.options.open.omittedOnUpdate = omittedOnUpdate;
	const { id } = (await create()).json.data.external_application;
	const reply = await call('PUT', `${path}/${id}`, { talent_id: talent, stage: '已入职' });
	expect(reply.json.data.external_application).toEqual({ id, talent_id: talent, ...expected });
	expect(held()).toEqual([{ id, talent_id: talent, ...expected }]);
});

test('an update requires the talent and a known application', async () => {
	const { id } = (await create()).json.data.external_application;
	expect((await call('PUT', `${path}/${id}`, { stage: 'x' })).json.code).toBe(1002002);
	expect((await call('PUT', `${path}/1`, { talent_id: talent })).json.code).toBe(1002002);
	expect(held()[0]?.stage).toBe('面试');
});

test('a deletion returns what was deleted, without create_time', async () => {
	const { id } = (await create()).json.data.external_application;
	expect((await call('DELETE', `${path}/${id}?talent_id=1`)).json.code).toBe(1002002);
	const reply = await call('DELETE', `${path}/${id}?talent_id=${talent}`);
	const deleted = reply.json.data.external_application;
	expect(deleted).not.toHaveProperty('create_time');
	const { create_time } = fields;
	expect({ ...deleted, create_time }).toEqual({ id, talent_id: talent, ...fields });
	expect(held()).toEqual([]);
	expect((await call('DELETE', `${path}/${id}`)).json.code).toBe(1002002);
	sandbox.options.open.deleteUnknown = 'success';
	expect((await call('DELETE', `${path}/${id}`)).json.code).toBe(0);
});

test.each([
	['keepsChecks', 2],
	['dropsChecks', 0],
] as const)('the deletion of an application %s', async (deletedApplication, left) => {
	sandbox.options.open.deletedApplication = deletedApplication;
	const id = '7318839904418072621';
	expect((await call('DELETE', `${path}/${id}`)).json.code).toBe(0);
	expect(sandbox.checks.byApplication(id)).toHaveLength(left);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { INodeParameters } from 'n8n-workflow';
import { loadPackage } from '../../harness';
import { APPLICATION, by, OTHER_APPLICATION, TALENT, useWriteTenant } from './tenant';

const open = useWriteTenant();

interface Schema {
	properties: Record<string, object>;
}

/** The place where n8n's editor looks for it. */
async function schemaOf(operation: string): Promise<Schema> {
	const { directory } = await loadPackage();
	const folder = 'dist/nodes/FeishuHire/__schema__/v1.0.0/externalApplication';
	return JSON.parse(
		readFileSync(path.join(directory, folder, `${operation}.json`), 'utf8'),
	) as Schema;
}

const WHOLE = {
	id: APPLICATION,
	talent_id: TALENT.id,
	job_title: '工程师',
	job_recruitment_type: 2,
	resume_source: '内推',
	stage: '面试',
	delivery_type: 3,
	termination_type: '拒绝',
	termination_reason: '薪资',
	create_time: Date.parse('2025-03-10T09:30:00+08:00'),
	modify_time: Date.parse('2025-03-11T00:00:00+08:00'),
};

/** The content of that application, so that it is not created again. */
const additionalFields = {
	jobTitle: '工程师',
	jobRecruitmentType: 2,
	resumeSource: '内推',
	stage: '面试',
	deliveryType: 3,
	terminationType: '拒绝',
	terminationReason: '薪资',
	createTime: '2025-03-10T09:30:00',
	modifyTime: '2025-03-11',
};

test.each<[string, INodeParameters, number]>([
	['create', { additionalFields }, 1],
	['getMany', {}, 2],
	['getMany', { simple: false }, 2],
	['update', { externalApplicationId: by('id', APPLICATION), updateFields: { stage: '入职' } }, 1],
])(
	'%s %j: every item matches the schema, and the first one has all of its fields and no others',
	async (operation, parameters, count) => {
		const { write } = await open({
			externalApplications: [WHOLE, { id: OTHER_APPLICATION, talent_id: TALENT.id }],
		});
		const candidate = by('value', TALENT.id);
		const result = await write('externalApplication', operation, { candidate, ...parameters });
		const items = result.output().map(({ json }) => json);
		expect(items).toHaveLength(count);
		const schema = await schemaOf(operation);
		const validate = new Ajv({ allErrors: true }).compile(schema);
		for (const item of items) expect([validate(item), validate.errors]).toEqual([true, null]);
		expect(Object.keys(items[0] ?? {}).sort()).toEqual(Object.keys(schema.properties).sort());
		expect(validate({ ...items[0], job_title: 1 })).toBe(false);
		expect(validate({ ...items[0], create_time: {} })).toBe(false);
	},
);

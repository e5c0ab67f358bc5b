import type { INodeParameters } from 'n8n-workflow';
import { type Api, type FaultAction, jsonAnswer } from '../../../sandbox';
import {
	APPLICATION,
	by,
	CONTINUE,
	file,
	OLD_CHECK,
	OTHER_APPLICATION,
	OWN,
	saidBy,
	TALENT,
	useWriteTenant,
} from './tenant';

const open = useWriteTenant();

/** Refuses a request, and repeats it in every way known of Feishu. */
const echo: FaultAction = ({ body, query, upload, path }) => {
	const sent = upload?.name ?? (body || JSON.stringify(query));
	const description = `${path} ${sent} is wrong, ask HR@Example.com or +86 139-1111-2222`;
	const error = { field_violations: [{ field: 'result', value: sent, description }] };
	return jsonAnswer(400, { code: 1002002, msg: `param error: ${description}`, error });
};

/**
 * Everything that n8n stores of an error, except the node with its parameters, which the workflow
 * contains anyway.
 */
const stored = (error: object | undefined) => JSON.stringify({ ...error, node: undefined });

interface Case {
	resource: string;
	operation: string;
	api: Api;
	parameters: INodeParameters;
	/** Must not be in the error, in any case. */
	personal: string[];
	/** Must be in the error. */
	shown: string[];
}

const LONG = '本人曾因个人原因离职，'.repeat(60);

const CASES: Case[] = [
	{
		resource: 'externalBackgroundCheck',
		operation: 'create',
		api: 'create_check',
		parameters: {
			recordOn: 'externalApplication',
			externalApplicationId: by('id', APPLICATION),
			name: '林晓彤 "入职" 背调',
			result: 'Failed: Ann Lin lied',
			date: '1990-05-17',
			options: { externalId: '110101199003071234', ...OWN.options },
		},
		personal: ['林晓彤', 'Ann Lin', '1101011990', '642873600'],
		shown: [APPLICATION, 'external_application_id', 'name', 'Refused fields: result: '],
	},
	{
		resource: 'externalBackgroundCheck',
		operation: 'update',
		api: 'update_check',
		parameters: { checkId: OLD_CHECK.id, updateFields: { name: '林晓彤', result: LONG } },
		personal: ['林晓彤', '个人原因'],
		shown: [OLD_CHECK.id, APPLICATION, 'name'],
	},
	{
		resource: 'externalBackgroundCheck',
		operation: 'create',
		api: 'upload',
		parameters: {
			recordOn: 'externalApplication',
			externalApplicationId: by('id', APPLICATION),
			name: 'a',
			result: 'b',
			date: '2025-03-10',
			attachments: 'data',
		},
		personal: ['林晓彤', 'report of'],
		shown: ['attachments', 'is wrong'],
	},
	{
		resource: 'externalApplication',
		operation: 'create',
		api: 'create_application',
		parameters: {
			candidate: by('value', TALENT.id),
			additionalFields: {
				jobTitle: 'Kettenhundführer',
				stage: '与王经理面谈',
				terminationReason: 'lied about\nhis degree',
				terminationType: 'zhang',
				resumeSource: '猎头 Ann',
			},
			options: { externalId: 'zhang-13812345678', ...OWN.options },
		},
		personal: ['Kettenhund', '王经理', 'degree', 'zhang', 'Ann', '猎头', '13812345678'],
		shown: [TALENT.id, 'job_title', 'termination_reason'],
	},
	{
		resource: 'externalApplication',
		operation: 'update',
		api: 'update_application',
		parameters: {
			externalApplicationId: by('id', OTHER_APPLICATION),
			candidate: by('value', TALENT.id),
			updateFields: { stage: '与王经理面谈' },
		},
		personal: ['王经理'],
		shown: [TALENT.id, OTHER_APPLICATION, 'stage'],
	},
	...(
		[
			['name', 'talents', '林 晓彤', ['晓彤', '%E6%99%93']],
			['email', 'batch_get_id', 'Lin.Xiaotong@example.org', ['xiaotong']],
			['phone', 'batch_get_id', '13812345678', ['13812345678']],
		] as const
	).map(([mode, api, value, personal]) => ({
		resource: 'externalApplication',
		operation: 'getMany',
		api,
		parameters: { candidate: by(mode, value) },
		personal: [...personal],
		shown: ['is wrong'],
	})),
];

test.each(CASES.map((one) => [one.resource, one.operation, one.api, one] as const))(
	'%s %s, when %s is refused: IDs and fields are shown, and nothing personal',
	async (resource, operation, api, { parameters, personal, shown }) => {
		const { sandbox, write } = await open();
		sandbox.fault({ api, always: true, do: echo });
		const binary = { data: file('Report of 林晓彤.pdf', 'a') };
		const run = async (rest: object) =>
			await write(resource, operation, parameters, { items: [{ json: {}, binary }], ...rest });
		const { error } = await run({});
		const continued = await run(CONTINUE);
		const json = continued.output()[0]?.json;
		expect(json?.error).toBeDefined();
		for (const told of [saidBy(error), stored(error), JSON.stringify(json)]) {
			for (const text of [...personal, 'hr@example.com', '1111-2222']) {
				expect(told.toLowerCase()).not.toContain(text.toLowerCase());
			}
		}
		for (const text of shown) {
			expect(saidBy(error)).toContain(text);
			expect(JSON.stringify(json)).toContain(text);
		}
	},
);

/** So long that it loses digits; a shorter one is taken as text. */
const PHONE = '={{ 13812345678138123 }}';
const check = {
	recordOn: 'externalApplication',
	externalApplicationId: by('id', APPLICATION),
	name: 'a',
	result: 'b',
	date: '2025-03-10',
};

test.each<[string, string, string, INodeParameters, string]>([
	['externalBackgroundCheck', 'create', 'Name', { ...check, name: PHONE }, 'a number, not text'],
	[
		'externalBackgroundCheck',
		'create',
		'Result',
		{ ...check, result: PHONE },
		'a number, not text',
	],
	[
		'externalBackgroundCheck',
		'create',
		'Result',
		{ ...check, result: '={{ true }}' },
		'a boolean, not text',
	],
	[
		'externalBackgroundCheck',
		'create',
		'Date',
		{ ...check, date: '={{ -13812345678 }}' },
		'a number that cannot be read as a date',
	],
	[
		'externalApplication',
		'create',
		'Stage',
		{ candidate: by('value', TALENT.id), additionalFields: { stage: PHONE } },
		'a number, not text',
	],
])(
	'%s %s: what is typed into %s is not shown',
	async (resource, operation, label, parameters, kind) => {
		const { write, sandbox } = await open();
		const { error } = await write(resource, operation, parameters);
		expect(error?.message).toBe(`'${label}' is ${kind}`);
		expect(stored(error)).not.toMatch(/13812345678/);
		expect(sandbox.log).toEqual([]);
	},
);

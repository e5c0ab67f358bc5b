import type { INodeParameters } from 'n8n-workflow';
import { jsonAnswer } from '../../../sandbox';
import type { Answer, Api, RequestRecord } from '../../../sandbox';
import { itemOf } from '../../harness/itemOf';
import {
	APPLICATION,
	by,
	OLD_CHECK,
	OTHER_APPLICATION,
	OWN,
	saidBy,
	TALENT,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

const open = useWriteTenant();

const OTHER_CHECK = { ...OLD_CHECK, id: '7318840216653959002', attachment_list: [] };

interface Writing {
	resource: string;
	operation: string;
	api: Api;
	parameters: INodeParameters;
	/** The value of `text` in the first and in the second item. */
	texts: [string, string];
}

const application = { externalApplicationId: by('id', '={{ $json.text }}') };
const candidate = by('id', TALENT.id);

const WRITINGS: Writing[] = [
	{
		resource: 'externalBackgroundCheck',
		operation: 'create',
		api: 'create_check',
		parameters: {
			recordOn: 'externalApplication',
			externalApplicationId: by('id', APPLICATION),
			name: '={{ $json.text }}',
			result: '已通过',
			date: '2025-03-10',
			...OWN,
		},
		texts: ['first', 'second'],
	},
	{
		resource: 'externalBackgroundCheck',
		operation: 'upsert',
		api: 'create_check',
		parameters: {
			recordOn: 'externalApplication',
			externalApplicationId: by('id', APPLICATION),
			name: '={{ $json.text }}',
			result: '已通过',
			date: '2025-03-10',
		},
		texts: ['first', 'second'],
	},
	{
		resource: 'externalBackgroundCheck',
		operation: 'update',
		api: 'update_check',
		parameters: { checkId: '={{ $json.text }}', updateFields: { result: '未通过' } },
		texts: [OLD_CHECK.id, OTHER_CHECK.id],
	},
	{
		resource: 'externalBackgroundCheck',
		operation: 'delete',
		api: 'delete_check',
		parameters: { checkId: '={{ $json.text }}' },
		texts: [OLD_CHECK.id, OTHER_CHECK.id],
	},
	{
		resource: 'externalApplication',
		operation: 'create',
		api: 'create_application',
		parameters: { candidate, additionalFields: { stage: '={{ $json.text }}' }, ...OWN },
		texts: ['first', 'second'],
	},
	{
		resource: 'externalApplication',
		operation: 'update',
		api: 'update_application',
		parameters: { ...application, candidate, updateFields: { stage: '入职' } },
		texts: [APPLICATION, OTHER_APPLICATION],
	},
	{
		resource: 'externalApplication',
		operation: 'delete',
		api: 'delete_application',
		parameters: application,
		texts: [APPLICATION, OTHER_APPLICATION],
	},
];

/** Refuses a request, but not before something else is done. */
const refusedAfter = (isDone: () => boolean) => async (): Promise<Answer> => {
	while (!isDone()) await new Promise(setImmediate);
	return jsonAnswer(400, { code: 1002002, msg: 'refused' });
};

/** Two items. Feishu refuses the second once, after the first has been carried out. */
async function run(
	{ sandbox, write }: WriteTenant,
	{ resource, operation, api, parameters, texts }: Writing,
	rest = {},
) {
	const isFirstDone = () => sandbox.requests(api).some(({ status }) => status === 200);
	const other = structuredClone(OTHER_CHECK);
	sandbox.fault({
		api,
		when: ({ path, body }) => (path + body).includes(texts[1]),
		times: 1,
		// Items of one application run one after another here. The sandbox carries out what a function
		// refuses.
		do:
			operation === 'upsert'
				? { kind: 'answer', status: 400, code: 1002002, when: 'before' }
				: async () => {
						const answer = await refusedAfter(isFirstDone)();
						// The refused deletion must leave its check in place.
						if (api === 'delete_check') sandbox.checks.add(other);
						return answer;
					},
	});
	return await write(resource, operation, parameters, {
		items: texts.map((text) => ({ json: { text } })),
		...rest,
	});
}

const start = async () =>
	await open({
		checks: [structuredClone(OLD_CHECK), structuredClone(OTHER_CHECK)],
		open: { deleteUnknown: 'success' },
	});

const named = WRITINGS.map((writing) => [writing.operation, writing.resource, writing] as const);

test.each(named)(
	'%s %s: an error that ends the run names what was carried out before it',
	async (_operation, _resource, writing) => {
		const { error } = await run(await start(), writing);
		expect(itemOf(error)).toBe(1);
		expect(saidBy(error)).toMatch(/Carried out before the error: item 1 \(\d{19}\)\./);
	},
);

test.each(named)(
	'%s %s: when n8n tries the node again, what was carried out is not sent again',
	async (_operation, _resource, writing) => {
		const tenant = await start();
		const result = await run(tenant, writing, {
			nodeSettings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		});
		expect(result.error).toBeUndefined();
		expect(new Set(result.output().map(({ json }) => json.id)).size).toBe(2);
		expect(result.output().map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		const sent = tenant.sandbox.requests(writing.api);
		const about = (text: string) => sent.filter(({ path, body }) => (path + body).includes(text));
		expect(writing.texts.map((text) => about(text).length)).toEqual([1, 2]);
	},
);

test.each([
	['candidate', 'get'],
	['externalApplication', 'getMany'],
])(
	'%s %s changes nothing: an error that ends the run mentions only itself',
	async (resource, operation) => {
		const { sandbox, write } = await start();
		const unknown = '7420000000000009999';
		const parameters = { candidate: by('value', '={{ $json.text }}') };
		const isFirstRead = () => sandbox.log.filter(({ status }) => status === 200).length > 1;
		const when = ({ path, query }: RequestRecord) =>
			JSON.stringify([path, query]).includes(unknown);
		for (const api of ['talent', 'external_applications'] as const) {
			sandbox.fault({ api, when, do: refusedAfter(isFirstRead) });
		}
		const { error } = await write(resource, operation, parameters, {
			items: [TALENT.id, unknown].map((text) => ({ json: { text } })),
		});
		expect(itemOf(error)).toBe(1);
		expect(saidBy(error)).not.toMatch(/carried out/i);
	},
);

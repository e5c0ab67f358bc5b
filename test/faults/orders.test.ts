import type { INodeParameters } from 'n8n-workflow';
import type * as Endpoints from '../../nodes/shared/hire/endpoints';
import { type Api, orderExamples, people, startSandbox } from '../../sandbox';
import { packageModule, runNode } from '../harness';
import { expectNoSecrets } from './support/cases';
import { brokenChains, curable, type Fault, incurable } from './support/catalogue';
import { setLimits, shortWaits } from './support/limits';
import { PageCounter } from './support/pages';
import { addApp, storeFor } from './support/tenant';

setLimits(shortWaits);

/** The object from which the built node reads its rates. */
const { endpoints } = packageModule<typeof Endpoints>('nodes/shared/hire/endpoints');
for (const endpoint of Object.values(endpoints)) endpoint.requestsPerSecond = 1000;

/** A list of orders or of applications, and an operation that reads it; a page has ten entries. */
interface Stage {
	name: string;
	api: Api;
	parameters: INodeParameters;
	pages: number[];
}

const IDS = Array.from({ length: 20 }, (_, index) => String(7441000000000000001n + BigInt(index)));

const stages: Stage[] = [
	{ name: 'list', api: 'orders', parameters: { operation: 'getMany' }, pages: [1, 2, 4] },
	{
		name: 'query',
		api: 'query_orders',
		parameters: { operation: 'getMany', filters: { begunFrom: '2025-01-01' } },
		pages: [1, 2, 4],
	},
	{
		name: 'orders by ID',
		api: 'query_orders',
		parameters: { operation: 'getByIds', orderIds: IDS.join(' ') },
		pages: [1, 2],
	},
	{
		name: 'applications of a candidate',
		api: 'applications',
		parameters: { operation: 'getByCandidate', candidate: people.twoNumbers.id },
		pages: [1],
	},
	{
		name: 'orders of a candidate',
		api: 'orders',
		parameters: { operation: 'getByCandidate', candidate: people.twoNumbers.id },
		pages: [1],
	},
];

/** Contact data that the tenant sends and no error may repeat. */
const contacts = [
	...people.twoNumbers.emails,
	...people.twoNumbers.mobiles.map(({ number }) => number),
];

/** A broken chain is broken from that page on. */
const isStruckBy = (fault: Fault) => (asked: number, page: number) =>
	brokenChains.includes(fault) ? asked >= page : asked === page;

/** Runs an operation once in a tenant where a page fails. */
async function run({ api, parameters }: Stage, fault?: Fault, page = 1, times = Infinity) {
	const sandbox = await startSandbox({
		requestsPerSecond: null,
		maxPageSize: 10,
		open: fault?.open,
	});
	try {
		const app = addApp(sandbox);
		const counter = new PageCounter();
		if (fault) {
			const isStruck = isStruckBy(fault);
			sandbox.fault({
				api,
				when: (request) => isStruck(counter.pageOf(request), page),
				times,
				do: fault.do,
			});
		}
		const options = fault?.timeoutMs === undefined ? {} : { timeout: fault.timeoutMs };
		const result = await runNode({
			credentials: storeFor(sandbox, app),
			type: 'feishuHire',
			parameters: { resource: 'backgroundCheckOrder', returnAll: true, ...parameters, options },
		});
		expectNoSecrets({ result, secret: app.appSecret });
		const told = `${result.error?.message}${result.error?.description}`;
		for (const text of contacts) expect(told).not.toContain(text);
		return { error: result.error, ids: result.output().map(({ json }) => json.order_id) };
	} finally {
		await sandbox.close();
	}
}

const casesOf = (faults: readonly Fault[]) =>
	faults.flatMap((fault) =>
		stages.flatMap((stage) =>
			stage.pages.map((page) => ({
				fault,
				stage,
				page,
				title: `${fault.name}, ${stage.name}, page ${page}`,
			})),
		),
	);

test.concurrent.each(casesOf(curable))(
	'once, it does not affect the result: $title',
	async ({ fault, stage, page }) => {
		const [whole, struck] = [await run(stage), await run(stage, fault, page, 1)];
		expect(whole.ids.length).toBeGreaterThan(1);
		expect([struck.error?.message, struck.ids]).toEqual([undefined, whole.ids]);
	},
);

test.concurrent.each(casesOf([...incurable, ...brokenChains]))(
	'permanently, one error and nothing else: $title',
	async ({ fault, stage, page }) => {
		const { error, ids } = await run(stage, fault, page);
		expect([error?.message, ids]).toEqual([expect.stringMatching(fault.title), []]);
		expect(error?.description).toMatch(/./);
	},
);

test('the examples are among the orders that are requested by ID', () => {
	expect(IDS).toEqual(expect.arrayContaining(Object.values(orderExamples)));
});

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { RequestRecord, Sandbox } from '../../../sandbox';
import { APPLICATION, OTHER_APPLICATION } from './tenant';

/** A way to query lists of three pages with two checks each. */
export interface Mode {
	name: string;
	parameters: (sandbox: Sandbox) => INodeParameters;
	items: INodeExecutionData[];
	/** The complete answer: the IDs per input item, in order. */
	expected: (sandbox: Sandbox) => string[][];
	/** The requests that a fault concerns; with two input items, those of the second. */
	concerned: (request: RequestRecord) => boolean;
	/** How many requests belong to items that no fault concerns. */
	otherRequests: number;
}

export const PAGES = 3;
export const PAGE_SIZE = 2;
export const CHECKS_PER_APPLICATION = PAGES * PAGE_SIZE;

const one: INodeExecutionData[] = [{ json: {} }];
const storedIds = (sandbox: Sandbox, application: string) =>
	sandbox.checks.byApplication(application).map(({ id }) => id);

export const modes: Mode[] = [
	{
		name: 'application',
		parameters: () => ({
			operation: 'getByApplication',
			externalApplicationId: APPLICATION,
			returnAll: true,
		}),
		items: one,
		expected: (sandbox) => [storedIds(sandbox, APPLICATION)],
		concerned: () => true,
		otherRequests: 0,
	},
	{
		name: 'ids',
		// Backwards, because the output must have the requested order, not Feishu's.
		parameters: (sandbox) => ({
			operation: 'getByIds',
			externalBackgroundCheckIds: storedIds(sandbox, APPLICATION).reverse().join(', '),
		}),
		items: one,
		expected: (sandbox) => [storedIds(sandbox, APPLICATION).reverse()],
		concerned: () => true,
		otherRequests: 0,
	},
	{
		name: 'all',
		parameters: () => ({
			operation: 'getMany',
			returnAll: true,
			options: { pageSize: PAGE_SIZE * 2 },
		}),
		items: one,
		expected: (sandbox) => [sandbox.checks.all().map(({ id }) => id)],
		concerned: () => true,
		otherRequests: 0,
	},
	{
		name: 'two input items',
		parameters: () => ({
			operation: 'getByApplication',
			externalApplicationId: '={{ $json.application }}',
			returnAll: true,
		}),
		items: [{ json: { application: APPLICATION } }, { json: { application: OTHER_APPLICATION } }],
		expected: (sandbox) => [storedIds(sandbox, APPLICATION), storedIds(sandbox, OTHER_APPLICATION)],
		concerned: ({ query }) => query.external_application_id === OTHER_APPLICATION,
		otherRequests: PAGES,
	},
];

/** The page at each position of a fault. */
export const positions: Record<string, number> = { first: 1, middle: 2, last: PAGES };

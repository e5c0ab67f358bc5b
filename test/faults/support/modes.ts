import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { RequestRecord, Sandbox } from '../../../sandbox';
import { APPLICATION, OTHER_APPLICATION } from './tenant';

/** One way to ask, over lists of three pages of two checks. */
export interface Mode {
	name: string;
	parameters: (sandbox: Sandbox) => INodeParameters;
	items: INodeExecutionData[];
	/** What a complete answer is: the IDs for each input item, in order. */
	expected: (sandbox: Sandbox) => string[][];
	/** The requests that a fault concerns; with two input items, those of the second. */
	concerned: (request: RequestRecord) => boolean;
	/** Requests of the items that no fault concerns. */
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
		// Backwards, because the answer has to come in the order asked for, not in Feishu's.
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

/** Pages to ask for, by the place where a fault strikes. */
export const positions: Record<string, number> = { first: 1, middle: 2, last: PAGES };

import { runnable } from '../shared/run/runItems';
import type { Runnable } from '../shared/run/operation';
import { orders } from '../shared/operations/backgroundCheckOrder/orders';
import { get as getCandidate } from '../shared/operations/candidate/get';
import { create as createApplication } from '../shared/operations/externalApplication/create';
import { deleteOperation as deleteApplication } from '../shared/operations/externalApplication/delete';
import { getMany as getManyApplications } from '../shared/operations/externalApplication/getMany';
import { update as updateApplication } from '../shared/operations/externalApplication/update';
import { create as createCheck } from '../shared/operations/externalBackgroundCheck/create';
import { deleteOperation as deleteCheck } from '../shared/operations/externalBackgroundCheck/delete';
import { reads } from '../shared/operations/externalBackgroundCheck/reads';
import { update as updateCheck } from '../shared/operations/externalBackgroundCheck/update';
import { upsert as upsertCheck } from '../shared/operations/externalBackgroundCheck/upsert';

interface Resource {
	value: string;
	name: string;
	description: string;
	defaultOperation: string;
	operations: Runnable[];
}

/** What the node can do. Workflows store the values, so these never change. */
export const resources: Resource[] = [
	{
		value: 'backgroundCheckOrder',
		name: 'Background Check Order',
		description: 'A background check order (背调订单) placed in Feishu Hire',
		defaultOperation: 'getMany',
		operations: orders,
	},
	{
		value: 'candidate',
		name: 'Candidate',
		description: 'A candidate (候选人) in the talent pool',
		defaultOperation: 'get',
		operations: [runnable(getCandidate)],
	},
	{
		value: 'externalApplication',
		name: 'External Application',
		description: 'An external application (外部投递). Background checks are recorded on it.',
		defaultOperation: 'getMany',
		operations: [
			runnable(createApplication),
			runnable(deleteApplication),
			runnable(getManyApplications),
			runnable(updateApplication),
		],
	},
	{
		value: 'externalBackgroundCheck',
		name: 'External Background Check',
		description: 'An external background check (外部背调), done outside Feishu Hire',
		defaultOperation: 'create',
		operations: [
			runnable(createCheck),
			runnable(upsertCheck),
			runnable(deleteCheck),
			...reads,
			runnable(updateCheck),
		],
	},
];

import type { INodePropertyOptions } from 'n8n-workflow';
import { get as getCandidate } from './operations/candidate/get';
import { create as createApplication } from './operations/externalApplication/create';
import { deleteOperation as deleteApplication } from './operations/externalApplication/delete';
import { getMany as getManyApplications } from './operations/externalApplication/getMany';
import { update as updateApplication } from './operations/externalApplication/update';
import { create as createCheck } from './operations/externalBackgroundCheck/create';
import { deleteOperation as deleteCheck } from './operations/externalBackgroundCheck/delete';
import { update as updateCheck } from './operations/externalBackgroundCheck/update';
import type { Runnable } from '../shared/run/operation';
import { runnable } from '../shared/run/runItems';

/** An operation as the form offers it. */
interface Offer extends Runnable {
	value: string;
	name: string;
	description: string;
	/** In n8n's node panel, and for models. */
	action: string;
}

interface Resource {
	value: string;
	name: string;
	description: string;
	defaultOperation: string;
	operations: Offer[];
}

/** What the node can do. Values are stored in workflows: they never change. */
export const resources: Resource[] = [
	{
		value: 'candidate',
		name: 'Candidate',
		description: 'A person in the talent pool (候选人)',
		defaultOperation: 'get',
		operations: [
			{
				...runnable(getCandidate),
				value: 'get',
				name: 'Get',
				description: 'Talent ID, name and masked contact of a candidate',
				action: 'Get a candidate',
			},
		],
	},
	{
		value: 'externalApplication',
		name: 'External Application',
		description: 'An application in another system (外部投递), which background checks belong to',
		defaultOperation: 'getMany',
		operations: [
			{
				...runnable(createApplication),
				value: 'create',
				name: 'Create',
				description: 'Record an external application of a candidate',
				action: 'Create an external application',
			},
			{
				...runnable(deleteApplication),
				value: 'delete',
				name: 'Delete',
				description: 'Remove an external application for good',
				action: 'Delete an external application',
			},
			{
				...runnable(getManyApplications),
				value: 'getMany',
				name: 'Get Many',
				description: 'The external applications of a candidate',
				action: 'Get many external applications',
			},
			{
				...runnable(updateApplication),
				value: 'update',
				name: 'Update',
				description: 'Change fields of an external application',
				action: 'Update an external application',
			},
		],
	},
	{
		value: 'externalBackgroundCheck',
		name: 'External Background Check',
		description: 'A background check that was made outside Feishu Hire (外部背调)',
		defaultOperation: 'create',
		operations: [
			{
				...runnable(createCheck),
				value: 'create',
				name: 'Create',
				description: 'Record a background check, with its report files',
				action: 'Create a background check',
			},
			{
				...runnable(deleteCheck),
				value: 'delete',
				name: 'Delete',
				description: 'Remove a background check for good',
				action: 'Delete a background check',
			},
			{
				...runnable(updateCheck),
				value: 'update',
				name: 'Update',
				description: 'Change fields or report files of a background check',
				action: 'Update a background check',
			},
		],
	},
];

/** Choices of a field, without what is not n8n's. */
export const choices = (offers: ReadonlyArray<Offer | Resource>): INodePropertyOptions[] =>
	offers.map((offer) => ({
		name: offer.name,
		value: offer.value,
		description: offer.description,
		...('action' in offer && { action: offer.action }),
	}));

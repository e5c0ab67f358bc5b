import { IdReader } from '../../form/idList';
import { checkLoader } from '../../hire/api/readChecks';
import type { CheckedId } from '../../hire/checkedId';
import { grouped } from '../../hire/loader';
import type { Operation } from '../../run/operation';
import { attachFiles } from './read/attachFiles';
import { attachmentFields, queryOptions, simplifyField } from './read/fields';
import { Output } from '../output';
import { readQuery, type QueryRequest } from './read/request';
import { CHECK_IDS_LABEL, CHECK_ROWS } from './read/rows';

const CHECK_IDS = new IdReader(CHECK_IDS_LABEL);

/** The checks with these IDs, in this order, each once. */
interface IdsRequest extends QueryRequest {
	ids: CheckedId[];
}

export const getByIds: Operation<IdsRequest> = {
	value: 'getByIds',
	name: 'Get by IDs',
	description: 'Get external background checks (外部背调) by their IDs',
	action: 'Get background checks by ID',
	calls: [],
	fields: () => [
		{
			displayName: CHECK_IDS_LABEL,
			name: 'externalBackgroundCheckIds',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 6960663240925956660, 6960663240925956661',
			hint: 'Find the IDs of external background checks (外部背调 ID) in the output of other operations, or in the system that created them. Feishu Hire does not show them.',
			description:
				'IDs of the external background checks (外部背调 ID) as text, separated by commas, spaces or new lines, or as an array',
		},
		simplifyField(),
		...attachmentFields(),
		queryOptions(),
	],
	read: (form) => ({
		...readQuery(form),
		ids: CHECK_IDS.list(form.get('externalBackgroundCheckIds')),
	}),
	start: (run, requests) => {
		const output = new Output(run, CHECK_ROWS);
		const keyOf = ({ settings }: IdsRequest) => JSON.stringify(settings);
		const loaders = new Map(
			[...grouped(requests, keyOf)].map(([key, group]) => {
				const ids = group.flatMap((request) => request.ids);
				return [key, checkLoader(run.client, ids, group[0]?.settings)] as const;
			}),
		);
		return async (request) => {
			const checks = loaders.get(keyOf(request));
			const loaded = await Promise.all(request.ids.map(async (id) => await checks?.load(id)));
			return output.ofIds(request, request.ids, loaded);
		};
	},
	finish: attachFiles,
};

import { IdReader } from '../../form/idList';
import { checkLoader } from '../../hire/api/readChecks';
import { grouped } from '../../hire/loader';
import { ifNotFoundOption } from '../notFound';
import { simplifyCheckField } from './read/fields';
import { CHECK_IDS_LABEL, queryOperation } from './read/queryOperation';
import type { QueryRequest } from './read/request';

const CHECK_IDS = new IdReader(CHECK_IDS_LABEL);

export const getByIds = queryOperation({
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
		simplifyCheckField(),
	],
	options: () => [ifNotFoundOption()],
	read: (form) => ({ ids: CHECK_IDS.list(form.get('externalBackgroundCheckIds')) }),
	start: (run, requests, output) => {
		const keyOf = ({ settings }: QueryRequest) => JSON.stringify(settings);
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
});

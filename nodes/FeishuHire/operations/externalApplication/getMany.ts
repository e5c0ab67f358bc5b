import { boolean, integer } from '../../../shared/form/values';
import type { Operation } from '../../operation';
import {
	candidateField,
	lookUp,
	mobileCodeField,
	noCandidate,
	readCandidateWish,
	talentsOf,
	type CandidateWish,
} from '../candidates';
import { optionsField } from '../options';

interface GetManyWish extends CandidateWish {
	/** Infinity: all. */
	limit: number;
}

export const getMany: Operation<GetManyWish> = {
	changes: false,
	atOnce: 40,
	fields: () => [
		candidateField('The candidate (候选人) whose external applications are wanted'),
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
		optionsField([mobileCodeField()]),
	],
	read: (form) => ({
		...readCandidateWish(form),
		limit: boolean('Return All', form.typed('returnAll', false))
			? Infinity
			: integer('Limit', form.typed('limit', 50), 1, Infinity),
	}),
	start: ({ client }, wishes) => {
		const lookup = lookUp(client, wishes);
		return async (wish) => {
			const talents = await talentsOf(lookup, wish);
			const lists = await Promise.all(
				talents.map(async ({ id }) => await lookup.applicationsOf(id)),
			);
			const known = lists.flatMap((list) => (list === 'noCandidate' ? [] : [list]));
			if (known.length === 0) throw noCandidate();
			// Several items can ask for one list: each gets applications of its own.
			return known
				.flat()
				.slice(0, wish.limit)
				.map((application) => ({ ...application }));
		};
	},
};

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Api, RequestRecord, SandboxOptions } from '../../../sandbox';
import { checksOf } from './tenant';

/**
 * Candidates of a tenant whose pages have one record. The second candidate has three pages of
 * whatever a stage lists.
 */
const PEOPLE = [
	{ id: '7420000000000000901', name: '周甲', emails: ['jia@example.com'], mobile: '19900000901' },
	{ id: '7420000000000000902', name: '周乙', emails: ['yi@example.com'], mobile: '19900000902' },
	{ id: '7420000000000000903', name: '周丙', emails: ['bing@example.com'], mobile: '55500903' },
] as const;

type Person = (typeof PEOPLE)[number];

const [first, second, third] = PEOPLE;

/** What was looked up, which no error may contain. */
export const personalData: string[] = PEOPLE.flatMap(({ name, emails, mobile }) => [
	name,
	...emails,
	mobile,
]);

/** Candidates that a search for the second's name also finds. */
const NAMED_ALIKE = ['周乙一', '周乙二'].map((name) => ({ name }));

/** Which request of a stage a fault strikes: the one for a page of a person's list. */
export interface Position {
	name: string;
	/** The index of the person, which is also that of the first input item asking for them. */
	person: number;
	page: number;
}

export const PAGES = 3;

const REQUESTS: Position[] = [
	{ name: 'first request', person: 0, page: 1 },
	{ name: 'middle request', person: 1, page: 2 },
	{ name: 'last request', person: 2, page: 1 },
];

/** A stage that lists nothing: one request per person. */
const SINGLE_REQUESTS = REQUESTS.map((position) => ({ ...position, page: 1 }));

/** `REQUESTS` has the middle page of the middle list; these are its ends. */
const ENDS: Position[] = [
	{ name: 'first page of three', person: 1, page: 1 },
	{ name: 'last page of three', person: 1, page: PAGES },
];

/** A stage of Get by Candidate, and input items that cause its requests. */
export interface Stage {
	name: string;
	api: Api;
	items: INodeExecutionData[];
	/** The index of each input item's person. */
	asked: number[];
	/** The first, middle and last request of the stage. */
	positions: Position[];
	/** The other positions of a list. */
	ends: Position[];
	/** How many external applications the second person has, and how many checks the first of these has. */
	size: { applications: number; checks: number };
	/** How many requests a run without faults sends, not counting those for tokens. */
	requests: number;
	/** The index of the person that a request of the stage is about. */
	personOf: (request: RequestRecord) => number;
}

const item = (mode: string, value: string): INodeExecutionData => ({ json: { mode, value } });

const applicationOf = (person: Person, index = 0) =>
	`${person.id.slice(0, -3)}${index}${person.id.slice(-2)}`;

const applicationsOf = (person: Person, count: number) =>
	Array.from({ length: count }, (_, index) => applicationOf(person, index));

/** The tenant of a stage. */
export function tenantOf({ size }: Stage): SandboxOptions {
	const own = PEOPLE.map((person) =>
		applicationsOf(person, person === second ? size.applications : 1),
	);
	return {
		requestsPerSecond: null,
		maxPageSize: 1,
		talents: [
			...PEOPLE.map(({ id, name, emails, mobile }) => ({
				id,
				name,
				emails: [...emails],
				mobiles: [{ code: mobile.length < 11 ? '852' : '86', number: mobile }],
			})),
			...NAMED_ALIKE,
		],
		externalApplications: own.flatMap((ids, index) =>
			ids.map((id) => ({ id, talent_id: PEOPLE[index]?.id ?? '' })),
		),
		checks: own.flat().flatMap((id, index) => {
			const count = id === applicationOf(second) ? size.checks : 1;
			return checksOf(id, count, 7319000000000000001n + BigInt(index * 10));
		}),
	};
}

const ONE_EACH = { applications: 1, checks: 1 };

const byId = PEOPLE.map(({ id }) => item('id', id));

/** The last item asks for the second person in another way, so that two items share what is read. */
const again = item('phone', `+86 ${second.mobile}`);

const indexOf = (text: string | undefined, texts: readonly string[]) => texts.indexOf(text ?? '');

export const stages: Stage[] = [
	{
		name: 'look-up by email and phone',
		api: 'batch_get_id',
		// One kind, and one country code, per request.
		items: [
			item('email', ` ${first.emails[0]} `),
			item('phone', second.mobile),
			item('phone', `+852 ${third.mobile}`),
			again,
		],
		asked: [0, 1, 2, 1],
		positions: SINGLE_REQUESTS,
		ends: [],
		size: ONE_EACH,
		requests: 3 + 3 + 3,
		personOf: ({ body }) =>
			PEOPLE.findIndex(({ emails, mobile }) => body.includes(emails[0]) || body.includes(mobile)),
	},
	{
		name: 'search by name',
		api: 'talents',
		items: PEOPLE.map(({ name }) => item('name', name)),
		asked: [0, 1, 2],
		positions: REQUESTS,
		ends: ENDS,
		size: ONE_EACH,
		requests: 1 + PAGES + 1 + 3 + 3,
		personOf: ({ query }) =>
			indexOf(
				query.keyword,
				PEOPLE.map(({ name }) => name),
			),
	},
	{
		name: 'external applications',
		api: 'external_applications',
		items: [...byId, again],
		asked: [0, 1, 2, 1],
		positions: REQUESTS,
		ends: ENDS,
		size: { applications: PAGES, checks: 1 },
		requests: 1 + (1 + PAGES + 1) + (1 + PAGES + 1),
		personOf: ({ query }) =>
			indexOf(
				query.talent_id,
				PEOPLE.map(({ id }) => id),
			),
	},
	{
		name: 'checks',
		api: 'batch_query',
		items: [...byId, again],
		asked: [0, 1, 2, 1],
		positions: REQUESTS,
		ends: ENDS,
		size: { applications: 1, checks: PAGES },
		requests: 1 + 3 + (1 + PAGES + 1),
		personOf: ({ query }) =>
			indexOf(
				query.external_application_id,
				PEOPLE.map((person) => applicationOf(person)),
			),
	},
];

/** What identifies an output item of Get by Candidate. */
export interface Row {
	id?: unknown;
	talent_id?: unknown;
	application?: unknown;
}

/** An output row, as it is compared. */
export const rowOf = ({ id, talent_id, external_application }: IDataObject): Row => ({
	id,
	talent_id,
	application: (external_application as IDataObject | undefined)?.id,
});

/** The ID of a person, by index. */
export const talentIdOf = (person: number): string => PEOPLE[person]?.id ?? '';

import type * as Endpoints from '../../nodes/shared/hire/endpoints';
import { packageModule } from '../harness';
import {
	allPositions,
	candidateCases,
	type CandidateOutcome,
	expectAll,
	expectAllOrError,
	expectOneError,
	runCandidateCase,
} from './support/candidateCases';
import { type Stage, stages } from './support/candidateStages';
import {
	brokenChains,
	curable,
	type Fault,
	incurable,
	isOfTheApp,
	openEnds,
	sparseEnds,
} from './support/catalogue';
import { lacking } from './support/lacking';
import { setLimits, shortWaits } from './support/limits';
import { givingUp, staying } from './support/staying';

setLimits(shortWaits);

/** The object from which the built node reads its rates: a thousand small runs need not wait. */
const { endpoints } = packageModule<typeof Endpoints>('nodes/shared/hire/endpoints');
for (const endpoint of Object.values(endpoints)) endpoint.requestsPerSecond = 100;

const requests = ({ positions }: Stage) => positions;
const ends = ({ ends: positions }: Stage) => positions;

/** One of each treatment: what happens at the ends of a list does not depend on the fault. */
const oneOfEach = (faults: readonly Fault[]) =>
	faults.filter(
		({ treatment }, index) => faults.findIndex((other) => other.treatment === treatment) === index,
	);

function expectBoundedWork(outcome: CandidateOutcome, fault: Fault, stage: Stage): void {
	expect(outcome.others.length).toBeLessThan(stage.requests);
	expect(outcome.tokenRequests).toHaveLength(fault.treatment === 'renewToken' ? 2 : 1);
}

describe('a fault that occurs once does not affect the result', () => {
	const cases = [...candidateCases(curable, requests), ...candidateCases(oneOfEach(curable), ends)];

	test.concurrent.each(cases)('$title', async (each) => {
		const outcome = await runCandidateCase(each, { times: 1 });

		expectAll(outcome);
		expect(outcome.struck).toHaveLength(2);
		// A token that really is invalid also fails the other items' requests in flight.
		const alsoRefused =
			each.fault.do === 'expire' ? outcome.others.filter(({ code }) => code !== 0) : [];
		expect(alsoRefused.length).toBeLessThan(each.stage.items.length);
		expect(outcome.others).toHaveLength(each.stage.requests - 1 + alsoRefused.length);
		expect(outcome.tokenRequests).toHaveLength(each.fault.treatment === 'renewToken' ? 2 : 1);
	});
});

describe('a permanent one fails the items that need the candidate, each with one error', () => {
	const cases = [
		...candidateCases([...staying, ...incurable], requests),
		...candidateCases(oneOfEach([...staying, ...incurable]), ends),
	];

	test.concurrent.each(cases)('$title', async (each) => {
		const { fault, stage } = each;
		const outcome = await runCandidateCase(each, { times: Infinity, continues: true });

		expectAllOrError(outcome, each, isOfTheApp(fault));
		expect(outcome.struck).toHaveLength(givingUp(fault).sent);
		expectBoundedWork(outcome, fault, stage);
		const [concerned] = outcome.errors[each.position.person] ?? [];
		expect(concerned?.description).toMatch(givingUp(fault).says);
	});
});

describe('without Continue On Fail, it ends the run with one error', () => {
	const cases = candidateCases(oneOfEach([...staying, ...incurable]), allPositions);

	test.concurrent.each(cases)('$title', async (each) => {
		const outcome = await runCandidateCase(each, { times: Infinity });

		expectOneError(outcome, each);
		expect(outcome.struck).toHaveLength(givingUp(each.fault).sent);
		expectBoundedWork(outcome, each.fault, each.stage);
	});
});

const lists = stages.filter(({ api }) => api !== 'batch_get_id');

describe('a broken chain of pages is an error, however much of the list came before', () => {
	test.concurrent.each(candidateCases(brokenChains, allPositions, lists))(
		'$title',
		async (each) => {
			const outcome = await runCandidateCase(each, {
				times: Infinity,
				continues: true,
				fromThereOn: true,
			});

			expectAllOrError(outcome, each);
			expect(outcome.struck.length).toBeLessThanOrEqual(101);
		},
	);
});

describe('a page that does not say whether more follow is never taken for the last one', () => {
	// As the first page, an answer without a list is an empty list; with a token it is not a list
	// anywhere.
	const cases = candidateCases(openEnds, allPositions, lists).filter(
		({ fault, position }) => position.page > 1 || fault.name.startsWith('a token'),
	);

	test.concurrent.each(cases)('$title', async (each) => {
		const outcome = await runCandidateCase(each, { times: Infinity, continues: true });

		expectAllOrError(outcome, each);
		expect(outcome.struck).toHaveLength(1);
	});

	const lastPages = candidateCases(sparseEnds, ({ ends: [, last] }) => (last ? [last] : []), lists);

	test.concurrent.each(lastPages)('but $title, is one', async (each) => {
		const outcome = await runCandidateCase(each, { times: Infinity });

		expectAll(outcome);
		expect(outcome.struck).toHaveLength(1);
	});
});

/** Replaces the first record with what `change` makes of it. */
const bent = (
	name: string,
	list: 'items' | 'talent_list',
	change: (record: object) => unknown,
): Fault => ({
	name,
	do: lacking((data) => {
		const { [list]: records = [] } = data as Record<string, object[]>;
		return {
			...data,
			[list]: records.map((record, index) => (index === 0 ? change(record) : record)),
		};
	}),
	treatment: 'fail',
	title: /^Feishu (did not return a list|returned [a-z ]+ that were not requested)/,
});

describe('a record of an unknown form is an error, never left out', () => {
	const [contacts, names, applications, checks] = stages.map((stage) => [stage]);
	const cases = [
		...candidateCases(
			[
				bent('an entry that is none', 'talent_list', () => 'text'),
				bent('an entry without an ID', 'talent_list', (entry) => ({
					...entry,
					talent_id: undefined,
				})),
				{
					...bent('a list under another name', 'talent_list', () => ({})),
					do: lacking((data) => ({ talents: (data as { talent_list?: unknown }).talent_list })),
				},
			],
			requests,
			contacts,
		),
		...candidateCases(
			[
				bent('a talent without an ID', 'items', (talent) => ({ ...talent, id: undefined })),
				bent('a talent without its data', 'items', ({}) => ({ id: '1' })),
			],
			allPositions,
			names,
		),
		...candidateCases(
			[
				bent('an application without an ID', 'items', (each) => ({ ...each, id: '' })),
				bent('an application of another talent', 'items', (each) => ({ ...each, talent_id: '7' })),
			],
			allPositions,
			applications,
		),
		...candidateCases(
			[
				bent('a check of another application', 'items', (check) => ({
					...check,
					external_application_id: '7',
				})),
				bent('a check that is none', 'items', () => 7),
			],
			allPositions,
			checks,
		),
	];

	test.concurrent.each(cases)('$title', async (each) => {
		const outcome = await runCandidateCase(each, { times: Infinity, continues: true });

		expectAllOrError(outcome, each);
		expect(outcome.struck).toHaveLength(1);
	});
});

const refusal = (code: number, title: RegExp, msg?: string): Fault => ({
	name: `code ${code}${msg ? ` (${msg})` : ''}`,
	do: { kind: 'answer', status: 400, code, msg },
	treatment: 'fail',
	title,
});

describe('a refusal fails the items that need the candidate', () => {
	const refused = refusal(1002002, /refused a parameter \(code 1002002\)/);
	const badNumber = refusal(1002009, /did not accept the phone number \(code 1002009\)/);
	const [contacts] = stages;
	const cases = [
		...candidateCases([refused], allPositions),
		...candidateCases([badNumber], requests, contacts && [contacts]),
	];

	test.concurrent.each(cases)('$title', async (each) => {
		const outcome = await runCandidateCase(each, { times: Infinity, continues: true });

		expectAllOrError(outcome, each);
		expect(outcome.struck).toHaveLength(1);
	});
});

describe('an answer that means an empty list, or no match, at the start of a list is an error later on', () => {
	const ofLists = stages.filter(({ api }) => api === 'external_applications');
	const cases = candidateCases(
		[
			refusal(1002002, /refused a parameter \(code 1002002\)/, 'IDList is empty'),
			refusal(1002102, /cannot find this candidate \(code 1002102\)/),
		],
		allPositions,
		ofLists,
	).filter(({ position }) => position.page > 1);

	test.concurrent.each(cases)('$title', async (each) => {
		const outcome = await runCandidateCase(each, { times: Infinity, continues: true });

		expectAllOrError(outcome, each);
		expect(outcome.struck).toHaveLength(1);
	});
});

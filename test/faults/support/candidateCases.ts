import type { IDataObject } from 'n8n-workflow';
import { type FaultRule, type RequestRecord, type Sandbox, startSandbox } from '../../../sandbox';
import { type RunResult, runNode } from '../../harness';
import { itemOf } from '../../harness/itemOf';
import { NODE } from '../../harness/tenant';
import {
	personalData,
	type Position,
	type Row,
	rowOf,
	type Stage,
	stages,
	talentIdOf,
	tenantOf,
} from './candidateStages';
import { expectNoSecrets } from './cases';
import { type Fault, isOfTheApp } from './catalogue';
import { PageCounter } from './pages';
import { addApp, storeFor } from './tenant';

export interface CandidateCase {
	title: string;
	fault: Fault;
	stage: Stage;
	position: Position;
}

/** Each fault at each position of each stage, or of the given ones, with a title. */
export const candidateCases = (
	faults: readonly Fault[],
	positionsOf: (stage: Stage) => Position[],
	of: readonly Stage[] = stages,
): CandidateCase[] =>
	faults.flatMap((fault) =>
		of.flatMap((stage) =>
			positionsOf(stage).map((position) => ({
				fault,
				stage,
				position,
				title: `${fault.name}, ${stage.name}, ${position.name}`,
			})),
		),
	);

export const allPositions = ({ positions, ends }: Stage): Position[] => [...positions, ...ends];

/** The result of a case. */
export interface CandidateOutcome {
	result: RunResult;
	/** The checks in the output, and the errors, per input item. */
	rows: Row[][];
	errors: IDataObject[][];
	/** The complete answer. */
	expected: Row[][];
	/** The requests that the fault was meant for, those for tokens, and the rest. */
	struck: RequestRecord[];
	tokenRequests: RequestRecord[];
	others: RequestRecord[];
	secret: string;
}

interface Options {
	times: number;
	/** Whether Continue On Fail is set. */
	continues?: boolean;
	/** Whether the fault also strikes the pages after its position. */
	fromThereOn?: boolean;
}

/** Runs Get by Candidate once, in a tenant of its own, where one request fails. */
export async function runCandidateCase(
	{ fault, stage, position }: Omit<CandidateCase, 'title'>,
	{ times, continues = false, fromThereOn = false }: Options,
): Promise<CandidateOutcome> {
	const sandbox = await startSandbox({ ...tenantOf(stage), open: fault.open });
	const isStruck = () => {
		const counter = new PageCounter();
		return (request: RequestRecord) => {
			// Counts every request, including those that the fault spares.
			const page = counter.pageOf(request);
			const isThere = fromThereOn ? page >= position.page : page === position.page;
			return isThere && request.api === stage.api && stage.personOf(request) === position.person;
		};
	};
	try {
		const app = addApp(sandbox);
		const rule: FaultRule = { api: stage.api, when: isStruck(), times, do: fault.do };
		sandbox.fault(rule);
		const result = await runNode({
			credentials: storeFor(sandbox, app),
			type: NODE,
			parameters: {
				operation: 'getByCandidate',
				candidate: '={{ { mode: $json.mode, value: $json.value } }}',
				returnAll: true,
				options: {
					requestsPerSecond: 100,
					...(fault.timeoutMs !== undefined && { timeout: fault.timeoutMs }),
				},
			},
			items: stage.items,
			nodeSettings: continues ? { onError: 'continueRegularOutput' } : {},
		});
		return { ...readOutcome(result, stage, sandbox, isStruck()), secret: app.appSecret };
	} finally {
		await sandbox.close();
	}
}

function readOutcome(
	result: RunResult,
	{ asked }: Stage,
	sandbox: Sandbox,
	isStruck: (request: RequestRecord) => boolean,
): Omit<CandidateOutcome, 'secret'> {
	const rows: Row[][] = asked.map(() => []);
	const errors: IDataObject[][] = asked.map(() => []);
	for (const { json, pairedItem } of result.output()) {
		const { item } = pairedItem as { item: number };
		if ('error' in json) errors[item]?.push(json.error as IDataObject);
		else rows[item]?.push(rowOf(json));
	}
	const tokenRequests = sandbox.requests('token');
	const requests = sandbox.log.filter(({ api }) => api !== 'token');
	const struck = requests.filter(isStruck);
	return {
		result,
		rows,
		errors,
		expected: asked.map((person) => checksOfPerson(sandbox, talentIdOf(person))),
		struck,
		tokenRequests,
		others: requests.filter((request) => !struck.includes(request)),
	};
}

const checksOfPerson = ({ applications, checks }: Sandbox, talent_id: string): Row[] =>
	applications
		.byTalent(talent_id)
		.flatMap(({ id: application }) =>
			checks.byApplication(application).map(({ id }) => ({ id, talent_id, application })),
		);

function expectNothingPrivate(outcome: CandidateOutcome): void {
	expectNoSecrets(outcome);
	const { error } = outcome.result;
	const told = JSON.stringify([outcome.errors, error?.message, error?.description]);
	for (const text of personalData) expect(told).not.toContain(text);
}

/** Every check of every item, once and in order, and no error. */
export function expectAll(outcome: CandidateOutcome): void {
	expect(outcome.result.error?.message).toBeUndefined();
	expect(outcome.result.status).toBe('success');
	expect(outcome.errors.flat()).toEqual([]);
	expect(outcome.rows).toEqual(outcome.expected);
	expectNothingPrivate(outcome);
}

/** The run failed with the error of the person's first item, and output nothing. */
export function expectOneError(
	outcome: CandidateOutcome,
	{ fault, position }: CandidateCase,
): void {
	const { error, status } = outcome.result;
	expect(status).toBe('error');
	expect(error?.message).toMatch(fault.title);
	expect(error?.description).toMatch(/./);
	expect(itemOf(error)).toBe(isOfTheApp(fault) ? undefined : position.person);
	expect(outcome.result.output()).toEqual([]);
	expectNothingPrivate(outcome);
}

/**
 * Under Continue On Fail each item has all its checks, or one error and nothing else: items that
 * ask for the person have the error, the others their checks. Only an error of the app may end
 * other items too.
 */
export function expectAllOrError(
	outcome: CandidateOutcome,
	{ fault, stage, position }: CandidateCase,
	concernsAll = false,
): void {
	expect(outcome.result.status).toBe('success');
	const failed = outcome.errors.map((errors) => errors.length);
	for (const [item, count] of failed.entries()) {
		if (stage.asked[item] === position.person) expect(count).toBe(1);
		else expect(count).toBeLessThanOrEqual(concernsAll ? 1 : 0);
		expect(outcome.rows[item]).toEqual(count > 0 ? [] : outcome.expected[item]);
	}
	// A search by name is given up sooner than any other list.
	const isSearch = fault.name === 'an endless chain' && stage.api === 'talents';
	const title = isSearch ? /More than 200 candidates match this name/ : fault.title;
	for (const { message, description } of outcome.errors.flat()) {
		expect(message).toMatch(title);
		expect(description).toMatch(/./);
	}
	expectNothingPrivate(outcome);
}

import type { INodeParameters } from 'n8n-workflow';
import type { FaultRule, RequestRecord, Sandbox } from '../../../sandbox';
import { type RunResult, runNode } from '../../harness';
import { itemOf } from '../../harness/itemOf';
import { NODE } from '../../harness/tenant';
import type { Fault } from './catalogue';
import { CHECKS_PER_APPLICATION, type Mode, PAGE_SIZE, PAGES } from './modes';
import { PageCounter } from './pages';
import { addApp, startTenant, storeFor } from './tenant';

/** The result of a case. */
export interface Outcome {
	result: RunResult;
	/** The IDs in the output, per input item. */
	ids: string[][];
	/** The items with `error`, per input item. */
	errors: unknown[][];
	/** The requests that the fault concerned, and the rest. */
	concerned: RequestRecord[];
	others: RequestRecord[];
	tokenRequests: RequestRecord[];
	sandbox: Sandbox;
	secret: string;
}

export interface CaseOptions {
	fault?: Fault;
	mode: Mode;
	/** The page at which the fault strikes, from 1; if absent, every page. */
	page?: number;
	times: number;
	/** Whether Continue On Fail is set. */
	continues?: boolean;
	/** Further rules, which come first. */
	rules?: (counter: PageCounter) => FaultRule[];
}

/** Runs the node once in a tenant of its own, with the given fault. */
export async function runCase(options: CaseOptions): Promise<Outcome> {
	const { fault, mode, page, times, continues = false } = options;
	const sandbox = await startTenant(CHECKS_PER_APPLICATION, { open: fault?.open });
	try {
		const app = addApp(sandbox);
		const counter = new PageCounter();
		for (const rule of options.rules?.(counter) ?? []) sandbox.fault(rule);
		if (fault) {
			sandbox.fault({
				api: 'batch_query',
				when: (request) => {
					// Counts every request, including those that the fault spares.
					const asked = counter.pageOf(request);
					return mode.concerned(request) && (page === undefined || asked === page);
				},
				times,
				do: fault.do,
			});
		}
		const result = await runNode({
			credentials: storeFor(sandbox, app),
			type: NODE,
			parameters: withOptions(mode.parameters(sandbox), fault?.timeoutMs),
			items: mode.items,
			nodeSettings: continues ? { onError: 'continueRegularOutput' } : {},
		});
		return readOutcome(result, mode, sandbox, app.appSecret);
	} finally {
		await sandbox.close();
	}
}

function withOptions(parameters: INodeParameters, timeout?: number): INodeParameters {
	return {
		...parameters,
		options: {
			pageSize: PAGE_SIZE,
			requestsPerSecond: 100,
			...(timeout !== undefined && { timeout }),
			...(parameters.options as INodeParameters | undefined),
		},
	};
}

function readOutcome(result: RunResult, mode: Mode, sandbox: Sandbox, secret: string): Outcome {
	const ids: string[][] = mode.items.map(() => []);
	const errors: unknown[][] = mode.items.map(() => []);
	for (const { json, pairedItem } of result.output()) {
		const { item } = pairedItem as { item: number };
		if ('error' in json) errors[item]!.push(json.error);
		else ids[item]!.push(json.id as string);
	}
	const requests = sandbox.requests('batch_query');
	return {
		result,
		ids,
		errors,
		concerned: requests.filter(mode.concerned),
		others: requests.filter((request) => !mode.concerned(request)),
		tokenRequests: sandbox.requests('token'),
		sandbox,
		secret,
	};
}

/** The output is complete: every check, once, in order, linked to its input item. */
export function expectFullResult(outcome: Outcome, mode: Mode): void {
	expect(outcome.result.error?.message).toBeUndefined();
	expect(outcome.result.status).toBe('success');
	expect(outcome.errors.flat()).toEqual([]);
	expect(outcome.ids).toEqual(mode.expected(outcome.sandbox));
	expectNoSecrets(outcome);
}

/**
 * The run failed with one error that names what happened, and output nothing.
 *
 * @param isOfTheApp whether the error concerns every item, and so names none
 */
export function expectOneError(
	outcome: Outcome,
	mode: Mode,
	title: RegExp,
	detail: RegExp,
	isOfTheApp = false,
): void {
	const { error, status } = outcome.result;
	expect(status).toBe('error');
	expect(error?.message).toMatch(title);
	expect(error?.description).toMatch(detail);
	const last = mode.items.length - 1;
	expect(itemOf(error)).toBe(isOfTheApp && last > 0 ? undefined : last);
	expect(outcome.result.output()).toEqual([]);
	expectNoSecrets(outcome);
}

/** Under Continue On Fail: an error item for the last input item; the others are complete. */
export function expectOneErrorItem(outcome: Outcome, mode: Mode, title: RegExp): void {
	const last = mode.items.length - 1;
	expect(outcome.result.status).toBe('success');
	expect(outcome.errors.map((errors) => errors.length)).toEqual(
		mode.items.map((_, index) => (index === last ? 1 : 0)),
	);
	expect((outcome.errors[last]![0] as { message: string }).message).toMatch(title);
	const expected = mode.expected(outcome.sandbox);
	expect(outcome.ids).toEqual(expected.map((ids, index) => (index === last ? [] : ids)));
	expectNoSecrets(outcome);
}

/** The stored execution contains neither the token, nor the secret, nor the header with the token. */
export function expectNoSecrets({ result, secret }: Pick<Outcome, 'result' | 'secret'>): void {
	const text = result.serialized;
	expect(text).not.toContain(secret);
	expect(text).not.toMatch(/\bt-[0-9a-f]{20,}/);
	expect(text).not.toMatch(/"authorization"|\bBearer /i);
}

/** How many requests a complete answer takes. */
export const requestsFor = (mode: Mode): number => PAGES + mode.otherRequests;

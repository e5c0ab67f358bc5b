import type { FaultAction, OpenQuestions, Sandbox } from '../../../sandbox';
import { writtenItems, type Writing } from '../writing';
import { faultNamed, type Scenario } from './scenarios';

/** What each contender is to create. */
export const CREATES = { kind: 'create', count: 100, applications: 10 } satisfies Writing;

/** Every so many creates one goes wrong. */
const EVERY = 10;

/** A fault of the catalogue at a tenth of the creates, at the first request for each. */
function striking(
	name: string,
	when: 'before' | 'after',
	open: Partial<OpenQuestions> = {},
): (sandbox: Sandbox) => void {
	const fault = faultNamed(name);
	const action = typeof fault.do === 'string' ? { kind: fault.do } : fault.do;
	return (sandbox) => {
		Object.assign(sandbox.options.open, fault.open, open);
		for (const [index, item] of writtenItems(CREATES).entries()) {
			if (index % EVERY !== EVERY - 1) continue;
			sandbox.fault({
				api: 'create_check',
				match: { body: `"${item.name}"` },
				times: 1,
				do: { ...action, when } as FaultAction,
			});
		}
	};
}

const rows = (when: 'before' | 'after', names: string[]): Scenario[] =>
	names.map((name) => ({ name, prepare: striking(name, when) }));

const repeatedAs = (repeatedExternalId: OpenQuestions['repeatedExternalId'], how: string) => ({
	name: `connection reset; Feishu answers the repeat with ${how}`,
	prepare: striking('connection reset', 'after', { repeatedExternalId }),
});

/** What goes wrong before the commit in one table, after it in the other. */
const EITHER_WAY = [
	'connection reset',
	'no answer',
	'HTTP 502',
	'code 1002001',
	'code 2200',
	'an HTML page',
];

/** The tables about creating in docs/reliability.md, by their titles. */
export const writeTables: Record<string, Scenario[]> = {
	'Ten of 100 creates go wrong before the check is there': [
		{ name: 'nothing (for comparison)', prepare: () => {} },
		...rows('before', [
			'expired token as HTTP 400',
			'rate limit as HTTP 429 with reset header',
			'rate limit as HTTP 200 with reset header',
			...EITHER_WAY,
		]),
	],
	'Ten of 100 creates go wrong after it: the check is there, the answer is lost': [
		...rows('after', EITHER_WAY),
		repeatedAs('empty', 'a success that holds nothing'),
		repeatedAs('error', 'an error'),
	],
};

import type { FaultAction, OpenQuestions } from '../../../sandbox';
import { contenders } from '../contenders';
import { httpRequestOneByOne } from '../contenders/httpRequestNode';
import { peopleOf } from '../tenant';
import { createdChecks, createdRows, type Creating } from '../work';
import type { Comparison, Run } from './compare';
import { faultNamed, nothing, type Scenario } from './scenario';

const CREATES: Creating = { kind: 'create', count: 100, applications: 10 };

/** One create in this many fails. */
const EVERY = 10;

/** A fault of the catalogue for a tenth of the creates, at the first request for each. */
const striking =
	(when: 'before' | 'after', open: Partial<OpenQuestions> = {}) =>
	(name: string): Scenario => ({
		name,
		prepare: (sandbox) => {
			const fault = faultNamed(name);
			const action = typeof fault.do === 'string' ? { kind: fault.do } : fault.do;
			Object.assign(sandbox.options.open, fault.open, open);
			for (const [index, check] of createdChecks(CREATES).entries()) {
				if (index % EVERY !== EVERY - 1) continue;
				sandbox.fault({
					api: 'create_check',
					match: { body: `"${check.name}"` },
					times: 1,
					do: { ...action, when } as FaultAction,
				});
			}
		},
	});

const repeatedAs = (repeatedExternalId: OpenQuestions['repeatedExternalId'], how: string) => ({
	...striking('after', { repeatedExternalId })('connection reset'),
	name: `connection reset; Feishu answers the repeat with ${how}`,
});

/** Faults that strike before the commit in one table, and after it in the other. */
const EITHER_WAY = [
	'connection reset',
	'no answer',
	'HTTP 502',
	'code 1002001',
	'code 2200',
	'an HTML page',
];

/**
 * What a contender leaves behind, and what it says. Bold marks what is wrong and what the caller
 * does not learn.
 */
function cellOf({ sandbox, outcome }: Run): string {
	const found = createdRows(sandbox);
	const there = new Set(found);
	if (!outcome) return `${there.size} created, then **no end**`;
	const claimed = new Set(outcome.rows());
	const wanted = createdChecks(CREATES).map(({ name }) => name);
	const lost = wanted.filter((name) => !there.has(name));
	const silent = lost.filter((name) => claimed.has(name)).length;
	const doubled = found.length - there.size;
	const denied = wanted.filter((name) => there.has(name) && !claimed.has(name)).length;
	const parts = [
		`${there.size} created`,
		doubled > 0 && `**${doubled} doubled**`,
		silent > 0 && `**${silent} lost, "success"**`,
		lost.length > silent && `${lost.length - silent} lost, error`,
		denied > 0 && `${denied} of them reported as failed`,
	];
	return parts.filter(Boolean).join(', ');
}

export const writes: Comparison = {
	tenant: { ...peopleOf(CREATES.applications), checks: [] },
	work: CREATES,
	// Both variants of the HTTP Request node have Retry On Fail.
	contenders: {
		'official SDK': contenders.sdk,
		'HTTP Request node, all in one execution': contenders.httpRequestNode,
		'HTTP Request node, an execution for each': httpRequestOneByOne,
		'this node': contenders.thisNode,
	},
	cellOf,
	tables: {
		'Ten of 100 creates go wrong before the check is there': [
			nothing,
			...[
				'expired token as HTTP 400',
				'rate limit as HTTP 429 with reset header',
				'rate limit as HTTP 200 with reset header',
				...EITHER_WAY,
			].map(striking('before')),
		],
		'Ten of 100 creates go wrong after it: the check is there, the answer is lost': [
			...EITHER_WAY.map(striking('after')),
			repeatedAs('empty', 'a success that holds nothing'),
			repeatedAs('error', 'an error'),
		],
	},
};

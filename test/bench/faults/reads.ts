import { brokenChains, curable, incurable, type Fault } from '../../faults/support/catalogue';
import { APPLICATION, checksOf } from '../../faults/support/tenant';
import { contenders } from '../contenders';
import type { Comparison, Run } from './compare';
import { faultNamed, nothing, type Scenario } from './scenario';

/** Ten pages, of which the third fails. */
const CHECKS = 200;
const PAGE = 3;

/** The third request meets the fault, whoever sends it. */
const once = (fault: Fault): Scenario => ({
	name: fault.name,
	prepare: (sandbox) => {
		Object.assign(sandbox.options.open, fault.open);
		sandbox.fault({ api: 'batch_query', nth: PAGE, do: fault.do });
	},
});

/** The third request and all later ones meet the fault. */
const forGood = (fault: Fault): Scenario => ({
	name: fault.name,
	prepare: (sandbox) => {
		Object.assign(sandbox.options.open, fault.open);
		let arrived = 0;
		const when = () => (arrived += 1) >= PAGE;
		sandbox.fault({ api: 'batch_query', when, always: true, do: fault.do });
	},
});

const MAX_ERROR_LENGTH = 90;

/** Shortens a text to fit into a cell: one line, no markup. */
function shortened(text: string): string {
	const line = text.replace(/[\s|]+/g, ' ').replace(/[<>`]/g, '');
	return line.length > MAX_ERROR_LENGTH ? `${line.slice(0, MAX_ERROR_LENGTH)} …` : line;
}

/** What the reader of the list ends up with. Bold marks what the reader does not learn. */
function cellOf({ sandbox, outcome, seconds }: Run): string {
	const requests = sandbox.requests('batch_query').length;
	if (!outcome) return `**no end**: ${requests} requests in ${seconds.toFixed(0)} s, then stopped`;
	const rows = outcome.rows();
	const [error] = outcome.errors;
	if (error !== undefined) {
		const beside = rows.length > 0 ? `${rows.length} rows beside it, ` : '';
		return `error, ${beside}${requests} requests: “${shortened(error)}”`;
	}
	const verdict = `${rows.length} of ${CHECKS}, "success"`;
	const isRight = rows.length === CHECKS && new Set(rows).size === CHECKS;
	return isRight ? verdict : `**${verdict}**`;
}

export const reads: Comparison = {
	tenant: { checks: checksOf(APPLICATION, CHECKS, 7319000000000000001n) },
	work: { kind: 'all' },
	contenders: {
		'official SDK': contenders.sdk,
		'HTTP Request node': contenders.httpRequestNode,
		'this node': contenders.thisNode,
	},
	cellOf,
	tables: {
		'One answer goes wrong: the third of ten': [
			nothing,
			...curable.map(once),
			{
				name: 'others use the same budget: 2 requests/s are left',
				prepare: (sandbox) => {
					sandbox.options.requestsPerSecond = 2;
				},
			},
		],
		'From the third answer on all go wrong': [
			'expired token as HTTP 400',
			'token code 99991671',
			'rate limit as HTTP 429 with reset header',
			'connection reset',
			'HTTP 502',
			'code 1002001',
			'code 2200',
			'an empty body',
			'truncated JSON',
		]
			.map(faultNamed)
			.concat(incurable)
			.map(forGood),
		'The chain of pages is broken, from the third page on': brokenChains.map(forGood),
	},
};

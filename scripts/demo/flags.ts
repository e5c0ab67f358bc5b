import type { INodeParameters } from 'n8n-workflow';
import { readFlags, UsageError } from '../../sandbox/commandLine';

export const HELP = `npm run demo                                          every check
npm run demo -- --by application --id <ID>            the checks of one external application
npm run demo -- --by candidate --email <address>      the checks of one candidate; also --phone, --name
npm run demo -- --by ids --ids <ID>,<ID>              the checks with these IDs
  --all     every row of a long table
  --json    the items as JSON
FEISHU_APP_ID=… FEISHU_APP_SECRET=… npm run demo      against Feishu itself`;

/** The options of the demo. */
export interface DemoFlags {
	help: boolean;
	/** Whether to print every row of a table, however long. */
	all: boolean;
	/** Whether to print items as JSON instead of a table. */
	json: boolean;
	/** The parameters of the query node. */
	parameters: INodeParameters;
}

/** The flags that select what to look for, by the value of --by that they belong to. */
const SEARCHES = {
	all: [],
	application: ['id'],
	candidate: ['email', 'phone', 'name'],
	ids: ['ids'],
} as const;

type By = keyof typeof SEARCHES;
type Search = (typeof SEARCHES)[By][number];

const isBy = (by: string): by is By => Object.hasOwn(SEARCHES, by);

const named = (flags: readonly string[]) => flags.map((flag) => `--${flag}`).join(' or ');

/**
 * Reads the command line.
 * @throws UsageError for an unknown flag, a flag that does not go with --by, or a missing one
 */
export function readDemoFlags(args: string[]): DemoFlags {
	const { help, all, json, by, ...searches } = readFlags(args, {
		by: { type: 'string', default: 'all' },
		id: { type: 'string' },
		ids: { type: 'string' },
		email: { type: 'string' },
		phone: { type: 'string' },
		name: { type: 'string' },
		all: { type: 'boolean', default: false },
		json: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	});
	return { help, all, json, parameters: help ? {} : parametersOf(by, searches) };
}

function parametersOf(by: string, searches: Partial<Record<Search, string>>): INodeParameters {
	if (!isBy(by)) {
		throw new UsageError(
			`--by takes ${Object.keys(SEARCHES).join(', ')}; '${by}' is none of them. See --help.`,
		);
	}
	const own: readonly Search[] = SEARCHES[by];
	for (const flag of Object.keys(searches) as Search[]) {
		if (own.includes(flag)) continue;
		const owner = Object.keys(SEARCHES)
			.filter(isBy)
			.find((key) => (SEARCHES[key] as readonly Search[]).includes(flag));
		throw new UsageError(`--${flag} goes with --by ${owner} only. See --help.`);
	}
	if (by === 'all') return { operation: 'getMany', returnAll: true, options: {} };
	const given = own.filter((flag) => searches[flag] !== undefined);
	const [flag] = given;
	const value = flag && searches[flag]?.trim();
	if (!flag || !value) throw new UsageError(`--by ${by} needs ${named(own)}. See --help.`);
	if (given.length > 1)
		throw new UsageError(`Only one of ${named(given)} can be asked for. See --help.`);
	// Needed to report what was not found.
	const options = { ifNotFound: 'include' };
	if (flag === 'id') {
		return {
			operation: 'getByApplication',
			externalApplicationId: value,
			returnAll: true,
			options,
		};
	}
	if (flag === 'ids') return { operation: 'getByIds', externalBackgroundCheckIds: value, options };
	return {
		operation: 'getByCandidate',
		candidate: { __rl: true, mode: 'value', value },
		returnAll: true,
		options,
	};
}

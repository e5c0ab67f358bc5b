import type { Contender } from '../contenders/contender';
import { table } from '../document';
import { inLanes } from './lanes';
import type { Scenario } from './scenarios';

/**
 * Runs every scenario of some tables with every contender.
 *
 * @param tables scenarios, by the title of their table
 * @param contenders by what the tables call them
 * @param cellOf what one contender makes of one scenario
 * @returns the tables as markdown
 */
export async function faultTables(
	tables: Record<string, Scenario[]>,
	contenders: Record<string, Contender>,
	cellOf: (contender: Contender, scenario: Scenario) => Promise<string>,
): Promise<string> {
	const jobs = Object.values(tables).flatMap((scenarios) =>
		scenarios.flatMap((scenario) =>
			Object.entries(contenders).map(([name, contender]) => ({ scenario, name, contender })),
		),
	);
	const cells = new Map<Scenario, Record<string, string>>();
	await inLanes(jobs, async ({ scenario, name, contender }) => {
		const cell = await cellOf(contender, scenario);
		cells.set(scenario, { ...cells.get(scenario), [name]: cell });
	});
	const names = Object.keys(contenders);
	const head = ['fault', ...names];
	const align = head.map(() => '---');
	return Object.entries(tables)
		.map(([title, scenarios]) => {
			const lines = scenarios.map((scenario) => [
				scenario.name,
				...names.map((name) => cells.get(scenario)?.[name] ?? ''),
			]);
			return `### ${title}\n\n${table(head, align, lines)}`;
		})
		.join('\n\n');
}

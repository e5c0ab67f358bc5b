import assert from 'node:assert/strict';
import { people } from '../../../sandbox';
import type { Talent } from '../../../sandbox';
import { simplified, simplifiedApplication, withDateInMs } from '../lib/simplified';
import { test } from '../lib/test';
import { locator, manualTrigger, queryNode, rowNodes, workflowOf } from '../lib/workflows';
import type { World } from '../lib/world';

/** The expected output item for a row of the sheet. */
type Expected = Record<string, unknown> & { row: number };

/** A node that looks up a candidate. */
const query = (value: string, ifSeveralCandidates = 'error') =>
	queryNode({
		operation: 'getByCandidate',
		candidate: locator('value', value),
		returnAll: true,
		options: { ifSeveralCandidates },
	});

/** The checks of a candidate, in the order of the tenant's applications. */
const checksOf = (
	{ sandbox }: World,
	{ id }: Pick<Talent, 'id'>,
	row: number,
	candidate: string,
): Expected[] =>
	sandbox.applications.inGroup(id).flatMap((application) =>
		sandbox.checks.inGroup(application.id).map((check) => ({
			row,
			candidate,
			...simplified(check),
			talent_id: id,
			external_application: simplifiedApplication(application),
		})),
	);

const notFound = (reason: string, row: number, candidate: string): Expected => ({
	row,
	candidate,
	found: false,
	reason,
});

/** Finds background checks by what a recruiter knows about a candidate. */
export function candidateTests(): void {
	test('e-mail addresses of a sheet: each row gets the checks of its candidate, or an item that says why not', async ({
		world,
	}) => {
		const { sandbox, executions } = world;
		const { twoNumbers, firstArchive, secondArchive, withoutApplication } = people;
		const rows = [
			twoNumbers.emails[0],
			firstArchive.emails[0],
			'nobody@example.com',
			withoutApplication.emails[0],
			people.withoutCheck.emails[0],
			` ${twoNumbers.emails[0].toUpperCase()} `,
		].map((email) => ({ email }));
		const workflow = workflowOf(
			'E-mails of a sheet',
			manualTrigger(),
			...rowNodes(rows),
			query('={{ $json.email }}', 'all'),
		);
		const execution = await executions.run(workflow);
		assert.equal(execution.status, 'success', execution.error?.message);
		const given = execution.items('Query').map(({ json, pairedItem }) => {
			const { item } = pairedItem as { item: number };
			return { row: item, ...('found' in json ? json : withDateInMs(json)) };
		});
		const asked = (row: number) => rows[row]?.email ?? '';
		const checks = (talent: Pick<Talent, 'id'>, row: number) =>
			checksOf(world, talent, row, asked(row));
		const nothing = (reason: string, row: number) => notFound(reason, row, asked(row));
		const expected = [
			...checks(twoNumbers, 0),
			...checks(firstArchive, 1),
			...checks(secondArchive, 1),
			nothing('noCandidate', 2),
			nothing('noExternalApplication', 3),
			nothing('noBackgroundCheck', 4),
			...checks(twoNumbers, 5),
		];
		assert.deepEqual(given, expected);
		assert.ok(checks(twoNumbers, 0).length >= 3 && checks(secondArchive, 1).length > 0);
		// The second request repeats the contacts that the first did not find.
		assert.equal(sandbox.requests('batch_get_id').length, 2);
	});

	test('a phone number with a country code finds its candidate', async ({ world }) => {
		const { executions } = world;
		const { twoNumbers } = people;
		const { code, number } = twoNumbers.mobiles[1];
		const asked = `+${code} ${number}`;
		const execution = await executions.run(workflowOf('By phone', manualTrigger(), query(asked)));
		assert.equal(execution.status, 'success', execution.error?.message);
		assert.deepEqual(
			execution.items('Query').map(({ json }) => ({ row: 0, ...withDateInMs(json) })),
			checksOf(world, twoNumbers, 0, asked),
		);
	});

	test('a name shared by two candidates is a clear error that does not repeat the name', async ({
		world,
	}) => {
		const { sandbox, executions } = world;
		const { name } = people.sharedName;
		const execution = await executions.run(workflowOf('By name', manualTrigger(), query(name)));
		assert.equal(execution.status, 'error');
		const said = `${execution.error?.message} ${execution.error?.description}`;
		assert.match(said, /matches 2 candidates/);
		assert.ok(!said.includes(name), said);
		assert.equal(sandbox.requests('batch_query').length, 0);
	});
}

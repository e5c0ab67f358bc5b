import assert from 'node:assert/strict';
import { people, seededChecks, startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { credentialType } from '../lib/credential';
import { test } from '../lib/test';
import { locator, queryType } from '../lib/workflows';
import type { World } from '../lib/world';
import { scopelessApp } from '../lib/world';

interface Listed {
	results: Array<{ name: string; value: string }>;
	paginationToken?: string;
}

interface Search {
	filter?: string;
	paginationToken?: string;
}

/** Loads the list of a locator for a tenant. */
async function listOf(
	world: World,
	parameter: 'candidate' | 'externalApplicationId',
	{ url, app }: Pick<Sandbox, 'url' | 'app'> = world.sandbox,
): Promise<(search?: Search) => Promise<Listed>> {
	const isCandidate = parameter === 'candidate';
	const credential = await world.createCredential(app, url);
	return async (search) =>
		await world.rest.call('POST', '/dynamic-node-parameters/resource-locator-results', {
			path: `parameters.${parameter}`,
			methodName: isCandidate ? 'searchCandidates' : 'searchExternalApplications',
			nodeTypeAndVersion: { name: queryType, version: 1 },
			currentNodeParameters: {
				operation: isCandidate ? 'getByCandidate' : 'getByApplication',
				[parameter]: locator('list', ''),
			},
			credentials: { [credentialType]: credential },
			...search,
		});
}

/**
 * Works with another tenant, in which every check has its own application and the app cannot search
 * people.
 */
async function inTenantOf(checks: number, work: (tenant: Sandbox) => Promise<void>) {
	const tenant = await startSandbox({ checks: seededChecks(checks, checks) });
	tenant.app.scopes = ['hire:external_application:readonly'];
	try {
		await work(tenant);
	} finally {
		await tenant.close();
	}
}

/** "From List" of the locators, requested as the editor does. */
export function listTests(): void {
	test('candidates: none without a search term, then name and masked contact', async ({
		world,
	}) => {
		const list = await listOf(world, 'candidate');
		assert.deepEqual(await list(), { results: [] });
		assert.equal(world.sandbox.log.length, 0);
		const { results } = await list({ filter: '林晓彤' });
		const row = results.find(({ value }) => value === people.twoNumbers.id);
		assert.equal(row?.name, '林晓彤 · 199****0101 · L***@example.com');
	});

	test('external applications: a name finds those of its people, with job title and stage', async ({
		world,
	}) => {
		const list = await listOf(world, 'externalApplicationId');
		const [application] = world.sandbox.applications.inGroup(people.twoNumbers.id);
		const { results } = await list({ filter: '林晓彤' });
		assert.deepEqual(results[0], { name: '林晓彤 · 后端工程师 · 初筛', value: application?.id });
	});

	test('external applications: the first page comes in less than two round trips', async ({
		world,
	}) => {
		await inTenantOf(800, async (tenant) => {
			const list = await listOf(world, 'externalApplicationId', tenant);
			await list();
			tenant.resetLog();
			tenant.options.latencyMs = 1000;
			const startedAt = performance.now();
			const { results, paginationToken } = await list();
			const roundTrips = (performance.now() - startedAt) / tenant.options.latencyMs;
			assert.equal(tenant.log.length, 1);
			assert.ok(results.length > 10, `${results.length} rows`);
			assert.ok(paginationToken);
			assert.ok(roundTrips < 2, `${roundTrips.toFixed(2)} round trips`);
			console.log(`  ${roundTrips.toFixed(2)} round trips`);
		});
	});

	test('external applications: without the scopes, the search term finds a check on page 30 of 40', async ({
		world,
	}) => {
		await inTenantOf(800, async (tenant) => {
			const wanted = tenant.checks.all()[29 * 20 + 7];
			assert.ok(wanted);
			tenant.checks.update(wanted.id, { name: '诸葛孔明-高管背景调查' });
			const list = await listOf(world, 'externalApplicationId', tenant);
			const { results } = await list({ filter: '孔明' });
			assert.deepEqual(
				results.map(({ value }) => value),
				['', wanted.external_application_id],
			);
			assert.match(results[0]?.name ?? '', /the app lacks hire:talent:readonly/);
			assert.match(results[1]?.name ?? '', /^诸葛孔明-高管背景调查 · /);
			console.log(`  ${tenant.requests('batch_query').length} pages`);
		});
	});

	test('external applications: a search that stops before the end says where', async ({
		world,
	}) => {
		await inTenantOf(2100, async (tenant) => {
			const list = await listOf(world, 'externalApplicationId', tenant);
			const { results, paginationToken } = await list({ filter: 'no such name' });
			assert.match(results[0]?.name ?? '', /First 2000 checks only/);
			assert.ok(paginationToken);
			const rest = await list({ filter: 'no such name', paginationToken });
			assert.deepEqual(rest, { results: [] });
		});
	});

	test('a missing scope is shown in place of the list', async ({ world }) => {
		const list = await listOf(world, 'candidate', { url: world.sandbox.url, app: scopelessApp });
		await assert.rejects(list({ filter: '林' }), /hire:talent:readonly/);
	});
}

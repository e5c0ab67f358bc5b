import assert from 'node:assert/strict';
import type { SandboxApp } from '../../../sandbox';
import { credentialData, credentialType } from '../lib/credential';
import { freePort } from '../lib/ports';
import { test } from '../lib/test';
import type { World } from '../lib/world';
import { scopelessApp } from '../lib/world';

async function testOf(world: World, app: SandboxApp, baseUrl = world.sandbox.url) {
	const { id, name } = await world.createCredential(app, baseUrl);
	const data = credentialData(baseUrl, app);
	return await world.rest.call<{ status: string; message: string }>('POST', '/credentials/test', {
		credentials: { id, name, type: credentialType, data },
	});
}

async function failure(world: World, app: SandboxApp, baseUrl?: string): Promise<string> {
	const { status, message } = await testOf(world, app, baseUrl);
	assert.equal(status, 'Error', `the test said: ${message}`);
	return message;
}

/** The credential test, called as the editor's dialog does. */
export function credentialTests(): void {
	test('the credential test passes, and requests one background check', async ({ world }) => {
		const { sandbox } = world;
		const { status, message } = await testOf(world, sandbox.app);
		assert.equal(status, 'OK', message);
		const [query] = sandbox.requests('batch_query');
		assert.deepEqual([query!.query.page_size, query!.code], ['1', 0]);
	});

	test('a wrong secret is named as the cause', async ({ world }) => {
		const message = await failure(world, { ...world.sandbox.app, appSecret: 'not-the-secret' });
		assert.match(message, /App ID or App Secret/);
		assert.match(message, /10014/);
	});

	test('a missing scope is named as the cause, with the scope to apply for', async ({ world }) => {
		const message = await failure(world, scopelessApp);
		assert.match(message, /lacks the scope hire:external_application:readonly/);
	});

	test('an unreachable host is named as the cause', async ({ world }) => {
		const nobody = `http://127.0.0.1:${await freePort()}`;
		const message = await failure(world, world.sandbox.app, nobody);
		assert.match(message, /could not be reached: the connection was refused/);
	});
}

import assert from 'node:assert/strict';
import type { SandboxApp } from '../../../sandbox';
import type { Check } from '../lib/checks';
import { credentialData, credentialType } from '../lib/credential';
import { freePort } from '../lib/ports';
import type { World } from '../lib/world';
import { scopelessApp } from '../lib/world';

/** The credential test, as the dialogue in the editor calls it. */
export function credentialChecks(world: World): Check[] {
	const { sandbox, rest } = world;

	async function testOf(app: SandboxApp, baseUrl = sandbox.url) {
		const { id, name } = await world.createCredential(app, baseUrl);
		const data = credentialData(baseUrl, app);
		return await rest.call<{ status: string; message: string }>('POST', '/credentials/test', {
			credentials: { id, name, type: credentialType, data },
		});
	}

	async function failure(app: SandboxApp, baseUrl?: string): Promise<string> {
		const { status, message } = await testOf(app, baseUrl);
		assert.equal(status, 'Error', `the test said: ${message}`);
		return message;
	}

	return [
		{
			name: 'the credential test passes, and asked for one background check',
			run: async () => {
				const { status, message } = await testOf(sandbox.app);
				assert.equal(status, 'OK', message);
				const [query] = sandbox.requests('batch_query');
				assert.deepEqual([query!.query.page_size, query!.code], ['1', 0]);
			},
		},
		{
			name: 'a wrong secret is told as such',
			run: async () => {
				const message = await failure({ ...sandbox.app, appSecret: 'not-the-secret' });
				assert.match(message, /App ID or App Secret/);
				assert.match(message, /10014/);
			},
		},
		{
			name: 'a missing scope is told as such, and which to apply for',
			run: async () => {
				const message = await failure(scopelessApp);
				assert.match(message, /lacks the scope hire:external_application:readonly/);
			},
		},
		{
			name: 'a host that cannot be reached is told as such',
			run: async () => {
				const message = await failure(sandbox.app, `http://127.0.0.1:${await freePort()}`);
				assert.match(message, /could not be reached: nothing accepts connections/);
			},
		},
	];
}

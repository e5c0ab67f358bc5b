import assert from 'node:assert/strict';
import type { World } from './world';

/** A secret that Feishu refuses; no more to be seen anywhere than the right ones. */
export const wrongSecret = 'wrong-secret-of-app-000000002';

/**
 * Looks for every app secret and every token that has been in use.
 * @param places texts by the name of the place they were found in
 * @throws AssertionError with the place and what is around the find
 */
export function assertNoSecret(world: World, places: Map<string, string>): void {
	// Collects the tokens that the sandbox was shown since the last reset.
	world.reset();
	const { sandbox, tokensSeen } = world;
	assert.ok(tokensSeen.size > 0, 'no token was in use');
	const secrets = [wrongSecret, ...sandbox.apps.map(({ appSecret }) => appSecret), ...tokensSeen];
	for (const [place, text] of places) {
		for (const secret of secrets) {
			const at = text.indexOf(secret);
			const around = text.slice(Math.max(0, at - 200), at + 60);
			assert.equal(at, -1, `a secret or token is in ${place}: …${around}…`);
		}
	}
}

import assert from 'node:assert/strict';
import type { World } from './world';

/** A secret that Feishu refuses. It must not appear anywhere either. */
export const wrongSecret = 'wrong-secret-of-app-000000002';

/**
 * Searches for every app secret and every token that was used.
 * @param places texts, by the place where they were found
 * @throws AssertionError with the place and the text around the match
 */
export function assertNoSecret(world: World, places: Map<string, string>): void {
	// Collects the tokens that the sandbox has seen since the last reset.
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

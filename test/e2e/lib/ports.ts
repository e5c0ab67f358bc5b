import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * A loopback port that is free right now.
 * @param wish the port to take if it is free
 */
export async function freePort(wish = 0): Promise<number> {
	const server = createServer();
	const isListening = await new Promise<boolean>((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(wish, '127.0.0.1', () => resolve(true));
	});
	if (!isListening) return await freePort();
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

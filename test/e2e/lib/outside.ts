import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands where the internet would be: a proxy that writes down who is asked for, and refuses. */
export interface Outside {
	url: string;
	/** What was asked for: `CONNECT host:port HTTP/1.1` or `GET http://host/… HTTP/1.1`. */
	requests: string[];
	/** The environment that sends a process's calls here; loopback is left alone. */
	env: Record<string, string>;
}

/** Starts it on a loopback port; it ends with the process. */
export async function watchOutside(): Promise<Outside> {
	const requests: string[] = [];
	const server = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		socket.once('data', (data) => {
			requests.push(data.toString('latin1').split('\r\n')[0]!);
			socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	server.unref();
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];
	return {
		url,
		requests,
		env: Object.fromEntries(
			names.flatMap((name) => [name, name.toLowerCase()]).map((n) => [n, url]),
		),
	};
}

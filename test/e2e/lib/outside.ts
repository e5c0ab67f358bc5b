import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A proxy in place of the internet: it notes every request, and refuses it. */
export interface Outside {
	url: string;
	/** The requests: `CONNECT host:port HTTP/1.1` or `GET http://host/… HTTP/1.1`. */
	requests: string[];
	/** Environment variables that send a process's calls here, except to loopback. */
	env: Record<string, string>;
}

/** Starts the proxy on a loopback port. It ends with the process. */
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

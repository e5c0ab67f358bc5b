import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A relay to a server that knows which connections are open. */
export interface Relay {
	url: string;
	/** How many connections the client has not closed. */
	open: () => number;
	/** Resolves once every connection is closed, or after two seconds. @returns how many are left */
	settled: () => Promise<number>;
	close: () => void;
}

/** Forwards every connection to the server at `url`. */
export async function relayTo(url: string): Promise<Relay> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		const onward = connect(Number(new URL(url).port), '127.0.0.1');
		const end = () => {
			sockets.delete(socket);
			onward.destroy();
		};
		socket.on('close', end).on('error', end);
		onward.on('close', () => socket.destroy()).on('error', () => socket.destroy());
		socket.pipe(onward).pipe(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		open: () => sockets.size,
		settled: async () => {
			for (let waits = 0; waits < 40 && sockets.size > 0; waits++) await pause(50);
			return sockets.size;
		},
		close: () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}

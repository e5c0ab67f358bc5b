import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

/** A certificate for 127.0.0.1 that signs itself; clients take it by NODE_EXTRA_CA_CERTS. */
export interface Certificate {
	/** Folder with both files. */
	folder: string;
	/** File of the certificate. */
	certificate: string;
	key: string;
}

/** @throws Error when there is no openssl: Node can use certificates, not make them */
export function makeCertificate(): Certificate {
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-tls-'));
	const certificate = path.join(folder, 'certificate.pem');
	const key = path.join(folder, 'key.pem');
	const request = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
	const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
	const files = ['-keyout', key, '-out', certificate];
	execFileSync('openssl', ['req', ...request.split(' '), ...names, ...files], { stdio: 'pipe' });
	return { folder, certificate, key };
}

/**
 * Puts a server behind TLS and a long way: bytes take half a round trip in each direction, and the
 * first ones of a connection a whole one more, because over a real network TCP's handshake comes
 * first. TLS's own handshake costs what its messages cost. So a new connection pays two round trips
 * before its first request, and one that is kept pays none.
 *
 * @param url of the server, plain HTTP on 127.0.0.1
 * @returns the address to use instead
 */
export async function farAway(
	url: string,
	roundTripMs: number,
	{ certificate, key }: Certificate,
): Promise<string> {
	const { port } = new URL(url);
	const tls = createTlsServer(
		{ cert: readFileSync(certificate), key: readFileSync(key) },
		(near) => {
			const server = connect(Number(port), '127.0.0.1');
			tie(near, server);
			near.pipe(server).pipe(near);
		},
	);
	const tlsPort = await listen(tls);
	const line = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
		const way = { host: '127.0.0.1', noDelay: true, allowHalfOpen: true };
		const server = connect({ ...way, port: tlsPort });
		tie(client, server);
		delay(client, server, roundTripMs / 2, roundTripMs);
		delay(server, client, roundTripMs / 2);
	});
	return `https://127.0.0.1:${await listen(line)}`;
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/** Where one side breaks, the other does. An orderly end travels with the bytes. */
function tie(one: Socket, other: Socket): void {
	for (const [from, to] of [
		[one, other],
		[other, one],
	] as const) {
		from.on('error', () => to.destroy());
	}
}

/** Hands on what arrives, in order, so much later. @param handshakeMs before anything can be sent */
function delay(from: Socket, to: Socket, delayMs: number, handshakeMs = 0): void {
	const onTheWay: Array<Buffer | undefined> = [];
	let readyAt = performance.now() + handshakeMs;
	const send = (chunk?: Buffer) => {
		onTheWay.push(chunk);
		const now = performance.now();
		readyAt = Math.max(readyAt, now);
		// Whichever timer is first takes what was sent first.
		setTimeout(
			() => {
				const next = onTheWay.shift();
				if (next) to.write(next);
				else to.end();
			},
			readyAt - now + delayMs,
		);
	};
	from.on('data', send);
	from.on('end', () => send());
}

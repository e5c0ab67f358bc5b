import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

/** A self-signed certificate for 127.0.0.1; clients trust it through NODE_EXTRA_CA_CERTS. */
export interface Certificate {
	/** The folder with both files. */
	folder: string;
	/** The certificate file. */
	certificate: string;
	key: string;
}

/** @throws Error if openssl is missing: Node can use certificates but not create them */
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
 * Puts a server behind TLS and a long way. Bytes take half a round trip in each direction, and the
 * first bytes of a connection take a whole round trip more, because on a real network TCP's
 * handshake comes first. TLS's own handshake takes what its messages take. So a new connection
 * costs two round trips before its first request, and a kept one costs none.
 *
 * @param url the server's URL, plain HTTP on 127.0.0.1
 * @returns the URL to use instead
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

/** If one side breaks, break the other. An orderly end travels with the bytes. */
function tie(one: Socket, other: Socket): void {
	for (const [from, to] of [
		[one, other],
		[other, one],
	] as const) {
		from.on('error', () => to.destroy());
	}
}

/** Passes on what arrives, in order, after a delay. @param handshakeMs delay before anything can be sent */
function delay(from: Socket, to: Socket, delayMs: number, handshakeMs = 0): void {
	const onTheWay: Array<Buffer | undefined> = [];
	let readyAt = performance.now() + handshakeMs;
	const send = (chunk?: Buffer) => {
		onTheWay.push(chunk);
		const now = performance.now();
		readyAt = Math.max(readyAt, now);
		// Whichever timer fires first sends what arrived first.
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

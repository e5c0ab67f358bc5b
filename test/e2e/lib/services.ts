import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SystemNeed } from './debian';
import { freePort } from './ports';
import { runCommand, startProcess } from './processes';
import { waitFor } from './waitFor';

const postgresVersions = '/usr/lib/postgresql';
const database = 'n8n';

/** What queue mode needs from the system. */
export const queueNeeds: SystemNeed[] = [
	{ file: '/usr/bin/redis-server', package: 'redis-server' },
	{ file: postgresVersions, package: 'postgresql' },
];

/** A service that the run starts on loopback. */
export interface Service {
	/** The environment variables that make n8n use it. */
	env: Record<string, string>;
	/** Stops it and deletes its data. */
	stop(): Promise<void>;
}

/** Starts a Redis that keeps everything in memory. */
export async function startRedis(logFolder: string): Promise<Service> {
	const port = await freePort();
	const redis = startProcess(
		'redis',
		'/usr/bin/redis-server',
		['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
		{ cwd: logFolder, log: path.join(logFolder, 'redis.log') },
	);
	await waitFor('Redis to be ready', async () => {
		const answer = await runCommand('redis-cli', ['-p', String(port), 'ping']).catch(() => '');
		return answer.includes('PONG');
	});
	return {
		env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
		stop: async () => await redis.stop(),
	};
}

export interface Postgres extends Service {
	/** The whole database as SQL. */
	dump(): Promise<string>;
}

/** Starts a Postgres with an empty database. It refuses to run as root, so root runs it as its own user. */
export async function startPostgres(logFolder: string): Promise<Postgres> {
	const programs = path.join(postgresVersions, newestVersion(), 'bin');
	const folder = mkdtempSync(path.join(tmpdir(), 'feishu-hire-postgres-'));
	const user = process.getuid?.() === 0 ? userOfPostgres() : undefined;
	if (user) chownSync(folder, user.uid, user.gid);
	const port = await freePort();
	const run = async (program: string, ...args: string[]) =>
		await runCommand(path.join(programs, program), args, { cwd: folder, ...user });
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', database];

	await run(
		'initdb',
		'-D',
		'data',
		'-U',
		database,
		'-A',
		'trust',
		'-E',
		'UTF8',
		'--no-locale',
		'-N',
	);
	const postgres = startProcess(
		'postgres',
		path.join(programs, 'postgres'),
		['-D', 'data', '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off'],
		{ cwd: folder, ...user, log: path.join(logFolder, 'postgres.log') },
	);
	await waitFor('Postgres to be ready', async () => {
		return await run('pg_isready', '-h', '127.0.0.1', '-p', String(port)).catch(() => undefined);
	});
	await run('createdb', ...connection, database);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: database,
			DB_POSTGRESDB_USER: database,
			DB_POSTGRESDB_PASSWORD: 'trusted-on-loopback',
		},
		dump: async () => await run('pg_dump', ...connection, '--inserts', database),
		stop: async () => {
			await postgres.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function newestVersion(): string {
	const versions = readdirSync(postgresVersions).filter((version) =>
		existsSync(path.join(postgresVersions, version, 'bin', 'initdb')),
	);
	const [newest] = versions.sort((a, b) => Number(b) - Number(a));
	if (newest === undefined) throw new Error(`no Postgres in ${postgresVersions}`);
	return newest;
}

/** The user that Debian's package created. */
function userOfPostgres(): { uid: number; gid: number } {
	const line = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.find((entry) => entry.startsWith('postgres:'));
	const [, , uid, gid] = line?.split(':') ?? [];
	return { uid: Number(uid), gid: Number(gid) };
}

import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { OwnProcess } from './processes';
import { withProgress } from './progress';
import { startPostgres, startRedis } from './services';
import type { Postgres } from './services';
import { createWorld } from './world';
import type { OwnWorld, WorldOptions } from './world';

/** n8n in queue mode: a main process and workers, over Redis and Postgres. */
export interface QueueWorld extends OwnWorld {
	postgres: Postgres;
	workers: OwnProcess[];
}

/** Makes n8n notice lost executions after 20 s instead of 90. */
const quickToNotice = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '4000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/** Starts everything, including two workers. Takes about a minute. */
export async function createQueueWorld(options: WorldOptions): Promise<QueueWorld> {
	const folder = path.join(options.folder, 'queue');
	mkdirSync(folder, { recursive: true });
	const [redis, postgres] = await withProgress('Redis and Postgres', async () => {
		return await Promise.all([startRedis(folder), startPostgres(folder)]);
	});
	const world = await createWorld({
		...options,
		folder,
		env: {
			...redis.env,
			...postgres.env,
			...quickToNotice,
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		},
	});
	const workers: OwnProcess[] = [];
	await withProgress('two workers', async () => {
		const names = ['worker 1', 'worker 2'];
		// n8n's default: ten executions at a time each.
		const start = async (name: string) => await world.n8n.startWorker(name, 10);
		workers.push(...(await Promise.all(names.map(start))));
	});
	return {
		...world,
		postgres,
		workers,
		close: async () => {
			for (const worker of workers) await worker.stop();
			await world.close();
			await redis.stop();
			await postgres.stop();
		},
	};
}

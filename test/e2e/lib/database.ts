import { createRequire } from 'node:module';
import path from 'node:path';
import type { N8nInstall } from './install';

type Row = Record<string, unknown>;

interface Database {
	all(sql: string, done: (error: Error | null, rows: Row[]) => void): void;
	close(): void;
}

/** Reads the whole of n8n's SQLite database. @returns the rows of each table as text */
export async function dumpSqlite(
	install: N8nInstall,
	userFolder: string,
): Promise<Map<string, string>> {
	const fromN8n = createRequire(path.join(install.folder, 'package.json'));
	const sqlite = fromN8n('sqlite3') as { Database: new (file: string) => Database };
	const database = new sqlite.Database(path.join(userFolder, '.n8n', 'database.sqlite'));
	const all = async (sql: string): Promise<Row[]> =>
		await new Promise((resolve, reject) => {
			database.all(sql, (error, rows) => (error ? reject(error) : resolve(rows)));
		});
	const tables = new Map<string, string>();
	for (const { name } of await all(`SELECT name FROM sqlite_master WHERE type = 'table'`)) {
		const rows = await all(`SELECT * FROM "${String(name)}"`);
		tables.set(String(name), JSON.stringify(rows));
	}
	database.close();
	return tables;
}

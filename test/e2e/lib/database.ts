import { createRequire } from 'node:module';
import path from 'node:path';
import type { N8nInstall } from './install';

type Row = Record<string, unknown>;

interface Database {
	all: (sql: string, values: unknown[], done: (error: Error | null, rows: Row[]) => void) => void;
	close: () => void;
}

/** n8n's SQLite database, which a running n8n may have open. */
interface Sqlite {
	/** Runs one statement. @returns its rows */
	all: (sql: string, ...values: unknown[]) => Promise<Row[]>;
	close: () => void;
}

/** @param userFolder n8n's user folder */
export function openSqlite(install: N8nInstall, userFolder: string): Sqlite {
	const fromN8n = createRequire(path.join(install.folder, 'package.json'));
	const sqlite = fromN8n('sqlite3') as { Database: new (file: string) => Database };
	const database = new sqlite.Database(path.join(userFolder, '.n8n', 'database.sqlite'));
	return {
		all: async (sql, ...values) =>
			await new Promise((resolve, reject) => {
				database.all(sql, values, (error, rows) => (error ? reject(error) : resolve(rows)));
			}),
		close: () => database.close(),
	};
}

/** Reads all of n8n's SQLite database. @returns the rows of each table as text */
export async function dumpSqlite(
	install: N8nInstall,
	userFolder: string,
): Promise<Map<string, string>> {
	const { all, close } = openSqlite(install, userFolder);
	const tables = new Map<string, string>();
	for (const { name } of await all(`SELECT name FROM sqlite_master WHERE type = 'table'`)) {
		const rows = await all(`SELECT * FROM "${String(name)}"`);
		tables.set(String(name), JSON.stringify(rows));
	}
	close();
	return tables;
}

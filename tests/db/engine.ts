import { randomUUID } from 'node:crypto';
import { migrateDatabase } from '../../src/lib/embedded/lite.server';
import { connectPglite } from '../../src/lib/embedded/pglite.server';

import { connect, serverSql } from '../../src/lib/embedded/postgres.server';
import type { Sql } from '../../src/lib/embedded/sql.server';

/** The database under test: migrated once per process, empty, left as it was found. */
export type Engine = {
	kind: 'pglite' | 'postgres';
	/** One connection; a scene holds it from its beginning to its end. */
	sql: Sql;
	/**
	 * A migrated throw-away database with several connections, where work is committed.
	 * Only on PostgreSQL: PGlite has one connection, so nothing ever happens at once.
	 */
	crowd<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
};

const url = process.env.TEST_DATABASE_URL;
const slot = Symbol.for('convergence.test.engine');
const shared = globalThis as unknown as Record<symbol, Promise<Engine> | undefined>;

/** The key of the hashes of addresses, as the site sets it for each connection. */
export const addressKey = 'the-key-of-the-tests-which-no-table-holds';

/** Whether two transactions can be open at once here: for `test.skipIf(!concurrent)`. */
export const concurrent = Boolean(url);

/** The engine that `TEST_DATABASE_URL` names (a PostgreSQL cluster), else PGlite in memory. */
export function engine(): Promise<Engine> {
	return (shared[slot] ??= url ? openCluster(url) : openMemory());
}

async function openMemory(): Promise<Engine> {
	const { sql } = await connectPglite(undefined, { addressKey });
	await migrateDatabase(sql);
	return {
		kind: 'pglite',
		sql,
		crowd: () => Promise.reject(new Error('PGlite has one connection: skip unless concurrent.'))
	};
}

async function openCluster(cluster: string): Promise<Engine> {
	const template = await createDatabase(cluster);
	await withLine(cluster, template, 1, migrateDatabase);
	const { driver } = await connect(
		at(cluster, await createDatabase(cluster, template)),
		1,
		addressKey
	);
	return {
		kind: 'postgres',
		sql: serverSql(driver),
		async crowd(work) {
			const name = await createDatabase(cluster, template);
			try {
				return await withLine(cluster, name, 10, work);
			} finally {
				await inCluster(cluster, `drop database ${name}`);
			}
		}
	};
}

/** The address of an empty database in the cluster, for tests that open a backend themselves. */
export async function emptyDatabase(): Promise<string> {
	return at(url!, await createDatabase(url!));
}

/** Work in the database under test as if it were a copy: all of it is rolled back at the end. */
export async function onCopy(work: (sql: Sql) => Promise<void>): Promise<void> {
	const { sql } = await engine();
	const undo = new Error('undo');
	await sql
		.transaction(async (inside) => {
			const copy: Sql = { ...inside, transaction: (part) => part(copy) };
			await work(copy);
			throw undo;
		})
		.catch((cause) => {
			if (cause !== undo) throw cause;
		});
}

// Random names: a run that is killed leaves databases behind, and the next must not meet them.
async function createDatabase(cluster: string, template = 'template1'): Promise<string> {
	const name = `test_${randomUUID().replaceAll('-', '')}`;
	await inCluster(cluster, `create database ${name} template ${template}`);
	return name;
}

async function inCluster(cluster: string, command: string): Promise<void> {
	const { driver } = await connect(cluster, 1);
	try {
		await driver.unsafe(command);
	} finally {
		await driver.end();
	}
}

async function withLine<T>(
	cluster: string,
	database: string,
	connections: number,
	work: (sql: Sql) => Promise<T>
): Promise<T> {
	const { driver } = await connect(at(cluster, database), connections, addressKey);
	try {
		return await work(serverSql(driver));
	} finally {
		await driver.end();
	}
}

function at(cluster: string, database: string): string {
	const address = new URL(cluster);
	address.pathname = `/${database}`;
	return address.href;
}

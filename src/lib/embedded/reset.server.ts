import { rmSync } from 'node:fs';
import type { Settings } from '$lib/platform/settings.server';
import { lockFolder } from './lock.server';
import { databaseFolder } from './pglite.server';
import { connect, serverSql } from './postgres.server';
import { hasSample } from './sample.server';
import { secureFolder } from './secrets.server';
import type { Sql } from './sql.server';

/**
 * Throws the database away, so that the next opening makes a new one. Secrets and backups stay.
 * @throws FolderInUse while a server runs on the data folder
 * @throws when the database may hold real people: a hosted project, or a PostgreSQL server with
 * rows that are not the sample's
 */
export async function deleteDatabase(settings: Settings): Promise<void> {
	if (settings.supabase) throw new Error('A Supabase project is not reset from here.');
	if (settings.databaseUrl) return dropSchemas(settings.databaseUrl);
	secureFolder(settings.dataFolder);
	const unlock = await lockFolder(settings.dataFolder);
	rmSync(databaseFolder(settings), { recursive: true, force: true });
	unlock();
}

async function dropSchemas(url: string): Promise<void> {
	const connection = await connect(url, 1);
	const sql = serverSql(connection.driver);
	try {
		if ((await hasPeople(sql)) && !(await hasSample(sql))) {
			throw new Error('This database holds people who are not invented: it is not reset.');
		}
		await sql.run(`
			drop schema if exists public, private, auth, extensions, supabase_migrations cascade;
			create schema public;
			grant usage on schema public to public;
		`);
	} finally {
		await connection.close();
	}
}

async function hasPeople(sql: Sql): Promise<boolean> {
	const [built] = await sql.query(`select to_regclass('auth.users') is not null as yes`);
	if (built?.yes !== true) return hasTables(sql);
	return (await sql.query('select from auth.users limit 1')).length > 0;
}

// Somebody else's database, that was never ours.
async function hasTables(sql: Sql): Promise<boolean> {
	const found = await sql.query(
		`select from pg_catalog.pg_tables where schemaname = 'public' limit 1`
	);
	return found.length > 0;
}

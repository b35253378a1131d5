import type { Sql } from './sql.server';

const table = 'supabase_migrations.recorded_grants';
const digest = `
	select md5(string_agg(line, e'\\n' order by line collate "C")) as digest from (
		select c.oid::regclass || ' ' || c.relacl::text as line
		from pg_catalog.pg_class c where c.relacl is not null and c.relnamespace in ('public'::regnamespace, to_regnamespace('private'))
		union all
		select a.attrelid::regclass || '.' || a.attname || ' ' || a.attacl::text
		from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
		where a.attacl is not null and c.relnamespace in ('public'::regnamespace, to_regnamespace('private'))
		union all
		select p.oid::regprocedure || ' ' || p.proacl::text
		from pg_catalog.pg_proc p where p.proacl is not null and p.pronamespace in ('public'::regnamespace, to_regnamespace('private'))
	) lines`;

/** Rights in the database differ from those that the migrations gave. Its message is one line. */
class GrantsChanged extends Error {
	override readonly name = 'GrantsChanged';
}

/** Whether rights were recorded before; a database of an earlier version has none. */
export async function hasRecordedGrants(sql: Sql): Promise<boolean> {
	const [row] = await sql.query(`select to_regclass('${table}') is not null as recorded`);
	return row?.recorded === true;
}

/** Notes which rights the migrations gave; call it after they have been applied. */
export async function recordGrants(sql: Sql): Promise<void> {
	await sql.run(
		`drop table if exists ${table}; create table ${table} as ${digest}; revoke all on ${table} from public`
	);
}

/**
 * Refuses to serve a database in which a right was given or taken since the migrations.
 * @throws GrantsChanged
 */
export async function checkGrants(sql: Sql): Promise<void> {
	const [recorded] = await sql.query(`select digest from ${table}`);
	const [found] = await sql.query(digest);
	if (recorded?.digest === found?.digest) return;
	throw new GrantsChanged(
		'Rights on tables or functions were changed outside of the migrations: the site would show what ' +
			'nobody may read. Undo the grant, or give it in a migration.'
	);
}

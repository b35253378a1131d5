import { createHash } from 'node:crypto';
import type { Sql } from './sql.server';

/** How every session looks for names: as on Supabase, where extensions live in their own schema. */
export const searchPath = '"$user", public, extensions';

const rolesAndGrants = `
do $$
declare
	wanted text;
begin
	foreach wanted in array array['anon', 'authenticated', 'service_role', 'supabase_auth_admin'] loop
		if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
			begin
				execute format('create role %I nologin', wanted);
			exception
				-- Roles belong to the whole cluster: another database may be creating them right now.
				when duplicate_object or unique_violation then null;
			end;
		end if;
	end loop;
	if exists (select from pg_catalog.pg_roles where rolname = 'service_role' and not rolbypassrls) then
		alter role service_role bypassrls;
	end if;
	-- A login that is no superuser may only act as roles that it is a member of.
	if not (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
		grant anon, authenticated, service_role to current_user;
	end if;
end $$;
create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;
`;

// The default privileges are Supabase's own: a migration that forgets to revoke must fail here too.
const supabaseDefaults = `
grant usage on schema public, auth, extensions to anon, authenticated, service_role;
grant usage on schema public, auth, extensions to supabase_auth_admin;
alter default privileges in schema public
	grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public
	grant all on functions to anon, authenticated, service_role;
alter default privileges in schema public
	grant all on sequences to anon, authenticated, service_role;

create or replace function auth.uid() returns uuid language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim.sub', true), ''),
		nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
	)::uuid
$$;
create or replace function auth.role() returns text language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim.role', true), ''),
		nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
	)
$$;
create or replace function auth.email() returns text language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim.email', true), ''),
		nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
	)
$$;
`;

const migrationHistory = `
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
	version text primary key,
	statements text[],
	name text
);
`;

/**
 * Makes an empty database look like a fresh Supabase project: roles, schemas, auth tables, default
 * privileges, migration history. The fingerprint of the text is stored as the comment of schema
 * `auth`, so a warm start asks one question and does nothing.
 * @param authSchema the auth server's own SQL; idempotent
 */
export async function prepareDatabase(sql: Sql, authSchema: string): Promise<void> {
	const text = [rolesAndGrants, authSchema, supabaseDefaults, migrationHistory].join('\n');
	const mark = createHash('sha256').update(text).digest('hex').slice(0, 16);
	const [schema] = await sql.query(
		`select obj_description(to_regnamespace('auth')::oid, 'pg_namespace') as mark`
	);
	if (schema?.mark === mark) return;
	await sql.transaction(async (inside) => {
		await inside.run(text);
		await inside.run(`comment on schema auth is '${mark}'`);
	});
}

import { randomUUID } from 'node:crypto';
import type { Row, Sql } from '../../src/lib/embedded/sql.server';
import { engine } from './engine';

/** Someone who calls verbs and reads tables with the rights of a role, as over the API. */
export type Caller = {
	/**
	 * Calls `public.<verb>` by named arguments. A refusal leaves the scene usable.
	 * @returns the value, the row, or the list of rows, in the shapes of the REST API; void is null
	 */
	calls<T = any>(verb: string, args?: Record<string, unknown>): Promise<T>;
	/** The rows of a table or view that this caller may see; `where` compares by equality. */
	reads<T extends Row = Row>(table: string, where?: Row, columns?: string): Promise<T[]>;
	/** Any statement with this caller's rights; for what `calls` and `reads` cannot say. */
	query<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>;
};

export type Persona = Caller & { id: string; email: string };

export type Scene = {
	/** Someone with a confirmed account and a session; nothing but a row in `auth.users`. */
	person(name: string, details?: PersonDetails): Promise<Persona>;
	/** The persona of an account that exists already; with a session, as a token names it. */
	as(id: string, email?: string, session?: string): Persona;
	visitor: Caller;
	service: Caller;
	/** As the database's owner: to set the stage, and to look behind it. */
	sql<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>;
};

export type PersonDetails = { email?: string } & Record<string, unknown>;

/** What PostgreSQL said; `message` is the key of a refusal. */
export type Said = Error & { code: string; detail?: string; constraint?: string };

type Role = 'anon' | 'authenticated' | 'service_role';
type Claims = { role: Role; sub?: string; email?: string; session_id?: string };
/** Runs `work` with the rights that the claims give. */
type Lend = <T>(claims: Claims, work: (sql: Sql) => Promise<T>) => Promise<T>;

const curtain = new Error('curtain');

/**
 * Plays in one transaction that is rolled back at the end, whatever happened.
 * Time does not pass in it: `now()` is the same for all calls.
 */
export async function scene(play: (scene: Scene) => Promise<unknown>): Promise<void> {
	const { sql } = await engine();
	await sql
		.transaction(async (inside) => {
			await play(stage(inside, inSavepoint(inside)));
			throw curtain;
		})
		.catch((cause) => {
			if (cause !== curtain) throw cause;
		});
}

/**
 * Plays in a database of its own with several connections, where every call commits: for races.
 * Only where `concurrent` (see engine.ts).
 */
export async function together(play: (scene: Scene) => Promise<unknown>): Promise<void> {
	const { crowd } = await engine();
	await crowd((sql) => play(stage(sql, inTransaction(sql))));
}

function stage(sql: Sql, lend: Lend): Scene {
	const as = (id: string, email = `${id}@example.org`, session_id?: string): Persona => ({
		id,
		email,
		...caller(lend, { role: 'authenticated', sub: id, email, session_id })
	});
	return {
		as,
		async person(name, { email, ...about } = {}) {
			const id = randomUUID();
			const address = email ?? `${slug(name)}.${id.slice(0, 8)}@example.org`;
			await sql.query(
				`insert into auth.users (id, aud, role, email, email_confirmed_at,
					raw_app_meta_data, raw_user_meta_data)
				values ($1, 'authenticated', 'authenticated', $2, now(), '{"provider": "email"}', $3)`,
				[id, address, JSON.stringify({ name, ...about })]
			);
			return as(id, address);
		},
		visitor: caller(lend, { role: 'anon' }),
		service: caller(lend, { role: 'service_role' }),
		sql: sql.query
	};
}

function caller(lend: Lend, claims: Claims): Caller {
	return {
		calls: (verb, args = {}) => lend(claims, (sql) => call(sql, verb, args)),
		reads: (table, where = {}, columns = '*') =>
			lend(claims, (sql) => read(sql, table, where, columns)),
		query: (text, params) => lend(claims, (sql) => sql.query(text, params))
	};
}

// Each call in its own savepoint, so that a refusal undoes that call only. Deferred constraints
// are asked at its end, as they would be at the commit of a request.
function inSavepoint(sql: Sql): Lend {
	return async (claims, work) => {
		await sql.query('savepoint call');
		try {
			await impersonate(sql, claims);
			const result = await work(sql);
			await sql.query('reset role');
			await sql.query('set constraints all immediate');
			await sql.query('set constraints all deferred');
			await forget(sql);
			await sql.query('release savepoint call');
			return result;
		} catch (cause) {
			await sql.query('rollback to savepoint call');
			await sql.query('release savepoint call');
			throw plain(cause);
		}
	};
}

function inTransaction(sql: Sql): Lend {
	return (claims, work) =>
		sql
			.transaction(async (inside) => {
				await impersonate(inside, claims);
				return work(inside);
			})
			.catch((cause) => {
				throw plain(cause);
			});
}

async function impersonate(sql: Sql, claims: Claims): Promise<void> {
	await sql.query(
		`select set_config('request.jwt.claims', $1, true),
			set_config('request.jwt.claim.sub', $2, true),
			set_config('request.jwt.claim.role', $3, true),
			set_config('role', $3, true)`,
		[JSON.stringify(claims), claims.sub ?? '', claims.role]
	);
}

async function forget(sql: Sql): Promise<void> {
	await sql.query(
		`select set_config('request.jwt.claims', '', true),
			set_config('request.jwt.claim.sub', '', true),
			set_config('request.jwt.claim.role', '', true)`
	);
}

// As PostgREST does it: all arguments travel as one JSON document and take the types that the
// function declares; the answer comes back as JSON.
async function call<T>(sql: Sql, verb: string, args: Record<string, unknown>): Promise<T> {
	const names = Object.keys(args);
	const shape = await signature(sql, verb, names);
	const list = names.map((name) => `${quote(name)} => args.${quote(name)}`).join(', ');
	const typed = names.map((name) => `${quote(name)} ${shape.types[name]}`).join(', ');
	const source = names.length > 0 ? `json_to_record($1::text::json) as args(${typed}), ` : '';
	const answer = shape.isVoid
		? 'null'
		: shape.isSet
			? `coalesce(json_agg(answer), '[]')`
			: 'to_json(answer)';
	const rows = await sql.query<{ value: T }>(
		`select ${answer} as value from ${source}lateral public.${quote(verb)}(${list}) as answer`,
		names.length > 0 ? [JSON.stringify(args)] : []
	);
	return rows[0]?.value ?? (null as T);
}

type Signature = { types: Record<string, string>; isSet: boolean; isVoid: boolean };

async function signature(sql: Sql, verb: string, names: string[]): Promise<Signature> {
	const found = await sql.query<{ types: Record<string, string>; set: boolean; type: string }>(
		`select proretset as set, prorettype::regtype::text as type, coalesce((
			select json_object_agg(coalesce(proargnames[place], ''), format_type(type, null))
			from unnest(proargtypes::oid[]) with ordinality as inputs(type, place)
		), '{}') as types
		from pg_catalog.pg_proc
		where pronamespace = 'public'::regnamespace and proname = $1`,
		[verb]
	);
	const match = found.find(({ types }) => names.every((name) => name in types));
	if (!match) {
		throw new Error(`There is no function public.${verb}(${names.join(', ')}).`);
	}
	return { types: match.types, isSet: match.set, isVoid: match.type === 'void' };
}

async function read<T extends Row>(
	sql: Sql,
	table: string,
	where: Row,
	columns: string
): Promise<T[]> {
	const names = Object.keys(where);
	const from = `public.${quote(table)} as it`;
	const match = names.map((name) => `it.${quote(name)} is not distinct from wanted.${quote(name)}`);
	const rows = await sql.query<{ rows: T[] }>(
		names.length > 0
			? `select coalesce(json_agg(found), '[]') as rows from (
				select ${columns === '*' ? 'it.*' : columns}
				from ${from}, json_populate_record(null::public.${quote(table)}, $1::text::json) as wanted
				where ${match.join(' and ')}
			) as found`
			: `select coalesce(json_agg(found), '[]') as rows
			from (select ${columns} from ${from}) as found`,
		names.length > 0 ? [JSON.stringify(where)] : []
	);
	return rows[0]!.rows;
}

// The drivers name the constraint differently.
function plain(cause: unknown): unknown {
	if (!(cause instanceof Error)) return cause;
	const said = cause as Said & { constraint_name?: string };
	said.constraint ??= said.constraint_name;
	return said;
}

function quote(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

function slug(name: string): string {
	return name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '.')
		.replace(/^\.|\.$/g, '');
}

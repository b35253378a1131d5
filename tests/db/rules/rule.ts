import type { Row } from '../../../src/lib/embedded/sql.server';

/** Asks a migrated database, as its owner. */
export type Query = <T extends Row = Row>(text: string, params?: unknown[]) => Promise<T[]>;

/** What breaks a rule of the architecture in a database, in words; nothing when all is well. */
export type Rule = (query: Query) => Promise<string[]>;

/** Rules by what they demand. */
export type Rules = Record<string, Rule>;

/** Our schemas, as a list in SQL. */
export const ours = `('public', 'private')`;

/** Breaks for each `name` that a statement finds. */
export function none(statement: string): Rule {
	return (query) => names(query, statement);
}

export async function names(query: Query, statement: string): Promise<string[]> {
	const rows = await query<{ name: string }>(statement);
	return rows.map(({ name }) => name);
}

/** How a list found in the database differs from the expected one. */
export function differences(found: string[], expected: string[]): string[] {
	return [
		...found.filter((name) => !expected.includes(name)).map((name) => `not listed: ${name}`),
		...expected.filter((name) => !found.includes(name)).map((name) => `not found: ${name}`)
	];
}

export type Routine = {
	/** With schema and arguments: `public.cast_ballot(uuid, uuid[])`. */
	signature: string;
	/** With schema: `public.cast_ballot`. */
	name: string;
	/** The body without comments. */
	body: string;
};

/** The functions of our schemas, as the database holds them after all migrations. */
export async function routines(query: Query): Promise<Routine[]> {
	const rows = await query<Routine>(
		`select n.nspname || '.' || p.proname as name,
			n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature,
			p.prosrc as body
		from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where n.nspname in ${ours} order by 1, 2`
	);
	return rows.map((row) => ({ ...row, body: withoutComments(row.body) }));
}

export function withoutComments(sql: string): string {
	return sql.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/--.*$/gm, ' ');
}

import { differences, names, none, ours, type Query, type Rules } from './rule';

export type Role = 'anon' | 'authenticated' | 'service_role' | 'supabase_auth_admin';

/** What has to be listed by hand; see the lists in architecture.test.ts. */
export type Lists = {
	readers: Record<string, Role[]>;
	readableColumns: string[];
	callers: Record<string, Role[]>;
	withOwnRights: string[];
	aboutNobody: string[];
	housekeeping: string[];
};

const tables = `select n.nspname || '.' || c.relname as name, c.* from pg_class c
	join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ${ours} and c.relkind in ('r', 'p')`;

const policies = `select tablename || ': ' || policyname as name, * from pg_policies where schemaname in ${ours}`;

const functions = `select n.nspname || '.' || p.proname as name, p.*, n.nspname from pg_proc p
	join pg_namespace n on n.oid = p.pronamespace where n.nspname in ${ours}`;

const columns = `select n.nspname || '.' || c.relname as table_name,
		n.nspname || '.' || c.relname || '.' || a.attname as name
	from pg_attribute a
	join pg_class c on c.oid = a.attrelid
	join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ${ours} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`;

const inventory = `select table_name || '.' || column_name as name from private.personal_columns`;

/** As `name: role, role`. */
async function granted(query: Query, statement: string): Promise<string[]> {
	const rows = await query<{ name: string; roles: string[] }>(statement);
	return rows.map(({ name, roles }) => line(name, roles));
}

function line(name: string, roles: string[]): string {
	return `${name}: ${[...roles].sort().join(', ')}`;
}

function lines(list: Record<string, string[]>): string[] {
	return Object.entries(list).map(([name, roles]) => line(name, roles));
}

const quoted = (values: string[]) => values.map((value) => `'${value}'`).join(', ');

/** The rules for tables, policies, functions and personal columns, read from the catalog. */
export function catalogRules(lists: Lists): Rules {
	const listed = `table_name not in (${quoted(lists.aboutNobody)}) and name not in (${quoted(lists.housekeeping)})`;
	return {
		'each table is under row level security': none(
			`select name from (${tables}) t where not relrowsecurity`
		),

		'each table has a comment': none(
			`select name from (${tables}) t where obj_description(oid, 'pg_class') is null`
		),

		'tables are read by those whom the list names': async (query) =>
			differences(
				await granted(
					query,
					`select n.nspname || '.' || c.relname as name, array_agg(distinct coalesce(r.rolname, 'PUBLIC')::text) as roles
					from pg_class c
					join pg_namespace n on n.oid = c.relnamespace
					cross join lateral aclexplode(c.relacl) a
					left join pg_roles r on r.oid = a.grantee
					where n.nspname in ${ours} and c.relkind in ('r', 'p', 'v', 'm') and a.grantee <> c.relowner
					group by 1`
				),
				lines(lists.readers)
			),

		'no role of the API writes to a table: there is nothing but select': none(`
			select c.relname || ' ' || a.privilege_type as name
			from pg_class c
			join pg_namespace n on n.oid = c.relnamespace
			cross join lateral aclexplode(c.relacl) a
			where n.nspname in ${ours} and a.grantee <> c.relowner
				and not (a.privilege_type = 'SELECT' and c.relkind in ('r', 'p', 'v', 'm'))`),

		'single columns are granted to those whom the list names': async (query) =>
			differences(
				await names(
					query,
					`select n.nspname || '.' || c.relname || '.' || t.attname || ' ' || r.rolname || ' ' || a.privilege_type as name
					from pg_attribute t
					join pg_class c on c.oid = t.attrelid
					join pg_namespace n on n.oid = c.relnamespace
					cross join lateral aclexplode(t.attacl) a
					left join pg_roles r on r.oid = a.grantee
					where n.nspname in ${ours}`
				),
				lists.readableColumns
			),

		'each foreign key has an index': none(`
			select k.conrelid::regclass || ' ' || k.conname as name from pg_constraint k
			join pg_namespace n on n.oid = k.connamespace
			where k.contype = 'f' and n.nspname in ${ours} and not exists (
				select from pg_index i
				where i.indrelid = k.conrelid and i.indpred is null
					and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
			)`),

		'views show what their reader may see': none(`
			select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where n.nspname in ${ours} and (c.relkind = 'm'
				or c.relkind = 'v' and not coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}')`),

		'no policy lets anybody write': none(`select name from (${policies}) p where cmd <> 'SELECT'`),

		'each policy names its readers': none(
			`select name from (${policies}) p where 'public' = any(roles)`
		),

		'the name of a policy is a sentence': none(
			`select name from (${policies}) p where policyname !~ '^[A-Z].* .*[^.]$'`
		),

		'a policy asks who is there once per query, not once per row': none(
			`select name from (${policies}) p where qual ~
				'(?<!SELECT )(auth\\.(uid|role|email|jwt)|private\\.(my_id|is_organizer|is_outside_government))\\(\\)'`
		),

		'each table that somebody reads has a policy': async (query) => {
			const open = await names(
				query,
				`select name from (${tables}) t where not exists (select from pg_policy p where p.polrelid = t.oid)`
			);
			return Object.keys(lists.readers).filter((table) => open.includes(table));
		},

		'each function pins an empty search path': none(
			`select name from (${functions}) f where not coalesce(proconfig, '{}') && '{"search_path=\\"\\""}'`
		),

		'functions are called by those whom the list names': async (query) => {
			const found = await granted(
				query,
				`select name, array_agg(distinct coalesce(r.rolname, 'PUBLIC')::text) as roles
				from (${functions}) f
				cross join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) a
				left join pg_roles r on r.oid = a.grantee
				where a.grantee <> proowner group by 1`
			);
			// Only a hosted project has the auth server's own role.
			const hosted = await names(
				query,
				`select rolname as name from pg_roles where rolname = 'supabase_auth_admin'`
			);
			const expected = Object.entries(lists.callers).filter(
				([, roles]) => !roles.includes('supabase_auth_admin') || hosted.length > 0
			);
			return differences(found, lines(Object.fromEntries(expected)));
		},

		'functions of the API are definers, but for those listed': async (query) =>
			differences(
				await names(
					query,
					`select name from (${functions}) f where nspname = 'public' and not prosecdef`
				),
				lists.withOwnRights
			),

		'each function of the API has a comment': none(
			`select name from (${functions}) f where nspname = 'public' and obj_description(oid, 'pg_proc') is null`
		),

		// The API cannot tell two functions of one name apart.
		'each function of the API has a name of its own': none(
			`select name from (${functions}) f where nspname = 'public' group by 1 having count(*) > 1`
		),

		'the inventory of personal columns is complete': none(
			`select name from (${columns}) c where ${listed} except ${inventory} order by 1`
		),

		'the inventory of personal columns names nothing that is not there': async (query) => {
			const known = await names(
				query,
				`select name from (${columns}) c union select table_name from (${columns}) c`
			);
			return [
				...(await names(query, `${inventory} except select name from (${columns}) c`)),
				...[...lists.aboutNobody, ...lists.housekeeping].filter((name) => !known.includes(name))
			];
		},

		'the inventory of personal columns leaves out no table that points at a person': none(`
			select distinct n.nspname || '.' || c.relname as name from pg_constraint k
			join pg_class c on c.oid = k.conrelid
			join pg_namespace n on n.oid = c.relnamespace
			where n.nspname in ${ours} and k.contype = 'f'
				and k.confrelid in ('public.people'::regclass, 'auth.users'::regclass)
				and n.nspname || '.' || c.relname in (${quoted(lists.aboutNobody)})`)
	};
}

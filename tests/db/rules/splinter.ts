import type { Lists, Role } from './catalog';
import { differences, names, none, ours, type Rule, type Rules } from './rule';

// What supabase/splinter (github.com/supabase/splinter, lints/ at 55db5b1) finds wrong with a database,
// and therefore the dashboard of each hosted project. Its repository carries no licence, so only the
// conditions are the same. Left out: what needs traffic or what is not here (storage, queues, GraphQL).

/** Findings of rule 0006 that are wanted: who may read is easier to see in two sentences than in one `or`. */
const severalPolicies = [
	'public.forums authenticated', // what is published, and drafts for organizers
	'public.memberships authenticated', // one's own, and those of one's committees
	'public.people authenticated', // oneself, and one's colleagues
	'public.registrations authenticated', // one's own, and all of them for organizers
	'public.reports authenticated', // what is published, and drafts for organizers
	'public.signups authenticated' // one's own, and all of them for organizers
];

const relations = (kinds: string, where: string) => `
	select n.nspname || '.' || c.relname as name from pg_class c
	join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ${ours} and c.relkind in (${kinds}) and ${where} order by 1`;

const exposed = `(has_table_privilege('anon', c.oid, 'select') or has_table_privilege('authenticated', c.oid, 'select'))`;

const policies = (where: string) => `
	select schemaname || '.' || tablename || ': ' || policyname as name from pg_policies
	where schemaname in ${ours} and (${where}) order by 1`;

function listed(statement: string, accepted: string[]): Rule {
	return async (query) => differences(await names(query, statement), accepted);
}

/** Rules 0028 and 0029: who may call which definer over the API is what our own list says. */
function definers(role: Role, { callers, withOwnRights }: Lists): Rule {
	return listed(
		`select n.nspname || '.' || p.proname as name from pg_proc p
		join pg_namespace n on n.oid = p.pronamespace
		where n.nspname = 'public' and p.prosecdef and has_function_privilege('${role}', p.oid, 'execute') order by 1`,
		Object.keys(callers).filter(
			(name) =>
				name.startsWith('public.') && callers[name]!.includes(role) && !withOwnRights.includes(name)
		)
	);
}

/** The rules of splinter that apply here, under its own names. */
export function splinterRules(lists: Lists): Rules {
	return {
		'splinter 0001 unindexed_foreign_keys': none(`
			select conrelid::regclass || ' ' || conname as name from pg_constraint k
			where contype = 'f' and connamespace::regnamespace::text in ${ours} and not exists (
				select from pg_index i where i.indrelid = k.conrelid and i.indisvalid
					and k.conkey = (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)])`),

		'splinter 0002 auth_users_exposed': none(`
			select distinct c.relname as name from pg_depend d
			join pg_rewrite r on r.oid = d.objid
			join pg_class c on c.oid = r.ev_class
			where d.refobjid = 'auth.users'::regclass and d.deptype = 'n' and c.relkind in ('v', 'm') and ${exposed}`),

		'splinter 0003 auth_rls_initplan': none(
			policies(
				`concat(qual, with_check) ~* '(auth\\.(uid|jwt|role|email)|current_setting)\\('
				and concat(qual, with_check) !~* 'select (auth\\.(uid|jwt|role|email)|current_setting)\\('`
			)
		),

		'splinter 0004 no_primary_key': none(
			relations(
				`'r'`,
				`not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`
			)
		),

		'splinter 0006 multiple_permissive_policies': listed(
			`select schemaname || '.' || tablename || ' ' || role as name
			from pg_policies cross join lateral unnest(roles) role
			where schemaname in ${ours} and permissive = 'PERMISSIVE'
			group by schemaname, tablename, role, cmd having count(*) > 1 order by 1`,
			severalPolicies
		),

		'splinter 0007 policy_exists_rls_disabled': none(
			relations(
				`'r'`,
				`not c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)`
			)
		),

		// Tables of `private` are read and written by functions alone.
		'splinter 0008 rls_enabled_no_policy': none(
			relations(
				`'r'`,
				`n.nspname <> 'private' and c.relrowsecurity
					and not exists (select from pg_policy p where p.polrelid = c.oid)`
			)
		),

		'splinter 0009 duplicate_index': none(`
			select schemaname || '.' || tablename || ' ' || array_agg(indexname)::text as name from pg_indexes
			where schemaname in ${ours}
			group by schemaname, tablename, replace(indexdef, indexname, '') having count(*) > 1`),

		'splinter 0010 security_definer_view': none(
			relations(
				`'v'`,
				`${exposed} and not coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}'`
			)
		),

		'splinter 0011 function_search_path_mutable': none(`
			select n.nspname || '.' || p.proname as name from pg_proc p
			join pg_namespace n on n.oid = p.pronamespace
			where n.nspname in ${ours} and not exists (
				select from unnest(coalesce(p.proconfig, '{}')) setting where setting like 'search_path=%')`),

		'splinter 0013 rls_disabled_in_public': none(
			relations(`'r'`, `not c.relrowsecurity and ${exposed}`)
		),

		'splinter 0014 extension_in_public': none(
			`select extname as name from pg_extension where extnamespace = 'public'::regnamespace`
		),

		'splinter 0015 rls_references_user_metadata': none(
			policies(`concat(qual, with_check) like '%user_metadata%'`)
		),

		'splinter 0016 materialized_view_in_api': none(relations(`'m'`, exposed)),

		'splinter 0018 unsupported_reg_types': none(
			relations(
				`'r'`,
				`exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
					and a.atttypid::regtype::text in ('regcollation', 'regconfig', 'regdictionary', 'regnamespace',
						'regoper', 'regoperator', 'regproc', 'regprocedure'))`
			)
		),

		'splinter 0021 fkey_to_auth_unique': none(`
			select k.conrelid::regclass || ' ' || k.conname as name from pg_constraint k
			join pg_class target on target.oid = k.confrelid
			join pg_index i on i.indexrelid = k.conindid
			where k.contype = 'f' and target.relnamespace = 'auth'::regnamespace and not i.indisprimary`),

		'splinter 0024 rls_policy_always_true': none(
			policies(
				`cmd <> 'SELECT' and permissive = 'PERMISSIVE'
				and (coalesce(qual, 'true') in ('true', '(true)') or coalesce(with_check, 'true') in ('true', '(true)'))`
			)
		),

		'splinter 0028 anon_security_definer_function_executable': definers('anon', lists),

		'splinter 0029 authenticated_security_definer_function_executable': definers(
			'authenticated',
			lists
		)
	};
}

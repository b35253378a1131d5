import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { domains } from '../../src/lib/domains';
import { scene, type Said } from './scene';

// The rules of the house inside the database. The lists are the law: what is added to the database
// has to be added here by hand, by somebody who has thought about it.

type Role = 'anon' | 'authenticated' | 'service_role' | 'supabase_auth_admin';

/** Who may read which table, always under row level security. A table not named is read by nobody. */
const readers: Record<string, Role[]> = {
	'public.areas': ['anon', 'authenticated'],
	'public.committees': ['anon', 'authenticated'],
	'public.current_memberships': ['authenticated'],
	'public.forums': ['anon', 'authenticated'],
	'public.lineage': ['anon', 'authenticated'],
	'public.memberships': ['authenticated'],
	'public.organizations': ['anon', 'authenticated'],
	'public.posts': ['authenticated'],
	'public.preferences': ['authenticated'],
	'public.priorities': ['anon', 'authenticated'],
	'public.read_marks': ['authenticated'],
	'public.seats': ['anon', 'authenticated'],
	'public.registrations': ['authenticated'],
	'public.report_corrections': ['anon', 'authenticated'],
	'public.reports': ['anon', 'authenticated'],
	'public.results': ['anon', 'authenticated'],
	'public.vote_items': ['anon', 'authenticated'],
	'public.votes': ['anon', 'authenticated'],
	'public.signups': ['authenticated'],
	'public.sessions': ['anon', 'authenticated'],
	'public.thread_committees': ['authenticated'],
	'public.threads': ['authenticated']
};

/** Views among them: they have no policies, since they read with the rights of whoever asks. */
const views = ['public.current_memberships'];

/**
 * Tables of which a role reads some columns only. A start of the embedded backend would grant the
 * rest again, were it not for its guard (see "a restart keeps grants" in backend.test.ts).
 */
const readableColumns = [
	'public.people.name authenticated SELECT',
	'public.people.organization_name authenticated SELECT',
	'public.people.person_id authenticated SELECT'
];

/** Who may call what. A function not named is called by nobody over the API. */
const callers: Record<string, Role[]> = {
	// Helpers of the policies: they answer about the caller alone.
	'private.is_outside_government': ['anon', 'authenticated'],
	'private.is_organizer': ['anon', 'authenticated'],
	'private.my_colleagues': ['authenticated'],
	'private.latest_threads': ['authenticated'],
	'private.my_committee_ids': ['authenticated'],
	'private.my_id': ['anon', 'authenticated'],
	// The auth server of a hosted project.
	'private.queue_auth_email': ['supabase_auth_admin'],
	// Figures over rows that the reader may not see.
	'public.spots_in_person': ['anon', 'authenticated'],
	'public.spots_online': ['anon', 'authenticated'],
	'public.spots_left': ['anon', 'authenticated'],
	'public.turnout': ['anon', 'authenticated'],
	'public.voters_by_sector': ['authenticated'],
	// What a person may ask about oneself.
	'public.organize': ['authenticated'],
	'public.export_my_data': ['authenticated'],
	'public.home_page': ['authenticated'],
	'public.committee_page': ['authenticated'],
	'public.thread_page': ['authenticated'],
	'public.who': ['authenticated'],
	'public.my_ballot': ['authenticated'],
	'public.waitlist_position': ['authenticated'],
	'public.unread': ['authenticated'],
	// Verbs.
	'public.delete_my_account': ['authenticated'],
	'public.add_area': ['authenticated'],
	'public.add_priority': ['authenticated'],
	'public.cast_ballot': ['authenticated'],
	'public.count_vote': ['authenticated'],
	'public.correct_report': ['authenticated'],
	'public.delete_post': ['authenticated'],
	'public.draft_report': ['authenticated'],
	'public.edit_post': ['authenticated'],
	'public.end_membership': ['authenticated'],
	'public.cancel_signup': ['authenticated'],
	'public.mark_read': ['authenticated'],
	'public.open_vote': ['authenticated'],
	'public.post_reply': ['authenticated'],
	'public.publish_forum': ['authenticated'],
	'public.publish_report': ['authenticated'],
	'public.register': ['authenticated'],
	'public.report_facts': ['authenticated'],
	'public.delete_priority': ['authenticated'],
	'public.reword_priority': ['authenticated'],
	'public.save_profile': ['authenticated'],
	'public.save_report': ['authenticated'],
	'public.set_sector': ['authenticated'],
	'public.set_thread_closed': ['authenticated'],
	'public.start_thread': ['authenticated'],
	'public.swap_signup': ['authenticated'],
	'public.unpublish_report': ['authenticated'],
	'public.sign_up': ['authenticated'],
	'public.withdraw_ballot': ['authenticated'],
	'public.cancel_registration': ['authenticated'],
	// The site itself, with the secret key.
	'public.claim_jobs': ['service_role'],
	'public.mailbox': ['service_role'],
	'public.queue_job': ['service_role'],
	'public.settle_job': ['service_role'],
	'public.take_attempt': ['service_role'],
	'public.delete_old_data': ['service_role'],
	'public.delete_old_events': ['service_role'],
	'public.delete_old_jobs': ['service_role'],
	'public.delete_old_registrations': ['service_role']
};

/** Functions of the counter that run with the caller's own rights; all others are definers. */
const withOwnRights = ['public.committee_page', 'public.thread_page', 'public.unread'];

/**
 * What answers an account without profile, instead of refusing it: nothing, figures for all, or the
 * making of the profile itself.
 */
const answersStrangers = [
	// What is kept of an account is its owner's, with or without a profile.
	'public.delete_my_account',
	'public.committee_page',
	'public.home_page',
	'public.thread_page',
	'public.who',
	'public.export_my_data',
	'public.my_ballot',
	'public.waitlist_position',
	'public.spots_in_person',
	'public.spots_online',
	'public.save_profile',
	'public.spots_left',
	'public.turnout',
	'public.unread'
];

/** Tables that hold nothing about a person. All others stand in the inventory of personal columns. */
const aboutNobody = [
	'private.domains',
	'private.attempts',
	'private.domains',
	'private.personal_columns',
	'private.anonymous_ballots',
	'public.areas',
	'public.committees',
	'public.forums',
	'public.lineage',
	'public.organizations',
	'public.priorities',
	'public.seats',
	'public.report_corrections',
	'public.reports',
	'public.results',
	'public.vote_items',
	'public.votes',
	'public.sessions',
	'public.thread_committees'
];

/** Columns of the other tables that tell of our own work, not of the person. */
const housekeeping = [
	'private.audit.acted_at',
	'private.audit.action',
	'private.audit.audit_id',
	'private.audit.fields',
	'private.events.event_id',
	'private.events.happened_at',
	'private.events.kind',
	'private.events.subject_kind',
	'private.events.transaction_id',
	'private.jobs.attempts',
	'private.jobs.expires_at',
	'private.jobs.failed_at',
	'private.jobs.finished_at',
	'private.jobs.job_id',
	'private.jobs.kind',
	'private.jobs.last_error',
	'private.jobs.locked_until',
	'private.jobs.once_key',
	'private.jobs.queued_at',
	'private.jobs.run_at',
	'private.roles.ends_at',
	'private.roles.role',
	'private.roles.role_id',
	'private.roles.starts_at'
];

const ours = `('public', 'private')`;

/** The names that a query finds; the query is asked as the database's owner. */
async function names(query: string): Promise<string[]> {
	let found: string[] = [];
	await scene(async ({ sql }) => {
		const rows = await sql<{ name: string }>(query);
		found = rows.map(({ name }) => name);
	});
	return found;
}

/** As `{ name: [roles] }`, in the lists' own form. */
async function granted(query: string): Promise<Record<string, string[]>> {
	let found: [string, string[]][] = [];
	await scene(async ({ sql }) => {
		const rows = await sql<{ name: string; roles: string[] }>(query);
		found = rows.map(({ name, roles }) => [name, [...roles].sort()]);
	});
	return Object.fromEntries(found);
}

function sorted(list: Record<string, string[]>): Record<string, string[]> {
	return Object.fromEntries(Object.entries(list).map(([name, roles]) => [name, [...roles].sort()]));
}

describe('tables', () => {
	const tables = `select n.nspname || '.' || c.relname as name, c.* from pg_class c
		join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ${ours} and c.relkind in ('r', 'p')`;

	test('stand under row level security, every one', async () => {
		expect(await names(`select name from (${tables}) t where not relrowsecurity`)).toEqual([]);
	});

	test('say what they are', async () => {
		expect(
			await names(`select name from (${tables}) t where obj_description(oid, 'pg_class') is null`)
		).toEqual([]);
	});

	test('are read by those whom the list names', async () => {
		const found = await granted(`
			select n.nspname || '.' || c.relname as name, array_agg(distinct coalesce(r.rolname, 'PUBLIC')::text) as roles
			from pg_class c
			join pg_namespace n on n.oid = c.relnamespace
			cross join lateral aclexplode(c.relacl) a
			left join pg_roles r on r.oid = a.grantee
			where n.nspname in ${ours} and c.relkind in ('r', 'p', 'v', 'm') and a.grantee <> c.relowner
			group by 1`);
		expect(found).toEqual(sorted(readers));
	});

	test('are written by no role of the API: there is nothing but select', async () => {
		expect(
			await names(`
				select c.relname || ' ' || a.privilege_type as name
				from pg_class c
				join pg_namespace n on n.oid = c.relnamespace
				cross join lateral aclexplode(c.relacl) a
				where n.nspname in ${ours} and a.grantee <> c.relowner
					and not (a.privilege_type = 'SELECT' and c.relkind in ('r', 'p', 'v', 'm'))`)
		).toEqual([]);
	});

	test('give single columns to those whom the list names', async () => {
		expect(
			await names(`
				select n.nspname || '.' || c.relname || '.' || t.attname || ' ' || r.rolname || ' ' || a.privilege_type as name
				from pg_attribute t
				join pg_class c on c.oid = t.attrelid
				join pg_namespace n on n.oid = c.relnamespace
				cross join lateral aclexplode(t.attacl) a
				left join pg_roles r on r.oid = a.grantee
				where n.nspname in ${ours}
				order by 1`)
		).toEqual(readableColumns);
	});

	test('have an index for each foreign key', async () => {
		expect(
			await names(`
				select k.conrelid::regclass || ' ' || k.conname as name from pg_constraint k
				join pg_namespace n on n.oid = k.connamespace
				where k.contype = 'f' and n.nspname in ${ours} and not exists (
					select from pg_index i
					where i.indrelid = k.conrelid and i.indpred is null
						and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
				)`)
		).toEqual([]);
	});

	test('show views with the reader’s own rights', async () => {
		expect(
			await names(`
				select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
				where n.nspname in ${ours} and (c.relkind = 'm'
					or c.relkind = 'v' and not coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}')`)
		).toEqual([]);
	});
});

describe('policies', () => {
	const policies = `select tablename || ': ' || policyname as name, * from pg_policies where schemaname in ${ours}`;

	test('let nobody write', async () => {
		expect(await names(`select name from (${policies}) p where cmd <> 'SELECT'`)).toEqual([]);
	});

	test('name their readers', async () => {
		expect(await names(`select name from (${policies}) p where 'public' = any(roles)`)).toEqual([]);
	});

	test('are sentences', async () => {
		expect(
			await names(`select name from (${policies}) p where policyname !~ '^[A-Z].* .*[^.]$'`)
		).toEqual([]);
	});

	test('ask who is there once per query, not once per row', async () => {
		const perRow = `(?<!SELECT )(auth\\.(uid|role|email|jwt)|private\\.(my_id|is_organizer|is_outside_government))\\(\\)`;
		expect(await names(`select name from (${policies}) p where qual ~ '${perRow}'`)).toEqual([]);
	});

	test('stand on each table that somebody reads', async () => {
		const guarded = await names(
			`select distinct schemaname || '.' || tablename as name from pg_policies`
		);
		const tables = Object.keys(readers).filter((name) => !views.includes(name));
		expect(tables.filter((table) => !guarded.includes(table))).toEqual([]);
	});
});

describe('functions', () => {
	const functions = `select n.nspname || '.' || p.proname as name, p.*, n.nspname from pg_proc p
		join pg_namespace n on n.oid = p.pronamespace where n.nspname in ${ours}`;

	test('pin an empty search path', async () => {
		expect(
			await names(
				`select name from (${functions}) f where not coalesce(proconfig, '{}') && '{"search_path=\\"\\""}'`
			)
		).toEqual([]);
	});

	test('are called by those whom the list names', async () => {
		const found = await granted(`
			select name, array_agg(distinct coalesce(r.rolname, 'PUBLIC')::text) as roles
			from (${functions}) f
			cross join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) a
			left join pg_roles r on r.oid = a.grantee
			where a.grantee <> proowner group by 1`);
		// Only a hosted project has the auth server's own role.
		const hosted = await names(
			`select rolname as name from pg_roles where rolname = 'supabase_auth_admin'`
		);
		const expected = Object.entries(callers).filter(
			([, roles]) => !roles.includes('supabase_auth_admin') || hosted.length > 0
		);
		expect(found).toEqual(sorted(Object.fromEntries(expected)));
	});

	test('of the counter are definers, but for those listed', async () => {
		const invokers = `select name from (${functions}) f where nspname = 'public' and not prosecdef order by 1`;
		expect(await names(invokers)).toEqual(withOwnRights);
	});

	test('of the counter say what they do, and have one name each', async () => {
		const counter = `select * from (${functions}) f where nspname = 'public'`;
		expect(
			await names(`select name from (${counter}) c where obj_description(oid, 'pg_proc') is null`)
		).toEqual([]);
		// The API cannot tell two functions of one name apart.
		expect(await names(`select name from (${counter}) c group by 1 having count(*) > 1`)).toEqual(
			[]
		);
	});

	const forMembers = Object.entries(callers)
		.filter(([name, roles]) => name.startsWith('public.') && roles.includes('authenticated'))
		.map(([name]) => name)
		.filter((name) => !answersStrangers.includes(name));

	test.each(forMembers)('%s refuses an account without profile', (name) =>
		scene(async ({ sql, person }) => {
			const stranger = await person('Stranger');
			const [verb] = await sql<{ types: string[] }>(
				`select array(select format_type(t, null) from unnest(proargtypes::oid[]) with ordinality as a(t, i)
					where i <= pronargs - pronargdefaults order by i) as types
				from pg_proc where oid = $1::regproc`,
				[name]
			);
			const args = verb!.types.map((type) =>
				type === 'uuid' ? `'${randomUUID()}'::uuid` : `null::${type}`
			);
			const answer = await stranger
				.query(`select * from ${name}(${args.join(', ')})`)
				.catch((said: Said) => said.code);
			expect(answer).toMatch(/^PT4(01|03|04|09)$/);
		})
	);
});

describe('the doors', () => {
	test('are shut for what a careless migration adds', () =>
		scene(async ({ sql, person, visitor }) => {
			const stranger = await person('Stranger');
			await sql(`create table public.forgotten (secret text)`);
			await sql(
				`create function public.forgotten_verb() returns text language sql as $$ select 'secret' $$`
			);
			for (const caller of [visitor, stranger]) {
				await expect(caller.query('select * from public.forgotten')).rejects.toThrow(/denied/);
				await expect(caller.query('select public.forgotten_verb()')).rejects.toThrow(/denied/);
			}
		}));

	test('let nobody create anything', () =>
		scene(async ({ person, visitor, service }) => {
			for (const caller of [visitor, service, await person('Stranger')]) {
				for (const schema of ['public', 'private']) {
					await expect(caller.query(`create table ${schema}.mine ()`)).rejects.toThrow(/denied/);
				}
			}
		}));
});

describe('the domains', () => {
	test('are the same as those of the site, in the same order', async () => {
		expect(await names('select name from private.domains order by position')).toEqual(
			domains.map(({ name }) => name)
		);
	});

	test('contribute functions of one shape, so that none is left out in silence', async () => {
		const shapes = {
			export: '_export(uuid) jsonb',
			delete: '_delete(uuid) void',
			organize: '_organize(uuid) jsonb',
			retention: '_retention() jsonb'
		};
		const expected = domains.flatMap(({ name }) =>
			Object.values(shapes).map((shape) => `private.${name}${shape}`)
		);
		const found = await names(`
			select replace(oid::regprocedure || ' ' || prorettype::regtype, '"', '') as name from pg_proc
			where pronamespace = 'private'::regnamespace and proname ~ '_(${Object.keys(shapes).join('|')})$'`);
		expect(found.length).toBeGreaterThan(10);
		expect(found.filter((name) => !expected.includes(name))).toEqual([]);
	});

	test('say things of a forum under names of their own, so that none hides another', () =>
		scene(async ({ sql }) => {
			const [forum] = await sql<{ forum_id: string }>(
				`insert into public.forums (slug, name_en, name_fr, place_en, place_fr, format, starts_on, ends_on)
				values ('one', 'One', 'Une', 'Here', 'Ici', 'online', '2027-01-01', '2027-01-01') returning forum_id`
			);
			const contributors = await sql<{ name: string }>(
				`select name from private.domains_with('organize', 'uuid')`
			);
			const keys: string[] = [];
			for (const { name } of contributors) {
				const [row] = await sql<{ about: object }>(`select private.${name}_organize($1) as about`, [
					forum!.forum_id
				]);
				keys.push(...Object.keys(row!.about));
			}
			expect(keys).toHaveLength(new Set(keys).size);
			expect(keys).toContain('report');
		}));
});

describe('the inventory of personal columns', () => {
	const columns = `select n.nspname || '.' || c.relname as table_name,
			n.nspname || '.' || c.relname || '.' || a.attname as name
		from pg_attribute a
		join pg_class c on c.oid = a.attrelid
		join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ${ours} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`;
	const inventory = `select table_name || '.' || column_name as name from private.personal_columns`;
	const list = (values: string[]) => values.map((value) => `'${value}'`).join(', ');

	test('is complete', async () => {
		expect(
			await names(`select name from (${columns}) c
				where table_name not in (${list(aboutNobody)}) and name not in (${list(housekeeping)})
				except ${inventory} order by 1`)
		).toEqual([]);
	});

	test('names nothing that is not there', async () => {
		expect(await names(`${inventory} except select name from (${columns}) c`)).toEqual([]);
		const standing = await names(
			`select name from (${columns}) c union select table_name from (${columns}) c`
		);
		expect([...aboutNobody, ...housekeeping].filter((name) => !standing.includes(name))).toEqual(
			[]
		);
	});

	test('leaves out no table that points at a person', async () => {
		expect(
			await names(`
				select distinct n.nspname || '.' || c.relname as name from pg_constraint k
				join pg_class c on c.oid = k.conrelid
				join pg_namespace n on n.oid = c.relnamespace
				where n.nspname in ${ours} and k.contype = 'f'
					and k.confrelid in ('public.people'::regclass, 'auth.users'::regclass)
					and n.nspname || '.' || c.relname in (${list(aboutNobody)})`)
		).toEqual([]);
	});
});

import type { Migration } from '../../src/lib/embedded/migrate.server';

/** A small network of its own, so that no domain can break the tests of the backend. */
export const fixture: Migration[] = [
	{
		version: '0001',
		name: 'fixture',
		text: `
			create schema private;
			create extension btree_gist with schema extensions;
			create extension citext with schema extensions;

			create table public.circles (circle_id int primary key, name text not null);
			grant select, insert on public.circles to authenticated, service_role;

			create type public.mood as enum ('calm', 'tired');

			create table public.notes (
				note_id int generated always as identity primary key,
				circle_id int not null references public.circles,
				owner uuid,
				body text not null constraint notes_body_is_short check (length(body) < 40),
				size numeric(8, 2),
				file bytea,
				written_at timestamptz not null default '2026-01-02 03:04:05+00',
				moments timestamptz[],
				moods public.mood[],
				lasts tstzrange,
				constraint notes_do_not_overlap exclude using gist (circle_id with =, lasts with &&),
				constraint notes_body_is_unique unique (body)
			);
			alter table public.notes enable row level security;
			create policy "One's own" on public.notes for select to authenticated
				using (owner = (select auth.uid()));
			create policy "Anything" on public.notes for insert to authenticated with check (true);

			revoke all on public.circles from anon;
			revoke all on public.notes from anon, authenticated;
			grant select (note_id, circle_id, owner, body), insert on public.notes to authenticated;

			insert into public.circles values (1, 'first'), (2, 'second');
			insert into public.notes (circle_id, body) values (1, 'private');

			create table private.emails (event jsonb not null, written_at timestamptz default now());
			create function private.queue_auth_email(event jsonb) returns jsonb
			language plpgsql security definer set search_path = '' as $$
			begin
				if event -> 'user' ->> 'email' like 'unlucky%' then
					raise exception 'no_paper';
				end if;
				insert into private.emails (event) values (event);
				return '{}';
			end $$;

			create table public.whispers (note text primary key);
			alter table public.whispers enable row level security;
			insert into public.whispers values ('for the service only');

			create function public.who_am_i() returns text language sql stable
				as $$ select current_user || ' ' || coalesce(auth.uid()::text, 'nobody') $$;
			create function public.raise_as(said text, code text, figures text, tip text default '')
			returns void language plpgsql as $$
			begin
				raise exception using message = said, errcode = code, detail = figures, hint = tip;
			end $$;
			create function public.rest_a_while(seconds float) returns void language sql
				as $$ select pg_sleep(seconds) $$;
			create function public.my_notes() returns setof public.notes language sql stable
				security definer set search_path = '' as $$ select * from public.notes $$;
		`
	}
];

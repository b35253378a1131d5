-- Foundations: the doors, shut first.
--
-- Two schemas. `public` is the counter: what the API exposes, and nothing stands there by accident.
-- `private` is not exposed: helpers, guards, ballots, emails, audit; no API reaches it.
-- Client roles may read tables (under row level security) and call verbs. They write nothing.
-- Even the secret key only calls functions: no role of the API holds a right on a whole table.

create schema private;
comment on schema private is 'The private schema: helpers, guards and everything that no API may show.';
revoke all on schema private from public;
grant usage on schema private to anon, authenticated, service_role;

-- Supabase grants everything in `public` to its roles by default. Take that back, so that each
-- migration has to say what it opens.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;
revoke create on schema public from public;

create schema if not exists extensions;
create extension if not exists btree_gist with schema extensions;

-- The two languages of the network. Organizers' texts are pairs (`title_en`, `title_fr`).
create type public.language as enum ('en', 'fr');

-- What is still free, in words: exact numbers of people are nobody's business.
create type public.availability as enum ('open', 'few', 'full');

create function private.availability(taken bigint, capacity integer)
returns public.availability
language sql
immutable
set search_path = ''
as $$
  select (case
    when capacity is null or taken < capacity * 0.9 and taken < capacity - 4 then 'open'
    when taken < capacity then 'few'
    else 'full'
  end)::public.availability
$$;
comment on function private.availability is 'How full something is: few means the last tenth, or fewer than five left.';

-- A name that turns the text beside it around, or that nobody can see, would pass for another. Marks
-- of direction, controls and spaces without width go; joiners stay within, since some scripts need them.
-- The site's forms do the same (shared/line.ts).
create function private.one_line(text text)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(
    regexp_replace(
      regexp_replace(text, '[\u0009-\u000D\u0085\u2028\u2029]+', ' ', 'g'),
      '[\u0001-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u3164\uFFA0\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]', '', 'g'),
    '^[ \u00A0\u1680\u2000-\u200A\u200C\u200D\u202F\u205F\u2800\u3000]+|[ \u00A0\u1680\u2000-\u200A\u200C\u200D\u202F\u205F\u2800\u3000]+$', '', 'g')
$$;
comment on function private.one_line is 'A name or a title as one visible line: no controls, no marks of direction, no blanks at its ends.';

-- Who did what, for the organizers' eyes later: names of fields, never their values.
create table private.audit (
  audit_id uuid primary key default gen_random_uuid(),
  acted_at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  action text not null constraint audit_action_length check (char_length(action) between 1 and 60),
  subject_id uuid,
  fields text[] not null default '{}'
);
comment on table private.audit is 'Append-only log of privileged acts: actor, action, subject, field names.';
alter table private.audit enable row level security;
create index audit_by_actor on private.audit (actor_id);

create function private.refuse_audit_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'audit_is_append_only' using errcode = 'PT403';
end
$$;
create trigger audit_is_append_only before update or delete or truncate on private.audit
  for each statement execute function private.refuse_audit_change();

create function private.log(action text, subject_id uuid default null, fields text[] default '{}')
returns void
language sql
set search_path = ''
as $$
  insert into private.audit (actor_id, action, subject_id, fields)
  values ((select auth.uid()), action, subject_id, fields)
$$;
comment on function private.log is 'Writes one line of the audit, in the transaction of the act itself.';

-- The domains in order, as in src/lib/domains.ts; each migration adds its own row, `position` is its number.
-- What a domain has for those who gather is found by name: private.<domain>_export(person uuid) and
-- _tasks(person uuid) and _organize(forum_id uuid) give jsonb, _delete(person uuid) gives nothing, _retention() gives jsonb.
create table private.domains (
  name text primary key,
  position integer not null constraint domains_position_once unique
);
comment on table private.domains is 'The domains in order: each may use those before it; what gathers loops over them.';
alter table private.domains enable row level security;

create function private.domains_with(part text, arguments text)
returns setof private.domains
language sql
stable
set search_path = ''
as $$
  select d.* from private.domains d
  where to_regprocedure(format('private.%I(%s)', d.name || '_' || part, arguments)) is not null
  order by d.position
$$;
comment on function private.domains_with is 'The domains that have a function for this part, with these types of arguments.';

-- Which columns hold something about a person: what for, who reads it, how long, what erases it.
-- A test compares this list with the tables; a column missing here fails it.
create table private.personal_columns (
  table_name text not null,
  column_name text not null,
  purpose text not null,
  readers text not null,
  kept text not null,
  eraser text not null,
  primary key (table_name, column_name)
);
comment on table private.personal_columns is 'The inventory of personal data: purpose, readers, retention, eraser of each column.';
alter table private.personal_columns enable row level security;

insert into private.personal_columns values
  ('private.audit', 'actor_id', 'answer for privileged acts', 'organizers', 'two years', 'the account''s erasure leaves the number only'),
  ('private.audit', 'subject_id', 'say what was acted upon', 'organizers', 'two years', 'the account''s erasure leaves the number only');

-- Attempts, counted per key: guesses of codes, emails to an address. The key is a keyed hash
-- made by the site, so that the table names nobody.
create table private.attempts (
  bucket text not null,
  key text not null constraint attempts_key_length check (char_length(key) <= 100),
  window_start timestamptz not null,
  count integer not null,
  primary key (bucket, key, window_start)
);
comment on table private.attempts is 'Counters behind the limits on sign-in, emails and posting.';
alter table private.attempts enable row level security;

-- Returns the seconds to wait: 0 when the attempt may go on.
create function public.take_attempt(bucket text, key text, allowed integer, seconds integer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  this_window timestamptz := to_timestamp(floor(extract(epoch from clock_timestamp()) / seconds) * seconds);
  so_far integer;
begin
  delete from private.attempts a
  where a.bucket = take_attempt.bucket and a.window_start < this_window;
  insert into private.attempts as a (bucket, key, window_start, count)
  values (take_attempt.bucket, take_attempt.key, this_window, 1)
  on conflict on constraint attempts_pkey do update set count = a.count + 1
  returning a.count into so_far;
  if so_far <= allowed then
    return 0;
  end if;
  return greatest(1, ceil(extract(epoch from this_window + make_interval(secs => seconds) - clock_timestamp())))::integer;
end
$$;
comment on function public.take_attempt is 'Counts one attempt in a window of time; 0, or the seconds to wait. For the site itself (secret key).';
revoke execute on function public.take_attempt from public, anon, authenticated;
grant execute on function public.take_attempt to service_role;

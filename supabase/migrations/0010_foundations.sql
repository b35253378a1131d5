-- Foundations: the two schemas, what Supabase grants by default taken back, jobs and events.
--
-- `public` is what the API exposes, and nothing is there by accident. `private` is not exposed: helpers,
-- guards, ballots, emails, audit. Client roles read tables under row level security and call verbs; they
-- write nothing. The secret key calls functions only: no role of the API has a right on a whole table.

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
create extension if not exists pgcrypto with schema extensions;

-- The two languages of the network. Organizers' texts are pairs (`title_en`, `title_fr`).
create type public.language as enum ('en', 'fr');

-- What is still free, in words: exact numbers of people are for organizers.
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

-- Lower case comes last: where a database has the locale C, `lower` leaves é and É apart.
create function private.unaccented(text text)
returns text
language sql
immutable
set search_path = ''
as $$ select lower(regexp_replace(normalize(text, nfd), '[\u0300-\u036f]', '', 'g')) $$;
comment on function private.unaccented is 'A text without accents, in lower case: for searching, and for web addresses.';

-- A name that turns the text beside it around, that nobody can see, or that is not composed (NFC),
-- would pass for another. Joiners stay inside, since some scripts need them; platform/text/fields.ts does the same.
create function private.one_line(text text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return regexp_replace(
    normalize(regexp_replace(
      regexp_replace(text, '[\u0009-\u000D\u0085\u2028\u2029]+', ' ', 'g'),
      '[\u0001-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u3164\uFFA0\u180E\u200B\u200E\u200F'
      '\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]',
      '', 'g')),
    '^[ \u00A0\u1680\u2000-\u200A\u200C\u200D\u202F\u205F\u2800\u3000]+|[ \u00A0\u1680\u2000-\u200A\u200C\u200D\u202F\u205F\u2800\u3000]+$',
    '', 'g');
end
$$;
comment on function private.one_line is 'A name or a title as one visible line: no controls, no marks of direction, no blanks at its ends.';

-- Who did what, for organizers to answer later: names of fields, never their values.
create table private.audit (
  audit_id uuid primary key default gen_random_uuid(),
  acted_at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  action text not null constraint audit_action_length check (char_length(action) between 1 and 60),
  subject_id uuid,
  fields text[] not null default '{}',
  context_id uuid
);
comment on table private.audit is
  'Append-only log of privileged acts: actor, action, subject, field names, and the forum that an act about a person belongs to.';
alter table private.audit enable row level security;
-- In the order of the audit page, one for each of its filters.
create index audit_by_time on private.audit (acted_at desc, audit_id desc);
create index audit_by_actor on private.audit (actor_id, acted_at desc, audit_id desc);
create index audit_by_subject on private.audit (subject_id, acted_at desc, audit_id desc);
create index audit_by_action on private.audit (action, acted_at desc, audit_id desc);

create function private.refuse_audit_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'DELETE' and tg_level = 'ROW' and old.acted_at < now() - interval '2 years' then
    return old;
  end if;
  raise exception 'audit_is_append_only' using errcode = 'PT403';
end
$$;
create trigger audit_is_append_only before update or delete on private.audit
  for each row execute function private.refuse_audit_change();
create trigger audit_is_not_emptied before truncate on private.audit
  for each statement execute function private.refuse_audit_change();

create function private.log(action text, subject_id uuid default null, fields text[] default '{}', context_id uuid default null)
returns void
language sql
set search_path = ''
as $$
  insert into private.audit (actor_id, action, subject_id, fields, context_id)
  values ((select auth.uid()), action, subject_id, fields, context_id)
$$;
comment on function private.log is 'Writes one line of the audit, in the transaction of the act itself.';

-- The domains in order, as in src/lib/domains.ts; each migration adds its own row, `position` is its number.
-- What a domain contributes is found by name, such as private.<domain>_export(person uuid): see README.md.
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

-- Under the locks of the verb: a domain does what the change needs from it, or refuses the change.
create function private.call_domains(part text, subject_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  domain text;
begin
  for domain in select d.name from private.domains_with(part, 'uuid') d loop
    execute format('select private.%I($1)', domain || '_' || part) using subject_id;
  end loop;
end
$$;
comment on function private.call_domains is 'Calls what the domains contribute to a verb, in their order.';

-- Which columns hold something about a person: what for, who reads it, how long, what deletes it.
-- A test compares this list with the tables; a column missing here fails it.
create table private.personal_columns (
  table_name text not null,
  column_name text not null,
  purpose text not null,
  readers text not null,
  retention text not null,
  deleted_by text not null,
  primary key (table_name, column_name)
);
comment on table private.personal_columns is
  'The inventory of personal data: purpose, readers, retention of each column, and what deletes it.';
alter table private.personal_columns enable row level security;

insert into private.personal_columns values
  ('private.audit', 'actor_id', 'answer for privileged acts', 'organizers', 'two years', 'deleting the account leaves an id of nobody'),
  ('private.audit', 'subject_id', 'say what was acted upon', 'organizers', 'two years', 'deleting the account leaves an id of nobody');

-- Attempts, counted per key: guesses of codes, emails to an address. The key is a keyed hash
-- made by the site, so that the table names nobody.
create table private.attempts (
  bucket text not null,
  key text not null constraint attempts_key_length check (char_length(key) <= 100),
  window_start timestamptz not null,
  count integer not null,
  primary key (bucket, key, window_start)
);
comment on table private.attempts is 'How many attempts there were, for the limits on sign-in and emails.';
alter table private.attempts enable row level security;

-- Windows of the same length begin at the same moments for all keys, so that old rows go in one delete.
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
comment on function public.take_attempt is
  'Counts one attempt for a bucket and key in a window of so many seconds. Gives 0, or the seconds to '
  'wait. Callers: the site (secret key).';
revoke execute on function public.take_attempt from public, anon, authenticated;
grant execute on function public.take_attempt to service_role;

-- Jobs --------------------------------------------------------------------------------------

-- Work in the background, queued in the transaction that causes it and run by a worker of the site.
-- A worker claims a job for a lease; when it dies, the lease ends and the job runs again, so a job has to be
-- idempotent.
create table private.jobs (
  job_id bigint generated always as identity primary key,
  kind text not null constraint jobs_kind_shape check (kind ~ '^[a-z]+(_[a-z]+)+$'),
  payload jsonb not null default '{}',
  once_key text,
  queued_at timestamptz not null default clock_timestamp(),
  run_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null default clock_timestamp() + interval '5 days',
  attempts integer not null default 0,
  locked_until timestamptz,
  finished_at timestamptz,
  failed_at timestamptz,
  last_error text,
  constraint jobs_once unique (kind, once_key),
  constraint jobs_end_in_one_way check (finished_at is null or failed_at is null)
);
comment on table private.jobs is 'Work in the background. The payload is deleted when the job has ended; the row after 30 days.';
create index jobs_waiting on private.jobs (run_at, job_id) where finished_at is null and failed_at is null;
alter table private.jobs enable row level security;

insert into private.personal_columns values
  ('private.jobs', 'payload', 'what the job needs: an address and the facts of an email', 'the worker',
   'until the job has ended, 5 days at most', 'settle_job; end_expired_jobs; deleting the account');

-- What most verbs call is plpgsql, as guards are: an SQL function is planned again in each call.
create function private.queue_job(
  kind text, payload jsonb default '{}', once_key text default null, run_at timestamptz default null, expires_at timestamptz default null
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  queued bigint;
begin
  insert into private.jobs as j (kind, payload, once_key, run_at, expires_at)
  values (queue_job.kind, queue_job.payload, queue_job.once_key, coalesce(queue_job.run_at, clock_timestamp()),
    coalesce(queue_job.expires_at, clock_timestamp() + interval '5 days'))
  on conflict on constraint jobs_once do nothing
  returning j.job_id into queued;
  return queued;
end
$$;
comment on function private.queue_job is
  'Queues a job in the transaction of the verb; null when this kind has had a job with the once-key.';

-- For the clock of the site, which queues what has a schedule.
create function public.queue_job(
  kind text, payload jsonb default '{}', once_key text default null, run_at timestamptz default null, expires_at timestamptz default null
)
returns bigint
language sql
security definer
set search_path = ''
as $$ select private.queue_job(kind, payload, once_key, run_at, expires_at) $$;
comment on function public.queue_job is
  'Queues a job and gives its id; null when this kind has had a job with the once-key. Callers: the '
  'site (secret key).';

-- Rows that another worker has locked are left to it: both end the same ones.
create function private.end_expired_jobs()
returns void
language sql
set search_path = ''
as $$
  update private.jobs j
  set failed_at = clock_timestamp(), last_error = coalesce(j.last_error, 'expired'), payload = '{}', locked_until = null
  where j.job_id = any(array(
    select w.job_id from private.jobs w
    where w.finished_at is null and w.failed_at is null and w.expires_at <= clock_timestamp()
      and (w.locked_until is null or w.locked_until <= clock_timestamp())
    for update skip locked))
$$;
comment on function private.end_expired_jobs is 'Ends what is too late to run, of all kinds, and deletes its payload.';

-- Of two workers each gets other rows. Compared with <=, because the clock of PGlite is coarse.
create function public.claim_jobs(kinds text[], how_many integer, lease_seconds integer)
returns table (job_id bigint, kind text, payload jsonb, attempt integer)
language sql
security definer
set search_path = ''
as $$
  select private.end_expired_jobs();
  update private.jobs j
  set attempts = j.attempts + 1,
      locked_until = clock_timestamp() + make_interval(secs => least(greatest(lease_seconds, 0), 3600))
  where j.job_id = any(array(
    select w.job_id from private.jobs w
    where w.kind = any(claim_jobs.kinds) and w.finished_at is null and w.failed_at is null
      and w.run_at <= clock_timestamp() and w.expires_at > clock_timestamp()
      and (w.locked_until is null or w.locked_until <= clock_timestamp())
    order by w.run_at, w.job_id
    limit least(greatest(how_many, 0), 50)
    for update skip locked))
  returning j.job_id, j.kind, j.payload, j.attempts
$$;
comment on function public.claim_jobs is
  'Takes up to 50 jobs of these kinds for a lease of an hour at most: {job_id, kind, payload, attempt}. '
  'What is not settled can be claimed again when the lease ends, until it expires. Callers: the worker '
  '(secret key).';

-- Twice the pause after each attempt, an hour at most; the jitter keeps those that failed together apart.
create function private.pause_after(attempts integer)
returns interval
language sql
volatile
set search_path = ''
as $$
  select make_interval(secs => least(3600, 10 * power(2, least(attempts, 12) - 1)) * (0.75 + random() / 2))
$$;
comment on function private.pause_after is 'How long a job waits after so many failed attempts.';

-- `attempt` has to be the one that was claimed: a worker whose lease has ended must not settle the next one.
create function public.settle_job(job_id bigint, attempt integer, failure text default null, permanent boolean default false)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  ended boolean := failure is null or permanent;
begin
  update private.jobs j
  set locked_until = null,
      last_error = left(failure, 60),
      finished_at = case when failure is null then clock_timestamp() end,
      failed_at = case when failure is not null and permanent then clock_timestamp() end,
      payload = case when ended then '{}' else j.payload end,
      run_at = case when ended then j.run_at else clock_timestamp() + private.pause_after(j.attempts) end
  where j.job_id = settle_job.job_id and j.attempts = settle_job.attempt and j.locked_until is not null;
  return found;
end
$$;
comment on function public.settle_job is
  'Records how an attempt ended: done without `failure`, ended for good when `permanent`, otherwise '
  'queued again. False when a later attempt has taken the job over. Callers: the worker (secret key).';

-- Jobs that expired are ended first, so that their 30 days begin.
create function public.delete_old_jobs()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  deleted integer;
begin
  perform private.end_expired_jobs();
  delete from private.jobs j where coalesce(j.finished_at, j.failed_at) < clock_timestamp() - interval '30 days';
  get diagnostics deleted = row_count;
  return deleted;
end
$$;
comment on function public.delete_old_jobs is
  'Deletes jobs that ended 30 days ago; a once-key is known as long. Gives how many. Callers: the site '
  '(secret key).';

-- Events ------------------------------------------------------------------------------------

-- Numbers are taken before the commit and become visible out of order: a reader of events reads where
-- transaction_id < pg_snapshot_xmin(pg_current_snapshot()), by (transaction_id, event_id). No words in details.
create table private.events (
  event_id bigint generated always as identity primary key,
  transaction_id xid8 not null default pg_current_xact_id(),
  happened_at timestamptz not null default clock_timestamp(),
  kind text not null constraint events_kind_shape check (kind ~ '^[a-z]+(_[a-z]+)+$'),
  actor_id uuid,
  subject_kind text not null constraint events_subject_kind_shape check (subject_kind ~ '^[a-z]+(_[a-z]+)*$'),
  subject_id uuid not null,
  details jsonb not null default '{}',
  constraint events_details_hold_no_words check (
    jsonb_typeof(details) = 'object'
    and not jsonb_path_exists(details,
      '$.** ? (@.type() == "string" && !(@ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"))')
  )
);
comment on table private.events is 'What verbs changed, written in their transaction: kind, actor, subject. Never who voted, nor what.';
create index events_by_actor on private.events (actor_id);
alter table private.events enable row level security;

insert into private.personal_columns
select 'private.events', c, 'notify whom it concerns', 'nobody', '30 days', 'delete_old_events; deleting the account removes the actor'
from unnest(array['actor_id', 'subject_id', 'details']) c;

create function private.record_event(
  kind text, subject_kind text, subject_id uuid, details jsonb default '{}', actor_id uuid default auth.uid()
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.events (kind, subject_kind, subject_id, details, actor_id)
  values (record_event.kind, record_event.subject_kind, record_event.subject_id, record_event.details, record_event.actor_id);
end
$$;
comment on function private.record_event is 'Records what a verb changed, in its transaction; the actor is who asks unless given.';

-- A reader that is 30 days behind misses events.
create function public.delete_old_events()
returns integer
language sql
security definer
set search_path = ''
as $$
  with gone as (
    delete from private.events e where e.happened_at < clock_timestamp() - interval '30 days' returning 1
  ) select count(*)::integer from gone
$$;
comment on function public.delete_old_events is
  'Deletes events after 30 days. Gives how many. Callers: the site (secret key).';

revoke execute on function public.queue_job, public.claim_jobs, public.settle_job, public.delete_old_jobs, public.delete_old_events
  from public, anon, authenticated;
grant execute on function public.queue_job, public.claim_jobs, public.settle_job, public.delete_old_jobs, public.delete_old_events
  to service_role;

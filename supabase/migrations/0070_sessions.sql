-- Sessions of a forum, signups in those that ask for sign-up, and the waitlist of each that is full.
--
-- A spot that comes free is offered to the person who has waited longest, until a deadline that is decided when it is
-- read; an offer holds its spot. From an hour before the session on nothing is held: who signs up first has the spot.
-- What frees a spot queues a job, since it may hold a registration, which is locked after the session; a signup offers
-- what is free before it counts, so that no newcomer passes those who wait.
--
-- Capacity is checked under the session's lock; that nobody has two signups at the same time is an exclusion
-- constraint, so two tabs cannot get around it. A session may begin when another one ends.
--
-- `public.sessions` holds what was released. What organizers work on waits in `public.session_drafts` until they
-- release it as the next version of the program, see 0076_program.sql.

insert into private.domains values ('sessions', 70);

create type public.session_kind as enum ('orientation', 'plenary', 'panel', 'roundtable', 'exchange', 'breakout', 'workshop', 'session');
create type public.session_language as enum ('en', 'fr', 'bilingual');
create type public.interpretation as enum ('simultaneous', 'on_request');

create table public.sessions (
  session_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  kind public.session_kind not null,
  title_en text not null constraint sessions_title_en_length check (char_length(title_en) between 2 and 160),
  title_fr text not null constraint sessions_title_fr_length check (char_length(title_fr) between 2 and 160),
  summary_en text not null default '' constraint sessions_summary_en_length check (char_length(summary_en) <= 1000),
  summary_fr text not null default '' constraint sessions_summary_fr_length check (char_length(summary_fr) <= 1000),
  position integer not null,
  starts_at timestamptz,
  ends_at timestamptz,
  room_en text not null default '' constraint sessions_room_en_length check (char_length(room_en) <= 80),
  room_fr text not null default '' constraint sessions_room_fr_length check (char_length(room_fr) <= 80),
  format public.format,
  language public.session_language,
  interpretation public.interpretation,
  closed_to_government boolean not null default false,
  sign_up boolean not null default false,
  capacity integer constraint sessions_capacity_positive check (capacity > 0),
  version integer not null default 1,
  constraint sessions_times_in_order check (ends_at > starts_at),
  constraint sessions_sign_up_has_times check (not sign_up or (starts_at is not null and ends_at is not null))
);
comment on table public.sessions is 'The program of each forum; read by anyone who may read the forum.';
create index sessions_of_forum on public.sessions (forum_id, position);
alter table public.sessions enable row level security;
grant select on public.sessions to anon, authenticated;
create policy "Readers of a forum read its program" on public.sessions
  for select to anon, authenticated using (forum_id in (select forum_id from public.forums));

create table public.signups (
  signup_id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.sessions on delete cascade,
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  during tstzrange not null,
  signed_up_at timestamptz not null default clock_timestamp(),
  constraint signups_one_each unique (session_id, person_id),
  -- Deferrable, so that it is asked after a statement that moves several sessions, not after each row.
  constraint signups_do_not_overlap exclude using gist (person_id with =, during with &&) deferrable initially immediate
);
comment on table public.signups is 'Who signed up for which session; seen by the person and by organizers.';
create index signups_by_person on public.signups (person_id);
create index signups_by_forum on public.signups (forum_id);
alter table public.signups enable row level security;
grant select on public.signups to authenticated;
create policy "People read their own signups" on public.signups
  for select to authenticated using (person_id = (select private.my_id()));
create policy "Organizers read signups" on public.signups
  for select to authenticated using ((select private.is_organizer()));

insert into private.personal_columns
select 'public.signups', c, 'run the sessions', 'the person, organizers', '12 months after the forum',
  'sessions_retention; deleting the account'
from unnest(array['signup_id', 'session_id', 'forum_id', 'person_id', 'during', 'signed_up_at']) c;

-- Who waits fits: what takes somebody's signup in a session takes their place in its line too.
create table public.session_waits (
  wait_id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.sessions on delete cascade,
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  queued_at timestamptz not null default clock_timestamp(),
  -- Until when a spot is offered; null before the offer.
  offered_until timestamptz,
  constraint session_waits_one_each unique (session_id, person_id)
);
comment on table public.session_waits is 'Who waits for a spot in a full session, and until when one is offered; seen by the person alone.';
create index session_waits_in_line on public.session_waits (session_id, queued_at, wait_id);
create index session_waits_by_person on public.session_waits (person_id);
create index session_waits_by_forum on public.session_waits (forum_id);
alter table public.session_waits enable row level security;
grant select on public.session_waits to authenticated;
create policy "People read where they wait" on public.session_waits
  for select to authenticated using (person_id = (select private.my_id()));

insert into private.personal_columns
select 'public.session_waits', c, 'offer spots in full sessions', 'the person', 'until the session begins',
  'sessions_retention; deleting the account'
from unnest(array['wait_id', 'session_id', 'forum_id', 'person_id', 'queued_at', 'offered_until']) c;

-- Texts may be written in one language first, so the titles have rules of their own.
create table public.session_drafts (
  like public.sessions including defaults including constraints,
  primary key (session_id),
  foreign key (forum_id) references public.forums on delete cascade
);
alter table public.session_drafts
  drop constraint sessions_title_en_length,
  drop constraint sessions_title_fr_length,
  add constraint session_drafts_title_en_length check (char_length(title_en) <= 160),
  add constraint session_drafts_title_fr_length check (char_length(title_fr) <= 160),
  add constraint session_drafts_titled check (greatest(char_length(title_en), char_length(title_fr)) >= 2);
comment on table public.session_drafts is
  'Sessions that were added or changed since the last release of a program; read by organizers.';
create index session_drafts_of_forum on public.session_drafts (forum_id);
alter table public.session_drafts enable row level security;
grant select on public.session_drafts to authenticated;
create policy "Organizers read drafts of sessions" on public.session_drafts
  for select to authenticated using ((select private.is_organizer()));

create table public.program_releases (
  forum_id uuid not null references public.forums on delete cascade,
  number integer not null constraint program_releases_number_positive check (number > 0),
  note_en text not null default '' constraint program_releases_note_en_length check (char_length(note_en) <= 600),
  note_fr text not null default '' constraint program_releases_note_fr_length check (char_length(note_fr) <= 600),
  released_at timestamptz not null default clock_timestamp(),
  -- Computed, see `private.program_difference`: with this version, and without a release since then.
  changes jsonb not null default '[]',
  since jsonb not null default '[]',
  primary key (forum_id, number),
  constraint program_releases_noted check (number = 1 or (note_en <> '' and note_fr <> ''))
);
comment on table public.program_releases is
  'The versions of a program: when each was released, and what changed; read by anyone who may read the forum.';
alter table public.program_releases enable row level security;
grant select on public.program_releases to anon, authenticated;
create policy "Readers of a forum read the versions of its program" on public.program_releases
  for select to anon, authenticated using (forum_id in (select forum_id from public.forums));

-- Without a key to the session, which may be deleted.
create table private.session_changes (
  change_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  session_id uuid not null,
  change jsonb not null,
  changed_at timestamptz not null default clock_timestamp(),
  -- False only inside the transaction that changes the session.
  settled boolean not null default false
);
comment on table private.session_changes is
  'What changed about a session that a person had signed up or waited for: deleted, moved, or their spot ended.';
create index session_changes_by_person on private.session_changes (person_id);
create index session_changes_by_forum on private.session_changes (forum_id);
alter table private.session_changes enable row level security;

insert into private.personal_columns
select 'private.session_changes', c, 'say what changed about the sessions a person chose', 'the person', '30 days',
  'sessions_retention; deleting the account'
from unnest(array['change_id', 'forum_id', 'person_id', 'session_id', 'change', 'changed_at', 'settled']) c;

-- From then on nothing is held for anybody.
create function private.holds_until(session public.sessions)
returns timestamptz
language sql
immutable
set search_path = ''
as $$ select session.starts_at - interval '1 hour' $$;

create function private.session_spots_taken(session public.sessions)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select count(*) from public.signups s where s.session_id = session.session_id)
    + (select count(*) from public.session_waits w where w.session_id = session.session_id and w.offered_until > clock_timestamp());
end
$$;
comment on function private.session_spots_taken is 'Signups and live offers of a session.';

-- A column of sessions that the API computes. In words, since exact numbers are for organizers; it reads the
-- session again, because in SQL a caller could pass a row of their own making.
create function public.spots_left(public.sessions)
returns public.availability
language sql
stable
security definer
set search_path = ''
as $$
  select case when t.sign_up then
    private.availability(private.session_spots_taken(t) + (
      select count(*) from public.session_waits w
      where w.session_id = t.session_id and w.offered_until is null and private.holds_until(t) > clock_timestamp()), t.capacity)
  end
  from public.sessions t where t.session_id = $1.session_id
$$;
comment on function public.spots_left is
  'Column of sessions: how full a session with sign-up is for a newcomer, in words; who waits comes first. Null without '
  'sign-up. Callers: anyone.';
revoke execute on function public.spots_left from public, anon, authenticated;
grant execute on function public.spots_left to anon, authenticated;

-- Somebody who has no confirmed spot at the forum any more has no signups there.
create function private.delete_signups()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from public.signups where forum_id = new.forum_id and person_id = new.person_id;
  delete from public.session_waits where forum_id = new.forum_id and person_id = new.person_id;
  return null;
end
$$;
create trigger cancellation_deletes_signups after update of status on public.registrations
  for each row when (old.status = 'confirmed' and new.status <> 'confirmed') execute function private.delete_signups();

-- A person whose new sector may not enter closed sessions loses the signups there. Triggers fire in
-- the order of their names: this one after registrations_follow_sector, which waits for a signup being made.
create function private.delete_closed_signups()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from public.signups t using public.sessions s
  where s.session_id = t.session_id and s.closed_to_government and t.person_id = new.person_id;
  delete from public.session_waits w using public.sessions s
  where s.session_id = w.session_id and s.closed_to_government and w.person_id = new.person_id;
  return null;
end
$$;
create trigger signups_follow_sector after update of sector on public.people
  for each row when (private.counts_as_government(new.sector)) execute function private.delete_closed_signups();

-- A sector that begins to count as government takes the people who have it out of closed sessions to come. Their
-- registrations are locked first: a signup being made holds one, and is seen after the wait.
create function private.delete_signups_of_sector()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform from public.registrations r join public.people p using (person_id) join public.forums f using (forum_id)
  where p.sector = new.sector and f.ends_on >= current_date - 1 and r.status = 'confirmed'
  order by r.registration_id for update of r;
  delete from public.signups t using public.sessions s, public.people p
  where s.session_id = t.session_id and s.closed_to_government and upper(t.during) > now()
    and p.person_id = t.person_id and p.sector = new.sector;
  delete from public.session_waits w using public.sessions s, public.people p
  where s.session_id = w.session_id and s.closed_to_government and p.person_id = w.person_id and p.sector = new.sector;
  return null;
end
$$;
create trigger signups_follow_flag after update of counts_as_government on public.sectors
  for each row when (new.counts_as_government and not old.counts_as_government) execute function private.delete_signups_of_sector();

-- Somebody who takes part online cannot sign up for a session in person, nor the other way round. A session
-- without format is open to all.
create function private.fits(format public.format, mode public.mode)
returns boolean
language sql
immutable
set search_path = ''
as $$ select format is null or format = 'hybrid' or format::text = mode::text $$;
comment on function private.fits is 'Whether a session of this format can be attended in this way.';

-- Cancelling deletes all signups; this is for a confirmed registration whose way of taking part changes.
create function private.delete_unfit_signups()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from public.signups t using public.sessions s
  where s.session_id = t.session_id and not private.fits(s.format, new.mode)
    and t.forum_id = new.forum_id and t.person_id = new.person_id;
  delete from public.session_waits w using public.sessions s
  where s.session_id = w.session_id and not private.fits(s.format, new.mode)
    and w.forum_id = new.forum_id and w.person_id = new.person_id;
  return null;
end
$$;
create trigger signups_follow_mode after update of mode on public.registrations
  for each row when (new.mode is distinct from old.mode) execute function private.delete_unfit_signups();

-- Whatever deletes a signup or an offer: the spot goes to the next person by a job of its own.
create function private.note_free_session_spots()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if exists (select from gone g join public.session_waits w using (session_id) where w.offered_until is null) then
    perform private.queue_job('sessions_offer_due');
  end if;
  return null;
end
$$;
create trigger offers_follow_signups after delete on public.signups
  referencing old table as gone for each statement execute function private.note_free_session_spots();
create trigger offers_follow_waits after delete on public.session_waits
  referencing old table as gone for each statement execute function private.note_free_session_spots();

-- The caller has locked the session. The clock is read after it, since now() is from before the wait. An offer that is
-- late has left the line.
create function private.offer_session_spots(session public.sessions)
returns void
language plpgsql
set search_path = ''
as $$
declare
  at timestamptz := clock_timestamp();
  until timestamptz := least(at + interval '24 hours', private.holds_until(session));
  forum public.forums;
  waiting public.session_waits;
begin
  delete from public.session_waits w where w.session_id = session.session_id and w.offered_until <= at;
  select * into forum from public.forums f where f.forum_id = session.forum_id;
  if until <= at or forum.cancelled_at is not null then
    return;
  end if;
  for waiting in
    update public.session_waits w set offered_until = until
    where w.wait_id = any (array(
      select l.wait_id from public.session_waits l
      where l.session_id = session.session_id and l.offered_until is null
      order by l.queued_at, l.wait_id
      limit case when session.capacity is not null then greatest(session.capacity - private.session_spots_taken(session), 0) end
      for no key update))
    returning w.*
  loop
    perform private.queue_email_to(waiting.person_id, 'session_spot_offered', private.forum_facts(forum) || jsonb_build_object(
      'session_id', session.session_id, 'session_en', session.title_en, 'session_fr', session.title_fr,
      'starts_at', session.starts_at, 'until', until, 'zone', forum.time_zone));
    -- Without actor: it would say whose spot it was.
    perform private.record_event('session_spot_offered', 'session', session.session_id, actor_id => null);
  end loop;
end
$$;
comment on function private.offer_session_spots is 'Ends offers of a session that are late, and offers its free spots to those who wait.';

-- The session, locked; refusals common to signing up and swapping.
create function private.must_be_open_session(session_id uuid)
returns public.sessions
language plpgsql
set search_path = ''
as $$
declare
  session public.sessions;
  mode public.mode;
begin
  select s.* into session from public.sessions s
  join public.forums f using (forum_id)
  where s.session_id = must_be_open_session.session_id and f.cancelled_at is null
    and (f.published_at <= now() or (select private.is_organizer()))
  for no key update of s;
  if not found then
    raise exception 'session_not_found' using errcode = 'PT404';
  elsif not session.sign_up then
    raise exception 'session_without_sign_up' using errcode = 'PT422';
  elsif session.starts_at <= now() then
    raise exception 'session_started' using errcode = 'PT409';
  end if;
  -- Locked, so that a cancellation at the same moment cannot leave a signup behind.
  select r.mode into mode from public.registrations r
  where r.forum_id = session.forum_id and r.person_id = (select private.my_id()) and r.status = 'confirmed'
  for share;
  if not found then
    raise exception 'not_confirmed' using errcode = 'PT403';
  elsif session.closed_to_government and not private.is_outside_government() then
    raise exception 'closed_to_government' using errcode = 'PT403';
  elsif session.closed_to_government and not private.is_approved() then
    raise exception 'approval_first' using errcode = 'PT403';
  elsif not private.fits(session.format, mode) and mode = 'online' then
    raise exception 'session_in_person' using errcode = 'PT422';
  elsif not private.fits(session.format, mode) then
    raise exception 'session_online' using errcode = 'PT422';
  end if;
  return session;
end
$$;

create function private.add_signup(session public.sessions, person_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (select from public.signups s where s.session_id = session.session_id and s.person_id = add_signup.person_id) then
    return;
  end if;
  -- Those who wait come first, however a spot came free.
  perform private.offer_session_spots(session);
  -- The caller's own offer becomes the signup, or a refusal undoes both.
  delete from public.session_waits w where w.session_id = session.session_id and w.person_id = add_signup.person_id
    and (w.offered_until is not null or private.holds_until(session) <= clock_timestamp());
  if session.capacity <= private.session_spots_taken(session) then
    raise exception 'session_full' using errcode = 'PT409';
  end if;
  insert into public.signups (session_id, forum_id, person_id, during)
  values (session.session_id, session.forum_id, add_signup.person_id, tstzrange(session.starts_at, session.ends_at, '[)'));
  -- Where there is no limit any more.
  delete from public.session_waits w where w.session_id = session.session_id and w.person_id = add_signup.person_id;
  perform private.record_event('signup_added', 'session', session.session_id);
end
$$;
comment on function private.add_signup is 'A spot that is free or offered to the person. The caller has locked the session.';

-- What needs a person: the forums ahead, how they are registered for each, and their sessions there.
create function private.sessions_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object('session_offers', (
    select coalesce(jsonb_agg(jsonb_build_object('session_id', s.session_id, 'title_en', s.title_en, 'title_fr', s.title_fr,
      'slug', f.slug, 'until', w.offered_until, 'zone', f.time_zone) order by w.offered_until), '[]')
    from public.session_waits w join public.sessions s using (session_id) join public.forums f on f.forum_id = w.forum_id
    where w.person_id = person and w.offered_until > clock_timestamp() and f.cancelled_at is null),
    'session_changes', private.open_session_changes(person),
    'forums', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'forum_id', f.forum_id, 'slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr,
      'place_en', f.place_en, 'place_fr', f.place_fr, 'starts_on', f.starts_on, 'ends_on', f.ends_on,
      'registration_closes_at', f.registration_closes_at, 'time_zone', f.time_zone,
      'registration_open', coalesce(f.registration_opens_at <= now(), false) and coalesce(f.registration_closes_at > now(), true)
        and f.registration_closed_at is null,
      'status', g.status, 'mode', g.mode, 'waitlist_position', public.waitlist_position(g),
      'sessions', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'session_id', s.session_id, 'title_en', s.title_en, 'title_fr', s.title_fr, 'starts_at', s.starts_at,
          'ends_at', s.ends_at, 'room_en', s.room_en, 'room_fr', s.room_fr, 'format', s.format)
          order by s.starts_at), '[]')
        from public.signups p join public.sessions s using (session_id) where p.person_id = person and s.forum_id = f.forum_id),
      'choices', case when g.status = 'confirmed' then (
        select coalesce(jsonb_agg(jsonb_build_object(
          'session_id', s.session_id, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'format', s.format, 'sign_up', true,
          'closed_to_government', false, 'spots_left', public.spots_left(s)) order by s.starts_at), '[]')
        from public.sessions s
        where s.forum_id = f.forum_id and s.sign_up and s.starts_at > now()
          and (not s.closed_to_government or (select private.is_outside_government()) and (select private.is_approved()))) else '[]' end,
      'cancelled', exists (
        select from public.registrations c
        where c.forum_id = f.forum_id and c.person_id = person and c.status = 'cancelled')
      ) order by f.starts_on), '[]')
    from public.forums f
    left join public.registrations g on g.forum_id = f.forum_id and g.person_id = person and g.status <> 'cancelled'
    where f.published_at <= now() and f.cancelled_at is null and f.ends_on >= (now() at time zone f.time_zone)::date));
end
$$;
comment on function private.sessions_tasks is
  'The spots in sessions that are offered to a person, what changed about the sessions they chose; the forums ahead, with '
  'their registration and sessions.';

-- Verbs -------------------------------------------------------------------------------------

-- Idempotent. The session's lock makes its capacity hold, and the exclusion constraint refuses two at a time.
create function public.sign_up(session_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  perform private.add_signup(private.must_be_open_session(session_id), me);
end
$$;
comment on function public.sign_up is
  'Adds a signup for the person who asks; sent twice, it is one signup. Callers: people with a '
  'confirmed registration. Refuses: session_not_found, session_without_sign_up, session_started, '
  'not_confirmed, closed_to_government, approval_first, session_in_person, session_online, '
  'session_full, signups_do_not_overlap.';

-- One transaction: when the new signup is refused, the old one is still there.
create function public.swap_signup(session_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  session public.sessions := private.must_be_open_session(session_id);
  given_up uuid;
begin
  for given_up in
    delete from public.signups s
    where s.person_id = me and s.session_id <> session.session_id
      and s.during && tstzrange(session.starts_at, session.ends_at, '[)')
    returning s.session_id
  loop
    perform private.record_event('signup_cancelled', 'session', given_up);
  end loop;
  perform private.add_signup(session, me);
end
$$;
comment on function public.swap_signup is
  'Adds a signup and deletes those at the same time, or changes nothing. Callers: people with a '
  'confirmed registration. Refuses: session_not_found, session_without_sign_up, session_started, '
  'not_confirmed, closed_to_government, approval_first, session_in_person, session_online, '
  'session_full.';

-- Idempotent, and possible after the session began: it concerns one's own signup only.
create function public.cancel_signup(session_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  delete from public.signups s where s.session_id = cancel_signup.session_id and s.person_id = me;
  if found then
    perform private.record_event('signup_cancelled', 'session', cancel_signup.session_id);
  end if;
end
$$;
comment on function public.cancel_signup is
  'Deletes a signup of the person who asks; without one it changes nothing. Callers: people.';

-- A spot that is free is taken, not waited for. Nothing says how many wait, nor who is next.
create function public.join_session_waitlist(session_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  session public.sessions := private.must_be_open_session(session_id);
begin
  if exists (select from public.signups s where s.session_id = session.session_id and s.person_id = me)
    or exists (
      select from public.session_waits w
      where w.session_id = session.session_id and w.person_id = me
        and (w.offered_until is null or w.offered_until > clock_timestamp()))
  then
    return;
  elsif private.holds_until(session) <= clock_timestamp() then
    raise exception 'session_waitlist_over' using errcode = 'PT409';
  end if;
  perform private.offer_session_spots(session);
  if session.capacity is null or session.capacity > private.session_spots_taken(session) then
    raise exception 'session_has_spots' using errcode = 'PT409';
  end if;
  insert into public.session_waits (session_id, forum_id, person_id) values (session.session_id, session.forum_id, me);
  perform private.record_event('session_waitlist_joined', 'session', session.session_id);
end
$$;
comment on function public.join_session_waitlist is
  'Adds the person who asks to the end of the waitlist of a full session; sent twice, they keep their place. Callers: '
  'people with a confirmed registration. Refuses: session_not_found, session_without_sign_up, session_started, '
  'not_confirmed, closed_to_government, approval_first, session_in_person, session_online, session_waitlist_over, '
  'session_has_spots.';

-- It concerns one's own row only. Declining an offer is the same.
create function public.leave_session_waitlist(session_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  delete from public.session_waits w where w.session_id = leave_session_waitlist.session_id and w.person_id = me;
  if found then
    perform private.record_event('session_waitlist_left', 'session', leave_session_waitlist.session_id);
  end if;
end
$$;
comment on function public.leave_session_waitlist is
  'Takes the person who asks off a waitlist, or declines the spot that is offered; sent twice, it changes nothing more. '
  'Callers: people.';

-- The signups that a changed session can no longer hold; the people see it on their own page.
create function private.delete_signups_outside(session public.sessions)
returns void
language sql
set search_path = ''
as $$
  delete from public.signups t using public.people p, public.registrations r
  where t.session_id = session.session_id and p.person_id = t.person_id
    and r.forum_id = t.forum_id and r.person_id = t.person_id
    and (not private.fits(session.format, r.mode)
      or session.closed_to_government and (private.counts_as_government(p.sector) or p.approved_at is null));
  delete from public.session_waits w using public.people p, public.registrations r
  where w.session_id = session.session_id and p.person_id = w.person_id
    and r.forum_id = w.forum_id and r.person_id = w.person_id
    and (not session.sign_up or not private.fits(session.format, r.mode)
      or session.closed_to_government and (private.counts_as_government(p.sector) or p.approved_at is null));
$$;

-- An offer of a session that begins earlier ends earlier; more room goes to those who wait.
create function private.follow_session(session public.sessions)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.signups t set during = tstzrange(session.starts_at, session.ends_at, '[)')
  where t.session_id = session.session_id and t.during <> tstzrange(session.starts_at, session.ends_at, '[)');
  perform private.delete_signups_outside(session);
  update public.session_waits w set offered_until = private.holds_until(session)
  where w.session_id = session.session_id and w.offered_until > private.holds_until(session);
  if session.sign_up then
    perform private.offer_session_spots(session);
  end if;
end
$$;
comment on function private.follow_session is 'What people chose, and wait for, moves with a session that was saved.';

revoke execute on function public.sign_up, public.swap_signup, public.cancel_signup, public.join_session_waitlist,
  public.leave_session_waitlist from public, anon;
grant execute on function public.sign_up, public.swap_signup, public.cancel_signup, public.join_session_waitlist,
  public.leave_session_waitlist to authenticated;

-- For the clock of the site, and for what freed a spot. Nothing depends on it, since each reader of a deadline decides.
create function public.offer_due_session_spots()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  session public.sessions;
  sessions integer := 0;
begin
  for session in
    select s.* from public.sessions s
    where s.sign_up and s.starts_at > clock_timestamp()
      and exists (select from public.session_waits w where w.session_id = s.session_id)
    order by s.session_id for no key update
  loop
    perform private.offer_session_spots(session);
    sessions := sessions + 1;
  end loop;
  return sessions;
end
$$;
comment on function public.offer_due_session_spots is
  'Ends offers of sessions that are late and offers free spots to the next; how many sessions have somebody who waits. '
  'Callers: the site (secret key).';
revoke execute on function public.offer_due_session_spots from public, anon, authenticated;
grant execute on function public.offer_due_session_spots to service_role;

-- What other domains gather ------------------------------------------------------------------

create function private.sessions_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('signups', (
    select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('session', n.title_en) order by s.signed_up_at), '[]')
    from public.signups s join public.sessions n using (session_id) where s.person_id = person),
    'session_waits', (
    select coalesce(jsonb_agg(to_jsonb(w) || jsonb_build_object('session', n.title_en) order by w.queued_at), '[]')
    from public.session_waits w join public.sessions n using (session_id) where w.person_id = person),
    'session_changes', (
    select coalesce(jsonb_agg(to_jsonb(c) order by c.changed_at), '[]') from private.session_changes c where c.person_id = person))
$$;
comment on function private.sessions_export is
  'The signups of a person, the sessions for which they wait, and what changed about the sessions they chose.';

create function private.sessions_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from public.signups s using public.forums f
    where f.forum_id = s.forum_id and f.ends_on < current_date - interval '12 months' returning 1
  ), waits as (
    delete from public.session_waits w using public.sessions s
    where s.session_id = w.session_id and s.starts_at <= now() returning 1
  ), changes as (
    delete from private.session_changes c where c.changed_at < now() - interval '30 days' returning 1
  ) select jsonb_build_object('signups', (select count(*) from gone), 'session_waits', (select count(*) from waits),
    'session_changes', (select count(*) from changes))
$$;
comment on function private.sessions_retention is
  'Deletes the signups of forums over for 12 months, the waitlists of sessions that have begun, and changes of sessions '
  'after 30 days.';

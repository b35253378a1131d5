-- The program of a forum: how organizers change it, and how it is released.
--
-- `public.sessions` is what was released: readers, signups and calendars know nothing else. What organizers write waits
-- in `public.session_drafts`; a release applies all of it as the next version, in one transaction, and stores what
-- changed beside the organizers' note. The first publishing of a forum releases version 1.
--
-- Four things do not wait for a release: deleting a session, closing it to government and police, its room once both
-- languages have it, and its spots. Who signed up or waits for a session that is deleted or moved, or loses a spot by
-- a change, gets one email and a line on their home page.

-- What changed ------------------------------------------------------------------------------

-- A summary is long: only that it differs is stored.
create function private.shown_of(session jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select session - array['session_id', 'forum_id', 'position', 'version', 'capacity'] || jsonb_build_object(
    'summary_en', md5(session ->> 'summary_en'), 'summary_fr', md5(session ->> 'summary_fr'))
$$;
comment on function private.shown_of is 'What the program shows of a session.';

create function private.program_difference(before jsonb, after jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'session_id', coalesce(after, before) -> 'session_id',
    'what', case when before is null then 'added' when after is null then 'deleted' else 'changed' end,
    'title_en', coalesce(after, before) -> 'title_en', 'title_fr', coalesce(after, before) -> 'title_fr',
    'starts_at', coalesce(after, before) -> 'starts_at', 'ends_at', coalesce(after, before) -> 'ends_at',
    'was', d.was, 'now', d.now)
  from (
    select coalesce(jsonb_object_agg(o.key, o.value), '{}') as was, coalesce(jsonb_object_agg(n.key, n.value), '{}') as now
    from jsonb_each(private.shown_of(before)) o
    join jsonb_each(private.shown_of(after)) n on n.key = o.key and n.value <> o.value
  ) d
$$;
comment on function private.program_difference is
  'How two rows of a session differ for readers; null before is a session that was added, null after one that was deleted.';

create function private.draft_gaps(draft public.session_drafts)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array_remove(array[
    case when char_length(draft.title_en) < 2 then 'title_en' end,
    case when char_length(draft.title_fr) < 2 then 'title_fr' end,
    case when draft.summary_en = '' and draft.summary_fr <> '' then 'summary_en' end,
    case when draft.summary_fr = '' and draft.summary_en <> '' then 'summary_fr' end,
    case when draft.room_en = '' and draft.room_fr <> '' then 'room_en' end,
    case when draft.room_fr = '' and draft.room_en <> '' then 'room_fr' end
  ], null)
$$;
comment on function private.draft_gaps is 'What a session lacks in one of the languages, by field.';

-- A release names it, so that it releases what its organizer saw, once.
create function private.program_state(forum_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select md5(coalesce((select max(r.number) from public.program_releases r where r.forum_id = program_state.forum_id), 0)
    || coalesce(string_agg(d.session_id || ' ' || d.version, ',' order by d.session_id), ''))
  from public.session_drafts d where d.forum_id = program_state.forum_id
$$;
comment on function private.program_state is 'Another value after each change of a program that is not released.';

create function private.program_of(forum_id uuid)
returns setof public.session_drafts
language sql
stable
set search_path = ''
as $$
  select d.* from public.session_drafts d where d.forum_id = program_of.forum_id
  union all
  select s.* from public.sessions s
  where s.forum_id = program_of.forum_id
    and not exists (select from public.session_drafts d where d.session_id = s.session_id)
$$;
comment on function private.program_of is 'The sessions of a forum as organizers last wrote them, released or not.';

-- The session whose hours stay wins, and of two that move the one chosen first.
create function private.program_overlaps(forum_id uuid)
returns table (signup_id uuid, person_id uuid, session_id uuid, stays_id uuid)
language plpgsql
stable
set search_path = ''
as $$
declare
  one record;
  someone uuid;
  found_id uuid;
  stays uuid[];
  hours tstzrange[];
begin
  for one in
    with planned as (
      select p.session_id, tstzrange(p.starts_at, p.ends_at, '[)') as during,
        (s.starts_at, s.ends_at) is distinct from (p.starts_at, p.ends_at) as moves
      from private.program_of(program_overlaps.forum_id) p join public.sessions s using (session_id)
    ), chosen as (
      select t.signup_id, t.person_id, t.session_id, t.signed_up_at, p.during, p.moves,
        bool_or(p.moves) over (partition by t.person_id) as concerned
      from public.signups t join planned p using (session_id)
    )
    select c.* from chosen c where c.concerned order by c.person_id, c.moves, c.signed_up_at, c.signup_id
  loop
    if one.person_id is distinct from someone then
      someone := one.person_id;
      stays := '{}';
      hours := '{}';
    end if;
    select k.id into found_id from unnest(stays, hours) k(id, during) where k.during && one.during limit 1;
    if found then
      return query select one.signup_id, one.person_id, one.session_id, found_id;
    else
      stays := stays || one.session_id;
      hours := hours || one.during;
    end if;
  end loop;
end
$$;
comment on function private.program_overlaps is
  'The signups that end with the next release because their person is in another session then, and which one.';

grant execute on function private.shown_of, private.program_difference, private.draft_gaps, private.program_state, private.program_of,
  private.program_overlaps to authenticated;

-- Who is concerned --------------------------------------------------------------------------

-- Before the change; `settle_session_changes` ends it after. Nobody is written to about the past, nor about a draft.
create function private.note_session_changes(forum public.forums, before public.sessions, after jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if forum.published_at is null or not private.takes_place(forum)
    or greatest(before.starts_at, (after ->> 'starts_at')::timestamptz) <= clock_timestamp()
  then
    return;
  end if;
  insert into private.session_changes (forum_id, person_id, session_id, change)
  select forum.forum_id, p.person_id, before.session_id, jsonb_build_object(
    'what', case
      when after is null then 'deleted'
      when (before.starts_at, before.ends_at, before.room_en, before.room_fr) is distinct from
        ((after ->> 'starts_at')::timestamptz, (after ->> 'ends_at')::timestamptz, after ->> 'room_en', after ->> 'room_fr') then 'moved'
      else 'same' end,
    'waited', p.waits, 'session_id', before.session_id, 'title_en', before.title_en, 'title_fr', before.title_fr,
    'was_starts_at', before.starts_at, 'was_ends_at', before.ends_at, 'was_room_en', before.room_en, 'was_room_fr', before.room_fr,
    'starts_at', after -> 'starts_at', 'ends_at', after -> 'ends_at', 'room_en', after -> 'room_en', 'room_fr', after -> 'room_fr')
  from (
    select t.person_id, false as waits from public.signups t where t.session_id = before.session_id
    union all
    select w.person_id, true from public.session_waits w where w.session_id = before.session_id
  ) p;
end
$$;
comment on function private.note_session_changes is 'Notes for each person who has or awaits a spot in a session how it changes.';

-- An email that still waits takes in what changed since, so that several changes are one.
create function private.email_session_changes(forum public.forums, person_id uuid, changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  earlier jsonb;
begin
  with dropped as (
    delete from private.jobs j
    where j.kind = 'mail_send' and j.finished_at is null and j.failed_at is null
      and coalesce(j.locked_until < clock_timestamp(), true) and j.payload ->> 'kind' = 'sessions_changed'
      and j.payload #>> '{facts,person_id}' = email_session_changes.person_id::text and j.payload #>> '{facts,slug}' = forum.slug
    returning j.payload #> '{facts,changes}' as changes
  )
  select coalesce(jsonb_agg(e.change), '[]') into earlier from dropped d, jsonb_array_elements(d.changes) e(change);
  perform private.queue_email_to(email_session_changes.person_id, 'sessions_changed', private.forum_facts(forum) || jsonb_build_object(
    'person_id', email_session_changes.person_id, 'zone', forum.time_zone, 'changes', earlier || email_session_changes.changes),
    delay => interval '2 minutes');
end
$$;
comment on function private.email_session_changes is 'Queues the email about the changes of sessions of one person.';
create index session_emails_planned on private.jobs ((payload #>> '{facts,person_id}'))
  where kind = 'mail_send' and finished_at is null and failed_at is null and payload ->> 'kind' = 'sessions_changed';

create function private.settle_session_changes(forum public.forums)
returns void
language plpgsql
set search_path = ''
as $$
declare
  one record;
begin
  update private.session_changes c set change = c.change || '{"what": "ended"}'
  where c.forum_id = forum.forum_id and not c.settled and c.change ->> 'what' <> 'deleted'
    and not exists (select from public.signups t where t.session_id = c.session_id and t.person_id = c.person_id)
    and not exists (select from public.session_waits w where w.session_id = c.session_id and w.person_id = c.person_id);
  delete from private.session_changes c where c.forum_id = forum.forum_id and not c.settled and c.change ->> 'what' = 'same';
  for one in
    with settled as (
      update private.session_changes c set settled = true where c.forum_id = forum.forum_id and not c.settled returning c.*
    )
    select t.person_id, jsonb_agg(t.change order by t.change ->> 'was_starts_at', t.session_id) as changes
    from settled t group by t.person_id
  loop
    perform private.email_session_changes(forum, one.person_id, one.changes);
  end loop;
end
$$;
comment on function private.settle_session_changes is
  'Says of changes that were noted who has no spot any more, and writes to each person once.';

-- The last change of a session, until its person has chosen another one at that time.
create function private.open_session_changes(person uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from private.session_changes c where c.person_id = person) then
    return '[]';
  end if;
  return (
    select coalesce(jsonb_agg(l.change || jsonb_build_object('change_id', l.change_id, 'slug', f.slug, 'zone', f.time_zone)
      order by l.changed_at desc), '[]')
    from (
      select distinct on (c.session_id) c.* from private.session_changes c
      where c.person_id = open_session_changes.person and c.settled and c.changed_at > now() - interval '14 days'
      order by c.session_id, c.changed_at desc
    ) l
    join public.forums f using (forum_id)
    where f.published_at <= now() and private.takes_place(f) and not exists (
      select from public.signups t
      where t.person_id = open_session_changes.person and l.change ->> 'what' <> 'moved'
        and t.during && tstzrange((l.change ->> 'was_starts_at')::timestamptz, (l.change ->> 'was_ends_at')::timestamptz, '[)')));
end
$$;
comment on function private.open_session_changes is 'What changed about the sessions that a person chose, as long as it concerns them.';

-- For the page that asks before a session is deleted. Nobody reads who waits.
create function public.waiting(public.sessions)
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
  select count(*) from public.session_waits w where w.session_id = $1.session_id and (select private.is_organizer())
$$;
comment on function public.waiting is
  'Column of sessions: how many people wait for a spot, for organizers; 0 for others. Callers: signed in.';
revoke execute on function public.waiting from public, anon, authenticated;
grant execute on function public.waiting to authenticated;

-- What is applied ---------------------------------------------------------------------------

create function private.note_since(before public.sessions, after jsonb)
returns void
language sql
set search_path = ''
as $$
  update public.program_releases r
  set since = r.since || private.program_difference(to_jsonb(before), after)
  where r.forum_id = before.forum_id and (after is null or private.program_difference(to_jsonb(before), after) -> 'was' <> '{}')
    and r.number = (select max(l.number) from public.program_releases l where l.forum_id = before.forum_id)
$$;
comment on function private.note_since is 'Adds to the last release what changed without one.';

-- Sign-up ends only where nobody is signed up; spots never fall below the people signed up.
create function private.must_hold_people(session public.sessions, draft public.session_drafts)
returns void
language plpgsql
set search_path = ''
as $$
declare
  people bigint := (select count(*) from public.signups t where t.session_id = session.session_id);
begin
  if people > 0 and not draft.sign_up then
    raise exception 'session_has_signups' using errcode = 'PT409', detail = jsonb_build_object('people', people)::text;
  end if;
  people := private.session_spots_taken(session);
  if draft.capacity < people then
    raise exception 'session_capacity_below_signups' using errcode = 'PT409', detail = jsonb_build_object('people', people)::text;
  end if;
end
$$;

create function private.apply_urgent(forum public.forums, before public.sessions, draft public.session_drafts)
returns void
language plpgsql
set search_path = ''
as $$
declare
  after public.sessions := before;
begin
  if (draft.room_en = '') = (draft.room_fr = '') then
    after.room_en := draft.room_en;
    after.room_fr := draft.room_fr;
  end if;
  after.capacity := draft.capacity;
  after.closed_to_government := before.closed_to_government or draft.closed_to_government;
  if after is distinct from before then
    perform private.note_session_changes(forum, before, to_jsonb(after));
    update public.sessions s
    set room_en = after.room_en, room_fr = after.room_fr, capacity = after.capacity,
        closed_to_government = after.closed_to_government, version = s.version + 1
    where s.session_id = before.session_id
    returning * into after;
    perform private.follow_session(after);
    perform private.settle_session_changes(forum);
    perform private.note_since(before, to_jsonb(after));
  end if;
  delete from public.session_drafts d
  where d.session_id = before.session_id and private.program_difference(to_jsonb(after), to_jsonb(d)) -> 'was' = '{}';
end
$$;
comment on function private.apply_urgent is 'Applies what does not wait for a release; a draft that changes nothing more goes.';

-- All sessions are locked: a signup in one that stays could overlap one that moves.
create function private.apply_drafts(forum public.forums)
returns void
language plpgsql
set search_path = ''
as $$
declare
  applied uuid[] := array(select d.session_id from public.session_drafts d where d.forum_id = forum.forum_id order by d.session_id);
begin
  perform from public.sessions s where s.forum_id = forum.forum_id order by s.session_id for no key update;
  perform private.must_hold_people(s, d), private.note_session_changes(forum, s, to_jsonb(d))
  from public.session_drafts d join public.sessions s using (session_id) where d.forum_id = forum.forum_id;
  with ended as (
    delete from public.signups t using private.program_overlaps(forum.forum_id) o where t.signup_id = o.signup_id returning o.*
  )
  update private.session_changes c
  set change = c.change || jsonb_build_object('stays_en', k.title_en, 'stays_fr', k.title_fr)
  from ended e join private.program_of(forum.forum_id) k on k.session_id = e.stays_id
  where c.person_id = e.person_id and c.session_id = e.session_id and not c.settled;
  insert into public.sessions as s
  select d.* from public.session_drafts d where d.forum_id = forum.forum_id
  on conflict on constraint sessions_pkey do update
  set kind = excluded.kind, title_en = excluded.title_en, title_fr = excluded.title_fr, summary_en = excluded.summary_en,
      summary_fr = excluded.summary_fr, starts_at = excluded.starts_at, ends_at = excluded.ends_at, room_en = excluded.room_en,
      room_fr = excluded.room_fr, format = excluded.format, language = excluded.language,
      interpretation = excluded.interpretation, closed_to_government = excluded.closed_to_government,
      sign_up = excluded.sign_up, version = greatest(s.version + 1, excluded.version);
  delete from public.session_drafts d where d.forum_id = forum.forum_id;
  -- Together, before each session is followed: two of them may change places.
  update public.signups t set during = tstzrange(s.starts_at, s.ends_at, '[)')
  from public.sessions s where s.session_id = t.session_id and s.session_id = any (applied);
  perform private.follow_session(s) from public.sessions s where s.session_id = any (applied);
  perform private.settle_session_changes(forum);
end
$$;
comment on function private.apply_drafts is 'Makes the drafts of a program what readers see, with what people chose.';

create function private.add_release(forum public.forums, note_en text default '', note_fr text default '')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  number integer := 1 + coalesce((select max(r.number) from public.program_releases r where r.forum_id = forum.forum_id), 0);
  incomplete bigint;
  changes jsonb;
begin
  select count(*) filter (where private.draft_gaps(d) <> '{}'),
    jsonb_agg(private.program_difference(to_jsonb(s), to_jsonb(d)) order by d.starts_at nulls last, d.position)
  into incomplete, changes
  from public.session_drafts d left join public.sessions s using (session_id) where d.forum_id = forum.forum_id;
  if changes is null then
    raise exception 'program_unchanged' using errcode = 'PT409';
  elsif incomplete > 0 then
    raise exception 'program_incomplete' using errcode = 'PT422', detail = jsonb_build_object('sessions', incomplete)::text;
  end if;
  insert into public.program_releases (forum_id, number, note_en, note_fr, changes)
  values (forum.forum_id, number, btrim(add_release.note_en), btrim(add_release.note_fr),
    case when number = 1 then '[]' else changes end);
  perform private.apply_drafts(forum);
  perform private.log('release_program', forum.forum_id);
  perform private.record_event('program_released', 'forum', forum.forum_id, jsonb_build_object('number', number));
  return number;
end
$$;
comment on function private.add_release is
  'Releases the next version of a program; everything is new in the first, so it names no changes.';

-- Reads -------------------------------------------------------------------------------------

-- With the rights of who asks: what a person chose may be theirs alone, and is not counted then.
create function public.program_preview(forum_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if not (select private.is_organizer()) then
    raise exception 'organizers_only' using errcode = 'PT403';
  end if;
  return jsonb_build_object(
    'seen', private.program_state(program_preview.forum_id),
    'number', 1 + coalesce((select max(r.number) from public.program_releases r where r.forum_id = program_preview.forum_id), 0),
    'changes', (
      select coalesce(jsonb_agg(private.program_difference(to_jsonb(s), to_jsonb(d)) || jsonb_build_object(
        'missing', private.draft_gaps(d), 'waiting', case when s.session_id is null then 0 else public.waiting(s) end,
        'people', (select count(*) from public.signups t where t.session_id = d.session_id))
        order by d.starts_at nulls last, d.position), '[]')
      from public.session_drafts d left join public.sessions s using (session_id) where d.forum_id = program_preview.forum_id),
    'overlaps', (
      select coalesce(jsonb_agg(jsonb_build_object('signup_id', o.signup_id, 'title_en', l.title_en, 'title_fr', l.title_fr,
        'stays_en', k.title_en, 'stays_fr', k.title_fr) order by l.starts_at, l.session_id, o.signup_id), '[]')
      from private.program_overlaps(program_preview.forum_id) o
      join private.program_of(program_preview.forum_id) l on l.session_id = o.session_id
      join private.program_of(program_preview.forum_id) k on k.session_id = o.stays_id));
end
$$;
comment on function public.program_preview is
  'What the next release of a program changes, what it lacks, and whose sessions would overlap: {seen, number, changes, '
  'overlaps}. Callers: organizers.';
revoke execute on function public.program_preview from public, anon;
grant execute on function public.program_preview to authenticated;

-- Verbs -------------------------------------------------------------------------------------

-- The whole program, as its organizer saw it.
create function public.release_program(forum_id uuid, seen text, note_en text, note_fr text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if forum.published_at is null then
    raise exception 'program_of_draft' using errcode = 'PT409';
  elsif release_program.seen is distinct from private.program_state(forum.forum_id) then
    raise exception 'program_changed' using errcode = 'PT409';
  end if;
  return private.add_release(forum, release_program.note_en, release_program.note_fr);
end
$$;
comment on function public.release_program is
  'Releases what was changed in a program as its next version, when `seen` is still its state, and gives the number. Who '
  'signed up or waits gets an email about other hours and rooms. Callers: organizers. Refuses: forum_not_found, program_of_draft, '
  'program_changed, program_unchanged, program_incomplete, program_releases_noted, session_has_signups, '
  'session_capacity_below_signups.';

-- What organizers write is a draft until the next release; of a session that is released, `apply_urgent` does not wait.
create function public.save_session(
  session_id uuid, forum_id uuid, version integer, kind public.session_kind, title_en text, title_fr text,
  summary_en text, summary_fr text, starts_at timestamptz, ends_at timestamptz, room_en text, room_fr text,
  format public.format, language public.session_language, interpretation public.interpretation,
  closed_to_government boolean, sign_up boolean, capacity integer
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  before public.sessions;
  draft public.session_drafts;
begin
  select * into before from public.sessions s
  where s.session_id = save_session.session_id and s.forum_id = forum.forum_id for no key update;
  select * into draft from public.session_drafts d where d.session_id = save_session.session_id and d.forum_id = forum.forum_id;
  if save_session.session_id is not null and coalesce(before.session_id, draft.session_id) is null then
    raise exception 'session_not_found' using errcode = 'PT404';
  elsif save_session.session_id is not null and coalesce(draft.version, before.version) is distinct from save_session.version then
    raise exception 'session_changed' using errcode = 'PT409';
  elsif (save_session.starts_at at time zone forum.time_zone)::date < forum.starts_on
    or (save_session.ends_at at time zone forum.time_zone)::date > forum.ends_on
  then
    raise exception 'session_outside_forum' using errcode = 'PT422';
  end if;
  draft.session_id := coalesce(before.session_id, draft.session_id, gen_random_uuid());
  draft.forum_id := forum.forum_id;
  draft.version := coalesce(greatest(draft.version, before.version) + 1, 1);
  draft.position := coalesce(draft.position, before.position,
    (select 1 + coalesce(max(p.position), 0) from private.program_of(forum.forum_id) p));
  draft.kind := save_session.kind;
  draft.title_en := private.one_line(save_session.title_en);
  draft.title_fr := private.one_line(save_session.title_fr);
  draft.summary_en := btrim(coalesce(save_session.summary_en, ''));
  draft.summary_fr := btrim(coalesce(save_session.summary_fr, ''));
  draft.starts_at := save_session.starts_at;
  draft.ends_at := save_session.ends_at;
  draft.room_en := private.one_line(coalesce(save_session.room_en, ''));
  draft.room_fr := private.one_line(coalesce(save_session.room_fr, ''));
  draft.format := save_session.format;
  draft.language := save_session.language;
  draft.interpretation := save_session.interpretation;
  draft.closed_to_government := coalesce(save_session.closed_to_government, false);
  draft.sign_up := coalesce(save_session.sign_up, false);
  draft.capacity := save_session.capacity;
  delete from public.session_drafts d where d.session_id = draft.session_id;
  insert into public.session_drafts select draft.*;
  if before.session_id is not null then
    perform private.must_hold_people(before, draft);
    perform private.apply_urgent(forum, before, draft);
  end if;
  perform private.log('save_session', draft.session_id);
  perform private.record_event('session_saved', 'session', draft.session_id);
  return draft.session_id;
end
$$;
comment on function public.save_session is
  'Adds a session when `session_id` is null, else saves one that nobody has saved since that version, and gives its id. '
  'Callers: organizers. Refuses: forum_not_found, session_not_found, session_changed, session_outside_forum, '
  'session_drafts_titled, session_has_signups, session_capacity_below_signups.';

-- Without a release. Once it has begun, people have been there.
create function public.delete_session(session_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums;
  before public.sessions;
  people bigint;
begin
  select f.* into forum from public.forums f
  where f.forum_id in (
    select s.forum_id from public.sessions s where s.session_id = delete_session.session_id
    union all select d.forum_id from public.session_drafts d where d.session_id = delete_session.session_id)
  for no key update;
  select * into before from public.sessions s where s.session_id = delete_session.session_id for update;
  select count(*) into people from public.signups t where t.session_id = before.session_id;
  if people > 0 and before.starts_at <= now() then
    raise exception 'session_begun_with_signups' using errcode = 'PT409', detail = jsonb_build_object('people', people)::text;
  elsif before.session_id is not null then
    perform private.note_session_changes(forum, before, null);
    delete from public.sessions s where s.session_id = before.session_id;
    perform private.settle_session_changes(forum);
    perform private.note_since(before, null);
  end if;
  delete from public.session_drafts d where d.session_id = delete_session.session_id;
  if not found and before.session_id is null then
    raise exception 'session_not_found' using errcode = 'PT404';
  end if;
  perform private.log('delete_session', delete_session.session_id);
  perform private.record_event('session_deleted', 'session', delete_session.session_id);
end
$$;
comment on function public.delete_session is
  'Deletes a session, released or not; who signed up or waits gets an email. Callers: organizers. Refuses: session_not_found, '
  'session_begun_with_signups.';
revoke execute on function public.release_program, public.save_session, public.delete_session from public, anon;
grant execute on function public.release_program, public.save_session, public.delete_session to authenticated;

-- What other domains gather ------------------------------------------------------------------

-- The simplest way for an organizer: who publishes a forum wants its program to be seen.
create function private.sessions_publish_forum(forum_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from public.program_releases r where r.forum_id = sessions_publish_forum.forum_id)
    and exists (select from public.session_drafts d where d.forum_id = sessions_publish_forum.forum_id)
  then
    perform private.add_release(private.must_find_forum(sessions_publish_forum.forum_id));
  end if;
end
$$;
comment on function private.sessions_publish_forum is
  'Releases version 1 of a program when its forum is published; refuses one that lacks a text in one language.';

-- At the same hours of the local clock, as many days later as the forum.
create function private.sessions_clone_forum(source_id uuid, copy_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into public.session_drafts (session_id, forum_id, kind, title_en, title_fr, summary_en, summary_fr, position, starts_at, ends_at,
    room_en, room_fr, format, language, interpretation, closed_to_government, sign_up, capacity)
  select gen_random_uuid(), copy.forum_id, s.kind, s.title_en, s.title_fr, s.summary_en, s.summary_fr, s.position,
    (s.starts_at at time zone source.time_zone + make_interval(days => copy.starts_on - source.starts_on)) at time zone copy.time_zone,
    (s.ends_at at time zone source.time_zone + make_interval(days => copy.starts_on - source.starts_on)) at time zone copy.time_zone,
    s.room_en, s.room_fr, s.format, s.language, s.interpretation, s.closed_to_government, s.sign_up, s.capacity
  from private.program_of(sessions_clone_forum.source_id) s
  join public.forums source on source.forum_id = s.forum_id
  join public.forums copy on copy.forum_id = sessions_clone_forum.copy_id
$$;
comment on function private.sessions_clone_forum is
  'Copies the program of a forum as a draft, moved to the days of the copy; nobody is signed up.';

create function private.sessions_delete_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$
  delete from public.session_drafts d where d.forum_id = sessions_delete_forum.forum_id;
  delete from public.program_releases r where r.forum_id = sessions_delete_forum.forum_id;
  delete from private.session_changes c where c.forum_id = sessions_delete_forum.forum_id;
  delete from public.sessions s where s.forum_id = sessions_delete_forum.forum_id
    and not exists (select from public.signups t where t.session_id = s.session_id);
$$;
comment on function private.sessions_delete_forum is 'Deletes the program of a draft, but no session that somebody signed up for.';

create function private.sessions_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'sessions', (select count(*) from private.program_of(sessions_organize.forum_id)),
    'program_drafts', (select count(*) from public.session_drafts d where d.forum_id = sessions_organize.forum_id))
$$;
comment on function private.sessions_organize is
  'For organizers: how many sessions the program of a forum has, and how many wait for its next release.';

-- Needs: what somebody needs to take part in a forum, such as a meal, childcare or a quiet room.
--
-- It says more of a person than anything else here, so both tables are private and no policy opens them. The
-- person reads and changes their own; organizers get counts; names and words go to the needs readers of that
-- forum, through one function that logs each reading, and the person sees who looked. Needs are deleted with
-- the registration, with the account, when the forum is cancelled, and 30 days after it. Verbs record no event: it would say who
-- needs something.

insert into private.domains values ('needs', 68);

create type public.need as enum (
  'step_free', 'captions', 'large_print', 'quiet_room', 'vegetarian', 'vegan', 'halal', 'kosher', 'gluten_free', 'lactose_free',
  'allergy', 'asl', 'lsq', 'other_language', 'childcare', 'travel_safety', 'call'
);

create table private.needs (
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  kinds public.need[] not null,
  other_language text not null constraint needs_other_language_length check (char_length(other_language) <= 80),
  phone text not null constraint needs_phone_length check (char_length(phone) <= 40),
  words text not null constraint needs_words_length check (char_length(words) <= 1000),
  saved_at timestamptz not null default now(),
  primary key (forum_id, person_id),
  constraint needs_say_something check (kinds <> '{}' or words <> ''),
  constraint needs_other_language_named check (('other_language' = any(kinds)) = (other_language <> '')),
  constraint needs_call_has_phone check (('call' = any(kinds)) = (phone <> ''))
);
comment on table private.needs is 'What a person needs at a forum: seen by the person and by the needs readers of that forum.';
create index needs_by_person on private.needs (person_id);
alter table private.needs enable row level security;

create table private.needs_readings (
  reading_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null,
  person_id uuid not null,
  reader_id uuid references public.people on delete set null,
  read_at timestamptz not null default now(),
  constraint needs_readings_of_needs foreign key (forum_id, person_id) references private.needs on delete cascade
);
comment on table private.needs_readings is 'Who read the needs of whom, and when: one row for each reading.';
create index needs_readings_by_person on private.needs_readings (forum_id, person_id, read_at desc);
create index needs_readings_by_reader on private.needs_readings (reader_id);
alter table private.needs_readings enable row level security;

insert into private.personal_columns
select 'private.needs', c, 'prepare the forum for everyone', 'the person, the needs readers of the forum', '30 days after the forum',
  'needs_retention; cancelling the registration or the forum; deleting the account'
from unnest(array['forum_id', 'person_id', 'kinds', 'other_language', 'phone', 'words', 'saved_at']) c
union all
select 'private.needs_readings', c, 'know who read what somebody needs', 'the person', '30 days after the forum',
  'needs_retention; cancelling the registration or the forum; deleting the account'
from unnest(array['reading_id', 'forum_id', 'person_id', 'reader_id', 'read_at']) c;

-- Guards and helpers --------------------------------------------------------------------------

create function private.takes_part(forum_id uuid, person_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.registrations r
    where r.forum_id = takes_part.forum_id and r.person_id = takes_part.person_id and r.status in ('confirmed', 'waitlisted'))
$$;
comment on function private.takes_part is 'Whether a person is confirmed for a forum or waits for a spot.';

create function private.needs_are_due(forum public.forums)
returns boolean
language sql
stable
set search_path = ''
as $$ select current_date < forum.ends_on + 30 $$;
comment on function private.needs_are_due is 'Whether the needs of a forum may still be stored and read.';

-- The role alone does not suffice: somebody may have moved to a government since.
create function private.must_be_needs_reader(forum_id uuid)
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  if not private.has_role('needs_reader', forum_id) or not private.is_outside_government() then
    raise exception 'needs_readers_only' using errcode = 'PT403';
  end if;
  return me;
end
$$;
comment on function private.must_be_needs_reader is 'The needs reader of a forum behind this request, or a refusal.';

-- However a registration ends, the needs go with it.
create function private.delete_needs()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not private.takes_part(old.forum_id, old.person_id) then
    delete from private.needs n where n.forum_id = old.forum_id and n.person_id = old.person_id;
  end if;
  return null;
end
$$;
create trigger registrations_delete_needs after delete or update of status, person_id on public.registrations
  for each row execute function private.delete_needs();

-- Reads -------------------------------------------------------------------------------------

-- The number of readers and not their names: who reads is named to those whom they have read.
create function public.my_needs(forum_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  if not private.takes_part(my_needs.forum_id, me) then
    raise exception 'not_registered' using errcode = 'PT404';
  end if;
  return jsonb_build_object(
    'needs', (
      select jsonb_build_object('kinds', n.kinds, 'other_language', n.other_language, 'phone', n.phone, 'words', n.words)
      from private.needs n where n.forum_id = my_needs.forum_id and n.person_id = me),
    'readers', (
      select count(*) from private.forum_roles r join public.people p using (person_id)
      where r.forum_id = my_needs.forum_id and r.role = 'needs_reader' and r.starts_at <= now() and r.ends_at > now()
        and p.suspended_at is null and not private.counts_as_government(p.sector)),
    'readings', (
      select coalesce(jsonb_agg(jsonb_build_object('reader', p.name, 'read_at', l.read_at) order by l.read_at desc), '[]')
      from (
        select g.* from private.needs_readings g
        where g.forum_id = my_needs.forum_id and g.person_id = me order by g.read_at desc limit 100) l
      left join public.people p on p.person_id = l.reader_id));
end
$$;
comment on function public.my_needs is
  'What the person who asks needs at a forum, how many people may read it, and the last 100 readings: {needs, readers, '
  'readings}. Callers: people who are confirmed or wait. Refuses: not_registered.';

-- Counts of everybody who takes part; exact, since the caterer needs them.
create function public.needs_overview(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums;
begin
  select * into forum from public.forums f where f.slug = needs_overview.slug;
  if not found then
    return null;
  end if;
  return (
    with counted as (
      select n.kinds, n.words, r.mode, r.status
      from private.needs n join public.registrations r using (forum_id, person_id)
      where n.forum_id = forum.forum_id and private.needs_are_due(forum)
    )
    select jsonb_build_object(
      'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
        'ends_on', forum.ends_on, 'provided_en', forum.provided_en, 'provided_fr', forum.provided_fr, 'version', forum.version),
      'people', (select count(*) from counted),
      'with_words', (select count(*) from counted c where c.words <> ''),
      'counts', (
        select coalesce(jsonb_agg(to_jsonb(k) order by k.kind), '[]') from (
          select u.kind, count(*) filter (where c.status = 'confirmed' and c.mode = 'in_person') as in_person,
            count(*) filter (where c.status = 'confirmed' and c.mode = 'online') as online,
            count(*) filter (where c.status <> 'confirmed') as waiting
          from counted c cross join unnest(c.kinds) u(kind) group by u.kind) k),
      'readers', (
        select coalesce(jsonb_agg(jsonb_build_object('person_id', p.person_id, 'name', p.name, 'ends_at', r.ends_at,
          'time_zone', forum.time_zone) order by private.unaccented(p.name), p.person_id), '[]')
        from private.forum_roles r join public.people p using (person_id)
        where r.forum_id = forum.forum_id and r.role = 'needs_reader' and r.ends_at > now()),
      'may_read', private.has_role('needs_reader', forum.forum_id) and private.is_outside_government()));
end
$$;
comment on function public.needs_overview is
  'How many people need what at a forum, what is provided, and who may read names: {forum, people, with_words, counts, '
  'readers, may_read}; null without such a forum. Names nobody who needs something. Callers: organizers.';

-- The only way to names and words. A read that writes: each person on the page gets one more reading.
create function public.read_needs(slug text, after uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums;
  me uuid;
  last_name text;
  answer jsonb;
begin
  select * into forum from public.forums f where f.slug = read_needs.slug;
  me := private.must_be_needs_reader(forum.forum_id);
  select private.unaccented(r.name) into last_name
  from public.registrations r where r.forum_id = forum.forum_id and r.person_id = read_needs.after;
  with shown as (
    select n.person_id, r.name, r.mode, r.status, n.kinds, n.other_language, n.phone, n.words
    from private.needs n join public.registrations r using (forum_id, person_id)
    where n.forum_id = forum.forum_id and private.needs_are_due(forum)
      and (last_name is null or (private.unaccented(r.name), n.person_id) > (last_name, read_needs.after))
    order by private.unaccented(r.name), n.person_id limit 100
  ), logged as (
    insert into private.needs_readings (forum_id, person_id, reader_id)
    select forum.forum_id, s.person_id, me from shown s where s.person_id <> me
  )
  select coalesce(jsonb_agg(to_jsonb(s) order by private.unaccented(s.name), s.person_id), '[]') into answer from shown s;
  perform private.log('read_needs', forum.forum_id);
  return jsonb_build_object(
    'forum', jsonb_build_object('slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr, 'ends_on', forum.ends_on),
    'people', answer,
    -- The last name of a full page; the page after it may be empty.
    'next', case when jsonb_array_length(answer) = 100 then answer -> 99 ->> 'person_id' end);
end
$$;
comment on function public.read_needs is
  'Up to 100 people of a forum by name, after the person `after`, with what they need: {forum, people, next}. Each call is '
  'logged for each person shown. Callers: the needs readers of that forum. Refuses: needs_readers_only.';

-- Verbs -------------------------------------------------------------------------------------

-- Nothing chosen and nothing written deletes what was saved before.
create function public.save_needs(forum_id uuid, kinds public.need[], other_language text, phone text, words text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  chosen public.need[] := array(select distinct k from unnest(save_needs.kinds) k where k is not null order by k);
  written text := btrim(coalesce(save_needs.words, ''));
begin
  if not private.takes_part(forum.forum_id, me) then
    raise exception 'not_registered' using errcode = 'PT404';
  elsif chosen = '{}' and written = '' then
    delete from private.needs n where n.forum_id = forum.forum_id and n.person_id = me;
    return;
  elsif forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  elsif private.is_over(forum) then
    raise exception 'needs_too_late' using errcode = 'PT409';
  end if;
  insert into private.needs as n (forum_id, person_id, kinds, other_language, phone, words)
  values (
    forum.forum_id, me, chosen,
    case when 'other_language' = any(chosen) then private.one_line(coalesce(save_needs.other_language, '')) else '' end,
    case when 'call' = any(chosen) then private.one_line(coalesce(save_needs.phone, '')) else '' end,
    written)
  on conflict on constraint needs_pkey do update
  set kinds = excluded.kinds, other_language = excluded.other_language, phone = excluded.phone, words = excluded.words,
      saved_at = excluded.saved_at;
end
$$;
comment on function public.save_needs is
  'Saves what the person who asks needs at a forum; nothing chosen and nothing written deletes it. Sent twice, it changes '
  'nothing more. Callers: people who are confirmed or wait. Refuses: forum_not_found, not_registered, forum_cancelled, '
  'needs_too_late, needs_other_language_named, needs_call_has_phone.';

-- A text of the forum, so it is saved over the forum's version.
create function public.save_provided(forum_id uuid, version integer, provided_en text, provided_fr text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if forum.version is distinct from save_provided.version then
    raise exception 'forum_changed' using errcode = 'PT409';
  end if;
  update public.forums f
  set provided_en = btrim(save_provided.provided_en), provided_fr = btrim(save_provided.provided_fr), version = f.version + 1
  where f.forum_id = forum.forum_id;
  perform private.log('save_provided', forum.forum_id);
  perform private.record_event('forum_saved', 'forum', forum.forum_id, jsonb_build_object('version', forum.version + 1));
  return forum.version + 1;
end
$$;
comment on function public.save_provided is
  'Saves what a forum provides anyway, when nobody has saved the forum since that version, and gives the next version. '
  'Callers: organizers. Refuses: forum_not_found, forum_changed.';

revoke execute on function public.my_needs, public.needs_overview, public.read_needs, public.save_needs, public.save_provided
  from public, anon;
grant execute on function public.my_needs, public.needs_overview, public.read_needs, public.save_needs, public.save_provided
  to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.needs_tasks(person uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Nearly nobody has the role, and everybody's home asks.
  if not exists (select from private.forum_roles r where r.person_id = person and r.role = 'needs_reader') then
    return '{"needs_to_read": []}';
  end if;
  return jsonb_build_object('needs_to_read', (
    select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr)
      order by f.starts_on, f.forum_id), '[]')
    from private.forum_roles r
    join public.forums f using (forum_id)
    join public.people p on p.person_id = r.person_id
    where r.person_id = person and r.role = 'needs_reader' and r.starts_at <= now() and r.ends_at > now()
      and not private.counts_as_government(p.sector) and private.needs_are_due(f)));
end
$$;
comment on function private.needs_tasks is 'The forums of which a person may read the needs.';

create function private.needs_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('needs', (select count(*) from private.needs n where n.forum_id = needs_organize.forum_id))
$$;
comment on function private.needs_organize is 'For organizers: how many people said what they need.';

create function private.needs_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'needs', (
      select coalesce(jsonb_agg(to_jsonb(n) || jsonb_build_object('forum', f.slug) order by n.saved_at), '[]')
      from private.needs n join public.forums f using (forum_id) where n.person_id = person),
    'needs_readings', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'reader', p.name, 'read_at', g.read_at) order by g.read_at), '[]')
      from private.needs_readings g join public.forums f using (forum_id) left join public.people p on p.person_id = g.reader_id
      where g.person_id = person),
    'needs_read_by_you', (
      select coalesce(jsonb_agg(distinct jsonb_build_object('forum', f.slug, 'read_at', g.read_at)), '[]')
      from private.needs_readings g join public.forums f using (forum_id) where g.reader_id = person))
$$;
comment on function private.needs_export is
  'What a person needs, who read it and when; and when they read the needs of others, without whose.';

-- Nobody will prepare that forum, so nothing has to be known for it.
create function private.needs_cancel_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.needs n where n.forum_id = needs_cancel_forum.forum_id $$;
comment on function private.needs_cancel_forum is 'Deletes the needs of a forum that is cancelled.';

create function private.needs_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from private.needs n using public.forums f
    where f.forum_id = n.forum_id and not private.needs_are_due(f) returning 1
  )
  select jsonb_build_object('needs', (select count(*) from gone))
$$;
comment on function private.needs_retention is 'Deletes needs, and who read them, 30 days after the forum.';

-- Forums: the record of each meeting, past and to come.
--
-- A forum is a draft until `published_at`, then anyone reads it. Whether registration is open is
-- computed from its dates when read; no job opens or closes anything. Organizers make and change forums;
-- what later domains have to do or to refuse then, they contribute by name (`_save_forum`, `_publish_forum`).
-- Organizers give people roles of one forum, with an end; the guard of what a role opens is `private.has_role`.

insert into private.domains values ('forums', 50);

create type public.forum_kind as enum ('national', 'regional', 'consultation', 'workshop', 'webinar');
create type public.format as enum ('in_person', 'online', 'hybrid');
create type public.qualifier as enum ('about', 'over');
-- How much of a date is known: of meetings before this site, sometimes the year alone.
create type public.date_precision as enum ('day', 'month', 'year');

create table public.forums (
  forum_id uuid primary key default gen_random_uuid(),
  slug text not null constraint forums_slug_once unique constraint forums_slug_shape
    -- `new` is the address of the page that makes one.
    check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$' and slug <> 'new'),
  name_en text not null constraint forums_name_en_length check (char_length(name_en) between 3 and 160),
  name_fr text not null constraint forums_name_fr_length check (char_length(name_fr) between 3 and 160),
  place_en text not null constraint forums_place_en_length check (char_length(place_en) <= 160),
  place_fr text not null constraint forums_place_fr_length check (char_length(place_fr) <= 160),
  city text constraint forums_city_length check (char_length(city) <= 80),
  province public.province,
  kind public.forum_kind not null default 'national',
  format public.format not null,
  time_zone text not null default 'America/Toronto',
  starts_on date not null,
  ends_on date not null,
  date_precision public.date_precision not null default 'day',
  beside_en text not null default '' constraint forums_beside_en_length check (char_length(beside_en) <= 200),
  beside_fr text not null default '' constraint forums_beside_fr_length check (char_length(beside_fr) <= 200),
  beside_url text not null default '' constraint forums_beside_url_shape check (beside_url ~ '^(https?://\S{3,250})?$'),
  objectives_en text[] not null default '{}' constraint forums_objectives_en_length
    check (char_length(array_to_string(objectives_en, E'\n')) <= 4000),
  objectives_fr text[] not null default '{}' constraint forums_objectives_fr_length
    check (char_length(array_to_string(objectives_fr, E'\n')) <= 4000),
  territory_en text not null default '' constraint forums_territory_en_length check (char_length(territory_en) <= 1000),
  territory_fr text not null default '' constraint forums_territory_fr_length check (char_length(territory_fr) <= 1000),
  territory_confirmed boolean not null default false,
  provided_en text not null default '' constraint forums_provided_en_length check (char_length(provided_en) <= 2000),
  provided_fr text not null default '' constraint forums_provided_fr_length check (char_length(provided_fr) <= 2000),
  funders_en text[] not null default '{}' constraint forums_funders_en_length
    check (char_length(array_to_string(funders_en, E'\n')) <= 2000),
  funders_fr text[] not null default '{}' constraint forums_funders_fr_length
    check (char_length(array_to_string(funders_fr, E'\n')) <= 2000),
  -- Papers to read before, by their language: title, space, link.
  papers_en text[] not null default '{}' constraint forums_papers_en_length
    check (char_length(array_to_string(papers_en, E'\n')) <= 4000),
  papers_fr text[] not null default '{}' constraint forums_papers_fr_length
    check (char_length(array_to_string(papers_fr, E'\n')) <= 4000),
  participants integer constraint forums_participants_positive check (participants > 0),
  participants_qualifier public.qualifier,
  provinces public.province[] not null default '{}',
  sectors text[] not null default '{}',
  capacity_in_person integer constraint forums_capacity_in_person_positive check (capacity_in_person >= 0),
  capacity_online integer constraint forums_capacity_online_positive check (capacity_online >= 0),
  registration_opens_at timestamptz,
  registration_closes_at timestamptz,
  -- By hand, before the closing date.
  registration_closed_at timestamptz,
  edits_until date,
  published_at timestamptz,
  cancelled_at timestamptz,
  archived_at timestamptz,
  sample boolean not null default false,
  version integer not null default 1,
  facts_version integer not null default 1,
  constraint forums_dates_in_order check (ends_on >= starts_on),
  constraint forums_with_sample unique (forum_id, sample),
  constraint forums_registration_needs_days check (date_precision = 'day' or registration_opens_at is null),
  constraint forums_registration_in_order check (registration_closes_at > registration_opens_at),
  constraint forums_edits_before_end check (edits_until <= ends_on),
  -- A draft may be written in one language first.
  constraint forums_objectives_in_pairs check (published_at is null or cardinality(objectives_en) = cardinality(objectives_fr)),
  constraint forums_capacity_fits_format check (
    (format <> 'in_person' or coalesce(capacity_online, 0) = 0) and (format <> 'online' or coalesce(capacity_in_person, 0) = 0)),
  constraint forums_webinar_is_online check (kind <> 'webinar' or format = 'online'),
  constraint forums_territory_confirmed_whole check (not territory_confirmed or (territory_en <> '' and territory_fr <> '')),
  constraint forums_papers_have_links check (
    array_to_string(papers_en || papers_fr, E'\n') ~ '^(\S[^\n]* https?://[^\s]{3,}(\n|$))*$'),
  constraint forums_figure_has_qualifier check ((participants is null) = (participants_qualifier is null))
);
comment on table public.forums is 'Each forum: names, dates, place, objectives, figures; read by anyone once published.';
alter table public.forums enable row level security;
grant select on public.forums to anon, authenticated;
create policy "Anyone reads published forums" on public.forums
  for select to anon, authenticated using (published_at <= now());
create policy "Organizers read drafts too" on public.forums
  for select to authenticated using ((select private.is_organizer()));

-- A zone that the database does not know would break every hour of the program.
create function private.refuse_unknown_zone()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from pg_catalog.pg_timezone_names where name = new.time_zone) then
    raise exception 'unknown_time_zone' using errcode = 'PT422';
  end if;
  return new;
end
$$;
create trigger zone_is_known before insert or update of time_zone on public.forums
  for each row execute function private.refuse_unknown_zone();

-- A forum that the person may see, locked for the rest of the transaction. First in the lock
-- order: forum, sessions by ascending id, registrations.
create function private.must_find_forum(forum_id uuid)
returns public.forums
language plpgsql
set search_path = ''
as $$
declare
  forum public.forums;
begin
  select * into forum from public.forums f
  where f.forum_id = must_find_forum.forum_id
    and (f.published_at <= now() or (select private.is_organizer()))
  for no key update;
  if not found then
    raise exception 'forum_not_found' using errcode = 'PT404';
  end if;
  return forum;
end
$$;
comment on function private.must_find_forum is 'The forum, locked; a draft is refused like a forum that does not exist.';

-- Days end in the forum's own zone; the clock, since a verb may have waited for the lock of a forum.
create function private.is_over(forum public.forums)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return forum.ends_on < (clock_timestamp() at time zone forum.time_zone)::date;
end
$$;

create function private.takes_place(forum public.forums)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return forum.cancelled_at is null and not private.is_over(forum);
end
$$;
comment on function private.takes_place is 'Whether a forum is neither cancelled nor over.';

create function private.is_past_record(forum public.forums)
returns boolean
language sql
stable
set search_path = ''
as $$ select forum.registration_opens_at is null and private.is_over(forum) $$;
comment on function private.is_past_record is
  'Whether a forum is over and had no registration here, such as the meetings before this site.';

-- What a forum lacks before anyone may read it, by field; `tests/db/forums.test.ts` holds it against `gapsOf` of
-- the site. The language that has fewer objectives lacks some; of a meeting before this site they may be unknown.
create function private.forum_gaps(forum public.forums)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array_remove(array[
    case when forum.place_en = '' then 'place_en' end,
    case when forum.place_fr = '' then 'place_fr' end,
    case when cardinality(forum.objectives_en) < greatest(cardinality(forum.objectives_fr), n.least) then 'objectives_en' end,
    case when cardinality(forum.objectives_fr) < greatest(cardinality(forum.objectives_en), n.least) then 'objectives_fr' end,
    case when forum.beside_en = '' and forum.beside_fr || forum.beside_url <> '' then 'beside_en' end,
    case when forum.beside_fr = '' and forum.beside_en || forum.beside_url <> '' then 'beside_fr' end,
    case when forum.territory_en = '' and forum.territory_fr <> '' then 'territory_en' end,
    case when forum.territory_fr = '' and forum.territory_en <> '' then 'territory_fr' end,
    case when cardinality(forum.funders_en) < cardinality(forum.funders_fr) then 'funders_en' end,
    case when cardinality(forum.funders_fr) < cardinality(forum.funders_en) then 'funders_fr' end,
    case when forum.registration_opens_at is null and forum.registration_closes_at is not null then 'registration_opens_at' end,
    case when forum.registration_opens_at is not null and forum.registration_closes_at is null then 'registration_closes_at' end,
    case when forum.registration_opens_at is not null and coalesce(forum.capacity_in_person, 0) + coalesce(forum.capacity_online, 0) = 0
      then 'capacity' end
  ], null)
  from (select case when private.is_past_record(forum) then 0 else 1 end as least) n
$$;
comment on function private.forum_gaps is 'What a forum lacks before anyone may read it, by field.';

create function private.filled_lines(lines text[])
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(private.one_line(l.line) order by l.place), '{}')
  from unnest(lines) with ordinality l(line, place) where private.one_line(l.line) <> ''
$$;
comment on function private.filled_lines is 'Lines without those that are empty.';

-- Without accents, so that Montréal is `montreal`.
create function private.free_slug(city text, starts_on date)
returns text
language sql
stable
set search_path = ''
as $$
  with plain as (
    select coalesce(nullif(btrim(left(btrim(regexp_replace(
      regexp_replace(private.unaccented(city), '[''’.]+', '', 'g'), '[^a-z0-9]+', '-', 'g'), '-'), 28), '-'), ''), 'forum')
      || '-' || extract(year from starts_on) as slug
  ), candidates as (
    select p.slug || case when n > 1 then '-' || n else '' end as slug, n from plain p, generate_series(1, 99) n
  )
  select c.slug from candidates c
  where not exists (select from public.forums f where f.slug = c.slug) order by c.n limit 1
$$;
comment on function private.free_slug is 'The web address of a new forum: city and year, with a number when that is taken.';

-- Asks the catalog, so that the tables of later domains are among them. A table with one row a forum holds its
-- settings and goes with it.
create function private.has_rows(forum_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  referring record;
  found_one boolean;
begin
  for referring in
    select k.conrelid::regclass as name, own.attname as key
    from pg_catalog.pg_constraint k
    cross join unnest(k.conkey, k.confkey) c(own, theirs)
    join pg_catalog.pg_attribute own on own.attrelid = k.conrelid and own.attnum = c.own
    join pg_catalog.pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = c.theirs
    where k.contype = 'f' and k.confrelid = 'public.forums'::regclass and theirs.attname = 'forum_id'
      and not exists (
        select from pg_catalog.pg_constraint p where p.conrelid = k.conrelid and p.contype = 'p' and p.conkey = array[own.attnum])
  loop
    execute format('select exists (select from %s t where t.%I = $1)', referring.name, referring.key)
      into found_one using has_rows.forum_id;
    if found_one then
      return true;
    end if;
  end loop;
  return false;
end
$$;
comment on function private.has_rows is 'Whether any table has a row of this forum.';

-- A mistyped year would make a past meeting, which has no registration and cannot be cancelled.
create function private.must_lie_ahead(forum public.forums)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if forum.ends_on < (now() at time zone forum.time_zone)::date then
    raise exception 'forum_day_passed' using errcode = 'PT422';
  end if;
end
$$;
comment on function private.must_lie_ahead is 'Refuses a forum whose last day has passed where it takes place.';

-- Verbs -------------------------------------------------------------------------------------

-- Begins with what no forum is without; the rest is saved into the draft. The slug never changes, since links
-- lead to it.
create function public.create_forum(
  kind public.forum_kind, name_en text, name_fr text, city text, format public.format, time_zone text,
  starts_on date, ends_on date, slug text
)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  made public.forums;
begin
  insert into public.forums as f (slug, kind, name_en, name_fr, place_en, place_fr, city, format, time_zone, starts_on, ends_on)
  values (
    coalesce(nullif(lower(btrim(create_forum.slug)), ''), private.free_slug(create_forum.city, create_forum.starts_on)),
    create_forum.kind, private.one_line(create_forum.name_en), private.one_line(create_forum.name_fr), '', '',
    nullif(private.one_line(create_forum.city), ''), create_forum.format, create_forum.time_zone,
    create_forum.starts_on, create_forum.ends_on)
  returning * into made;
  perform private.must_lie_ahead(made);
  perform private.log('create_forum', made.forum_id);
  perform private.record_event('forum_created', 'forum', made.forum_id);
  return made.slug;
end
$$;
comment on function public.create_forum is
  'Makes a forum as a draft and gives its slug: the one that was asked for, or city and year. Callers: organizers. '
  'Refuses: forums_slug_once, forums_slug_shape, forums_name_en_length, forums_name_fr_length, '
  'forums_dates_in_order, forums_webinar_is_online, unknown_time_zone, forum_day_passed.';

-- Other days than before are exact ones. A published forum may lack what it lacked before, such as the objectives
-- of a meeting before this site, and nothing more.
create function public.save_forum(
  forum_id uuid, version integer, kind public.forum_kind, name_en text, name_fr text, place_en text, place_fr text, city text,
  format public.format, time_zone text, starts_on date, ends_on date, objectives_en text[], objectives_fr text[],
  registration_opens_at timestamptz, registration_closes_at timestamptz, capacity_in_person integer, capacity_online integer
)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  before public.forums := private.must_find_forum(forum_id);
  after public.forums := before;
  missing text[];
begin
  if before.version is distinct from save_forum.version then
    raise exception 'forum_changed' using errcode = 'PT409';
  end if;
  after.name_en := private.one_line(save_forum.name_en);
  after.name_fr := private.one_line(save_forum.name_fr);
  after.place_en := private.one_line(save_forum.place_en);
  after.place_fr := private.one_line(save_forum.place_fr);
  after.city := nullif(private.one_line(save_forum.city), '');
  after.objectives_en := private.filled_lines(save_forum.objectives_en);
  after.objectives_fr := private.filled_lines(save_forum.objectives_fr);
  after.registration_opens_at := save_forum.registration_opens_at;
  after.registration_closes_at := save_forum.registration_closes_at;
  after.capacity_in_person := save_forum.capacity_in_person;
  after.capacity_online := save_forum.capacity_online;
  missing := array(select unnest(private.forum_gaps(after)) except select unnest(private.forum_gaps(before)));
  if before.published_at is not null and missing <> '{}' then
    raise exception 'forum_incomplete' using errcode = 'PT422',
      detail = jsonb_build_object('missing', missing, 'first', missing[1])::text;
  end if;
  update public.forums f
  set name_en = after.name_en, name_fr = after.name_fr, place_en = after.place_en, place_fr = after.place_fr, city = after.city,
      kind = save_forum.kind, format = save_forum.format, time_zone = save_forum.time_zone,
      starts_on = save_forum.starts_on, ends_on = save_forum.ends_on,
      date_precision = case
        when f.starts_on = save_forum.starts_on and f.ends_on = save_forum.ends_on and after.registration_opens_at is null
        then f.date_precision else 'day' end,
      objectives_en = after.objectives_en, objectives_fr = after.objectives_fr,
      registration_opens_at = after.registration_opens_at, registration_closes_at = after.registration_closes_at,
      capacity_in_person = after.capacity_in_person, capacity_online = after.capacity_online, version = f.version + 1
  where f.forum_id = before.forum_id
  returning * into after;
  if before.ends_on >= (now() at time zone after.time_zone)::date then
    perform private.must_lie_ahead(after);
  end if;
  if after.registration_closes_at > ((after.ends_on + 1)::timestamp at time zone after.time_zone) then
    raise exception 'registration_closes_after_forum' using errcode = 'PT422';
  end if;
  perform private.call_domains('save_forum', after.forum_id);
  perform private.log('save_forum', after.forum_id, array(
    select o.key from jsonb_each(to_jsonb(before)) o join jsonb_each(to_jsonb(after)) n using (key)
    where o.value <> n.value and o.key <> 'version' order by 1));
  perform private.record_event('forum_saved', 'forum', after.forum_id, jsonb_build_object('version', after.version));
  return after.version;
end
$$;
comment on function public.save_forum is
  'Saves a forum, when nobody has saved since that version, and gives the next version. More room goes to those who '
  'wait. Callers: organizers. Refuses: forum_not_found, forum_changed, forum_incomplete, forums_name_en_length, '
  'forums_name_fr_length, forums_dates_in_order, forums_registration_in_order, registration_closes_after_forum, '
  'forums_capacity_fits_format, forums_webinar_is_online, unknown_time_zone, forum_day_passed, '
  'capacity_in_person_below_confirmed, capacity_online_below_confirmed.';

-- Both languages have to be there, since anyone reads it from then on.
create function public.publish_forum(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  missing text[] := private.forum_gaps(forum);
begin
  if forum.published_at is not null then
    return;
  elsif missing <> '{}' then
    raise exception 'forum_incomplete' using errcode = 'PT422',
      detail = jsonb_build_object('missing', missing, 'first', missing[1])::text;
  end if;
  perform private.call_domains('publish_forum', forum.forum_id);
  update public.forums f set published_at = now() where f.forum_id = forum.forum_id;
  perform private.log('publish_forum', forum.forum_id);
  perform private.record_event('forum_published', 'forum', forum.forum_id);
end
$$;
comment on function public.publish_forum is
  'Opens the page of a forum to everyone. Sent twice, it keeps its first date. Callers: organizers. '
  'Refuses: forum_not_found, forum_incomplete, questions_incomplete.';

-- Nothing that people were promised disappears: later domains refuse.
create function public.unpublish_forum(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if forum.published_at is null then
    return;
  end if;
  perform private.call_domains('unpublish_forum', forum.forum_id);
  update public.forums f set published_at = null where f.forum_id = forum.forum_id;
  perform private.log('unpublish_forum', forum.forum_id);
  perform private.record_event('forum_unpublished', 'forum', forum.forum_id);
end
$$;
comment on function public.unpublish_forum is
  'Makes a published forum a draft again; sent twice, it changes nothing more. Callers: organizers. '
  'Refuses: forum_not_found, forum_has_registrations, forum_has_report.';

-- Registrations stay as they are: they say who has to be written to. Everything that gives a spot asks for
-- `cancelled_at`.
create function public.cancel_forum(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if forum.cancelled_at is not null then
    return;
  elsif forum.published_at is null then
    raise exception 'forum_is_draft' using errcode = 'PT409';
  elsif private.is_over(forum) then
    raise exception 'forum_over' using errcode = 'PT409';
  end if;
  update public.forums f set cancelled_at = now() where f.forum_id = forum.forum_id;
  perform private.call_domains('cancel_forum', forum.forum_id);
  perform private.log('cancel_forum', forum.forum_id);
  perform private.record_event('forum_cancelled', 'forum', forum.forum_id);
end
$$;
comment on function public.cancel_forum is
  'Cancels a published forum; everyone who is registered or waits gets an email. Sent twice, it changes nothing more. '
  'Callers: organizers. Refuses: forum_not_found, forum_is_draft, forum_over.';

-- Registrations are as they were when the forum was cancelled; needs were deleted then, so people write them again.
create function public.reopen_forum(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if forum.cancelled_at is null then
    return;
  elsif private.is_over(forum) then
    raise exception 'forum_over_for_good' using errcode = 'PT409';
  end if;
  update public.forums f set cancelled_at = null, archived_at = null where f.forum_id = forum.forum_id;
  perform private.call_domains('reopen_forum', forum.forum_id);
  perform private.log('reopen_forum', forum.forum_id);
  perform private.record_event('forum_reopened', 'forum', forum.forum_id);
end
$$;
comment on function public.reopen_forum is
  'Takes back that a forum is cancelled; everyone who is registered or waits gets an email. Sent twice, it changes '
  'nothing more. Callers: organizers. Refuses: forum_not_found, forum_over_for_good.';

-- For the time between the two dates; the dates stay as they are, so that reopening needs none.
create function public.set_registration_closed(forum_id uuid, closed boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if (forum.registration_closed_at is not null) = set_registration_closed.closed then
    return;
  elsif forum.published_at is null or not private.takes_place(forum)
    or not coalesce(forum.registration_opens_at <= now() and forum.registration_closes_at > now(), false)
  then
    raise exception 'registration_outside_dates' using errcode = 'PT409';
  end if;
  update public.forums f
  set registration_closed_at = case when set_registration_closed.closed then now() end
  where f.forum_id = forum.forum_id;
  perform private.log(case when set_registration_closed.closed then 'close_registration' else 'reopen_registration' end, forum.forum_id);
  perform private.record_event(
    case when set_registration_closed.closed then 'registration_closed' else 'registration_reopened' end, 'forum', forum.forum_id);
end
$$;
comment on function public.set_registration_closed is
  'Closes the registration of a forum before its closing date, or opens it again. Sent twice, it changes nothing more. '
  'Callers: organizers. Refuses: forum_not_found, registration_outside_dates.';

-- For the organizers' list only: the page of the forum stays as it is.
create function public.set_forum_archived(forum_id uuid, archived boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if (forum.archived_at is not null) = set_forum_archived.archived then
    return;
  elsif set_forum_archived.archived and (forum.published_at is null or private.takes_place(forum)) then
    raise exception 'forum_not_over' using errcode = 'PT409';
  end if;
  update public.forums f set archived_at = case when set_forum_archived.archived then now() end where f.forum_id = forum.forum_id;
  perform private.log(case when set_forum_archived.archived then 'archive_forum' else 'unarchive_forum' end, forum.forum_id);
  perform private.record_event(
    case when set_forum_archived.archived then 'forum_archived' else 'forum_unarchived' end, 'forum', forum.forum_id);
end
$$;
comment on function public.set_forum_archived is
  'Archives a published forum that is over or cancelled, or takes it out of the archive. Sent twice, it changes nothing '
  'more. Callers: organizers. Refuses: forum_not_found, forum_not_over.';

-- What domains delete then, such as questions and a program, goes with a draft; whatever else belongs to it keeps it.
create function public.delete_forum(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums;
begin
  -- Not `no key update`: nothing may begin to refer to it now.
  perform from public.forums f where f.forum_id = delete_forum.forum_id for update;
  forum := private.must_find_forum(forum_id);
  if forum.published_at is not null then
    raise exception 'forum_published' using errcode = 'PT409';
  end if;
  -- Somebody who was named beforehand does not make a draft worth keeping.
  delete from private.forum_roles r where r.forum_id = forum.forum_id;
  perform private.call_domains('delete_forum', forum.forum_id);
  if private.has_rows(forum.forum_id) then
    raise exception 'forum_not_empty' using errcode = 'PT409';
  end if;
  delete from public.forums f where f.forum_id = forum.forum_id;
  perform private.log('delete_forum', forum.forum_id);
  perform private.record_event('forum_deleted', 'forum', forum.forum_id);
end
$$;
comment on function public.delete_forum is
  'Deletes a draft with its program and questions, while it has no list and nobody is registered. Callers: organizers. '
  'Refuses: forum_not_found, forum_published, forum_not_empty.';

revoke execute on function public.create_forum, public.save_forum, public.publish_forum, public.unpublish_forum,
  public.cancel_forum, public.reopen_forum, public.set_registration_closed, public.set_forum_archived, public.delete_forum
  from public, anon;
grant execute on function public.create_forum, public.save_forum, public.publish_forum, public.unpublish_forum,
  public.cancel_forum, public.reopen_forum, public.set_registration_closed, public.set_forum_archived, public.delete_forum
  to authenticated;

-- Roles of one forum ------------------------------------------------------------------------

create type public.forum_role as enum ('needs_reader', 'check_in', 'notes');

create table private.forum_roles (
  role_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  role public.forum_role not null,
  starts_at timestamptz not null default now(),
  ends_at timestamptz not null,
  constraint forum_roles_one_each unique (forum_id, person_id, role),
  constraint forum_roles_dates_in_order check (ends_at > starts_at)
);
comment on table private.forum_roles is 'Roles of one forum, with their dates. A role whose end has passed gives no rights.';
create index forum_roles_by_person on private.forum_roles (person_id);
alter table private.forum_roles enable row level security;

insert into private.personal_columns
select 'private.forum_roles', c, 'know who may do what at the forum', 'the person, organizers', '12 months after the end of the role',
  'forums_retention; deleting the account'
from unnest(array['role_id', 'forum_id', 'person_id', 'role', 'starts_at', 'ends_at']) c;

create function private.has_role(role public.forum_role, forum_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (
    select from private.forum_roles r
    where r.forum_id = has_role.forum_id and r.role = has_role.role and r.person_id = (select private.my_id())
      and r.starts_at <= now() and r.ends_at > now()
  );
end
$$;
comment on function private.has_role is 'Whether the person behind this request has a role of a forum today.';

-- Also how an end is changed. What people need is not for a government or the police to read, so neither gets
-- that role; nobody gives a role to themselves.
create function public.name_role(person_id uuid, role public.forum_role, forum_id uuid, ends_on date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  person public.people := private.must_find_other_person(person_id);
  last_day date := coalesce(name_role.ends_on, forum.ends_on + 30);
  ends_at timestamptz := (last_day + 1)::timestamp at time zone forum.time_zone;
begin
  if name_role.role is null then
    raise exception 'role_missing' using errcode = 'PT422';
  elsif person.suspended_at is not null then
    raise exception 'person_suspended' using errcode = 'PT409';
  elsif name_role.role = 'needs_reader' and private.counts_as_government(person.sector) then
    raise exception 'needs_reader_of_government' using errcode = 'PT409';
  elsif ends_at <= now() then
    raise exception 'role_end_past' using errcode = 'PT422';
  elsif last_day > forum.ends_on + 365 then
    raise exception 'role_end_late' using errcode = 'PT422';
  end if;
  insert into private.forum_roles as r (forum_id, person_id, role, ends_at)
  values (forum.forum_id, person.person_id, name_role.role, ends_at)
  on conflict on constraint forum_roles_one_each do update
  set starts_at = case when r.ends_at > now() then r.starts_at else now() end, ends_at = excluded.ends_at
  where r.ends_at <> excluded.ends_at;
  if found then
    perform private.log('name_role', person.person_id, array[name_role.role::text], forum.forum_id);
  end if;
end
$$;
comment on function public.name_role is
  'Gives a person a role of a forum until the end of `ends_on`, 30 days after the forum when null, or changes its end. '
  'Sent twice, it changes nothing more. Callers: organizers. Refuses: forum_not_found, person_not_found, '
  'another_organizer_first, role_missing, person_suspended, needs_reader_of_government, role_end_past, role_end_late.';

-- From this moment on, also on a page that is open.
create function public.end_role(role_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  ended private.forum_roles;
begin
  select * into ended from private.forum_roles r where r.role_id = end_role.role_id for update;
  if not found then
    raise exception 'role_not_found' using errcode = 'PT404';
  elsif ended.ends_at <= now() then
    return;
  end if;
  -- A role that never counted before leaves no dates.
  delete from private.forum_roles r where r.role_id = ended.role_id and r.starts_at >= now();
  update private.forum_roles r set ends_at = now() where r.role_id = ended.role_id;
  perform private.log('end_role', ended.person_id, array[ended.role::text], ended.forum_id);
end
$$;
comment on function public.end_role is
  'Ends a role of a forum, one''s own too; a role that has ended stays as it is. Callers: organizers. Refuses: role_not_found.';

-- Roles are given from now until their end, so forums long over have none to give.
create function public.forum_roles_of(person_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return jsonb_build_object(
    'roles', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'role_id', r.role_id, 'role', r.role, 'starts_at', r.starts_at, 'ends_at', r.ends_at, 'time_zone', f.time_zone,
        'name_en', f.name_en, 'name_fr', f.name_fr) order by f.starts_on, f.forum_id, r.role), '[]')
      from private.forum_roles r join public.forums f using (forum_id)
      where r.person_id = forum_roles_of.person_id and r.ends_at > now()),
    'forums', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'forum_id', f.forum_id, 'name_en', f.name_en, 'name_fr', f.name_fr) order by f.starts_on, f.forum_id), '[]')
      from public.forums f where f.ends_on + 30 >= current_date and f.cancelled_at is null));
end
$$;
comment on function public.forum_roles_of is
  'The roles of forums that a person has now, and the forums that have roles to give: {roles, forums}. Callers: organizers.';

revoke execute on function public.name_role, public.end_role, public.forum_roles_of from public, anon;
grant execute on function public.name_role, public.end_role, public.forum_roles_of to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.forums_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('forum_roles', (
    select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('forum', f.slug) order by r.starts_at), '[]')
    from private.forum_roles r join public.forums f using (forum_id) where r.person_id = person))
$$;
comment on function private.forums_export is 'The roles of a person at forums.';

create function private.forums_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from private.forum_roles r where r.ends_at < now() - interval '12 months' returning 1
  )
  select jsonb_build_object('forum_roles', (select count(*) from gone))
$$;
comment on function private.forums_retention is 'Deletes roles of forums 12 months after their end.';

create function private.forums_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'forum_id', f.forum_id, 'slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr, 'starts_on', f.starts_on, 'ends_on', f.ends_on,
    'date_precision', f.date_precision, 'published', coalesce(f.published_at <= now(), false),
    'cancelled', f.cancelled_at is not null, 'archived', f.archived_at is not null, 'time_zone', f.time_zone,
    'place_en', f.place_en, 'place_fr', f.place_fr,
    'capacity_in_person', f.capacity_in_person, 'capacity_online', f.capacity_online,
    'registration_opens_at', f.registration_opens_at,
    'registration_closes_at', least(f.registration_closes_at, f.registration_closed_at)
  )
  from public.forums f where f.forum_id = forums_organize.forum_id
$$;
comment on function private.forums_organize is
  'For organizers: the names, dates, place and capacity of a forum; registration closes at its date, or earlier by hand.';

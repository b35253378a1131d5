-- Forums: the record of each meeting, past and to come.
--
-- A forum is a draft until `published_at`, then anyone reads it. Whether registration is open is
-- computed from its dates when read; no job opens or closes anything.

insert into private.domains values ('forums', 50);

create type public.format as enum ('in_person', 'online', 'hybrid');
create type public.qualifier as enum ('about', 'over');
-- How much of a date is known: of meetings before this site, sometimes the year alone.
create type public.date_precision as enum ('day', 'month', 'year');

create table public.forums (
  forum_id uuid primary key default gen_random_uuid(),
  slug text not null constraint forums_slug_once unique constraint forums_slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  name_en text not null constraint forums_name_en_length check (char_length(name_en) between 3 and 160),
  name_fr text not null constraint forums_name_fr_length check (char_length(name_fr) between 3 and 160),
  place_en text not null constraint forums_place_en_length check (char_length(place_en) <= 160),
  place_fr text not null constraint forums_place_fr_length check (char_length(place_fr) <= 160),
  city text constraint forums_city_length check (char_length(city) <= 80),
  province public.province,
  format public.format not null,
  time_zone text not null default 'America/Toronto',
  starts_on date not null,
  ends_on date not null,
  date_precision public.date_precision not null default 'day',
  beside_en text not null default '',
  beside_fr text not null default '',
  objectives_en text[] not null default '{}',
  objectives_fr text[] not null default '{}',
  territory_en text not null default '',
  territory_fr text not null default '',
  funder_en text not null default '',
  funder_fr text not null default '',
  participants integer constraint forums_participants_positive check (participants > 0),
  participants_qualifier public.qualifier,
  provinces public.province[] not null default '{}',
  sectors public.sector[] not null default '{}',
  capacity_in_person integer constraint forums_capacity_in_person_positive check (capacity_in_person >= 0),
  capacity_online integer constraint forums_capacity_online_positive check (capacity_online >= 0),
  registration_opens_at timestamptz,
  registration_closes_at timestamptz,
  published_at timestamptz,
  cancelled_at timestamptz,
  sample boolean not null default false,
  constraint forums_dates_in_order check (ends_on >= starts_on),
  constraint forums_with_sample unique (forum_id, sample),
  constraint forums_registration_needs_days check (date_precision = 'day' or registration_opens_at is null),
  constraint forums_registration_in_order check (registration_closes_at > registration_opens_at),
  constraint forums_objectives_in_pairs check (cardinality(objectives_en) = cardinality(objectives_fr)),
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
begin
  if forum.place_en = '' or forum.place_fr = '' or cardinality(forum.objectives_en) = 0 then
    raise exception 'forum_incomplete' using errcode = 'PT422';
  end if;
  update public.forums f set published_at = coalesce(f.published_at, now()) where f.forum_id = forum.forum_id;
  perform private.log('publish_forum', forum.forum_id);
  perform private.record_event('forum_published', 'forum', forum.forum_id);
end
$$;
comment on function public.publish_forum is
  'Opens the page of a forum to everyone. Sent twice, it keeps its first date. Callers: organizers. '
  'Refuses: forum_not_found, forum_incomplete.';
revoke execute on function public.publish_forum from public, anon;
grant execute on function public.publish_forum to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.forums_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'forum_id', f.forum_id, 'slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr, 'starts_on', f.starts_on, 'ends_on', f.ends_on,
    'date_precision', f.date_precision, 'published', coalesce(f.published_at <= now(), false),
    'cancelled', f.cancelled_at is not null, 'time_zone', f.time_zone,
    'place_en', f.place_en, 'place_fr', f.place_fr,
    'capacity_in_person', f.capacity_in_person, 'capacity_online', f.capacity_online,
    'registration_opens_at', f.registration_opens_at, 'registration_closes_at', f.registration_closes_at
  )
  from public.forums f where f.forum_id = forums_organize.forum_id
$$;
comment on function private.forums_organize is 'For organizers: the names, dates, place and capacity of a forum.';

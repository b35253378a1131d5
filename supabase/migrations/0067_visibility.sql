-- Visibility: who sees whom at a forum.
--
-- Nobody but organizers sees who is registered, until a person puts themselves on the list of participants. That list
-- is read by confirmed participants whom an organizer has approved, and a person may leave out government and police or
-- chosen sectors. Both tables about people are private and no policy opens them: the list is read through one function,
-- and the person sees through another how each sector sees them, by the same predicate. An organizer may switch the
-- list of a forum off, never somebody on. It closes 30 days after the forum, when its rows are deleted. Verbs of people
-- record no event: it would say who hides.

insert into private.domains values ('visibility', 67);

create type public.audience as enum ('nobody', 'participants', 'participants_except');

-- What the list shows as the key of an entry is its own: that of a registration would be known elsewhere.
create table private.visibility (
  registration_id uuid primary key references public.registrations on delete cascade,
  entry_id uuid not null default gen_random_uuid(),
  except_government boolean not null,
  except_sectors text[] not null,
  shows_organization boolean not null,
  shows_sector boolean not null,
  saved_at timestamptz not null default clock_timestamp()
);
comment on table private.visibility is
  'Who put themselves on the list of participants of a forum, for whom, and with what. Nobody without a row is on it.';
alter table private.visibility enable row level security;

-- Else somebody would read the whole list by choosing one sector after the other.
create table private.earlier_sectors (
  person_id uuid not null references public.people on delete cascade,
  sector text not null references public.sectors,
  left_at timestamptz not null default now(),
  primary key (person_id, sector)
);
comment on table private.earlier_sectors is
  'The sectors that people left by themselves: who left out one of these is still not shown to them.';
create index earlier_sectors_by_sector on private.earlier_sectors (sector);
alter table private.earlier_sectors enable row level security;

create table private.lists_off (
  forum_id uuid primary key references public.forums on delete cascade
);
comment on table private.lists_off is 'Forums without a list of participants, as an organizer decided.';
alter table private.lists_off enable row level security;

insert into private.personal_columns
select 'private.visibility', c, 'show people on the list of participants who want it',
  'confirmed participants whom the person did not leave out', '30 days after the forum',
  'visibility_retention; cancelling the registration or the forum; deleting the account'
from unnest(array['entry_id', 'registration_id', 'shows_organization', 'shows_sector']) c
union all
select 'private.visibility', c, 'show people on the list of participants who want it', 'the person',
  '30 days after the forum', 'visibility_retention; cancelling the registration or the forum; deleting the account'
from unnest(array['except_government', 'except_sectors', 'saved_at']) c
union all
select 'private.earlier_sectors', c, 'leave out of the list those whom a person left out', 'the person', '12 months',
  'visibility_retention; deleting the account'
from unnest(array['person_id', 'sector', 'left_at']) c;

-- Guards and helpers --------------------------------------------------------------------------

-- Decided when it is read, so that nothing depends on the daily deletion.
create function private.list_status(forum public.forums)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when forum.cancelled_at is not null or forum.published_at is null or forum.published_at > clock_timestamp()
      or (clock_timestamp() at time zone forum.time_zone)::date >= forum.ends_on + 30 then 'closed'
    when exists (select from private.lists_off o where o.forum_id = forum.forum_id) then 'off'
    else 'open' end
$$;
comment on function private.list_status is 'Whether the list of participants of a forum is open, off or closed.';

-- All that is known of a reader are sectors. Who says none could be of any, so one exclusion is enough.
create function private.may_see(sectors text[], entry private.visibility)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  if not entry.except_government and entry.except_sectors = '{}' then
    return true;
  end if;
  return not 'undisclosed' = any (sectors) and not sectors && entry.except_sectors
    and not (entry.except_government and exists (select from unnest(sectors) s(sector) where private.counts_as_government(s.sector)));
end
$$;
comment on function private.may_see is 'Whether an entry of the list is shown to a reader who says, or has said, these sectors.';

-- Everybody whom the list of a forum shows to at least somebody, and what it shows. The pages add `may_see`.
create function private.entries(forum public.forums)
returns table (entry private.visibility, person_id uuid, name text, organization_name text, sector text)
language sql
stable
set search_path = ''
as $$
  select v, p.person_id, coalesce(r.badge_name, r.name), case when v.shows_organization then r.organization_name end,
    case when v.shows_sector then r.sector end
  from public.registrations r
  join private.visibility v using (registration_id)
  join public.people p using (person_id)
  where r.forum_id = forum.forum_id and r.status = 'confirmed' and p.approved_at is not null and p.suspended_at is null
    and private.list_status(forum) = 'open'
$$;

create function private.audience_of(entry private.visibility)
returns public.audience
language sql
immutable
set search_path = ''
as $$
  select case when entry.entry_id is null then 'nobody'
    when entry.except_government or entry.except_sectors <> '{}' then 'participants_except'
    else 'participants' end::public.audience
$$;

-- However a registration ends, its entry goes: who takes the spot, or registers again, is hidden.
create function private.delete_visibility()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.visibility v where v.registration_id = old.registration_id;
  return null;
end
$$;
create trigger registrations_delete_visibility after update of status, person_id on public.registrations
  for each row when (new.status in ('refused', 'cancelled') or new.person_id <> old.person_id)
  execute function private.delete_visibility();

-- An organizer who corrects a sector says that the others were wrong.
create function private.note_earlier_sector()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if auth.uid() is distinct from new.person_id then
    delete from private.earlier_sectors e where e.person_id = new.person_id;
  elsif old.sector <> 'undisclosed' then
    insert into private.earlier_sectors (person_id, sector) values (old.person_id, old.sector)
    on conflict on constraint earlier_sectors_pkey do update set left_at = now();
  end if;
  return null;
end
$$;
create trigger people_note_earlier_sector after update of sector on public.people
  for each row when (new.sector is distinct from old.sector) execute function private.note_earlier_sector();

-- Reads -------------------------------------------------------------------------------------

-- A column of registrations that the API computes, so that their pages need no call for it.
create function public.visibility(public.registrations)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('audience', private.audience_of(v), 'list', private.list_status(f))
  from public.registrations r
  join public.forums f using (forum_id)
  left join private.visibility v using (registration_id)
  where r.registration_id = $1.registration_id and r.person_id = (select private.my_id())
$$;
comment on function public.visibility is
  'Column of registrations: {audience, list} with whom the person shows themselves to, and whether the list of participants '
  'is open, off or closed; null for others. Callers: the person.';

-- For organizers, where they switch it; others read the status of the list of their own forum.
create function public.participant_list(forum_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return not exists (select from private.lists_off o where o.forum_id = participant_list.forum_id);
end
$$;
comment on function public.participant_list is 'Whether organizers let a forum have a list of participants. Callers: organizers.';

-- The preview asks the predicate of the list, so that the two cannot disagree.
create function public.my_visibility(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums;
  mine public.registrations;
  entry private.visibility;
begin
  select * into forum from public.forums f where f.slug = my_visibility.slug and f.published_at <= now();
  select * into mine from public.registrations r
  where r.forum_id = forum.forum_id and r.person_id = me and r.status in ('pending', 'confirmed', 'waitlisted');
  if mine.registration_id is null then
    return null;
  end if;
  select * into entry from private.visibility v where v.registration_id = mine.registration_id;
  return jsonb_build_object(
    'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
      'ends_on', forum.ends_on),
    'list', private.list_status(forum),
    'confirmed', mine.status = 'confirmed',
    'appears', exists (select from private.entries(forum) e where e.person_id = me),
    'audience', private.audience_of(entry),
    'except_government', coalesce(entry.except_government, false),
    'except_sectors', coalesce(entry.except_sectors, '{}'),
    'shows_organization', coalesce(entry.shows_organization, false),
    'shows_sector', coalesce(entry.shows_sector, false),
    'name', coalesce(mine.badge_name, mine.name),
    'organization_name', mine.organization_name,
    'sector', mine.sector,
    'seen_by', (
      select coalesce(jsonb_agg(s.sector order by s.position), '[]') from public.sectors s
      where entry.entry_id is not null and private.may_see(array[s.sector], entry)));
end
$$;
comment on function public.my_visibility is
  'What the person who asks chose at a forum, what the list shows of them, whether they are on it now, and which sectors see '
  'them: {forum, list, confirmed, appears, audience, except_government, except_sectors, shows_organization, shows_sector, name, '
  'organization_name, sector, seen_by}; null without a registration. Callers: people.';

-- Counts, order and pages are those of the entries that this reader sees, and a key of another entry is the first page:
-- nothing says that somebody is left out.
create function public.participants(slug text, after uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums;
  reading text;
  said text[];
begin
  select * into forum from public.forums f where f.slug = participants.slug and f.published_at <= now();
  if not found then
    return null;
  end if;
  reading := case
    when not exists (
      select from public.registrations r where r.forum_id = forum.forum_id and r.person_id = me and r.status = 'confirmed'
    ) then 'not_confirmed'
    when not private.is_approved() then 'not_approved'
    else private.list_status(forum) end;
  said := array(
    select coalesce(p.sector, 'undisclosed') from public.people p where p.person_id = me
    union select e.sector from private.earlier_sectors e where e.person_id = me);
  return (
    with seen as materialized (
      select private.unaccented(e.name) as position, (e.entry).entry_id, e.name, e.organization_name, e.sector
      from private.entries(forum) e where reading = 'open' and private.may_see(said, e.entry)
    ), shown as (
      select s.*, row_number() over (order by s.position, s.entry_id) as place
      from seen s
      where not exists (select from seen l where l.entry_id = participants.after)
        or (s.position, s.entry_id) > (select l.position, l.entry_id from seen l where l.entry_id = participants.after)
      order by s.position, s.entry_id limit 101
    )
    select jsonb_build_object(
      'forum', jsonb_build_object('slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr, 'ends_on', forum.ends_on),
      'status', reading,
      'count', (select count(*) from seen),
      'people', coalesce(jsonb_agg(jsonb_build_object('entry_id', s.entry_id, 'name', s.name, 'organization_name', s.organization_name,
        'sector', s.sector) order by s.place) filter (where s.place <= 100), '[]'),
      'next', (select l.entry_id from shown l where l.place = 100 and exists (select from shown x where x.place = 101)))
    from shown s);
end
$$;
comment on function public.participants is
  'Up to 100 people by name who show themselves to the person who asks, after the entry `after`: {forum, status, count, people, '
  'next}. `status` is open, or why nobody is shown: not_confirmed, not_approved, off, closed; null without such a forum. '
  'Callers: people.';

-- Verbs -------------------------------------------------------------------------------------

-- Hiding is possible at any time. Choosing before there is a spot is as well; nothing is shown until then.
create function public.save_visibility(
  forum_id uuid, audience public.audience, except_government boolean default false, except_sectors text[] default '{}',
  shows_organization boolean default false, shows_sector boolean default false
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  mine public.registrations := private.must_be_registered(forum, me);
  chosen text[] := array(select distinct s from unnest(save_visibility.except_sectors) s where s is not null order by s);
  excludes boolean := coalesce(audience = 'participants_except', false);
  list text := private.list_status(forum);
begin
  if coalesce(audience, 'nobody') = 'nobody' then
    delete from private.visibility v where v.registration_id = mine.registration_id;
    return;
  elsif mine.status not in ('pending', 'confirmed', 'waitlisted') then
    raise exception 'not_registered' using errcode = 'PT404';
  elsif list = 'closed' then
    raise exception 'participant_list_closed' using errcode = 'PT409';
  elsif list = 'off' then
    raise exception 'participant_list_off' using errcode = 'PT409';
  elsif excludes and not coalesce(save_visibility.except_government, false) and chosen = '{}' then
    raise exception 'nobody_left_out' using errcode = 'PT422';
  elsif exists (select from unnest(chosen) c where not exists (select from public.sectors s where s.sector = c)) then
    raise exception 'sector_not_found' using errcode = 'PT404';
  end if;
  insert into private.visibility as v
    (registration_id, except_government, except_sectors, shows_organization, shows_sector)
  values (
    mine.registration_id, excludes and coalesce(save_visibility.except_government, false), case when excludes then chosen else '{}' end,
    coalesce(save_visibility.shows_organization, false), coalesce(save_visibility.shows_sector, false))
  on conflict on constraint visibility_pkey do update
  set except_government = excluded.except_government, except_sectors = excluded.except_sectors,
      shows_organization = excluded.shows_organization, shows_sector = excluded.shows_sector, saved_at = excluded.saved_at;
end
$$;
comment on function public.save_visibility is
  'Puts the person who asks on the list of participants of a forum, leaves chosen sectors out, or hides them. Sent twice, it '
  'changes nothing more. Callers: people. Refuses: forum_not_found, not_registered, participant_list_off, '
  'participant_list_closed, nobody_left_out, sector_not_found.';

-- What people chose stays, and counts again when the list is switched on.
create function public.set_participant_list(forum_id uuid, shown boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if shown then
    delete from private.lists_off o where o.forum_id = forum.forum_id;
  else
    insert into private.lists_off (forum_id) values (forum.forum_id) on conflict on constraint lists_off_pkey do nothing;
  end if;
  if not found then
    return;
  end if;
  perform private.log(case when shown then 'show_participant_list' else 'hide_participant_list' end, forum.forum_id);
  perform private.record_event('forum_participant_list_set', 'forum', forum.forum_id);
end
$$;
comment on function public.set_participant_list is
  'Lets a forum have a list of participants, or none; sent twice, it changes nothing more. Callers: organizers. Refuses: '
  'forum_not_found.';

revoke execute on function public.visibility, public.participant_list, public.my_visibility, public.participants,
  public.save_visibility, public.set_participant_list from public, anon, authenticated;
grant execute on function public.visibility, public.participant_list, public.my_visibility, public.participants,
  public.save_visibility, public.set_participant_list to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.visibility_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'visibility', (
      select coalesce(jsonb_agg(to_jsonb(v) || jsonb_build_object('forum', f.slug, 'audience', private.audience_of(v))
        order by v.saved_at), '[]')
      from private.visibility v join public.registrations r using (registration_id) join public.forums f using (forum_id)
      where r.person_id = person),
    'earlier_sectors', (
      select coalesce(jsonb_agg(to_jsonb(e) order by e.left_at, e.sector), '[]') from private.earlier_sectors e where e.person_id = person))
$$;
comment on function private.visibility_export is 'Where a person is on the list of participants, and the sectors that they left.';

create function private.visibility_cancel_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$
  delete from private.visibility v using public.registrations r
  where r.registration_id = v.registration_id and r.forum_id = visibility_cancel_forum.forum_id
$$;
comment on function private.visibility_cancel_forum is
  'Deletes the list of a forum that is cancelled: when it is reopened, everyone is hidden.';

create function private.visibility_clone_forum(source_id uuid, copy_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into private.lists_off (forum_id)
  select visibility_clone_forum.copy_id from private.lists_off o where o.forum_id = visibility_clone_forum.source_id
$$;
comment on function private.visibility_clone_forum is 'Copies that a forum has no list of participants; never a person.';

create function private.visibility_retention()
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  entries integer;
  sectors integer;
begin
  delete from private.visibility v using public.registrations r, public.forums f
  where r.registration_id = v.registration_id and f.forum_id = r.forum_id and private.list_status(f) = 'closed';
  get diagnostics entries = row_count;
  delete from private.earlier_sectors e where e.left_at < now() - interval '12 months';
  get diagnostics sectors = row_count;
  return jsonb_build_object('visibility', entries, 'earlier_sectors', sectors);
end
$$;
comment on function private.visibility_retention is
  'Deletes the lists of participants 30 days after their forums, and sectors left a year ago.';

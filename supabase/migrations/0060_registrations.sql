-- Registrations: who takes part in a forum, spots and waiting list.
--
-- The verb locks the forum's row, counts, and writes, so that two clicks, two tabs and twenty people who want
-- the last spot cannot get more than there is. A person sees their own registration, organizers see all;
-- there is no list of participants anywhere.

insert into private.domains values ('registrations', 60);

create type public.mode as enum ('in_person', 'online');
create type public.registration_status as enum ('confirmed', 'waitlisted', 'cancelled');

create table public.registrations (
  registration_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  mode public.mode not null,
  status public.registration_status not null,
  name text not null constraint registrations_name_length check (char_length(btrim(name)) between 1 and 80),
  language public.language not null,
  province public.province not null,
  sector public.sector not null,
  organization_name text constraint registrations_organization_name_length check (char_length(organization_name) <= 160),
  badge_name text constraint registrations_badge_name_length check (char_length(badge_name) <= 80),
  joined_at timestamptz not null default clock_timestamp(),
  confirmed_at timestamptz,
  constraint registrations_one_each unique (forum_id, person_id),
  constraint registrations_confirmed_has_moment check ((status = 'confirmed') = (confirmed_at is not null))
);
comment on table public.registrations is 'Who comes to which forum, and how. Seen by the person and by organizers.';
create index registrations_by_person on public.registrations (person_id);
create index registrations_in_line on public.registrations (forum_id, mode, status, joined_at, registration_id);
alter table public.registrations enable row level security;
grant select on public.registrations to authenticated;
create policy "People read their own registrations" on public.registrations
  for select to authenticated using (person_id = (select private.my_id()));
create policy "Organizers read registrations" on public.registrations
  for select to authenticated using ((select private.is_organizer()));

insert into private.personal_columns
select 'public.registrations', c, 'run the forum', 'the person, organizers', '12 months after the forum, then figures only',
  'delete_old_registrations; deleting the account'
from unnest(array['registration_id', 'forum_id', 'person_id', 'mode', 'status', 'name', 'language', 'province', 'sector',
  'organization_name', 'badge_name', 'joined_at', 'confirmed_at']) c;

create function private.spots_taken(forum_id uuid, mode public.mode)
returns bigint
language sql
stable
set search_path = ''
as $$
  select count(*) from public.registrations r
  where r.forum_id = spots_taken.forum_id and r.mode = spots_taken.mode and r.status = 'confirmed'
$$;

create function private.capacity(forum public.forums, mode public.mode)
returns integer
language sql
immutable
set search_path = ''
as $$ select case mode when 'in_person' then forum.capacity_in_person else forum.capacity_online end $$;

-- A column of forums that the API computes. In words, since exact numbers are for organizers.
create function public.spots_in_person(public.forums)
returns public.availability
language sql
stable
security definer
set search_path = ''
as $$
  select private.availability(private.spots_taken(f.forum_id, 'in_person'), f.capacity_in_person)
  from public.forums f where f.forum_id = $1.forum_id
$$;
comment on function public.spots_in_person is 'Column of forums: how full it is in person, in words. Callers: anyone.';

-- Online and in person are counted apart: one may be full and the other open.
create function public.spots_online(public.forums)
returns public.availability
language sql
stable
security definer
set search_path = ''
as $$
  select private.availability(private.spots_taken(f.forum_id, 'online'), f.capacity_online)
  from public.forums f where f.forum_id = $1.forum_id
$$;
comment on function public.spots_online is 'Column of forums: how full it is online, in words. Callers: anyone.';

-- Definer, since it counts rows of other people; so it answers the person and organizers only.
create function public.waitlist_position(public.registrations)
returns integer
language sql
stable
security definer
set search_path = ''
as $$
  select case when mine.status = 'waitlisted' then 1 + (
    select count(*) from public.registrations r
    where r.forum_id = mine.forum_id and r.mode = mine.mode and r.status = 'waitlisted'
      and (r.joined_at, r.registration_id) < (mine.joined_at, mine.registration_id)
  )::integer end
  from public.registrations mine
  where mine.registration_id = $1.registration_id
    and (mine.person_id = (select private.my_id()) or (select private.is_organizer()))
$$;
comment on function public.waitlist_position is
  'Column of registrations: the place on the waitlist, from 1; null for who does not wait. Callers: the '
  'person, organizers; null for others.';

revoke execute on function public.spots_in_person, public.spots_online, public.waitlist_position from public, anon, authenticated;
grant execute on function public.spots_in_person, public.spots_online to anon, authenticated;
grant execute on function public.waitlist_position to authenticated;

-- A changed sector counts from then on, at forums that are not over.
create function private.follow_sector()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.registrations r set sector = new.sector
  from public.forums f
  where f.forum_id = r.forum_id and f.ends_on >= current_date and r.person_id = new.person_id and new.sector is not null;
  return null;
end
$$;
create trigger registrations_follow_sector after update of sector on public.people
  for each row when (new.sector is distinct from old.sector) execute function private.follow_sector();

create function private.forum_facts(forum public.forums)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'forum_en', forum.name_en, 'forum_fr', forum.name_fr, 'slug', forum.slug,
    'starts_on', forum.starts_on, 'ends_on', forum.ends_on, 'city', forum.city, 'place_en', forum.place_en, 'place_fr', forum.place_fr
  )
$$;
comment on function private.forum_facts is 'What emails say of a forum.';

-- Gives free spots to those who waited longest, and says how many are left. Runs under the forum's lock.
create function private.fill_spots(forum public.forums, mode public.mode)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  free bigint := private.capacity(forum, mode) - private.spots_taken(forum.forum_id, mode);
  next_one record;
begin
  for next_one in
    select r.registration_id, r.person_id from public.registrations r
    where r.forum_id = forum.forum_id and r.mode = fill_spots.mode and r.status = 'waitlisted'
    order by r.joined_at, r.registration_id
    limit greatest(free, 0)
    for no key update
  loop
    update public.registrations set status = 'confirmed', confirmed_at = clock_timestamp()
    where registration_id = next_one.registration_id;
    perform private.queue_email_to(next_one.person_id, 'spot_given', private.forum_facts(forum) || jsonb_build_object('mode', mode));
    -- Without actor: it would say whose spot it was.
    perform private.record_event('spot_given', 'registration', next_one.registration_id, actor_id => null);
    free := free - 1;
  end loop;
  return free;
end
$$;

-- All that frees a spot calls this, so that it goes to those who wait. The caller has locked the forum and
-- passes the registration as it was before.
create function private.release_spot(registration public.registrations)
returns void
language plpgsql
set search_path = ''
as $$
declare
  forum public.forums;
begin
  select * into forum from public.forums f where f.forum_id = registration.forum_id for no key update;
  update public.registrations r set status = 'cancelled', confirmed_at = null
  where r.registration_id = registration.registration_id;
  if registration.status = 'confirmed' and forum.ends_on >= current_date and forum.cancelled_at is null then
    perform private.fill_spots(forum, registration.mode);
  end if;
end
$$;
comment on function private.release_spot is 'Cancels a registration and gives its spot to the person who has waited longest.';

-- Verbs -------------------------------------------------------------------------------------

-- Idempotent: somebody registered gets the answer `already`, and nothing changes. The lock on the forum gives
-- the last spot to one of two who ask at the same moment.
create function public.register(
  forum_id uuid, mode public.mode, name text, language public.language, province public.province, sector public.sector,
  organization_name text, discreet boolean, badge_name text default null, answers jsonb default '{}'
)
returns table (outcome text, waitlist_position integer)
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_signed_in();
  forum public.forums;
  mine public.registrations;
  fits boolean;
begin
  forum := private.must_find_forum(register.forum_id);
  select * into mine from public.registrations r where r.forum_id = forum.forum_id and r.person_id = me;
  if mine.status in ('confirmed', 'waitlisted') then
    return query select 'already', public.waitlist_position(mine);
    return;
  end if;
  if forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  elsif forum.registration_opens_at is null or forum.registration_opens_at > now() then
    raise exception 'registration_not_open' using errcode = 'PT409',
      detail = jsonb_build_object('at', forum.registration_opens_at, 'zone', forum.time_zone)::text;
  elsif forum.registration_closes_at <= now() then
    raise exception 'registration_closed' using errcode = 'PT409',
      detail = jsonb_build_object('at', forum.registration_closes_at, 'zone', forum.time_zone)::text;
  elsif coalesce(private.capacity(forum, register.mode), 0) = 0 then
    raise exception 'mode_not_offered' using errcode = 'PT422';
  elsif register.province is null or register.sector is null or register.language is null then
    raise exception 'registration_incomplete' using errcode = 'PT422';
  end if;

  perform private.save_person(me, register.name, register.language, register.province, register.sector, register.organization_name);
  -- Before the email is queued, which reads it.
  perform private.save_discreet(me, coalesce(register.discreet, false));
  -- Those who wait come first, however a spot got free: more room, or a change by hand.
  fits := private.fill_spots(forum, register.mode) > 0;

  insert into public.registrations as r
    (forum_id, person_id, mode, status, name, language, province, sector, organization_name, badge_name, joined_at, confirmed_at)
  values
    (forum.forum_id, me, register.mode, case when fits then 'confirmed' else 'waitlisted' end::public.registration_status,
     private.one_line(register.name), register.language, register.province, register.sector,
     nullif(private.one_line(register.organization_name), ''), nullif(private.one_line(register.badge_name), ''),
     clock_timestamp(), case when fits then clock_timestamp() end)
  on conflict on constraint registrations_one_each do update
  set mode = excluded.mode, status = excluded.status, name = excluded.name, language = excluded.language,
      province = excluded.province, sector = excluded.sector, organization_name = excluded.organization_name,
      badge_name = excluded.badge_name, joined_at = excluded.joined_at, confirmed_at = excluded.confirmed_at
  returning * into mine;
  perform private.save_answers(forum.forum_id, me, register.answers);

  perform private.queue_email_to(me, case when fits then 'registration_confirmed' else 'registration_waitlisted' end,
    private.forum_facts(forum) || jsonb_build_object('mode', register.mode, 'waitlist_position', public.waitlist_position(mine)));
  perform private.record_event('registration_' || mine.status, 'registration', mine.registration_id);
  return query select mine.status::text, public.waitlist_position(mine);
end
$$;
comment on function public.register is
  'Registers the person who asks, saves their profile and their answers: {outcome, waitlist_position}. `outcome` is '
  'confirmed, waitlisted or already; a refusal says that registration is not open. Callers: signed in, '
  'with or without a profile. Refuses: account_suspended, forum_not_found, forum_cancelled, '
  'registration_not_open, registration_closed, mode_not_offered, registration_incomplete, '
  'sector_needs_organizer, answers_unknown, answers_missing, answers_text_length.';

-- Never refused to somebody registered, also after closing. A trigger of sessions deletes the signups when
-- the status changes.
create function public.cancel_registration(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  before public.registrations;
begin
  select * into before from public.registrations r
  where r.forum_id = forum.forum_id and r.person_id = me for no key update;
  if before.registration_id is null then
    raise exception 'not_registered' using errcode = 'PT404';
  elsif before.status = 'cancelled' then
    return;
  end if;
  perform private.queue_email_to(me, 'registration_cancelled', private.forum_facts(forum));
  perform private.record_event('registration_cancelled', 'registration', before.registration_id);
  perform private.release_spot(before);
end
$$;
comment on function public.cancel_registration is
  'Cancels the registration of the person who asks; the spot goes to the person who has waited longest. '
  'Sent twice, it changes nothing more. Callers: people. Refuses: forum_not_found, not_registered.';

-- What other domains gather ------------------------------------------------------------------

create function private.registrations_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('registrations', (
    select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('forum', f.slug) order by r.joined_at), '[]')
    from public.registrations r join public.forums f using (forum_id) where r.person_id = person))
$$;
comment on function private.registrations_export is 'The registrations of a person.';

-- In the order in which every verb locks: forums, the person, registrations.
create function private.registrations_suspend(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  registration public.registrations;
begin
  perform from public.forums f join public.registrations r using (forum_id)
  where r.person_id = person order by f.forum_id for no key update of f;
  perform from public.people p where p.person_id = person for update;
  for registration in select r.* from public.registrations r where r.person_id = person order by r.forum_id loop
    perform private.release_spot(registration);
  end loop;
end
$$;
comment on function private.registrations_suspend is 'Cancels the registrations of a person; their spots go to those who wait.';

create function private.registrations_delete(person uuid)
returns void
language sql
set search_path = ''
as $$
  select private.registrations_suspend(person);
  delete from public.registrations r where r.person_id = person;
$$;
comment on function private.registrations_delete is 'Deletes a person''s registrations; their spots go to those who wait.';

-- A forum that was saved: nobody who is confirmed loses a spot, and more room goes to those who wait.
create function private.registrations_save_forum(forum_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  forum public.forums;
  in_person bigint := private.spots_taken(forum_id, 'in_person');
  online bigint := private.spots_taken(forum_id, 'online');
begin
  select * into forum from public.forums f where f.forum_id = registrations_save_forum.forum_id;
  if in_person > coalesce(forum.capacity_in_person, 0) then
    raise exception 'capacity_in_person_below_confirmed' using errcode = 'PT409', detail = jsonb_build_object('count', in_person)::text;
  elsif online > coalesce(forum.capacity_online, 0) then
    raise exception 'capacity_online_below_confirmed' using errcode = 'PT409', detail = jsonb_build_object('count', online)::text;
  end if;
  if forum.cancelled_at is null and forum.ends_on >= current_date then
    perform private.fill_spots(forum, 'in_person');
    perform private.fill_spots(forum, 'online');
  end if;
end
$$;
comment on function private.registrations_save_forum is
  'Refuses a capacity below the number of people confirmed; gives free spots to those who wait.';

create function private.registrations_unpublish_forum(forum_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.registrations r
    where r.forum_id = registrations_unpublish_forum.forum_id and r.status in ('confirmed', 'waitlisted')
  ) then
    raise exception 'forum_has_registrations' using errcode = 'PT409';
  end if;
end
$$;
comment on function private.registrations_unpublish_forum is 'Refuses to hide a forum for which somebody is registered or waits.';

create function private.registrations_cancel_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$
  select private.queue_email_to(r.person_id, 'forum_cancelled', private.forum_facts(f))
  from public.registrations r join public.forums f using (forum_id)
  where r.forum_id = registrations_cancel_forum.forum_id and r.status in ('confirmed', 'waitlisted')
  order by r.registration_id
$$;
comment on function private.registrations_cancel_forum is 'Emails everyone who is registered or waits that the forum is cancelled.';

create function private.registrations_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'in_person', count(*) filter (where r.status = 'confirmed' and r.mode = 'in_person'),
    'online', count(*) filter (where r.status = 'confirmed' and r.mode = 'online'),
    'confirmed', count(*) filter (where r.status = 'confirmed'),
    'waitlisted', count(*) filter (where r.status = 'waitlisted'),
    'provinces', (
      select coalesce(jsonb_object_agg(p.province, p.people), '{}') from (
        select c.province, count(*) as people from public.registrations c
        where c.forum_id = registrations_organize.forum_id and c.status = 'confirmed' group by c.province) p)
  )
  from public.registrations r where r.forum_id = registrations_organize.forum_id
$$;
comment on function private.registrations_organize is 'For organizers: how many are confirmed or wait, in which way, and from where.';

-- Twelve months after a forum only its figures remain: people in tens with a qualifier, and the
-- provinces and sectors that five or more came from. Idempotent; `delete_old_data` runs it with the others.
create function public.delete_old_registrations()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum record;
  deleted integer := 0;
begin
  for forum in
    select f.forum_id from public.forums f
    where f.ends_on < current_date - interval '12 months'
      and exists (select from public.registrations r where r.forum_id = f.forum_id)
    order by f.forum_id for no key update
  loop
    with came as (
      select r.province, r.sector from public.registrations r where r.forum_id = forum.forum_id and r.status = 'confirmed'
    ), figures as (
      select (count(*) / 10 * 10)::integer as people,
             array(select c.province from came c group by c.province having count(*) >= 5 order by 1) as provinces,
             array(select c.sector from came c group by c.sector having count(*) >= 5 order by 1) as sectors
      from came
    )
    update public.forums f
    set participants = coalesce(f.participants, nullif(g.people, 0)),
        participants_qualifier = coalesce(f.participants_qualifier, case when g.people > 0 then 'over' end::public.qualifier),
        provinces = case when f.provinces = '{}' then g.provinces else f.provinces end,
        sectors = case when f.sectors = '{}' then g.sectors else f.sectors end
    from figures g where f.forum_id = forum.forum_id;
    delete from public.registrations r where r.forum_id = forum.forum_id;
    deleted := deleted + 1;
  end loop;
  return deleted;
end
$$;
comment on function public.delete_old_registrations is
  'Deletes the registrations of forums that ended 12 months ago; their figures stay. Gives how many '
  'forums. Callers: the site (secret key).';

create function private.registrations_retention()
returns jsonb
language sql
set search_path = ''
as $$
  select jsonb_build_object('registrations', public.delete_old_registrations())
$$;
comment on function private.registrations_retention is 'Deletes the registrations of forums over for 12 months; how many forums.';

revoke execute on function public.delete_old_registrations from public, anon, authenticated;
grant execute on function public.delete_old_registrations to service_role;
revoke execute on function public.register, public.cancel_registration from public, anon;
grant execute on function public.register, public.cancel_registration to authenticated;

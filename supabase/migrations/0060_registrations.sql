-- Registrations: who takes part in a forum, spots, the waitlist and what is offered to those who wait.
--
--   register ──> confirmed ──> cancelled <── (person, organizer, suspension, deletion, hand-over)
--      │  │          ^  ^
--      │  │  accept  │  └── approved, with room
--      │  └─> waitlisted <── approved, without room
--      └────> pending ──> refused
--
-- The verb locks the forum's row, counts, and writes, so that two clicks, two tabs and twenty people who want
-- the last spot cannot get more than there is. A spot that comes free is offered to the person who has waited
-- longest, until a deadline that is decided when it is read; a live offer counts as taken. A person sees their own
-- registration, organizers see all; others see who puts themselves on the list of participants (visibility).

insert into private.domains values ('registrations', 60);

create type public.mode as enum ('in_person', 'online');
create type public.registration_status as enum ('pending', 'confirmed', 'waitlisted', 'refused', 'cancelled');
-- Whose registration an organizer has to approve: of nobody, of people who were never approved, of everyone.
create type public.approval as enum ('none', 'new', 'all');

create table public.registrations (
  registration_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  mode public.mode not null,
  status public.registration_status not null,
  name text not null constraint registrations_name_length check (char_length(btrim(name)) between 1 and 80),
  language public.language not null,
  province public.province not null,
  sector text not null references public.sectors,
  organization_name text constraint registrations_organization_name_length check (char_length(organization_name) <= 160),
  badge_name text constraint registrations_badge_name_length check (char_length(badge_name) <= 80),
  joined_at timestamptz not null default clock_timestamp(),
  -- The order of the line: as they came, unless an organizer moved somebody.
  queued_at timestamptz not null default clock_timestamp(),
  confirmed_at timestamptz,
  -- A spot beyond the capacity, which an organizer gave with a reason; it is not counted as one of the others.
  over_capacity boolean not null default false,
  -- Since when an offer has gone without an answer: no other is made until the person says that they still wait.
  silent_since timestamptz,
  -- The number of the last version of the entry in the person's calendar.
  calendar_sequence integer not null default 0,
  constraint registrations_one_each unique (forum_id, person_id),
  constraint registrations_confirmed_has_moment check ((status = 'confirmed') = (confirmed_at is not null)),
  constraint registrations_over_capacity_confirmed check (not over_capacity or status = 'confirmed')
);
comment on table public.registrations is 'Who comes to which forum, and how. Seen by the person and by organizers.';
create index registrations_by_person on public.registrations (person_id);
create index registrations_by_sector on public.registrations (sector);
create index registrations_in_line on public.registrations (forum_id, mode, status, queued_at, registration_id);
create index registrations_to_approve on public.registrations (forum_id) where status = 'pending';
create index registrations_by_name on public.registrations (forum_id, private.unaccented(name), registration_id);
alter table public.registrations enable row level security;
grant select on public.registrations to authenticated;
create policy "People read their own registrations" on public.registrations
  for select to authenticated using (person_id = (select private.my_id()));
create policy "Organizers read registrations" on public.registrations
  for select to authenticated using ((select private.is_organizer()));

-- How a forum takes people in. A forum without a row has the defaults.
create table private.registration_rules (
  forum_id uuid primary key references public.forums on delete cascade,
  approval public.approval not null default 'none',
  offer_hours integer not null default 48 constraint registration_rules_offer_hours_range check (offer_hours between 1 and 240)
);
comment on table private.registration_rules is 'Whether an organizer approves registrations, and how many hours an offer lasts.';
alter table private.registration_rules enable row level security;

-- Somebody fills one reserve at most, the oldest that fits; people who are confirmed already keep their spots.
create table private.reserves (
  reserve_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  mode public.mode not null,
  spots integer not null constraint reserves_spots_range check (spots between 1 and 5000),
  provinces public.province[] not null default '{}',
  sectors text[] not null default '{}',
  releases_at timestamptz not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint reserves_for_somebody check (provinces <> '{}' or sectors <> '{}')
);
comment on table private.reserves is 'Spots for people of some provinces and sectors, until they are released to all.';
create index reserves_by_forum on private.reserves (forum_id, mode);
alter table private.reserves enable row level security;

-- Before the last call an offer holds its spot; a last call goes to all who wait and holds none.
create table private.offers (
  offer_id uuid primary key default gen_random_uuid(),
  registration_id uuid not null references public.registrations on delete cascade,
  forum_id uuid not null references public.forums on delete cascade,
  mode public.mode not null,
  last_call boolean not null default false,
  made_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
comment on table private.offers is 'Spots offered to people who wait, each until a deadline; one open offer a registration.';
create unique index offers_one_open on private.offers (registration_id) where ended_at is null;
create index offers_by_forum on private.offers (forum_id, mode);
create index offers_by_registration on private.offers (registration_id);
alter table private.offers enable row level security;

-- An address that may register without approval, before or after the dates too, once. A hand-over is one that
-- takes the spot of a registration.
create table private.invitations (
  invitation_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  email text not null constraint invitations_email_lower check (email = lower(email)),
  mode public.mode not null,
  holds_spot boolean not null default false,
  from_registration_id uuid references public.registrations on delete cascade,
  made_by uuid references public.people on delete set null,
  made_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  used boolean not null default false,
  constraint invitations_used_ends check (not used or ended_at is not null)
);
comment on table private.invitations is 'Addresses that may register for a forum once: invited by organizers, or by a hand-over.';
create unique index invitations_one_open on private.invitations (forum_id, email)
  where ended_at is null and from_registration_id is null;
create index invitations_by_address on private.invitations (email) where ended_at is null;
create unique index invitations_one_hand_over on private.invitations (from_registration_id) where ended_at is null;
create index invitations_by_forum on private.invitations (forum_id, mode);
create index invitations_by_maker on private.invitations (made_by);
create index invitations_from on private.invitations (from_registration_id);
alter table private.invitations enable row level security;

-- Each decision with its reason, so that "why not me" has an answer.
create table private.registration_history (
  entry_id bigint generated always as identity primary key,
  registration_id uuid not null references public.registrations on delete cascade,
  at timestamptz not null default clock_timestamp(),
  act text not null constraint registration_history_act_shape check (act ~ '^[a-z]+(_[a-z]+)*$'),
  actor_id uuid references public.people on delete set null,
  reason text constraint registration_history_reason_length check (char_length(reason) between 3 and 500),
  facts jsonb not null default '{}'
);
comment on table private.registration_history is 'What happened to a registration: when, by whom, why.';
create index registration_history_by_registration on private.registration_history (registration_id, entry_id);
create index registration_history_by_actor on private.registration_history (actor_id);
alter table private.registration_history enable row level security;

-- Not for the number of a calendar entry, which no page shows.
create trigger live_follow_registrations
  after insert or delete or update of mode, status, name, language, province, sector, organization_name, badge_name, queued_at,
    over_capacity, silent_since
  on public.registrations for each row execute function private.note_change();
create trigger live_follow_offers after insert or update on private.offers for each row execute function private.note_change();
create trigger live_follow_invitations after insert or update on private.invitations
  for each row execute function private.note_change();
create trigger live_follow_reserves after insert or update or delete on private.reserves
  for each row execute function private.note_change();

insert into private.personal_columns
select t, c, 'run the forum', 'the person, organizers', '12 months after the forum, then figures only',
  'delete_old_registrations; deleting the account'
from (values
  ('public.registrations', array['registration_id', 'forum_id', 'person_id', 'mode', 'status', 'name', 'language', 'province',
    'sector', 'organization_name', 'badge_name', 'joined_at', 'queued_at', 'confirmed_at', 'over_capacity', 'silent_since',
    'calendar_sequence']),
  ('private.offers', array['registration_id']),
  ('private.registration_history', array['registration_id', 'actor_id', 'reason', 'facts'])
) v(t, columns), unnest(v.columns) c
union all
select 'private.invitations', c, 'let an address register', 'organizers', '30 days after the invitation ends',
  'registrations_retention; deleting the account'
from unnest(array['email', 'from_registration_id', 'made_by']) c;

create function private.spots_taken(forum_id uuid, mode public.mode)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select count(*) from public.registrations r
    where r.forum_id = spots_taken.forum_id and r.mode = spots_taken.mode and r.status = 'confirmed' and not r.over_capacity
  ) + (
    select count(*) from private.offers o
    where o.forum_id = spots_taken.forum_id and o.mode = spots_taken.mode and o.ended_at is null and not o.last_call
      and o.expires_at > clock_timestamp()
  ) + (
    select count(*) from private.invitations i
    where i.forum_id = spots_taken.forum_id and i.mode = spots_taken.mode and i.ended_at is null and i.holds_spot
      and i.expires_at > clock_timestamp()
  );
end
$$;
comment on function private.spots_taken is 'Confirmed people, live offers, and invitations that hold a spot.';

create function private.capacity(forum public.forums, mode public.mode)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case mode when 'in_person' then forum.capacity_in_person else forum.capacity_online end;
end
$$;

-- Noon of the day before a forum. From an hour before it on, nothing is held or reserved for anybody.
create function private.last_call_at(forum public.forums)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (forum.starts_on::timestamp - interval '12 hours') at time zone forum.time_zone;
end
$$;

create function private.open_reserves(forum public.forums)
returns setof private.reserves
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select v.* from private.reserves v
  where v.forum_id = forum.forum_id and clock_timestamp() < least(v.releases_at, private.last_call_at(forum) - interval '1 hour');
end
$$;
comment on function private.open_reserves is 'The reserves of a forum that are not released.';

-- The oldest that fits: a registration fills one reserve, whatever others it would fit.
create function private.reserve_of(forum public.forums, mode public.mode, province public.province, sector text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select v.reserve_id from private.open_reserves(forum) v
  where v.mode = reserve_of.mode
    and (v.provinces = '{}' or reserve_of.province = any (v.provinces)) and (v.sectors = '{}' or reserve_of.sector = any (v.sectors))
  order by v.made_at, v.reserve_id limit 1
$$;
comment on function private.reserve_of is 'The reserve that somebody of this province and sector fills, or null.';

create function private.reserve_filled(forum public.forums, reserve private.reserves)
returns bigint
language sql
stable
set search_path = ''
as $$
  select count(*) from public.registrations r
  where r.forum_id = reserve.forum_id and r.mode = reserve.mode
    and (r.status = 'confirmed' and not r.over_capacity or r.status = 'waitlisted' and exists (
      select from private.offers o
      where o.registration_id = r.registration_id and o.ended_at is null and not o.last_call and o.expires_at > clock_timestamp()))
    and private.reserve_of(forum, r.mode, r.province, r.sector) = reserve.reserve_id
$$;
comment on function private.reserve_filled is 'How many people who fill this reserve are confirmed or have a live offer.';

create function private.reserved_for_others(forum public.forums, mode public.mode, province public.province, sector text)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(greatest(v.spots - private.reserve_filled(forum, v), 0)), 0)
    from private.open_reserves(forum) v
    where v.mode = reserved_for_others.mode
      and v.reserve_id is distinct from private.reserve_of(forum, reserved_for_others.mode, province, sector));
end
$$;
comment on function private.reserved_for_others is
  'Spots that nobody has taken yet and that somebody of this province and sector cannot take. Both null: anybody.';

-- A column of forums that the API computes. In words, since exact numbers are for organizers.
create function public.spots_in_person(public.forums)
returns public.availability
language sql
stable
security definer
set search_path = ''
as $$
  select private.availability(
    private.spots_taken(f.forum_id, 'in_person') + private.reserved_for_others(f, 'in_person', null, null), f.capacity_in_person)
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
  select private.availability(
    private.spots_taken(f.forum_id, 'online') + private.reserved_for_others(f, 'online', null, null), f.capacity_online)
  from public.forums f where f.forum_id = $1.forum_id
$$;
comment on function public.spots_online is 'Column of forums: how full it is online, in words. Callers: anyone.';

-- Definer, since it counts rows of other people; so it answers the person and organizers only.
create function public.waitlist_position(public.registrations)
returns integer
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select case when mine.status = 'waitlisted' then 1 + (
      select count(*) from public.registrations r
      where r.forum_id = mine.forum_id and r.mode = mine.mode and r.status = 'waitlisted' and r.silent_since is null
        and (r.queued_at, r.registration_id) < (mine.queued_at, mine.registration_id)
    )::integer end
    from public.registrations mine
    where mine.registration_id = $1.registration_id
      and (mine.person_id = (select private.my_id()) or (select private.is_organizer())));
end
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
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'forum_en', forum.name_en, 'forum_fr', forum.name_fr, 'slug', forum.slug,
    'starts_on', forum.starts_on, 'ends_on', forum.ends_on, 'city', forum.city, 'place_en', forum.place_en, 'place_fr', forum.place_fr
  );
end
$$;
comment on function private.forum_facts is 'What emails say of a forum.';

create function private.rules_of(forum_id uuid)
returns private.registration_rules
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (select r from private.registration_rules r where r.forum_id = rules_of.forum_id),
    row(rules_of.forum_id, 'none', 48)::private.registration_rules);
end
$$;
comment on function private.rules_of is 'How a forum takes people in.';

-- A column of forums that the API computes: who registers wants to know it before.
create function public.approval(public.forums)
returns public.approval
language sql
stable
security definer
set search_path = ''
as $$ select (private.rules_of($1.forum_id)).approval $$;
comment on function public.approval is 'Column of forums: whose registration an organizer approves. Callers: anyone.';

create function private.note_registration(
  registration_id uuid, act text, reason text default null, facts jsonb default '{}', actor_id uuid default auth.uid()
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.registration_history (registration_id, act, reason, facts, actor_id)
  values (note_registration.registration_id, note_registration.act, nullif(btrim(note_registration.reason), ''),
    note_registration.facts, (select p.person_id from public.people p where p.person_id = note_registration.actor_id));
end
$$;
comment on function private.note_registration is 'Writes what happened to a registration, in the transaction of the act itself.';

-- The number rises each time, also when somebody registers again: calendars ignore what is older than they know.
create function private.calendar_facts(registration_id uuid, method text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  sequence integer;
begin
  if method is null then
    return null;
  end if;
  update public.registrations r set calendar_sequence = r.calendar_sequence + 1
  where r.registration_id = calendar_facts.registration_id
  returning r.calendar_sequence into sequence;
  return jsonb_build_object('calendar', method, 'calendar_sequence', sequence);
end
$$;
comment on function private.calendar_facts is
  'Gives the entry in the person''s calendar its next number, for an email that makes or cancels it; null without a method.';

-- What the person of a registration is written about it; `more` adds to the facts of the forum.
create function private.email_registration(
  registration public.registrations, forum public.forums, kind text, more jsonb default '{}',
  good_for interval default interval '5 days', delay interval default interval '0'
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.queue_email_to(registration.person_id, kind,
    private.forum_facts(forum) || jsonb_build_object('mode', registration.mode, 'registration_id', registration.registration_id)
      || coalesce(private.calendar_facts(registration.registration_id, case
        when kind = 'registration_confirmed' or kind = 'forum_reopened' and registration.status = 'confirmed' then 'REQUEST'
        when registration.status = 'confirmed'
          and kind in ('registration_cancelled', 'registration_cancelled_by_organizer', 'handed_over', 'forum_cancelled') then 'CANCEL'
      end), '{}') || more, good_for, delay);
end
$$;

create function private.confirm_registration(registration public.registrations, over_capacity boolean default false)
returns public.registrations
language sql
set search_path = ''
as $$
  update private.offers o set ended_at = clock_timestamp()
  where o.registration_id = registration.registration_id and o.ended_at is null;
  update public.registrations r
  set status = 'confirmed', confirmed_at = clock_timestamp(), over_capacity = confirm_registration.over_capacity, silent_since = null
  where r.registration_id = registration.registration_id
  returning r.*
$$;
comment on function private.confirm_registration is 'Gives a registration its spot. The caller has locked the forum and counted.';

-- A column of forums that the API computes: who reads that a forum is full asks whether that is so for everybody.
create function public.reserves(public.forums)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('mode', v.mode, 'provinces', v.provinces, 'sectors', v.sectors, 'releases_at', v.releases_at)
    order by v.made_at), '[]')
  from public.forums f, private.open_reserves(f) v where f.forum_id = $1.forum_id
$$;
comment on function public.reserves is
  'Column of forums: [{mode, provinces, sectors, releases_at}] of the reserves that are not released. Callers: signed in.';

-- Gives free spots to those who waited longest, and says how many are left for a newcomer of a province and sector.
-- Runs under the forum's lock; the clock is read after it, since now() is from before the wait.
create function private.offer_spots(
  forum public.forums, mode public.mode, province public.province default null, sector text default null
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  at timestamptz := clock_timestamp();
  last_call timestamptz := private.last_call_at(forum);
  calls_all boolean := at >= last_call - interval '1 hour';
  until timestamptz := case when calls_all then forum.starts_on::timestamp at time zone forum.time_zone + interval '1 day'
    else least(at + make_interval(hours => (private.rules_of(forum.forum_id)).offer_hours), last_call) end;
  free bigint;
  waiting public.registrations;
  waits boolean := false;
  reserves boolean := exists (select from private.open_reserves(forum) v where v.mode = offer_spots.mode);
  fills uuid;
  -- Reserves, and the forum for people who fill none, whose spots are gone: each offer leaves fewer, never more.
  without uuid[] := '{}';
begin
  if not private.takes_place(forum) then
    return 0;
  end if;
  -- Late: the next person is offered the spot, and this one is asked whether they still wait.
  for waiting in
    with late as (
      update private.offers o set ended_at = at
      where o.forum_id = forum.forum_id and o.mode = offer_spots.mode and o.ended_at is null and o.expires_at <= at
      returning o.registration_id, o.last_call
    )
    update public.registrations r set silent_since = at from late
    where r.registration_id = late.registration_id and not late.last_call returning r.*
  loop
    perform private.note_registration(waiting.registration_id, 'offer_expired', actor_id => null);
    perform private.email_registration(waiting, forum, 'offer_expired');
  end loop;

  free := private.capacity(forum, mode) - private.spots_taken(forum.forum_id, mode);
  if free <= 0 then
    return free;
  end if;
  for waiting in
    select r.* from public.registrations r
    where r.forum_id = forum.forum_id and r.mode = offer_spots.mode and r.status = 'waitlisted' and r.silent_since is null
      and (calls_all or not exists (select from private.offers o where o.registration_id = r.registration_id and o.ended_at is null))
    order by r.queued_at, r.registration_id
    limit case when calls_all or reserves then null else free end
    for no key update
  loop
    waits := true;
    if reserves then
      exit when free <= 0;
      fills := coalesce(private.reserve_of(forum, mode, waiting.province, waiting.sector), forum.forum_id);
      continue when fills = any (without);
      if free <= private.reserved_for_others(forum, mode, waiting.province, waiting.sector) then
        without := without || fills;
        continue;
      end if;
    end if;
    insert into private.offers (registration_id, forum_id, mode, last_call, expires_at)
    values (waiting.registration_id, forum.forum_id, offer_spots.mode, calls_all, until)
    on conflict (registration_id) where ended_at is null do nothing;
    if found then
      perform private.email_registration(waiting, forum, case when calls_all then 'last_call' else 'spot_offered' end,
        jsonb_build_object('until', until, 'zone', forum.time_zone));
      perform private.note_registration(waiting.registration_id, case when calls_all then 'called' else 'offered' end,
        facts => jsonb_build_object('until', until), actor_id => null);
      -- Without actor: it would say whose spot it was.
      perform private.record_event('spot_offered', 'registration', waiting.registration_id, actor_id => null);
      free := free - 1;
    end if;
  end loop;
  return case when calls_all and waits then 0
    else free - private.reserved_for_others(forum, mode, province, sector) end;
end
$$;
comment on function private.offer_spots is
  'Ends offers that are late, offers free spots to those who wait, and says how many are left for a newcomer of this '
  'province and sector.';

-- All that frees a spot calls this, so that it is offered to those who wait. The caller has locked the forum and
-- passes the registration as it was before.
create function private.release_spot(registration public.registrations, status public.registration_status default 'cancelled')
returns void
language plpgsql
set search_path = ''
as $$
declare
  forum public.forums;
begin
  select * into forum from public.forums f where f.forum_id = registration.forum_id for no key update;
  update private.offers o set ended_at = clock_timestamp()
  where o.registration_id = registration.registration_id and o.ended_at is null;
  update private.invitations i set ended_at = clock_timestamp()
  where i.from_registration_id = registration.registration_id and i.ended_at is null;
  update public.registrations r set status = release_spot.status, confirmed_at = null, over_capacity = false, silent_since = null
  where r.registration_id = registration.registration_id;
  if registration.status in ('confirmed', 'waitlisted') then
    perform private.offer_spots(forum, registration.mode);
  end if;
end
$$;
comment on function private.release_spot is 'Ends a registration; its spot is offered to the person who has waited longest.';

create function private.needs_approval(forum_id uuid, person uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return case (private.rules_of(forum_id)).approval
    when 'none' then false
    when 'new' then not exists (select from public.people p where p.person_id = person and p.approved_at is not null)
    else true end;
end
$$;
comment on function private.needs_approval is 'Whether an organizer approves the registration of this person before it counts.';

-- The invitation of the account that asks. Its address is confirmed, or there would be no session.
create function private.my_invitation(forum_id uuid)
returns private.invitations
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  invited private.invitations;
begin
  select i.* into invited from private.invitations i join auth.users u on lower(u.email) = i.email
  where u.id = (select auth.uid()) and i.forum_id = my_invitation.forum_id and i.ended_at is null and i.expires_at > clock_timestamp()
  -- First one that comes with a spot.
  order by i.from_registration_id is not null desc, i.holds_spot desc, i.made_at limit 1;
  return invited;
end
$$;
comment on function private.my_invitation is 'The open invitation to a forum of the account that asks, or null.';

-- A column of forums that the API computes, for the person who asks.
create function public.invitation(public.forums)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('mode', i.mode, 'expires_at', i.expires_at, 'hand_over', i.from_registration_id is not null,
    'holds_spot', i.holds_spot or i.from_registration_id is not null)
  from private.my_invitation($1.forum_id) i where i.invitation_id is not null
$$;
comment on function public.invitation is
  'Column of forums: {mode, expires_at, hand_over, holds_spot} of the invitation of who asks, or null. Callers: signed in.';

-- Columns of registrations that the API computes, for the person and for organizers.
create function public.offer(public.registrations)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('until', o.expires_at, 'last_call', o.last_call)
  from private.offers o join public.registrations r using (registration_id)
  where o.registration_id = $1.registration_id and o.ended_at is null and o.expires_at > clock_timestamp()
    and (r.person_id = (select private.my_id()) or (select private.is_organizer()))
$$;
comment on function public.offer is
  'Column of registrations: {until, last_call} of the spot that is offered; null without a live offer. Callers: the '
  'person, organizers.';

-- Who has been given a spot is nobody else's to know, organizers included.
create function public.handed_to(public.registrations)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select i.email from private.invitations i join public.registrations r on r.registration_id = i.from_registration_id
  where i.from_registration_id = $1.registration_id and i.ended_at is null and i.expires_at > clock_timestamp()
    and r.person_id = (select private.my_id())
$$;
comment on function public.handed_to is
  'Column of registrations: the address that the spot is being handed to, or null. Callers: the person.';

-- The history names who decided; a person reads the reason alone.
create function public.refusal_reason(public.registrations)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select h.reason from private.registration_history h join public.registrations r using (registration_id)
  where h.registration_id = $1.registration_id and h.act in ('refused', 'cancelled_by_organizer')
    and r.status in ('refused', 'cancelled') and r.person_id = (select private.my_id())
  order by h.entry_id desc limit 1
$$;
comment on function public.refusal_reason is
  'Column of registrations: why an organizer refused or cancelled it, or null. Callers: the person.';

revoke execute on function public.approval, public.reserves, public.invitation, public.offer, public.handed_to, public.refusal_reason
  from public, anon, authenticated;
grant execute on function public.approval to anon, authenticated;
grant execute on function public.reserves, public.invitation, public.offer, public.handed_to, public.refusal_reason to authenticated;

create function private.must_take_place(forum public.forums)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  elsif private.is_over(forum) then
    raise exception 'registration_forum_over' using errcode = 'PT409';
  end if;
end
$$;

-- Verbs -------------------------------------------------------------------------------------

-- Idempotent: somebody registered gets the answer `already`, and nothing changes. The lock on the forum gives
-- the last spot to one of two who ask at the same moment.
create function public.register(
  forum_id uuid, mode public.mode, name text, language public.language, province public.province, sector text,
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
  invited private.invitations;
  giver public.registrations;
  becomes public.registration_status;
  place integer;
begin
  forum := private.must_find_forum(register.forum_id);
  select * into mine from public.registrations r where r.forum_id = forum.forum_id and r.person_id = me;
  if mine.status in ('pending', 'confirmed', 'waitlisted') then
    return query select 'already', public.waitlist_position(mine);
    return;
  end if;
  invited := private.my_invitation(forum.forum_id);
  perform private.must_take_place(forum);
  if invited.invitation_id is null and (forum.registration_opens_at is null or forum.registration_opens_at > now()) then
    raise exception 'registration_not_open' using errcode = 'PT409',
      detail = jsonb_build_object('at', forum.registration_opens_at, 'zone', forum.time_zone)::text;
  elsif invited.invitation_id is null and least(forum.registration_closes_at, forum.registration_closed_at) <= now() then
    raise exception 'registration_closed' using errcode = 'PT409',
      detail = jsonb_build_object('at', least(forum.registration_closes_at, forum.registration_closed_at), 'zone', forum.time_zone)::text;
  elsif invited.invitation_id is null and mine.status = 'refused' then
    raise exception 'registration_refused' using errcode = 'PT403';
  elsif coalesce(private.capacity(forum, register.mode), 0) = 0 then
    raise exception 'mode_not_offered' using errcode = 'PT422';
  elsif register.province is null or register.sector is null or register.language is null then
    raise exception 'registration_incomplete' using errcode = 'PT422';
  end if;

  perform private.save_person(me, register.name, register.language, register.province, register.sector, register.organization_name);
  -- Before the email is queued, which reads it.
  perform private.save_discreet(me, coalesce(register.discreet, false));

  -- An invitation to the other way of taking part holds no spot in this one.
  if invited.invitation_id is not null then
    update private.invitations i set ended_at = clock_timestamp(), used = true where i.invitation_id = invited.invitation_id;
  end if;
  if invited.from_registration_id is not null and invited.mode = register.mode then
    select * into giver from public.registrations r
    where r.registration_id = invited.from_registration_id and r.status = 'confirmed' for no key update;
  end if;
  if giver.registration_id is not null then
    -- The spot goes from one person to the other: nobody in line is passed.
    update public.registrations r set status = 'cancelled', confirmed_at = null, over_capacity = false
    where r.registration_id = giver.registration_id;
    becomes := 'confirmed';
  elsif invited.holds_spot and invited.mode = register.mode then
    becomes := 'confirmed';
  elsif invited.invitation_id is null and private.needs_approval(forum.forum_id, me) then
    becomes := 'pending';
  -- Those who wait come first, however a spot got free: more room, or a change by hand.
  elsif private.offer_spots(forum, register.mode, register.province, register.sector) > 0 then
    becomes := 'confirmed';
  else
    becomes := 'waitlisted';
  end if;

  insert into public.registrations as r
    (forum_id, person_id, mode, status, name, language, province, sector, organization_name, badge_name, over_capacity, confirmed_at)
  values
    (forum.forum_id, me, register.mode, becomes,
     private.one_line(register.name), register.language, register.province, register.sector,
     nullif(private.one_line(register.organization_name), ''), nullif(private.one_line(register.badge_name), ''),
     coalesce(giver.over_capacity, false), case when becomes = 'confirmed' then clock_timestamp() end)
  on conflict on constraint registrations_one_each do update
  set mode = excluded.mode, status = excluded.status, name = excluded.name, language = excluded.language,
      province = excluded.province, sector = excluded.sector, organization_name = excluded.organization_name,
      badge_name = excluded.badge_name, joined_at = excluded.joined_at, queued_at = excluded.queued_at,
      confirmed_at = excluded.confirmed_at, over_capacity = excluded.over_capacity, silent_since = null
  returning * into mine;
  perform private.save_answers(forum.forum_id, me, register.answers);
  delete from private.registration_drafts d where d.forum_id = forum.forum_id and d.person_id = me;

  perform private.note_registration(mine.registration_id, 'registered', facts => jsonb_build_object('status', becomes, 'mode', mine.mode));
  if giver.registration_id is not null then
    perform private.note_registration(giver.registration_id, 'handed_over');
    perform private.email_registration(giver, forum, 'handed_over');
  end if;
  place := public.waitlist_position(mine);
  perform private.email_registration(mine, forum, 'registration_' || becomes, jsonb_build_object('waitlist_position', place));
  perform private.record_event('registration_' || becomes, 'registration', mine.registration_id);
  -- The spot of an invitation to the other way of taking part, or of a hand-over that came too late.
  if invited.mode <> register.mode then
    perform private.offer_spots(forum, invited.mode);
  end if;
  return query select becomes::text, place;
end
$$;
comment on function public.register is
  'Registers the person who asks and saves their profile and answers: {outcome, waitlist_position}. `outcome` is '
  'confirmed, waitlisted, pending or already; a refusal says that registration is not open. Callers: signed in, '
  'with or without a profile. Refuses: account_suspended, forum_not_found, forum_cancelled, registration_forum_over, '
  'registration_not_open, registration_closed, registration_refused, mode_not_offered, registration_incomplete, '
  'sector_not_offered, sector_needs_organizer, answers_unknown, answers_missing, answers_text_length.';

-- Locked; a registration that has ended counts too. The caller has locked the forum.
create function private.must_be_registered(forum public.forums, person uuid)
returns public.registrations
language plpgsql
set search_path = ''
as $$
declare
  mine public.registrations;
begin
  select * into mine from public.registrations r
  where r.forum_id = forum.forum_id and r.person_id = person for no key update;
  if not found then
    raise exception 'not_registered' using errcode = 'PT404';
  end if;
  return mine;
end
$$;
comment on function private.must_be_registered is 'The registration of a person for a forum, or a refusal.';

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
  mine public.registrations := private.must_be_registered(forum, me);
begin
  if mine.status in ('cancelled', 'refused') then
    return;
  end if;
  perform private.email_registration(mine, forum, 'registration_cancelled');
  perform private.record_event('registration_cancelled', 'registration', mine.registration_id);
  perform private.note_registration(mine.registration_id, 'cancelled');
  perform private.release_spot(mine);
end
$$;
comment on function public.cancel_registration is
  'Cancels the registration of the person who asks; the spot is offered to the person who has waited longest. '
  'Sent twice, it changes nothing more. Callers: people. Refuses: forum_not_found, not_registered.';

-- An offer that is late never comes back: who accepts it then waits at the same place as before.
create function public.accept_spot(forum_id uuid)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  mine public.registrations := private.must_be_registered(forum, me);
  offer private.offers;
  free bigint;
begin
  if mine.status = 'confirmed' then
    return 'confirmed';
  elsif mine.status <> 'waitlisted' then
    raise exception 'no_offer' using errcode = 'PT409';
  elsif forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  end if;
  select * into offer from private.offers o
  where o.registration_id = mine.registration_id and o.ended_at is null and o.expires_at > clock_timestamp();
  if offer.offer_id is null or offer.last_call then
    free := private.capacity(forum, mine.mode) - private.spots_taken(forum.forum_id, mine.mode);
  end if;
  if offer.offer_id is not null and (not offer.last_call or free > 0) then
    mine := private.confirm_registration(mine);
    perform private.note_registration(mine.registration_id, 'accepted');
    perform private.email_registration(mine, forum, 'registration_confirmed');
    perform private.record_event('registration_confirmed', 'registration', mine.registration_id);
    return 'confirmed';
  end if;
  if mine.silent_since is not null or offer.offer_id is null then
    update public.registrations r set silent_since = null where r.registration_id = mine.registration_id;
    perform private.offer_spots(forum, mine.mode);
    -- What came due at this moment is silent again: the person has just answered.
    update public.registrations r set silent_since = null where r.registration_id = mine.registration_id;
    if mine.silent_since is not null then
      perform private.note_registration(mine.registration_id, 'still_waits');
    end if;
    if exists (
      select from private.offers o
      where o.registration_id = mine.registration_id and o.ended_at is null and not o.last_call
    ) then
      return public.accept_spot(forum_id);
    end if;
  end if;
  return 'waitlisted';
end
$$;
comment on function public.accept_spot is
  'Takes the spot that is offered to the person who asks: confirmed. Late, or at a last call when others were '
  'faster: waitlisted, at the same place in line. Sent twice, it changes nothing more. Callers: people. Refuses: '
  'forum_not_found, not_registered, no_offer, forum_cancelled.';

-- A spot that has one changes only into another one, so that it is never lost.
create function public.change_mode(forum_id uuid, mode public.mode)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  mine public.registrations := private.must_be_registered(forum, me);
  changed public.registrations;
begin
  if mine.mode = change_mode.mode then
    return;
  elsif mine.status <> 'confirmed' then
    raise exception 'registration_not_confirmed' using errcode = 'PT409';
  end if;
  perform private.must_take_place(forum);
  if coalesce(private.capacity(forum, change_mode.mode), 0) = 0 then
    raise exception 'mode_not_offered' using errcode = 'PT422';
  elsif private.offer_spots(forum, change_mode.mode, mine.province, mine.sector) <= 0 then
    raise exception 'mode_full' using errcode = 'PT409';
  end if;
  update private.invitations i set ended_at = clock_timestamp()
  where i.from_registration_id = mine.registration_id and i.ended_at is null;
  update public.registrations r set mode = change_mode.mode, over_capacity = false where r.registration_id = mine.registration_id
  returning r.* into changed;
  perform private.email_registration(changed, forum, 'registration_confirmed');
  perform private.note_registration(mine.registration_id, 'mode_changed', facts => jsonb_build_object('mode', change_mode.mode));
  perform private.record_event('registration_changed', 'registration', mine.registration_id);
  perform private.offer_spots(forum, mine.mode);
end
$$;
comment on function public.change_mode is
  'Takes part in the other way, in person or online, when a spot is free there; the old one is offered to those who '
  'wait. Callers: people. Refuses: forum_not_found, not_registered, registration_not_confirmed, forum_cancelled, registration_forum_over, '
  'mode_not_offered, mode_full.';

-- The answer is the same for any address, known here or not.
create function public.hand_over(forum_id uuid, email text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  mine public.registrations := private.must_be_registered(forum, me);
  wanted text := lower(btrim(hand_over.email));
begin
  if mine.status <> 'confirmed' then
    raise exception 'registration_not_confirmed' using errcode = 'PT409';
  end if;
  perform private.must_take_place(forum);
  if wanted = (select lower(u.email) from auth.users u where u.id = mine.person_id) then
    raise exception 'hand_over_to_oneself' using errcode = 'PT422';
  end if;
  -- Each one is an email to an address of the person's choice.
  if (
    select count(*) from private.registration_history h
    where h.registration_id = mine.registration_id and h.act = 'hand_over_offered' and h.at > clock_timestamp() - interval '1 day') >= 3
  then
    raise exception 'too_many_hand_overs' using errcode = 'PT429';
  end if;
  update private.invitations i set ended_at = clock_timestamp()
  where i.from_registration_id = mine.registration_id and i.ended_at is null;
  insert into private.invitations (forum_id, email, mode, from_registration_id, made_by, expires_at)
  values (forum.forum_id, wanted, mine.mode, mine.registration_id, mine.person_id,
    least(clock_timestamp() + interval '7 days', (forum.ends_on + 1)::timestamp at time zone forum.time_zone));
  perform private.queue_email(wanted, mine.language, true, 'hand_over',
    private.forum_facts(forum) || jsonb_build_object('mode', mine.mode));
  perform private.note_registration(mine.registration_id, 'hand_over_offered');
end
$$;
comment on function public.hand_over is
  'Offers one''s spot to the owner of an address, who has 7 days to register with it; until then nothing changes. '
  'A second one replaces the first. Callers: people. Refuses: forum_not_found, not_registered, registration_not_confirmed, '
  'forum_cancelled, registration_forum_over, hand_over_to_oneself, too_many_hand_overs.';

-- Does not ask for the status: a spot that is gone has no open offer.
create function public.end_hand_over(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  mine public.registrations := private.must_be_registered(forum, me);
begin
  update private.invitations i set ended_at = clock_timestamp()
  where i.from_registration_id = mine.registration_id and i.ended_at is null;
end
$$;
comment on function public.end_hand_over is
  'Keeps one''s spot after all; sent twice, it changes nothing more. Callers: people. Refuses: forum_not_found, not_registered.';

-- What other domains gather ------------------------------------------------------------------

create function private.registrations_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('registrations', (
    select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('forum', f.slug) order by r.joined_at), '[]')
    from public.registrations r join public.forums f using (forum_id) where r.person_id = person),
    -- Without the names of organizers.
    'registration_history', (
      select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'act', h.act, 'reason', h.reason, 'facts', h.facts)
        order by h.entry_id), '[]')
      from private.registration_history h join public.registrations r using (registration_id) where r.person_id = person),
    'offers', (
      select coalesce(jsonb_agg(to_jsonb(o) order by o.made_at), '[]')
      from private.offers o join public.registrations r using (registration_id) where r.person_id = person),
    'invitations', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'mode', i.mode, 'holds_spot', i.holds_spot,
        'made_at', i.made_at, 'expires_at', i.expires_at, 'used', i.used) order by i.made_at), '[]')
      from private.invitations i join public.forums f using (forum_id) join auth.users u on lower(u.email) = i.email where u.id = person),
    'registration_drafts', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'typed', d.typed, 'saved_at', d.saved_at) order by d.saved_at), '[]')
      from private.registration_drafts d join public.forums f using (forum_id) where d.person_id = person))
$$;
comment on function private.registrations_export is
  'The registrations of a person, what was offered and decided, invitations, and what is typed and not sent.';

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
  for registration in
    select r.* from public.registrations r
    where r.person_id = person and r.status in ('pending', 'confirmed', 'waitlisted') order by r.forum_id
  loop
    perform private.note_registration(registration.registration_id, 'suspended', actor_id => null);
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
  delete from private.invitations i using auth.users u where u.id = person and lower(u.email) = i.email;
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
  perform private.offer_spots(forum, mode) from unnest(enum_range(null::public.mode)) mode;
end
$$;
comment on function private.registrations_save_forum is
  'Refuses a capacity below the spots that are taken or offered; offers free spots to those who wait.';

create function private.registrations_unpublish_forum(forum_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.registrations r
    where r.forum_id = registrations_unpublish_forum.forum_id and r.status in ('pending', 'confirmed', 'waitlisted')
  ) then
    raise exception 'forum_has_registrations' using errcode = 'PT409';
  end if;
end
$$;
comment on function private.registrations_unpublish_forum is 'Refuses to hide a forum for which somebody is registered or waits.';

create function private.email_registered(forum_id uuid, kind text)
returns void
language sql
set search_path = ''
as $$
  select private.email_registration(r, f, email_registered.kind)
  from public.registrations r join public.forums f using (forum_id)
  where r.forum_id = email_registered.forum_id and r.status in ('pending', 'confirmed', 'waitlisted')
  order by r.registration_id
$$;
comment on function private.email_registered is 'Emails everyone who is registered or waits, also for approval.';

create function private.registrations_cancel_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$ select private.email_registered(forum_id, 'forum_cancelled') $$;
comment on function private.registrations_cancel_forum is 'Emails everyone who is registered or waits that the forum is cancelled.';

create function private.registrations_reopen_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$ select private.email_registered(forum_id, 'forum_reopened') $$;
comment on function private.registrations_reopen_forum is
  'Emails everyone who is registered or waits that the forum takes place after all.';

create function private.registrations_delete_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.reserves r where r.forum_id = registrations_delete_forum.forum_id $$;
comment on function private.registrations_delete_forum is 'Deletes the spots that a draft reserves.';

create function private.registrations_clone_forum(source_id uuid, copy_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into private.registration_rules (forum_id, approval, offer_hours)
  select registrations_clone_forum.copy_id, g.approval, g.offer_hours
  from private.registration_rules g where g.forum_id = registrations_clone_forum.source_id
$$;
comment on function private.registrations_clone_forum is 'Copies how a forum takes people in; never a person, never an invitation.';

create function private.registrations_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'offers', (
      select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr,
        'until', o.expires_at, 'zone', f.time_zone, 'last_call', o.last_call) order by o.expires_at), '[]')
      from public.registrations r
      join private.offers o on o.registration_id = r.registration_id and o.ended_at is null and o.expires_at > clock_timestamp()
      join public.forums f on f.forum_id = r.forum_id
      where r.person_id = person and r.status = 'waitlisted' and f.cancelled_at is null),
    'invitations', (
      select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr,
        'until', i.expires_at, 'zone', f.time_zone, 'spot', i.holds_spot or i.from_registration_id is not null)
        order by i.expires_at), '[]')
      from auth.users u
      join private.invitations i on i.email = lower(u.email) and i.ended_at is null and i.expires_at > clock_timestamp()
      join public.forums f on f.forum_id = i.forum_id
      where u.id = person and f.cancelled_at is null and not exists (
        select from public.registrations r
        where r.forum_id = i.forum_id and r.person_id = person and r.status in ('pending', 'confirmed', 'waitlisted'))),
    'registrations_to_approve', case
      when exists (select from private.organizers() o where o.person_id = person) then (
        select coalesce(jsonb_agg(to_jsonb(w)), '[]') from (
          select f.slug, f.name_en, f.name_fr, count(*) as count from public.registrations r join public.forums f using (forum_id)
          where r.status = 'pending' and f.cancelled_at is null and f.ends_on >= current_date group by f.forum_id) w)
      else '[]' end);
end
$$;
comment on function private.registrations_tasks is
  'The spots that are offered to a person and their invitations; for organizers, how many registrations wait to be approved, by forum.';

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
    'pending', count(*) filter (where r.status = 'pending'),
    'provinces', (
      select coalesce(jsonb_object_agg(p.province, p.people), '{}') from (
        select c.province, count(*) as people from public.registrations c
        where c.forum_id = registrations_organize.forum_id and c.status = 'confirmed' group by c.province) p)
  )
  from public.registrations r where r.forum_id = registrations_organize.forum_id
$$;
comment on function private.registrations_organize is 'For organizers: how many are confirmed or wait, in which way, and from where.';

-- Twelve months after a forum only its figures remain. Idempotent; `delete_old_data` runs it with the others.
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
    perform private.store_figures(forum.forum_id);
    delete from public.registrations r where r.forum_id = forum.forum_id;
    deleted := deleted + 1;
  end loop;
  return deleted;
end
$$;
comment on function public.delete_old_registrations is
  'Deletes the registrations of forums that ended 12 months ago; their figures stay. Gives how many '
  'forums. Callers: the site (secret key).';

-- An address that never came has no account that could be deleted.
create function private.registrations_retention()
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  figures integer := private.store_due_figures();
  registrations integer := public.delete_old_registrations();
  invitations integer;
  drafts integer;
begin
  delete from private.invitations i where least(i.ended_at, i.expires_at) < clock_timestamp() - interval '30 days';
  get diagnostics invitations = row_count;
  delete from private.registration_drafts d where d.saved_at < clock_timestamp() - interval '1 day';
  get diagnostics drafts = row_count;
  return jsonb_build_object('figures', figures, 'registrations', registrations, 'invitations', invitations, 'drafts', drafts);
end
$$;
comment on function private.registrations_retention is
  'Stores the figures of forums that ended; deletes the registrations of forums over for 12 months, how many forums; '
  'invitations 30 days after they end; and what was typed and not sent for a day.';

revoke execute on function public.delete_old_registrations from public, anon, authenticated;
grant execute on function public.delete_old_registrations to service_role;
-- For the clock of the site: offers that are late, and forums whose last call has come. Nothing depends on it, since
-- each reader of a deadline decides for itself.
create function public.offer_due_spots()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums;
  forums integer := 0;
begin
  for forum in
    select f.* from public.forums f
    where f.cancelled_at is null and f.ends_on >= current_date - 1 and f.published_at is not null
      and exists (select from public.registrations r where r.forum_id = f.forum_id and r.status = 'waitlisted')
    order by f.forum_id for no key update
  loop
    perform private.offer_spots(forum, mode) from unnest(enum_range(null::public.mode)) mode;
    forums := forums + 1;
  end loop;
  return forums;
end
$$;
comment on function public.offer_due_spots is
  'Ends offers that are late and offers their spots to the next; how many forums have somebody who waits. Callers: '
  'the site (secret key).';
revoke execute on function public.offer_due_spots from public, anon, authenticated;
grant execute on function public.offer_due_spots to service_role;

revoke execute on function public.register, public.cancel_registration, public.accept_spot, public.change_mode, public.hand_over,
  public.end_hand_over from public, anon;
grant execute on function public.register, public.cancel_registration, public.accept_spot, public.change_mode, public.hand_over,
  public.end_hand_over to authenticated;

-- The roster: what organizers read of registrations and decide about them. Each decision locks the forum, says by
-- whom and why in the history of the registration, and is in the audit.

-- The registrations that an act means, in the order of the line, locked; refuses when one is not of this forum.
create function private.must_find_registrations(forum_id uuid, registration_ids uuid[])
returns setof public.registrations
language plpgsql
set search_path = ''
as $$
declare
  wanted uuid[] := array(select distinct unnest(registration_ids));
begin
  if cardinality(wanted) > 500 then
    raise exception 'too_many_registrations' using errcode = 'PT422';
  end if;
  return query
    select r.* from public.registrations r
    where r.registration_id = any(wanted) and r.forum_id = must_find_registrations.forum_id
    order by r.queued_at, r.registration_id for no key update;
  if cardinality(wanted) = 0 or cardinality(wanted) <> (
    select count(*) from public.registrations r
    where r.registration_id = any(wanted) and r.forum_id = must_find_registrations.forum_id)
  then
    raise exception 'registration_not_found' using errcode = 'PT404';
  end if;
end
$$;

create function private.must_have_reason(reason text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if char_length(btrim(coalesce(reason, ''))) not between 3 and 500 then
    raise exception 'reason_missing' using errcode = 'PT422';
  end if;
  return btrim(reason);
end
$$;

-- Registrations that wait to be approved go on waiting when the rule ends: somebody may have a reason.
create function public.save_registration_rules(forum_id uuid, approval public.approval, offer_hours integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  insert into private.registration_rules as r (forum_id, approval, offer_hours)
  values (forum.forum_id, save_registration_rules.approval, save_registration_rules.offer_hours)
  on conflict on constraint registration_rules_pkey do update set approval = excluded.approval, offer_hours = excluded.offer_hours;
  perform private.log('save_registration_rules', forum.forum_id);
end
$$;
comment on function public.save_registration_rules is
  'Saves whether an organizer approves registrations, and how many hours an offer lasts; both count from then on. '
  'Callers: organizers. Refuses: forum_not_found, registration_rules_offer_hours_range.';

-- Of two organizers the first decides; the second gets the status that there is now.
create function public.approve_registrations(forum_id uuid, registration_ids uuid[], over_capacity boolean, reason text)
returns table (registration_id uuid, status public.registration_status, decided boolean)
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  why text := case when approve_registrations.over_capacity then private.must_have_reason(reason) else nullif(btrim(reason), '') end;
  registration public.registrations;
  fits boolean;
begin
  if forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  end if;
  for registration in select * from private.must_find_registrations(forum_id, registration_ids) loop
    decided := registration.status = 'pending'
      or registration.status = 'waitlisted' and coalesce(approve_registrations.over_capacity, false);
    if decided then
      fits := registration.status = 'pending' and private.offer_spots(
        forum, registration.mode, registration.province, registration.sector) > 0;
      if fits or coalesce(approve_registrations.over_capacity, false) then
        registration := private.confirm_registration(registration, not fits);
      else
        update public.registrations r set status = 'waitlisted' where r.registration_id = registration.registration_id
        returning r.* into registration;
      end if;
      perform private.note_registration(registration.registration_id,
        case when registration.over_capacity then 'approved_over_capacity' else 'approved' end, why,
        jsonb_build_object('status', registration.status));
      perform private.email_registration(registration, forum, 'registration_' || registration.status,
        jsonb_build_object('waitlist_position', public.waitlist_position(registration)));
      perform private.record_event('registration_' || registration.status, 'registration', registration.registration_id);
      perform private.log('approve_registration', registration.person_id, context_id => registration.forum_id);
    end if;
    approve_registrations.registration_id := registration.registration_id;
    status := registration.status;
    return next;
  end loop;
end
$$;
comment on function public.approve_registrations is
  'Approves registrations that wait for it: confirmed, or waitlisted without room; with `over_capacity` and a reason '
  'also those on the waitlist, confirmed beyond the capacity. Gives {registration_id, status, decided}; what somebody '
  'else decided before is not `decided`. Callers: organizers. Refuses: forum_not_found, forum_cancelled, '
  'registration_not_found, reason_missing, too_many_registrations, registration_history_reason_length.';

-- A refused person cannot register again, unless an organizer invites them.
create function public.refuse_registrations(forum_id uuid, registration_ids uuid[], reason text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  why text := private.must_have_reason(reason);
  registration public.registrations;
  refused integer := 0;
begin
  for registration in select * from private.must_find_registrations(forum_id, registration_ids) loop
    continue when registration.status <> 'pending';
    perform private.release_spot(registration, 'refused');
    perform private.note_registration(registration.registration_id, 'refused', why);
    perform private.email_registration(registration, forum, 'registration_refused', jsonb_build_object('reason', why));
    perform private.record_event('registration_refused', 'registration', registration.registration_id);
    perform private.log('refuse_registration', registration.person_id, context_id => registration.forum_id);
    refused := refused + 1;
  end loop;
  return refused;
end
$$;
comment on function public.refuse_registrations is
  'Refuses registrations that wait to be approved, with a reason that the person reads; how many. Callers: organizers. '
  'Refuses: forum_not_found, registration_not_found, reason_missing, too_many_registrations.';

-- The reason comes first in the history: releasing the spot may write to others.
create function public.cancel_registrations(forum_id uuid, registration_ids uuid[], reason text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  why text := private.must_have_reason(reason);
  registration public.registrations;
  cancelled integer := 0;
begin
  for registration in select * from private.must_find_registrations(forum_id, registration_ids) loop
    continue when registration.status in ('cancelled', 'refused');
    perform private.note_registration(registration.registration_id, 'cancelled_by_organizer', why);
    perform private.email_registration(registration, forum, 'registration_cancelled_by_organizer', jsonb_build_object('reason', why));
    perform private.record_event('registration_cancelled', 'registration', registration.registration_id);
    perform private.log('cancel_registration', registration.person_id, context_id => registration.forum_id);
    perform private.release_spot(registration);
    cancelled := cancelled + 1;
  end loop;
  return cancelled;
end
$$;
comment on function public.cancel_registrations is
  'Cancels registrations with a reason that the person reads; free spots are offered to those who wait. How many. '
  'Callers: organizers. Refuses: forum_not_found, registration_not_found, reason_missing, too_many_registrations.';

-- All who wait in this way are numbered again, so that two people of the same moment have an order too.
create function public.move_in_line(registration_id uuid, place integer, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum((
    select r.forum_id from public.registrations r where r.registration_id = move_in_line.registration_id));
  why text := private.must_have_reason(reason);
  moved public.registrations;
  before integer;
begin
  select * into moved from public.registrations r where r.registration_id = move_in_line.registration_id;
  if moved.status <> 'waitlisted' then
    raise exception 'not_waitlisted' using errcode = 'PT409';
  end if;
  before := public.waitlist_position(moved);
  with line as (
    select r.registration_id, row_number() over (order by r.queued_at, r.registration_id) as n, min(r.queued_at) over () as first
    from public.registrations r
    where r.forum_id = moved.forum_id and r.mode = moved.mode and r.status = 'waitlisted' and r.silent_since is null
      and r.registration_id <> moved.registration_id
  ), placed as (
    select l.registration_id, l.n + case when l.n >= greatest(move_in_line.place, 1) then 1 else 0 end as n, l.first from line l
    union all
    select moved.registration_id, least(greatest(move_in_line.place, 1), (select count(*) + 1 from line)),
      coalesce((select l.first from line l limit 1), moved.queued_at)
  )
  update public.registrations r set queued_at = least(p.first, moved.queued_at) + make_interval(secs => p.n * 0.000001)
  from placed p where p.registration_id = r.registration_id;
  perform private.note_registration(moved.registration_id, 'moved', why,
    jsonb_build_object('from', before, 'to', (
      select public.waitlist_position(r) from public.registrations r where r.registration_id = moved.registration_id)));
  perform private.log('move_in_line', moved.person_id, context_id => moved.forum_id);
end
$$;
comment on function public.move_in_line is
  'Moves somebody who waits to another place in line, from 1, with a reason; beyond the end is the end. Callers: '
  'organizers. Refuses: forum_not_found, not_waitlisted, reason_missing.';

-- Bound to an address, not to a link: a link can be passed on.
create function public.invite(
  forum_id uuid, emails text[], mode public.mode, holds_spot boolean, language public.language, days integer
)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  until timestamptz := least(
    clock_timestamp() + make_interval(days => least(greatest(coalesce(invite.days, 7), 1), 60)),
    (forum.ends_on + 1)::timestamp at time zone forum.time_zone);
  wanted text[] := array(
    select distinct lower(btrim(e.email)) from unnest(emails) e (email) where e.email is not null
    except select lower(u.email) from public.registrations r join auth.users u on u.id = r.person_id
    where r.forum_id = forum.forum_id and r.status in ('pending', 'confirmed', 'waitlisted'));
  free bigint;
  recipient text;
begin
  if forum.published_at is null then
    raise exception 'invite_to_draft' using errcode = 'PT409';
  end if;
  perform private.must_take_place(forum);
  if coalesce(private.capacity(forum, invite.mode), 0) = 0 then
    raise exception 'mode_not_offered' using errcode = 'PT422';
  elsif cardinality(wanted) > 200 then
    raise exception 'too_many_invitations' using errcode = 'PT422';
  elsif wanted = '{}' then
    raise exception 'registered_already' using errcode = 'PT409';
  end if;
  -- The ones before are replaced, and with them the spots that they held.
  update private.invitations i set ended_at = clock_timestamp()
  where i.forum_id = forum.forum_id and i.email = any (wanted) and i.ended_at is null and i.from_registration_id is null;
  if invite.holds_spot then
    free := greatest(private.offer_spots(forum, invite.mode), 0);
    if free < cardinality(wanted) then
      raise exception 'no_spot_to_hold' using errcode = 'PT409', detail = jsonb_build_object('count', free)::text;
    end if;
  end if;
  insert into private.invitations (forum_id, email, mode, holds_spot, made_by, expires_at)
  select forum.forum_id, w.email, invite.mode, coalesce(invite.holds_spot, false), me, until from unnest(wanted) w (email);
  foreach recipient in array wanted loop
    perform private.queue_email(recipient, invite.language, true, 'invited',
      private.forum_facts(forum) || jsonb_build_object('mode', invite.mode, 'until', until, 'zone', forum.time_zone));
  end loop;
  perform private.log('invite', forum.forum_id);
  return cardinality(wanted);
end
$$;
comment on function public.invite is
  'Invites up to 200 addresses to register once, without approval and outside the dates too, and can hold a spot for each, '
  'for 1 to 60 days. Each gets an email; another invitation replaces the first, and who is registered already is left out. '
  'Answers how many are invited. Callers: organizers. Refuses: forum_not_found, invite_to_draft, forum_cancelled, '
  'registration_forum_over, mode_not_offered, too_many_invitations, registered_already, no_spot_to_hold, emails_recipient_shape.';

-- Locks the forum first, as all that gives spots does.
create function public.revoke_invitation(invitation_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum((
    select i.forum_id from private.invitations i where i.invitation_id = revoke_invitation.invitation_id));
  invitation private.invitations;
begin
  update private.invitations i set ended_at = clock_timestamp()
  where i.invitation_id = revoke_invitation.invitation_id and i.ended_at is null returning * into invitation;
  if invitation.holds_spot then
    perform private.offer_spots(forum, invitation.mode);
  end if;
  if invitation.invitation_id is not null then
    perform private.log('revoke_invitation', forum.forum_id);
  end if;
end
$$;
comment on function public.revoke_invitation is
  'Ends an invitation; the spot that it held is offered to those who wait. Sent twice, it changes nothing more. '
  'Callers: organizers. Refuses: forum_not_found.';

-- Nobody loses a spot to a reserve: it counts from those who register after it.
create function public.add_reserve(
  forum_id uuid, mode public.mode, spots integer, provinces public.province[], sectors text[], releases_on date
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  others bigint;
begin
  perform private.must_take_place(forum);
  if coalesce(private.capacity(forum, add_reserve.mode), 0) = 0 then
    raise exception 'mode_not_offered' using errcode = 'PT422';
  elsif coalesce(add_reserve.provinces, '{}') = '{}' and coalesce(add_reserve.sectors, '{}') = '{}' then
    raise exception 'reserve_for_nobody' using errcode = 'PT422';
  elsif exists (select unnest(add_reserve.sectors) except select s.sector from public.sectors s) then
    raise exception 'sector_not_offered' using errcode = 'PT422';
  elsif add_reserve.releases_on is null or add_reserve.releases_on >= forum.starts_on
    or add_reserve.releases_on <= (clock_timestamp() at time zone forum.time_zone)::date
  then
    raise exception 'reserve_release_day' using errcode = 'PT422';
  end if;
  select coalesce(sum(v.spots), 0) into others from private.open_reserves(forum) v where v.mode = add_reserve.mode;
  if others + add_reserve.spots > private.capacity(forum, add_reserve.mode) then
    raise exception 'reserves_beyond_capacity' using errcode = 'PT409',
      detail = jsonb_build_object('count', private.capacity(forum, add_reserve.mode) - others)::text;
  elsif (select count(*) from private.open_reserves(forum)) >= 12 then
    raise exception 'too_many_reserves' using errcode = 'PT409';
  end if;
  insert into private.reserves (forum_id, mode, spots, provinces, sectors, releases_at)
  values (forum.forum_id, add_reserve.mode, add_reserve.spots, coalesce(add_reserve.provinces, '{}'),
    coalesce(add_reserve.sectors, '{}'), add_reserve.releases_on::timestamp at time zone forum.time_zone);
  perform private.log('add_reserve', forum.forum_id);
end
$$;
comment on function public.add_reserve is
  'Reserves spots of a forum for people of some provinces, some sectors, or both, until a day in its zone. Callers: '
  'organizers. Refuses: forum_not_found, forum_cancelled, registration_forum_over, mode_not_offered, reserve_for_nobody, '
  'sector_not_offered, reserve_release_day, reserves_beyond_capacity, too_many_reserves, reserves_spots_range.';

-- Deleted, since nothing refers to it: what was decided is in the history of each registration.
create function public.release_reserve(reserve_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum((
    select v.forum_id from private.reserves v where v.reserve_id = release_reserve.reserve_id));
  released private.reserves;
begin
  delete from private.reserves v where v.reserve_id = release_reserve.reserve_id returning * into released;
  if released.reserve_id is not null then
    perform private.offer_spots(forum, released.mode);
    perform private.log('release_reserve', forum.forum_id);
  end if;
end
$$;
comment on function public.release_reserve is
  'Ends a reserve before its day; its free spots are offered to those who wait. Callers: organizers. Refuses: forum_not_found.';

-- Reads -------------------------------------------------------------------------------------

create function private.free_spots(forum public.forums)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'in_person', forum.capacity_in_person - private.spots_taken(forum.forum_id, 'in_person')
      - private.reserved_for_others(forum, 'in_person', null, null),
    'online', forum.capacity_online - private.spots_taken(forum.forum_id, 'online')
      - private.reserved_for_others(forum, 'online', null, null))
$$;
comment on function private.free_spots is
  'How many spots are neither taken, offered nor reserved, in person and online; null where there are none.';

-- Dynamic, so that each combination of filters gets its own plan and walks one index in the order of the page: by
-- name, or as they wait.
create function private.roster_ids(
  forum_id uuid, search text, status text, mode public.mode, province public.province, sector text, after uuid
)
returns setof uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  key text := case when roster_ids.status in ('waitlisted', 'pending') then 'r.queued_at' else 'private.unaccented(r.name)' end;
begin
  return query execute 'select r.registration_id from public.registrations r'
    || case when search <> '' then ' join auth.users u on u.id = r.person_id' else '' end
    || ' where r.forum_id = $1'
    || case when roster_ids.status is null then ' and r.status <> ''cancelled''' else ' and r.status::text = $2' end
    || case when roster_ids.mode is not null then ' and r.mode = $3' else '' end
    || case when roster_ids.province is not null then ' and r.province = $4' else '' end
    || case when roster_ids.sector is not null then ' and r.sector = $5' else '' end
    || case when search <> '' then
      ' and strpos(private.unaccented(r.name || '' '' || coalesce(r.organization_name, '''') || '' '' || u.email), $6) > 0' else '' end
    || case when roster_ids.after is not null then
      format(' and (%1$s, r.registration_id) > ('
        'select %1$s, r.registration_id from public.registrations r where r.registration_id = $7)', key)
      else '' end
    || format(' order by %s, r.registration_id limit 51', key)
  using roster_ids.forum_id, roster_ids.status, roster_ids.mode, roster_ids.province, roster_ids.sector, search, roster_ids.after;
end
$$;
comment on function private.roster_ids is 'Up to 51 registrations of a forum in the order of a page of the roster.';

-- Fifty a page after a registration, by name; who waits, in the order of the line.
create function public.roster(
  forum_id uuid, search text default null, status text default null, mode public.mode default null,
  province public.province default null, sector text default null, after uuid default null
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  ids uuid[];
begin
  perform private.must_be_organizer();
  ids := array(select private.roster_ids(
    roster.forum_id, private.unaccented(btrim(coalesce(search, ''))), status, mode, province, sector, after));
  return (
    select jsonb_build_object(
      'people', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'registration_id', r.registration_id, 'person_id', r.person_id, 'name', r.name, 'organization_name', r.organization_name,
          'mode', r.mode, 'status', r.status, 'province', r.province, 'sector', r.sector, 'language', r.language,
          'joined_at', r.joined_at, 'over_capacity', r.over_capacity, 'silent_since', r.silent_since, 'email', private.mailbox_of(u.email),
          'approved', p.approved_at is not null, 'offer', public.offer(r), 'position', public.waitlist_position(r)) order by i.n), '[]')
        from unnest(ids[1:50]) with ordinality i(registration_id, n)
        join public.registrations r using (registration_id)
        join auth.users u on u.id = r.person_id
        join public.people p on p.person_id = r.person_id),
      'more', cardinality(ids) > 50,
      'counts', (
        select coalesce(jsonb_object_agg(c.status, c.people), '{}') from (
          select r.status, count(*) as people from public.registrations r where r.forum_id = roster.forum_id group by r.status) c),
      'free', private.free_spots(f))
    from public.forums f where f.forum_id = roster.forum_id
  );
end
$$;
comment on function public.roster is
  'Up to 50 registrations of a forum after one, found by `search` in name, organization and address, and by status, '
  'mode, province and sector: {people, more, counts, free}; null when there is no such forum. '
  'Without `status`, those that were not cancelled. Callers: organizers.';

-- Apart from the roster, which is asked far more often.
create function public.registration_settings(forum_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return (
    select jsonb_build_object(
      'rules', jsonb_build_object('approval', rules.approval, 'offer_hours', rules.offer_hours),
      'free', private.free_spots(f),
      'reserves', (
        select coalesce(jsonb_agg(jsonb_build_object('reserve_id', v.reserve_id, 'mode', v.mode, 'spots', v.spots,
          'provinces', v.provinces, 'sectors', v.sectors, 'releases_at', v.releases_at, 'filled', private.reserve_filled(f, v))
          order by v.made_at), '[]')
        from private.open_reserves(f) v),
      'invitations', (
        select coalesce(jsonb_agg(jsonb_build_object('invitation_id', i.invitation_id, 'email', i.email, 'mode', i.mode,
          'holds_spot', i.holds_spot, 'expires_at', i.expires_at) order by i.made_at desc), '[]')
        from private.invitations i
        where i.forum_id = f.forum_id and i.ended_at is null and i.expires_at > clock_timestamp() and i.from_registration_id is null))
    from public.forums f cross join private.rules_of(f.forum_id) rules where f.forum_id = registration_settings.forum_id
  );
end
$$;
comment on function public.registration_settings is
  'How a forum takes people in, its free spots, reserves and open invitations: {rules, free, reserves, invitations}; '
  'null when there is no such forum. Callers: organizers.';

-- The actor is named only when it is not the person.
create function public.registration_story(registration_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return (
    select jsonb_build_object(
      'registration_id', r.registration_id, 'person_id', r.person_id, 'forum_id', r.forum_id, 'name', r.name,
      'email', private.mailbox_of(u.email), 'badge_name', r.badge_name, 'answers', private.answers_of(r.forum_id, r.person_id),
      'organization_name', r.organization_name, 'sector', r.sector, 'province', r.province, 'language', r.language,
      'mode', r.mode, 'status', r.status, 'joined_at', r.joined_at, 'confirmed_at', r.confirmed_at,
      'over_capacity', r.over_capacity, 'silent_since', r.silent_since, 'position', public.waitlist_position(r),
      'offer', public.offer(r), 'approved', p.approved_at is not null, 'suspended', p.suspended_at is not null,
      'free', private.capacity(f, r.mode) - private.spots_taken(r.forum_id, r.mode)
        - private.reserved_for_others(f, r.mode, r.province, r.sector),
      'history', (
        select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'act', h.act, 'reason', h.reason, 'facts', h.facts,
          'actor', case when h.actor_id <> r.person_id then a.name end) order by h.entry_id desc), '[]')
        from private.registration_history h left join public.people a on a.person_id = h.actor_id
        where h.registration_id = r.registration_id))
    from public.registrations r
    join public.forums f on f.forum_id = r.forum_id
    join auth.users u on u.id = r.person_id
    join public.people p on p.person_id = r.person_id
    where r.registration_id = registration_story.registration_id
  );
end
$$;
comment on function public.registration_story is
  'One registration with what happened to it, when, by whom and why; null when there is none. Callers: organizers.';

revoke execute on function public.save_registration_rules, public.approve_registrations, public.refuse_registrations,
  public.cancel_registrations, public.move_in_line, public.invite, public.revoke_invitation, public.add_reserve,
  public.release_reserve, public.roster, public.registration_settings, public.registration_story
  from public, anon;
grant execute on function public.save_registration_rules, public.approve_registrations, public.refuse_registrations,
  public.cancel_registrations, public.move_in_line, public.invite, public.revoke_invitation, public.add_reserve,
  public.release_reserve, public.roster, public.registration_settings, public.registration_story
  to authenticated;

-- Check-ins: who has come to a forum, as organizers and people with the role `check_in` of that forum note it.
--
-- Each confirmed registration has a random code, which its person shows. A scan has an id that the device makes, so that
-- what was noted without a network arrives once, however often it is sent: the first answer is stored and given again.
-- Somebody is in since the earliest scan that was not undone. Nobody else learns anything from a code.

insert into private.domains values ('checkins', 71);

create type public.check_in_outcome as enum ('in', 'already', 'no');
create type public.check_in_reason as enum ('unknown_code', 'other_forum', 'cancelled', 'waitlisted', 'pending', 'refused');

create table private.check_in_codes (
  registration_id uuid primary key references public.registrations on delete cascade,
  code text not null constraint check_in_codes_shape check (code ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
  constraint check_in_codes_once unique (code)
);
comment on table private.check_in_codes is 'The random code that the person of a registration shows when they come.';
alter table private.check_in_codes enable row level security;

create table private.scans (
  scan_id uuid primary key,
  forum_id uuid not null references public.forums on delete cascade,
  -- None for an unknown code and for one of another forum.
  registration_id uuid references public.registrations on delete cascade,
  outcome public.check_in_outcome not null,
  reason public.check_in_reason,
  -- Since when the person was in, as this scan answered.
  first_at timestamptz,
  device_at timestamptz,
  effective_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  scanned_by uuid references public.people on delete set null,
  undone_at timestamptz,
  undone_by uuid references public.people on delete set null,
  constraint scans_no_with_reason check ((outcome = 'no') = (reason is not null)),
  constraint scans_in_of_somebody check (outcome = 'no' or registration_id is not null and first_at is not null)
);
comment on table private.scans is 'Codes that were scanned and people who were checked in by name, each with its first answer.';
create index scans_by_registration on private.scans (registration_id, effective_at);
create index scans_by_forum on private.scans (forum_id);
create index scans_by_scanner on private.scans (scanned_by);
create index scans_by_undoer on private.scans (undone_by);
alter table private.scans enable row level security;

insert into private.personal_columns
select 'private.check_in_codes', c, 'find a registration at the check-in', 'the person', '12 months after the forum',
  'delete_old_registrations; deleting the account'
from unnest(array['registration_id', 'code']) c
union all
select 'private.scans', c, 'know who has come to the forum', 'the person, organizers, people at the check-in of the forum',
  '12 months after the forum', 'delete_old_registrations; checkins_retention; deleting the account'
from unnest(array['scan_id', 'forum_id', 'registration_id', 'outcome', 'reason', 'first_at', 'device_at', 'effective_at', 'received_at',
  'scanned_by', 'undone_at', 'undone_by']) c;

-- Guards and helpers --------------------------------------------------------------------------

-- Somebody of a government must not read the names of people who do not show themselves to it.
create function private.may_check_in(forum_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.is_organizer() or private.has_role('check_in', may_check_in.forum_id) and private.is_outside_government();
end
$$;
comment on function private.may_check_in is
  'Whether who asks may check people in at a forum: organizers, and its role outside of government.';

create function private.must_check_in(forum_id uuid)
returns public.forums
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums;
begin
  if not private.may_check_in(must_check_in.forum_id) then
    raise exception 'check_in_only' using errcode = 'PT403';
  end if;
  select * into forum from public.forums f where f.forum_id = must_check_in.forum_id and f.published_at <= now();
  if not found then
    raise exception 'forum_not_found' using errcode = 'PT404';
  end if;
  return forum;
end
$$;
comment on function private.must_check_in is 'The published forum at which who asks may check people in, without a lock, or a refusal.';

create function private.refuse_check_in_of_government()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if exists (select from public.people p where p.person_id = new.person_id and private.counts_as_government(p.sector)) then
    raise exception 'check_in_of_government' using errcode = 'PT409';
  end if;
  return new;
end
$$;
create trigger checkins_outside_government before insert on private.forum_roles
  for each row when (new.role = 'check_in') execute function private.refuse_check_in_of_government();

-- Ten signs of Crockford's base 32, 50 bits; bytes 6 and 8 of a random UUID hold its version.
create function private.random_check_in_code()
returns text
language plpgsql
volatile
set search_path = ''
as $$
begin
  return (
    select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(b.bytes, i) & 31), 1), '')
    from (select uuid_send(gen_random_uuid()) as bytes) b cross join unnest(array[0, 1, 2, 3, 4, 5, 9, 10, 11, 12]) i);
end
$$;
comment on function private.random_check_in_code is 'A new code, which follows from nothing.';

-- Each confirmation has a code of its own: what was printed before a cancellation or by another person is unknown.
create function private.give_check_in_code()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.check_in_codes (registration_id, code) values (new.registration_id, private.random_check_in_code())
  on conflict (registration_id) do update set code = excluded.code;
  return null;
end
$$;
create trigger checkins_give_code after insert on public.registrations
  for each row when (new.status = 'confirmed') execute function private.give_check_in_code();
create trigger checkins_renew_code after update of status, person_id on public.registrations
  for each row when (new.status = 'confirmed' and (old.status <> 'confirmed' or old.person_id <> new.person_id))
  execute function private.give_check_in_code();

-- What counts: a person is in once, however often they were scanned.
create function private.checked_in_at(registration_id uuid)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select min(s.effective_at) from private.scans s
    where s.registration_id = checked_in_at.registration_id and s.outcome <> 'no' and s.undone_at is null);
end
$$;
comment on function private.checked_in_at is 'Since when the person of a registration is in, or null.';

create function private.badge_name(registration public.registrations)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce(registration.badge_name, registration.name);
end
$$;

-- Words in any order, without accents: "Tremblay, Zoé" is "Zoe Tremblay".
create function private.name_key(name text)
returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(string_agg(w.word, ' ' order by w.word collate "C"), '')
  from regexp_split_to_table(private.unaccented(name), '[][\s.,;:(){}''’"-]+') w(word) where w.word <> ''
$$;
comment on function private.name_key is 'What two ways of writing a name have in common.';

create function private.scan_answer(scan private.scans)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('scan_id', scan.scan_id, 'outcome', scan.outcome, 'reason', scan.reason, 'at', scan.first_at,
    'undone', scan.undone_at is not null, 'registration_id', r.registration_id, 'name', private.badge_name(r),
    'organization_name', r.organization_name, 'mode', r.mode, 'time_zone', f.time_zone)
  from public.forums f left join public.registrations r on r.registration_id = scan.registration_id
  where f.forum_id = scan.forum_id
$$;
comment on function private.scan_answer is 'What a scan answered, with the name on the badge.';

-- The age of a scan by the device's own clock, so that a clock that is wrong all day does not matter. One that is wrong by
-- a year is not asked.
create function private.scanned_at(forum public.forums, received timestamptz, at timestamptz, sent_at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case
    when at between received - interval '1 year' and received + interval '1 year'
      and sent_at between received - interval '1 year' and received + interval '1 year'
    then greatest(least(received, forum.starts_on::timestamp at time zone forum.time_zone), received - greatest(sent_at - at, interval '0'))
    else received end
$$;
comment on function private.scanned_at is 'When a scan was made: not before the first day of the forum, nor after it was received.';

-- Locks the registration alone: scans of two devices wait for each other only when they are of one person.
create function private.add_scan(
  forum public.forums, registration_id uuid, code text, scan_id uuid, at timestamptz, sent_at timestamptz
)
returns private.scans
language plpgsql
set search_path = ''
as $$
declare
  registration public.registrations;
  scan private.scans;
  received timestamptz;
  effective timestamptz;
  first_at timestamptz;
  why public.check_in_reason;
begin
  select r.* into registration from public.registrations r
  where r.registration_id = coalesce(add_scan.registration_id, (
    select c.registration_id from private.check_in_codes c
    where c.code = translate(upper(regexp_replace(add_scan.code, '[^0-9A-Za-z]', '', 'g')), 'OIL', '011')))
  for no key update;
  received := clock_timestamp();
  effective := private.scanned_at(forum, received, at, sent_at);
  if registration.registration_id is null then
    why := 'unknown_code';
  elsif registration.forum_id <> forum.forum_id then
    why := 'other_forum';
    registration.registration_id := null;
  elsif registration.status <> 'confirmed' then
    why := registration.status::text;
  else
    first_at := private.checked_in_at(registration.registration_id);
  end if;
  insert into private.scans
    (scan_id, forum_id, registration_id, outcome, reason, first_at, device_at, effective_at, received_at, scanned_by)
  values (
    coalesce(add_scan.scan_id, gen_random_uuid()), forum.forum_id, registration.registration_id,
    case when why is not null then 'no' when first_at is null then 'in' else 'already' end::public.check_in_outcome, why,
    case when why is null then least(first_at, effective) end, case when isfinite(at) then at end, effective, received, auth.uid())
  on conflict on constraint scans_pkey do nothing
  returning * into scan;
  if scan.scan_id is null then
    select * into scan from private.scans s where s.scan_id = add_scan.scan_id and s.forum_id = forum.forum_id;
    if not found then
      raise exception 'scan_not_found' using errcode = 'PT404';
    end if;
  elsif scan.outcome = 'in' then
    perform private.record_event('checked_in', 'registration', scan.registration_id);
  end if;
  return scan;
end
$$;
comment on function private.add_scan is 'Adds a scan and gives it with its answer; one that is known is given as it was.';

-- The address is made up by the site, as for vouched spots; nobody ever signs in to it.
create function private.is_walk_in(account uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$ select exists (select from auth.users u where u.id = account and u.email like '%@walk-in.invalid') $$;
comment on function private.is_walk_in is 'Whether an account was made for somebody who came without one.';

-- Reads -------------------------------------------------------------------------------------

-- A column of registrations that the API computes. The code is for the person alone, organizers do not read it.
create function public.my_check_in(public.registrations)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('code', c.code, 'at', private.checked_in_at(r.registration_id))
  from public.registrations r join private.check_in_codes c using (registration_id)
  where r.registration_id = $1.registration_id and r.status = 'confirmed' and r.person_id = (select private.my_id())
$$;
comment on function public.my_check_in is
  'Column of registrations: {code, at}, the code to show and since when the person is in; null unless confirmed. Callers: the person.';

create function private.people_in(forum_id uuid)
returns table (registration_id uuid, at timestamptz, scan_id uuid)
language sql
stable
set search_path = ''
as $$
  select s.registration_id, min(s.effective_at), (array_agg(s.scan_id order by s.effective_at, s.scan_id))[1]
  from private.scans s
  where s.forum_id = people_in.forum_id and s.outcome <> 'no' and s.undone_at is null group by s.registration_id
$$;
comment on function private.people_in is 'Who is in at a forum, since when, and the scan that says so.';

create function private.attendance(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'registered', count(*) filter (where r.mode = 'in_person'), 'registered_online', count(*) filter (where r.mode = 'online'),
    'attended', count(i.at))
  from public.registrations r left join private.people_in(attendance.forum_id) i using (registration_id)
  where r.forum_id = attendance.forum_id and r.status = 'confirmed'
$$;
comment on function private.attendance is 'How many are confirmed in person and online, and how many of them have come.';

-- Names on badges, organizations and statuses alone: no address, no sector, nothing that somebody needs.
create function public.check_in_page(slug text, search text default null, after uuid default null, scan_id uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  forum public.forums := private.must_check_in((select f.forum_id from public.forums f where f.slug = check_in_page.slug));
  wanted text := private.unaccented(btrim(coalesce(search, '')));
  last_at timestamptz := (select i.at from private.people_in(forum.forum_id) i where i.registration_id = check_in_page.after);
begin
  return jsonb_build_object(
    'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
      'starts_on', forum.starts_on, 'ends_on', forum.ends_on, 'time_zone', forum.time_zone,
      'capacity_in_person', forum.capacity_in_person, 'capacity_online', forum.capacity_online,
      'cancelled', forum.cancelled_at is not null, 'takes_place', private.takes_place(forum)),
    'organizer', private.is_organizer(),
    'attendance', private.attendance(forum.forum_id),
    'scan', (
      select private.scan_answer(s) from private.scans s where s.scan_id = check_in_page.scan_id and s.forum_id = forum.forum_id),
    'people', (
      select coalesce(jsonb_agg(to_jsonb(p) - 'n' order by p.n), '[]') from (
        select r.registration_id, private.badge_name(r) as name, r.organization_name, r.mode, r.status, i.at, i.scan_id,
          row_number() over (order by case when wanted = '' then i.at end desc,
            case when wanted <> '' then lower(private.badge_name(r)) end, r.registration_id) as n
        from public.registrations r left join private.people_in(forum.forum_id) i using (registration_id)
        where r.forum_id = forum.forum_id and case
          when wanted <> '' then
            strpos(private.unaccented(r.name || ' ' || coalesce(r.badge_name, '') || ' ' || coalesce(r.organization_name, '')), wanted) > 0
          else i.at is not null and (last_at is null or i.at < last_at or i.at = last_at and r.registration_id > check_in_page.after) end
        order by n limit 21) p));
end
$$;
comment on function public.check_in_page is
  'The check-in of a forum: {forum, organizer, attendance, scan, people}. `people` are up to 21 found by `search` in name and '
  'organization or, without it, who came last, after the registration `after`. Callers: organizers, its role `check_in`. Refuses: '
  'check_in_only, forum_not_found.';

-- Volatile, so that names travel in a body and never in an address.
create function public.match_names(forum_id uuid, names text[])
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  forum public.forums := private.must_check_in(forum_id);
begin
  if cardinality(names) > 300 then
    raise exception 'too_many_names' using errcode = 'PT422';
  end if;
  return (
    -- Each name is taken apart once, not once for each line.
    with lines as materialized (
      select u.n, u.line, private.name_key(u.line) as key from unnest(names) with ordinality u(line, n)
    ), keys as materialized (
      select r.registration_id, private.name_key(r.name) as key from public.registrations r where r.forum_id = forum.forum_id
      union
      select r.registration_id, private.name_key(r.badge_name) from public.registrations r
      where r.forum_id = forum.forum_id and r.badge_name is not null
    ), found as (
      select l.n, jsonb_agg(jsonb_build_object('registration_id', r.registration_id, 'name', private.badge_name(r),
        'organization_name', r.organization_name, 'mode', r.mode, 'status', r.status, 'at', i.at)
        order by lower(private.badge_name(r)), r.registration_id) as people
      from lines l join keys k on k.key = l.key and k.key <> '' join public.registrations r using (registration_id)
      left join private.people_in(forum.forum_id) i using (registration_id)
      group by l.n
    )
    select coalesce(jsonb_agg(jsonb_build_object('line', l.line, 'people', coalesce(f.people, '[]')) order by l.n), '[]')
    from lines l left join found f using (n));
end
$$;
comment on function public.match_names is
  'For each of up to 300 names of a paper list, whose registrations are meant: [{line, people}]. Callers: organizers, the role '
  '`check_in` of the forum. Refuses: check_in_only, forum_not_found, too_many_names.';

-- For badges and the sign-in sheet. No sector, and the name that somebody chose for their badge.
create function public.check_in_sheet(slug text, after uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  forum public.forums;
  after_name text;
begin
  perform private.must_be_organizer();
  select * into forum from public.forums f where f.slug = check_in_sheet.slug;
  if not found then
    return null;
  end if;
  select lower(private.badge_name(r)) into after_name from public.registrations r
  where r.registration_id = check_in_sheet.after and r.forum_id = forum.forum_id;
  return jsonb_build_object(
    'forum', jsonb_build_object('slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr, 'starts_on', forum.starts_on,
      'ends_on', forum.ends_on),
    'people', (
      select coalesce(jsonb_agg(to_jsonb(p) order by private.unaccented(p.name), p.registration_id), '[]') from (
        select r.registration_id, private.badge_name(r) as name, r.organization_name, r.language
        from public.registrations r
        where r.forum_id = forum.forum_id and r.status = 'confirmed' and r.mode = 'in_person'
          and (after_name is null or (lower(private.badge_name(r)), r.registration_id) > (after_name, check_in_sheet.after))
        order by lower(private.badge_name(r)), r.registration_id limit 401) p));
end
$$;
comment on function public.check_in_sheet is
  'Up to 401 people who are confirmed in person, by the name on their badge, after one: {forum, people}; null without such a '
  'forum. Callers: organizers.';

-- Verbs -------------------------------------------------------------------------------------

-- Sent again, also much later and by another device, it changes nothing more and answers as the first time.
create function public.check_in(
  forum_id uuid, scan_id uuid, code text default null, registration_id uuid default null, at timestamptz default null,
  sent_at timestamptz default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums := private.must_check_in(forum_id);
begin
  if forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  end if;
  return private.scan_answer(private.add_scan(forum, registration_id, code, scan_id, at, sent_at));
end
$$;
comment on function public.check_in is
  'Checks in the person of a code or of a registration: {scan_id, outcome, reason, at, undone, registration_id, name, '
  'organization_name, mode, time_zone}. `at` and `sent_at` are the times of the scan and of sending it on one clock. Callers: organizers, '
  'the role `check_in` of the forum. Refuses: check_in_only, forum_not_found, forum_cancelled, scan_not_found.';

-- In the order of the registrations, so that two lists at the same time do not wait for each other in a circle.
create function public.check_in_list(forum_id uuid, registration_ids uuid[], scan_ids uuid[])
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums := private.must_check_in(forum_id);
  one record;
  scan private.scans;
  counts integer[] := '{0,0,0}';
begin
  if forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  elsif cardinality(registration_ids) > 300 or cardinality(registration_ids) <> cardinality(scan_ids) then
    raise exception 'too_many_names' using errcode = 'PT422';
  end if;
  for one in select l.* from unnest(registration_ids, scan_ids) l(registration_id, scan_id) order by l.registration_id, l.scan_id loop
    scan := private.add_scan(forum, one.registration_id, null, one.scan_id, null, null);
    counts[case scan.outcome when 'in' then 1 when 'already' then 2 else 3 end] :=
      counts[case scan.outcome when 'in' then 1 when 'already' then 2 else 3 end] + 1;
  end loop;
  perform private.log('check_in_list', forum.forum_id);
  return jsonb_build_object('in', counts[1], 'already', counts[2], 'no', counts[3]);
end
$$;
comment on function public.check_in_list is
  'Checks in up to 300 people of a paper list, each by a scan of its own: how many are {in, already, no}. Callers: organizers, '
  'the role `check_in` of the forum. Refuses: check_in_only, forum_not_found, forum_cancelled, too_many_names, scan_not_found.';

-- One scan: somebody whom another device scanned as well stays in.
create function public.undo_check_in(scan_id uuid)
returns timestamptz
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  scan private.scans;
begin
  select * into scan from private.scans s where s.scan_id = undo_check_in.scan_id for update;
  if not found or not private.may_check_in(scan.forum_id) then
    raise exception 'scan_not_found' using errcode = 'PT404';
  elsif scan.undone_at is null and scan.outcome <> 'no' then
    update private.scans s set undone_at = clock_timestamp(), undone_by = me where s.scan_id = scan.scan_id;
    perform private.log('undo_check_in', (
      select r.person_id from public.registrations r where r.registration_id = scan.registration_id), context_id => scan.forum_id);
    perform private.record_event('check_in_undone', 'registration', scan.registration_id);
  end if;
  return private.checked_in_at(scan.registration_id);
end
$$;
comment on function public.undo_check_in is
  'Undoes one scan, and gives since when the person is in by another one, or null. Sent twice, it changes nothing more. Callers: '
  'organizers, the role `check_in` of the forum. Refuses: scan_not_found.';

-- Those who wait come first, as for everybody; beyond the capacity an organizer decides, with a reason.
create function public.add_walk_in(
  forum_id uuid, scan_id uuid, account uuid, name text, organization_name text, mode public.mode, language public.language,
  province public.province, sector text, over_capacity boolean, reason text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums := private.must_check_in(forum_id);
  beyond boolean := coalesce(over_capacity, false);
  called text := private.one_line(name);
  works_for text := nullif(private.one_line(organization_name), '');
  registration public.registrations;
  why text;
  fits boolean;
begin
  perform from public.forums f where f.forum_id = forum.forum_id for no key update;
  if exists (select from private.scans s where s.scan_id = add_walk_in.scan_id and s.forum_id = forum.forum_id) then
    return (select private.scan_answer(s) from private.scans s where s.scan_id = add_walk_in.scan_id);
  end if;
  perform private.must_take_place(forum);
  if beyond and not private.is_organizer() then
    raise exception 'organizers_only' using errcode = 'PT403';
  elsif coalesce(private.capacity(forum, add_walk_in.mode), 0) = 0 then
    raise exception 'mode_not_offered' using errcode = 'PT422';
  elsif coalesce(called, '') = '' or language is null or province is null or sector is null then
    raise exception 'registration_incomplete' using errcode = 'PT422';
  elsif not private.is_walk_in(account) or exists (select from public.people p where p.person_id = account) then
    raise exception 'walk_in_account' using errcode = 'PT422';
  end if;
  perform private.must_be_offered(sector, null);
  why := case when beyond then private.must_have_reason(reason) end;
  fits := private.offer_spots(forum, mode, province, sector) > 0;
  if not fits and not beyond then
    raise exception 'walk_in_no_room' using errcode = 'PT409';
  end if;
  insert into public.people (person_id, name, language, province, sector, organization_name, approved_at)
  values (account, called, add_walk_in.language, add_walk_in.province, add_walk_in.sector, works_for, now());
  insert into public.registrations
    (forum_id, person_id, mode, status, name, language, province, sector, organization_name, over_capacity, confirmed_at)
  values (forum.forum_id, account, add_walk_in.mode, 'confirmed', called, add_walk_in.language, add_walk_in.province,
    add_walk_in.sector, works_for, not fits, clock_timestamp())
  returning * into registration;
  perform private.note_registration(registration.registration_id, case when fits then 'approved' else 'approved_over_capacity' end, why,
    jsonb_build_object('status', 'confirmed'));
  perform private.record_event('registration_confirmed', 'registration', registration.registration_id);
  perform private.log('add_walk_in', account, context_id => forum.forum_id);
  return private.scan_answer(private.add_scan(forum, registration.registration_id, null, scan_id, null, null));
end
$$;
comment on function public.add_walk_in is
  'Adds somebody who came without a registration, in an account that the site made before, and checks them in; answers as '
  '`check_in`. Sent twice, it adds one. Callers: organizers, the role `check_in` of the forum. Refuses: check_in_only, '
  'forum_not_found, forum_cancelled, registration_forum_over, mode_not_offered, registration_incomplete, walk_in_account, '
  'sector_not_offered, reason_missing, walk_in_no_room, scan_not_found, people_name_length, people_organization_name_length.';

revoke execute on function public.my_check_in, public.check_in_page, public.match_names, public.check_in_sheet, public.check_in,
  public.check_in_list, public.undo_check_in, public.add_walk_in from public, anon;
grant execute on function public.my_check_in, public.check_in_page, public.match_names, public.check_in_sheet, public.check_in,
  public.check_in_list, public.undo_check_in, public.add_walk_in to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.checkins_tasks(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('check_ins', (
    select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr)
      order by f.starts_on, f.forum_id), '[]')
    from private.forum_roles r
    join public.forums f using (forum_id)
    join public.people p on p.person_id = r.person_id
    where r.person_id = person and r.role = 'check_in' and r.starts_at <= now() and r.ends_at > now()
      and not private.counts_as_government(p.sector) and f.published_at <= now() and f.cancelled_at is null))
$$;
comment on function private.checkins_tasks is 'The forums at which a person may check people in by their role.';

create function private.checkins_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$ select jsonb_build_object('attended', private.attendance(forum_id) -> 'attended') $$;
comment on function private.checkins_organize is 'For organizers: how many of those who are confirmed have come.';

create function private.checkins_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'check_in_codes', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'code', c.code) order by r.joined_at), '[]')
      from private.check_in_codes c join public.registrations r using (registration_id) join public.forums f using (forum_id)
      where r.person_id = person),
    -- Without the names of who scanned.
    'scans', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'outcome', s.outcome, 'reason', s.reason, 'at', s.effective_at,
        'received_at', s.received_at, 'undone_at', s.undone_at) order by s.received_at), '[]')
      from private.scans s join public.registrations r using (registration_id) join public.forums f on f.forum_id = s.forum_id
      where r.person_id = person),
    'scans_by_you', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'received_at', s.received_at,
        'undone_by_you', s.undone_by is not distinct from person) order by s.received_at), '[]')
      from private.scans s join public.forums f using (forum_id) where person in (s.scanned_by, s.undone_by)))
$$;
comment on function private.checkins_export is
  'The codes of a person, when they were checked in, and when they checked in others, without whom.';

-- Registrations of these forums are deleted the same day, and with them the other scans.
create function private.checkins_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with left_over as (
    delete from private.scans s using public.forums f
    where f.forum_id = s.forum_id and f.ends_on < current_date - interval '12 months' returning 1
  ), accounts as (
    delete from auth.users u
    where u.email like '%@walk-in.invalid' and u.created_at < now() - interval '1 day'
      and not exists (select from public.registrations r where r.person_id = u.id) returning 1
  )
  select jsonb_build_object('scans', (select count(*) from left_over), 'walk_ins', (select count(*) from accounts))
$$;
comment on function private.checkins_retention is
  'Deletes scans 12 months after their forum, and the accounts of people who came without one when they have no registration.';

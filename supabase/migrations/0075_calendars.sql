-- Calendars: a private web address for the calendar of a phone or a computer, with the forums and sessions of one person.
--
-- Everyone who has the address reads the calendar without signing in, since no calendar can. So it is random and long, only a
-- hash of it is stored, its person can renew or delete it at any time, and it says when somebody is busy and nothing
-- else, until its person chooses names: calendars are often shared, and shown on a locked screen.

insert into private.domains values ('calendars', 75);

create type public.calendar_titles as enum ('neutral', 'names');

create table private.calendar_addresses (
  person_id uuid primary key references public.people on delete cascade,
  token_hash bytea not null constraint calendar_addresses_once unique,
  titles public.calendar_titles not null,
  made_at timestamptz not null default clock_timestamp()
);
comment on table private.calendar_addresses is 'The private calendar address of each person who made one, as a hash.';
alter table private.calendar_addresses enable row level security;

insert into private.personal_columns
select 'private.calendar_addresses', c, 'show forums and sessions in the person''s calendar', 'the person',
  'until the person deletes or renews the address', 'delete_calendar_address; calendars_suspend; deleting the account'
from unnest(array['person_id', 'token_hash', 'titles', 'made_at']) c;

-- Helpers -----------------------------------------------------------------------------------

create function private.calendar_hash(token text)
returns bytea
language sql
immutable
set search_path = ''
as $$ select sha256(convert_to('calendar ' || token, 'UTF8')) $$;

create function private.is_discreet(person uuid)
returns boolean
language sql
stable
set search_path = ''
as $$ select coalesce((select p.discreet from public.preferences p where p.person_id = is_discreet.person), false) $$;
comment on function private.is_discreet is 'Whether a person asked for discreet emails, and so for neutral entries in calendars.';

-- Reads -------------------------------------------------------------------------------------

-- Never the address: only its hash is stored.
create function public.my_calendar()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  return (
    select jsonb_build_object('discreet', private.is_discreet(me), 'titles', a.titles, 'made_at', a.made_at)
    from (select) one left join private.calendar_addresses a on a.person_id = me);
end
$$;
comment on function public.my_calendar is
  'The calendar address of the person who asks, without the address: {discreet, titles, made_at}, the last two null without '
  'one. Callers: people.';

-- Volatile, so that the address travels in a body and never in one that a log holds. Unknown, renewed and suspended look alike.
create function public.calendar_feed(token text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  address private.calendar_addresses;
  named boolean;
begin
  select a.* into address from private.calendar_addresses a join public.people p using (person_id)
  where a.token_hash = private.calendar_hash(calendar_feed.token) and p.suspended_at is null;
  if not found then
    return null;
  end if;
  named := address.titles = 'names' and not private.is_discreet(address.person_id);
  return jsonb_build_object(
    'titles', case when named then 'names' else 'neutral' end,
    'forums', (
      select coalesce(jsonb_agg(jsonb_build_object('registration_id', r.registration_id, 'calendar_sequence', r.calendar_sequence,
        'name_en', case when named then f.name_en end, 'name_fr', case when named then f.name_fr end,
        'starts_on', f.starts_on, 'ends_on', f.ends_on, 'time_zone', case when named then f.time_zone end,
        'sessions', (
          select coalesce(jsonb_agg(jsonb_build_object('session_id', s.session_id, 'version', s.version,
            'title_en', case when named then s.title_en end, 'title_fr', case when named then s.title_fr end, 'starts_at', s.starts_at,
            'ends_at', s.ends_at) order by s.starts_at, s.session_id), '[]')
          from public.signups t join public.sessions s using (session_id)
          where t.forum_id = f.forum_id and t.person_id = address.person_id and s.ends_at is not null))
        order by f.starts_on, f.forum_id), '[]')
      from public.registrations r join public.forums f using (forum_id)
      where r.person_id = address.person_id and r.status = 'confirmed' and f.published_at <= now() and f.cancelled_at is null));
end
$$;
comment on function public.calendar_feed is
  'What the calendar of an address shows: {titles, forums}, each forum with the sessions that its person signed up for; names '
  'and zones are null unless the person chose names. Null for an address that is not one any more. Callers: anyone who has the '
  'address.';

-- Verbs -------------------------------------------------------------------------------------

-- 244 random bits. The address is given once, here; nobody can look it up later.
create function public.make_calendar_address(titles public.calendar_titles)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  token text := encode(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 'hex');
begin
  insert into private.calendar_addresses as a (person_id, token_hash, titles)
  values (me, private.calendar_hash(token), coalesce(make_calendar_address.titles, 'neutral'))
  on conflict on constraint calendar_addresses_pkey do update
  set token_hash = excluded.token_hash, titles = excluded.titles, made_at = excluded.made_at;
  perform private.record_event('calendar_address_made', 'person', me);
  return token;
end
$$;
comment on function public.make_calendar_address is
  'Makes the calendar address of the person who asks, and gives its secret part, once; one of before stops at the same moment. '
  'Callers: people.';

-- Without a new address: a program goes on with the one that it has.
create function public.set_calendar_titles(titles public.calendar_titles)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  update private.calendar_addresses a set titles = coalesce(set_calendar_titles.titles, 'neutral') where a.person_id = me;
  if not found then
    raise exception 'calendar_address_not_found' using errcode = 'PT404';
  end if;
end
$$;
comment on function public.set_calendar_titles is
  'Says what entries of one''s own calendar are called. Callers: people. Refuses: calendar_address_not_found.';

-- What a program has read stays there; this site cannot take it back.
create function public.delete_calendar_address()
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  delete from private.calendar_addresses a where a.person_id = me;
  if found then
    perform private.record_event('calendar_address_deleted', 'person', me);
  end if;
end
$$;
comment on function public.delete_calendar_address is
  'Deletes one''s own calendar address: it answers nobody any more. Without one it changes nothing. Callers: people.';

revoke execute on function public.my_calendar, public.calendar_feed, public.make_calendar_address, public.set_calendar_titles,
  public.delete_calendar_address from public, anon, authenticated;
grant execute on function public.calendar_feed to anon, authenticated;
grant execute on function public.my_calendar, public.make_calendar_address, public.set_calendar_titles, public.delete_calendar_address
  to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.calendars_suspend(person uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.calendar_addresses a where a.person_id = person $$;
comment on function private.calendars_suspend is 'Deletes the calendar address: everyone who has it would go on reading.';

create function private.calendars_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('calendar_addresses', (
    select coalesce(jsonb_agg(jsonb_build_object('made_at', a.made_at, 'titles', a.titles)), '[]')
    from private.calendar_addresses a where a.person_id = person))
$$;
comment on function private.calendars_export is 'When a person made their calendar address; the address itself is not stored.';

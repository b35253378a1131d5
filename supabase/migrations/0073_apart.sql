-- Never in the same room: requests not to share a session with a person, an organization or a sector.
--
-- A person asks; a needs reader of the forum decides, and chooses whom the words mean. Nobody else learns of it. The tables
-- are private, each reading is logged, and no verb of this file records an event.
--
-- Probing: if a session were refused because of who is in it, naming somebody would be a way to find them. So who is
-- in a session decides nothing. An accepted request splits the sessions of its forum in two by a secret: those of the
-- person who asked, and those of whom they named. Each is refused in the other's half, also where nobody of them is.
-- What the person who asked sees is then the same whether the other signed up, waits, left or never registered: "nobody"
-- is a decision too. Nor does the other learn where the person who asked is. And since the halves are fixed, no two acts at
-- the same moment can seat the pair.
-- Requests about the same organization or sector share one split, and so do all requests of one person about people:
-- otherwise ten requests about a sector would close every session to it.
--
-- A refused session is full for that person in `spots_left`, on the waitlist, and in the refusal of the same statements. They
-- may wait, and are passed by without losing their position. `spots_left` answers confirmed participants only: somebody
-- refused would compare with what visitors see.
--
-- Limits. Who was named and has a spot when the request is accepted keeps it, and that session counts to their half: of a
-- session that closes then, the other may guess a little more often right; before sign-up opens there is nothing to guess.
-- Two participants who compare their screens see that one is refused. Organizers see who signed up for a session.

insert into private.domains values ('apart', 73);

create type public.apart_about as enum ('person', 'organization', 'sector');

create table private.apart_requests (
  request_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  about public.apart_about not null,
  words text not null constraint apart_requests_words_length check (char_length(words) <= 500),
  organization_id uuid references public.organizations on delete set null,
  sector text references public.sectors,
  asked_at timestamptz not null default clock_timestamp(),
  declined_at timestamptz,
  deleted_at timestamptz,
  accepted_at timestamptz,
  accepted_by uuid references public.people on delete set null,
  -- Whom the needs reader chose; nobody at all is possible.
  with_person_id uuid references public.people on delete set null,
  with_organization_id uuid references public.organizations on delete set null,
  with_sector text references public.sectors,
  -- What the split is made from, beside the secret of the forum.
  split text,
  -- Where those named had a spot before: of their half.
  earlier_sessions uuid[] not null default '{}',
  constraint apart_requests_one_decision check (num_nonnulls(declined_at, deleted_at, accepted_at) <= 1),
  constraint apart_requests_split_when_accepted check ((split is null) = (accepted_at is null))
);
comment on table private.apart_requests is
  'Who asked not to share sessions with whom, and what a needs reader decided: for the person and the needs readers of that forum.';
create index apart_requests_by_person on private.apart_requests (person_id, forum_id);
create index apart_requests_accepted on private.apart_requests (forum_id) where accepted_at is not null;
create index apart_requests_of_forum on private.apart_requests (forum_id, asked_at);
create index apart_requests_by_organization on private.apart_requests (organization_id);
create index apart_requests_by_sector on private.apart_requests (sector);
create index apart_requests_by_reader on private.apart_requests (accepted_by);
create index apart_requests_with_person on private.apart_requests (with_person_id);
create index apart_requests_with_organization on private.apart_requests (with_organization_id);
create index apart_requests_with_sector on private.apart_requests (with_sector);
alter table private.apart_requests enable row level security;

create table private.apart_readings (
  reading_id uuid primary key default gen_random_uuid(),
  request_id uuid not null references private.apart_requests on delete cascade,
  reader_id uuid references public.people on delete set null,
  read_at timestamptz not null default now()
);
comment on table private.apart_readings is 'Who read which request, and when: one row for each reading.';
create index apart_readings_of_request on private.apart_readings (request_id, read_at desc);
create index apart_readings_by_reader on private.apart_readings (reader_id);
alter table private.apart_readings enable row level security;

create table private.apart_secrets (
  forum_id uuid primary key references public.forums on delete cascade,
  secret text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
);
comment on table private.apart_secrets is 'What makes the splits of a forum unguessable.';
alter table private.apart_secrets enable row level security;

insert into private.personal_columns
select 'private.apart_requests', c, 'keep people apart who ask for it', 'the person, the needs readers of the forum',
  '30 days after the forum', 'apart_retention; deleting the request; cancelling the registration or the forum; deleting the account'
from unnest(array['request_id', 'forum_id', 'person_id', 'about', 'words', 'organization_id', 'sector', 'asked_at', 'declined_at',
  'deleted_at', 'accepted_at']) c
union all
select 'private.apart_requests', c, 'keep people apart who ask for it', 'the needs readers of the forum',
  '30 days after the forum', 'apart_retention; deleting the request; cancelling the registration or the forum; deleting the account'
from unnest(array['accepted_by', 'with_person_id', 'with_organization_id', 'with_sector', 'split', 'earlier_sessions']) c
union all
select 'private.apart_readings', c, 'know who read what somebody asked', 'the person', '30 days after the forum',
  'apart_retention; cancelling the registration or the forum; deleting the account'
from unnest(array['reading_id', 'request_id', 'reader_id', 'read_at']) c;

-- Guards and helpers --------------------------------------------------------------------------

-- In SQL, so that it is inlined: it is asked for each session of a program.
create function private.apart_is_half(secret text, split text, session_id uuid)
returns boolean
language sql
immutable
set search_path = ''
as $$ select get_byte(sha256(convert_to(secret || split || session_id::text, 'UTF8')), 0) < 128 $$;
comment on function private.apart_is_half is 'Whether a session is of the half of the person who asked.';

-- Sectors and organizations are those of the profile and of the registration: somebody may have changed one of them.
create function private.apart_names(request private.apart_requests, person_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(request.with_person_id = person_id, false) or exists (
    select from public.people p
    left join public.registrations g on g.person_id = p.person_id and g.forum_id = request.forum_id
    left join public.organizations o on o.organization_id = request.with_organization_id
    where p.person_id = apart_names.person_id
      and (request.with_sector in (p.sector, g.sector) or o.organization_id = p.organization_id
        or private.alike(o.name_en) in (private.alike(p.organization_name), private.alike(g.organization_name))
        or private.alike(o.name_fr) in (private.alike(p.organization_name), private.alike(g.organization_name))));
end
$$;
comment on function private.apart_names is 'Whether an accepted request names this person, alone or by organization or sector.';

create function private.apart_bars(session_id uuid, forum_id uuid, person_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (
    select from private.apart_requests r
    join private.apart_secrets s using (forum_id)
    where r.forum_id = apart_bars.forum_id and r.accepted_at is not null
      and case
        when r.person_id = apart_bars.person_id
          then not private.apart_is_half(s.secret, r.split, apart_bars.session_id)
            or apart_bars.session_id = any (r.earlier_sessions)
        else private.apart_is_half(s.secret, r.split, apart_bars.session_id) and apart_bars.session_id <> all (r.earlier_sessions)
          and private.apart_names(r, apart_bars.person_id)
        end);
end
$$;
comment on function private.apart_bars is 'Whether a session is closed to a person by a request, theirs or about them. Sessions ask it.';

-- Whatever adds a signup, now or later.
create function private.apart_refuse_signup()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if private.apart_bars(new.session_id, new.forum_id, new.person_id) then
    raise exception 'session_full' using errcode = 'PT409';
  end if;
  return new;
end
$$;
create trigger signups_keep_apart before insert or update of session_id, person_id on public.signups
  for each row execute function private.apart_refuse_signup();

-- The signups and offers of a person that a request closes; in line they stay.
create function private.apart_clear(forum_id uuid, person_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from public.signups t
  where t.forum_id = apart_clear.forum_id and t.person_id = apart_clear.person_id and upper(t.during) > now()
    and private.apart_bars(t.session_id, t.forum_id, t.person_id);
  update public.session_waits w set offered_until = null
  where w.forum_id = apart_clear.forum_id and w.person_id = apart_clear.person_id and w.offered_until is not null
    and private.apart_bars(w.session_id, w.forum_id, w.person_id);
end
$$;

-- Who becomes one of those named loses the spots of the other half. The registration is locked first: a signup being made
-- and a request being accepted hold it, and are seen after the wait.
create function private.apart_follow_person()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  registration public.registrations;
begin
  for registration in
    select r.* from public.registrations r
    where r.person_id = new.person_id and r.status = 'confirmed'
    order by r.registration_id for update
  loop
    perform private.apart_clear(registration.forum_id, registration.person_id);
  end loop;
  return null;
end
$$;
create trigger signups_keep_apart after update of sector, organization_id, organization_name on public.people
  for each row when ((new.sector, new.organization_id, new.organization_name)
    is distinct from (old.sector, old.organization_id, old.organization_name))
  execute function private.apart_follow_person();
create trigger signups_keep_apart after update of sector, organization_name on public.registrations
  for each row when (new.status = 'confirmed' and (new.sector, new.organization_name) is distinct from (old.sector, old.organization_name))
  execute function private.apart_follow_person();

-- However a registration ends, what the person asked goes with it.
create function private.apart_follow_registration()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not private.takes_part(old.forum_id, old.person_id) then
    delete from private.apart_requests r where r.forum_id = old.forum_id and r.person_id = old.person_id;
  end if;
  return null;
end
$$;
create trigger registrations_delete_apart after delete or update of status, person_id on public.registrations
  for each row execute function private.apart_follow_registration();

-- Spots that open again go to those who wait.
create function private.apart_note_open()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if old.accepted_at is not null then
    perform private.queue_job('sessions_offer_due');
  end if;
  return null;
end
$$;
create trigger offers_follow_apart after delete or update of accepted_at on private.apart_requests
  for each row execute function private.apart_note_open();

create function private.apart_status(request private.apart_requests)
returns text
language sql
immutable
set search_path = ''
as $$
  select case when request.deleted_at is not null then 'deleted' when request.declined_at is not null then 'declined'
    when request.accepted_at is not null then 'apart' else 'waiting' end
$$;

-- A needs reader neither reads nor decides what they asked themself, nor what is about them.
create function private.apart_may_read(request private.apart_requests, reader uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  meant private.apart_requests := request;
begin
  meant.with_organization_id := coalesce(request.with_organization_id, request.organization_id);
  meant.with_sector := coalesce(request.with_sector, request.sector);
  return request.person_id <> reader and request.deleted_at is null and not private.apart_names(meant, reader);
end
$$;

-- The request, for a decision: after its forum, the sessions and the registrations of those who chose one, so that no
-- signup, offer or change of sector happens at the same moment.
create function private.must_find_apart(request_id uuid)
returns private.apart_requests
language plpgsql
set search_path = ''
as $$
declare
  request private.apart_requests;
  me uuid;
begin
  select * into request from private.apart_requests r where r.request_id = must_find_apart.request_id;
  me := private.must_be_needs_reader(request.forum_id);
  perform from public.forums f where f.forum_id = request.forum_id for no key update;
  perform from public.sessions s where s.forum_id = request.forum_id and s.sign_up order by s.session_id for no key update;
  perform from public.registrations r
  where r.forum_id = request.forum_id and r.status = 'confirmed' order by r.registration_id for share;
  select * into request from private.apart_requests r where r.request_id = must_find_apart.request_id for update;
  if not found or not private.apart_may_read(request, me) then
    raise exception 'apart_not_found' using errcode = 'PT404';
  end if;
  return request;
end
$$;
comment on function private.must_find_apart is 'A request that the needs reader who asks may decide, locked, or a refusal.';

create function private.apart_own(forum_id uuid, person_id uuid, organization_id uuid, sector text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  meant private.apart_requests;
begin
  meant.forum_id := apart_own.forum_id;
  meant.with_organization_id := apart_own.organization_id;
  meant.with_sector := apart_own.sector;
  return private.apart_names(meant, apart_own.person_id);
end
$$;
comment on function private.apart_own is 'Whether a person is of this organization or sector themself.';

-- Reads -------------------------------------------------------------------------------------

-- Readers by name, since somebody decides by that whether to ask at all. Nothing says whom a needs reader chose.
create function public.my_apart(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums;
begin
  select * into forum from public.forums f where f.slug = my_apart.slug and f.published_at <= now();
  if not found then
    return null;
  elsif not private.takes_part(forum.forum_id, me) then
    raise exception 'not_registered' using errcode = 'PT404';
  end if;
  return jsonb_build_object(
    'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
      'ends_on', forum.ends_on),
    'ended', private.is_over(forum) or forum.cancelled_at is not null,
    'requests', (
      select coalesce(jsonb_agg(jsonb_build_object('request_id', r.request_id, 'about', r.about, 'words', r.words,
        'organization_en', o.name_en, 'organization_fr', o.name_fr, 'sector', r.sector, 'asked_at', r.asked_at,
        'status', private.apart_status(r)) order by r.asked_at), '[]')
      from private.apart_requests r left join public.organizations o using (organization_id)
      where r.forum_id = forum.forum_id and r.person_id = me and r.deleted_at is null),
    'left', 5 - (
      select count(*) from private.apart_requests r where r.forum_id = forum.forum_id and r.person_id = me),
    'readers', (
      select coalesce(jsonb_agg(p.name order by private.unaccented(p.name), p.person_id), '[]')
      from private.forum_roles r join public.people p using (person_id)
      where r.forum_id = forum.forum_id and r.role = 'needs_reader' and r.starts_at <= now() and r.ends_at > now()
        and p.suspended_at is null and not private.counts_as_government(p.sector) and p.person_id <> me),
    'readings', (
      select coalesce(jsonb_agg(jsonb_build_object('reader', l.name, 'read_at', l.read_at) order by l.read_at desc), '[]')
      from (
        select distinct p.name, g.read_at
        from private.apart_readings g join private.apart_requests r using (request_id)
        left join public.people p on p.person_id = g.reader_id
        where r.forum_id = forum.forum_id and r.person_id = me order by g.read_at desc limit 100) l));
end
$$;
comment on function public.my_apart is
  'What the person who asks requested at a forum, how many requests are left, who may read them, and the last 100 readings: '
  '{forum, ended, requests, left, readers, readings}; null without such a forum. Callers: people who are confirmed or wait. '
  'Refuses: not_registered.';

-- A read that writes: each request shown gets one more reading.
create function public.read_apart(slug text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums;
  me uuid;
  answer jsonb;
begin
  select * into forum from public.forums f where f.slug = read_apart.slug;
  me := private.must_be_needs_reader(forum.forum_id);
  with shown as materialized (
    select r.* from private.apart_requests r
    where r.forum_id = forum.forum_id and private.needs_are_due(forum) and private.apart_may_read(r, me)
    order by r.accepted_at is not null, r.declined_at is not null, r.asked_at limit 200
  ), logged as (
    insert into private.apart_readings (request_id, reader_id) select s.request_id, me from shown s
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'request_id', s.request_id, 'name', coalesce(g.name, p.name), 'about', s.about, 'words', s.words,
    'organization_en', o.name_en, 'organization_fr', o.name_fr, 'sector', s.sector, 'asked_at', s.asked_at,
    'status', private.apart_status(s), 'person', n.name,
    'asked', (select count(*) from private.apart_requests a where a.forum_id = s.forum_id and a.person_id = s.person_id),
    'sessions', (select count(*) from public.sessions c where c.forum_id = s.forum_id and c.sign_up),
    'open', (
      select count(*) from public.sessions c
      where c.forum_id = s.forum_id and c.sign_up and not private.apart_bars(c.session_id, c.forum_id, s.person_id)))
    order by s.accepted_at is not null, s.declined_at is not null, s.asked_at), '[]')
  into answer
  from shown s
  join public.people p on p.person_id = s.person_id
  left join public.registrations g on g.forum_id = s.forum_id and g.person_id = s.person_id
  left join public.organizations o on o.organization_id = s.organization_id
  left join public.people n on n.person_id = s.with_person_id;
  perform private.log('read_apart', forum.forum_id);
  return jsonb_build_object(
    'forum', jsonb_build_object('slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr, 'ends_on', forum.ends_on),
    'requests', answer);
end
$$;
comment on function public.read_apart is
  'The requests of a forum to be apart, those without a decision first, without those by or about the reader: {forum, requests}. '
  'Each call is logged for each request. Callers: the needs readers of that forum. Refuses: needs_readers_only.';

-- Names are part of the list that a needs reader does not see otherwise, so few are shown, and it is logged.
create function public.find_apart(request_id uuid, name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  request private.apart_requests;
  me uuid;
  searched text := private.unaccented(private.one_line(find_apart.name));
begin
  select * into request from private.apart_requests r where r.request_id = find_apart.request_id;
  me := private.must_be_needs_reader(request.forum_id);
  if not private.apart_may_read(request, me) or char_length(searched) < 2 then
    return '[]';
  end if;
  perform private.log('read_apart', request.forum_id);
  return (
    select coalesce(jsonb_agg(to_jsonb(f) order by private.unaccented(f.name), f.person_id), '[]')
    from (
      select r.person_id, r.name, r.organization_name, r.sector
      from public.registrations r
      where r.forum_id = request.forum_id and r.status in ('confirmed', 'waitlisted') and r.person_id <> request.person_id
        and (position(searched in private.unaccented(r.name)) > 0 or position(searched in private.unaccented(r.badge_name)) > 0)
      order by private.unaccented(r.name), r.person_id limit 10) f);
end
$$;
comment on function public.find_apart is
  'Up to 10 people of a forum by a part of their name, for a request: [{person_id, name, organization_name, sector}]; logged. '
  'Callers: the needs readers of that forum. Refuses: needs_readers_only.';

-- Verbs -------------------------------------------------------------------------------------

-- The number is limited over all, deleted ones too: each acceptance could be a try.
create function public.ask_apart(forum_id uuid, about public.apart_about, words text, organization_id uuid, sector text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  written text := btrim(coalesce(ask_apart.words, ''));
  asked_organization uuid := case when about = 'organization' then ask_apart.organization_id end;
  asked_sector text := case when about = 'sector' then ask_apart.sector end;
begin
  if not private.takes_part(forum.forum_id, me) then
    raise exception 'not_registered' using errcode = 'PT404';
  elsif forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  elsif private.is_over(forum) then
    raise exception 'apart_too_late' using errcode = 'PT409';
  elsif about is null or about = 'person' and written = ''
    or about = 'organization' and not exists (select from public.organizations o where o.organization_id = asked_organization)
    or about = 'sector' and not exists (select from public.sectors s where s.sector = asked_sector)
  then
    raise exception 'apart_nobody' using errcode = 'PT422';
  elsif private.apart_own(forum.forum_id, me, asked_organization, asked_sector) then
    raise exception 'apart_own_group' using errcode = 'PT422';
  elsif exists (
    select from private.apart_requests r
    where r.forum_id = forum.forum_id and r.person_id = me and r.deleted_at is null
      and (r.about, r.words, r.organization_id, r.sector)
        is not distinct from (ask_apart.about, written, asked_organization, asked_sector))
  then
    return;
  elsif (select count(*) from private.apart_requests r where r.forum_id = forum.forum_id and r.person_id = me) >= 5 then
    raise exception 'apart_too_many' using errcode = 'PT429';
  end if;
  insert into private.apart_requests (forum_id, person_id, about, words, organization_id, sector)
  values (forum.forum_id, me, about, written, asked_organization, asked_sector);
end
$$;
comment on function public.ask_apart is
  'Asks the needs readers of a forum that the person who asks shares no session with somebody; sent twice, it is one request. '
  'Callers: people who are confirmed or wait. Refuses: forum_not_found, not_registered, forum_cancelled, apart_too_late, '
  'apart_nobody, apart_own_group, apart_too_many, apart_requests_words_length.';

-- Only that somebody asked stays, for the limit.
create function public.delete_apart(request_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  update private.apart_requests r
  set deleted_at = now(), declined_at = null, accepted_at = null, accepted_by = null, words = '', organization_id = null,
      sector = null, with_person_id = null, with_organization_id = null, with_sector = null, split = null, earlier_sessions = '{}'
  where r.request_id = delete_apart.request_id and r.person_id = me and r.deleted_at is null;
end
$$;
comment on function public.delete_apart is
  'Deletes what a request of the person who asks says, and ends it; sent twice, it changes nothing more. Callers: people.';

-- A person may be chosen later as well, when they have registered: for the person who asked nothing changes then.
create function public.accept_apart(request_id uuid, person_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  request private.apart_requests := private.must_find_apart(request_id);
  accepted private.apart_requests;
  found_person uuid := case when request.about = 'person' then accept_apart.person_id end;
begin
  if found_person = request.person_id or private.apart_own(request.forum_id, request.person_id, request.organization_id, request.sector)
  then
    raise exception 'apart_own_group' using errcode = 'PT422';
  elsif found_person is not null and not private.takes_part(request.forum_id, found_person) then
    raise exception 'apart_not_registered' using errcode = 'PT409';
  end if;
  insert into private.apart_secrets (forum_id) values (request.forum_id) on conflict do nothing;
  update private.apart_requests r
  set accepted_at = coalesce(r.accepted_at, now()), accepted_by = (select private.my_id()), declined_at = null,
      with_person_id = found_person, with_organization_id = r.organization_id, with_sector = r.sector,
      split = coalesce(r.organization_id::text, r.sector, r.person_id::text)
  where r.request_id = request.request_id
  returning * into accepted;
  update private.apart_requests r
  set earlier_sessions = array(
    select distinct t.session_id
    from (
      select s.session_id, s.person_id from public.signups s where s.forum_id = accepted.forum_id
      union all
      select w.session_id, w.person_id from public.session_waits w
      where w.forum_id = accepted.forum_id and w.offered_until > clock_timestamp()) t
    where t.person_id <> accepted.person_id and private.apart_names(accepted, t.person_id))
  where r.request_id = accepted.request_id;
  perform private.apart_clear(accepted.forum_id, accepted.person_id);
  perform private.queue_job('sessions_offer_due');
end
$$;
comment on function public.accept_apart is
  'Accepts a request, about a person whom the needs reader found or about nobody who is registered, and takes the person who asked '
  'out of the other half. Callers: the needs readers of that forum. Refuses: needs_readers_only, apart_not_found, '
  'apart_own_group, apart_not_registered.';

-- The person reads it: a request that is not accepted protects nobody.
create function public.decline_apart(request_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  request private.apart_requests := private.must_find_apart(request_id);
begin
  update private.apart_requests r
  set declined_at = coalesce(r.declined_at, now()), accepted_at = null, accepted_by = null, with_person_id = null,
      with_organization_id = null, with_sector = null, split = null, earlier_sessions = '{}'
  where r.request_id = request.request_id;
end
$$;
comment on function public.decline_apart is
  'Declines a request, or ends one that was accepted. Callers: the needs readers of that forum. Refuses: needs_readers_only, '
  'apart_not_found.';

revoke execute on function public.my_apart, public.read_apart, public.find_apart, public.ask_apart, public.delete_apart,
  public.accept_apart, public.decline_apart from public, anon;
grant execute on function public.my_apart, public.read_apart, public.find_apart, public.ask_apart, public.delete_apart,
  public.accept_apart, public.decline_apart to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.apart_tasks(person uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Nearly nobody has the role, and everybody's home asks.
  if not exists (select from private.forum_roles r where r.person_id = person and r.role = 'needs_reader') then
    return '{"apart_to_decide": []}';
  end if;
  return jsonb_build_object('apart_to_decide', (
    select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr, 'count', w.count)
      order by f.starts_on, f.forum_id), '[]')
    from private.forum_roles r
    join public.forums f using (forum_id)
    join public.people p on p.person_id = r.person_id
    cross join lateral (
      select count(*) from private.apart_requests a
      where a.forum_id = f.forum_id and a.accepted_at is null and a.declined_at is null and private.apart_may_read(a, person)) w
    where r.person_id = person and r.role = 'needs_reader' and r.starts_at <= now() and r.ends_at > now() and w.count > 0
      and not private.counts_as_government(p.sector) and private.needs_are_due(f)));
end
$$;
comment on function private.apart_tasks is 'The forums where requests wait for a person as needs reader, and how many.';

-- Without whom a needs reader chose: it would say that they are registered.
create function private.apart_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'apart_requests', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'about', r.about, 'words', r.words, 'organization', o.name_en,
        'sector', r.sector, 'asked_at', r.asked_at, 'status', private.apart_status(r)) order by r.asked_at), '[]')
      from private.apart_requests r join public.forums f using (forum_id) left join public.organizations o using (organization_id)
      where r.person_id = person),
    'apart_readings', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'reader', p.name, 'read_at', g.read_at) order by g.read_at), '[]')
      from private.apart_readings g join private.apart_requests r using (request_id) join public.forums f using (forum_id)
      left join public.people p on p.person_id = g.reader_id
      where r.person_id = person),
    'apart_read_by_you', (
      select coalesce(jsonb_agg(distinct jsonb_build_object('forum', f.slug, 'read_at', g.read_at)), '[]')
      from private.apart_readings g join private.apart_requests r using (request_id) join public.forums f using (forum_id)
      where g.reader_id = person))
$$;
comment on function private.apart_export is
  'What a person asked, who read it and when; and when they read requests of others, without whose. Nothing to whom it is about.';

create function private.apart_cancel_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.apart_requests r where r.forum_id = apart_cancel_forum.forum_id $$;
comment on function private.apart_cancel_forum is 'Deletes the requests of a forum that is cancelled.';

create function private.apart_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from private.apart_requests r using public.forums f
    where f.forum_id = r.forum_id and not private.needs_are_due(f) returning 1
  ), secrets as (
    delete from private.apart_secrets s using public.forums f where f.forum_id = s.forum_id and not private.needs_are_due(f)
  )
  select jsonb_build_object('apart_requests', (select count(*) from gone))
$$;
comment on function private.apart_retention is 'Deletes requests, and who read them, 30 days after the forum.';

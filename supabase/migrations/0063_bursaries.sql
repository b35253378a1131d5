-- Bursaries: money for people who could not come to a forum otherwise, asked for, decided, and paid by hand.
--
-- A person who is registered or waits asks once for each forum, by kind of cost, and changes it until an organizer
-- has decided: all of it, part of it, or nothing, with a reason that the person reads. Nobody decides, or reads, what
-- they ask for themselves or what somebody of their own organization asks for, now or 12 months later. Organizers open
-- a request through one function that logs it, and the person sees who looked. An undecided request goes with its
-- registration; all go 12 months after the forum, and only sums of five and more stay. Verbs record no event, and the
-- audit names no person: they would say who asked.

insert into private.domains values ('bursaries', 63);

create type public.bursary_decision as enum ('full', 'part', 'refused');

-- A forum without a row takes no requests.
create table private.bursary_rules (
  forum_id uuid primary key references public.forums on delete cascade,
  requests_until date not null,
  budget integer constraint bursary_rules_budget_range check (budget between 0 and 100000000)
);
comment on table private.bursary_rules is 'Until when people may ask for a bursary of a forum, and how much there is, in cents.';
alter table private.bursary_rules enable row level security;

create table private.bursaries (
  bursary_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  travel integer not null,
  lodging integer not null,
  meals integer not null,
  care integer not null,
  fee integer not null,
  lost_pay integer not null,
  other integer not null,
  total integer not null generated always as (travel + lodging + meals + care + fee + lost_pay + other) stored,
  organization_pays boolean not null,
  words text not null constraint bursaries_words_length check (char_length(words) <= 600),
  asked_at timestamptz not null default clock_timestamp(),
  version integer not null default 1,
  decision public.bursary_decision,
  granted integer,
  reason text constraint bursaries_reason_length check (char_length(reason) between 3 and 500),
  decided_by uuid references public.people on delete set null,
  decided_at timestamptz,
  paid_on date,
  constraint bursaries_one_each unique (forum_id, person_id),
  constraint bursaries_costs_range check (
    least(travel, lodging, meals, care, fee, lost_pay, other) >= 0
    and greatest(travel, lodging, meals, care, fee, lost_pay, other) <= 1000000),
  constraint bursaries_ask_for_something check (travel + lodging + meals + care + fee + lost_pay + other > 0),
  constraint bursaries_part_of_total check (case decision
    when 'full' then granted = travel + lodging + meals + care + fee + lost_pay + other
    when 'part' then granted > 0 and granted < travel + lodging + meals + care + fee + lost_pay + other
    else granted is null end is true),
  constraint bursaries_decided_has_moment check ((decision is null) = (decided_at is null)),
  constraint bursaries_reason_of_no check (decision is null or decision = 'full' or reason is not null),
  constraint bursaries_paid_when_granted check (paid_on is null or granted is not null)
);
comment on table private.bursaries is 'Who asks for a bursary of a forum, for which costs, what was decided, and whether it is paid.';
create index bursaries_by_person on private.bursaries (person_id);
create index bursaries_by_decider on private.bursaries (decided_by);
create index bursaries_in_order on private.bursaries (forum_id, asked_at, bursary_id);
alter table private.bursaries enable row level security;

create table private.bursary_readings (
  reading_id uuid primary key default gen_random_uuid(),
  bursary_id uuid not null references private.bursaries on delete cascade,
  reader_id uuid references public.people on delete set null,
  read_at timestamptz not null default clock_timestamp()
);
comment on table private.bursary_readings is 'Who opened whose request for a bursary, and when: one row for each reading.';
create index bursary_readings_by_request on private.bursary_readings (bursary_id, read_at desc);
create index bursary_readings_by_reader on private.bursary_readings (reader_id);
alter table private.bursary_readings enable row level security;

-- Else an organizer would name another organization, decide what a colleague asks for, and name their own again.
create table private.earlier_organizations (
  person_id uuid not null references public.people on delete cascade,
  name text not null,
  left_at timestamptz not null default now(),
  primary key (person_id, name)
);
comment on table private.earlier_organizations is
  'The organizations that people named before, written alike: a conflict of interest lasts 12 months longer.';
alter table private.earlier_organizations enable row level security;

-- Of five bursaries and more.
create table private.bursary_figures (
  forum_id uuid primary key references public.forums on delete cascade,
  bursaries bigint not null constraint bursary_figures_many check (bursaries >= 5),
  granted bigint not null
);
comment on table private.bursary_figures is 'How many bursaries a forum gave and how much in all, once the requests are deleted.';
alter table private.bursary_figures enable row level security;

insert into private.personal_columns
select 'private.bursaries', c, 'help people to come who could not otherwise',
  'the person, organizers of other organizations', '12 months after the forum',
  'bursaries_retention; delete_bursary; cancelling the registration before the decision; deleting the account'
from unnest(array['bursary_id', 'forum_id', 'person_id', 'travel', 'lodging', 'meals', 'care', 'fee', 'lost_pay', 'other', 'total',
  'organization_pays', 'words', 'asked_at', 'version', 'decision', 'granted', 'reason', 'decided_by', 'decided_at', 'paid_on']) c
union all
select 'private.bursary_readings', c, 'know who read a request for a bursary', 'the person', '12 months after the forum',
  'bursaries_retention; delete_bursary; cancelling the registration before the decision; deleting the account'
from unnest(array['reading_id', 'bursary_id', 'reader_id', 'read_at']) c
union all
select 'private.earlier_organizations', c, 'know a conflict of interest about bursaries', 'the person', '12 months',
  'bursaries_retention; deleting the account'
from unnest(array['person_id', 'name', 'left_at']) c;

-- Guards and helpers --------------------------------------------------------------------------

create function private.alike(organization_name text)
returns text
language sql
stable
set search_path = ''
as $$ select regexp_replace(private.unaccented(alike.organization_name), '[[:space:][:punct:]]+', '', 'g') $$;
comment on function private.alike is 'The name of an organization without what people write in another way, to be compared.';

-- By the names in profiles and registrations, since few people choose from the directory.
create function private.organizations_of(person_id uuid)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array(
    select distinct n.name from (
      select private.alike(p.organization_name) as name from public.people p where p.person_id = organizations_of.person_id
      union all
      select private.alike(r.organization_name) from public.registrations r where r.person_id = organizations_of.person_id
      union all
      select p.organization_id::text from public.people p where p.person_id = organizations_of.person_id
      union all
      select e.name from private.earlier_organizations e where e.person_id = organizations_of.person_id) n
    where n.name <> '')
$$;
comment on function private.organizations_of is
  'The organizations that a person names or named in the last 12 months, written alike, to be compared.';

create function private.note_earlier_organization()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.earlier_organizations (person_id, name)
  select old.person_id, n.name
  from unnest(array[private.alike(old.organization_name), to_jsonb(old) ->> 'organization_id']) n(name)
  where n.name <> '' and exists (select from public.people p where p.person_id = old.person_id)
  on conflict on constraint earlier_organizations_pkey do update set left_at = excluded.left_at;
  return null;
end
$$;
create trigger people_note_earlier_organization after update of organization_name, organization_id on public.people
  for each row when ((new.organization_name, new.organization_id) is distinct from (old.organization_name, old.organization_id))
  execute function private.note_earlier_organization();
create trigger registrations_note_earlier_organization after update of organization_name on public.registrations
  for each row when (new.organization_name is distinct from old.organization_name)
  execute function private.note_earlier_organization();

create function private.has_conflict(reader uuid, person uuid)
returns boolean
language sql
stable
set search_path = ''
as $$ select reader = person or private.organizations_of(reader) && private.organizations_of(person) $$;
comment on function private.has_conflict is
  'Whether a request of this person is the reader''s own or comes from their organization, and is not theirs to read or decide.';

-- Locks the forum first, as the verbs of the person do.
create function private.must_find_bursary(bursary_id uuid)
returns private.bursaries
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  bursary private.bursaries;
begin
  perform private.must_find_forum(b.forum_id) from private.bursaries b where b.bursary_id = must_find_bursary.bursary_id;
  select * into bursary from private.bursaries b where b.bursary_id = must_find_bursary.bursary_id for update;
  if not found then
    raise exception 'bursary_not_found' using errcode = 'PT404';
  elsif private.has_conflict(me, bursary.person_id) then
    raise exception 'bursary_conflict' using errcode = 'PT403';
  end if;
  return bursary;
end
$$;
comment on function private.must_find_bursary is
  'A request, locked with its forum, for an organizer of another organization than the person; or a refusal.';

create function private.bursaries_are_open(rules private.bursary_rules, forum public.forums)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce((clock_timestamp() at time zone forum.time_zone)::date <= rules.requests_until, false) and private.takes_place(forum)
$$;
comment on function private.bursaries_are_open is 'Whether people may ask for a bursary today, by the days of the forum''s zone.';

-- However a registration ends, a request that nobody has decided goes with it.
create function private.delete_undecided()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not exists (
    select from public.registrations r
    where r.forum_id = old.forum_id and r.person_id = old.person_id and r.status in ('pending', 'confirmed', 'waitlisted'))
  then
    delete from private.bursaries b where b.forum_id = old.forum_id and b.person_id = old.person_id and b.decided_at is null;
  end if;
  return null;
end
$$;
create trigger bursaries_follow_registration after delete or update of status, person_id on public.registrations
  for each row execute function private.delete_undecided();

-- Reads -------------------------------------------------------------------------------------

-- A column of forums that the API computes: who thinks about registering wants to know it before.
create function public.bursaries_until(public.forums)
returns date
language sql
stable
security definer
set search_path = ''
as $$
  select b.requests_until from private.bursary_rules b join public.forums f using (forum_id)
  where f.forum_id = $1.forum_id and private.bursaries_are_open(b, f)
    and (f.published_at <= now() or (select private.is_organizer()))
$$;
comment on function public.bursaries_until is
  'Column of forums: the last day on which people ask for a bursary; null without bursaries, and once it has passed. Callers: anyone.';

-- A column of registrations that the API computes.
create function public.bursary(public.registrations)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('total', b.total, 'decision', b.decision, 'granted', b.granted, 'paid_on', b.paid_on)
  from public.registrations r join private.bursaries b using (forum_id, person_id)
  where r.registration_id = $1.registration_id and r.person_id = (select private.my_id())
$$;
comment on function public.bursary is
  'Column of registrations: {total, decision, granted, paid_on} of the bursary that was asked for, or null. Callers: the person; '
  'null for others.';

revoke execute on function public.bursaries_until, public.bursary from public, anon, authenticated;
grant execute on function public.bursaries_until to anon, authenticated;
grant execute on function public.bursary to authenticated;

-- Also after the last day, and after the registration, as long as there is a request.
create function public.my_bursary(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums;
  rules private.bursary_rules;
  mine private.bursaries;
  takes_part boolean;
begin
  select * into forum from public.forums f
  where f.slug = my_bursary.slug and (f.published_at <= now() or (select private.is_organizer()));
  select * into rules from private.bursary_rules b where b.forum_id = forum.forum_id;
  select * into mine from private.bursaries b where b.forum_id = forum.forum_id and b.person_id = me;
  takes_part := exists (
    select from public.registrations r
    where r.forum_id = forum.forum_id and r.person_id = me and r.status in ('pending', 'confirmed', 'waitlisted'));
  if mine.bursary_id is null and (rules.forum_id is null or not takes_part) then
    return null;
  end if;
  return jsonb_build_object(
    'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
      'ends_on', forum.ends_on, 'time_zone', forum.time_zone),
    'until', rules.requests_until,
    'may_ask', takes_part and private.takes_place(forum) and mine.decided_at is null
      and (mine.bursary_id is not null or private.bursaries_are_open(rules, forum)),
    'request', case when mine.bursary_id is not null then to_jsonb(mine) - array['person_id', 'forum_id', 'decided_by'] end,
    'readings', (
      select coalesce(jsonb_agg(jsonb_build_object('reader', p.name, 'read_at', l.read_at) order by l.read_at desc), '[]')
      from (
        select g.* from private.bursary_readings g where g.bursary_id = mine.bursary_id order by g.read_at desc limit 100) l
      left join public.people p on p.person_id = l.reader_id));
end
$$;
comment on function public.my_bursary is
  'The bursary of the person who asks at a forum, and who read it: {forum, until, may_ask, request, readings}; null for who takes '
  'no part and asked for nothing, and where there are no bursaries. Callers: people.';

-- The sums leave out what is hidden from the organizer, or one could subtract.
create function public.bursaries_for_organizers(slug text, decided boolean default false, after uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums;
  ids uuid[];
begin
  select * into forum from public.forums f where f.slug = bursaries_for_organizers.slug;
  if not found then
    return null;
  end if;
  ids := array(
    select b.bursary_id from private.bursaries b
    where b.forum_id = forum.forum_id and (b.decided_at is not null) = coalesce(bursaries_for_organizers.decided, false)
      and not private.has_conflict(me, b.person_id)
      and (bursaries_for_organizers.after is null or (b.asked_at, b.bursary_id) > (
        select a.asked_at, a.bursary_id from private.bursaries a where a.bursary_id = bursaries_for_organizers.after))
    order by b.asked_at, b.bursary_id limit 51);
  return (
    with seen as (
      select b.*, private.has_conflict(me, b.person_id) as hidden from private.bursaries b where b.forum_id = forum.forum_id
    )
    select jsonb_build_object(
      'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en,
        'name_fr', forum.name_fr, 'starts_on', forum.starts_on, 'ends_on', forum.ends_on),
      'rules', (
        select jsonb_build_object('requests_until', r.requests_until, 'budget', r.budget)
        from private.bursary_rules r where r.forum_id = forum.forum_id),
      'totals', jsonb_build_object(
        'waiting', (select count(*) from seen s where not s.hidden and s.decided_at is null),
        'decided', (select count(*) from seen s where not s.hidden and s.decided_at is not null),
        'asked', (select coalesce(sum(s.total), 0) from seen s where not s.hidden and s.decided_at is null),
        'granted', (select coalesce(sum(s.granted), 0) from seen s where not s.hidden),
        'paid', (select coalesce(sum(s.granted), 0) from seen s where not s.hidden and s.paid_on is not null)),
      'hidden', (select count(*) from seen s where s.hidden),
      'figures', (
        select jsonb_build_object('bursaries', g.bursaries, 'granted', g.granted)
        from private.bursary_figures g where g.forum_id = forum.forum_id),
      'requests', (
        select coalesce(jsonb_agg(jsonb_build_object('bursary_id', b.bursary_id, 'name', p.name,
          'organization_name', p.organization_name, 'total', b.total, 'asked_at', b.asked_at, 'decision', b.decision,
          'granted', b.granted, 'paid_on', b.paid_on,
          'ended', not coalesce(r.status in ('pending', 'confirmed', 'waitlisted'), false)) order by i.n), '[]')
        from unnest(ids[1:50]) with ordinality i(bursary_id, n)
        join private.bursaries b using (bursary_id)
        join public.people p on p.person_id = b.person_id
        left join public.registrations r on r.forum_id = b.forum_id and r.person_id = b.person_id),
      'more', cardinality(ids) > 50));
end
$$;
comment on function public.bursaries_for_organizers is
  'The rules, sums and up to 50 requests of a forum, waiting or decided, after one: {forum, rules, totals, hidden, figures, '
  'requests, more}; null without such a forum. What the organizer or their organization asks for is counted in `hidden` alone. '
  'Callers: organizers.';

-- A read that writes: the person sees who opened it. The audit names the request and no person, or who has a conflict
-- would read there that a colleague asks.
create function public.read_bursary(bursary_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  bursary private.bursaries := private.must_find_bursary(bursary_id);
  me uuid := private.my_id();
begin
  insert into private.bursary_readings (bursary_id, reader_id) values (bursary.bursary_id, me);
  perform private.log('read_bursary', bursary.bursary_id, context_id => bursary.forum_id);
  return (
    select (to_jsonb(bursary) - array['person_id', 'decided_by']) || jsonb_build_object(
      'name', p.name, 'organization_name', p.organization_name, 'email', private.mailbox_of(u.email), 'decider', d.name,
      'registration_id', r.registration_id,
      'ended', not coalesce(r.status in ('pending', 'confirmed', 'waitlisted'), false),
      'owed', (
        select jsonb_build_object('name_en', c.name_en, 'name_fr', c.name_fr, 'amount', c.amount,
          'state', private.fee_state(f, c.amount, r.status, fo), 'paid_on', f.paid_on)
        from private.fees f join private.fee_categories c using (category_id) where f.registration_id = r.registration_id))
    from public.people p
    join auth.users u on u.id = p.person_id
    join public.forums fo on fo.forum_id = bursary.forum_id
    left join public.people d on d.person_id = bursary.decided_by
    left join public.registrations r on r.forum_id = bursary.forum_id and r.person_id = bursary.person_id
    where p.person_id = bursary.person_id);
end
$$;
comment on function public.read_bursary is
  'One request with its costs and words, whose it is, and the fee that is owed; each call is logged for the person. Callers: '
  'organizers of another organization than the person. Refuses: bursary_not_found, bursary_conflict.';

-- Verbs -------------------------------------------------------------------------------------

-- No day ends it: what was asked before can still be decided.
create function public.save_bursary_rules(forum_id uuid, requests_until date, budget integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if save_bursary_rules.requests_until is null then
    delete from private.bursary_rules b where b.forum_id = forum.forum_id;
  elsif save_bursary_rules.requests_until > forum.ends_on or save_bursary_rules.requests_until < forum.starts_on - 730 then
    raise exception 'bursary_day' using errcode = 'PT422';
  else
    insert into private.bursary_rules as b (forum_id, requests_until, budget)
    values (forum.forum_id, save_bursary_rules.requests_until, save_bursary_rules.budget)
    on conflict on constraint bursary_rules_pkey do update
    set requests_until = excluded.requests_until, budget = excluded.budget;
  end if;
  perform private.log('save_bursary_rules', forum.forum_id);
end
$$;
comment on function public.save_bursary_rules is
  'Lets people ask for a bursary of a forum until the end of a day, with the budget that organizers see; without a day, nobody '
  'asks any more. Callers: organizers. Refuses: forum_not_found, bursary_day, bursary_rules_budget_range.';

-- Sent twice, it is one request; who has one that waits changes it, also after the last day.
create function public.request_bursary(
  forum_id uuid, travel integer, lodging integer, meals integer, care integer, fee integer, lost_pay integer, other integer,
  organization_pays boolean, words text
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
  before private.bursaries;
  rules private.bursary_rules;
begin
  if mine.status not in ('pending', 'confirmed', 'waitlisted') then
    raise exception 'not_registered' using errcode = 'PT404';
  end if;
  perform private.must_take_place(forum);
  select * into before from private.bursaries b where b.forum_id = forum.forum_id and b.person_id = me for update;
  select * into rules from private.bursary_rules b where b.forum_id = forum.forum_id;
  if before.decided_at is not null then
    raise exception 'bursary_decided' using errcode = 'PT409';
  elsif before.bursary_id is null and not private.bursaries_are_open(rules, forum) then
    raise exception 'bursaries_closed' using errcode = 'PT409';
  end if;
  insert into private.bursaries as b
    (forum_id, person_id, travel, lodging, meals, care, fee, lost_pay, other, organization_pays, words)
  values (forum.forum_id, me, coalesce(request_bursary.travel, 0), coalesce(request_bursary.lodging, 0),
    coalesce(request_bursary.meals, 0), coalesce(request_bursary.care, 0), coalesce(request_bursary.fee, 0),
    coalesce(request_bursary.lost_pay, 0), coalesce(request_bursary.other, 0),
    coalesce(request_bursary.organization_pays, false), btrim(coalesce(request_bursary.words, ''), E' \n\t'))
  on conflict on constraint bursaries_one_each do update
  set travel = excluded.travel, lodging = excluded.lodging, meals = excluded.meals, care = excluded.care, fee = excluded.fee,
      lost_pay = excluded.lost_pay, other = excluded.other, organization_pays = excluded.organization_pays, words = excluded.words,
      version = b.version + 1;
end
$$;
comment on function public.request_bursary is
  'Asks for a bursary, or changes what was asked for until it is decided; costs in cents. Callers: people who are registered or '
  'wait. Refuses: forum_not_found, not_registered, forum_cancelled, registration_forum_over, bursary_decided, bursaries_closed, '
  'bursaries_costs_range, bursaries_ask_for_something, bursaries_words_length.';

-- Deleted, with what was decided; what is paid stays, since money has gone out.
create function public.delete_bursary(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if exists (
    select from private.bursaries b where b.forum_id = forum.forum_id and b.person_id = me and b.paid_on is not null)
  then
    raise exception 'bursary_paid' using errcode = 'PT409';
  end if;
  delete from private.bursaries b where b.forum_id = forum.forum_id and b.person_id = me;
end
$$;
comment on function public.delete_bursary is
  'Deletes the request of the person who asks, with its decision and its readings, unless it is paid. Twice, it changes nothing '
  'more. Callers: people. Refuses: forum_not_found, bursary_paid.';

-- Over the version that was read. Another decision replaces one that is not paid yet, and the person is written again.
create function public.decide_bursary(bursary_id uuid, version integer, decision public.bursary_decision, granted integer, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.my_id();
  bursary private.bursaries := private.must_find_bursary(bursary_id);
  forum public.forums;
  given integer;
begin
  if bursary.version is distinct from decide_bursary.version then
    raise exception 'bursary_changed' using errcode = 'PT409';
  elsif bursary.paid_on is not null then
    raise exception 'bursary_paid' using errcode = 'PT409';
  elsif decide_bursary.decision is null then
    raise exception 'bursary_decision_missing' using errcode = 'PT422';
  end if;
  given := case decide_bursary.decision when 'full' then bursary.total when 'part' then decide_bursary.granted end;
  update private.bursaries b
  set decision = decide_bursary.decision, granted = given, reason = nullif(btrim(coalesce(decide_bursary.reason, ''), E' \n\t'), ''),
      decided_by = me, decided_at = clock_timestamp(), version = b.version + 1
  where b.bursary_id = bursary.bursary_id;
  select * into forum from public.forums f where f.forum_id = bursary.forum_id;
  perform private.log('decide_bursary', bursary.bursary_id, context_id => bursary.forum_id);
  perform private.queue_email_to(bursary.person_id, 'bursary_decided',
    private.forum_facts(forum) || jsonb_build_object('decision', decide_bursary.decision, 'granted', given::text));
end
$$;
comment on function public.decide_bursary is
  'Decides a request as the organizer has read it: all of it, `granted` of it, or nothing, with a reason that the person reads. '
  'Callers: organizers of another organization than the person. Refuses: bursary_not_found, bursary_conflict, bursary_changed, '
  'bursary_paid, bursary_decision_missing, bursaries_part_of_total, bursaries_reason_of_no, bursaries_reason_length.';

-- No day takes the mark back.
create function public.mark_bursary(bursary_id uuid, paid_on date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  bursary private.bursaries := private.must_find_bursary(bursary_id);
  today date := (select (clock_timestamp() at time zone f.time_zone)::date from public.forums f where f.forum_id = bursary.forum_id);
begin
  if mark_bursary.paid_on not between today - 730 and today then
    raise exception 'bursary_paid_day' using errcode = 'PT422';
  elsif bursary.paid_on is not distinct from mark_bursary.paid_on then
    return;
  end if;
  update private.bursaries b set paid_on = mark_bursary.paid_on where b.bursary_id = bursary.bursary_id;
  perform private.log(case when mark_bursary.paid_on is null then 'reopen_bursary' else 'mark_bursary_paid' end,
    bursary.bursary_id, context_id => bursary.forum_id);
end
$$;
comment on function public.mark_bursary is
  'Marks a bursary as paid on a day; without a day, takes that back. Sent twice, it changes nothing more. Callers: organizers of '
  'another organization than the person. Refuses: bursary_not_found, bursary_conflict, bursary_paid_day, bursaries_paid_when_granted.';

revoke execute on function public.my_bursary, public.bursaries_for_organizers, public.read_bursary, public.save_bursary_rules,
  public.request_bursary, public.delete_bursary, public.decide_bursary, public.mark_bursary from public, anon;
grant execute on function public.my_bursary, public.bursaries_for_organizers, public.read_bursary, public.save_bursary_rules,
  public.request_bursary, public.delete_bursary, public.decide_bursary, public.mark_bursary to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.bursaries_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('bursaries', jsonb_build_object(
    'offered', exists (select from private.bursary_rules r where r.forum_id = bursaries_organize.forum_id),
    'asked', (select count(*) from private.bursaries b where b.forum_id = bursaries_organize.forum_id),
    'waiting', (
      select count(*) from private.bursaries b where b.forum_id = bursaries_organize.forum_id and b.decided_at is null)))
$$;
comment on function private.bursaries_organize is
  'For organizers: whether a forum has bursaries, how many people asked, and how many requests wait for a decision.';

create function private.bursaries_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  own text[];
begin
  if not exists (select from private.organizers() o where o.person_id = bursaries_tasks.person) then
    return jsonb_build_object('bursaries_to_decide', '[]'::jsonb);
  end if;
  own := private.organizations_of(person);
  return jsonb_build_object('bursaries_to_decide', (
    select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr)
      order by f.starts_on, f.forum_id), '[]')
    from public.forums f
    where exists (
      select from private.bursaries b
      where b.forum_id = f.forum_id and b.decided_at is null and b.person_id <> bursaries_tasks.person
        and not own && private.organizations_of(b.person_id))));
end
$$;
comment on function private.bursaries_tasks is
  'For organizers: the forums with a request that waits and is theirs to decide; none for others.';

create function private.bursaries_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'bursaries', (
      select coalesce(jsonb_agg((to_jsonb(b) - 'decided_by') || jsonb_build_object('forum', f.slug) order by b.asked_at), '[]')
      from private.bursaries b join public.forums f using (forum_id) where b.person_id = person),
    'bursary_readings', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'reader', p.name, 'read_at', g.read_at) order by g.read_at), '[]')
      from private.bursary_readings g
      join private.bursaries b using (bursary_id)
      join public.forums f using (forum_id)
      left join public.people p on p.person_id = g.reader_id
      where b.person_id = person),
    'bursaries_read_by_you', (
      select coalesce(jsonb_agg(jsonb_build_object('forum', f.slug, 'read_at', g.read_at) order by g.read_at), '[]')
      from private.bursary_readings g join private.bursaries b using (bursary_id) join public.forums f using (forum_id)
      where g.reader_id = person),
    'earlier_organizations', (
      select coalesce(jsonb_agg(to_jsonb(e) - 'person_id' order by e.left_at, e.name), '[]')
      from private.earlier_organizations e where e.person_id = person))
$$;
comment on function private.bursaries_export is
  'What a person asked for and what was decided, who read it and when; when they read requests of others, without whose; and the '
  'organizations that they named before.';

-- A sum of fewer than five would say what one person got.
create function private.bursaries_retention()
returns jsonb
language sql
set search_path = ''
as $$
  insert into private.bursary_figures (forum_id, bursaries, granted)
  select b.forum_id, count(*), sum(b.granted) from private.bursaries b join public.forums f using (forum_id)
  where f.ends_on < current_date - interval '12 months' and b.granted is not null
  group by b.forum_id having count(*) >= 5
  on conflict do nothing;
  with gone as (
    delete from private.bursaries b using public.forums f
    where f.forum_id = b.forum_id and f.ends_on < current_date - interval '12 months' returning 1
  ), organizations as (
    delete from private.earlier_organizations e where e.left_at < now() - interval '12 months' returning 1
  )
  select jsonb_build_object('bursaries', (select count(*) from gone), 'earlier_organizations', (select count(*) from organizations));
$$;
comment on function private.bursaries_retention is
  'Deletes requests for bursaries of forums over for 12 months, and organizations left a year ago; of five and more bursaries that '
  'were granted, the sum stays.';

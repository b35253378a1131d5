-- The sample network: real history of 2011, 2014 and 2016 in our own words, and invented parts
-- marked as sample. Reads the document `network.json` from the table seed(document jsonb) that the
-- loader makes in the same transaction. Dates of what lies ahead are set from the day of loading,
-- so that registration is open, one vote is open, one waits for its count and one is counted.

-- The marker: without this table there is no mailbox page.
create table private.sample_network (loaded_at timestamptz not null default now());
comment on table private.sample_network is 'Stands only where the sample network was loaded.';
alter table private.sample_network enable row level security;
insert into private.sample_network default values;

create temp table days on commit drop as
select (current_date + 60 + ((3 - extract(isodow from current_date + 60)::integer + 7) % 7))::date as forum_day;

-- Sample texts name a year; it has to be that of the sample forum.
create function pg_temp.dated(words text) returns text language sql as $$
  select replace(words, '2027', (select extract(year from forum_day)::text from days))
$$;
create function pg_temp.texts(pairs jsonb, language text) returns text[] language sql as $$
  select coalesce(array_agg(pg_temp.dated(p ->> language) order by n), '{}') from jsonb_array_elements(pairs) with ordinality e(p, n)
$$;
create function pg_temp.codes(list jsonb) returns text[] language sql as $$
  select coalesce(array_agg(c), '{}') from jsonb_array_elements_text(list) c
$$;

-- Directory -----------------------------------------------------------------------------------

insert into public.organizations (name_en, name_fr, city, province, serves, mandate_en, mandate_fr, languages, affiliation, sample)
select o -> 'name' ->> 'en', o -> 'name' ->> 'fr', o ->> 'city', (o ->> 'province')::public.province,
       pg_temp.codes(o -> 'serves')::public.province[], o -> 'mandate' ->> 'en', o -> 'mandate' ->> 'fr',
       pg_temp.codes(o -> 'languages'), (o ->> 'membership')::public.affiliation, (o ->> 'sample')::boolean
from seed, jsonb_array_elements(document -> 'organizations') o;

-- Forums and their programs ---------------------------------------------------------------

insert into public.forums
  (slug, name_en, name_fr, place_en, place_fr, city, province, format, time_zone, starts_on, ends_on, beside_en, beside_fr,
   objectives_en, objectives_fr, territory_en, territory_fr, funder_en, funder_fr, participants, participants_qualifier,
   provinces, sectors, capacity_in_person, capacity_online, registration_opens_at, registration_closes_at, published_at, sample)
select
  case when ahead then lower(f ->> 'city') else f ->> 'year' end,
  pg_temp.dated(f -> 'name' ->> 'en'), pg_temp.dated(f -> 'name' ->> 'fr'),
  f -> 'place_label' ->> 'en', f -> 'place_label' ->> 'fr', f ->> 'city', (f ->> 'province')::public.province,
  (f ->> 'format')::public.format, coalesce(f ->> 'timezone', 'America/Toronto'),
  case when ahead then forum_day else (f ->> 'start_date')::date end,
  case when ahead then forum_day else (f ->> 'end_date')::date end,
  case when ahead then 'Sample consultation, the two days after' else coalesce(f -> 'attached_to' ->> 'en', '') end,
  case when ahead then 'Consultation (exemple), les deux jours suivants' else coalesce(f -> 'attached_to' ->> 'fr', '') end,
  pg_temp.texts(f -> 'objectives', 'en'), pg_temp.texts(f -> 'objectives', 'fr'),
  coalesce(f -> 'territory' -> 'text' ->> 'en', ''), coalesce(f -> 'territory' -> 'text' ->> 'fr', ''),
  coalesce(f -> 'funder' ->> 'en', ''), coalesce(f -> 'funder' ->> 'fr', ''),
  (f -> 'participants' ->> 'count')::integer, (f -> 'participants' ->> 'qualifier')::public.qualifier,
  pg_temp.codes(f -> 'provinces')::public.province[], pg_temp.codes(f -> 'sectors')::public.sector[],
  (f -> 'capacity' ->> 'in_person')::integer, (f -> 'capacity' ->> 'online')::integer,
  case when ahead then date_trunc('day', now()) - interval '20 days' end,
  case when ahead then (forum_day - 12 + time '23:59') at time zone (f ->> 'timezone') end,
  case when ahead then now() else (f ->> 'start_date')::date end,
  (f ->> 'sample')::boolean
from seed, days, jsonb_array_elements(document -> 'forums') f, lateral (select f ->> 'id' = 'f2027' as ahead) which;

create temp table forum_ids on commit drop as
select f ->> 'id' as id, forums.forum_id, forums.starts_on, forums.time_zone
from seed, jsonb_array_elements(document -> 'forums') f
join public.forums on forums.slug in (f ->> 'year', lower(f ->> 'city')) and forums.name_en = pg_temp.dated(f -> 'name' ->> 'en');

insert into public.sessions
  (forum_id, kind, title_en, title_fr, summary_en, summary_fr, position, starts_at, ends_at, room_en, room_fr,
   format, language, interpretation, closed_to_government, sign_up, capacity)
select i.forum_id, (s ->> 'kind')::public.session_kind, s -> 'title' ->> 'en', s -> 'title' ->> 'fr',
       coalesce(s -> 'summary' ->> 'en', ''), coalesce(s -> 'summary' ->> 'fr', ''), (s ->> 'order')::integer,
       (i.starts_on + ((s ->> 'start')::timestamptz at time zone i.time_zone)::time) at time zone i.time_zone,
       (i.starts_on + ((s ->> 'end')::timestamptz at time zone i.time_zone)::time) at time zone i.time_zone,
       coalesce(s -> 'room' ->> 'en', ''), coalesce(s -> 'room' ->> 'fr', ''),
       (s ->> 'format')::public.format, (s ->> 'language')::public.session_language, (s ->> 'interpretation')::public.interpretation,
       coalesce(s ->> 'access' = 'closed_to_government', false), coalesce(s ->> 'block', '') <> '', (s ->> 'capacity')::integer
from seed, jsonb_array_elements(document -> 'sessions') s join forum_ids i on i.id = s ->> 'forum';

-- Priorities and their lineage --------------------------------------------------------------

insert into public.areas (forum_id, name_en, name_fr, position)
select i.forum_id,
       coalesce(f -> 'area_labels' -> (a ->> 'key') ->> 'en', a -> 'label' ->> 'en'),
       coalesce(f -> 'area_labels' -> (a ->> 'key') ->> 'fr', a -> 'label' ->> 'fr'), n
from seed, jsonb_array_elements(document -> 'forums') f
join forum_ids i on i.id = f ->> 'id', jsonb_array_elements_text(f -> 'areas') with ordinality k(key, n),
     lateral (select a from jsonb_array_elements(document -> 'areas') a where a ->> 'key' = k.key) area;

create temp table priority_ids on commit drop as
select p ->> 'id' as id, gen_random_uuid() as priority_id, p,
       (select area_id from public.areas join jsonb_array_elements(document -> 'areas') a on true
        join jsonb_array_elements(document -> 'forums') f on f ->> 'id' = p ->> 'forum'
        where areas.forum_id = i.forum_id and a ->> 'key' = p ->> 'area'
          and areas.name_en = coalesce(f -> 'area_labels' -> (a ->> 'key') ->> 'en', a -> 'label' ->> 'en')) as area_id,
       i.forum_id
from seed, jsonb_array_elements(document -> 'priorities') p join forum_ids i on i.id = p ->> 'forum';

insert into public.priorities
  (priority_id, forum_id, area_id, parent_id, kind, title_en, title_fr, position, progress, progress_note_en, progress_note_fr)
select i.priority_id, i.forum_id, i.area_id, parent.priority_id, (p ->> 'kind')::public.priority_kind,
       p -> 'text' ->> 'en', p -> 'text' ->> 'fr', (p ->> 'order')::integer, (p ->> 'status')::public.progress,
       coalesce(p -> 'status_note' ->> 'en', ''), coalesce(p -> 'status_note' ->> 'fr', '')
from (select id, priority_id, priority_ids.p as p, area_id, forum_id from priority_ids) i
left join (select id, priority_id from priority_ids) parent on parent.id = i.p ->> 'parent'
order by parent.priority_id is not null, (p ->> 'order')::integer;

insert into public.lineage (from_id, to_id, relation, note_en, note_fr, editorial)
select a.priority_id, b.priority_id, (l ->> 'relation')::public.relation,
       coalesce(l -> 'note' ->> 'en', ''), coalesce(l -> 'note' ->> 'fr', ''), coalesce(l ->> 'reading', '') = 'editorial'
from seed, jsonb_array_elements(document -> 'priority_links') l
join priority_ids a on a.id = l ->> 'from' join priority_ids b on b.id = l ->> 'to';

-- Committees --------------------------------------------------------------------------------

insert into public.committees (slug, position, name_en, name_fr, description_en, description_fr, duties_en, duties_fr, meets_en, meets_fr)
select c ->> 'id', n, c -> 'name' ->> 'en', c -> 'name' ->> 'fr', c -> 'description' ->> 'en', c -> 'description' ->> 'fr',
       pg_temp.texts(c -> 'duties', 'en'), pg_temp.texts(c -> 'duties', 'fr'), c -> 'meets' ->> 'en', c -> 'meets' ->> 'fr'
from seed, jsonb_array_elements(document -> 'committees') with ordinality e(c, n);

insert into public.seats (committee_id, label_en, label_fr, province, held, position)
select k.committee_id, label_en, label_fr, province, held, row_number() over (partition by k.committee_id order by not held, n)
from seed, jsonb_array_elements(document -> 'committees') c
join public.committees k on k.slug = c ->> 'id',
lateral (
  select r ->> 'city' as label_en, r ->> 'city' as label_fr, (r ->> 'province')::public.province as province, true as held, n
  from jsonb_array_elements(c -> 'regions') with ordinality e(r, n)
  union all
  select r -> 'label' ->> 'en', r -> 'label' ->> 'fr', null, false, n
  from jsonb_array_elements(c -> 'open_seats') with ordinality e(r, n)
) signups;

-- People: roles, never names ------------------------------------------------------------------

create temp table cast_list (email text primary key, name text, language text, province text, sector text, organization text) on commit drop;
insert into cast_list values
  ('organizer@example.org', 'Sample organizer, Ottawa', 'en', 'ON', 'ngo', 'Sample Coalition, Ottawa'),
  ('participant@example.org', 'Sample participant, Halifax', 'en', 'NS', 'service_provider', 'Sample Shelter, Halifax'),
  ('chair.at@example.org', 'Sample chair, Winnipeg', 'en', 'MB', 'ngo', 'Sample Outreach Network, Winnipeg'),
  ('member.at@example.org', 'Membre (exemple), Gatineau', 'fr', 'QC', 'ngo', 'Table régionale Exemple, Gatineau'),
  ('member.mw@example.org', 'Sample member, Charlottetown', 'en', 'PE', 'grassroots', 'Sample Farm Workers’ Support Group, Charlottetown'),
  ('government@example.org', 'Sample participant, federal government', 'en', 'ON', 'government', 'Sample Department'),
  ('police@example.org', 'Sample participant, police service', 'en', 'AB', 'law_enforcement', 'Sample Police Service'),
  ('suspended@example.org', 'Sample person, suspended', 'en', 'BC', 'government', 'Sample Department');

-- Whoever speaks in a sample thread.
create temp table voices on commit drop as
select role, min(spoken) as spoken, 'voice' || row_number() over (order by role) || '@example.org' as email
from (
  select t -> 'author_role' ->> 'en' as role, t ->> 'original_language' as spoken from seed, jsonb_array_elements(document -> 'threads') t
  union
  select r -> 'author_role' ->> 'en', r ->> 'original_language'
  from seed, jsonb_array_elements(document -> 'threads') t, jsonb_array_elements(t -> 'replies') r
) said group by role;
insert into cast_list
select v.email,
       coalesce((select r -> 'author_role' ->> v.spoken from seed, jsonb_array_elements(document -> 'threads') t,
                 lateral (select t as r union all select r from jsonb_array_elements(t -> 'replies') r) posts
                 where r -> 'author_role' ->> 'en' = v.role limit 1), v.role),
       v.spoken, coalesce((select r.province::text from public.seats r where v.role like '%, ' || r.label_en || ' %' limit 1), 'YT'), 'ngo', null
from voices v;

-- And a room full of others, spread over the country.
insert into cast_list
select 'sample' || n || '@example.org', 'Sample participant ' || n,
       case when n % 4 = 0 then 'fr' else 'en' end,
       (array['ON', 'QC', 'BC', 'AB', 'MB', 'NS', 'NB', 'ON', 'QC', 'SK', 'NL', 'ON', 'BC', 'YT', 'QC', 'ON'])[1 + n % 16],
       (array['ngo', 'service_provider', 'ngo', 'grassroots', 'academic', 'ngo', 'legal', 'service_provider', 'ngo', 'lived_experience', 'government', 'ngo'])[1 + n % 12],
       null
from generate_series(1, 90) n;

create temp table accounts on commit drop as select gen_random_uuid() as id, * from cast_list;
create temp view past_voters as
select id as person_id from accounts
where not private.counts_as_government(sector::public.sector)
  and (email !~ '^(voice|sample)' or (email ~ '^sample' and substring(email from '\d+')::integer <= 45));

insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
select id, 'authenticated', 'authenticated', email, '', now(), '{"provider": "email", "providers": ["email"]}', '{}', now(), now() from accounts;
insert into auth.identities (id, user_id, provider_id, provider, identity_data, created_at, updated_at)
select gen_random_uuid(), id, id::text, 'email', jsonb_build_object('sub', id, 'email', email), now(), now() from accounts;

insert into public.people (person_id, name, language, province, sector, organization_name, organization_id)
select id, name, language::public.language, province::public.province, sector::public.sector, organization, private.organization_called(organization)
from accounts;
update public.people set suspended_at = now() from accounts where person_id = id and email = 'suspended@example.org';
insert into private.roles (person_id, role) select id, 'organizer' from accounts where email = 'organizer@example.org';

insert into public.memberships (committee_id, person_id, duty, starts_at)
select c.committee_id, a.id, v.duty::public.duty, now() - interval '400 days'
from (values
  ('anti-trafficking', 'chair.at@example.org', 'chair'),
  ('anti-trafficking', 'member.at@example.org', 'member'),
  ('migrant-workers', 'member.mw@example.org', 'member'),
  ('migrant-workers', 'voice1@example.org', 'member')
) v(slug, email, duty) join public.committees c using (slug) join accounts a using (email);
insert into public.memberships (committee_id, person_id, duty, starts_at, seat_id)
select distinct on (c.committee_id, a.id) c.committee_id, a.id, 'regional_representative'::public.duty, now() - interval '400 days',
       (select seat_id from public.seats r where r.committee_id = c.committee_id and v.role like '%, ' || r.label_en || ' %')
from seed cross join jsonb_array_elements(document -> 'threads') t cross join lateral (
  select t -> 'author_role' ->> 'en' as role union select r -> 'author_role' ->> 'en' from jsonb_array_elements(t -> 'replies') r
) said
join voices v on v.role = said.role join accounts a on a.email = v.email
join public.committees c on c.slug = t ->> 'committee'
on conflict do nothing;

-- Registrations for the forum ahead; those of past forums were erased long ago, only the rolls of
-- their votes are still known.
insert into public.registrations (forum_id, person_id, mode, status, name, language, province, sector, organization_name, joined_at, confirmed_at)
select i.forum_id, a.id, case when n % 3 = 0 then 'online' else 'in_person' end::public.mode, 'confirmed', a.name, a.language::public.language,
       a.province::public.province, a.sector::public.sector, a.organization, now() - n * interval '3 hours', now() - n * interval '3 hours'
from (select *, coalesce(substring(email from '^sample(\d+)')::integer, 0) as n from accounts) a join forum_ids i on i.id = 'f2027'
where a.email in ('chair.at@example.org', 'member.at@example.org') or a.email ~ '^sample';

insert into public.signups (session_id, forum_id, person_id, during)
select s.session_id, s.forum_id, a.id, tstzrange(s.starts_at, s.ends_at, '[)')
from (select *, substring(email from '^sample(\d+)')::integer as n from accounts) a
join public.sessions s on s.sign_up
join public.forums f on f.forum_id = s.forum_id and f.sample
where (s.title_en like 'Recruitment fees%' and a.n <= 60 and a.n % 3 > 0)
   or (s.title_en like 'Referral from one%' and (a.n between 61 and 77 or a.n <= 60 and a.n % 3 = 0))
   or (s.title_en like 'Where can people sleep%' and a.n between 78 and 90)
   or (s.title_en like 'Counting the same way%' and a.n between 1 and 30);

-- Threads -----------------------------------------------------------------------------------

create temp table thread_ids on commit drop as
select gen_random_uuid() as thread_id, t, n, now() - (30 - 2.5 * n) * interval '1 day' as opened_at
from seed, jsonb_array_elements(document -> 'threads') with ordinality e(t, n);

insert into public.threads (thread_id, title, language, author_id, closed_to_government, posts_count, last_post_at, pinned_at, created_at)
select thread_id, regexp_replace(pg_temp.dated(t -> 'title' ->> (t ->> 'original_language')), ' by 17 September| d’ici le 17 septembre', ''),
       (t ->> 'original_language')::public.language, a.id, t ->> 'id' = 't04', 1 + jsonb_array_length(t -> 'replies'),
       opened_at + jsonb_array_length(t -> 'replies') * interval '7 hours', case when (t ->> 'pinned')::boolean then opened_at end, opened_at
from thread_ids join voices v on v.role = t -> 'author_role' ->> 'en' join accounts a on a.email = v.email;
insert into public.thread_committees (thread_id, committee_id)
select thread_id, c.committee_id from thread_ids
join public.committees c on c.slug = t ->> 'committee' or t ->> 'id' in ('t07', 't08');
insert into public.posts (thread_id, number, author_id, body, language, client_key, created_at)
select thread_id, number, a.id, pg_temp.dated(words), said.spoken::public.language, gen_random_uuid(), opened_at + (number - 1) * interval '7 hours'
from thread_ids cross join lateral (
  select 1 as number, t -> 'author_role' ->> 'en' as role, t ->> 'original_language' as spoken, t -> 'opening' ->> (t ->> 'original_language') as words
  union all
  select 1 + n, r -> 'author_role' ->> 'en', r ->> 'original_language', r -> 'text' ->> (r ->> 'original_language')
  from jsonb_array_elements(t -> 'replies') with ordinality e(r, n)
) said
join voices v on v.role = said.role join accounts a on a.email = v.email;

-- Votes. The ballots are invented, the count is the real one. ---------------------------------

-- One counted: the picks of 2016 are dealt out over the ballots so that each priority gets its sum.
with vote as (
  insert into public.votes (forum_id, title_en, title_fr, opens_at, closes_at, choices, stars, quorum, sectors, voters_count, sample)
  select i.forum_id, r -> 'title' ->> 'en', r -> 'title' ->> 'fr', '2016-12-01 17:00-05', '2016-12-15 17:00-05',
         (r -> 'method' ->> 'dots_per_ballot')::integer, 0, 21,
         array(select s from unnest(enum_range(null::public.sector)) s where not private.counts_as_government(s)), (r ->> 'eligible')::integer, true
  from seed, jsonb_array_elements(document -> 'votes') r join forum_ids i on i.id = r ->> 'forum' where r ->> 'id' = 'v2016'
  returning votes.*
), frozen as (
  select private.copy_list(vote::public.votes) from vote
), voters as (
  insert into private.voters (vote_id, person_id)
  select r.vote_id, v.person_id from vote r, lateral (select person_id from past_voters order by person_id limit r.voters_count) v
  returning vote_id, person_id
)
select count(*) from frozen, voters;

insert into private.ballots (vote_id, person_id, picks, stars)
select v.vote_id, v.person_id, array_agg(d.priority_id), '{}'
from (
  select l.vote_id, l.person_id, row_number() over (order by l.person_id) - 1 as n
  from private.voters l join public.votes using (vote_id) where sample and closes_at < '2020-01-01'
) v
join (
  select p.priority_id, (row_number() over (order by dots desc, r.id, dot) - 1) % r.cast_count as n
  from seed, lateral (
    select x ->> 'priority' as id, (x ->> 'dots')::integer as dots, (r ->> 'cast')::integer as cast_count
    from jsonb_array_elements(document -> 'votes') r, jsonb_array_elements(r -> 'results') x where r ->> 'id' = 'v2016'
  ) r, generate_series(1, r.dots) dot, priority_ids p
  where p.id = r.id
) d on d.n = v.n
group by v.vote_id, v.person_id;
select private.count_ballots(r) from public.votes r where r.sample and r.closes_at < '2020-01-01';

-- One open on the list of 2016, and one whose time is over and that waits for its count, on that of 2011.
insert into public.votes (forum_id, title_en, title_fr, opens_at, closes_at, choices, stars, quorum, sectors, voters_count, sample)
select i.forum_id, v.title_en, v.title_fr, date_trunc('hour', now()) + v.opens, date_trunc('day', now()) + v.closes,
       private.choices_for((select count(*) from public.priorities p where p.forum_id = i.forum_id and p.parent_id is null)), 3, 12,
       array(select s from unnest(enum_range(null::public.sector)) s where not private.counts_as_government(s)),
       (select count(*) from past_voters), true
from (values
  ('f2016', 'Sample vote: which 2016 priorities matter most today?', 'Vote d’exemple : quelles priorités de 2016 comptent le plus aujourd’hui?', interval '-5 days', interval '9 days 22 hours'),
  ('f2011', 'Sample vote: looking back at the 2011 proposals', 'Vote d’exemple : retour sur les pistes de 2011', interval '-16 days', interval '-2 hours')
) v(id, title_en, title_fr, opens, closes) join forum_ids i using (id);

select private.copy_list(r) from public.votes r where r.counted_at is null;
insert into private.voters (vote_id, person_id)
select r.vote_id, v.person_id from public.votes r, past_voters v where r.counted_at is null;

-- People of the cast vote for themselves; of the others, most have. Picks lean to the front of a fixed shuffle.
insert into private.ballots (vote_id, person_id, picks, stars)
select l.vote_id, l.person_id, picks, picks[1:1 + a.n % 2]
from private.voters l
join public.votes r using (vote_id)
join (select id, substring(email from '^sample(\d+)')::integer as n from accounts) a on a.id = l.person_id and a.n % 3 > 0
cross join lateral (
  select array_agg(priority_id) as picks from (
    select i.priority_id from public.vote_items i where i.vote_id = r.vote_id
    order by (i.position * 7 + a.n * a.n) % 11 + i.position / 2.0, i.position limit 1 + (a.n % r.choices)
  ) leaning
) chosen
where r.counted_at is null;

-- Reports -----------------------------------------------------------------------------------

insert into public.reports (forum_id, title_en, title_fr, body_en, body_fr, published_at, snapshot, sample)
select i.forum_id, r -> 'title' ->> 'en', r -> 'title' ->> 'fr', r -> 'body_markdown' ->> 'en', r -> 'body_markdown' ->> 'fr',
       coalesce(to_date(r ->> 'published', 'YYYY-MM') + 14, now()), private.report_snapshot(i.forum_id), (r ->> 'sample')::boolean
from seed, jsonb_array_elements(document -> 'reports') r join forum_ids i on i.id = r ->> 'forum';

drop view past_voters;

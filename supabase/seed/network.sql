-- The sample network: real history in our own words, and invented parts marked as sample. Nothing
-- invented belongs to a real forum: votes are on the lists of sample forums. Reads the document
-- `network.json` from the table seed(document jsonb) that the loader makes in the same transaction.
-- Dates of sample forums are set from the day of loading, so that registration is open, one vote is
-- open, one waits for its count and one is counted.

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
  (slug, kind, name_en, name_fr, place_en, place_fr, city, province, format, time_zone, starts_on, ends_on, date_precision, beside_en, beside_fr,
   objectives_en, objectives_fr, territory_en, territory_fr, funders_en, funders_fr, participants, participants_qualifier,
   provinces, sectors, capacity_in_person, capacity_online, registration_opens_at, registration_closes_at, published_at, sample)
select
  f ->> 'slug', coalesce(f ->> 'kind', 'national')::public.forum_kind, pg_temp.dated(f -> 'name' ->> 'en'), pg_temp.dated(f -> 'name' ->> 'fr'),
  f -> 'place_label' ->> 'en', f -> 'place_label' ->> 'fr', f ->> 'city', (f ->> 'province')::public.province,
  (f ->> 'format')::public.format, coalesce(f ->> 'timezone', 'America/Toronto'),
  held.first, coalesce((f ->> 'end_date')::date, held.first), coalesce(f ->> 'date_precision', 'day')::public.date_precision,
  coalesce(f -> 'attached_to' ->> 'en', ''), coalesce(f -> 'attached_to' ->> 'fr', ''),
  pg_temp.texts(f -> 'objectives', 'en'), pg_temp.texts(f -> 'objectives', 'fr'),
  coalesce(f -> 'territory' -> 'text' ->> 'en', ''), coalesce(f -> 'territory' -> 'text' ->> 'fr', ''),
  array_remove(array[f -> 'funder' ->> 'en'], null), array_remove(array[f -> 'funder' ->> 'fr'], null),
  (f -> 'participants' ->> 'count')::integer, (f -> 'participants' ->> 'qualifier')::public.qualifier,
  pg_temp.codes(f -> 'provinces')::public.province[], pg_temp.codes(f -> 'sectors'),
  (f -> 'capacity' ->> 'in_person')::integer, (f -> 'capacity' ->> 'online')::integer,
  case when held.first = forum_day then date_trunc('day', now()) - interval '20 days' end,
  case when held.first = forum_day then (forum_day - 12 + time '23:59') at time zone (f ->> 'timezone') end,
  least(held.first, now()), (f ->> 'sample')::boolean
from seed, days, jsonb_array_elements(document -> 'forums') f,
     lateral (select coalesce((f ->> 'start_date')::date, forum_day + (f ->> 'days')::integer) as first) held;

create temp table forum_ids on commit drop as
select f ->> 'id' as id, forums.forum_id, forums.starts_on, forums.time_zone
from seed, jsonb_array_elements(document -> 'forums') f join public.forums on forums.slug = f ->> 'slug';

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

-- The program of the sample forum is at its second version.
insert into public.program_releases (forum_id, number, note_en, note_fr, released_at, changes)
select i.forum_id, v.number, coalesce(r -> 'note' ->> 'en', ''), coalesce(r -> 'note' ->> 'fr', ''),
       now() - make_interval(days => (r ->> 'days_ago')::integer),
       coalesce((
         select jsonb_agg(private.program_difference(to_jsonb(s) || jsonb_strip_nulls(jsonb_build_object(
           'room_en', c -> 'room' ->> 'en', 'room_fr', c -> 'room' ->> 'fr')), to_jsonb(s)))
         from jsonb_array_elements(r -> 'changes') c join public.sessions s on s.forum_id = i.forum_id and s.title_en = c ->> 'session'
       ), '[]')
from seed, jsonb_array_elements(document -> 'program_releases') with ordinality v(r, number) join forum_ids i on i.id = r ->> 'forum';

-- Materials: links alone, since files lie outside of the database.
insert into private.materials (material_id, forum_id, session_id, audience, language, title_en, title_fr, url)
select gen_random_uuid(), i.forum_id, case when v.of_session then (
         select s.session_id from public.sessions s
         where s.forum_id = i.forum_id and not s.closed_to_government order by s.position offset 1 limit 1) end,
       v.audience::public.material_audience, v.language::public.session_language, v.title_en, v.title_fr, v.url
from (values
  (false, 'public', 'bilingual', 'Recording of the closing plenary (Sample)', 'Enregistrement de la plénière de clôture (Exemple)',
    'https://video.example.org/closing'),
  (false, 'members', 'fr', 'Webinar after the forum, recording (Sample)', 'Webinaire après le forum, enregistrement (Exemple)',
    'https://video.example.org/webinar'),
  (true, 'participants', 'en', 'Slides of the session (Sample)', 'Diapositives de la séance (Exemple)', 'https://slides.example.org/session')
) v(of_session, audience, language, title_en, title_fr, url) cross join forum_ids i
where i.id in ('f-halifax', 'f-regina');

insert into public.questions (forum_id, position, kind, text_en, text_fr, help_en, help_fr, options_en, options_fr, required)
select i.forum_id, n, (q ->> 'kind')::public.question_kind, q -> 'text' ->> 'en', q -> 'text' ->> 'fr',
       coalesce(q -> 'help' ->> 'en', ''), coalesce(q -> 'help' ->> 'fr', ''),
       pg_temp.texts(coalesce(q -> 'options', '[]'), 'en'), pg_temp.texts(coalesce(q -> 'options', '[]'), 'fr'), false
from seed, jsonb_array_elements(document -> 'questions') with ordinality e(q, n) join forum_ids i on i.id = q ->> 'forum';

-- Priorities and their lineage --------------------------------------------------------------

insert into public.areas (forum_id, name_en, name_fr, position, editorial)
select i.forum_id,
       coalesce(f -> 'area_labels' -> (a ->> 'key') ->> 'en', a -> 'label' ->> 'en'),
       coalesce(f -> 'area_labels' -> (a ->> 'key') ->> 'fr', a -> 'label' ->> 'fr'), n, coalesce(f ->> 'areas_reading', '') = 'editorial'
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

insert into public.lineage (from_id, to_id, absent_from, relation, note_en, note_fr, editorial)
select a.priority_id, b.priority_id, f.forum_id, (l ->> 'relation')::public.relation,
       coalesce(l -> 'note' ->> 'en', ''), coalesce(l -> 'note' ->> 'fr', ''), coalesce(l ->> 'reading', '') = 'editorial'
from seed, jsonb_array_elements(document -> 'priority_links') l
join priority_ids a on a.id = l ->> 'from'
left join priority_ids b on b.id = l ->> 'to'
left join forum_ids f on f.id = l ->> 'absent_from';

-- Committees --------------------------------------------------------------------------------

insert into public.committees (slug, position, name_en, name_fr, description_en, description_fr, duties_en, duties_fr, meets_en, meets_fr)
select c ->> 'id', n, c -> 'name' ->> 'en', c -> 'name' ->> 'fr', c -> 'description' ->> 'en', c -> 'description' ->> 'fr',
       pg_temp.texts(c -> 'duties', 'en'), pg_temp.texts(c -> 'duties', 'fr'), c -> 'meets' ->> 'en', c -> 'meets' ->> 'fr'
from seed, jsonb_array_elements(document -> 'committees') with ordinality e(c, n);

insert into public.seats (committee_id, label_en, label_fr, province, held, sample, position)
select k.committee_id, label_en, label_fr, province, held, sample, row_number() over (partition by k.committee_id order by not held, n)
from seed, jsonb_array_elements(document -> 'committees') c
join public.committees k on k.slug = c ->> 'id',
lateral (
  select r ->> 'city' as label_en, r ->> 'city' as label_fr, (r ->> 'province')::public.province as province, true as held,
         (r ->> 'sample')::boolean as sample, n
  from jsonb_array_elements(c -> 'regions') with ordinality e(r, n)
  union all
  select r -> 'label' ->> 'en', r -> 'label' ->> 'fr', null, false, (r ->> 'sample')::boolean, n
  from jsonb_array_elements(c -> 'open_seats') with ordinality e(r, n)
) places;

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
       v.spoken, coalesce((select r.province::text from public.seats r where v.role like '%, ' || r.label_en || ' %' limit 1),
                          case when v.role like '%, Whitehorse %' then 'YT' else 'ON' end), 'ngo', null
from voices v;

-- And many others, spread over the country.
insert into cast_list
select 'sample' || n || '@example.org',
       case when n % 4 = 0 then 'Personne participante ' || n || ' (exemple), ' || city else 'Sample participant ' || n || ', ' || city end,
       case when n % 4 = 0 then 'fr' else 'en' end, province,
       (array['ngo', 'service_provider', 'indigenous', 'grassroots', 'academic', 'health', 'legal', 'service_provider', 'ngo', 'lived_experience', 'government', 'ngo'])[1 + n % 12],
       null
from generate_series(1, 90) n join (values
  (0, 'ON', 'Sudbury'), (1, 'QC', 'Sherbrooke'), (2, 'BC', 'Kelowna'), (3, 'AB', 'Red Deer'), (4, 'MB', 'Brandon'), (5, 'NS', 'Sydney'),
  (6, 'NB', 'Bathurst'), (7, 'ON', 'Kingston'), (8, 'QC', 'Rimouski'), (9, 'SK', 'Saskatoon'), (10, 'NL', 'Corner Brook'),
  (11, 'ON', 'Thunder Bay'), (12, 'BC', 'Prince George'), (13, 'YT', 'Whitehorse'), (14, 'QC', 'Trois-Rivières'), (15, 'ON', 'Kitchener')
) place(nth, province, city) on place.nth = n % 16;

create temp table accounts on commit drop as select gen_random_uuid() as id, * from cast_list;
create temp view past_voters as
select id as person_id from accounts
where not private.counts_as_government(sector)
  and (email !~ '^(voice|sample)' or (email ~ '^sample' and substring(email from '\d+')::integer <= 45));

insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
select id, 'authenticated', 'authenticated', email, '', now(), '{"provider": "email", "providers": ["email"]}', '{}', now(), now() from accounts;
insert into auth.identities (id, user_id, provider_id, provider, identity_data, created_at, updated_at)
select gen_random_uuid(), id, id::text, 'email', jsonb_build_object('sub', id, 'email', email), now(), now() from accounts;

insert into public.people (person_id, name, language, province, sector, organization_name, organization_id, approved_at)
select id, name, language::public.language, province::public.province, sector, organization, private.organization_called(organization), now()
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
select distinct on (c.committee_id, a.id) c.committee_id, a.id,
       case when seat.seat_id is null then 'member' else 'regional_representative' end::public.duty, now() - interval '400 days', seat.seat_id
from seed cross join jsonb_array_elements(document -> 'threads') t cross join lateral (
  select t -> 'author_role' ->> 'en' as role union select r -> 'author_role' ->> 'en' from jsonb_array_elements(t -> 'replies') r
) said
join voices v on v.role = said.role join accounts a on a.email = v.email
join public.committees c on c.slug = t ->> 'committee'
left join public.seats seat
  on seat.committee_id = c.committee_id and v.role like 'Regional representative%' and v.role like '%, ' || seat.label_en || ' %'
on conflict do nothing;
-- Those who write in the long threads: none of a government.
insert into public.memberships (committee_id, person_id, duty, starts_at)
select c.committee_id, a.id, 'member', now() - interval '300 days'
from (select *, substring(email from '^sample(\d+)')::integer as n from accounts) a
join public.committees c on c.slug = case when a.n <= 24 then 'anti-trafficking' else 'migrant-workers' end
where a.n <= 44 and not private.counts_as_government(a.sector);

-- Registrations for the forum ahead; those of past forums were erased long ago, only the rolls of
-- their votes are still known.
insert into public.registrations (forum_id, person_id, mode, status, name, language, province, sector, organization_name, joined_at, confirmed_at)
select i.forum_id, a.id, case when n % 3 = 0 then 'online' else 'in_person' end::public.mode, 'confirmed', a.name, a.language::public.language,
       a.province::public.province, a.sector, a.organization, now() - n * interval '3 hours', now() - n * interval '3 hours'
from (select *, coalesce(substring(email from '^sample(\d+)')::integer, 0) as n from accounts) a join forum_ids i on i.id = 'f2027'
where a.email in ('chair.at@example.org', 'member.at@example.org') or a.email ~ '^sample';

-- Who put themselves on its list of participants, and whom they left out.
insert into private.visibility (registration_id, except_government, except_sectors, shows_organization, shows_sector)
select r.registration_id, a.email = 'chair.at@example.org' or a.n % 10 = 4, case when a.n = 7 then '{health,legal}'::text[] else '{}' end,
       a.organization is not null, a.n % 10 = 1 and a.sector <> 'lived_experience'
from (select *, coalesce(substring(email from '^sample(\d+)')::integer, 0) as n from accounts) a
join public.registrations r on r.person_id = a.id join forum_ids i on i.id = 'f2027' and i.forum_id = r.forum_id
where a.email in ('chair.at@example.org', 'member.at@example.org') or a.n % 10 in (1, 4) or a.n = 7;
-- Feedback: on the forum in Halifax what people said, on the one in Regina people are asked now.
insert into public.registrations (forum_id, person_id, mode, status, name, language, province, sector, organization_name, joined_at, confirmed_at)
select i.forum_id, a.id, 'in_person', 'confirmed', a.name, a.language::public.language, a.province::public.province, a.sector,
       a.organization, now() - interval '60 days', now() - interval '60 days'
from (select *, coalesce(substring(email from '^sample(\d+)')::integer, 0) as n from accounts) a join forum_ids i on i.id = 'f-regina'
where a.n between 11 and 22;
insert into private.feedback_questions (forum_id, position, kind, text_en, text_fr, options_en, options_fr)
select i.forum_id, v.position, v.kind::public.feedback_kind, v.text_en, v.text_fr, v.options_en::text[], v.options_fr::text[]
from (values
  (1, 'scale', 'Was the forum worth your time?', 'Le forum valait-il votre temps?', '{}', '{}'),
  (2, 'choice', 'Could you follow everything in your language?', 'Avez-vous pu tout suivre dans votre langue?',
    '{Yes,"Mostly",No}', '{Oui,"En grande partie",Non}'),
  (3, 'text', 'What should the next forum do differently?', 'Que devrait changer le prochain forum?', '{}', '{}')
) v(position, kind, text_en, text_fr, options_en, options_fr) cross join forum_ids i
where i.id in ('f-halifax', 'f-regina', 'f2027');
insert into private.feedback_answers (feedback_question_id, value, text)
select q.feedback_question_id, case q.kind when 'scale' then v.rated when 'choice' then v.followed end, case q.kind when 'text' then v.said end
from (values
  (5, 1, 'Longer breaks. The best talks were in the corridor. (Sample)'),
  (4, 2, 'Des pauses plus longues. (Exemple)'),
  (4, 1, 'A room where one can be alone for a moment. (Sample)'),
  (5, 2, 'Plus de séances en français. (Exemple)'),
  (3, 3, 'Send the papers to read two weeks before. (Sample)'),
  (4, 1, null), (5, 1, null), (2, 2, null)
) v(rated, followed, said)
cross join private.feedback_questions q join forum_ids i on i.id = 'f-halifax' and i.forum_id = q.forum_id
where q.kind <> 'text' or v.said is not null
order by random();
insert into private.feedback_changes (forum_id, text_en, text_fr, version)
select i.forum_id, 'The breaks are longer, and there is a quiet room. (Sample)',
       'Les pauses sont plus longues, et il y a une salle de repos. (Exemple)', 2
from forum_ids i where i.id = 'f2027';

-- What the forum ahead costs, and who has chosen and paid.
insert into private.fee_categories (forum_id, position, name_en, name_fr, about_en, about_fr, amount)
select i.forum_id, v.position, v.name_en, v.name_fr, v.about_en, v.about_fr, v.amount
from (values
  (1, 'Member organization', 'Organisme membre', '', '', 15000),
  (2, 'Non-member', 'Non-membre', '', '', 25000),
  (3, 'Lived experience or student', 'Expérience vécue ou études', 'You do not have to prove anything.',
    'Vous n’avez rien à prouver.', 0)
) v(position, name_en, name_fr, about_en, about_fr, amount) join forum_ids i on i.id = 'f2027';
insert into private.fee_notes (forum_id, note_en, note_fr)
select i.forum_id, 'Taxes are added on the invoice.', 'Les taxes s’ajoutent sur la facture.' from forum_ids i where i.id = 'f2027';
insert into private.fees (registration_id, category_id, invoice, invoice_by, status, paid_on, marked_by, marked_at)
select r.registration_id, c.category_id, v.invoice, case when v.invoice <> '' then r.person_id end, v.status::public.fee_status,
       case when v.status = 'paid' then current_date - 2 end, o.id, case when v.status = 'paid' then now() - interval '2 days' end
from (values
  ('chair.at@example.org', 1, 'Sample organization, 12 Main Street, Halifax', 'paid'),
  ('sample3@example.org', 3, '', 'due'),
  ('sample4@example.org', 2, 'Organisme (exemple), 3, rue Principale, Moncton', 'due'),
  ('sample7@example.org', 1, '', 'due')
) v(email, position, invoice, status)
join accounts a using (email) join forum_ids i on i.id = 'f2027'
join public.registrations r on r.forum_id = i.forum_id and r.person_id = a.id
join private.fee_categories c on c.forum_id = i.forum_id and c.position = v.position
join accounts o on o.email = 'organizer@example.org';

-- A bursary that somebody asks for.
insert into private.bursary_rules (forum_id, requests_until, budget)
select i.forum_id, i.starts_on - 30, 1200000 from forum_ids i where i.id = 'f2027';
insert into private.bursaries
  (forum_id, person_id, travel, lodging, meals, care, fee, lost_pay, other, organization_pays, words, asked_at)
select i.forum_id, a.id, 64000, 30000, 9000, 12000, 0, 0, 0, true, 'I come by plane, with a child of four.', now() - interval '4 days'
from accounts a join forum_ids i on i.id = 'f2027' where a.email = 'sample7@example.org';

-- What some of them need; a member of the other committee may read it.
update public.forums f
set provided_en = 'Vegetarian and halal meals. An elevator and an accessible washroom. Captions in both languages in the plenary.',
    provided_fr = 'Repas végétariens et halal. Un ascenseur et des toilettes accessibles. Sous-titrage dans les deux langues en plénière.'
from forum_ids i where i.id = 'f2027' and f.forum_id = i.forum_id;
insert into private.forum_roles (forum_id, person_id, role, ends_at)
select i.forum_id, a.id, 'needs_reader', (i.starts_on + 31)::timestamp at time zone i.time_zone
from accounts a join forum_ids i on i.id = 'f2027' where a.email = 'member.mw@example.org';
insert into private.forum_roles (forum_id, person_id, role, ends_at)
select i.forum_id, a.id, 'check_in', (i.starts_on + 31)::timestamp at time zone i.time_zone
from accounts a join forum_ids i on i.id = 'f2027' where a.email = 'member.at@example.org';
insert into private.needs (forum_id, person_id, kinds, other_language, phone, words)
select i.forum_id, a.id, v.kinds::public.need[], v.language, v.phone, v.words
from (values
  ('chair.at@example.org', '{vegetarian}', '', '', ''),
  ('sample3@example.org', '{step_free,quiet_room}', '', '', 'A seat near the exit, please.'),
  ('sample4@example.org', '{lsq}', '', '', 'Je serai avec ma personne de soutien.'),
  ('sample7@example.org', '{allergy,childcare}', '', '', 'Peanuts. One child, four years old.'),
  ('sample10@example.org', '{other_language,call}', 'Tagalog', '204-555-0142', '')
) v(email, kinds, language, phone, words) join accounts a using (email) join forum_ids i on i.id = 'f2027';

-- Who asks to join, and who offers to help prepare the forum ahead.
insert into public.requests (person_id, about, committee_ids, sent_at)
select a.id, 'We offer legal advice to migrant workers, and would like to share what we see in our region.',
       array[c.committee_id], now() - interval '2 days'
from accounts a, public.committees c where a.email = 'sample81@example.org' and c.slug = 'migrant-workers';
insert into public.requests (person_id, forum_id, help, note, sent_at, decided_at)
select a.id, i.forum_id, v.help::public.help[], v.note, now() - interval '9 days', case when v.decided then now() - interval '5 days' end
from (values
  ('sample85@example.org', '{notes,welcome}', '', false),
  ('sample83@example.org', '{interpretation}', 'English and Spanish.', true)
) v(email, help, note, decided) join accounts a using (email) join forum_ids i on i.id = 'f2027';

insert into public.signups (session_id, forum_id, person_id, during)
select s.session_id, s.forum_id, a.id, tstzrange(s.starts_at, s.ends_at, '[)')
from (select *, substring(email from '^sample(\d+)')::integer as n from accounts) a
join public.sessions s on s.sign_up
join public.forums f on f.forum_id = s.forum_id and f.sample
where (s.title_en like 'Recruitment fees%' and a.n <= 60 and a.n % 3 > 0)
   or (s.title_en like 'Referral from one%' and (a.n between 61 and 77 or a.n <= 60 and a.n % 3 = 0))
   or (s.title_en like 'Where can people sleep%' and a.n between 78 and 90)
   or (s.title_en like 'Counting the same way%' and a.n between 1 and 30);

-- Who asks not to share a session with somebody; a needs reader has yet to decide.
insert into private.apart_secrets (forum_id, secret)
select i.forum_id, 'sample' from forum_ids i where i.id = 'f2027';
insert into private.apart_requests (forum_id, person_id, about, words, sector)
select i.forum_id, a.id, v.about::public.apart_about, v.words, v.sector
from (values
  ('sample3@example.org', 'person', 'Sample participant 7. They know me from an earlier workplace.', null),
  ('sample6@example.org', 'sector', '', 'law_enforcement')
) v(email, about, words, sector) join accounts a using (email) join forum_ids i on i.id = 'f2027';

-- Notes of a past forum, and who takes them at the coming one.
insert into private.note_takers (session_id, person_id)
select s.session_id, a.id
from (values
  ('f2027', 5, 'member.mw@example.org'),
  ('f2027', 6, 'member.at@example.org'),
  ('f-halifax', 2, 'member.mw@example.org'),
  ('f-halifax', 1, 'chair.at@example.org')
) v(forum, position, email) join forum_ids i on i.id = v.forum
join public.sessions s on s.forum_id = i.forum_id and s.position = v.position join accounts a using (email);
create temp table note_ids on commit drop as
select gen_random_uuid() as note_id, s.session_id, v.position, v.spoken::public.language as language, v.status::public.note_status as status
from (values (1, 'fr', 'reviewed'), (2, 'en', 'reviewed'), (3, 'en', 'ready')) v(position, spoken, status)
join forum_ids i on i.id = 'f-halifax' join public.sessions s on s.forum_id = i.forum_id and s.position = v.position;
insert into private.notes (note_id, session_id, language, status, closed_to_government)
select n.note_id, n.session_id, n.language, n.status, false from note_ids n;
insert into private.note_themes (theme_id, forum_id, title_en, title_fr)
select gen_random_uuid(), i.forum_id, v.en, v.fr
from (values ('Places to sleep', 'Endroits où dormir'), ('Getting there', 'Se déplacer')) v(en, fr) join forum_ids i on i.id = 'f-halifax';
insert into private.note_parts (note_id, key, position, prompt_en, prompt_fr, body, version)
select n.note_id, u.place::text, u.place, p.prompts_en[u.place], p.prompts_fr[u.place], u.body, 1
from note_ids n join public.sessions s using (session_id) cross join lateral private.prompts_of(s.forum_id) p
join (values
  (1, 1, 'Une seule intervenante pour tout un comté (exemple).'),
  (1, 2, 'Plus d’appels en soirée qu’il y a deux ans (exemple).'),
  (1, 3, 'Une liste d’interprètes partagée entre trois organismes (exemple).'),
  (2, 1, 'The nearest open bed is often two hours away (sample).'),
  (2, 2, 'Shelters call one another before they say no (sample).'),
  (2, 3, 'A ride that two organizations pay for together (sample).'),
  (3, 1, 'Lists get long, and nobody says who does what (sample).'),
  (3, 2, ''),
  (3, 3, '')
) u(session, place, body) on u.session = n.position;
insert into private.note_parts (note_id, key, position, body, recommendation, theme_id, version)
select n.note_id, gen_random_uuid()::text, 100 + v.place, v.finding, v.recommendation,
  (select t.theme_id from private.note_themes t where t.title_en = v.theme), 1
from note_ids n join (values
  (1, 1, 'Le trajet décourage des personnes de demander de l’aide (exemple).', 'Financer les déplacements, aussi le soir (exemple).', 'Getting there'),
  (1, 2, 'L’interprétation arrive trop tard (exemple).', 'Tenir une liste commune d’interprètes (exemple).', null),
  (2, 1, 'Nobody knows which bed is free tonight (sample).', 'Share one list of free beds (sample).', 'Places to sleep'),
  (2, 2, 'Rides are paid out of pocket (sample).', 'Pay for rides in advance (sample).', 'Getting there'),
  (3, 1, 'A list without names is not followed up (sample).', 'Name an organization for each priority (sample).', null)
) v(position, place, finding, recommendation, theme) using (position);
insert into private.note_history (part_id, version, body, recommendation, saved_by)
select t.part_id, t.version, t.body, t.recommendation, a.id
from private.note_parts t join note_ids n using (note_id)
join accounts a on a.email = case n.position when 1 then 'chair.at@example.org' else 'member.mw@example.org' end;

-- Whether these notes are what was said: people are asked about those of one session, and have answered about another.
insert into public.signups (session_id, forum_id, person_id, during)
select s.session_id, s.forum_id, a.id, tstzrange(f.starts_on::timestamptz, f.starts_on + interval '1 hour', '[)')
from (select *, substring(email from '^sample(\d+)')::integer as n from accounts) a
join public.sessions s on s.position = 2 join public.forums f using (forum_id)
join forum_ids i on i.id = 'f-halifax' and i.forum_id = s.forum_id
where a.n between 41 and 52;
insert into private.confirmation_emails (note_id) select n.note_id from note_ids n where n.status = 'reviewed';
insert into private.confirmation_points (part_id, version, until)
select t.part_id, t.version, now() + case n.position when 2 then interval '50 hours' else interval '-2 days' end
from private.note_parts t join note_ids n using (note_id)
where n.status = 'reviewed' and char_length(t.key) > 1;
insert into private.confirmation_answers (point_id, choice, finding, recommendation)
select o.point_id, v.choice::public.confirmation_choice, v.finding, v.recommendation
from (values
  ('yes', 9, '', ''),
  ('reword', 1, '', 'Financer d’avance les déplacements et l’interprétation, aussi le soir (exemple).'),
  ('no', 2, '', '')
) v(choice, people, finding, recommendation) cross join generate_series(1, v.people)
cross join private.confirmation_points o join private.note_parts t using (part_id) join note_ids n using (note_id)
where n.position = 1
order by random();

-- Threads -----------------------------------------------------------------------------------

create temp table thread_ids on commit drop as
select gen_random_uuid() as thread_id, t, n, now() - (30 - 2.5 * n) * interval '1 day' as opened_at
from seed, jsonb_array_elements(document -> 'threads') with ordinality e(t, n);

insert into public.threads (thread_id, title, language, author_id, closed_to_government, posts_count, last_post_at, pinned_at, created_at)
select thread_id, pg_temp.dated(t -> 'title' ->> (t ->> 'original_language')),
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

-- Long threads: written posts, and between them short ones that are put together from two parts.
create temp table long_threads on commit drop as
select gen_random_uuid() as thread_id, t, n as nth, (t ->> 'count')::integer as count, (t ->> 'panel')::integer as panel,
       now() - (t ->> 'days')::integer * interval '1 day' as opened_at,
       (select a.id from voices v join accounts a on a.email = v.email where v.role = t -> 'author_role' ->> 'en') as author_id
from seed, jsonb_array_elements(document -> 'long_threads') with ordinality e(t, n);

create temp table texts on commit drop as
select nth, language, array(select jsonb_array_elements_text(t -> 'posts' -> language)) as written,
       array(select jsonb_array_elements_text(document -> 'short_posts' -> 'openers' -> language)) as openers,
       array(select jsonb_array_elements_text(document -> 'short_posts' -> 'closers' -> language)) as closers
from seed, long_threads, (values ('en'), ('fr')) l(language);

create temp table authors on commit drop as
select nth, l.language, array_agg(a.id order by a.n) as ids
from (select *, substring(email from '^sample(\d+)')::integer as n from accounts) a
join (select nth, panel from long_threads) l0 on a.n <= l0.panel and not private.counts_as_government(a.sector)
join (values ('en'), ('fr')) l(language) on l.language = a.language
group by nth, l.language;

-- Of the `many` posts in a language, those with a written text are spread evenly; `short` counts the others.
create temp table long_posts on commit drop as
with numbered as (
  select nth, count, number, case when number * 5 % 13 < 5 then 'fr' else 'en' end as language
  from long_threads, generate_series(2, count) number
), placed as (
  select *, row_number() over w as place, count(*) over (partition by nth, language) as many
  from numbered window w as (partition by nth, language order by number)
), told as (
  select p.*, t.written, t.openers, t.closers, a.ids,
         (place * cardinality(t.written) / many)::integer as up_to, ((place - 1) * cardinality(t.written) / many)::integer as before
  from placed p join texts t using (nth, language) join authors a using (nth, language)
)
select nth, number, language, ids[1 + (number * 7 % cardinality(ids))] as author_id,
       case when up_to > before then written[up_to] else openers[1 + short % cardinality(openers)] || ' '
         || closers[1 + (short / cardinality(openers) + short + 3 * nth::integer) % cardinality(closers)] end as body
from told, lateral (select (place - 1 - before)::integer as short) s;

insert into public.threads (thread_id, title, language, author_id, posts_count, last_post_at, created_at)
select thread_id, t -> 'title' ->> (t ->> 'original_language'), (t ->> 'original_language')::public.language, author_id, count,
       now() - interval '5 hours', opened_at
from long_threads;
insert into public.thread_committees (thread_id, committee_id)
select thread_id, c.committee_id from long_threads join public.committees c on t -> 'committees' ? c.slug;
insert into public.posts (thread_id, number, author_id, body, language, client_key, created_at)
select thread_id, number, coalesce(p.author_id, l.author_id), coalesce(body, t -> 'opening' ->> (t ->> 'original_language')),
       coalesce(p.language, t ->> 'original_language')::public.language, gen_random_uuid(),
       case number when 1 then opened_at else opened_at + (now() - interval '5 hours' - opened_at) * ((number - (number * 7 % 5) / 6.0) / count) end
from long_threads l cross join generate_series(1, count) number left join long_posts p using (nth, number);

-- How far some have read, so that the first unread post lies on the first, the second and the third page.
insert into public.read_marks (person_id, thread_id, number)
select a.id, l.thread_id, m.number
from (values
  (1, 'chair.at@example.org', 35), (1, 'member.at@example.org', 55),
  (2, 'chair.at@example.org', 72), (2, 'member.at@example.org', 118), (2, 'member.mw@example.org', 20)
) m(nth, email, number) join long_threads l using (nth) join accounts a using (email);

-- Votes: the ballots are invented, the count is the real one. ---------------------------------

insert into public.votes (vote_id, forum_id, title_en, title_fr, opens_at, closes_at, choices, stars, quorum, sectors, voters_count, sample)
select k.vote_id, i.forum_id, v -> 'title' ->> 'en', v -> 'title' ->> 'fr', t.opens_at, t.closes_at,
       private.choices_for((select count(*) from public.priorities p where p.forum_id = i.forum_id and p.parent_id is null)), 3, 12,
       array(select s.sector from public.sectors s where not s.counts_as_government order by s.position),
       (select count(*) from past_voters), true
from seed, jsonb_array_elements(document -> 'votes') with ordinality a(v, n)
join keys k using (n)
join forum_ids i on i.id = v ->> 'forum'
join (values
  ('v-counted', date_trunc('day', now()) - interval '300 days', date_trunc('day', now()) - interval '286 days 2 hours'),
  ('v-open', date_trunc('hour', now()) - interval '5 days', date_trunc('day', now()) + interval '9 days 22 hours'),
  ('v-over', date_trunc('hour', now()) - interval '16 days', date_trunc('day', now()) - interval '2 hours')
) t(id, opens_at, closes_at) on t.id = v ->> 'id';

select private.copy_list(r) from public.votes r;
insert into private.vote_keys select vote_id, sha256(convert_to(key, 'UTF8')) from keys;
insert into private.voters (vote_id, person_id)
select r.vote_id, v.person_id from public.votes r, past_voters v;

-- People of the cast vote for themselves; of the others, most have. Picks lean to the front of a fixed shuffle.
insert into private.ballots (vote_id, person_id, encrypted)
select l.vote_id, l.person_id, private.encrypt_ballot(picks, picks[1:1 + a.n % 2], k.key)
from private.voters l
join keys k using (vote_id)
join public.votes r using (vote_id)
join (select id, substring(email from '^sample(\d+)')::integer as n from accounts) a on a.id = l.person_id and a.n % 3 > 0
cross join lateral (
  select array_agg(priority_id) as picks from (
    select i.priority_id from public.vote_items i where i.vote_id = r.vote_id
    order by (i.position * 7 + a.n * a.n) % 11 + i.position / 2.0, i.position limit 1 + (a.n % r.choices)
  ) leaning
) chosen;
select private.count_ballots(r, k.key, r.closes_at + interval '15 hours')
from public.votes r join keys k using (vote_id) where r.closes_at < now() - interval '1 month';
delete from private.vote_keys k using public.votes v where v.vote_id = k.vote_id and v.counted_at is not null;

-- Reports -----------------------------------------------------------------------------------

-- Of the reports of real forums the month or nothing is known; that of a sample forum came after its vote.
insert into public.reports (forum_id, title_en, title_fr, body_en, body_fr, published_at, published_precision, snapshot, sample)
select i.forum_id, r -> 'title' ->> 'en', r -> 'title' ->> 'fr', r -> 'body_markdown' ->> 'en', r -> 'body_markdown' ->> 'fr',
       coalesce(to_date(r ->> 'published', 'YYYY-MM') + time '12:00', v.counted_at + interval '7 days', i.starts_on),
       case when r ->> 'published' is not null then 'month' when v.counted_at is not null then 'day' end::public.date_precision,
       private.report_snapshot(i.forum_id), (r ->> 'sample')::boolean
from seed, jsonb_array_elements(document -> 'reports') r join forum_ids i on i.id = r ->> 'forum'
left join public.votes v on v.forum_id = i.forum_id and v.counted_at is not null;

drop view past_voters;

-- Confirmations: "Is that what we said?" Who signed up for a session answers each of its reviewed pairs, anonymously.
--
-- A review opens its pairs as points, for 72 hours; people answer yes, in other words, or not this, once for each point.
-- That a person answered is one table, what was answered another; each answer writes both whole, one sorted by person
-- and one shuffled, so that no id, order, time, xmin or ctid joins them (see feedback). Answers are shown in groups of
-- five or more, other words to organizers alone. A pair whose words change loses its point with all answers to the
-- old words, and is asked again. Nothing here is for a government or the police where the session is closed to them.

insert into private.domains values ('confirmations', 106);

create type public.confirmation_choice as enum ('yes', 'reword', 'no');

create table private.confirmation_points (
  point_id uuid primary key default gen_random_uuid(),
  part_id uuid not null constraint confirmation_points_one_a_part unique references private.note_parts on delete cascade,
  version integer not null,
  until timestamptz not null
);
comment on table private.confirmation_points is
  'Pairs whose words, in this version, people of their session are asked about, and until when.';
alter table private.confirmation_points enable row level security;

-- Without keys to people and points: writing it whole would lock every row that they name.
create table private.confirmation_given (
  point_id uuid not null,
  person_id uuid not null,
  primary key (point_id, person_id)
);
comment on table private.confirmation_given is 'Who has answered about which point; nothing of what.';
create index confirmation_given_by_person on private.confirmation_given (person_id);
alter table private.confirmation_given enable row level security;

create table private.confirmation_pending (
  confirmation_pending_id uuid primary key default gen_random_uuid(),
  point_id uuid not null,
  choice public.confirmation_choice not null,
  finding text not null,
  recommendation text not null
);
comment on table private.confirmation_pending is 'Answers that nobody sees yet; nothing of who.';
alter table private.confirmation_pending enable row level security;

create table private.confirmation_answers (
  confirmation_answer_id uuid primary key default gen_random_uuid(),
  point_id uuid not null references private.confirmation_points on delete cascade,
  choice public.confirmation_choice not null,
  finding text not null constraint confirmation_answers_finding_length check (char_length(finding) <= 1000),
  recommendation text not null
    constraint confirmation_answers_recommendation_length check (char_length(recommendation) <= 1000),
  constraint confirmation_answers_words_of_rewordings check (choice = 'reword' or finding || recommendation = '')
);
comment on table private.confirmation_answers is
  'Answers that may be shown: the choice, and other words for the pair; nothing of who or when.';
create index confirmation_answers_of_point on private.confirmation_answers (point_id);
alter table private.confirmation_answers enable row level security;

create table private.confirmation_emails (
  note_id uuid primary key references private.notes on delete cascade
);
comment on table private.confirmation_emails is 'Notes of which people were asked by email, so that they are asked once.';
alter table private.confirmation_emails enable row level security;

insert into private.personal_columns
select 'private.confirmation_given', c, 'let everyone answer once', 'the person', '72 hours after the review',
  'confirmations_retention; deleting the account'
from unnest(array['point_id', 'person_id']) c;

-- Guards and helpers --------------------------------------------------------------------------

-- The rules of `may_enter` for somebody else than the person behind the request.
create function private.may_confirm(note private.notes, person_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.sessions s join public.signups g using (session_id) join public.people p using (person_id)
    where s.session_id = note.session_id and p.person_id = may_confirm.person_id and p.suspended_at is null
      and (not (s.closed_to_government or note.closed_to_government)
        or not private.counts_as_government(p.sector) and p.approved_at is not null))
$$;
comment on function private.may_confirm is 'Whether somebody may say if notes are what was said: people who signed up for the session.';

create function private.readable_note(session_id uuid)
returns private.notes
language sql
stable
set search_path = ''
as $$
  select n from private.notes n join public.sessions s using (session_id) join public.forums f using (forum_id)
  where n.session_id = readable_note.session_id and n.status = 'reviewed'
    and (f.published_at <= now() or (select private.is_organizer()))
    and private.may_enter(s.closed_to_government or n.closed_to_government)
$$;
comment on function private.readable_note is
  'The reviewed notes of a session that is not closed to the person who asks; null for all others.';

create function private.signed_up(session_id uuid, person uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (select from public.signups g where g.session_id = signed_up.session_id and g.person_id = signed_up.person)
$$;
comment on function private.signed_up is 'Whether a person has a spot in a session.';

-- A backup that reads the tables must not hold up the pages that wait behind this lock.
create function private.lock_confirmations()
returns void
language plpgsql
set search_path = ''
set lock_timeout = '3s'
as $$
begin
  lock table private.confirmation_given, private.confirmation_pending in access exclusive mode;
exception when lock_not_available then
  raise exception 'confirmation_busy' using errcode = 'PT409';
end
$$;
comment on function private.lock_confirmations is 'Locks both tables, for somebody who writes them whole.';

create function private.rewrite_confirmations(given private.confirmation_given[], pending private.confirmation_pending[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  truncate private.confirmation_given, private.confirmation_pending;
  insert into private.confirmation_given (point_id, person_id)
  select g.point_id, g.person_id from unnest(given) g order by g.person_id, g.point_id;
  insert into private.confirmation_pending (point_id, choice, finding, recommendation)
  select p.point_id, p.choice, p.finding, p.recommendation from unnest(pending) p order by random();
end
$$;
comment on function private.rewrite_confirmations is
  'Writes both tables whole: one transaction for all rows, one table in the order of people, the other in none, with new ids.';

create function private.publish_confirmations(pending private.confirmation_pending[])
returns void
language sql
set search_path = ''
as $$
  insert into private.confirmation_answers (point_id, choice, finding, recommendation)
  select p.point_id, p.choice, p.finding, p.recommendation from unnest(pending) p order by random()
$$;
comment on function private.publish_confirmations is 'Shows a group of answers, in no order.';

-- What is not known is refused, so that an answer cannot carry anything past the form.
create function private.checked_confirmations(note private.notes, answers jsonb)
returns private.confirmation_pending[]
language plpgsql
stable
set search_path = ''
as $$
declare
  checked private.confirmation_pending[] := '{}';
  said record;
  point private.confirmation_points;
begin
  if jsonb_typeof(answers) is distinct from 'array' or jsonb_array_length(answers) not between 1 and 60
    or jsonb_path_exists(answers, '$[*] ? (@.type() != "object")')
  then
    raise exception 'confirmation_empty' using errcode = 'PT422';
  end if;
  for said in
    select g.point, g.choice, btrim(coalesce(g.finding, ''), E' \t\n\r') as finding,
      btrim(coalesce(g.recommendation, ''), E' \t\n\r') as recommendation
    from jsonb_to_recordset(answers) g(point text, choice text, finding text, recommendation text)
  loop
    select o.* into point from private.confirmation_points o join private.note_parts t using (part_id)
    where o.point_id::text = said.point and t.note_id = note.note_id;
    if not found or said.point in (select c.point_id::text from unnest(checked) c) then
      raise exception 'point_not_found' using errcode = 'PT404';
    elsif point.until < clock_timestamp() then
      raise exception 'confirmation_closed' using errcode = 'PT409';
    elsif said.choice is null or said.choice not in ('yes', 'reword', 'no') then
      raise exception 'confirmation_empty' using errcode = 'PT422';
    elsif (said.choice = 'reword') <> (said.finding || said.recommendation <> '') then
      raise exception 'confirmation_words' using errcode = 'PT422';
    elsif char_length(said.finding) > 1000 then
      raise exception 'confirmation_answers_finding_length' using errcode = 'PT422';
    elsif char_length(said.recommendation) > 1000 then
      raise exception 'confirmation_answers_recommendation_length' using errcode = 'PT422';
    end if;
    checked := checked || row(gen_random_uuid(), point.point_id, said.choice, said.finding, said.recommendation)
      ::private.confirmation_pending;
  end loop;
  return checked;
end
$$;
comment on function private.checked_confirmations is 'What was answered, one for each point of the notes that is open.';

-- Checked under the lock: a point that is deleted now takes its answers along. Of ten answers a random five stay
-- behind, so that nobody can tell whose answer a new one is.
create function private.store_confirmations(note private.notes, person_id uuid, answers jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  given private.confirmation_given[];
  pending private.confirmation_pending[];
  own private.confirmation_pending[];
  checked private.confirmation_pending[];
  answered uuid;
begin
  perform private.lock_confirmations();
  checked := private.checked_confirmations(note, answers);
  given := array(select g from private.confirmation_given g);
  if exists (
    select from unnest(given) g join unnest(checked) c using (point_id) where g.person_id = store_confirmations.person_id)
  then
    raise exception 'point_answered_already' using errcode = 'PT409';
  end if;
  pending := array(select p from private.confirmation_pending p);
  pending := pending || checked;
  foreach answered in array array(select c.point_id from unnest(checked) c) loop
    own := array(select p from unnest(pending) p where p.point_id = answered order by random());
    if cardinality(own) >= 10 then
      perform private.publish_confirmations(own[6:]);
      pending := array(select p from unnest(pending) p where p.point_id <> answered) || own[:5];
    end if;
  end loop;
  perform private.rewrite_confirmations(
    given || array(select row(c.point_id, store_confirmations.person_id)::private.confirmation_given from unnest(checked) c),
    pending);
end
$$;
comment on function private.store_confirmations is
  'Stores that a person answered about points, and apart from it the answers; shows a group of a point when it has ten.';

-- Points -------------------------------------------------------------------------------------

create function private.open_points(note private.notes)
returns void
language sql
set search_path = ''
as $$
  insert into private.confirmation_points (part_id, version, until)
  select t.part_id, t.version, clock_timestamp() + interval '72 hours' from private.note_parts t
  where t.note_id = note.note_id and char_length(t.key) > 1 and t.body || t.recommendation <> ''
  on conflict on constraint confirmation_points_one_a_part do nothing
$$;
comment on function private.open_points is 'Asks about those pairs of notes of which nobody was asked in these words.';

create function private.email_confirmers(note private.notes)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.confirmation_emails (note_id)
  select note.note_id where exists (
    select from private.confirmation_points o join private.note_parts t using (part_id) where t.note_id = note.note_id)
  on conflict do nothing;
  if found then
    perform private.queue_email_to(g.person_id, 'confirmation_asked', private.forum_facts(f) || jsonb_build_object(
      'session_id', s.session_id, 'session_en', s.title_en, 'session_fr', s.title_fr, 'zone', f.time_zone,
      'until', clock_timestamp() + interval '72 hours'), interval '72 hours')
    from public.sessions s join public.forums f using (forum_id) join public.signups g using (session_id)
    where s.session_id = note.session_id and f.published_at <= now() and f.cancelled_at is null
      and private.may_confirm(note, g.person_id);
  end if;
end
$$;
comment on function private.email_confirmers is 'Asks once by email, those who signed up for the session.';

create function private.open_reviewed_points()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.open_points(new);
  perform private.email_confirmers(new);
  return null;
end
$$;
create trigger notes_open_points after update of status on private.notes
  for each row when (new.status = 'reviewed' and old.status <> 'reviewed') execute function private.open_reviewed_points();

create function private.delete_changed_point()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.confirmation_points o where o.part_id = new.part_id;
  return null;
end
$$;
create trigger note_parts_delete_changed_point after update of version on private.note_parts
  for each row when (new.version <> old.version) execute function private.delete_changed_point();

-- Other words for a passage may repeat what was just removed from the notes.
create function private.delete_answers_of_points()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  given private.confirmation_given[];
  pending private.confirmation_pending[];
begin
  if exists (select from gone) then
    perform private.lock_confirmations();
    given := array(select g from private.confirmation_given g where g.point_id not in (select point_id from gone));
    pending := array(select p from private.confirmation_pending p where p.point_id not in (select point_id from gone));
    perform private.rewrite_confirmations(given, pending);
  end if;
  return null;
end
$$;
create trigger confirmation_points_delete_answers after delete on private.confirmation_points
  referencing old table as gone for each statement execute function private.delete_answers_of_points();

-- Results ------------------------------------------------------------------------------------

-- Once the time is over the rest is shown too, when it is a group. The daily deletion moves it.
create function private.shown_confirmations(point private.confirmation_points)
returns table (choice public.confirmation_choice, finding text, recommendation text)
language sql
stable
set search_path = ''
as $$
  select a.choice, a.finding, a.recommendation from private.confirmation_answers a where a.point_id = point.point_id
  union all
  select p.choice, p.finding, p.recommendation
  from (select array_agg(p) as rest from private.confirmation_pending p where p.point_id = point.point_id having count(*) >= 5) r
  cross join unnest(r.rest) p
  where point.until < clock_timestamp()
$$;
comment on function private.shown_confirmations is 'The answers about a point that may be shown.';

-- A pair that most refuse stays, as what some of the session said.
create function private.confirmation_result(point private.confirmation_points, with_words boolean)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select case when count(*) >= 5 then jsonb_build_object(
    'count', count(*), 'yes', count(*) filter (where s.choice = 'yes'), 'reword', count(*) filter (where s.choice = 'reword'),
    'no', count(*) filter (where s.choice = 'no'), 'minority', 2 * count(*) filter (where s.choice = 'no') > count(*),
    'rewordings', coalesce(jsonb_agg(jsonb_build_object('finding', s.finding, 'recommendation', s.recommendation) order by random())
      filter (where with_words and s.finding || s.recommendation <> ''), '[]')) end
  from private.shown_confirmations(point) s
$$;
comment on function private.confirmation_result is
  'What people answered about a point: {count, yes, reword, no, minority, rewordings}, other words in another order each time; '
  'null below five answers.';

-- Reads -------------------------------------------------------------------------------------

-- Before they answer, people see no figures: those of others must not lead them.
create function public.confirmation_page(slug text, session_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  note private.notes := private.readable_note(session_id);
  session public.sessions;
  forum public.forums;
  takes boolean;
  mine boolean;
begin
  select * into session from public.sessions s where s.session_id = note.session_id;
  select * into forum from public.forums f where f.forum_id = session.forum_id;
  takes := private.takes_notes(session.session_id, session.forum_id);
  mine := private.signed_up(session.session_id, me);
  if forum.slug is distinct from confirmation_page.slug or not (takes or mine) then
    return null;
  end if;
  return jsonb_build_object(
    'forum', private.forum_line(forum), 'session', private.session_line(session), 'language', note.language, 'asked', mine,
    'points', (
      select coalesce(jsonb_agg(jsonb_build_object('point_id', o.point_id, 'finding', t.body, 'recommendation', t.recommendation,
        'until', o.until, 'open', o.until >= clock_timestamp(), 'given', g.point_id is not null,
        'result', case when takes or g.point_id is not null or o.until < clock_timestamp()
          then private.confirmation_result(o, (select private.is_organizer())) end) order by t.position), '[]')
      from private.note_parts t join private.confirmation_points o using (part_id)
      left join private.confirmation_given g on g.point_id = o.point_id and g.person_id = me
      where t.note_id = note.note_id));
end
$$;
comment on function public.confirmation_page is
  'The pairs of the reviewed notes of a session, until when people are asked about each, and what they answered: {forum, session, '
  'language, asked, points}, other words for organizers alone; null where there is nothing to read for the person who asks. '
  'Callers: people who signed up for the session, its note-takers, organizers.';

-- In one call for all sessions, for the page that gathers pairs by theme.
create function public.confirmed_pairs(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('part_id', t.part_id, 'until', o.until, 'result', private.confirmation_result(o, true))),
      '[]')
    from public.forums f cross join private.theme_pairs(f.forum_id) t join private.confirmation_points o using (part_id)
    where f.slug = confirmed_pairs.slug);
end
$$;
comment on function public.confirmed_pairs is
  'What people answered about the pairs of the reviewed notes of a forum, from five answers on: [{part_id, until, result}], without '
  'what is closed to the organizer. Callers: organizers.';

-- Verbs -------------------------------------------------------------------------------------

-- No event and no audit: they would say who answered, and when. All or nothing, so that a form sent twice says so.
create function public.confirm_points(session_id uuid, answers jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  note private.notes := private.readable_note(session_id);
begin
  if note.note_id is null or not private.signed_up(note.session_id, me) then
    raise exception 'point_not_found' using errcode = 'PT404';
  end if;
  perform private.store_confirmations(note, me, confirm_points.answers);
end
$$;
comment on function public.confirm_points is
  'Stores what the person who asks answers about pairs of a session, [{point, choice, finding, recommendation}], apart from that '
  'they answered. Callers: people who signed up for the session. Refuses: point_not_found, confirmation_closed, confirmation_empty, '
  'confirmation_words, confirmation_answers_finding_length, confirmation_answers_recommendation_length, point_answered_already, '
  'confirmation_busy.';

-- The point is the version: once the words change it is gone, and so are the answers to the old words.
create function public.reword_pair(session_id uuid, point_id uuid, finding text, recommendation text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  note private.notes := private.must_find_note(session_id);
  words text[] := array[btrim(coalesce(reword_pair.finding, ''), E' \t\n\r'), btrim(coalesce(reword_pair.recommendation, ''), E' \t\n\r')];
  part private.note_parts;
begin
  select t.* into part from private.confirmation_points o join private.note_parts t using (part_id)
  where o.point_id = reword_pair.point_id and t.note_id = note.note_id;
  if not found or note.status <> 'reviewed' then
    raise exception 'point_not_found' using errcode = 'PT404';
  elsif words[1] || words[2] = '' then
    raise exception 'rewording_empty' using errcode = 'PT422';
  elsif words = array[part.body, part.recommendation] then
    return;
  end if;
  update private.note_parts t set body = words[1], recommendation = words[2], version = t.version + 1
  where t.part_id = part.part_id;
  insert into private.note_history (part_id, version, body, recommendation, saved_by)
  values (part.part_id, part.version + 1, words[1], words[2], me);
  update private.notes n set version = n.version + 1, saved_at = clock_timestamp() where n.note_id = note.note_id;
  perform private.open_points(note);
  perform private.log('reword_pair', (select s.forum_id from public.sessions s where s.session_id = note.session_id));
  perform private.record_event('note_reworded', 'note', note.note_id);
end
$$;
comment on function public.reword_pair is
  'Gives a pair of reviewed notes other words, deletes the answers to the old ones and asks about the new ones for 72 hours. '
  'Callers: organizers. Refuses: session_not_found, note_takers_only, note_not_found, point_not_found, rewording_empty, '
  'note_parts_finding_length, note_parts_recommendation_length, confirmation_busy.';

revoke execute on function public.confirmation_page, public.confirmed_pairs, public.confirm_points, public.reword_pair
  from public, anon, authenticated;
grant execute on function public.confirmation_page, public.confirmed_pairs, public.confirm_points, public.reword_pair
  to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.confirmations_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object('points_to_confirm', (
    select coalesce(jsonb_agg(to_jsonb(l) order by l.until), '[]') from (
      select f.slug, f.time_zone, s.session_id, s.title_en, s.title_fr, p.until, p.points
      from public.signups g join public.sessions s using (session_id) join public.forums f on f.forum_id = s.forum_id
      join private.notes n on n.session_id = s.session_id and n.status = 'reviewed'
      cross join lateral (
        select min(o.until) as until, count(*) as points
        from private.note_parts t join private.confirmation_points o using (part_id)
        where t.note_id = n.note_id and o.until >= clock_timestamp() and not exists (
          select from private.confirmation_given a where a.point_id = o.point_id and a.person_id = confirmations_tasks.person)) p
      where g.person_id = confirmations_tasks.person and p.points > 0 and f.published_at <= now() and f.cancelled_at is null
        and private.may_confirm(n, confirmations_tasks.person)) l));
end
$$;
comment on function private.confirmations_tasks is 'The sessions of which a person may still say whether the notes are what was said.';

-- In one pass, since it is asked for every forum. The rest of a point that is over counts once retention has moved it.
create function private.confirmations_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('rewordings', (
    select count(*)
    from private.theme_pairs(confirmations_organize.forum_id) t
    join private.confirmation_points o using (part_id) join private.confirmation_answers a using (point_id)
    where a.finding || a.recommendation <> ''))
$$;
comment on function private.confirmations_organize is 'For organizers: how many other words for pairs of a forum they can read.';

-- Of a session that is closed to government, a person of one gets nothing.
create function private.confirmations_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('confirmation_given', (
    select coalesce(jsonb_agg(to_jsonb(a) || jsonb_build_object('session', s.title_en) order by s.title_en, a.point_id), '[]')
    from private.confirmation_given a join private.confirmation_points o using (point_id) join private.note_parts t using (part_id)
    join private.notes n using (note_id) join public.sessions s using (session_id) join public.people p on p.person_id = a.person_id
    where a.person_id = confirmations_export.person
      and (not (s.closed_to_government or n.closed_to_government) or not private.counts_as_government(p.sector))))
$$;
comment on function private.confirmations_export is 'About which points a person has answered; what they said, nobody can find.';

create function private.confirmations_delete(person uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.confirmation_given a where a.person_id = confirmations_delete.person $$;
comment on function private.confirmations_delete is 'Deletes that a person has answered; what they said, nobody can find.';

-- Who answered is deleted once nobody can answer any more. A rest of fewer than five is never shown.
create function private.confirmations_retention()
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  ended uuid[];
  left_given private.confirmation_given[];
  pending private.confirmation_pending[];
  given integer := 0;
  texts integer;
  point uuid;
begin
  ended := array(
    select distinct k.point_id
    from (select point_id from private.confirmation_given union select point_id from private.confirmation_pending) k
    left join private.confirmation_points o using (point_id)
    where o.point_id is null or o.until < clock_timestamp());
  if ended <> '{}' then
    perform private.lock_confirmations();
    foreach point in array ended loop
      perform private.publish_confirmations(r.rest)
      from (
        select array_agg(p) as rest from private.confirmation_pending p join private.confirmation_points o using (point_id)
        where p.point_id = point having count(*) >= 5) r;
    end loop;
    select count(*) into given from private.confirmation_given g where g.point_id = any(ended);
    -- First into variables: what a query still reads cannot be truncated.
    left_given := array(select g from private.confirmation_given g where g.point_id <> all(ended));
    pending := array(select p from private.confirmation_pending p where p.point_id <> all(ended));
    perform private.rewrite_confirmations(left_given, pending);
  end if;
  update private.confirmation_answers a set finding = '', recommendation = ''
  from private.confirmation_points o, private.note_parts t, private.notes n, public.sessions s, public.forums f
  where o.point_id = a.point_id and t.part_id = o.part_id and n.note_id = t.note_id and s.session_id = n.session_id
    and f.forum_id = s.forum_id and a.finding || a.recommendation <> '' and f.ends_on < current_date - interval '12 months';
  get diagnostics texts = row_count;
  return jsonb_build_object('confirmation_given', given, 'confirmation_answers', texts);
end
$$;
comment on function private.confirmations_retention is
  'Deletes after 72 hours who answered, and answers of fewer than five; 12 months after the forum other words. Figures stay.';

-- Feedback: how a forum was, as its participants say it; anonymous, and one answer each.
--
-- Organizers write at most five questions in both languages, until somebody answers. Confirmed participants are asked
-- from the end of the last day, for 21 days. That a person answered is one table, what was answered another; each
-- answer writes both whole, one sorted by person and one shuffled, so that no id, order, time, xmin or ctid joins
-- them. TRUNCATE, since DELETE would leave dead rows. While people answer, organizers see answers in groups of five
-- or more; a question with fewer answers shows none. Giving feedback records no event and no audit. Limits: the
-- write-ahead log and backups keep traces, and with a look at the tables before and after, an answer could be joined.

insert into private.domains values ('feedback', 117);

create type public.feedback_kind as enum ('scale', 'choice', 'text');

create table private.feedback_questions (
  feedback_question_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  position integer not null,
  kind public.feedback_kind not null,
  text_en text not null constraint feedback_questions_text_en_length check (char_length(text_en) between 3 and 300),
  text_fr text not null constraint feedback_questions_text_fr_length check (char_length(text_fr) between 3 and 300),
  options_en text[] not null default '{}' constraint feedback_questions_options_en_length
    check (char_length(array_to_string(options_en, E'\n')) <= 1000),
  options_fr text[] not null default '{}' constraint feedback_questions_options_fr_length
    check (char_length(array_to_string(options_fr, E'\n')) <= 1000),
  version integer not null default 1,
  constraint feedback_questions_options_in_pairs check (cardinality(options_en) = cardinality(options_fr)),
  constraint feedback_questions_options_few check (
    case kind when 'choice' then cardinality(options_en) between 2 and 10 else options_en = '{}' end)
);
comment on table private.feedback_questions is 'What participants are asked after a forum, in order; read through functions.';
create index feedback_questions_in_order on private.feedback_questions (forum_id, position);
alter table private.feedback_questions enable row level security;

-- Without keys to people and forums: writing it whole would lock every row that they name.
create table private.feedback_given (
  forum_id uuid not null,
  person_id uuid not null,
  primary key (forum_id, person_id)
);
comment on table private.feedback_given is 'Who has answered after a forum; nothing of what.';
create index feedback_given_by_person on private.feedback_given (person_id);
alter table private.feedback_given enable row level security;

create table private.feedback_pending (
  feedback_pending_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null,
  answers jsonb not null
);
comment on table private.feedback_pending is 'Answers that no organizer sees yet: {question: text or place}; nothing of who.';
alter table private.feedback_pending enable row level security;

-- One row for each question, so that what one person said to several is not joined either.
create table private.feedback_answers (
  feedback_answer_id uuid primary key default gen_random_uuid(),
  feedback_question_id uuid not null references private.feedback_questions on delete cascade,
  value smallint,
  text text constraint feedback_answers_text_length check (char_length(text) between 1 and 1000),
  constraint feedback_answers_say_one_thing check ((value is null) <> (text is null))
);
comment on table private.feedback_answers is
  'Answers that organizers may see: a text, or the place of what was chosen; nothing of who or when.';
create index feedback_answers_of_question on private.feedback_answers (feedback_question_id);
alter table private.feedback_answers enable row level security;

create table private.feedback_changes (
  forum_id uuid primary key references public.forums on delete cascade,
  text_en text not null constraint feedback_changes_text_en_length check (char_length(text_en) <= 400),
  text_fr text not null constraint feedback_changes_text_fr_length check (char_length(text_fr) <= 400),
  version integer not null,
  constraint feedback_changes_in_pairs check ((text_en = '') = (text_fr = ''))
);
comment on table private.feedback_changes is
  'What a forum does in another way because of earlier feedback; anyone reads it with the forum.';
alter table private.feedback_changes enable row level security;

insert into private.personal_columns
select 'private.feedback_given', c, 'let everyone answer once', 'the person', '21 days after the forum',
  'feedback_retention; deleting the account'
from unnest(array['forum_id', 'person_id']) c;

-- Guards and helpers --------------------------------------------------------------------------

-- Decided when it is read, in the zone of the forum.
create function private.feedback_status(forum public.forums)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when forum.cancelled_at is not null or forum.published_at is null or forum.published_at > clock_timestamp() then 'off'
    when not private.is_over(forum) then 'ahead'
    when (clock_timestamp() at time zone forum.time_zone)::date > forum.ends_on + 21 then 'over'
    else 'open' end
$$;
comment on function private.feedback_status is 'Whether participants are asked how a forum was: ahead, open, over, or off.';

create function private.feedback_locked(forum public.forums)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.feedback_status(forum) = 'over'
    or exists (select from private.feedback_given g where g.forum_id = forum.forum_id)
    or exists (select from private.feedback_pending p where p.forum_id = forum.forum_id)
    or exists (
      select from private.feedback_answers a join private.feedback_questions q using (feedback_question_id)
      where q.forum_id = forum.forum_id)
$$;
comment on function private.feedback_locked is
  'Whether the questions of a forum stay as they are: somebody answered, or the time is over.';

-- No lock on the forum: deleting an account holds these tables and waits for forums.
create function private.must_find_feedback(forum_id uuid)
returns public.forums
language plpgsql
set search_path = ''
as $$
declare
  forum public.forums;
begin
  perform pg_advisory_xact_lock(hashtext('feedback'), hashtext(must_find_feedback.forum_id::text));
  select * into forum from public.forums f
  where f.forum_id = must_find_feedback.forum_id and (f.published_at <= now() or (select private.is_organizer()));
  if not found then
    raise exception 'forum_not_found' using errcode = 'PT404';
  end if;
  return forum;
end
$$;
comment on function private.must_find_feedback is
  'The forum, with its questions and answers locked against each other; a draft is refused like a forum that does not exist.';

create function private.must_edit_feedback(forum_id uuid)
returns public.forums
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_feedback(forum_id);
begin
  if private.feedback_locked(forum) then
    raise exception 'feedback_locked' using errcode = 'PT409';
  end if;
  return forum;
end
$$;
comment on function private.must_edit_feedback is
  'The forum, for an organizer who changes its questions; refused once somebody answered.';

create function private.must_find_feedback_question(feedback_question_id uuid)
returns private.feedback_questions
language plpgsql
set search_path = ''
as $$
declare
  question private.feedback_questions;
begin
  perform private.must_edit_feedback(q.forum_id) from private.feedback_questions q
  where q.feedback_question_id = must_find_feedback_question.feedback_question_id;
  select * into question from private.feedback_questions q
  where q.feedback_question_id = must_find_feedback_question.feedback_question_id for update;
  if not found then
    perform private.must_be_organizer();
    raise exception 'feedback_question_not_found' using errcode = 'PT404';
  end if;
  return question;
end
$$;
comment on function private.must_find_feedback_question is 'A question that an organizer may still change, locked.';

create function private.is_participant(forum_id uuid, person uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.registrations r
    where r.forum_id = is_participant.forum_id and r.person_id = is_participant.person and r.status = 'confirmed')
$$;
comment on function private.is_participant is 'Whether a person has a confirmed spot at a forum.';

create function private.feedback_asked(forum_id uuid)
returns setof private.feedback_questions
language sql
stable
set search_path = ''
as $$
  select q.* from private.feedback_questions q where q.forum_id = feedback_asked.forum_id order by q.position
$$;
comment on function private.feedback_asked is 'The questions after a forum, in order.';

-- Storing -------------------------------------------------------------------------------------

-- What is not known is refused, so that a text cannot carry anything past the form.
create function private.checked_feedback(forum_id uuid, answers jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  given jsonb := coalesce(answers, '{}');
  question private.feedback_questions;
  said text;
  checked jsonb := '{}';
begin
  if jsonb_typeof(given) <> 'object' or jsonb_path_exists(given, 'strict $.* ? (@.type() != "string")')
    or exists (
      select from jsonb_object_keys(given) k
      where k not in (select q.feedback_question_id::text from private.feedback_asked(checked_feedback.forum_id) q))
  then
    raise exception 'feedback_unknown' using errcode = 'PT422';
  end if;
  for question in select * from private.feedback_asked(checked_feedback.forum_id) loop
    said := btrim(given ->> question.feedback_question_id::text, E' \t\n\r');
    if said is null or said = '' then
      continue;
    elsif question.kind = 'text' and char_length(said) > 1000 then
      raise exception 'feedback_answers_text_length' using errcode = 'PT422';
    elsif question.kind <> 'text' and said not in (
      select n::text from generate_series(1, case question.kind when 'scale' then 5 else cardinality(question.options_en) end) n)
    then
      raise exception 'feedback_unknown' using errcode = 'PT422';
    end if;
    checked := checked || jsonb_build_object(question.feedback_question_id, said);
  end loop;
  if checked = '{}' then
    raise exception 'feedback_empty' using errcode = 'PT422';
  end if;
  return checked;
end
$$;
comment on function private.checked_feedback is 'What was answered, by question, without what was left out.';

create function private.split_feedback(pending private.feedback_pending[])
returns table (feedback_question_id uuid, value smallint, text text)
language sql
stable
set search_path = ''
as $$
  select q.feedback_question_id, case when q.kind <> 'text' then e.value::smallint end, case when q.kind = 'text' then e.value end
  from unnest(pending) p
  cross join jsonb_each_text(p.answers) e
  join private.feedback_questions q on q.feedback_question_id = e.key::uuid
$$;
comment on function private.split_feedback is 'Answers, with a row for each question.';

-- A backup that reads the tables must not hold up the pages that wait behind this lock.
create function private.lock_feedback()
returns void
language plpgsql
set search_path = ''
set lock_timeout = '3s'
as $$
begin
  lock table private.feedback_given, private.feedback_pending in access exclusive mode;
exception when lock_not_available then
  raise exception 'feedback_busy' using errcode = 'PT409';
end
$$;
comment on function private.lock_feedback is 'Locks both tables, for somebody who writes them whole.';

create function private.rewrite_feedback(given private.feedback_given[], pending private.feedback_pending[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  truncate private.feedback_given, private.feedback_pending;
  insert into private.feedback_given (forum_id, person_id)
  select g.forum_id, g.person_id from unnest(given) g order by g.person_id, g.forum_id;
  insert into private.feedback_pending (forum_id, answers)
  select p.forum_id, p.answers from unnest(pending) p order by random();
end
$$;
comment on function private.rewrite_feedback is
  'Writes both tables whole: one transaction for all rows, one table in the order of people, the other in none, with new ids.';

create function private.publish_feedback(pending private.feedback_pending[])
returns void
language sql
set search_path = ''
as $$
  insert into private.feedback_answers (feedback_question_id, value, text)
  select s.feedback_question_id, s.value, s.text from private.split_feedback(pending) s order by random()
$$;
comment on function private.publish_feedback is 'Shows a group of answers to organizers, in no order.';

-- Of ten answers a random five stay behind, so that nobody can tell whose answer a new one is.
create function private.store_feedback(forum_id uuid, person_id uuid, answers jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  given private.feedback_given[];
  pending private.feedback_pending[];
  own private.feedback_pending[];
begin
  perform private.lock_feedback();
  given := array(select g from private.feedback_given g);
  if exists (select from unnest(given) g where (g.forum_id, g.person_id) = (store_feedback.forum_id, store_feedback.person_id)) then
    raise exception 'feedback_given_already' using errcode = 'PT409';
  end if;
  own := array(
    select p from (
      select p from private.feedback_pending p where p.forum_id = store_feedback.forum_id
      union all
      select row(gen_random_uuid(), store_feedback.forum_id, store_feedback.answers)::private.feedback_pending
    ) a(p) order by random());
  if cardinality(own) >= 10 then
    perform private.publish_feedback(own[6:]);
    own := own[:5];
  end if;
  pending := array(select p from private.feedback_pending p where p.forum_id <> store_feedback.forum_id);
  perform private.rewrite_feedback(
    given || row(store_feedback.forum_id, store_feedback.person_id)::private.feedback_given, pending || own);
end
$$;
comment on function private.store_feedback is
  'Stores that a person answered, and apart from it the answer; shows a group when there are ten.';

-- Once the time is over the rest is shown too, when it is a group. The daily deletion moves it.
create function private.shown_feedback(forum public.forums)
returns table (feedback_question_id uuid, value smallint, text text)
language sql
stable
set search_path = ''
as $$
  select a.feedback_question_id, a.value, a.text
  from private.feedback_answers a join private.feedback_questions q using (feedback_question_id)
  where q.forum_id = forum.forum_id
  union all
  select s.feedback_question_id, s.value, s.text
  from (select array_agg(p) as rest, count(*) as answers from private.feedback_pending p where p.forum_id = forum.forum_id) r
  cross join private.split_feedback(r.rest) s
  where private.feedback_status(forum) = 'over' and r.answers >= 5
$$;
comment on function private.shown_feedback is 'The answers after a forum that organizers may see.';

create function private.feedback_result(forum public.forums, question private.feedback_questions)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with said as materialized (
    select s.value, s.text from private.shown_feedback(forum) s where s.feedback_question_id = question.feedback_question_id
  )
  select case when count(*) >= 5 then jsonb_build_object(
    'count', count(*),
    'average', case question.kind when 'scale' then round(avg(s.value), 1) end,
    'counts', array(
      select (select count(*) from said c where c.value = n)
      from generate_series(1, case question.kind when 'scale' then 5 else cardinality(question.options_en) end) n
      where question.kind <> 'text' order by n),
    'texts', coalesce(jsonb_agg(s.text order by random()) filter (where s.text is not null), '[]')) end
  from said s
$$;
comment on function private.feedback_result is
  'What was said to a question: {count, average, counts, texts}, texts in another order each time; null below five answers.';

-- Reads -------------------------------------------------------------------------------------

-- Whether the person who asks has answered is theirs to read; what they answered, nobody can find.
create function public.my_feedback(slug text)
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
  select * into forum from public.forums f where f.slug = my_feedback.slug and f.published_at <= now();
  if not private.is_participant(forum.forum_id, me) then
    return null;
  end if;
  return jsonb_build_object(
    'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
      'ends_on', forum.ends_on),
    'status', private.feedback_status(forum),
    'given', exists (select from private.feedback_given g where g.forum_id = forum.forum_id and g.person_id = me),
    'questions', (
      select coalesce(jsonb_agg(jsonb_build_object('feedback_question_id', q.feedback_question_id, 'kind', q.kind,
        'text_en', q.text_en, 'text_fr', q.text_fr, 'options_en', q.options_en, 'options_fr', q.options_fr) order by q.position), '[]')
      from private.feedback_asked(forum.forum_id) q));
end
$$;
comment on function public.my_feedback is
  'What a confirmed participant is asked after a forum, and whether they have answered: {forum, status, given, questions}. '
  '`status` is ahead, open, over or off; null for others. Callers: people.';

-- Without a number of answers that wait: its changes would show when somebody answers.
create function public.feedback_of(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  forum public.forums;
begin
  perform private.must_be_organizer();
  select * into forum from public.forums f where f.slug = feedback_of.slug;
  if not found then
    return null;
  end if;
  return jsonb_build_object(
    'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
      'ends_on', forum.ends_on, 'published', forum.published_at is not null),
    'status', private.feedback_status(forum),
    'locked', private.feedback_locked(forum),
    'questions', (
      select coalesce(jsonb_agg(jsonb_build_object('feedback_question_id', q.feedback_question_id, 'kind', q.kind,
        'text_en', q.text_en, 'text_fr', q.text_fr, 'options_en', q.options_en, 'options_fr', q.options_fr, 'version', q.version,
        'result', private.feedback_result(forum, q)) order by q.position), '[]')
      from private.feedback_asked(forum.forum_id) q),
    'change', (
      select jsonb_build_object('version', c.version, 'text_en', c.text_en, 'text_fr', c.text_fr)
      from private.feedback_changes c where c.forum_id = forum.forum_id));
end
$$;
comment on function public.feedback_of is
  'The questions after a forum, what was said to each from five answers on, and what changed because of earlier feedback: '
  '{forum, status, locked, questions, change}; null without such a forum. Callers: organizers.';

-- A column of forums that the API computes, so that their page needs no call for it.
create function public.feedback_change(public.forums)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('text_en', c.text_en, 'text_fr', c.text_fr)
  from private.feedback_changes c join public.forums f using (forum_id)
  where c.forum_id = $1.forum_id and c.text_en <> '' and (f.published_at <= now() or (select private.is_organizer()))
$$;
comment on function public.feedback_change is
  'Column of forums: {text_en, text_fr}, what changed because of earlier feedback; null when nothing is written. Callers: anyone.';

-- Verbs -------------------------------------------------------------------------------------

-- No event and no audit: they would say who answered, and when.
create function public.give_feedback(forum_id uuid, answers jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_feedback(forum_id);
  status text := private.feedback_status(forum);
begin
  if not private.is_participant(forum.forum_id, me) then
    raise exception 'feedback_participants_only' using errcode = 'PT403';
  elsif status = 'ahead' then
    raise exception 'feedback_not_yet' using errcode = 'PT409';
  elsif status <> 'open' then
    raise exception 'feedback_closed' using errcode = 'PT409';
  end if;
  perform private.store_feedback(forum.forum_id, me, private.checked_feedback(forum.forum_id, give_feedback.answers));
end
$$;
comment on function public.give_feedback is
  'Stores what the person who asks answers after a forum, {question: text or place}, apart from that they answered. Callers: '
  'confirmed participants. Refuses: forum_not_found, feedback_participants_only, feedback_not_yet, feedback_closed, feedback_unknown, '
  'feedback_empty, feedback_answers_text_length, feedback_given_already, feedback_busy.';

-- Always in both languages: a question is asked of everyone in their own.
create function public.save_feedback_question(
  forum_id uuid, feedback_question_id uuid, version integer, kind public.feedback_kind, text_en text, text_fr text,
  options_en text[], options_fr text[]
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums := private.must_edit_feedback(forum_id);
  before private.feedback_questions;
  saved uuid;
begin
  if save_feedback_question.feedback_question_id is not null then
    before := private.must_find_feedback_question(save_feedback_question.feedback_question_id);
    if before.forum_id <> forum.forum_id then
      raise exception 'feedback_question_not_found' using errcode = 'PT404';
    elsif before.version is distinct from save_feedback_question.version then
      raise exception 'feedback_question_changed' using errcode = 'PT409';
    end if;
  elsif (select count(*) from private.feedback_asked(forum.forum_id)) >= 5 then
    raise exception 'too_many_feedback_questions' using errcode = 'PT409';
  end if;
  insert into private.feedback_questions as q
    (feedback_question_id, forum_id, position, kind, text_en, text_fr, options_en, options_fr, version)
  values (
    coalesce(before.feedback_question_id, gen_random_uuid()), forum.forum_id,
    coalesce(before.position,
      1 + coalesce((select max(o.position) from private.feedback_asked(forum.forum_id) o), 0)),
    save_feedback_question.kind, private.one_line(save_feedback_question.text_en), private.one_line(save_feedback_question.text_fr),
    case when save_feedback_question.kind = 'choice' then private.filled_lines(save_feedback_question.options_en) else '{}' end,
    case when save_feedback_question.kind = 'choice' then private.filled_lines(save_feedback_question.options_fr) else '{}' end,
    coalesce(before.version, 0) + 1)
  on conflict on constraint feedback_questions_pkey do update
  set kind = excluded.kind, text_en = excluded.text_en, text_fr = excluded.text_fr, options_en = excluded.options_en,
      options_fr = excluded.options_fr, version = excluded.version
  returning q.feedback_question_id into saved;
  perform private.log('save_feedback_question', saved);
  perform private.record_event('feedback_question_saved', 'feedback_question', saved);
  return saved;
end
$$;
comment on function public.save_feedback_question is
  'Adds a question after a forum, or changes one when nobody has saved it since that version, and gives its id. Callers: '
  'organizers. Refuses: forum_not_found, feedback_locked, feedback_question_not_found, feedback_question_changed, '
  'too_many_feedback_questions, feedback_questions_text_en_length, feedback_questions_text_fr_length, '
  'feedback_questions_options_in_pairs, feedback_questions_options_few.';

-- Refused once somebody answered, since the answers would go with it.
create function public.delete_feedback_question(feedback_question_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  question private.feedback_questions := private.must_find_feedback_question(feedback_question_id);
begin
  delete from private.feedback_questions q where q.feedback_question_id = question.feedback_question_id;
  perform private.log('delete_feedback_question', question.feedback_question_id);
  perform private.record_event('feedback_question_deleted', 'feedback_question', question.feedback_question_id);
end
$$;
comment on function public.delete_feedback_question is
  'Deletes a question that nobody has answered. Callers: organizers. Refuses: forum_not_found, feedback_question_not_found, '
  'feedback_locked.';

-- The first version is one, so that two organizers who begin from nothing do not overwrite each other.
create function public.save_feedback_change(forum_id uuid, version integer, text_en text, text_fr text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  before private.feedback_changes;
begin
  select * into before from private.feedback_changes c where c.forum_id = forum.forum_id;
  if coalesce(before.version, 1) is distinct from save_feedback_change.version then
    raise exception 'feedback_change_changed' using errcode = 'PT409';
  end if;
  insert into private.feedback_changes (forum_id, text_en, text_fr, version)
  values (forum.forum_id, coalesce(private.one_line(save_feedback_change.text_en), ''),
    coalesce(private.one_line(save_feedback_change.text_fr), ''), save_feedback_change.version + 1)
  on conflict on constraint feedback_changes_pkey do update
  set text_en = excluded.text_en, text_fr = excluded.text_fr, version = excluded.version;
  perform private.log('save_feedback_change', forum.forum_id);
  perform private.record_event('feedback_change_saved', 'forum', forum.forum_id);
end
$$;
comment on function public.save_feedback_change is
  'Saves what a forum does in another way because of earlier feedback, when nobody has saved it since that version; empty '
  'texts hide it. Callers: organizers. Refuses: forum_not_found, feedback_change_changed, feedback_changes_text_en_length, '
  'feedback_changes_text_fr_length, feedback_changes_in_pairs.';

revoke execute on function public.my_feedback, public.feedback_of, public.feedback_change, public.give_feedback,
  public.save_feedback_question, public.delete_feedback_question, public.save_feedback_change from public, anon, authenticated;
grant execute on function public.my_feedback, public.feedback_of, public.give_feedback,
  public.save_feedback_question, public.delete_feedback_question, public.save_feedback_change to authenticated;
grant execute on function public.feedback_change to anon, authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.feedback_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object('feedback', (
    select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr, 'ends_on', f.ends_on,
      'time_zone', f.time_zone) order by f.ends_on), '[]')
    from public.registrations r join public.forums f using (forum_id)
    where r.person_id = feedback_tasks.person and r.status = 'confirmed' and private.feedback_status(f) = 'open'
      and exists (select from private.feedback_questions q where q.forum_id = f.forum_id)
      and not exists (select from private.feedback_given g where g.forum_id = f.forum_id and g.person_id = feedback_tasks.person)));
end
$$;
comment on function private.feedback_tasks is 'The forums of which a person may still say how they were.';

create function private.feedback_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('feedback_status', private.feedback_status(f), 'feedback_questions',
    (select count(*) from private.feedback_questions q where q.forum_id = f.forum_id))
  from public.forums f where f.forum_id = feedback_organize.forum_id
$$;
comment on function private.feedback_organize is
  'For organizers: how many questions there are after a forum, and whether they are asked.';

create function private.feedback_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('feedback_given', (
    select coalesce(jsonb_agg(to_jsonb(g) || jsonb_build_object('forum', f.slug) order by f.starts_on, f.slug), '[]')
    from private.feedback_given g join public.forums f using (forum_id) where g.person_id = feedback_export.person))
$$;
comment on function private.feedback_export is 'After which forums a person has answered; what they said, nobody can find.';

create function private.feedback_delete(person uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.feedback_given g where g.person_id = feedback_delete.person $$;
comment on function private.feedback_delete is 'Deletes that a person has answered; what they said, nobody can find.';

create function private.feedback_clone_forum(source_id uuid, copy_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into private.feedback_questions (forum_id, position, kind, text_en, text_fr, options_en, options_fr)
  select feedback_clone_forum.copy_id, q.position, q.kind, q.text_en, q.text_fr, q.options_en, q.options_fr
  from private.feedback_questions q where q.forum_id = feedback_clone_forum.source_id
$$;
comment on function private.feedback_clone_forum is 'Copies the questions after a forum; never an answer.';

create function private.feedback_delete_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.feedback_questions q where q.forum_id = feedback_delete_forum.forum_id $$;
comment on function private.feedback_delete_forum is 'Deletes the questions of a draft, which nobody could answer.';

-- Who answered is deleted once nobody can answer any more. A rest of fewer than five is never shown.
create function private.feedback_retention()
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  ended uuid[];
  left_given private.feedback_given[];
  pending private.feedback_pending[];
  given integer := 0;
  texts integer;
  forum uuid;
begin
  ended := array(
    select distinct k.forum_id
    from (select forum_id from private.feedback_given union select forum_id from private.feedback_pending) k
    left join public.forums f using (forum_id)
    where f.forum_id is null or private.feedback_status(f) = 'over');
  if ended <> '{}' then
    perform private.lock_feedback();
    foreach forum in array ended loop
      perform private.publish_feedback(r.rest)
      from (select array_agg(p) as rest from private.feedback_pending p where p.forum_id = forum having count(*) >= 5) r;
    end loop;
    select count(*) into given from private.feedback_given g where g.forum_id = any(ended);
    -- First into variables: what a query still reads cannot be truncated.
    left_given := array(select g from private.feedback_given g where g.forum_id <> all(ended));
    pending := array(select p from private.feedback_pending p where p.forum_id <> all(ended));
    perform private.rewrite_feedback(left_given, pending);
  end if;
  delete from private.feedback_answers a using private.feedback_questions q, public.forums f
  where q.feedback_question_id = a.feedback_question_id and f.forum_id = q.forum_id and a.text is not null
    and f.ends_on < current_date - interval '12 months';
  get diagnostics texts = row_count;
  return jsonb_build_object('feedback_given', given, 'feedback_answers', texts);
end
$$;
comment on function private.feedback_retention is
  'Deletes 21 days after a forum who answered, and answers of fewer than five; after 12 months what was written. Figures stay.';

-- Questions: what a forum asks when somebody registers, and what people answered.
--
-- Organizers write up to eight questions in both languages. Once somebody has answered one, its kind, text and
-- options are locked, so that an answer keeps its meaning; it can be hidden from people who register later.
-- A person reads their own answers, organizers read them with the registration. An option is known by its
-- place, from 1: yes is 1 and no is 2, and a consent that is ticked is 1.

insert into private.domains values ('questions', 55);

-- A code of conduct is the one consent that has to be given.
create type public.question_kind as enum ('text', 'choice', 'several', 'yes_no', 'consent', 'code_of_conduct');

create table public.questions (
  question_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  position integer not null,
  kind public.question_kind not null,
  text_en text not null constraint questions_text_en_length check (char_length(text_en) <= 300),
  text_fr text not null constraint questions_text_fr_length check (char_length(text_fr) <= 300),
  help_en text not null default '' constraint questions_help_en_length check (char_length(help_en) <= 600),
  help_fr text not null default '' constraint questions_help_fr_length check (char_length(help_fr) <= 600),
  options_en text[] not null default '{}' constraint questions_options_en_length
    check (char_length(array_to_string(options_en, E'\n')) <= 2000),
  options_fr text[] not null default '{}' constraint questions_options_fr_length
    check (char_length(array_to_string(options_fr, E'\n')) <= 2000),
  required boolean not null default false,
  hidden_at timestamptz,
  version integer not null default 1,
  constraint questions_options_few check (greatest(cardinality(options_en), cardinality(options_fr)) <= 20),
  constraint questions_only_lists_have_options check (kind in ('choice', 'several') or options_en = '{}' and options_fr = '{}'),
  -- A consent that is required would be none.
  constraint questions_consent_is_free check (
    case kind when 'consent' then not required when 'code_of_conduct' then required else true end)
);
comment on table public.questions is 'What a forum asks when somebody registers; read by who may read the forum.';
create index questions_in_order on public.questions (forum_id, position);
alter table public.questions enable row level security;
grant select on public.questions to authenticated;
create policy "People read the questions of forums that they may read" on public.questions
  for select to authenticated using (
    exists (select from public.forums f where f.forum_id = questions.forum_id)
  );

create table public.answers (
  question_id uuid not null references public.questions on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  text text constraint answers_text_length check (char_length(text) between 1 and 1000),
  chosen smallint[] not null default '{}',
  answered_at timestamptz not null default clock_timestamp(),
  primary key (question_id, person_id),
  constraint answers_say_something check ((text is null) = (chosen <> '{}'))
);
comment on table public.answers is 'What a person answered to a question: a text, or the places of what they chose. No row, no answer.';
create index answers_by_person on public.answers (person_id);
alter table public.answers enable row level security;
grant select on public.answers to authenticated;
create policy "People read their own answers" on public.answers
  for select to authenticated using (person_id = (select private.my_id()));

insert into private.personal_columns
select 'public.answers', c, 'run the forum', 'the person, organizers', '12 months after the forum',
  'delete_old_answers; deleting the account'
from unnest(array['question_id', 'person_id', 'text', 'chosen', 'answered_at']) c;

-- Guards and helpers ------------------------------------------------------------------------

-- The language that has fewer options lacks some; a list has at least two.
create function private.question_gaps(question public.questions)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array_remove(array[
    case when question.text_en = '' then 'text_en' end,
    case when question.text_fr = '' then 'text_fr' end,
    case when question.help_en = '' and question.help_fr <> '' then 'help_en' end,
    case when question.help_fr = '' and question.help_en <> '' then 'help_fr' end,
    case when question.kind in ('choice', 'several') and cardinality(question.options_en) < greatest(cardinality(question.options_fr), 2)
      then 'options_en' end,
    case when question.kind in ('choice', 'several') and cardinality(question.options_fr) < greatest(cardinality(question.options_en), 2)
      then 'options_fr' end
  ], null)
$$;
comment on function private.question_gaps is 'What a question lacks in one of the languages, by field.';

create function private.is_answered(question_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$ select exists (select from public.answers a where a.question_id = is_answered.question_id) $$;
comment on function private.is_answered is 'Whether anybody has answered a question.';

-- Locks the forum, as registering does, so that nobody answers while a question changes.
create function private.must_find_question(question_id uuid)
returns public.questions
language plpgsql
set search_path = ''
as $$
declare
  question public.questions;
begin
  perform private.must_find_forum(q.forum_id) from public.questions q where q.question_id = must_find_question.question_id;
  select * into question from public.questions q where q.question_id = must_find_question.question_id for update;
  if not found then
    raise exception 'question_not_found' using errcode = 'PT404';
  end if;
  return question;
end
$$;
comment on function private.must_find_question is 'A question, locked together with its forum.';

create function private.must_have_room_for_question(forum_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if (select count(*) from public.questions q
      where q.forum_id = must_have_room_for_question.forum_id and q.hidden_at is null) >= 8 then
    raise exception 'too_many_questions' using errcode = 'PT409';
  end if;
end
$$;
comment on function private.must_have_room_for_question is 'A forum asks eight questions at most, without those that are hidden.';

create function private.number_of_options(question public.questions)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case question.kind
    when 'text' then 0 when 'yes_no' then 2 when 'consent' then 1 when 'code_of_conduct' then 1
    else cardinality(question.options_en) end
$$;
comment on function private.number_of_options is 'How many places an answer to a question may choose from.';

-- The caller has locked the forum. Answers to questions that are hidden now stay as they were.
create function private.save_answers(forum_id uuid, person_id uuid, answers jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  given jsonb := coalesce(answers, '{}');
  question public.questions;
  said text[];
begin
  if jsonb_typeof(given) <> 'object' or jsonb_path_exists(given, 'strict $.* ? (@.type() != "array" || @[*].type() != "string")')
    or exists (
      select from jsonb_object_keys(given) k
      where k not in (select q.question_id::text from public.questions q where q.forum_id = save_answers.forum_id and q.hidden_at is null))
  then
    raise exception 'answers_unknown' using errcode = 'PT422';
  end if;
  for question in
    select * from public.questions q where q.forum_id = save_answers.forum_id and q.hidden_at is null order by q.position
  loop
    said := array(
      select v from jsonb_array_elements_text(coalesce(given -> question.question_id::text, '[]')) v where btrim(v) <> '');
    if question.required and said = '{}' then
      raise exception 'answers_missing' using errcode = 'PT422';
    elsif question.kind <> 'several' and cardinality(said) > 1
      or question.kind <> 'text' and exists (
        select from unnest(said) s
        where s not in (select n::text from generate_series(1, private.number_of_options(question)) n))
    then
      raise exception 'answers_unknown' using errcode = 'PT422';
    end if;
    delete from public.answers a
    where a.question_id = question.question_id and a.person_id = save_answers.person_id and said = '{}';
    insert into public.answers as a (question_id, person_id, text, chosen)
    select question.question_id, save_answers.person_id,
           case question.kind when 'text' then btrim(said[1]) end,
           case question.kind when 'text' then '{}' else array(select distinct s::smallint from unnest(said) s order by 1) end
    where said <> '{}'
    on conflict on constraint answers_pkey do update
    set text = excluded.text, chosen = excluded.chosen, answered_at = excluded.answered_at
    where (a.text, a.chosen) is distinct from (excluded.text, excluded.chosen);
  end loop;
end
$$;
comment on function private.save_answers is
  'Saves what a person answered, by question: {id: ["text"]} or {id: ["1", "3"]}, the places of options. An answer '
  'that is left out is deleted.';

-- For functions that have checked who asks. Hidden questions are among them when they were answered.
create function private.answers_of(forum_id uuid, person_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'question_id', q.question_id, 'kind', q.kind, 'text_en', q.text_en, 'text_fr', q.text_fr,
    'text', a.text,
    'chosen', a.chosen,
    'options_en', q.options_en,
    'options_fr', q.options_fr
  ) order by q.position), '[]')
  from public.questions q
  left join public.answers a on a.question_id = q.question_id and a.person_id = answers_of.person_id
  where q.forum_id = answers_of.forum_id and (q.hidden_at is null or a.person_id is not null)
$$;
comment on function private.answers_of is
  'The questions of a forum in their order, each with what a person answered: `text`, or the places `chosen` of its '
  'options; both null without an answer.';

-- Verbs -------------------------------------------------------------------------------------

-- A draft may be written in one language first; a published forum takes whole questions only.
create function public.save_question(
  forum_id uuid, question_id uuid, version integer, kind public.question_kind, text_en text, text_fr text,
  help_en text, help_fr text, options_en text[], options_fr text[], required boolean
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  before public.questions;
  after public.questions;
begin
  if save_question.question_id is not null then
    before := private.must_find_question(save_question.question_id);
    if before.forum_id <> forum.forum_id then
      raise exception 'question_not_found' using errcode = 'PT404';
    elsif before.version is distinct from save_question.version then
      raise exception 'question_changed' using errcode = 'PT409';
    end if;
  else
    perform private.must_have_room_for_question(forum.forum_id);
  end if;
  after := before;
  after.question_id := coalesce(before.question_id, gen_random_uuid());
  after.forum_id := forum.forum_id;
  after.kind := save_question.kind;
  after.text_en := private.one_line(save_question.text_en);
  after.text_fr := private.one_line(save_question.text_fr);
  after.help_en := private.one_line(save_question.help_en);
  after.help_fr := private.one_line(save_question.help_fr);
  after.options_en := case when after.kind in ('choice', 'several') then private.filled_lines(save_question.options_en) else '{}' end;
  after.options_fr := case when after.kind in ('choice', 'several') then private.filled_lines(save_question.options_fr) else '{}' end;
  after.required := case after.kind when 'consent' then false when 'code_of_conduct' then true
    else coalesce(save_question.required, false) end;
  after.version := coalesce(before.version, 0) + 1;
  if (after.kind, after.text_en, after.text_fr, after.options_en, after.options_fr)
      is distinct from (before.kind, before.text_en, before.text_fr, before.options_en, before.options_fr)
    and private.is_answered(before.question_id)
  then
    raise exception 'question_answered' using errcode = 'PT409';
  elsif after.text_en = '' and after.text_fr = '' then
    raise exception 'question_without_text' using errcode = 'PT422';
  elsif forum.published_at is not null and after.hidden_at is null and private.question_gaps(after) <> '{}' then
    raise exception 'question_incomplete' using errcode = 'PT422';
  end if;
  if before.question_id is null then
    after.position := 1 + coalesce((select max(q.position) from public.questions q where q.forum_id = forum.forum_id), 0);
    insert into public.questions select after.*;
  else
    update public.questions q
    set kind = after.kind, text_en = after.text_en, text_fr = after.text_fr, help_en = after.help_en, help_fr = after.help_fr,
        options_en = after.options_en, options_fr = after.options_fr, required = after.required, version = after.version
    where q.question_id = after.question_id;
  end if;
  perform private.log('save_question', after.question_id);
  perform private.record_event('question_saved', 'question', after.question_id, jsonb_build_object('version', after.version));
  return after.question_id;
end
$$;
comment on function public.save_question is
  'Adds a question to a forum, or changes one when nobody has saved it since that version, and gives its id. '
  'Callers: organizers. Refuses: forum_not_found, question_not_found, question_changed, question_answered, '
  'question_without_text, question_incomplete, too_many_questions, questions_text_en_length, questions_text_fr_length, '
  'questions_options_few.';

-- Changes places with the one before or after it; at the end of the list nothing changes.
create function public.move_question(question_id uuid, up boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  question public.questions := private.must_find_question(question_id);
  other public.questions;
begin
  select * into other from public.questions q
  where q.forum_id = question.forum_id and q.hidden_at is null
    and case when move_question.up then q.position < question.position else q.position > question.position end
  order by abs(q.position - question.position) limit 1;
  if found then
    update public.questions q
    set position = case q.question_id when question.question_id then other.position else question.position end
    where q.question_id in (question.question_id, other.question_id);
    perform private.log('move_question', question.question_id);
  end if;
end
$$;
comment on function public.move_question is
  'Moves a question up or down by one. Callers: organizers. Refuses: question_not_found.';

-- What was answered stays with those who answered.
create function public.hide_question(question_id uuid, hidden boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  question public.questions := private.must_find_question(question_id);
begin
  if (question.hidden_at is not null) = hide_question.hidden then
    return;
  elsif not hide_question.hidden then
    perform private.must_have_room_for_question(question.forum_id);
    if private.question_gaps(question) <> '{}'
      and exists (select from public.forums f where f.forum_id = question.forum_id and f.published_at is not null)
    then
      raise exception 'question_incomplete' using errcode = 'PT422';
    end if;
  end if;
  update public.questions q set hidden_at = case when hide_question.hidden then now() end
  where q.question_id = question.question_id;
  perform private.log(case when hide_question.hidden then 'hide_question' else 'show_question' end, question.question_id);
  perform private.record_event(case when hide_question.hidden then 'question_hidden' else 'question_shown' end,
    'question', question.question_id);
end
$$;
comment on function public.hide_question is
  'Hides a question from people who register later, or asks it again; sent twice, it changes nothing more. '
  'Callers: organizers. Refuses: question_not_found, too_many_questions, question_incomplete.';

-- What was answered would lose its meaning, so that is hidden instead.
create function public.delete_question(question_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  question public.questions := private.must_find_question(question_id);
begin
  if private.is_answered(question.question_id) then
    raise exception 'question_answered' using errcode = 'PT409';
  end if;
  delete from public.questions q where q.question_id = question.question_id;
  perform private.log('delete_question', question.question_id);
  perform private.record_event('question_deleted', 'question', question.question_id);
end
$$;
comment on function public.delete_question is
  'Deletes a question that nobody has answered. Callers: organizers. Refuses: question_not_found, question_answered.';

revoke execute on function public.save_question, public.move_question, public.hide_question, public.delete_question from public, anon;
grant execute on function public.save_question, public.move_question, public.hide_question, public.delete_question to authenticated;

-- A column of questions that the API computes, so that organizers see which ones are locked.
create function public.answered_by(public.questions)
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
  select count(*) from public.answers a where a.question_id = $1.question_id and (select private.is_organizer())
$$;
comment on function public.answered_by is
  'Column of questions: how many people have answered. Callers: organizers; 0 for others.';
revoke execute on function public.answered_by from public, anon;
grant execute on function public.answered_by to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.questions_publish_forum(forum_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  incomplete text;
begin
  select string_agg(n.number::text, ', ' order by n.number) into incomplete
  from (
    select row_number() over (order by q.position) as number, private.question_gaps(q) as gaps
    from public.questions q where q.forum_id = questions_publish_forum.forum_id and q.hidden_at is null
  ) n where n.gaps <> '{}';
  if incomplete is not null then
    raise exception 'questions_incomplete' using errcode = 'PT422', detail = jsonb_build_object('numbers', incomplete)::text;
  end if;
end
$$;
comment on function private.questions_publish_forum is 'Refuses to publish a forum with a question that lacks a language.';

-- A copy of a past forum asks what that one asked in the end.
create function private.questions_clone_forum(source_id uuid, copy_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into public.questions (forum_id, position, kind, text_en, text_fr, help_en, help_fr, options_en, options_fr, required)
  select questions_clone_forum.copy_id, q.position, q.kind, q.text_en, q.text_fr, q.help_en, q.help_fr, q.options_en, q.options_fr,
    q.required
  from public.questions q where q.forum_id = questions_clone_forum.source_id and q.hidden_at is null
$$;
comment on function private.questions_clone_forum is 'Copies the questions of a forum that are not hidden; never an answer.';

create function private.questions_delete_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$
  delete from public.questions q where q.forum_id = questions_delete_forum.forum_id and not private.is_answered(q.question_id)
$$;
comment on function private.questions_delete_forum is 'Deletes the questions of a draft, but none that somebody answered.';

create function private.questions_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'questions', count(*), 'questions_incomplete', count(*) filter (where private.question_gaps(q) <> '{}'))
  from public.questions q where q.forum_id = questions_organize.forum_id and q.hidden_at is null
$$;
comment on function private.questions_organize is 'For organizers: how many questions a forum asks, and how many lack a language.';

create function private.questions_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('answers', (
    select coalesce(jsonb_agg(to_jsonb(a) || jsonb_build_object(
      'forum', f.slug, 'question_en', q.text_en, 'question_fr', q.text_fr,
      'options_en', q.options_en, 'options_fr', q.options_fr) order by f.starts_on, q.position), '[]')
    from public.answers a join public.questions q using (question_id) join public.forums f using (forum_id)
    where a.person_id = person))
$$;
comment on function private.questions_export is 'What a person answered, with the questions.';

-- Apart from registrations, which are deleted on the same day. The questions stay with the forum.
create function public.delete_old_answers()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  deleted integer;
begin
  delete from public.answers a using public.questions q, public.forums f
  where q.question_id = a.question_id and f.forum_id = q.forum_id and f.ends_on < current_date - interval '12 months';
  get diagnostics deleted = row_count;
  return deleted;
end
$$;
comment on function public.delete_old_answers is
  'Deletes the answers to questions of forums that ended 12 months ago. Gives how many. Callers: the site (secret key).';
revoke execute on function public.delete_old_answers from public, anon, authenticated;
grant execute on function public.delete_old_answers to service_role;

create function private.questions_retention()
returns jsonb
language sql
set search_path = ''
as $$ select jsonb_build_object('answers', public.delete_old_answers()) $$;
comment on function private.questions_retention is 'Deletes the answers of forums over for 12 months; how many.';

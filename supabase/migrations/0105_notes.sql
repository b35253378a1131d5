-- Notes: what was said in a session, by prompt, and pairs of a finding and a recommendation.
--
-- Organizers name note-takers for a session; the forum role `notes` is for all sessions of a forum. While notes are
-- written, note-takers and organizers read them; once they are reviewed, those who signed up for the session as well.
-- All tables are private and no policy opens them: each read is a function that asks `private.may_enter` first, so that
-- a government or the police learn nothing of a session that is closed to them, not even that there are notes.
-- Two editors lose nothing: each part has its version, a save names the versions that it saw, and all versions stay.

insert into private.domains values ('notes', 105);

create type public.note_status as enum ('writing', 'ready', 'reviewed');

create table private.note_prompts (
  forum_id uuid primary key references public.forums on delete cascade,
  prompts_en text[] not null constraint note_prompts_prompts_en_length
    check (char_length(array_to_string(prompts_en, E'\n')) <= 1000),
  prompts_fr text[] not null constraint note_prompts_prompts_fr_length
    check (char_length(array_to_string(prompts_fr, E'\n')) <= 1000),
  version integer not null default 2,
  constraint note_prompts_in_pairs check (cardinality(prompts_en) = cardinality(prompts_fr)),
  constraint note_prompts_number check (cardinality(prompts_en) between 1 and 6)
);
comment on table private.note_prompts is 'What note-takers of a forum are asked, where an organizer changed it; else the three questions.';
alter table private.note_prompts enable row level security;

create table private.note_takers (
  session_id uuid not null references public.sessions on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  named_at timestamptz not null default now(),
  primary key (session_id, person_id)
);
comment on table private.note_takers is 'Who takes notes in which session; seen by the person and by organizers.';
create index note_takers_by_person on private.note_takers (person_id);
alter table private.note_takers enable row level security;

-- `closed_to_government` stays true when the session is opened later: people spoke in a closed one.
create table private.notes (
  note_id uuid primary key default gen_random_uuid(),
  session_id uuid not null constraint notes_one_a_session unique references public.sessions on delete cascade,
  language public.language not null,
  status public.note_status not null default 'writing',
  closed_to_government boolean not null,
  version integer not null default 1,
  saved_at timestamptz not null default clock_timestamp()
);
comment on table private.notes is 'The notes of a session: their language and status, and whether they are closed to government.';
alter table private.notes enable row level security;

create table private.note_themes (
  theme_id uuid primary key,
  forum_id uuid not null references public.forums on delete cascade,
  title_en text not null constraint note_themes_title_en_length check (char_length(title_en) between 2 and 160),
  title_fr text not null constraint note_themes_title_fr_length check (char_length(title_fr) between 2 and 160),
  added_at timestamptz not null default clock_timestamp()
);
comment on table private.note_themes is 'Themes by which organizers gather the pairs of a forum; seen by organizers.';
create index note_themes_of_forum on private.note_themes (forum_id);
alter table private.note_themes enable row level security;

-- An answer has the number of its prompt as its key, a pair one that the form made: so two saves find the same row.
create table private.note_parts (
  part_id uuid primary key default gen_random_uuid(),
  note_id uuid not null references private.notes on delete cascade,
  key text not null constraint note_parts_key_shape check (key ~ '^([1-6]|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$'),
  position integer not null,
  prompt_en text not null default '',
  prompt_fr text not null default '',
  body text not null default '' constraint note_parts_body_length check (char_length(body) <= 4000),
  recommendation text not null default '' constraint note_parts_recommendation_length check (char_length(recommendation) <= 1000),
  theme_id uuid references private.note_themes on delete set null,
  version integer not null default 0,
  redacted_at timestamptz,
  constraint note_parts_one_a_key unique (note_id, key),
  constraint note_parts_finding_length check (char_length(key) = 1 or char_length(body) <= 1000),
  constraint note_parts_answers_are_no_pairs check (char_length(key) > 1 or (recommendation = '' and theme_id is null))
);
comment on table private.note_parts is 'Parts of notes: the text to a prompt, or a pair (the body is the finding), each with its version.';
create index note_parts_by_theme on private.note_parts (theme_id);
alter table private.note_parts enable row level security;

create table private.note_history (
  part_id uuid not null references private.note_parts on delete cascade,
  version integer not null,
  body text not null,
  recommendation text not null,
  saved_by uuid references public.people on delete set null,
  saved_at timestamptz not null default clock_timestamp(),
  primary key (part_id, version)
);
comment on table private.note_history is 'Every version of each part, with who saved it; what an organizer removes is deleted here too.';
create index note_history_by_person on private.note_history (saved_by);
alter table private.note_history enable row level security;

create table private.note_sources (
  priority_id uuid not null references public.priorities on delete cascade,
  part_id uuid not null references private.note_parts on delete cascade,
  primary key (priority_id, part_id)
);
comment on table private.note_sources is 'From which pairs a priority of a list was made; seen by organizers.';
create index note_sources_by_part on private.note_sources (part_id);
alter table private.note_sources enable row level security;

insert into private.personal_columns
select 'private.note_takers', c, 'know who takes notes in a session', 'the person, organizers', '12 months after the forum',
  'notes_retention; deleting the account'
from unnest(array['session_id', 'person_id', 'named_at']) c
union all
select 'private.note_history', c, 'lose no text when two people write', 'the person, organizers', '12 months after the forum',
  'notes_retention; redact_note; delete_note; deleting the account removes the name'
from unnest(array['part_id', 'version', 'body', 'recommendation', 'saved_by', 'saved_at']) c;

-- Guards and helpers --------------------------------------------------------------------------

-- Organizers write as well, to help on the day.
create function private.takes_notes(session_id uuid, forum_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select private.is_organizer()) or private.has_role('notes', takes_notes.forum_id) or exists (
    select from private.note_takers t where t.session_id = takes_notes.session_id and t.person_id = (select private.my_id()));
end
$$;
comment on function private.takes_notes is 'Whether the person may write the notes of a session: its note-takers and organizers.';

-- Each function that reads notes begins here.
create function private.open_sessions(forum_id uuid)
returns table (session_id uuid, note_id uuid, takes boolean)
language sql
stable
set search_path = ''
as $$
  select s.session_id, n.note_id, private.takes_notes(s.session_id, s.forum_id)
  from public.sessions s left join private.notes n using (session_id)
  where s.forum_id = open_sessions.forum_id and private.may_enter(s.closed_to_government or coalesce(n.closed_to_government, false))
$$;
comment on function private.open_sessions is
  'The sessions of a forum that are not closed to the person who asks, with their notes, and whether the person may write them.';

-- A session that is closed to the person is refused like one that does not exist.
create function private.must_take_notes(session_id uuid)
returns public.sessions
language plpgsql
stable
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  session public.sessions;
  takes boolean;
begin
  select s.* into session from public.sessions s join public.forums f using (forum_id)
  where s.session_id = must_take_notes.session_id and (f.published_at <= now() or (select private.is_organizer()));
  select o.takes into takes from private.open_sessions(session.forum_id) o where o.session_id = session.session_id;
  if takes is null then
    raise exception 'session_not_found' using errcode = 'PT404';
  elsif not takes then
    raise exception 'note_takers_only' using errcode = 'PT403';
  end if;
  return session;
end
$$;
comment on function private.must_take_notes is 'The session whose notes the person behind this request may write, or a refusal.';

create function private.must_find_note(session_id uuid)
returns private.notes
language plpgsql
set search_path = ''
as $$
declare
  session public.sessions := private.must_take_notes(session_id);
  note private.notes;
begin
  select * into note from private.notes n where n.session_id = session.session_id for update;
  if not found then
    raise exception 'note_not_found' using errcode = 'PT404';
  end if;
  return note;
end
$$;
comment on function private.must_find_note is 'The notes of a session, locked, for those who may write them, or a refusal.';

create function private.prompts_of(forum_id uuid)
returns private.note_prompts
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select p from private.note_prompts p where p.forum_id = prompts_of.forum_id),
    row(prompts_of.forum_id, array['What gets in the way?', 'What is changing?', 'What works?'],
      array['Qu’est-ce qui fait obstacle?', 'Qu’est-ce qui change?', 'Qu’est-ce qui fonctionne?'],
      1)::private.note_prompts)
$$;
comment on function private.prompts_of is 'What note-takers of a forum are asked, the three questions unless an organizer changed them.';

-- What is the same as the version that it was written on was not changed by its editor, whatever others saved since:
-- without script a form sends all of its parts.
create function private.sent_parts(note_id uuid, parts jsonb)
returns table (key text, version integer, body text, recommendation text, stored_version integer, changed boolean)
language sql
stable
set search_path = ''
as $$
  select g.key, g.version, g.body, g.recommendation, coalesce(t.version, 0),
    (g.body, g.recommendation) is distinct from (coalesce(t.body, ''), coalesce(t.recommendation, ''))
      and (g.version = coalesce(t.version, 0) or (g.body, g.recommendation) is distinct from (b.body, b.recommendation))
  from (
    select distinct on (r.key) r.key, coalesce(r.version, 0) as version, btrim(coalesce(r.body, ''), E' \n\t') as body,
      btrim(coalesce(r.recommendation, ''), E' \n\t') as recommendation
    from jsonb_to_recordset(sent_parts.parts) r(key text, version integer, body text, recommendation text)
    where r.key is not null order by r.key) g
  left join private.note_parts t on t.note_id = sent_parts.note_id and t.key = g.key
  left join lateral (
    select h.body, h.recommendation from private.note_history h where h.part_id = t.part_id and h.version = g.version
    union all select '', '' where g.version = 0) b on true
$$;
comment on function private.sent_parts is 'The parts of a form beside what is saved, and whether their editor changed them.';

create function private.pair_count(note_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select count(*)::integer from private.note_parts t
  where t.note_id = pair_count.note_id and char_length(t.key) > 1 and t.body || t.recommendation <> ''
$$;
comment on function private.pair_count is 'How many pairs notes have.';

-- Of sessions that are closed to the person, not even whether there are any.
create function private.notes_to_review(forum_id uuid)
returns bigint
language sql
stable
set search_path = ''
as $$
  select count(*) from private.open_sessions(notes_to_review.forum_id) o join private.notes n using (note_id) where n.status = 'ready'
$$;
comment on function private.notes_to_review is 'How many notes of a forum wait for a review by the person who asks.';

-- A government organizer is refused for any closed session, so that the answer says nothing of notes; for others,
-- notes go first.
create function private.protect_notes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  note private.notes;
begin
  select * into note from private.notes n where n.session_id = old.session_id;
  if auth.uid() is null then
    return old;
  elsif not private.may_enter(old.closed_to_government or coalesce(note.closed_to_government, false)) then
    raise exception 'session_closed_to_you' using errcode = 'PT403';
  elsif exists (select from private.note_parts t where t.note_id = note.note_id and t.body || t.recommendation <> '') then
    raise exception 'session_has_notes' using errcode = 'PT409';
  end if;
  return old;
end
$$;
create trigger sessions_protect_notes before delete on public.sessions
  for each row execute function private.protect_notes();

create function private.close_notes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update private.notes n set closed_to_government = true where n.session_id = new.session_id;
  return null;
end
$$;
create trigger sessions_close_notes after update of closed_to_government on public.sessions
  for each row when (old.closed_to_government or new.closed_to_government) execute function private.close_notes();

-- Reads -------------------------------------------------------------------------------------

create function private.session_line(session public.sessions)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('session_id', session.session_id, 'title_en', session.title_en, 'title_fr', session.title_fr,
    'starts_at', session.starts_at, 'ends_at', session.ends_at, 'room_en', session.room_en, 'room_fr', session.room_fr,
    'closed_to_government', session.closed_to_government)
$$;
comment on function private.session_line is 'What pages about notes show of a session.';

create function private.forum_line(forum public.forums)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
    'time_zone', forum.time_zone)
$$;
comment on function private.forum_line is 'What pages about notes show of a forum.';

-- Sessions of which the person may read nothing are left out, so the list says nothing of their notes.
create function public.my_notes(slug text)
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
  select * into forum from public.forums f
  where f.slug = my_notes.slug and (f.published_at <= now() or (select private.is_organizer()));
  if not found then
    return null;
  end if;
  return jsonb_build_object('forum', private.forum_line(forum), 'sessions', (
    select coalesce(jsonb_agg(private.session_line(s) || jsonb_build_object(
      'status', n.status, 'takes', o.takes, 'pairs', private.pair_count(n.note_id)) order by s.starts_at nulls last, s.position), '[]')
    from private.open_sessions(forum.forum_id) o join public.sessions s using (session_id) left join private.notes n using (note_id)
    where o.takes or n.status = 'reviewed' and exists (
      select from public.signups g where g.session_id = s.session_id and g.person_id = me)));
end
$$;
comment on function public.my_notes is
  'The sessions of a forum whose notes the person who asks takes or may read: {forum, sessions}; null without such a '
  'forum. Callers: people.';

-- `blanks` are keys of pairs that are not written yet: the same each time for one person, so that a draft in the
-- browser finds its field again, and others for each person, so that two of them never write into one.
create function public.note_page(slug text, session_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums;
  session public.sessions;
  note private.notes;
  takes boolean;
  prompts private.note_prompts;
begin
  select f.* into forum from public.forums f
  where f.slug = note_page.slug and (f.published_at <= now() or (select private.is_organizer()));
  select o.takes into takes from private.open_sessions(forum.forum_id) o where o.session_id = note_page.session_id;
  select * into note from private.notes n where n.session_id = note_page.session_id;
  if takes is null or not takes and (note.status is distinct from 'reviewed' or not exists (
    select from public.signups g where g.session_id = note_page.session_id and g.person_id = me))
  then
    return null;
  end if;
  select * into session from public.sessions s where s.session_id = note_page.session_id;
  prompts := private.prompts_of(forum.forum_id);
  return jsonb_build_object(
    'forum', private.forum_line(forum), 'session', private.session_line(session), 'takes', takes,
    'organizer', private.is_organizer(), 'closed', session.closed_to_government or coalesce(note.closed_to_government, false),
    'language', note.language, 'status', note.status, 'version', coalesce(note.version, 0), 'saved_at', note.saved_at,
    'answers', coalesce(
      (select jsonb_agg(private.part_line(t) order by t.position) from private.note_parts t
       where t.note_id = note.note_id and char_length(t.key) = 1),
      (select jsonb_agg(jsonb_build_object('key', u.place::text, 'prompt_en', u.en, 'prompt_fr', u.fr, 'body', '', 'recommendation', '',
         'version', 0, 'redacted_at', null) order by u.place)
       from unnest(prompts.prompts_en, prompts.prompts_fr) with ordinality u(en, fr, place))),
    'pairs', (
      select coalesce(jsonb_agg(private.part_line(t) order by t.position), '[]') from private.note_parts t
      where t.note_id = note.note_id and char_length(t.key) > 1 and t.body || t.recommendation <> ''),
    'blanks', case when takes then (
      select jsonb_agg(k.key order by k.n) from (
        select b.key, b.n from (
          select md5(session.session_id::text || me::text || n)::uuid::text as key, n from generate_series(1, 120) n) b
        where not exists (select from private.note_parts t where t.note_id = note.note_id and t.key = b.key)
        order by b.n limit 30) k) else '[]' end);
end
$$;
comment on function public.note_page is
  'The notes of a session: {forum, session, takes, organizer, closed, language, status, version, saved_at, answers, pairs, '
  'blanks}; null where there is nothing to read for the person who asks. Callers: the note-takers, organizers, and once '
  'the notes are reviewed, people who signed up for the session.';

create function private.part_line(part private.note_parts)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('key', part.key, 'prompt_en', part.prompt_en, 'prompt_fr', part.prompt_fr, 'body', part.body,
    'recommendation', part.recommendation, 'version', part.version, 'redacted_at', part.redacted_at)
$$;
comment on function private.part_line is 'A part of notes as pages show it.';

-- The same rule as `save_note`, for the page that shows both texts.
create function public.note_conflicts(session_id uuid, parts jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  session public.sessions := private.must_take_notes(session_id);
  note private.notes;
begin
  select * into note from private.notes n where n.session_id = session.session_id;
  return jsonb_build_object('version', coalesce(note.version, 0), 'parts', (
    select coalesce(jsonb_agg(private.part_line(t)), '[]')
    from private.sent_parts(note.note_id, note_conflicts.parts) p join private.note_parts t on t.note_id = note.note_id and t.key = p.key
    where p.changed and p.version <> p.stored_version));
end
$$;
comment on function public.note_conflicts is
  'Of the parts of a form, as they are saved now, those that somebody else changed too: {version, parts}. Callers: the '
  'note-takers, organizers. Refuses: session_not_found, note_takers_only.';

-- Names of note-takers are for organizers alone; participants read the notes without them.
create function public.notes_for_organizers(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums;
begin
  select * into forum from public.forums f where f.slug = notes_for_organizers.slug;
  if not found then
    return null;
  end if;
  return jsonb_build_object(
    'forum', private.forum_line(forum), 'prompts', to_jsonb(private.prompts_of(forum.forum_id)) - 'forum_id',
    'everywhere', (
      select coalesce(jsonb_agg(jsonb_build_object('role_id', r.role_id, 'person_id', p.person_id, 'name', p.name)
        order by private.unaccented(p.name), p.person_id), '[]')
      from private.forum_roles r join public.people p using (person_id)
      where r.forum_id = forum.forum_id and r.role = 'notes' and r.starts_at <= now() and r.ends_at > now()),
    'sessions', (
      select coalesce(jsonb_agg(private.session_line(s) || jsonb_build_object(
        'status', n.status, 'saved_at', n.saved_at, 'pairs', private.pair_count(n.note_id),
        'takers', (
          select coalesce(jsonb_agg(jsonb_build_object('person_id', p.person_id, 'name', p.name)
            order by private.unaccented(p.name), p.person_id), '[]')
          from private.note_takers t join public.people p using (person_id) where t.session_id = s.session_id))
        order by s.starts_at nulls last, s.position), '[]')
      from private.open_sessions(forum.forum_id) o join public.sessions s using (session_id) left join private.notes n using (note_id)));
end
$$;
comment on function public.notes_for_organizers is
  'Who takes notes in which session of a forum, and how far the notes are: {forum, prompts, everywhere, sessions}, without '
  'sessions that are closed to the organizer; null without such a forum. Callers: organizers.';

-- For organizers alone: a version may hold what was taken back a minute later.
create function public.note_versions(session_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  session public.sessions := private.must_take_notes(session_id);
begin
  return (
    select coalesce(jsonb_agg(v.line order by v.saved_at desc, v.key), '[]') from (
      select h.saved_at, t.key, jsonb_build_object('key', t.key, 'prompt_en', t.prompt_en, 'prompt_fr', t.prompt_fr, 'version', h.version,
        'body', h.body, 'recommendation', h.recommendation, 'saved_at', h.saved_at, 'name', p.name) as line
      from private.notes n join private.note_parts t using (note_id) join private.note_history h using (part_id)
      left join public.people p on p.person_id = h.saved_by
      where n.session_id = session.session_id and h.version < t.version
      order by h.saved_at desc, t.key limit 100) v);
end
$$;
comment on function public.note_versions is
  'The last 100 earlier versions of the parts of notes, newest first, with who saved them. Callers: organizers. Refuses: '
  'session_not_found, note_takers_only.';

-- A theme of which all pairs are closed to the organizer is not there for them: its title may say what was said.
create function public.themes_for_organizers(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums;
begin
  select * into forum from public.forums f where f.slug = themes_for_organizers.slug;
  if not found then
    return null;
  end if;
  return jsonb_build_object(
    'forum', private.forum_line(forum),
    'areas', (
      select coalesce(jsonb_agg(jsonb_build_object('area_id', a.area_id, 'name_en', a.name_en, 'name_fr', a.name_fr)
        order by a.position), '[]')
      from public.areas a where a.forum_id = forum.forum_id),
    'pairs', (
      select coalesce(jsonb_agg(jsonb_build_object('part_id', t.part_id, 'theme_id', t.theme_id, 'finding', t.body,
        'recommendation', t.recommendation, 'language', n.language, 'session_id', s.session_id, 'title_en', s.title_en,
        'title_fr', s.title_fr) order by s.starts_at nulls last, s.position, t.position), '[]')
      from private.theme_pairs(forum.forum_id) t join private.notes n using (note_id) join public.sessions s using (session_id)),
    'themes', (
      select coalesce(jsonb_agg(jsonb_build_object('theme_id', h.theme_id, 'title_en', h.title_en, 'title_fr', h.title_fr,
        'priorities', (
          select coalesce(jsonb_agg(distinct jsonb_build_object('priority_id', p.priority_id, 'title_en', p.title_en,
            'title_fr', p.title_fr)), '[]')
          from private.theme_pairs(forum.forum_id) t join private.note_sources u using (part_id)
          join public.priorities p using (priority_id)
          where t.theme_id = h.theme_id)) order by h.added_at, h.theme_id), '[]')
      from private.note_themes h where h.forum_id = forum.forum_id and private.shows_theme(h)));
end
$$;
comment on function public.themes_for_organizers is
  'The pairs of the reviewed notes of a forum and the themes that gather them, with the priorities made from each: {forum, '
  'areas, pairs, themes}, without what is closed to the organizer; null without such a forum. Callers: organizers.';

create function private.theme_pairs(forum_id uuid)
returns setof private.note_parts
language sql
stable
set search_path = ''
as $$
  select t.* from private.open_sessions(theme_pairs.forum_id) o
  join private.notes n using (note_id) join private.note_parts t using (note_id)
  where n.status = 'reviewed' and char_length(t.key) > 1 and t.body || t.recommendation <> ''
$$;
comment on function private.theme_pairs is 'The pairs of the reviewed notes of a forum that are not closed to the person who asks.';

create function private.shows_theme(theme private.note_themes)
returns boolean
language sql
stable
set search_path = ''
as $$
  select not exists (select from private.note_parts t where t.theme_id = theme.theme_id) or exists (
    select from private.note_parts t join private.open_sessions(theme.forum_id) o using (note_id) where t.theme_id = theme.theme_id)
$$;
comment on function private.shows_theme is 'Whether a theme has no pair, or one that is not closed to the person who asks.';

-- Verbs: note-takers --------------------------------------------------------------------------

-- All or nothing: a part that somebody else changed refuses the save, and the form shows both texts. It records no
-- event: a browser saves every few seconds, and the history says it.
create function public.save_note(session_id uuid, language public.language, parts jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  session public.sessions := private.must_take_notes(session_id);
  note private.notes;
  prompts private.note_prompts := private.prompts_of(session.forum_id);
  answer jsonb;
begin
  if jsonb_typeof(save_note.parts) is distinct from 'array' or jsonb_array_length(save_note.parts) > 60 then
    raise exception 'note_full' using errcode = 'PT422';
  end if;
  insert into private.notes (session_id, language, closed_to_government)
  values (session.session_id, coalesce(save_note.language, 'en'), session.closed_to_government)
  on conflict on constraint notes_one_a_session do nothing;
  select * into note from private.notes n where n.session_id = session.session_id for update;
  if note.status = 'reviewed' then
    raise exception 'note_reviewed' using errcode = 'PT409';
  end if;
  insert into private.note_parts (note_id, key, position, prompt_en, prompt_fr)
  select note.note_id, u.place::text, u.place, u.en, u.fr
  from unnest(prompts.prompts_en, prompts.prompts_fr) with ordinality u(en, fr, place)
  where not exists (select from private.note_parts t where t.note_id = note.note_id and char_length(t.key) = 1);
  if exists (select from private.sent_parts(note.note_id, save_note.parts) p where p.changed and p.version <> p.stored_version) then
    raise exception 'note_changed' using errcode = 'PT409';
  end if;
  with sent as materialized (
    select * from private.sent_parts(note.note_id, save_note.parts)
  ), written as (
    insert into private.note_parts as t (note_id, key, position, body, recommendation, version)
    select note.note_id, s.key, 100 + row_number() over (order by s.key) + coalesce((
      select max(o.position) from private.note_parts o where o.note_id = note.note_id), 0), s.body, s.recommendation, 1
    from sent s where s.changed
    on conflict on constraint note_parts_one_a_key do update
    set body = excluded.body, recommendation = excluded.recommendation, version = t.version + 1
    returning t.part_id, t.key, t.version, t.body, t.recommendation
  ), logged as (
    insert into private.note_history (part_id, version, body, recommendation, saved_by)
    select w.part_id, w.version, w.body, w.recommendation, me from written w
  )
  select coalesce(jsonb_agg(jsonb_build_object('key', s.key, 'version', coalesce(w.version, case
    when (s.body, s.recommendation) is not distinct from (t.body, t.recommendation) then t.version else s.version end))), '[]')
  into answer
  from sent s left join written w using (key) left join private.note_parts t on t.note_id = note.note_id and t.key = s.key;
  if (select count(*) from private.note_parts t where t.note_id = note.note_id) > 60 then
    raise exception 'note_full' using errcode = 'PT422';
  end if;
  update private.notes n
  set language = coalesce(save_note.language, n.language), version = n.version + 1, saved_at = clock_timestamp()
  where n.note_id = note.note_id returning * into note;
  return jsonb_build_object('saved_at', note.saved_at, 'parts', answer);
end
$$;
comment on function public.save_note is
  'Saves parts of the notes of a session, each over the version that its editor saw, and gives {saved_at, parts}. Sent '
  'twice, it changes nothing more. Callers: the note-takers, organizers. Refuses: session_not_found, note_takers_only, '
  'note_full, note_reviewed, note_changed.';

-- Saving stays possible until the review, which names the version that was read.
create function public.submit_note(session_id uuid, ready boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  note private.notes := private.must_find_note(session_id);
begin
  if note.status = 'reviewed' then
    raise exception 'note_reviewed' using errcode = 'PT409';
  elsif submit_note.ready and not exists (
    select from private.note_parts t where t.note_id = note.note_id and t.body || t.recommendation <> '')
  then
    raise exception 'note_empty' using errcode = 'PT422';
  end if;
  update private.notes n set status = case when submit_note.ready then 'ready' else 'writing' end::public.note_status
  where n.note_id = note.note_id;
  perform private.record_event('note_submitted', 'note', note.note_id);
end
$$;
comment on function public.submit_note is
  'Says that notes are ready for review, or takes that back; twice, it changes nothing. Callers: the note-takers, '
  'organizers. Refuses: session_not_found, note_takers_only, note_not_found, note_reviewed, note_empty.';

-- Verbs: organizers ---------------------------------------------------------------------------

-- The audit names the forum and never the session: organizers of a government read it too.
create function public.review_note(session_id uuid, version integer, reviewed boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  note private.notes := private.must_find_note(session_id);
begin
  if (note.status = 'reviewed') = review_note.reviewed then
    return;
  elsif review_note.reviewed and note.version is distinct from review_note.version then
    raise exception 'note_changed' using errcode = 'PT409';
  elsif review_note.reviewed and not exists (
    select from private.note_parts t where t.note_id = note.note_id and t.body || t.recommendation <> '')
  then
    raise exception 'note_empty' using errcode = 'PT422';
  end if;
  update private.notes n set status = case when review_note.reviewed then 'reviewed' else 'writing' end::public.note_status
  where n.note_id = note.note_id;
  perform private.log(case when review_note.reviewed then 'review_note' else 'reopen_note' end,
    (select s.forum_id from public.sessions s where s.session_id = note.session_id));
  perform private.record_event(case when review_note.reviewed then 'note_reviewed' else 'note_reopened' end, 'note', note.note_id);
end
$$;
comment on function public.review_note is
  'Marks notes as reviewed at the version that the organizer read, so that people who signed up read them; or opens them for '
  'writing again. Callers: organizers. Refuses: session_not_found, note_takers_only, note_not_found, note_changed, note_empty.';

-- All earlier versions of a part that has the passage go, since a passage may be spread over them. What was put on
-- a list or into a report before is another text.
create function public.redact_note(session_id uuid, passage text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  note private.notes := private.must_find_note(session_id);
  wanted text := btrim(coalesce(passage, ''), E' \n\t');
  parts uuid[];
begin
  if char_length(wanted) < 3 then
    raise exception 'passage_missing' using errcode = 'PT422';
  end if;
  parts := array(
    select t.part_id from private.note_parts t
    where t.note_id = note.note_id and (strpos(t.body, wanted) > 0 or strpos(t.recommendation, wanted) > 0 or exists (
      select from private.note_history h
      where h.part_id = t.part_id and (strpos(h.body, wanted) > 0 or strpos(h.recommendation, wanted) > 0))));
  if parts = '{}' then
    raise exception 'passage_not_found' using errcode = 'PT404';
  end if;
  delete from private.note_history h where h.part_id = any(parts);
  update private.note_parts t
  set body = replace(t.body, wanted, '[…]'), recommendation = replace(t.recommendation, wanted, '[…]'), version = t.version + 1,
      redacted_at = clock_timestamp()
  where t.part_id = any(parts);
  insert into private.note_history (part_id, version, body, recommendation, saved_by)
  select t.part_id, t.version, t.body, t.recommendation, me from private.note_parts t where t.part_id = any(parts);
  update private.notes n set version = n.version + 1 where n.note_id = note.note_id;
  perform private.log('redact_note', (select s.forum_id from public.sessions s where s.session_id = note.session_id));
  perform private.record_event('note_redacted', 'note', note.note_id);
end
$$;
comment on function public.redact_note is
  'Removes a passage wherever notes have it, with the earlier versions of these parts, and leaves a mark. Callers: '
  'organizers. Refuses: session_not_found, note_takers_only, note_not_found, passage_missing, passage_not_found.';

-- Parts, versions and sources go by cascade; a priority that was made from them stays.
create function public.delete_note(session_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  note private.notes := private.must_find_note(session_id);
begin
  delete from private.notes n where n.note_id = note.note_id;
  perform private.log('delete_note', (select s.forum_id from public.sessions s where s.session_id = note.session_id));
  perform private.record_event('note_deleted', 'note', note.note_id);
end
$$;
comment on function public.delete_note is
  'Deletes the notes of a session with their pairs and all versions. Callers: organizers. Refuses: session_not_found, '
  'note_takers_only, note_not_found.';

-- Notes that are begun keep the prompts that they were written under.
create function public.save_note_prompts(forum_id uuid, version integer, prompts_en text[], prompts_fr text[])
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  saved integer;
begin
  if (private.prompts_of(forum.forum_id)).version is distinct from save_note_prompts.version then
    raise exception 'prompts_changed' using errcode = 'PT409';
  end if;
  insert into private.note_prompts as p (forum_id, prompts_en, prompts_fr)
  values (forum.forum_id, private.filled_lines(save_note_prompts.prompts_en), private.filled_lines(save_note_prompts.prompts_fr))
  on conflict on constraint note_prompts_pkey do update
  set prompts_en = excluded.prompts_en, prompts_fr = excluded.prompts_fr, version = p.version + 1
  returning p.version into saved;
  perform private.log('save_note_prompts', forum.forum_id);
  return saved;
end
$$;
comment on function public.save_note_prompts is
  'Saves what note-takers of a forum are asked, for notes that are not begun, and gives the next version. Callers: organizers. '
  'Refuses: forum_not_found, prompts_changed, note_prompts_in_pairs, note_prompts_number.';

-- Whether there is an account is answered to organizers alone, who read all accounts anyway.
create function public.name_note_taker(forum_id uuid, session_id uuid, address text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  session public.sessions;
  person public.people;
begin
  if name_note_taker.session_id is not null then
    session := private.must_take_notes(name_note_taker.session_id);
    if session.forum_id <> forum.forum_id then
      raise exception 'session_not_found' using errcode = 'PT404';
    end if;
  end if;
  select p.* into person from public.people p join auth.users u on u.id = p.person_id
  where lower(u.email) = lower(btrim(name_note_taker.address)) for update of p;
  if not found then
    raise exception 'note_taker_without_account' using errcode = 'PT404';
  elsif person.suspended_at is not null then
    raise exception 'person_suspended' using errcode = 'PT409';
  elsif name_note_taker.session_id is null then
    perform public.name_role(person.person_id, 'notes', forum.forum_id, null);
    return;
  elsif (session.closed_to_government or exists (
      select from private.notes n where n.session_id = session.session_id and n.closed_to_government))
    and (private.counts_as_government(person.sector) or person.approved_at is null)
  then
    raise exception 'note_taker_not_admitted' using errcode = 'PT409';
  end if;
  insert into private.note_takers (session_id, person_id) values (session.session_id, person.person_id)
  on conflict on constraint note_takers_pkey do nothing;
  if found then
    perform private.log('name_note_taker', person.person_id, '{}', forum.forum_id);
  end if;
end
$$;
comment on function public.name_note_taker is
  'Names the person of an address as note-taker of a session, or of all sessions of the forum when `session_id` is null. Sent '
  'twice, it changes nothing more. Callers: organizers. Refuses: forum_not_found, session_not_found, note_takers_only, '
  'note_taker_without_account, person_suspended, note_taker_not_admitted, person_not_found, another_organizer_first, '
  'role_missing, needs_reader_of_government, role_end_past, role_end_late.';

-- What the person wrote stays, and so does a role for all sessions.
create function public.end_note_taker(session_id uuid, person_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  session public.sessions := private.must_take_notes(session_id);
begin
  delete from private.note_takers t where t.session_id = session.session_id and t.person_id = end_note_taker.person_id;
  if found then
    perform private.log('end_note_taker', end_note_taker.person_id, '{}', session.forum_id);
  end if;
end
$$;
comment on function public.end_note_taker is
  'Ends that a person takes notes in a session; without it, it changes nothing. Callers: organizers. Refuses: '
  'session_not_found, note_takers_only.';

-- The id is made by the form, so that a theme sent twice is one theme.
create function public.add_theme(theme_id uuid, forum_id uuid, title_en text, title_fr text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  insert into private.note_themes (theme_id, forum_id, title_en, title_fr)
  values (coalesce(add_theme.theme_id, gen_random_uuid()), forum.forum_id, private.one_line(add_theme.title_en),
    private.one_line(add_theme.title_fr))
  on conflict on constraint note_themes_pkey do nothing;
end
$$;
comment on function public.add_theme is
  'Adds a theme for the pairs of a forum; sent twice, it is one theme. Callers: organizers. Refuses: forum_not_found.';

create function private.must_find_theme(theme_id uuid)
returns private.note_themes
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  theme private.note_themes;
begin
  select * into theme from private.note_themes h where h.theme_id = must_find_theme.theme_id for no key update;
  if not found or not private.shows_theme(theme) then
    raise exception 'theme_not_found' using errcode = 'PT404';
  end if;
  return theme;
end
$$;
comment on function private.must_find_theme is 'A theme, locked, for organizers, or a refusal; one that is closed to them is not found.';

-- Only pairs of reviewed notes: others may still change.
create function public.set_theme(part_id uuid, theme_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum_id uuid := (
    select s.forum_id from private.note_parts t join private.notes n using (note_id) join public.sessions s using (session_id)
    where t.part_id = set_theme.part_id);
  theme private.note_themes;
begin
  if not exists (select from private.theme_pairs(forum_id) t where t.part_id = set_theme.part_id) then
    raise exception 'pair_not_found' using errcode = 'PT404';
  elsif set_theme.theme_id is not null then
    theme := private.must_find_theme(set_theme.theme_id);
    if theme.forum_id <> forum_id then
      raise exception 'theme_not_found' using errcode = 'PT404';
    end if;
  end if;
  update private.note_parts t set theme_id = theme.theme_id where t.part_id = set_theme.part_id;
end
$$;
comment on function public.set_theme is
  'Puts a pair of reviewed notes under a theme of its forum, or under none when null. Callers: organizers. Refuses: '
  'pair_not_found, theme_not_found.';

-- A theme may hold pairs that are closed to this organizer, who must not learn of them.
create function public.delete_theme(theme_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  theme private.note_themes := private.must_find_theme(theme_id);
begin
  if exists (
    select from private.note_parts t where t.theme_id = theme.theme_id
      and not exists (select from private.open_sessions(theme.forum_id) o where o.note_id = t.note_id))
  then
    -- It stays for those who see its other pairs, and loses the rest.
    update private.note_parts t set theme_id = null
    where t.theme_id = theme.theme_id and exists (select from private.open_sessions(theme.forum_id) o where o.note_id = t.note_id);
    return;
  end if;
  delete from private.note_themes h where h.theme_id = theme.theme_id;
end
$$;
comment on function public.delete_theme is
  'Deletes a theme; its pairs stay, without theme. Callers: organizers. Refuses: theme_not_found.';

-- The source stays: which pairs the priority was made from. Sent twice, it is one priority.
create function public.theme_to_list(theme_id uuid, area_id uuid, title_en text, title_fr text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  theme private.note_themes := private.must_find_theme(theme_id);
  added uuid;
begin
  if not exists (select from private.theme_pairs(theme.forum_id) t where t.theme_id = theme.theme_id) then
    raise exception 'theme_empty' using errcode = 'PT409';
  elsif not exists (select from public.areas a where a.area_id = theme_to_list.area_id and a.forum_id = theme.forum_id) then
    raise exception 'area_not_found' using errcode = 'PT404';
  end if;
  added := public.add_priority(theme_to_list.area_id, null, theme_to_list.title_en, theme_to_list.title_fr);
  insert into private.note_sources (priority_id, part_id)
  select added, t.part_id from private.theme_pairs(theme.forum_id) t where t.theme_id = theme.theme_id
  on conflict on constraint note_sources_pkey do nothing;
  return added;
end
$$;
comment on function public.theme_to_list is
  'Adds a priority made from the pairs of a theme to an area of the forum''s list, and gives its id. Callers: organizers. '
  'Refuses: theme_not_found, theme_empty, area_not_found, list_locked.';

revoke execute on function public.my_notes, public.note_page, public.note_conflicts, public.notes_for_organizers, public.note_versions,
  public.themes_for_organizers, public.save_note, public.submit_note, public.review_note, public.redact_note, public.delete_note,
  public.save_note_prompts, public.name_note_taker, public.end_note_taker, public.add_theme, public.set_theme, public.delete_theme,
  public.theme_to_list from public, anon;
grant execute on function public.my_notes, public.note_page, public.note_conflicts, public.notes_for_organizers, public.note_versions,
  public.themes_for_organizers, public.save_note, public.submit_note, public.review_note, public.redact_note, public.delete_note,
  public.save_note_prompts, public.name_note_taker, public.end_note_taker, public.add_theme, public.set_theme, public.delete_theme,
  public.theme_to_list to authenticated;

-- What other domains gather ------------------------------------------------------------------

-- From the day of the session until a week after the forum, as long as the notes are not ready.
create function private.notes_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object('notes_to_take', (
    select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'time_zone', f.time_zone, 'session_id', s.session_id,
      'title_en', s.title_en, 'title_fr', s.title_fr, 'starts_at', s.starts_at) order by s.starts_at nulls last, s.session_id), '[]')
    from public.people p
    join public.forums f on f.published_at <= now() and f.cancelled_at is null
      and f.starts_on <= (now() at time zone f.time_zone)::date and f.ends_on + 7 >= (now() at time zone f.time_zone)::date
    join public.sessions s using (forum_id)
    left join private.notes n using (session_id)
    where p.person_id = person and coalesce(n.status, 'writing') = 'writing'
      and coalesce((s.starts_at at time zone f.time_zone)::date, f.starts_on) <= (now() at time zone f.time_zone)::date
      and (not s.closed_to_government and not coalesce(n.closed_to_government, false)
        or not private.counts_as_government(p.sector) and p.approved_at is not null)
      and exists (select from private.note_takers t where t.session_id = s.session_id and t.person_id = person)),
  'notes_of_forums', (
    select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr)
      order by f.starts_on, f.forum_id), '[]')
    from private.forum_roles r join public.forums f using (forum_id)
    where r.person_id = person and r.role = 'notes' and r.starts_at <= now() and r.ends_at > now()
      and f.published_at <= now() and f.cancelled_at is null));
end
$$;
comment on function private.notes_tasks is 'The sessions in which a person takes notes now, and the forums of which they may take all.';

create function private.notes_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$ select jsonb_build_object('notes_to_review', private.notes_to_review(notes_organize.forum_id)) $$;
comment on function private.notes_organize is 'For organizers: how many notes of a forum wait for their review.';

-- Of notes that are closed to government, a person of one gets nothing, not even what they wrote before.
create function private.notes_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'note_takers', (
      select coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object('session', s.title_en) order by t.named_at), '[]')
      from private.note_takers t join public.sessions s using (session_id) where t.person_id = person),
    'note_history', (
      select coalesce(jsonb_agg(to_jsonb(h) || jsonb_build_object('session', s.title_en) order by h.saved_at, h.part_id), '[]')
      from private.note_history h join private.note_parts t using (part_id) join private.notes n using (note_id)
      join public.sessions s using (session_id) join public.people p on p.person_id = h.saved_by
      where h.saved_by = person and (not (s.closed_to_government or n.closed_to_government) or not private.counts_as_government(p.sector))))
$$;
comment on function private.notes_export is 'In which sessions a person takes notes, and what they wrote.';

create function private.notes_suspend(person uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.note_takers t where t.person_id = person $$;
comment on function private.notes_suspend is 'Ends that a suspended person takes notes in sessions.';

create function private.notes_clone_forum(source_id uuid, copy_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into private.note_prompts (forum_id, prompts_en, prompts_fr)
  select notes_clone_forum.copy_id, p.prompts_en, p.prompts_fr from private.note_prompts p
  where p.forum_id = notes_clone_forum.source_id
$$;
comment on function private.notes_clone_forum is 'Copies what note-takers of a forum are asked.';

create function private.notes_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with old as (
    select s.session_id from public.sessions s join public.forums f using (forum_id) where f.ends_on < current_date - interval '12 months'
  ), takers as (
    delete from private.note_takers t using old o where o.session_id = t.session_id returning 1
  ), versions as (
    delete from private.note_history h using private.note_parts t, private.notes n, old o
    where t.part_id = h.part_id and n.note_id = t.note_id and o.session_id = n.session_id returning 1
  )
  select jsonb_build_object('note_takers', (select count(*) from takers), 'note_versions', (select count(*) from versions))
$$;
comment on function private.notes_retention is
  'Deletes who took notes and all versions of notes 12 months after the forum; the notes as they are stay with the session.';

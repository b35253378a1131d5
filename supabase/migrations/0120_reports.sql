-- Reports: what a forum concluded, in both languages, as a draft, then for everyone.
--
-- Publishing copies the facts, the program, the list and the result as a frozen snapshot, so that a report
-- says the same in ten years. Two editors never overwrite each other: each save names the version that it
-- saw. A published text changes in two ways only: a correction that every reader sees, and unpublishing.

insert into private.domains values ('reports', 120);

create type public.report_kind as enum ('highlights');

-- Of reports older than this site, `published_precision` says how much of the date is known: null is nothing,
-- and `published_at` then only makes the report public.
create table public.reports (
  report_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null,
  kind public.report_kind not null default 'highlights',
  title_en text not null default '' constraint reports_title_en_length check (char_length(title_en) <= 160),
  title_fr text not null default '' constraint reports_title_fr_length check (char_length(title_fr) <= 160),
  body_en text not null default '' constraint reports_body_en_length check (char_length(body_en) <= 60000),
  body_fr text not null default '' constraint reports_body_fr_length check (char_length(body_fr) <= 60000),
  version integer not null default 1,
  snapshot jsonb,
  published_at timestamptz,
  published_precision public.date_precision default 'day',
  sample boolean not null default false,
  constraint reports_forum_and_sample foreign key (forum_id, sample) references public.forums (forum_id, sample) on delete cascade,
  constraint reports_one_of_a_kind unique (forum_id, kind),
  constraint reports_published_with_snapshot check ((published_at is null) = (snapshot is null))
);
comment on table public.reports is 'Highlights of a forum: prose in both languages, and the frozen facts and result once published.';
create index reports_of_forum on public.reports (forum_id, sample);
alter table public.reports enable row level security;
grant select on public.reports to anon, authenticated;
create policy "Anyone reads published reports" on public.reports
  for select to anon, authenticated using (published_at <= now());
create policy "Organizers read drafts of reports" on public.reports
  for select to authenticated using ((select private.is_organizer()));

-- Notes of organizers, published with the report.
create table public.report_corrections (
  correction_id uuid primary key default gen_random_uuid(),
  report_id uuid not null references public.reports on delete cascade,
  version integer not null,
  made_at timestamptz not null default now(),
  note_en text not null default '' constraint report_corrections_note_en_length check (char_length(note_en) <= 500),
  note_fr text not null default '' constraint report_corrections_note_fr_length check (char_length(note_fr) <= 500),
  constraint report_corrections_one_a_version unique (report_id, version)
);
comment on table public.report_corrections is 'Corrections of published reports: the version that each made, when, and what it put right.';
alter table public.report_corrections enable row level security;
grant select on public.report_corrections to anon, authenticated;
create policy "Readers of a report read its corrections" on public.report_corrections
  for select to anon, authenticated using (report_id in (select report_id from public.reports));

-- The lists have the same length, by constraint; null stays null.
create function private.pairs(en text[], fr text[])
returns jsonb
language sql
immutable
strict
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('en', u.en, 'fr', u.fr) order by u.place), '[]')
  from unnest(pairs.en, pairs.fr) with ordinality u(en, fr, place)
$$;
comment on function private.pairs is 'Texts in both languages, paired by their place.';

create function private.sector_names(sectors text[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('en', s.name_en, 'fr', s.name_fr) order by s.position), '[]')
  from public.sectors s where s.sector = any(sectors)
$$;
comment on function private.sector_names is 'The names of sectors in both languages as they are now: [{en, fr}].';

-- {forum, sessions: [...], areas: [{name, priorities: [{title, points, rank?, picks?, tied?}]}], vote?}
-- Names and texts are pairs {en, fr}. The result is that of the forum's first counted vote, and
-- priorities that were voted on have the wording of the ballot.
create function private.report_snapshot(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with forum as (
    select w.* from public.forums f cross join private.with_figures(f) w where f.forum_id = report_snapshot.forum_id
  ),
  vote as (
    select * from public.votes r
    where r.forum_id = report_snapshot.forum_id and r.counted_at is not null
    order by r.counted_at, r.vote_id limit 1
  )
  select jsonb_build_object(
    'forum', (
      select jsonb_build_object(
        'name', jsonb_build_object('en', f.name_en, 'fr', f.name_fr),
        'place', jsonb_build_object('en', f.place_en, 'fr', f.place_fr),
        'beside', jsonb_build_object('en', f.beside_en, 'fr', f.beside_fr),
        'starts_on', f.starts_on, 'ends_on', f.ends_on, 'date_precision', f.date_precision, 'time_zone', f.time_zone,
        'objectives', private.pairs(f.objectives_en, f.objectives_fr),
        'territory', jsonb_build_object(
          'en', case when f.territory_confirmed then f.territory_en else '' end,
          'fr', case when f.territory_confirmed then f.territory_fr else '' end),
        'participants', f.participants, 'qualifier', f.participants_qualifier,
        'provinces', f.provinces, 'sectors', private.sector_names(f.sectors),
        'funder', jsonb_build_object(
          'en', array_to_string(f.funders_en, E'\n'), 'fr', array_to_string(f.funders_fr, E'\n')))
      from forum f),
    'sessions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', s.kind, 'title', jsonb_build_object('en', s.title_en, 'fr', s.title_fr)) order by s.position), '[]')
      from public.sessions s where s.forum_id = report_snapshot.forum_id),
    'areas', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', jsonb_build_object('en', a.name_en, 'fr', a.name_fr), 'editorial', a.editorial,
        'priorities', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'id', p.priority_id,
            'title', jsonb_build_object('en', coalesce(i.title_en, p.title_en), 'fr', coalesce(i.title_fr, p.title_fr)),
            'points', coalesce(private.pairs(i.points_en, i.points_fr), (
              select coalesce(jsonb_agg(jsonb_build_object('en', c.title_en, 'fr', c.title_fr) order by c.position), '[]')
              from public.priorities c where c.parent_id = p.priority_id)),
            'rank', v.rank, 'picks', v.picks, 'tied', v.tied) order by p.position), '[]')
          from public.priorities p
          left join public.vote_items i on i.priority_id = p.priority_id and i.vote_id = (select vote_id from vote)
          left join public.results v on v.priority_id = p.priority_id and v.vote_id = (select vote_id from vote)
          where p.area_id = a.area_id and p.parent_id is null)
        ) order by a.position), '[]')
      from public.areas a where a.forum_id = report_snapshot.forum_id),
    'vote', (
      select jsonb_build_object(
        'id', r.vote_id, 'title', jsonb_build_object('en', r.title_en, 'fr', r.title_fr),
        'closes_at', r.closes_at, 'voters_count', r.voters_count, 'ballots_cast', r.ballots_cast, 'quorum', r.quorum,
        'sectors', private.sector_names(r.sectors), 'sample', r.sample)
      from vote r)
  )
$$;
comment on function private.report_snapshot is 'The facts, program, list and result of a forum as they are now, in both languages.';

-- What the page for writing a report starts from: the same shape as the snapshot, live.
create function public.report_facts(forum_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return private.report_snapshot(report_facts.forum_id);
end
$$;
comment on function public.report_facts is
  'The facts, program, list and result that a report would copy today, as `private.report_snapshot`. '
  'Callers: organizers.';

-- A draft is for organizers alone; a forum has one report.
create function public.draft_report(forum_id uuid, title_en text, title_fr text, body_en text, body_fr text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  drafted uuid;
begin
  insert into public.reports (forum_id, sample, title_en, title_fr, body_en, body_fr)
  values (forum.forum_id, forum.sample, btrim(draft_report.title_en), btrim(draft_report.title_fr),
          draft_report.body_en, draft_report.body_fr)
  on conflict on constraint reports_one_of_a_kind do nothing
  returning report_id into drafted;
  if drafted is null then
    raise exception 'report_drafted_already' using errcode = 'PT409';
  end if;
  perform private.log('draft_report', drafted);
  perform private.record_event('report_drafted', 'report', drafted);
  return drafted;
end
$$;
comment on function public.draft_report is
  'Starts the highlights report of a forum as a draft and gives its id. Callers: organizers. Refuses: '
  'forum_not_found, report_drafted_already.';

-- The report, locked, at the version that the organizer saw: as a draft, or published.
create function private.must_find_report(report_id uuid, version integer, published boolean)
returns public.reports
language plpgsql
set search_path = ''
as $$
declare
  report public.reports;
begin
  perform private.must_be_organizer();
  select * into report from public.reports r where r.report_id = must_find_report.report_id for no key update;
  if not found then
    raise exception 'report_not_found' using errcode = 'PT404';
  elsif published and report.published_at is null then
    raise exception 'report_not_published' using errcode = 'PT409';
  elsif not published and report.published_at is not null then
    raise exception 'report_published_already' using errcode = 'PT409';
  elsif report.version is distinct from must_find_report.version then
    raise exception 'report_changed' using errcode = 'PT409';
  end if;
  return report;
end
$$;

-- Refused when somebody else has saved since: the editor sees both texts, and neither is lost.
create function public.save_report(report_id uuid, version integer, title_en text, title_fr text, body_en text, body_fr text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  report public.reports := private.must_find_report(report_id, version, published => false);
begin
  update public.reports r
  set title_en = btrim(save_report.title_en), title_fr = btrim(save_report.title_fr),
      body_en = save_report.body_en, body_fr = save_report.body_fr, version = r.version + 1
  where r.report_id = report.report_id;
  perform private.log('save_report', report.report_id);
  perform private.record_event('report_saved', 'report', report.report_id, jsonb_build_object('version', report.version + 1));
  return report.version + 1;
end
$$;
comment on function public.save_report is
  'Saves the draft, when nobody has saved since that version, and gives the next version. Callers: '
  'organizers. Refuses: report_not_found, report_published_already, report_changed.';

create function private.is_whole(title text, body text)
returns boolean
language sql
immutable
set search_path = ''
as $$ select coalesce(btrim(title) <> '' and body ~ '\S', false) $$;
comment on function private.is_whole is 'Whether one language of a report can be read: it has a title and a text.';

-- A missing language needs `one_language`, and readers see that it is missing.
create function public.publish_report(report_id uuid, version integer, one_language boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  report public.reports := private.must_find_report(report_id, version, published => false);
  english boolean := private.is_whole(report.title_en, report.body_en);
  french boolean := private.is_whole(report.title_fr, report.body_fr);
begin
  if exists (select from public.votes r where r.forum_id = report.forum_id and r.counted_at is null) then
    raise exception 'vote_not_counted' using errcode = 'PT409';
  elsif not exists (select from public.forums f where f.forum_id = report.forum_id and f.published_at <= now()) then
    raise exception 'forum_not_published' using errcode = 'PT409';
  elsif not english and not french then
    raise exception 'report_empty' using errcode = 'PT422';
  elsif not (english and french) and not coalesce(one_language, false) then
    raise exception 'report_language_missing' using errcode = 'PT422',
      detail = jsonb_build_object('missing', case when english then 'fr' else 'en' end)::text;
  end if;
  update public.reports r
  set published_at = now(), published_precision = 'day', snapshot = private.report_snapshot(report.forum_id), version = r.version + 1
  where r.report_id = report.report_id;
  perform private.log('publish_report', report.report_id);
  perform private.record_event('report_published', 'report', report.report_id, jsonb_build_object('version', report.version + 1));
end
$$;
comment on function public.publish_report is
  'Copies facts and result into the report and shows it to everyone. Callers: organizers. Refuses: '
  'report_not_found, report_published_already, report_changed, vote_not_counted, forum_not_published, '
  'report_empty, report_language_missing.';

-- Texts only: an error in the snapshot is explained in the note. A language may be added, never removed: its
-- readers would not learn why.
create function public.correct_report(
  report_id uuid, version integer, title_en text, title_fr text, body_en text, body_fr text, note_en text, note_fr text
)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  report public.reports := private.must_find_report(report_id, version, published => true);
  english boolean := private.is_whole(correct_report.title_en, correct_report.body_en);
  french boolean := private.is_whole(correct_report.title_fr, correct_report.body_fr);
begin
  if not english and private.is_whole(report.title_en, report.body_en) then
    raise exception 'correction_drops_language' using errcode = 'PT422', detail = jsonb_build_object('missing', 'en')::text;
  elsif not french and private.is_whole(report.title_fr, report.body_fr) then
    raise exception 'correction_drops_language' using errcode = 'PT422', detail = jsonb_build_object('missing', 'fr')::text;
  elsif english and coalesce(correct_report.note_en, '') !~ '\S' then
    raise exception 'correction_without_note' using errcode = 'PT422', detail = jsonb_build_object('missing', 'en')::text;
  elsif french and coalesce(correct_report.note_fr, '') !~ '\S' then
    raise exception 'correction_without_note' using errcode = 'PT422', detail = jsonb_build_object('missing', 'fr')::text;
  end if;
  insert into public.report_corrections (report_id, version, note_en, note_fr)
  values (report.report_id, report.version + 1, btrim(coalesce(correct_report.note_en, '')), btrim(coalesce(correct_report.note_fr, '')));
  update public.reports r
  set title_en = btrim(correct_report.title_en), title_fr = btrim(correct_report.title_fr),
      body_en = correct_report.body_en, body_fr = correct_report.body_fr, version = r.version + 1
  where r.report_id = report.report_id;
  perform private.log('correct_report', report.report_id);
  perform private.record_event('report_corrected', 'report', report.report_id, jsonb_build_object('version', report.version + 1));
  return report.version + 1;
end
$$;
comment on function public.correct_report is
  'Changes the texts of a published report, with a note that every reader sees, and gives the next '
  'version. Callers: organizers. Refuses: report_not_found, report_not_published, report_changed, '
  'correction_drops_language, correction_without_note.';

-- For what must not be read any longer. The corrections are deleted, since a note may repeat what has to go;
-- the audit still has that there were some.
create function public.unpublish_report(report_id uuid, version integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  report public.reports := private.must_find_report(report_id, version, published => true);
begin
  update public.reports r set published_at = null, snapshot = null, version = r.version + 1
  where r.report_id = report.report_id;
  delete from public.report_corrections c where c.report_id = report.report_id;
  perform private.log('unpublish_report', report.report_id);
  perform private.record_event('report_unpublished', 'report', report.report_id, jsonb_build_object('version', report.version + 1));
end
$$;
comment on function public.unpublish_report is
  'Makes a published report a draft again and deletes its corrections. Callers: organizers. Refuses: '
  'report_not_found, report_not_published, report_changed.';

-- Two changes are allowed: new texts together with their correction, and a report that becomes a draft again
-- without a change of its texts.
create function private.refuse_published_change()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  words text[] := array[old.title_en, old.title_fr, old.body_en, old.body_fr];
begin
  if (new.report_id, new.forum_id, new.kind, new.sample, new.version)
     is not distinct from (old.report_id, old.forum_id, old.kind, old.sample, old.version + 1)
    and (
      new.published_at is null and words = array[new.title_en, new.title_fr, new.body_en, new.body_fr]
      or (new.published_at, new.snapshot) = (old.published_at, old.snapshot)
      and new.published_precision is not distinct from old.published_precision and exists (
        select from public.report_corrections c where c.report_id = new.report_id and c.version = new.version)
    )
  then
    return new;
  end if;
  raise exception 'report_published_already' using errcode = 'PT409';
end
$$;
create trigger published_reports_are_locked before update on public.reports
  for each row when (old.published_at is not null) execute function private.refuse_published_change();

-- A correction stays as long as the report is published.
create function private.refuse_correction_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' or exists (
    select from public.reports r where r.report_id = old.report_id and r.published_at is not null
  ) then
    raise exception 'correction_locked' using errcode = 'PT409';
  end if;
  return old;
end
$$;
create trigger corrections_are_locked before update or delete on public.report_corrections
  for each row execute function private.refuse_correction_change();

revoke execute on function public.report_facts, public.draft_report, public.save_report, public.publish_report,
  public.correct_report, public.unpublish_report from public, anon;
grant execute on function public.report_facts, public.draft_report, public.save_report, public.publish_report,
  public.correct_report, public.unpublish_report to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.reports_unpublish_forum(forum_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.reports r where r.forum_id = reports_unpublish_forum.forum_id and r.published_at is not null
  ) then
    raise exception 'forum_has_report' using errcode = 'PT409';
  end if;
end
$$;
comment on function private.reports_unpublish_forum is 'Refuses to hide a forum whose report is published.';

create function private.reports_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('report', (
    select jsonb_build_object(
      'report_id', p.report_id, 'published_at', p.published_at, 'published_precision', p.published_precision)
    from public.reports p where p.forum_id = reports_organize.forum_id limit 1))
$$;
comment on function private.reports_organize is 'For organizers: the report of a forum, or null.';

-- Reports: what a forum concluded, in both languages, as a draft, then for everyone.
--
-- Publishing freezes a snapshot of the facts, the programme, the list and the result, so that a
-- report says the same in ten years whatever is reworded meanwhile. Two editors never overwrite
-- each other: each save names the version that it saw.

create type public.report_kind as enum ('highlights');

create table public.reports (
  report_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  kind public.report_kind not null default 'highlights',
  title_en text not null default '' constraint reports_title_en_length check (char_length(title_en) <= 160),
  title_fr text not null default '' constraint reports_title_fr_length check (char_length(title_fr) <= 160),
  body_en text not null default '' constraint reports_body_en_length check (char_length(body_en) <= 60000),
  body_fr text not null default '' constraint reports_body_fr_length check (char_length(body_fr) <= 60000),
  version integer not null default 1,
  snapshot jsonb,
  published_at timestamptz,
  sample boolean not null default false,
  constraint reports_one_of_a_kind unique (forum_id, kind),
  constraint reports_published_with_snapshot check ((published_at is null) = (snapshot is null))
);
comment on table public.reports is 'Highlights of a forum: prose in both languages, and the frozen facts and result once published.';
alter table public.reports enable row level security;
grant select on public.reports to anon, authenticated;
create policy "Anyone reads published reports" on public.reports
  for select to anon, authenticated using (published_at <= now());
create policy "Organizers read drafts of reports" on public.reports
  for select to authenticated using ((select private.is_organizer()));

-- Two lists of the same length as one list of {en, fr}; null stays null.
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

-- {forum, sessions: [...], areas: [{name, priorities: [{title, points, rank?, picks?, tied?}]}], round?}
-- Names and texts are pairs {en, fr}. The result is that of the forum's first counted round, and
-- points that were voted on read as they did on the ballot.
create function private.report_snapshot(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with forum as (select * from public.forums f where f.forum_id = report_snapshot.forum_id),
  round as (
    select * from public.rounds r
    where r.forum_id = report_snapshot.forum_id and r.counted_at is not null
    order by r.counted_at, r.round_id limit 1
  )
  select jsonb_build_object(
    'forum', (
      select jsonb_build_object(
        'name', jsonb_build_object('en', f.name_en, 'fr', f.name_fr),
        'place', jsonb_build_object('en', f.place_en, 'fr', f.place_fr),
        'beside', jsonb_build_object('en', f.beside_en, 'fr', f.beside_fr),
        'starts_on', f.starts_on, 'ends_on', f.ends_on, 'time_zone', f.time_zone,
        'objectives', private.pairs(f.objectives_en, f.objectives_fr),
        'territory', jsonb_build_object('en', f.territory_en, 'fr', f.territory_fr),
        'participants', f.participants, 'qualifier', f.participants_qualifier,
        'provinces', f.provinces, 'sectors', f.sectors,
        'funder', jsonb_build_object('en', f.funder_en, 'fr', f.funder_fr))
      from forum f),
    'sessions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', s.kind, 'title', jsonb_build_object('en', s.title_en, 'fr', s.title_fr)) order by s.position), '[]')
      from public.sessions s where s.forum_id = report_snapshot.forum_id),
    'areas', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', jsonb_build_object('en', a.name_en, 'fr', a.name_fr),
        'priorities', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'id', p.priority_id,
            'title', jsonb_build_object('en', coalesce(i.title_en, p.title_en), 'fr', coalesce(i.title_fr, p.title_fr)),
            'points', coalesce(private.pairs(i.points_en, i.points_fr), (
              select coalesce(jsonb_agg(jsonb_build_object('en', c.title_en, 'fr', c.title_fr) order by c.position), '[]')
              from public.priorities c where c.parent_id = p.priority_id)),
            'rank', v.rank, 'picks', v.picks, 'tied', v.tied) order by p.position), '[]')
          from public.priorities p
          left join public.round_items i on i.priority_id = p.priority_id and i.round_id = (select round_id from round)
          left join public.results v on v.priority_id = p.priority_id and v.round_id = (select round_id from round)
          where p.area_id = a.area_id and p.parent_id is null)
        ) order by a.position), '[]')
      from public.areas a where a.forum_id = report_snapshot.forum_id),
    'round', (
      select jsonb_build_object(
        'id', r.round_id, 'title', jsonb_build_object('en', r.title_en, 'fr', r.title_fr),
        'closes_at', r.closes_at, 'on_roll', r.on_roll, 'ballots_cast', r.ballots_cast, 'quorum', r.quorum,
        'sectors', r.sectors, 'sample', r.sample)
      from round r)
  )
$$;
comment on function private.report_snapshot is 'The facts, programme, list and result of a forum as they stand, in both languages.';

-- What the composer starts from: the same snapshot, not yet frozen.
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
comment on function public.report_facts is 'Organizer: the facts, programme, list and result that a report would freeze today.';

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
  insert into public.reports (forum_id, title_en, title_fr, body_en, body_fr)
  values (forum.forum_id, btrim(draft_report.title_en), btrim(draft_report.title_fr), draft_report.body_en, draft_report.body_fr)
  on conflict on constraint reports_one_of_a_kind do nothing
  returning report_id into drafted;
  if drafted is null then
    raise exception 'report_drafted_already' using errcode = 'PT409';
  end if;
  perform private.log('draft_report', drafted);
  return drafted;
end
$$;
comment on function public.draft_report is 'Organizer: starts the highlights of a forum.';

-- The draft, locked, at the version that the editor saw.
create function private.must_find_draft(report_id uuid, version integer)
returns public.reports
language plpgsql
set search_path = ''
as $$
declare
  report public.reports;
begin
  perform private.must_be_organizer();
  select * into report from public.reports r where r.report_id = must_find_draft.report_id for no key update;
  if not found then
    raise exception 'report_not_found' using errcode = 'PT404';
  elsif report.published_at is not null then
    raise exception 'report_published_already' using errcode = 'PT409';
  elsif report.version is distinct from must_find_draft.version then
    raise exception 'report_changed' using errcode = 'PT409';
  end if;
  return report;
end
$$;

create function public.save_report(report_id uuid, version integer, title_en text, title_fr text, body_en text, body_fr text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  report public.reports := private.must_find_draft(report_id, version);
begin
  update public.reports r
  set title_en = btrim(save_report.title_en), title_fr = btrim(save_report.title_fr),
      body_en = save_report.body_en, body_fr = save_report.body_fr, version = r.version + 1
  where r.report_id = report.report_id;
  perform private.log('save_report', report.report_id);
  return report.version + 1;
end
$$;
comment on function public.save_report is 'Organizer: saves the draft, if nobody saved since; returns its new version.';

-- One language missing has to be meant, and is then visible to every reader.
create function public.publish_report(report_id uuid, version integer, one_language boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  report public.reports := private.must_find_draft(report_id, version);
  english boolean := report.title_en <> '' and report.body_en ~ '\S';
  french boolean := report.title_fr <> '' and report.body_fr ~ '\S';
begin
  if exists (select from public.rounds r where r.forum_id = report.forum_id and r.counted_at is null) then
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
  set published_at = now(), snapshot = private.report_snapshot(report.forum_id), version = r.version + 1
  where r.report_id = report.report_id;
  perform private.log('publish_report', report.report_id);
end
$$;
comment on function public.publish_report is 'Organizer: freezes facts and result and shows the report to everyone.';

create function private.keep_report_frozen()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'report_published_already' using errcode = 'PT409';
end
$$;
create trigger published_reports_stay before update on public.reports
  for each row when (old.published_at is not null) execute function private.keep_report_frozen();

revoke execute on function public.report_facts, public.draft_report, public.save_report, public.publish_report from public, anon;
grant execute on function public.report_facts, public.draft_report, public.save_report, public.publish_report to authenticated;

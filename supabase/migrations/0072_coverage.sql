-- Coverage: from where and from which sectors people come to a forum, what is missing, and whom to ask about it.
--
-- Organizers read exact counts. Everybody reads rounded counts of groups of five and more on the forum's page, when
-- organizers show them. The outreach list names people who have no account here; it goes with the needs of the forum.

insert into private.domains values ('coverage', 72);

create table private.outreach (
  outreach_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  contact text not null constraint outreach_contact_length check (char_length(contact) between 1 and 200),
  province public.province,
  sector text references public.sectors,
  asker text not null default '' constraint outreach_asker_length check (char_length(asker) <= 80),
  ask_by date,
  outcome text not null default '' constraint outreach_outcome_length check (char_length(outcome) <= 500),
  saved_by uuid references public.people on delete set null,
  saved_at timestamptz not null default clock_timestamp(),
  version integer not null default 1,
  constraint outreach_one_gap check (province is null or sector is null)
);
comment on table private.outreach is 'Organizations and people to ask about what is missing at a forum; read by organizers.';
create index outreach_by_forum on private.outreach (forum_id, ask_by);
create index outreach_by_sector on private.outreach (sector);
create index outreach_by_saver on private.outreach (saved_by);
alter table private.outreach enable row level security;

-- A forum without a row shows nothing.
create table private.coverage_settings (
  forum_id uuid primary key references public.forums on delete cascade,
  shown boolean not null
);
comment on table private.coverage_settings is 'Whether the page of a forum shows from where people come, as groups of five and more.';
alter table private.coverage_settings enable row level security;

insert into private.personal_columns
select 'private.outreach', c, 'ask who is missing at a forum', 'organizers', '30 days after the forum',
  'coverage_retention; delete_outreach'
from unnest(array['outreach_id', 'forum_id', 'contact', 'province', 'sector', 'asker', 'ask_by', 'outcome', 'saved_by', 'saved_at',
  'version']) c;

-- Guards and helpers --------------------------------------------------------------------------

create function private.coverage_groups(forum public.forums)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with counted as (
    select g.about, g.part, count(*) filter (where r.status = 'confirmed') as confirmed,
      count(*) filter (where r.status <> 'confirmed') as waiting
    from public.registrations r
    cross join lateral (values
      ('all', ''), ('province', r.province::text), ('sector', r.sector), ('language', r.language::text), ('mode', r.mode::text),
      ('first', case when exists (
        select from public.registrations o join public.forums f on f.forum_id = o.forum_id
        where o.person_id = r.person_id and o.status = 'confirmed' and f.starts_on < forum.starts_on and f.cancelled_at is null)
        then 'no' else 'yes' end)
    ) g(about, part)
    where r.forum_id = forum.forum_id and r.status in ('pending', 'confirmed', 'waitlisted')
    group by g.about, g.part
  )
  select coalesce(jsonb_agg(to_jsonb(c) order by c.about, c.part), '[]') from counted c
$$;
comment on function private.coverage_groups is
  'How many are confirmed and wait, in all, by province, sector, language, mode, and whether it is their first forum that this '
  'site knows: [{about, part, confirmed, waiting}].';

create function private.must_find_outreach(outreach_id uuid)
returns private.outreach
language plpgsql
set search_path = ''
as $$
declare
  outreach private.outreach;
begin
  select * into outreach from private.outreach o where o.outreach_id = must_find_outreach.outreach_id for update;
  if not found then
    raise exception 'outreach_not_found' using errcode = 'PT404';
  end if;
  return outreach;
end
$$;

-- Reads -------------------------------------------------------------------------------------

-- Counts below five are shown too: organizers may read the registrations themselves.
create function public.coverage(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return (
    select jsonb_build_object(
      'forum', jsonb_build_object('forum_id', f.forum_id, 'slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr,
        'ends_on', f.ends_on, 'time_zone', f.time_zone),
      'groups', private.coverage_groups(f),
      'shown', coalesce((select s.shown from private.coverage_settings s where s.forum_id = f.forum_id), false),
      'due', private.needs_are_due(f),
      'outreach', (
        select coalesce(jsonb_agg(jsonb_build_object('outreach_id', o.outreach_id, 'contact', o.contact, 'province', o.province,
          'sector', o.sector, 'asker', o.asker, 'ask_by', o.ask_by, 'outcome', o.outcome, 'version', o.version)
          order by o.outcome <> '', o.ask_by, lower(o.contact), o.outreach_id), '[]')
        from private.outreach o where o.forum_id = f.forum_id and private.needs_are_due(f)))
    from public.forums f where f.slug = coverage.slug);
end
$$;
comment on function public.coverage is
  'Who comes to a forum in counts, and the outreach list: {forum, groups, shown, due, outreach}; null without such a forum. '
  'Callers: organizers.';

-- Counts without names are logged too: small ones point to people.
create function public.export_coverage(slug text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum_called(slug);
begin
  perform private.log('export_coverage', forum.forum_id);
  return private.export_head(forum, me) || jsonb_build_object('groups', private.coverage_groups(forum));
end
$$;
comment on function public.export_coverage is
  'The counts of `coverage` with who made the file and when: as `export_roster`, and {groups}. Logged. Callers: organizers. '
  'Refuses: forum_not_found.';

-- A column of forums that the API computes. Rounded, so that nobody learns from it who has just registered.
create function public.coverage_shown(public.forums)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('about', g.about, 'part', g.part, 'people', private.rounded(g.people)) order by g.about, g.part)
  from private.coverage_settings s
  join public.forums f on f.forum_id = s.forum_id
  cross join lateral (
    select v.about, v.part, count(*) as people
    from public.registrations r cross join lateral (values ('province', r.province::text), ('sector', r.sector)) v(about, part)
    where r.forum_id = f.forum_id and r.status = 'confirmed' group by v.about, v.part having count(*) >= 5
  ) g
  where s.forum_id = $1.forum_id and s.shown and f.published_at <= now()
    and private.takes_place(f)
$$;
comment on function public.coverage_shown is
  'Column of forums: the provinces and sectors of five or more confirmed people, rounded down; null unless organizers show it. '
  'Callers: anyone.';

-- Verbs -------------------------------------------------------------------------------------

-- A list that is about to be deleted takes nothing new; its entries can still be deleted.
create function public.save_outreach(
  forum_id uuid, outreach_id uuid, version integer, contact text, province public.province, sector text, asker text, ask_by date,
  outcome text
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  before private.outreach;
  saved uuid;
begin
  if not private.needs_are_due(forum) then
    raise exception 'outreach_too_late' using errcode = 'PT409';
  elsif save_outreach.outreach_id is not null then
    before := private.must_find_outreach(save_outreach.outreach_id);
    if before.forum_id <> forum.forum_id then
      raise exception 'outreach_not_found' using errcode = 'PT404';
    elsif before.version is distinct from save_outreach.version then
      raise exception 'outreach_changed' using errcode = 'PT409';
    end if;
  elsif (select count(*) from private.outreach o where o.forum_id = forum.forum_id) >= 200 then
    raise exception 'outreach_full' using errcode = 'PT409';
  end if;
  insert into private.outreach as o (outreach_id, forum_id, contact, province, sector, asker, ask_by, outcome, saved_by)
  values (
    coalesce(before.outreach_id, gen_random_uuid()), forum.forum_id, private.one_line(save_outreach.contact), save_outreach.province,
    nullif(save_outreach.sector, ''), private.one_line(coalesce(save_outreach.asker, '')), save_outreach.ask_by,
    btrim(coalesce(save_outreach.outcome, '')), me)
  on conflict on constraint outreach_pkey do update
  set contact = excluded.contact, province = excluded.province, sector = excluded.sector, asker = excluded.asker,
      ask_by = excluded.ask_by, outcome = excluded.outcome, saved_by = me, saved_at = excluded.saved_at, version = o.version + 1
  returning o.outreach_id into saved;
  perform private.log('save_outreach', forum.forum_id);
  return saved;
end
$$;
comment on function public.save_outreach is
  'Adds somebody to ask to the outreach list of a forum, or changes the entry when nobody has saved it since that version, and '
  'gives its id. Callers: organizers. Refuses: forum_not_found, outreach_not_found, outreach_changed, outreach_too_late, '
  'outreach_full, outreach_contact_length, outreach_one_gap.';

-- Sent twice, it changes nothing more.
create function public.delete_outreach(outreach_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum uuid;
begin
  delete from private.outreach o where o.outreach_id = delete_outreach.outreach_id returning o.forum_id into forum;
  if forum is not null then
    perform private.log('delete_outreach', forum);
  end if;
end
$$;
comment on function public.delete_outreach is
  'Deletes an entry of the outreach list. Sent twice, it changes nothing more. Callers: organizers.';

-- What is shown is rounded, and only of forums that anybody may read.
create function public.show_coverage(forum_id uuid, shown boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  insert into private.coverage_settings as s (forum_id, shown)
  values (forum.forum_id, coalesce(show_coverage.shown, false))
  on conflict on constraint coverage_settings_pkey do update set shown = excluded.shown where s.shown <> excluded.shown;
  if found then
    perform private.log(case when show_coverage.shown then 'show_coverage' else 'hide_coverage' end, forum.forum_id);
  end if;
end
$$;
comment on function public.show_coverage is
  'Shows or hides on the page of a forum from where people come, as groups of five and more. Sent twice, it changes nothing '
  'more. Callers: organizers. Refuses: forum_not_found.';

revoke execute on function public.coverage, public.export_coverage, public.save_outreach, public.delete_outreach, public.show_coverage
  from public, anon;
grant execute on function public.coverage, public.export_coverage, public.save_outreach, public.delete_outreach, public.show_coverage
  to authenticated;
revoke execute on function public.coverage_shown from public, anon, authenticated;
grant execute on function public.coverage_shown to anon, authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.coverage_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('outreach', (
    select coalesce(jsonb_agg(to_jsonb(o) || jsonb_build_object('forum', f.slug) order by o.saved_at), '[]')
    from private.outreach o join public.forums f using (forum_id) where o.saved_by = person))
$$;
comment on function private.coverage_export is 'The entries of outreach lists that a person saved last.';

create function private.coverage_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from private.outreach o using public.forums f
    where f.forum_id = o.forum_id and not private.needs_are_due(f) returning 1
  )
  select jsonb_build_object('outreach', (select count(*) from gone))
$$;
comment on function private.coverage_retention is 'Deletes outreach lists 30 days after the forum, since they name people.';

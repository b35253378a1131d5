-- Forums, continued: facts beside dates and place, meetings of before this site, and copies.
--
-- Facts are saved apart from the forum's dates, under a version of their own. A past meeting is typed in at once with
-- as much of its date as is known; it has no registration here. A copy is a draft and never has people.

-- A published forum may lack what it lacked before and nothing more, as in `save_forum`.
create function public.save_forum_facts(
  forum_id uuid, version integer, beside_en text, beside_fr text, beside_url text, territory_en text, territory_fr text,
  territory_confirmed boolean, funders_en text[], funders_fr text[], papers_en text[], papers_fr text[]
)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  before public.forums := private.must_find_forum(forum_id);
  after public.forums := before;
  missing text[];
begin
  if before.facts_version is distinct from save_forum_facts.version then
    raise exception 'forum_changed' using errcode = 'PT409';
  end if;
  after.beside_en := private.one_line(save_forum_facts.beside_en);
  after.beside_fr := private.one_line(save_forum_facts.beside_fr);
  after.beside_url := btrim(save_forum_facts.beside_url);
  after.territory_en := btrim(save_forum_facts.territory_en);
  after.territory_fr := btrim(save_forum_facts.territory_fr);
  after.territory_confirmed := coalesce(save_forum_facts.territory_confirmed, false);
  after.funders_en := private.filled_lines(save_forum_facts.funders_en);
  after.funders_fr := private.filled_lines(save_forum_facts.funders_fr);
  after.papers_en := private.filled_lines(save_forum_facts.papers_en);
  after.papers_fr := private.filled_lines(save_forum_facts.papers_fr);
  missing := array(select unnest(private.forum_gaps(after)) except select unnest(private.forum_gaps(before)));
  if before.published_at is not null and missing <> '{}' then
    raise exception 'forum_incomplete' using errcode = 'PT422',
      detail = jsonb_build_object('missing', missing, 'first', missing[1])::text;
  end if;
  update public.forums f
  set beside_en = after.beside_en, beside_fr = after.beside_fr, beside_url = after.beside_url,
      territory_en = after.territory_en, territory_fr = after.territory_fr, territory_confirmed = after.territory_confirmed,
      funders_en = after.funders_en, funders_fr = after.funders_fr, papers_en = after.papers_en, papers_fr = after.papers_fr,
      facts_version = f.facts_version + 1
  where f.forum_id = before.forum_id
  returning * into after;
  perform private.log('save_forum_facts', after.forum_id, array(
    select o.key from jsonb_each(to_jsonb(before)) o join jsonb_each(to_jsonb(after)) n using (key)
    where o.value <> n.value and o.key <> 'facts_version' order by 1));
  perform private.record_event('forum_saved', 'forum', after.forum_id, jsonb_build_object('version', after.facts_version));
  return after.facts_version;
end
$$;
comment on function public.save_forum_facts is
  'Saves the parent event, the territory, the funders and the papers of a forum, when nobody has saved since that version, '
  'and gives the next version. Callers: organizers. Refuses: forum_not_found, forum_changed, forum_incomplete, '
  'forums_beside_url_shape, forums_territory_confirmed_whole, forums_papers_have_links.';

-- The form brings the id, so that a meeting sent twice is one meeting. It is published at once, without the
-- objectives that nobody may remember, and archived: nothing about it waits for an organizer.
create function public.save_past_forum(
  forum_id uuid, version integer, kind public.forum_kind, name_en text, name_fr text, place_en text, place_fr text, city text,
  format public.format, starts_on date, ends_on date, date_precision public.date_precision,
  objectives_en text[], objectives_fr text[], participants integer, participants_qualifier public.qualifier,
  provinces public.province[], sectors text[]
)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  before public.forums;
  after public.forums;
  missing text[];
begin
  select * into before from public.forums f where f.forum_id = save_past_forum.forum_id for no key update;
  if found and save_past_forum.version = 0 then
    return before.slug;
  elsif found and before.version is distinct from save_past_forum.version then
    raise exception 'forum_changed' using errcode = 'PT409';
  elsif not found and save_past_forum.version <> 0 then
    raise exception 'forum_not_found' using errcode = 'PT404';
  elsif found and not private.is_past_record(before) then
    raise exception 'forum_had_registration' using errcode = 'PT409';
  elsif exists (
    select from unnest(save_past_forum.sectors) s where s not in (select t.sector from public.sectors t))
  then
    raise exception 'unknown_sectors' using errcode = 'PT422';
  end if;
  after := before;
  after.forum_id := save_past_forum.forum_id;
  after.kind := save_past_forum.kind;
  after.name_en := private.one_line(save_past_forum.name_en);
  after.name_fr := private.one_line(save_past_forum.name_fr);
  after.place_en := private.one_line(save_past_forum.place_en);
  after.place_fr := private.one_line(save_past_forum.place_fr);
  after.city := nullif(private.one_line(save_past_forum.city), '');
  after.format := save_past_forum.format;
  after.time_zone := coalesce(before.time_zone, 'America/Toronto');
  after.starts_on := save_past_forum.starts_on;
  after.ends_on := save_past_forum.ends_on;
  after.date_precision := save_past_forum.date_precision;
  after.objectives_en := private.filled_lines(save_past_forum.objectives_en);
  after.objectives_fr := private.filled_lines(save_past_forum.objectives_fr);
  after.participants := save_past_forum.participants;
  after.participants_qualifier := case when after.participants is not null then coalesce(participants_qualifier, 'about') end;
  after.provinces := coalesce(save_past_forum.provinces, '{}');
  after.sectors := coalesce(save_past_forum.sectors, '{}');
  after.beside_en := coalesce(before.beside_en, '');
  after.beside_fr := coalesce(before.beside_fr, '');
  after.beside_url := coalesce(before.beside_url, '');
  after.territory_en := coalesce(before.territory_en, '');
  after.territory_fr := coalesce(before.territory_fr, '');
  after.funders_en := coalesce(before.funders_en, '{}');
  after.funders_fr := coalesce(before.funders_fr, '{}');
  if not private.is_past_record(after) then
    raise exception 'forum_not_past' using errcode = 'PT422';
  end if;
  missing := array(
    select unnest(private.forum_gaps(after))
    except select unnest(private.forum_gaps(before)) where before.forum_id is not null);
  if missing <> '{}' then
    raise exception 'forum_incomplete' using errcode = 'PT422',
      detail = jsonb_build_object('missing', missing, 'first', missing[1])::text;
  end if;
  insert into public.forums as f
    (forum_id, slug, kind, name_en, name_fr, place_en, place_fr, city, format, time_zone, starts_on, ends_on, date_precision,
     objectives_en, objectives_fr, participants, participants_qualifier, provinces, sectors, published_at, archived_at)
  values (after.forum_id, coalesce(before.slug, private.free_slug(after.city, after.starts_on)), after.kind, after.name_en, after.name_fr,
    after.place_en, after.place_fr, after.city, after.format, after.time_zone, after.starts_on, after.ends_on, after.date_precision,
    after.objectives_en, after.objectives_fr, after.participants, after.participants_qualifier, after.provinces, after.sectors,
    now(), now())
  on conflict on constraint forums_pkey do update
  set kind = after.kind, name_en = after.name_en, name_fr = after.name_fr, place_en = after.place_en, place_fr = after.place_fr,
      city = after.city, format = after.format, starts_on = after.starts_on, ends_on = after.ends_on,
      date_precision = after.date_precision, objectives_en = after.objectives_en, objectives_fr = after.objectives_fr,
      participants = after.participants, participants_qualifier = after.participants_qualifier,
      provinces = after.provinces, sectors = after.sectors, version = f.version + 1
  returning * into after;
  perform private.log('save_past_forum', after.forum_id);
  perform private.record_event('forum_saved', 'forum', after.forum_id, jsonb_build_object('version', after.version));
  return after.slug;
end
$$;
comment on function public.save_past_forum is
  'Enters a meeting that took place without registration here, for everyone to read, or corrects one when nobody has saved '
  'since that version; 0 is the version of a new one, and sent twice it stays as it is. Gives its slug. Callers: organizers. '
  'Refuses: forum_not_found, forum_changed, forum_incomplete, forum_not_past, forum_had_registration, unknown_sectors, '
  'forums_name_en_length, forums_name_fr_length, forums_dates_in_order, forums_webinar_is_online, forums_participants_positive.';

-- Under the id that the form brings, so that a copy asked for twice is one. What belongs to other domains they copy
-- by themselves (`_clone_forum`); the hosts of other days have to confirm the territory again.
create function public.clone_forum(forum_id uuid, copy_id uuid, starts_on date)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  source public.forums := private.must_find_forum(forum_id);
  domain text;
  made text;
begin
  select f.slug into made from public.forums f where f.forum_id = clone_forum.copy_id;
  if found then
    return made;
  elsif clone_forum.starts_on is null then
    raise exception 'forum_day_missing' using errcode = 'PT422';
  end if;
  insert into public.forums as f
    (forum_id, slug, kind, name_en, name_fr, place_en, place_fr, city, province, format, time_zone, starts_on, ends_on,
     beside_en, beside_fr, beside_url, objectives_en, objectives_fr, territory_en, territory_fr, provided_en, provided_fr,
     funders_en, funders_fr, papers_en, papers_fr, capacity_in_person, capacity_online)
  values (clone_forum.copy_id, private.free_slug(source.city, clone_forum.starts_on), source.kind,
    left(source.name_en, 153) || ' (copy)', left(source.name_fr, 152) || ' (copie)', source.place_en, source.place_fr,
    source.city, source.province, source.format, source.time_zone, clone_forum.starts_on,
    clone_forum.starts_on + case source.date_precision when 'day' then source.ends_on - source.starts_on else 0 end,
    source.beside_en, source.beside_fr, source.beside_url, source.objectives_en, source.objectives_fr, source.territory_en,
    source.territory_fr, source.provided_en, source.provided_fr, source.funders_en, source.funders_fr, source.papers_en,
    source.papers_fr, source.capacity_in_person, source.capacity_online)
  returning f.slug into made;
  perform private.must_lie_ahead(f) from public.forums f where f.forum_id = clone_forum.copy_id;
  for domain in select d.name from private.domains_with('clone_forum', 'uuid, uuid') d loop
    execute format('select private.%I($1, $2)', domain || '_clone_forum') using source.forum_id, clone_forum.copy_id;
  end loop;
  perform private.log('clone_forum', clone_forum.copy_id);
  perform private.record_event('forum_created', 'forum', clone_forum.copy_id);
  return made;
end
$$;
comment on function public.clone_forum is
  'Makes a draft with the facts, questions, rules of registration and program of a forum, from another first day on, and '
  'gives its slug; no people, invitations or dates of registration. Asked for twice with the same id, it is one copy. '
  'Callers: organizers. Refuses: forum_not_found, forum_day_missing, forum_day_passed.';

revoke execute on function public.save_forum_facts, public.save_past_forum, public.clone_forum from public, anon;
grant execute on function public.save_forum_facts, public.save_past_forum, public.clone_forum to authenticated;

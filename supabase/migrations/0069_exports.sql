-- Exports: who comes to a forum, what they answered and what they need, as files for those who may read it on screen.
--
-- Each file is an act in the audit and names who made it. Organizers export the roster and the answers; what people need
-- is in a file of its own, which only the needs readers of that forum make, and everybody in it gets a reading.

insert into private.domains values ('exports', 69);

create function private.must_find_forum_called(slug text)
returns public.forums
language plpgsql
stable
set search_path = ''
as $$
declare
  forum public.forums;
begin
  select * into forum from public.forums f where f.slug = must_find_forum_called.slug;
  if not found then
    raise exception 'forum_not_found' using errcode = 'PT404';
  end if;
  return forum;
end
$$;
comment on function private.must_find_forum_called is 'The forum, without a lock: a large file would hold up those who register.';

create function private.export_head(forum public.forums, maker uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr, 'time_zone', forum.time_zone,
    'starts_on', forum.starts_on, 'ends_on', forum.ends_on,
    'maker', (select p.name from public.people p where p.person_id = maker), 'made_at', now())
$$;
comment on function private.export_head is 'What each file says of itself: of which forum, by whom and when it was made.';

-- Who cancelled or was refused is not in it. The place in line is counted once for all, since counting it for each
-- person would cost the square of those who wait.
create function public.export_roster(slug text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum_called(slug);
begin
  perform private.log('export_roster', forum.forum_id);
  return private.export_head(forum, me) || jsonb_build_object('people', (
    select coalesce(jsonb_agg(to_jsonb(l) order by private.unaccented(l.name), l.email), '[]')
    from (
      select r.name, r.badge_name, private.mailbox_of(u.email) as email, r.organization_name, r.sector, r.province, r.language,
        r.mode, r.status, r.over_capacity, r.joined_at, r.confirmed_at,
        case when r.status = 'waitlisted' then 1 + count(*) filter (where r.status = 'waitlisted' and r.silent_since is null)
          over (partition by r.mode order by r.queued_at, r.registration_id rows between unbounded preceding and 1 preceding)
          end as position
      from public.registrations r join auth.users u on u.id = r.person_id
      where r.forum_id = forum.forum_id and r.status in ('pending', 'confirmed', 'waitlisted')
    ) l));
end
$$;
comment on function public.export_roster is
  'Everybody who is confirmed, waits, or waits to be approved for a forum, by name, with who made the file and when: {slug, '
  'name_en, name_fr, time_zone, starts_on, ends_on, maker, made_at, people}. Logged. Callers: organizers. Refuses: forum_not_found.';

-- Hidden questions are among them when somebody answered one.
create function public.export_answers(slug text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum_called(slug);
begin
  perform private.log('export_answers', forum.forum_id);
  return private.export_head(forum, me) || jsonb_build_object(
    'questions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'question_id', q.question_id, 'kind', q.kind, 'text_en', q.text_en, 'text_fr', q.text_fr,
        'options_en', q.options_en, 'options_fr', q.options_fr) order by q.position), '[]')
      from public.questions q
      where q.forum_id = forum.forum_id and (q.hidden_at is null or private.is_answered(q.question_id))),
    'people', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', r.name, 'email', private.mailbox_of(u.email), 'organization_name', r.organization_name, 'status', r.status,
        'answers', coalesce(given.answers, '{}')) order by private.unaccented(r.name), u.email), '[]')
      from public.registrations r
      join auth.users u on u.id = r.person_id
      left join (
        select a.person_id, jsonb_object_agg(a.question_id, jsonb_build_object('text', a.text, 'chosen', a.chosen)) as answers
        from public.answers a join public.questions q using (question_id) where q.forum_id = forum.forum_id group by a.person_id
      ) given on given.person_id = r.person_id
      where r.forum_id = forum.forum_id and r.status in ('pending', 'confirmed', 'waitlisted')));
end
$$;
comment on function public.export_answers is
  'What everybody who is confirmed, waits, or waits to be approved answered to the questions of a forum, with who made the '
  'file and when: as `export_roster`, and {questions}. Logged. Callers: organizers. Refuses: forum_not_found.';

-- A file leaves this site, so everybody in it gets a reading, as on the page.
create function public.export_needs(slug text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums;
  me uuid;
  answer jsonb;
begin
  select * into forum from public.forums f where f.slug = export_needs.slug;
  me := private.must_be_needs_reader(forum.forum_id);
  with shown as (
    select n.person_id, r.name, r.mode, r.status, n.kinds, n.other_language, n.phone, n.words
    from private.needs n join public.registrations r using (forum_id, person_id)
    where n.forum_id = forum.forum_id and private.needs_are_due(forum)
  ), logged as (
    insert into private.needs_readings (forum_id, person_id, reader_id)
    select forum.forum_id, s.person_id, me from shown s where s.person_id <> me
  )
  select coalesce(jsonb_agg(to_jsonb(s) - 'person_id' order by private.unaccented(s.name), s.person_id), '[]') into answer from shown s;
  perform private.log('export_needs', forum.forum_id);
  return private.export_head(forum, me) || jsonb_build_object('people', answer);
end
$$;
comment on function public.export_needs is
  'Everybody who said what they need at a forum, by name, with who made the file and when: as `export_roster`. Logged, and for '
  'each person. Callers: the needs readers of that forum. Refuses: needs_readers_only.';

revoke execute on function public.export_roster, public.export_answers, public.export_needs from public, anon;
grant execute on function public.export_roster, public.export_answers, public.export_needs to authenticated;

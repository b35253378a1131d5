-- Home: what needs whom now. Figures over rows that the reader may not count alone.

-- What needs the person who asks: each domain answers for itself in `private.<domain>_tasks(person)`, an
-- object whose keys are merged. Runs with the owner's rights; each answer is about the person alone.
create function private.tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  domain text;
  found jsonb;
  answer jsonb := '{}';
begin
  for domain in
    select d.name from private.domains d
    where to_regprocedure(format('private.%I(uuid)', d.name || '_tasks')) is not null order by d.position
  loop
    execute format('select private.%I($1)', domain || '_tasks') into found using person;
    answer := answer || found;
  end loop;
  return answer;
end
$$;
comment on function private.tasks is 'What needs a person, gathered from the domains.';

create function public.home_page()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  who jsonb := public.who();
  me uuid := private.my_id();
begin
  return jsonb_build_object('who', who, 'page', case when me is not null then private.tasks(me) end);
end
$$;
comment on function public.home_page is 'Who asks, and what needs them: {who, page}; page is null without a profile.';

-- The organizers' pages: where the next forum stands, and what waits for an organizer. Counts below five are
-- shown to organizers, who see the rows themselves.
create function public.organize()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return jsonb_build_object(
    'forums', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'forum_id', f.forum_id, 'slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr, 'starts_on', f.starts_on, 'ends_on', f.ends_on,
        'published', coalesce(f.published_at <= now(), false), 'cancelled', f.cancelled_at is not null, 'time_zone', f.time_zone,
        'place_en', f.place_en, 'place_fr', f.place_fr,
        'capacity_in_person', f.capacity_in_person, 'capacity_online', f.capacity_online,
        'in_person', private.spots_taken(f.forum_id, 'in_person'), 'online', private.spots_taken(f.forum_id, 'online'),
        'registration_opens_at', f.registration_opens_at, 'registration_closes_at', f.registration_closes_at,
        'confirmed', (select count(*) from public.registrations r where r.forum_id = f.forum_id and r.state = 'confirmed'),
        'waitlisted', (select count(*) from public.registrations r where r.forum_id = f.forum_id and r.state = 'waitlisted'),
        'provinces', (
          select coalesce(jsonb_object_agg(p.province, p.people), '{}') from (
            select r.province, count(*) as people from public.registrations r
            where r.forum_id = f.forum_id and r.state = 'confirmed' group by r.province) p),
        'sessions', (select count(*) from public.sessions s where s.forum_id = f.forum_id),
        'priorities', (select count(*) from public.priorities p where p.forum_id = f.forum_id and p.parent_id is null),
        'votes', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'vote_id', r.vote_id, 'title_en', r.title_en, 'title_fr', r.title_fr, 'opens_at', r.opens_at, 'closes_at', r.closes_at,
            'counted_at', r.counted_at, 'turnout', public.turnout(r), 'voters_count', r.voters_count) order by r.opens_at), '[]')
          from public.votes r where r.forum_id = f.forum_id),
        'report', (
          select jsonb_build_object('report_id', p.report_id, 'published_at', p.published_at)
          from public.reports p where p.forum_id = f.forum_id limit 1)
        ) order by f.starts_on desc), '[]')
      from public.forums f)
  );
end
$$;
comment on function public.organize is 'Organizer: every forum with its place in the cycle, registrations, votes and report.';

revoke execute on function public.home_page, public.organize from public, anon;
grant execute on function public.home_page, public.organize to authenticated;

-- Home: what needs whom now. Figures over rows that the reader may not count alone.

insert into private.domains values ('home', 130);

-- What needs the person who asks: votes open to them and not cast, threads with unread posts, a
-- forum open for registration. One call, so that the first page after sign-in is quick.
create function public.my_tasks()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  with me as (select private.my_id() as id)
  select jsonb_build_object(
    'votes', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'vote_id', r.vote_id, 'title_en', r.title_en, 'title_fr', r.title_fr, 'closes_at', r.closes_at,
        'time_zone', f.time_zone, 'choices', r.choices, 'has_voted', b.person_id is not null) order by r.closes_at), '[]')
      from private.voters l
      join public.votes r using (vote_id)
      join public.forums f using (forum_id)
      left join private.ballots b on b.vote_id = r.vote_id and b.person_id = me.id
      where l.person_id = me.id and r.opens_at <= now() and r.closes_at > now() and r.counted_at is null and f.published_at <= now()),
    'threads', (
      select coalesce(jsonb_agg(t order by t.last_post_at desc), '[]') from (
        select t.thread_id, t.title, t.language, t.last_post_at, public.unread(t) as unread
        from public.threads t
        where exists (select from private.my_committees()) and t.thread_id in (select private.my_threads())
          and public.unread(t) > 0
        order by t.last_post_at desc limit 5) t),
    'forums', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'forum_id', f.forum_id, 'slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr,
        'place_en', f.place_en, 'place_fr', f.place_fr, 'starts_on', f.starts_on, 'ends_on', f.ends_on,
        'registration_closes_at', f.registration_closes_at, 'time_zone', f.time_zone,
        'registration_open', coalesce(f.registration_opens_at <= now(), false) and coalesce(f.registration_closes_at > now(), true),
        'status', g.status, 'mode', g.mode, 'waitlist_position', public.waitlist_position(g),
        'sessions', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'title_en', s.title_en, 'title_fr', s.title_fr, 'starts_at', s.starts_at, 'room_en', s.room_en, 'room_fr', s.room_fr)
            order by s.starts_at), '[]')
          from public.signups p join public.sessions s using (session_id) where p.person_id = me.id and s.forum_id = f.forum_id)
        ) order by f.starts_on), '[]')
      from public.forums f
      left join public.registrations g on g.forum_id = f.forum_id and g.person_id = me.id and g.status <> 'cancelled'
      where f.published_at <= now() and f.cancelled_at is null and f.ends_on >= (now() at time zone f.time_zone)::date),
    'committees', (
      select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'name_en', c.name_en, 'name_fr', c.name_fr, 'duty', m.duty) order by c.position), '[]')
      from public.memberships m join public.committees c using (committee_id)
      where m.person_id = me.id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
  )
  from me where me.id is not null
$$;
comment on function public.my_tasks is 'What needs the person who asks: votes, unread threads, forums ahead with their registration, committees.';

revoke execute on function public.my_tasks from public, anon;
grant execute on function public.my_tasks to authenticated;

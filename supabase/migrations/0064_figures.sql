-- Figures: what remains of the registrations of a forum and what everybody may read: people, rounded down, and the
-- provinces and sectors of five or more. Computed when the forum has ended, and stored with it the day after.

create function private.rounded(people bigint)
returns integer
language sql
immutable
set search_path = ''
as $$ select (case when people < 5 then null when people < 10 then 5 else people / 10 * 10 end)::integer $$;
comment on function private.rounded is 'A number of people that everybody may read: rounded down, and none below five.';

create function private.registration_figures(forum_id uuid)
returns table (participants integer, participants_qualifier public.qualifier, provinces public.province[], sectors text[])
language sql
stable
set search_path = ''
as $$
  with came as (
    select r.province, r.sector from public.registrations r
    where r.forum_id = registration_figures.forum_id and r.status = 'confirmed'
  )
  select private.rounded(count(*)),
    (case when count(*) >= 5 then case when count(*) > private.rounded(count(*)) then 'over' else 'about' end end)::public.qualifier,
    array(select c.province from came c group by c.province having count(*) >= 5 order by 1),
    array(select c.sector from came c join public.sectors s using (sector) group by s.position, c.sector having count(*) >= 5
          order by s.position)
  from came
$$;
comment on function private.registration_figures is
  'What everybody may read of the people confirmed for a forum: how many, rounded down, and the provinces and sectors of five or more.';

create function private.took_place(forum public.forums)
returns boolean
language sql
stable
set search_path = ''
as $$ select forum.cancelled_at is null and private.is_over(forum) $$;

-- What was written by hand goes first: of a meeting before this site nobody registered here.
create function private.with_figures(forum public.forums)
returns public.forums
language plpgsql
stable
set search_path = ''
as $$
declare
  figures record;
begin
  if not private.took_place(forum) then
    return forum;
  end if;
  select * into figures from private.registration_figures(forum.forum_id);
  if forum.participants is null then
    forum.participants := figures.participants;
    forum.participants_qualifier := figures.participants_qualifier;
  end if;
  forum.provinces := coalesce(nullif(forum.provinces, '{}'), figures.provinces);
  forum.sectors := coalesce(nullif(forum.sectors, '{}'), figures.sectors);
  return forum;
end
$$;
comment on function private.with_figures is
  'A forum that has ended, with the figures of its registrations where it has none of its own; any other as it is.';

create function private.store_figures(forum_id uuid)
returns void
language sql
set search_path = ''
as $$
  update public.forums f
  set participants = w.participants, participants_qualifier = w.participants_qualifier, provinces = w.provinces,
      sectors = w.sectors, version = f.version + 1
  from public.forums o cross join private.with_figures(o) w
  where f.forum_id = store_figures.forum_id and o.forum_id = f.forum_id
    and (f.participants, f.provinces, f.sectors) is distinct from (w.participants, w.provinces, w.sectors)
$$;
comment on function private.store_figures is
  'Stores the figures of a forum that has ended where it has none, so that they outlive its registrations.';

-- The day after a forum, and not a year later: by then people have deleted their accounts.
create function private.store_due_figures()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  forum record;
  stored integer := 0;
begin
  for forum in
    select f.forum_id from public.forums f
    where private.took_place(f) and (f.participants is null or f.provinces = '{}' or f.sectors = '{}')
      and exists (select from public.registrations r where r.forum_id = f.forum_id)
    order by f.forum_id for no key update
  loop
    perform private.store_figures(forum.forum_id);
    stored := stored + 1;
  end loop;
  return stored;
end
$$;
comment on function private.store_due_figures is 'Stores the figures of every forum that has ended and lacks some; how many forums.';

-- For the report: what the registrations say beside what is stored. Exact people are for organizers.
create function public.forum_figures(forum_id uuid)
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
      'confirmed', (
        select count(*) from public.registrations r where r.forum_id = f.forum_id and r.status = 'confirmed'),
      'participants', g.participants, 'participants_qualifier', g.participants_qualifier, 'provinces', g.provinces,
      'sectors', g.sectors)
    from public.forums f cross join private.registration_figures(f.forum_id) g
    where f.forum_id = forum_figures.forum_id and private.took_place(f)
      and exists (select from public.registrations r where r.forum_id = f.forum_id));
end
$$;
comment on function public.forum_figures is
  'The figures of the registrations of a forum that has ended: {confirmed, participants, participants_qualifier, provinces, '
  'sectors}; null before its end, and once its registrations are deleted. Callers: organizers.';

-- Replaces what was written by hand. A published report keeps the figures of its snapshot.
create function public.take_figures(forum_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if not private.took_place(forum) then
    raise exception 'figures_before_end' using errcode = 'PT409';
  elsif not exists (select from public.registrations r where r.forum_id = forum.forum_id) then
    raise exception 'figures_without_registrations' using errcode = 'PT409';
  end if;
  update public.forums f
  set participants = g.participants, participants_qualifier = g.participants_qualifier, provinces = g.provinces,
      sectors = g.sectors, version = f.version + 1
  from private.registration_figures(forum.forum_id) g
  where f.forum_id = forum.forum_id
    and (f.participants, f.participants_qualifier, f.provinces, f.sectors)
      is distinct from (g.participants, g.participants_qualifier, g.provinces, g.sectors);
  if found then
    perform private.log('take_figures', forum.forum_id);
    perform private.record_event('forum_saved', 'forum', forum.forum_id, jsonb_build_object('version', forum.version + 1));
  end if;
end
$$;
comment on function public.take_figures is
  'Stores the figures of its registrations with a forum that has ended, in the place of those that it had. Sent twice, it changes '
  'nothing more. Callers: organizers. Refuses: forum_not_found, figures_before_end, figures_without_registrations.';

revoke execute on function public.forum_figures, public.take_figures from public, anon;
grant execute on function public.forum_figures, public.take_figures to authenticated;

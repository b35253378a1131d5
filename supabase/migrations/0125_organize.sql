-- Organize: the organizers' side of the site, from what each domain says of a forum, and the audit of their acts.

insert into private.domains values ('organize', 125);

-- Every forum, newest first, each with what the domains contribute. Counts below five are shown too:
-- organizers may read the rows themselves.
create function public.organize()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  contributing text[];
  domain text;
  forum record;
  contribution jsonb;
  about jsonb;
  forums jsonb := '[]';
begin
  perform private.must_be_organizer();
  contributing := array(select d.name from private.domains_with('organize', 'uuid') d);
  for forum in select f.forum_id from public.forums f order by f.starts_on desc, f.forum_id loop
    about := '{}';
    foreach domain in array contributing loop
      execute format('select private.%I($1)', domain || '_organize') into contribution using forum.forum_id;
      about := about || contribution;
    end loop;
    forums := forums || jsonb_build_array(about);
  end loop;
  return jsonb_build_object('forums', forums);
end
$$;
comment on function public.organize is
  'Every forum, newest first, with what each domain says of it: {forums}. Callers: organizers.';

-- Dynamic, so that each combination of filters gets its own plan and walks one index in the order of the page. The
-- acts of a person are those that they did and those about them.
create function private.audit_rows(people uuid[], action text, since timestamptz, until timestamptz, after uuid)
returns setof private.audit
language plpgsql
stable
set search_path = ''
as $$
declare
  last_one private.audit;
  filter text := 'a.acted_at >= coalesce($1, ''-infinity'') and a.acted_at < coalesce($2, ''infinity'')'
    || case when audit_rows.action is not null then ' and a.action = $3' else '' end
    || case when audit_rows.after is not null then ' and (a.acted_at, a.audit_id) < ($4, $5)' else '' end;
  newest text := ' order by a.acted_at desc, a.audit_id desc limit 51';
begin
  select * into last_one from private.audit a where a.audit_id = audit_rows.after;
  return query execute case
    when people is null then 'select a.* from private.audit a where ' || filter || newest
    else 'select a.* from (select distinct l.* from unnest($6) w(id) cross join lateral (
        (select a.* from private.audit a where a.actor_id = w.id and ' || filter || newest || ')
        union all (select a.* from private.audit a where a.subject_id = w.id and ' || filter || newest || ')) l) a' || newest
  end using since, until, audit_rows.action, last_one.acted_at, last_one.audit_id, people;
end
$$;
comment on function private.audit_rows is 'Up to 51 acts of the audit, newest first, after the one that `after` names.';

-- Found by one person, or by a part of a name or address; the 20 first who have it.
create function public.audit_list(person uuid, name text, action text, since timestamptz, until timestamptz, after uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  wanted text := private.unaccented(btrim(coalesce(audit_list.name, '')));
  people uuid[];
  answer jsonb;
begin
  perform private.must_be_organizer();
  people := case
    when audit_list.person is not null then array[audit_list.person]
    when wanted <> '' then array(
      select p.person_id from public.people p join auth.users u on u.id = p.person_id
      where strpos(private.unaccented(p.name || ' ' || u.email), wanted) > 0 order by private.unaccented(p.name), p.person_id limit 20) end;
  select coalesce(jsonb_agg(jsonb_build_object(
      'audit_id', a.audit_id, 'acted_at', a.acted_at, 'action', a.action, 'fields', a.fields, 'actor_id', a.actor_id, 'actor', o.name,
      'subject_id', s.person_id, 'subject', s.name,
      'forum', case when f.forum_id is not null then jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr) end)
    order by a.acted_at desc, a.audit_id desc), '[]') into answer
  from private.audit_rows(people, nullif(audit_list.action, ''), since, until, audit_list.after) a
  left join public.people o on o.person_id = a.actor_id
  left join public.people s on s.person_id = a.subject_id
  left join public.sessions n on n.session_id = a.subject_id
  left join public.priorities i on i.priority_id = a.subject_id
  left join public.areas e on e.area_id = a.subject_id
  left join public.votes v on v.vote_id = a.subject_id
  left join public.reports r on r.report_id = a.subject_id
  left join public.forums f
    on f.forum_id = coalesce(a.context_id, n.forum_id, i.forum_id, e.forum_id, v.forum_id, r.forum_id, a.subject_id);
  return jsonb_build_object(
    'person', (
      select jsonb_build_object('person_id', p.person_id, 'name', p.name) from public.people p where p.person_id = audit_list.person),
    'acts', coalesce((select jsonb_agg(act order by n) from jsonb_array_elements(answer) with ordinality x(act, n) where n <= 50), '[]'),
    'more', jsonb_array_length(answer) > 50);
end
$$;
comment on function public.audit_list is
  'Up to 50 acts of the audit, newest first, after the act `after`: by or about a person, or people found by `name`; of one '
  'action; between two moments: {person, acts, more}. Callers: organizers.';

revoke execute on function public.organize, public.audit_list from public, anon;
grant execute on function public.organize, public.audit_list to authenticated;

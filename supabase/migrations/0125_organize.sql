-- Organize: the organizers' side of the site, from what each domain says of a forum.

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

revoke execute on function public.organize from public, anon;
grant execute on function public.organize to authenticated;

-- Home: what needs a person now, gathered from all domains. Each reads their own, organizers included.

insert into private.domains values ('home', 130);

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
  for domain in select d.name from private.domains_with('tasks', 'uuid') d loop
    execute format('select private.%I($1)', domain || '_tasks') into found using person;
    answer := answer || found;
  end loop;
  return answer;
end
$$;
comment on function private.tasks is 'What needs a person, gathered from the domains.';

-- Definer, since guards and contributions are not granted to clients; nothing in it depends on an argument.
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
comment on function public.home_page is
  'Who asks, and what needs them: {who, page}. `page` merges the keys of all domains; it is null '
  'without a profile. Callers: signed in.';

revoke execute on function public.home_page from public, anon;
grant execute on function public.home_page to authenticated;

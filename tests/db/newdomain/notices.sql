-- Notices: a domain of the tests. What a new domain writes, and nothing outside of its own file.

insert into private.domains values ('notices', 150);

create table public.notices (
  notice_id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people on delete cascade,
  text text not null constraint notices_text_length check (char_length(text) between 1 and 200)
);
comment on table public.notices is 'Notices that people have put up.';
create index notices_by_person on public.notices (person_id);
alter table public.notices enable row level security;
grant select on public.notices to authenticated;
create policy "People read their own notices" on public.notices
  for select to authenticated using (person_id = (select private.my_id()));

-- Puts up a notice and tells its author by email; a job looks at it afterwards.
create function public.put_up_notice(text text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  put_up uuid;
begin
  insert into public.notices (person_id, text) values (me, put_up_notice.text) returning notice_id into put_up;
  perform private.record_event('notice_put_up', 'notice', put_up);
  perform private.queue_email_to(me, 'notice_put_up', jsonb_build_object('notice', put_up));
  perform private.queue_job('notices_look', jsonb_build_object('notice', put_up));
  return put_up;
end
$$;
comment on function public.put_up_notice is 'Puts up a notice.';
revoke execute on function public.put_up_notice from public, anon;
grant execute on function public.put_up_notice to authenticated;

create function private.notices_tasks(person uuid) returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object('notices', (select count(*) from public.notices n where n.person_id = person))
$$;
create function private.notices_export(person uuid) returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object('notices', (
    select coalesce(jsonb_agg(to_jsonb(n)), '[]') from public.notices n where n.person_id = person))
$$;
create function private.notices_organize(forum_id uuid) returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object('notices', (select count(*) from public.notices))
$$;
create function private.notices_delete(person uuid) returns void language sql set search_path = '' as $$
  delete from public.notices n where n.person_id = person
$$;

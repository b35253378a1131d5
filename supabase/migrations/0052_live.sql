-- Live: pages that stay open learn that something about their forum has changed, and ask for themselves again.
--
-- Each transaction that changes a forum, its registrations or what holds its spots leaves one row, written by
-- triggers. The site asks for the last one of the forums that somebody has open; what changed it never says.

insert into private.domains values ('live', 52);

-- One row for each transaction, and not a number that is raised in one: nobody waits for a lock because of it.
create table private.forum_changes (
  forum_id uuid not null references public.forums on delete cascade,
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (forum_id, transaction_id)
);
comment on table private.forum_changes is 'Transactions that changed something that an open page of a forum shows.';
alter table private.forum_changes enable row level security;

-- A forum that is deleted takes its rows along, and is not found any more.
create function private.note_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.forum_changes (forum_id)
  select f.forum_id from public.forums f where f.forum_id = coalesce(new.forum_id, old.forum_id)
  on conflict do nothing;
  return null;
end
$$;
comment on function private.note_change is 'Trigger for tables with a forum: notes that this transaction has changed it.';

create trigger live_follow_forums after update on public.forums for each row execute function private.note_change();

-- Transactions end in another order than they begin. Those after the oldest that still runs are left out, so that
-- the latest of the rest only rises, and none that ends late is missed.
create function private.last_change(forum_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select c.transaction_id::text from private.forum_changes c
    where c.forum_id = last_change.forum_id and c.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
    order by c.transaction_id desc limit 1), '0')
$$;
comment on function private.last_change is 'Another value after each change of a forum.';

-- A column of forums that the API computes: a page reads it with its data, so that no change after that is missed.
create function public.last_change(public.forums)
returns text
language sql
stable
security definer
set search_path = ''
as $$ select private.last_change($1.forum_id) $$;
comment on function public.last_change is 'Column of forums: another value after each change. Callers: signed in.';
revoke execute on function public.last_change from public, anon, authenticated;
grant execute on function public.last_change to authenticated;

-- One call for all forums that somebody has open.
create function public.last_changes(forum_ids uuid[])
returns table (forum_id uuid, change text)
language sql
stable
security definer
set search_path = ''
as $$ select distinct i.forum_id, private.last_change(i.forum_id) from unnest(forum_ids) i(forum_id) $$;
comment on function public.last_changes is
  'The last change of each of these forums: {forum_id, change}. Callers: the site (secret key).';
revoke execute on function public.last_changes from public, anon, authenticated;
grant execute on function public.last_changes to service_role;

create function private.live_retention()
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  changes integer;
begin
  delete from private.forum_changes c where c.transaction_id < private.last_change(c.forum_id)::xid8;
  get diagnostics changes = row_count;
  return jsonb_build_object('changes', changes);
end
$$;
comment on function private.live_retention is 'Leaves the last change of each forum.';

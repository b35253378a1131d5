-- Priorities: the list of a forum, by area, on two levels, and where each came from.
--
-- Anyone reads the list of a published forum; organizers edit it. Lineage between forums (carried, extended,
-- reframed, in part) always leads forward in time, so no priority can be its own ancestor.

insert into private.domains values ('priorities', 100);

create type public.priority_kind as enum ('priority', 'proposal', 'need', 'discussion');
create type public.progress as enum ('open', 'under_way', 'delivered');
create type public.relation as enum ('carried', 'extended', 'reframed', 'partial', 'dropped');

create table public.areas (
  area_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  name_en text not null constraint areas_name_en_length check (char_length(name_en) between 2 and 80),
  name_fr text not null constraint areas_name_fr_length check (char_length(name_fr) between 2 and 80),
  position integer not null,
  editorial boolean not null default false,
  constraint areas_in_forum unique (area_id, forum_id)
);
comment on table public.areas is 'The areas of a forum''s list; editorial means that the forum itself named none.';
create index areas_of_forum on public.areas (forum_id, position);
alter table public.areas enable row level security;
grant select on public.areas to anon, authenticated;
create policy "Readers of a forum read its areas" on public.areas
  for select to anon, authenticated using (forum_id in (select forum_id from public.forums));

create table public.priorities (
  priority_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  area_id uuid not null,
  parent_id uuid,
  kind public.priority_kind not null default 'priority',
  title_en text not null constraint priorities_title_en_length check (char_length(btrim(title_en)) between 3 and 240),
  title_fr text not null constraint priorities_title_fr_length check (char_length(btrim(title_fr)) between 3 and 240),
  position integer not null,
  progress public.progress not null default 'open',
  progress_note_en text not null default '' constraint priorities_note_en_length check (char_length(progress_note_en) <= 400),
  progress_note_fr text not null default '' constraint priorities_note_fr_length check (char_length(progress_note_fr) <= 400),
  constraint priorities_in_forum unique (priority_id, forum_id),
  constraint priorities_area_of_forum foreign key (area_id, forum_id) references public.areas (area_id, forum_id),
  constraint priorities_parent_of_forum foreign key (parent_id, forum_id)
    references public.priorities (priority_id, forum_id) on delete cascade
);
comment on table public.priorities is 'What a forum asks for, in both languages; a priority may have sub-points, and those none.';
create index priorities_of_forum on public.priorities (forum_id, position);
create index priorities_by_area on public.priorities (area_id, forum_id);
create index priorities_by_parent on public.priorities (parent_id, forum_id);
alter table public.priorities enable row level security;
grant select on public.priorities to anon, authenticated;
create policy "Readers of a forum read its list" on public.priorities
  for select to anon, authenticated using (forum_id in (select forum_id from public.forums));

create function private.refuse_third_level()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.parent_id is not null and (
    exists (select from public.priorities p where p.priority_id = new.parent_id and p.parent_id is not null)
    or exists (select from public.priorities p where p.parent_id = new.priority_id)
  ) then
    raise exception 'third_level' using errcode = 'PT422';
  end if;
  return new;
end
$$;
create trigger two_levels_only before insert or update of parent_id on public.priorities
  for each row execute function private.refuse_third_level();

-- What a later list left out has no later priority: it names that list instead.
create table public.lineage (
  lineage_id uuid primary key default gen_random_uuid(),
  from_id uuid not null references public.priorities on delete cascade,
  to_id uuid references public.priorities on delete cascade,
  absent_from uuid references public.forums on delete cascade,
  relation public.relation not null,
  note_en text not null default '' constraint lineage_note_en_length check (char_length(note_en) <= 400),
  note_fr text not null default '' constraint lineage_note_fr_length check (char_length(note_fr) <= 400),
  editorial boolean not null default false,
  constraint lineage_once unique (from_id, to_id),
  constraint lineage_dropped_once unique (from_id, absent_from),
  constraint lineage_leads_somewhere check (num_nonnulls(to_id, absent_from) = 1 and (relation = 'dropped') = (to_id is null))
);
comment on table public.lineage is
  'Which earlier priority a later one comes from, or which list dropped it; editorial means it is a reading to confirm.';
create index lineage_by_to on public.lineage (to_id);
create index lineage_by_absent_from on public.lineage (absent_from);
alter table public.lineage enable row level security;
grant select on public.lineage to anon, authenticated;
create policy "Readers of both ends read the lineage" on public.lineage
  for select to anon, authenticated
  using (
    from_id in (select priority_id from public.priorities)
    and (to_id in (select priority_id from public.priorities) or absent_from in (select forum_id from public.forums))
  );

create function private.refuse_backward_lineage()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select from public.priorities a join public.forums fa on fa.forum_id = a.forum_id, public.forums fb
    where a.priority_id = new.from_id and fa.starts_on < fb.starts_on
      and fb.forum_id = coalesce(new.absent_from, (select b.forum_id from public.priorities b where b.priority_id = new.to_id))
  ) then
    raise exception 'lineage_backwards' using errcode = 'PT422';
  end if;
  return new;
end
$$;
create trigger lineage_leads_forward before insert or update on public.lineage
  for each row execute function private.refuse_backward_lineage();

-- Verbs -------------------------------------------------------------------------------------

-- Its id does not change with its wording, so that the lineage still leads to it. Refused while a vote on the
-- list is open, since its wording is what people vote on.
create function public.reword_priority(priority_id uuid, title_en text, title_fr text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  update public.priorities p set title_en = btrim(reword_priority.title_en), title_fr = btrim(reword_priority.title_fr)
  where p.priority_id = reword_priority.priority_id;
  if not found then
    raise exception 'priority_not_found' using errcode = 'PT404';
  end if;
  perform private.log('reword_priority', reword_priority.priority_id, array['title_en', 'title_fr']);
end
$$;
comment on function public.reword_priority is
  'Changes the wording of a priority or a sub-point in both languages. Callers: organizers. Refuses: '
  'priority_not_found, list_locked.';

-- The same names are found and not added twice, so that two clicks or two organizers make one area.
create function public.add_area(forum_id uuid, name_en text, name_fr text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  added uuid;
begin
  select a.area_id into added from public.areas a
  where a.forum_id = forum.forum_id and a.name_en = btrim(add_area.name_en) and a.name_fr = btrim(add_area.name_fr);
  if found then
    return added;
  end if;
  insert into public.areas (forum_id, name_en, name_fr, position)
  select forum.forum_id, btrim(add_area.name_en), btrim(add_area.name_fr), 1 + coalesce(max(a.position), 0)
  from public.areas a where a.forum_id = forum.forum_id
  returning area_id into added;
  perform private.log('add_area', added);
  return added;
end
$$;
comment on function public.add_area is
  'Adds an area to the list of a forum, or finds the one with these names, and gives its id. Callers: '
  'organizers. Refuses: forum_not_found, list_locked.';

-- There is no third level. The same wording in the same place is found and not added twice, so that a form
-- sent again does no harm.
create function public.add_priority(area_id uuid, parent_id uuid, title_en text, title_fr text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  area public.areas;
  added uuid;
begin
  perform private.must_be_organizer();
  select * into area from public.areas a where a.area_id = add_priority.area_id for no key update;
  if not found then
    raise exception 'area_not_found' using errcode = 'PT404';
  end if;
  select p.priority_id into added from public.priorities p
  where p.area_id = area.area_id and p.parent_id is not distinct from add_priority.parent_id
    and p.title_en = btrim(add_priority.title_en) and p.title_fr = btrim(add_priority.title_fr);
  if found then
    return added;
  end if;
  insert into public.priorities (forum_id, area_id, parent_id, title_en, title_fr, position)
  select area.forum_id, area.area_id, add_priority.parent_id, btrim(add_priority.title_en), btrim(add_priority.title_fr),
         1 + coalesce(max(p.position), 0)
  from public.priorities p where p.forum_id = area.forum_id
  returning priority_id into added;
  perform private.log('add_priority', added);
  return added;
end
$$;
comment on function public.add_priority is
  'Adds a priority, or a sub-point of one, to an area of a list, or finds it, and gives its id. '
  'Callers: organizers. Refuses: area_not_found, third_level, list_locked.';

-- For what was added by mistake. A priority that was voted on stays: the vote's own list refers to it.
create function public.delete_priority(priority_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  delete from public.priorities p where p.priority_id = delete_priority.priority_id;
  if not found then
    raise exception 'priority_not_found' using errcode = 'PT404';
  end if;
  perform private.log('delete_priority', delete_priority.priority_id);
end
$$;
comment on function public.delete_priority is
  'Deletes a priority with its sub-points from a list. Callers: organizers. Refuses: '
  'priority_not_found, list_locked, vote_items_of_list.';

revoke execute on function public.reword_priority, public.add_area, public.add_priority, public.delete_priority from public, anon;
grant execute on function public.reword_priority, public.add_area, public.add_priority, public.delete_priority to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.priorities_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('priorities', count(*)) from public.priorities p
  where p.forum_id = priorities_organize.forum_id and p.parent_id is null
$$;
comment on function private.priorities_organize is 'For organizers: how many priorities the list of a forum has.';

-- Committees: what each is for, where its seats are, and who belongs to it and until when.
--
-- Anyone reads what a committee is and which seats are held. Who its members are, only its members and
-- organizers see. An ended membership stays with its dates: a former member has no access from the next
-- request on, and their posts still have an author.

insert into private.domains values ('committees', 80);

create type public.duty as enum ('member', 'regional_representative', 'chair');

create table public.committees (
  committee_id uuid primary key default gen_random_uuid(),
  slug text not null constraint committees_slug_once unique
    constraint committees_slug_shape check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  position integer not null default 0,
  name_en text not null constraint committees_name_en_length check (char_length(name_en) between 3 and 120),
  name_fr text not null constraint committees_name_fr_length check (char_length(name_fr) between 3 and 120),
  description_en text not null default '' constraint committees_description_en_length check (char_length(description_en) <= 2000),
  description_fr text not null default '' constraint committees_description_fr_length check (char_length(description_fr) <= 2000),
  duties_en text[] not null default '{}',
  duties_fr text[] not null default '{}',
  meets_en text not null default '',
  meets_fr text not null default '',
  closed_to_government boolean not null default false,
  constraint committees_duties_in_pairs check (cardinality(duties_en) = cardinality(duties_fr))
);
comment on table public.committees is 'The committees, as anyone may read them.';
alter table public.committees enable row level security;
grant select on public.committees to anon, authenticated;
create policy "Anyone reads what a committee is" on public.committees
  for select to anon, authenticated using (true);

create table public.seats (
  seat_id uuid primary key default gen_random_uuid(),
  committee_id uuid not null references public.committees on delete cascade,
  label_en text not null constraint seats_label_en_length check (char_length(label_en) between 2 and 120),
  label_fr text not null constraint seats_label_fr_length check (char_length(label_fr) between 2 and 120),
  province public.province,
  held boolean not null default true,
  sample boolean not null default false,
  position integer not null default 0
);
comment on table public.seats is 'Regional seats of a committee, held or open: places, never names.';
create index seats_of_committee on public.seats (committee_id, position);
alter table public.seats enable row level security;
grant select on public.seats to anon, authenticated;
create policy "Anyone reads where the seats are" on public.seats
  for select to anon, authenticated using (true);

create table public.memberships (
  membership_id uuid primary key default gen_random_uuid(),
  committee_id uuid not null references public.committees on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  duty public.duty not null default 'member',
  seat_id uuid references public.seats,
  starts_at timestamptz not null default now(),
  ends_at timestamptz,
  constraint memberships_dates_in_order check (ends_at >= starts_at),
  constraint memberships_region_of_representative check (duty <> 'regional_representative' or seat_id is not null)
);
comment on table public.memberships is 'Who belongs to which committee, from when until when; seen by its members and organizers.';
create unique index memberships_one_at_a_time on public.memberships (committee_id, person_id) where ends_at is null;
create index memberships_by_committee on public.memberships (committee_id);
create index memberships_by_person on public.memberships (person_id);
create index memberships_by_seat on public.memberships (seat_id);
alter table public.memberships enable row level security;

insert into private.personal_columns
select 'public.memberships', c, 'run the committee', 'its members, organizers', 'while the account lasts', 'deleting the account'
from unnest(array['membership_id', 'committee_id', 'person_id', 'duty', 'seat_id', 'starts_at', 'ends_at']) c;

-- Memberships of today, by the clock of the database; policies of the table decide who sees which.
create view public.current_memberships with (security_invoker = true) as
select membership_id, committee_id, person_id, duty, seat_id, starts_at, ends_at
from public.memberships
where starts_at <= now() and (ends_at is null or ends_at > now());
comment on view public.current_memberships is 'Memberships that have begun and not ended; seen by the readers of memberships.';

-- Guards ------------------------------------------------------------------------------------

create function private.my_committee_ids()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(select m.committee_id from public.current_memberships m where m.person_id = (select private.my_id()));
end
$$;
comment on function private.my_committee_ids is 'The committees that the person belongs to today.';

create function private.is_chair(committee_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.current_memberships m
    where m.committee_id = is_chair.committee_id and m.person_id = (select private.my_id()) and m.duty = 'chair'
  )
$$;
comment on function private.is_chair is 'Whether the person chairs this committee today.';

-- Members of a committee see the names of people of all committees, past and present, and of organizers:
-- committees share threads, and a post needs an author. Nobody else sees names.
create function private.my_colleagues()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if private.my_committee_ids() <> '{}' then
    return query select m.person_id from public.memberships m union select r.person_id from private.roles r;
  end if;
end
$$;
comment on function private.my_colleagues is 'The people whose names a member of a committee may see; none for others.';

-- The policy below would compare every person with every colleague; a page knows whose names it shows.
create function private.colleagues(people uuid[])
returns table (person_id uuid, name text, organization_name text)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.my_id();
  organizes boolean := private.is_organizer();
  belongs boolean := private.my_committee_ids() <> '{}';
begin
  return query
  select p.person_id, p.name, p.organization_name from public.people p
  where p.person_id = any(colleagues.people) and (
    organizes or p.person_id = me or belongs and (
      exists (select from public.memberships m where m.person_id = p.person_id)
      or exists (select from private.roles r where r.person_id = p.person_id)));
end
$$;
comment on function private.colleagues is 'Those of the given people whose names the reader may see, as the policies of people say.';

grant execute on function private.my_committee_ids, private.my_colleagues, private.colleagues to authenticated;
grant select on public.memberships, public.current_memberships to authenticated;
create policy "Members read who sits with them" on public.memberships
  for select to authenticated using (committee_id = any((select private.my_committee_ids())::uuid[]));
create policy "People read their own memberships" on public.memberships
  for select to authenticated using (person_id = (select private.my_id()));
create policy "Organizers read memberships" on public.memberships
  for select to authenticated using ((select private.is_organizer()));
create policy "Colleagues read one another" on public.people
  for select to authenticated using (person_id in (select private.my_colleagues()));

create function private.must_be_open_to(committee_ids uuid[], person_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if exists (
    select from public.committees c
    where c.committee_id = any(must_be_open_to.committee_ids) and c.closed_to_government
      and private.counts_as_government((select p.sector from public.people p where p.person_id = must_be_open_to.person_id)))
  then
    raise exception 'committee_closed_to_government' using errcode = 'PT403';
  end if;
end
$$;
comment on function private.must_be_open_to is
  'Refuses committees that take nobody who counts as government or police, when this person does.';

-- What needs a person: the committees that they belong to.
create function private.committees_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object('committees', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'slug', c.slug, 'name_en', c.name_en, 'name_fr', c.name_fr, 'duty', m.duty) order by c.position), '[]')
    from public.current_memberships m join public.committees c using (committee_id)
    where m.person_id = person));
end
$$;
comment on function private.committees_tasks is 'The committees of a person, with their duty in each.';

-- Verbs -------------------------------------------------------------------------------------

-- For the verbs of organizers, who lock the person first. A member stays one, with the same beginning.
create function private.start_membership(committee_id uuid, person_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  started uuid;
begin
  perform private.must_be_open_to(array[start_membership.committee_id], start_membership.person_id);
  -- An end that is still ahead leaves somebody a member today.
  if exists (
    select from public.current_memberships m
    where m.committee_id = start_membership.committee_id and m.person_id = start_membership.person_id)
  then
    return;
  end if;
  insert into public.memberships (committee_id, person_id)
  values (start_membership.committee_id, start_membership.person_id)
  on conflict do nothing returning membership_id into started;
  if started is not null then
    perform private.log('start_membership', started);
    perform private.record_event('membership_started', 'membership', started);
  end if;
end
$$;
comment on function private.start_membership is 'Makes a person a member of a committee from now on, unless it is closed to them.';

-- Chairs and organizers end a membership; a person may always leave. A membership that they may not see is
-- refused like one that does not exist.
create function public.end_membership(membership_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  membership public.memberships;
begin
  select * into membership from public.memberships m
  where m.membership_id = end_membership.membership_id
    and (m.committee_id = any((select private.my_committee_ids())::uuid[]) or (select private.is_organizer()))
  for no key update;
  if not found then
    raise exception 'membership_not_found' using errcode = 'PT404';
  elsif membership.person_id <> me and not private.is_chair(membership.committee_id) and not private.is_organizer() then
    raise exception 'chairs_only' using errcode = 'PT403';
  end if;
  update public.memberships m set ends_at = greatest(now(), m.starts_at)
  where m.membership_id = membership.membership_id and (m.ends_at is null or m.ends_at > now());
  perform private.log('end_membership', membership.membership_id);
  perform private.record_event('membership_ended', 'membership', membership.membership_id);
end
$$;
comment on function public.end_membership is
  'Ends a membership now. Callers: the person, a chair of the committee, organizers. Refuses: '
  'membership_not_found, chairs_only.';
revoke execute on function public.end_membership from public, anon;
grant execute on function public.end_membership to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.committees_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('memberships', (
    select coalesce(jsonb_agg(to_jsonb(m) || jsonb_build_object('committee', c.slug) order by m.starts_at), '[]')
    from public.memberships m join public.committees c using (committee_id) where m.person_id = person))
$$;
comment on function private.committees_export is 'The memberships of a person, past ones too.';

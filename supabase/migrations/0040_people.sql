-- People: accounts with a profile, their roles, and the guards that all other domains use.
--
-- A person is a confirmed account with a profile. Colleagues (members of committees, past and
-- present, and organizers) know one another's name; nobody else sees anybody. What only concerns
-- the person (how we write to them) is in `preferences`. Roles have dates and are in the private
-- schema: they are looked up on every request, never read from a token.
--
-- Anybody with a mailbox can make an account, and several mailboxes make several. So an organizer approves each
-- person once: until then they are on no voters' list and in no session that is closed to government.
-- Organizers name organizers; the first one is named by the operator (`npm run organizer`).

insert into private.domains values ('people', 40);

create type public.role as enum ('organizer');

create table public.people (
  person_id uuid primary key references auth.users (id) on delete cascade,
  name text not null constraint people_name_length check (char_length(btrim(name)) between 1 and 80),
  language public.language not null,
  province public.province,
  sector text references public.sectors,
  organization_name text constraint people_organization_name_length check (char_length(organization_name) <= 160),
  organization_id uuid references public.organizations on delete set null,
  approved_at timestamptz,
  suspended_at timestamptz,
  suspended_reason text constraint people_suspended_reason_length check (char_length(suspended_reason) between 3 and 500),
  created_at timestamptz not null default now(),
  constraint people_suspended_with_reason check (suspended_reason is null or suspended_at is not null)
);
comment on table public.people is 'The profile of each account: seen by the person, by organizers and by colleagues.';
create index people_by_organization on public.people (organization_id);
create index people_by_sector on public.people (sector);
create index people_by_name on public.people (private.unaccented(name), person_id);
create index people_to_approve on public.people (created_at) where approved_at is null and suspended_at is null;
alter table public.people enable row level security;

create table public.preferences (
  person_id uuid primary key references public.people on delete cascade,
  discreet boolean not null default false
);
comment on table public.preferences is 'How we write to a person; seen by that person alone.';
alter table public.preferences enable row level security;

create table private.roles (
  role_id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people on delete cascade,
  role public.role not null,
  starts_at timestamptz not null default now(),
  ends_at timestamptz,
  constraint roles_dates_in_order check (ends_at > starts_at)
);
comment on table private.roles is 'Roles with their dates. A role whose end has passed gives no rights.';
create index roles_by_person on private.roles (person_id);
alter table private.roles enable row level security;

create table private.named_organizers (
  email text primary key constraint named_organizers_email_lower check (email = lower(email))
);
comment on table private.named_organizers is 'Addresses that become organizers when their account gets a profile.';
alter table private.named_organizers enable row level security;

-- Readers as the policies and the granted columns below have it: no colleague reads more than a name and an
-- organization.
insert into private.personal_columns
select t, c, purpose, readers, 'while the account lasts', 'deleting the account'
from (values
  ('public.people', 'person_id', 'the account', 'the person, colleagues, organizers'),
  ('public.people', 'name', 'show who writes', 'the person, colleagues, organizers'),
  ('public.people', 'organization_name', 'show for which organization they speak', 'the person, colleagues, organizers'),
  ('public.people', 'organization_id', 'show for which organization they speak', 'the person'),
  ('public.people', 'language', 'write in the person''s language', 'the person, organizers'),
  ('public.people', 'province', 'fill in the next registration', 'the person, organizers'),
  ('public.people', 'sector', 'close what is closed to government and police', 'the person, organizers'),
  ('public.people', 'approved_at', 'give a vote to each person once', 'the person, organizers'),
  ('public.people', 'suspended_at', 'suspend an account', 'the person, organizers'),
  ('public.people', 'suspended_reason', 'suspend an account', 'the person, organizers'),
  ('public.people', 'created_at', 'know since when the account exists', 'the person, organizers'),
  ('public.preferences', 'person_id', 'the account', 'the person'),
  ('public.preferences', 'discreet', 'neutral subjects of emails', 'the person'),
  ('private.roles', 'person_id', 'know who may organize', 'organizers')
) v(t, c, purpose, readers);
insert into private.personal_columns values
  ('private.named_organizers', 'email', 'make the first organizers', 'nobody', 'until their first sign-in', 'save_profile');

-- Guards ------------------------------------------------------------------------------------

-- Guards are plpgsql because every policy asks them: their plans are cached for the connection, while an
-- SQL function that cannot be inlined is planned again in each query.

-- An access token outlives a sign-out by up to ten minutes; the session that it names does not. A token
-- without a session is made by the project's own keys only.
create function private.session_is_live()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  session uuid := (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id')::uuid;
begin
  return session is null or exists (select from auth.sessions s where s.id = session);
end
$$;
comment on function private.session_is_live is 'Whether the session behind the access token still exists: false after a sign-out.';

-- Null without profile, and null once suspended or signed out, so that every policy and verb closes at
-- the same moment.
create function private.my_id()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select p.person_id from public.people p
    where p.person_id = (select auth.uid()) and p.suspended_at is null and (select private.session_is_live())
  );
end
$$;
comment on function private.my_id is 'The person behind this request, or null (no profile, suspended, or signed out).';

create function private.is_organizer()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (
    select from private.roles r
    where r.person_id = (select private.my_id()) and r.role = 'organizer'
      and r.starts_at <= now() and (r.ends_at is null or r.ends_at > now())
  );
end
$$;
comment on function private.is_organizer is 'Whether the person behind this request is an organizer today.';

create function private.is_outside_government()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce((
    select not private.counts_as_government(p.sector) from public.people p where p.person_id = (select private.my_id())
  ), false);
end
$$;
comment on function private.is_outside_government is 'Whether the person may enter what is closed to government and police.';

create function private.must_be_signed_in()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if auth.uid() is null or not private.session_is_live() then
    raise exception 'sign_in_first' using errcode = 'PT401';
  end if;
  return auth.uid();
end
$$;
comment on function private.must_be_signed_in is 'The account behind this request, with or without profile, or a refusal.';

create function private.must_be_someone()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.my_id();
begin
  if me is not null then
    return me;
  end if;
  perform private.must_be_signed_in();
  if exists (select from public.people p where p.person_id = (select auth.uid()) and p.suspended_at is not null) then
    raise exception 'account_suspended' using errcode = 'PT403';
  end if;
  raise exception 'profile_first' using errcode = 'PT409';
end
$$;
comment on function private.must_be_someone is 'The person behind this request, or a refusal.';

create function private.must_be_organizer()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  if not private.is_organizer() then
    raise exception 'organizers_only' using errcode = 'PT403';
  end if;
  return me;
end
$$;
comment on function private.must_be_organizer is 'The organizer behind this request, or a refusal.';

create function private.is_approved()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (select from public.people p where p.person_id = (select private.my_id()) and p.approved_at is not null);
end
$$;
comment on function private.is_approved is 'Whether an organizer has approved the person behind this request.';

create function private.may_enter(closed boolean)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return not closed or (private.is_outside_government() and private.is_approved());
end
$$;
comment on function private.may_enter is 'Whether the person may read what is closed to government; anyone may read the rest.';

-- The roles that count at this moment, of people who are not suspended. Not now(): after waiting for a lock it
-- would still see a role that another transaction has ended.
create function private.organizers()
returns setof private.roles
language sql
stable
set search_path = ''
as $$
  select r.* from private.roles r join public.people p using (person_id)
  where r.role = 'organizer' and r.starts_at <= clock_timestamp() and (r.ends_at is null or r.ends_at > clock_timestamp())
    and p.suspended_at is null
$$;

-- Locked in one order, so that of two organizers who leave at the same moment the second one is refused.
create function private.must_leave_an_organizer(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from private.roles r where r.role = 'organizer' order by r.role_id for update;
  if exists (select from private.organizers() o where o.person_id = person)
    and not exists (select from private.organizers() o where o.person_id <> person)
  then
    raise exception 'last_organizer' using errcode = 'PT409';
  end if;
end
$$;
comment on function private.must_leave_an_organizer is 'Refuses what would leave the site without an organizer.';

-- Reads -------------------------------------------------------------------------------------

grant execute on function private.my_id, private.is_organizer, private.is_outside_government to anon, authenticated;
-- Of a person others may see the name and the organization. `who` gives the other columns (sector, province,
-- language, suspension) to the person, `people_list` and `person_for_organizers` to organizers.
grant select (person_id, name, organization_name) on public.people to authenticated;
grant select on public.preferences to authenticated;
create policy "People read themselves" on public.people
  for select to authenticated using (person_id = (select private.my_id()));
create policy "Organizers read everyone" on public.people
  for select to authenticated using ((select private.is_organizer()));
create policy "People read their own preferences" on public.preferences
  for select to authenticated using (person_id = (select private.my_id()));

-- Each page function answers it together with the page's data, so that a page is one call. Null before there
-- is a profile, also for a token that is still valid after a sign-out.
create function public.who()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  live boolean := auth.uid() is not null and private.session_is_live();
begin
  return jsonb_build_object('signed_in', live, 'person', (
    select jsonb_build_object(
      'person_id', p.person_id, 'name', p.name, 'language', p.language, 'province', p.province, 'sector', p.sector,
      'counts_as_government', private.counts_as_government(p.sector),
      'organization_name', p.organization_name, 'discreet', coalesce(f.discreet, false),
      'organizer', private.is_organizer(), 'approved', p.approved_at is not null, 'suspended', p.suspended_at is not null,
      'suspended_reason', p.suspended_reason)
    from public.people p
    left join public.preferences f on f.person_id = p.person_id
    where live and p.person_id = (select auth.uid())
  ));
end
$$;
comment on function public.who is
  'Who asks: {signed_in, person}. `person` holds profile, `counts_as_government`, `discreet`, `organizer`, `approved`, '
  '`suspended` and `suspended_reason`; it is null before the profile is written and after a sign-out. '
  'Callers: signed in.';
revoke execute on function public.who from public, anon;
grant execute on function public.who to authenticated;

-- Verbs -------------------------------------------------------------------------------------

-- Deleting an account must not be a way around a suspension or out of a government sector. Only a keyed hash of
-- the address is stored, for two years, and only of those accounts.
create table private.blocked_addresses (
  address_hash text primary key,
  suspended boolean not null,
  governmental boolean not null,
  deleted_at timestamptz not null default now()
);
comment on table private.blocked_addresses is 'Keyed hashes of deleted addresses that were suspended or governmental; two years.';
alter table private.blocked_addresses enable row level security;
insert into private.personal_columns values
  ('private.blocked_addresses', 'address_hash', 'suspend the next account too', 'nobody', 'two years', 'people_retention'),
  ('private.blocked_addresses', 'suspended', 'suspend the next account too', 'nobody', 'two years', 'people_retention'),
  ('private.blocked_addresses', 'governmental', 'close the same groups to the next account', 'nobody', 'two years', 'people_retention'),
  ('private.blocked_addresses', 'deleted_at', 'delete it after two years', 'nobody', 'two years', 'people_retention');

-- Without a key, a dump is enough to try addresses. In a Supabase project the vault holds it, encrypted with a key
-- outside the database; elsewhere the site sets it for each connection, and without it this fails.
create function private.address_key()
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  key text;
begin
  if to_regclass('vault.decrypted_secrets') is not null then
    execute 'select decrypted_secret from vault.decrypted_secrets where name = $1' into key using 'convergence_address_key';
  end if;
  return coalesce(key, current_setting('convergence.address_key'));
end
$$;
comment on function private.address_key is 'The key of the hashes of addresses, which no table and no dump holds.';
do $$
begin
  if to_regclass('vault.secrets') is not null then
    execute 'select vault.create_secret(encode(extensions.gen_random_bytes(32), ''hex''), $1)
      where not exists (select from vault.secrets where name = $1)' using 'convergence_address_key';
  end if;
end
$$;

create function private.address_hash(account uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select encode(extensions.hmac(lower(u.email), private.address_key(), 'sha256'), 'hex') from auth.users u where u.id = account);
end
$$;

-- The address is that of a confirmed account: an account without profile cannot save one before.
create function private.become_named_organizer(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.named_organizers n using auth.users u where u.id = person and n.email = lower(u.email);
  if found then
    insert into private.roles (person_id, role) values (person, 'organizer');
    update public.people p set approved_at = coalesce(p.approved_at, now()) where p.person_id = person;
    perform private.log('name_organizer', person);
  end if;
end
$$;
comment on function private.become_named_organizer is 'Makes a person an organizer whose address the operator named.';

-- Locked, so that nobody gets a sector while it is retired or its flag changes. Somebody may keep a retired one.
create function private.must_be_offered(sector text, before text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.sectors s
  where s.sector = must_be_offered.sector and (s.retired_at is null or s.sector = must_be_offered.before) for share;
  if not found and must_be_offered.sector is not null then
    raise exception 'sector_not_offered' using errcode = 'PT422';
  end if;
end
$$;
comment on function private.must_be_offered is 'Refuses a sector that is not offered, unless somebody has had it before.';

-- Only an organizer moves someone out of government, because that opens closed groups. To no sector, and to saying
-- none, count as out, else the next step from there to any would bypass the rule.
create function private.save_person(
  person_id uuid, name text, language public.language, province public.province, sector text, organization_name text
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  before public.people;
  blocked private.blocked_addresses;
begin
  select k.* into blocked from private.blocked_addresses k where k.address_hash = private.address_hash(save_person.person_id);
  select * into before from public.people p where p.person_id = save_person.person_id for update;
  if before.suspended_at is not null or blocked.suspended then
    raise exception 'account_suspended' using errcode = 'PT403';
  end if;
  perform private.must_be_offered(save_person.sector, before.sector);
  if (private.says_government(before.sector) or blocked.governmental) and not private.says_government(save_person.sector) then
    raise exception 'sector_needs_organizer' using errcode = 'PT403';
  end if;
  insert into public.people as p (person_id, name, language, province, sector, organization_name, organization_id)
  values (save_person.person_id, private.one_line(save_person.name), save_person.language, save_person.province, save_person.sector,
          nullif(private.one_line(save_person.organization_name), ''),
          private.organization_called(private.one_line(save_person.organization_name)))
  on conflict on constraint people_pkey do update
  set name = excluded.name, language = excluded.language, province = excluded.province, sector = excluded.sector,
      organization_name = excluded.organization_name, organization_id = excluded.organization_id;
  if before.person_id is null then
    perform private.become_named_organizer(save_person.person_id);
  end if;
end
$$;
comment on function private.save_person is 'Creates or changes a profile; nobody moves themselves out of a government sector.';

create function private.save_discreet(person_id uuid, discreet boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.preferences as p (person_id, discreet) values (save_discreet.person_id, save_discreet.discreet)
  on conflict on constraint preferences_pkey do update set discreet = excluded.discreet;
end
$$;
comment on function private.save_discreet is 'Records whether the subjects of emails to a person are neutral.';

-- Also for an account without profile, which gets one. What a deleted account with the same address was
-- refused stays refused.
create function public.save_profile(
  name text, language public.language, province public.province, sector text, organization_name text, discreet boolean
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_signed_in();
begin
  perform private.save_person(me, name, language, province, sector, organization_name);
  perform private.save_discreet(me, discreet);
end
$$;
comment on function public.save_profile is
  'Creates or changes the profile of the person who asks, and whether their emails are discreet. '
  'Callers: signed in, with or without a profile. Refuses: account_suspended, sector_not_offered, '
  'sector_needs_organizer.';
revoke execute on function public.save_profile from public, anon;
grant execute on function public.save_profile to authenticated;

-- The one way out of a government sector. Not for oneself: an organizer from a government must not open closed
-- groups alone.
create function public.set_sector(person_id uuid, sector text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
begin
  if set_sector.sector is null then
    raise exception 'sector_missing' using errcode = 'PT422';
  elsif set_sector.person_id = me then
    raise exception 'sector_needs_another_organizer' using errcode = 'PT403';
  end if;
  perform private.must_be_offered(set_sector.sector, (select p.sector from public.people p where p.person_id = set_sector.person_id));
  update public.people p set sector = set_sector.sector where p.person_id = set_sector.person_id;
  if not found then
    raise exception 'person_not_found' using errcode = 'PT404';
  end if;
  -- The record of an account deleted before must not undo the decision.
  update private.blocked_addresses k set governmental = private.says_government(set_sector.sector)
  where k.address_hash = private.address_hash(set_sector.person_id);
  perform private.log('set_sector', set_sector.person_id, '{sector}');
end
$$;
comment on function public.set_sector is
  'Corrects the sector of another person, out of government too. Callers: organizers. Refuses: '
  'sector_missing, sector_needs_another_organizer, sector_not_offered, person_not_found.';
revoke execute on function public.set_sector from public, anon;
grant execute on function public.set_sector to authenticated;

-- Sectors, for organizers -------------------------------------------------------------------

-- All of them are locked, in one order: what stays offered is counted over all, and a new flag waits for those who
-- are choosing this sector.
create function private.must_find_sector(sector text)
returns public.sectors
language plpgsql
set search_path = ''
as $$
declare
  it public.sectors;
begin
  perform private.must_be_organizer();
  perform from public.sectors s order by s.sector for no key update;
  select * into it from public.sectors s where s.sector = must_find_sector.sector;
  if not found then
    raise exception 'sector_not_found' using errcode = 'PT404';
  end if;
  return it;
end
$$;

-- Else somebody would have to choose a sector that is not theirs, and be let in or refused by it.
create function private.must_offer_both_kinds()
returns void
language plpgsql
set search_path = ''
as $$
begin
  if (select count(distinct s.counts_as_government) from public.sectors s
      where s.retired_at is null and s.sector <> 'undisclosed') < 2
  then
    raise exception 'sector_last_of_kind' using errcode = 'PT409';
  end if;
end
$$;
comment on function private.must_offer_both_kinds is
  'Refuses when no sector is offered that counts as government, or none that does not; who says none is not counted.';

-- Definer, since how many people chose a sector is for organizers.
create function public.sectors_for_organizers()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return (
    select jsonb_agg(to_jsonb(s) || jsonb_build_object(
      'people', (select count(*) from public.people p where p.sector = s.sector)) order by s.position, s.sector)
    from public.sectors s);
end
$$;
comment on function public.sectors_for_organizers is
  'The sectors in their order, retired ones too, each with how many people chose it: [{…, people}]. Callers: '
  'organizers.';

-- Its flag is chosen by any organizer: nobody has the sector yet.
create function public.add_sector(name_en text, name_fr text, counts_as_government boolean, after text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  code text;
begin
  perform from public.sectors s order by s.sector for no key update;
  code := private.free_sector(private.one_line(add_sector.name_en));
  insert into public.sectors (sector, name_en, name_fr, counts_as_government, position, added_at)
  values (code, private.one_line(add_sector.name_en), private.one_line(add_sector.name_fr), add_sector.counts_as_government,
          (select count(*) + 1 from public.sectors), now());
  perform private.place_sector(code, add_sector.after);
  perform private.log('add_sector', null, array[code]);
  return code;
end
$$;
comment on function public.add_sector is
  'Adds a sector after another one, or as the first, and gives its code. Callers: organizers.';

-- Names only: what else the directory says of an organization is not asked here.
create function public.add_organization(name_en text, name_fr text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  added uuid;
begin
  insert into public.organizations (name_en, name_fr)
  values (private.one_line(add_organization.name_en), private.one_line(add_organization.name_fr))
  returning organization_id into added;
  perform private.log('add_organization', null, array['name_en', 'name_fr']);
  return added;
end
$$;
comment on function public.add_organization is
  'Adds an organization to the directory, and gives its id. Callers: organizers.';

-- Whether it counts as government is a verb of its own, since that changes what people may enter.
create function public.save_sector(sector text, version integer, name_en text, name_fr text, after text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  before public.sectors := private.must_find_sector(sector);
begin
  if before.version is distinct from save_sector.version then
    raise exception 'sector_changed' using errcode = 'PT409';
  end if;
  update public.sectors s
  set name_en = private.one_line(save_sector.name_en), name_fr = private.one_line(save_sector.name_fr), version = s.version + 1
  where s.sector = before.sector;
  perform private.place_sector(before.sector, save_sector.after);
  perform private.log('save_sector', null, array[before.sector || '.name_en', before.sector || '.name_fr', before.sector || '.position']);
end
$$;
comment on function public.save_sector is
  'Changes the names of a sector and its place: after another one, or first. Callers: organizers. Refuses: '
  'sector_not_found, sector_changed.';

-- Opens or closes what is closed to government for everybody of this sector, so it is for an organizer whom it is
-- closed to neither before nor after. Sessions take back the spots of those who may not enter any more.
create function public.set_sector_counts(sector text, counts_as_government boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  before public.sectors := private.must_find_sector(sector);
begin
  if not private.is_outside_government() then
    raise exception 'sector_flag_outside_only' using errcode = 'PT403';
  elsif exists (select from public.people p where p.person_id = private.my_id() and p.sector = before.sector) then
    raise exception 'sector_flag_own' using errcode = 'PT403';
  elsif set_sector_counts.counts_as_government = before.counts_as_government then
    return;
  end if;
  update public.sectors s set counts_as_government = set_sector_counts.counts_as_government where s.sector = before.sector;
  perform private.must_offer_both_kinds();
  perform private.log('set_sector_counts', null, array[before.sector || '.counts_as_government']);
end
$$;
comment on function public.set_sector_counts is
  'Says whether a sector counts as government or police; those who then may not enter closed sessions lose '
  'their spots there. Callers: an organizer who is outside government. Refuses: sector_not_found, '
  'sector_flag_outside_only, sector_flag_own, sector_last_of_kind.';

-- A sector is never deleted: votes, forums and people go on naming it.
create function public.set_sector_retired(sector text, retired boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  before public.sectors := private.must_find_sector(sector);
begin
  if set_sector_retired.retired = (before.retired_at is not null) then
    return;
  end if;
  update public.sectors s set retired_at = case when set_sector_retired.retired then now() end where s.sector = before.sector;
  perform private.must_offer_both_kinds();
  perform private.log(case when set_sector_retired.retired then 'retire_sector' else 'restore_sector' end, null, array[before.sector]);
end
$$;
comment on function public.set_sector_retired is
  'Stops offering a sector, or offers it again; people who have it keep it. Callers: organizers. Refuses: '
  'sector_not_found, sector_last_of_kind.';

revoke execute on function public.sectors_for_organizers, public.add_sector, public.add_organization, public.save_sector,
  public.set_sector_counts, public.set_sector_retired from public, anon;
grant execute on function public.sectors_for_organizers, public.add_sector, public.add_organization, public.save_sector,
  public.set_sector_counts, public.set_sector_retired to authenticated;

-- People, for organizers --------------------------------------------------------------------

-- The person, locked; refuses when the organizer means themselves.
create function private.must_find_other_person(person_id uuid)
returns public.people
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  person public.people;
begin
  select * into person from public.people p where p.person_id = must_find_other_person.person_id for update;
  if not found then
    raise exception 'person_not_found' using errcode = 'PT404';
  elsif person.person_id = me then
    raise exception 'another_organizer_first' using errcode = 'PT403';
  end if;
  return person;
end
$$;

-- Fifty a page, by name. Found by name, organization or address, whatever the case.
create function public.people_list(search text, status text, after uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  wanted text := private.unaccented(btrim(coalesce(search, '')));
  last_one public.people;
  answer jsonb;
begin
  perform private.must_be_organizer();
  select * into last_one from public.people p where p.person_id = people_list.after;
  select coalesce(jsonb_agg(to_jsonb(l) order by private.unaccented(l.name), l.person_id), '[]') into answer
  from (
    select p.person_id, p.name, p.organization_name, p.sector, p.province, p.created_at, private.mailbox_of(u.email) as email,
           p.approved_at is not null as approved, p.suspended_at is not null as suspended,
           exists (select from private.organizers() o where o.person_id = p.person_id) as organizer
    from public.people p join auth.users u on u.id = p.person_id
    where (last_one.person_id is null
        or (private.unaccented(p.name), p.person_id) > (private.unaccented(last_one.name), last_one.person_id))
      and (wanted = '' or strpos(private.unaccented(p.name || ' ' || coalesce(p.organization_name, '') || ' ' || u.email), wanted) > 0)
      and case people_list.status
        when 'new' then p.approved_at is null and p.suspended_at is null
        when 'suspended' then p.suspended_at is not null
        when 'organizers' then exists (select from private.organizers() o where o.person_id = p.person_id)
        else true end
    order by private.unaccented(p.name), p.person_id limit 51
  ) l;
  return jsonb_build_object(
    'people', coalesce((select jsonb_agg(row order by n) from jsonb_array_elements(answer) with ordinality a(row, n) where n <= 50), '[]'),
    'more', jsonb_array_length(answer) > 50,
    'to_approve', (select count(*) from public.people p where p.approved_at is null and p.suspended_at is null));
end
$$;
comment on function public.people_list is
  'Up to 50 people by name after the person `after`, found by `search`; `status` is new, suspended, '
  'organizers or null: {people, more, to_approve}. Callers: organizers.';

-- Definer, since addresses are in the auth schema and acts in the audit.
create function public.person_for_organizers(person_id uuid)
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
      'person_id', p.person_id, 'name', p.name, 'email', private.mailbox_of(u.email), 'organization_name', p.organization_name,
      'sector', p.sector, 'province', p.province, 'language', p.language, 'created_at', p.created_at,
      'approved_at', p.approved_at, 'suspended_at', p.suspended_at, 'suspended_reason', p.suspended_reason,
      'is_me', p.person_id = (select private.my_id()),
      'organizer_since', (select min(o.starts_at) from private.organizers() o where o.person_id = p.person_id),
      'acts', (
        select coalesce(jsonb_agg(jsonb_build_object('action', a.action, 'fields', a.fields, 'acted_at', a.acted_at, 'actor', o.name)
          order by a.acted_at desc), '[]')
        from (select * from private.audit l where l.subject_id = p.person_id order by l.acted_at desc limit 50) a
        left join public.people o on o.person_id = a.actor_id))
    from public.people p join auth.users u on u.id = p.person_id
    where p.person_id = person_for_organizers.person_id
  );
end
$$;
comment on function public.person_for_organizers is
  'One person: profile, address, `approved_at`, suspension, `organizer_since`, and the last 50 acts of '
  'organizers about them; null when there is none. Callers: organizers.';

-- Nothing takes an approval back: who must not take part is suspended.
create function public.approve_person(person_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
begin
  update public.people p set approved_at = now() where p.person_id = approve_person.person_id and p.approved_at is null;
  if found then
    perform private.log('approve_person', approve_person.person_id);
  elsif not exists (select from public.people p where p.person_id = approve_person.person_id) then
    raise exception 'person_not_found' using errcode = 'PT404';
  end if;
end
$$;
comment on function public.approve_person is
  'Approves a person, who may then vote and sign up for closed sessions; twice, it changes nothing. '
  'Callers: organizers. Refuses: person_not_found.';

-- What it frees goes to those who wait, so domains with spots answer to `_suspend`.
create function public.suspend_person(person_id uuid, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  person public.people;
begin
  -- Before the lock on the person: a registration locks its forum first.
  perform private.call_domains('suspend', suspend_person.person_id);
  person := private.must_find_other_person(person_id);
  if person.suspended_at is not null then
    return;
  end if;
  perform private.must_leave_an_organizer(person.person_id);
  update public.people p set suspended_at = now(), suspended_reason = btrim(suspend_person.reason)
  where p.person_id = person.person_id;
  perform private.log('suspend_person', person.person_id);
end
$$;
comment on function public.suspend_person is
  'Suspends an account with a reason that the person reads; their spots go to those who wait. Callers: '
  'organizers. Refuses: person_not_found, another_organizer_first, last_organizer.';

-- Registrations stay cancelled: their spots went to others.
create function public.restore_person(person_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  person public.people := private.must_find_other_person(person_id);
begin
  if person.suspended_at is null then
    return;
  end if;
  update public.people p set suspended_at = null, suspended_reason = null where p.person_id = person.person_id;
  perform private.log('restore_person', person.person_id);
end
$$;
comment on function public.restore_person is
  'Ends the suspension of an account. Callers: organizers. Refuses: person_not_found, '
  'another_organizer_first.';

-- Without an end: the network decides how long somebody organizes.
create function public.name_organizer(person_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  person public.people := private.must_find_other_person(person_id);
begin
  if person.suspended_at is not null then
    raise exception 'person_suspended' using errcode = 'PT409';
  elsif exists (select from private.organizers() o where o.person_id = person.person_id) then
    return;
  end if;
  insert into private.roles (person_id, role) values (person.person_id, 'organizer');
  update public.people p set approved_at = coalesce(p.approved_at, now()) where p.person_id = person.person_id;
  perform private.log('name_organizer', person.person_id);
end
$$;
comment on function public.name_organizer is
  'Makes a person an organizer, and approves them. Callers: organizers. Refuses: person_not_found, '
  'another_organizer_first, person_suspended.';

-- One's own role too, unless it is the last one.
create function public.end_organizer(person_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
begin
  perform private.must_leave_an_organizer(end_organizer.person_id);
  if exists (select from private.organizers() o where o.person_id = end_organizer.person_id) then
    -- A role that never counted before leaves no dates.
    delete from private.roles r where r.person_id = end_organizer.person_id and r.role = 'organizer' and r.starts_at >= now();
    update private.roles r set ends_at = now()
    where r.person_id = end_organizer.person_id and r.role = 'organizer' and (r.ends_at is null or r.ends_at > now());
    perform private.log('end_organizer', end_organizer.person_id);
  end if;
end
$$;
comment on function public.end_organizer is
  'Ends the role of an organizer, one''s own too; without the role it changes nothing. Callers: '
  'organizers. Refuses: last_organizer.';

-- For `npm run organizer` and the setting ORGANIZERS: somebody without an account becomes one with the first profile.
create function public.name_first_organizer(address text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  wanted text := lower(btrim(address));
  person uuid := (select p.person_id from public.people p join auth.users u on u.id = p.person_id where lower(u.email) = wanted);
begin
  if person is not null and exists (select from private.organizers() o where o.person_id = person) then
    return 'already';
  end if;
  insert into private.named_organizers (email) values (wanted) on conflict do nothing;
  if person is null then
    return 'later';
  end if;
  perform private.become_named_organizer(person);
  return 'now';
end
$$;
comment on function public.name_first_organizer is
  'Makes the account of an address an organizer: already, now, or later when it has no profile yet. '
  'Callers: the site (secret key).';

revoke execute on function public.people_list, public.person_for_organizers, public.approve_person, public.suspend_person,
  public.restore_person, public.name_organizer, public.end_organizer from public, anon;
grant execute on function public.people_list, public.person_for_organizers, public.approve_person, public.suspend_person,
  public.restore_person, public.name_organizer, public.end_organizer to authenticated;
revoke execute on function public.name_first_organizer from public, anon, authenticated;
grant execute on function public.name_first_organizer to service_role;

-- What needs an organizer: people who wait to be approved.
create function private.people_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object('people_to_approve', case
    when exists (select from private.organizers() o where o.person_id = person) then (
      select count(*) from public.people p where p.approved_at is null and p.suspended_at is null)
    else 0 end);
end
$$;
comment on function private.people_tasks is 'For organizers: how many people wait to be approved; 0 for others.';

-- One signs in by email. A password set while signing up somebody else's address would work once its owner
-- confirms it; so none is ever stored.
create function private.clear_password()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  new.encrypted_password := '';
  return new;
end
$$;
create trigger no_password before insert or update of encrypted_password on auth.users
  for each row execute function private.clear_password();

-- Emails to people, and the emails of sign-in ------------------------------------------------

create function private.queue_email_to(
  person_id uuid, kind text, facts jsonb, good_for interval default interval '5 days', delay interval default interval '0'
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.queue_email(u.email, p.language, coalesce(f.discreet, false), kind, facts, good_for, delay)
  from public.people p
  join auth.users u on u.id = p.person_id
  left join public.preferences f on f.person_id = p.person_id
  where p.person_id = queue_email_to.person_id;
end
$$;
comment on function private.queue_email_to is 'Queues an email to a person, in their language and with the discretion they asked for.';

-- The auth server gives the token of a sign-in to its hook alone, on every backend. For an account without a mailbox the
-- site takes it from here, so that no password has to be stored.
create table private.sign_in_tokens (
  address text primary key constraint sign_in_tokens_no_mailbox check (private.mailbox_of(address) is null),
  token_hash text not null,
  type text not null,
  made_at timestamptz not null default clock_timestamp()
);
comment on table private.sign_in_tokens is
  'Tokens of sign-ins to accounts without a mailbox, until the site takes them; 15 minutes at most.';
create index sign_in_tokens_by_time on private.sign_in_tokens (made_at);
alter table private.sign_in_tokens enable row level security;
insert into private.personal_columns
select 'private.sign_in_tokens', c, 'sign in without a mailbox', 'nobody', '15 minutes', 'take_sign_in_token; the next sign-in'
from unnest(array['address', 'token_hash', 'type', 'made_at']) c;

-- Of no address that can receive an email: there the token stays in the email.
create function public.take_sign_in_token(address text)
returns table (token_hash text, type text)
language sql
security definer
set search_path = ''
as $$
  delete from private.sign_in_tokens t
  where t.address = lower(take_sign_in_token.address) and t.made_at > clock_timestamp() - interval '15 minutes'
  returning t.token_hash, t.type
$$;
comment on function public.take_sign_in_token is
  'Takes the token of the last sign-in to an account without a mailbox, once: {token_hash, type}. Callers: the site '
  '(secret key).';
revoke execute on function public.take_sign_in_token from public, anon, authenticated;
grant execute on function public.take_sign_in_token to service_role;

-- The "Send Email" hook of the auth server: {"user": {...}, "email_data": {...}}. The same emails in both
-- languages on every backend.
create function private.queue_auth_email(event jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  account uuid := (event #>> '{user,id}')::uuid;
  known public.people;
  discreet boolean;
  spoken public.language;
  site text := rtrim(event #>> '{email_data,site_url}', '/');
  wanted text := event #>> '{email_data,redirect_to}';
begin
  if private.mailbox_of(event #>> '{user,email}') is null then
    delete from private.sign_in_tokens t where t.made_at < clock_timestamp() - interval '15 minutes';
    insert into private.sign_in_tokens as t (address, token_hash, type) values (
      lower(event #>> '{user,email}'), event #>> '{email_data,token_hash}', event #>> '{email_data,email_action_type}')
    on conflict on constraint sign_in_tokens_pkey do update
    set token_hash = excluded.token_hash, type = excluded.type, made_at = excluded.made_at;
    return '{}';
  end if;
  select * into known from public.people where person_id = account;
  select p.discreet into discreet from public.preferences p where p.person_id = account;
  select case when raw_user_meta_data ->> 'language' in ('en', 'fr') then (raw_user_meta_data ->> 'language')::public.language end
    into spoken from auth.users where id = account;
  perform private.queue_email(
    event #>> '{user,email}',
    coalesce(known.language, spoken, 'en'),
    coalesce(discreet, false),
    case event #>> '{email_data,email_action_type}' when 'signup' then 'confirm_address' else 'sign_in' end,
    jsonb_build_object(
      'code', event #>> '{email_data,token}',
      'token_hash', event #>> '{email_data,token_hash}',
      'type', event #>> '{email_data,email_action_type}',
      -- A page of this site and nothing else; where the link leads after signing in.
      'next', case when starts_with(wanted, site || '/') then substr(wanted, char_length(site) + 1) else '' end
    ),
    -- As long as the code itself: `otp_expiry` of the auth server.
    interval '15 minutes'
  );
  return '{}';
end
$$;
comment on function private.queue_auth_email is
  'Queues the emails of the auth server (its "Send Email" hook); without a mailbox, the site takes the token instead.';
do $$
begin
  if exists (select from pg_roles where rolname = 'supabase_auth_admin') then
    grant usage on schema private to supabase_auth_admin;
    grant execute on function private.queue_auth_email to supabase_auth_admin;
  end if;
end
$$;

-- What other domains gather ------------------------------------------------------------------

create function private.people_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'people', (select to_jsonb(p) from public.people p where p.person_id = person),
    'preferences', (select to_jsonb(p) from public.preferences p where p.person_id = person),
    'roles', (select coalesce(jsonb_agg(to_jsonb(r) order by r.starts_at), '[]') from private.roles r where r.person_id = person),
    -- Written when an account is deleted; an account that exists has none.
    'blocked_addresses', null,
    -- An address that waits for its first profile; a person has none any more.
    'named_organizers', null,
    -- A sign-in that is going on this moment.
    'sign_in_tokens', null
  )
$$;
comment on function private.people_export is 'The profile, preferences and roles of a person.';

-- An unknown sector is not recorded: the person may still choose one with the next account.
create function private.people_delete(person uuid)
returns void
language sql
set search_path = ''
as $$
  select private.must_leave_an_organizer(person);
  insert into private.blocked_addresses as k (address_hash, suspended, governmental)
  select private.address_hash(person), p.suspended_at is not null, private.says_government(p.sector)
  from public.people p
  where p.person_id = person and (p.suspended_at is not null or private.says_government(p.sector))
  on conflict on constraint blocked_addresses_pkey do update
  set suspended = k.suspended or excluded.suspended, governmental = k.governmental or excluded.governmental, deleted_at = now()
$$;
comment on function private.people_delete is
  'Records a suspension or a government sector under the hash of the address; the rest goes with the account.';

-- Anybody can type anybody's address, so an account that is never confirmed goes after two days. The auth server
-- never tidies its own log, which holds the address of each sign-in.
create function private.people_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from private.blocked_addresses k where k.deleted_at < now() - interval '2 years' returning 1
  ), unconfirmed as (
    delete from auth.users u
    where u.email_confirmed_at is null and u.created_at < now() - interval '2 days'
      and not exists (select from public.people p where p.person_id = u.id) returning 1
  ), log as (
    delete from auth.audit_log_entries a where a.created_at < now() - interval '30 days' returning 1
  )
  select jsonb_build_object('blocked_addresses', (select count(*) from gone),
    'unconfirmed_accounts', (select count(*) from unconfirmed), 'sign_in_log', (select count(*) from log))
$$;
comment on function private.people_retention is
  'Deletes the hashes of deleted addresses after two years, accounts that nobody confirmed after two days, and '
  'the log of sign-ins after 30 days.';

-- People: accounts with a profile, their roles, and the guards that all other domains use.
--
-- A person is a confirmed account with a profile. Colleagues (members of committees, past and
-- present, and organizers) know one another's name; nobody else sees anybody. What only concerns
-- the person (how we write to them) is in `preferences`. Roles have dates and are in the private
-- schema: they are looked up on every request, never read from a token.

insert into private.domains values ('people', 40);

create type public.role as enum ('organizer');

create table public.people (
  person_id uuid primary key references auth.users (id) on delete cascade,
  name text not null constraint people_name_length check (char_length(btrim(name)) between 1 and 80),
  language public.language not null,
  province public.province,
  sector public.sector,
  organization_name text constraint people_organization_name_length check (char_length(organization_name) <= 160),
  organization_id uuid references public.organizations on delete set null,
  suspended_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table public.people is 'The profile of each account: seen by the person, by organizers and by colleagues.';
create index people_by_organization on public.people (organization_id);
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

-- Readers as the policies and the granted columns below have it: no colleague reads more than a name and an
-- organization.
insert into private.personal_columns
select t, c, purpose, readers, 'while the account lasts', 'deleting the account'
from (values
  ('public.people', 'person_id', 'the account', 'the person, colleagues, organizers'),
  ('public.people', 'name', 'show who writes', 'the person, colleagues, organizers'),
  ('public.people', 'organization_name', 'show for which organization they speak', 'the person, colleagues, organizers'),
  ('public.people', 'organization_id', 'show for which organization they speak', 'the person'),
  ('public.people', 'language', 'write in the person''s language', 'the person'),
  ('public.people', 'province', 'fill in the next registration', 'the person'),
  ('public.people', 'sector', 'close what is closed to government and police', 'the person'),
  ('public.people', 'suspended_at', 'suspend an account', 'the person'),
  ('public.people', 'created_at', 'know since when the account exists', 'the person'),
  ('public.preferences', 'person_id', 'the account', 'the person'),
  ('public.preferences', 'discreet', 'neutral subjects of emails', 'the person'),
  ('private.roles', 'person_id', 'know who may organize', 'the guards')
) v(t, c, purpose, readers);

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

-- Reads -------------------------------------------------------------------------------------

grant execute on function private.my_id, private.is_organizer, private.is_outside_government to anon, authenticated;
-- Of a person others may see the name and the organization. `who` gives the other columns (sector, province,
-- language, suspension) to the person alone.
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
      'organization_name', p.organization_name, 'discreet', coalesce(f.discreet, false),
      'organizer', private.is_organizer(), 'suspended', p.suspended_at is not null)
    from public.people p
    left join public.preferences f on f.person_id = p.person_id
    where live and p.person_id = (select auth.uid())
  ));
end
$$;
comment on function public.who is
  'Who asks: {signed_in, person}. `person` holds profile, `discreet`, `organizer` and `suspended`; it '
  'is null before the profile is written and after a sign-out. Callers: signed in.';
revoke execute on function public.who from public, anon;
grant execute on function public.who to authenticated;

-- Verbs -------------------------------------------------------------------------------------

-- Deleting an account must not be a way around a suspension or out of a government sector. Only the hash of
-- the address is stored, for two years, and only of those accounts.
create table private.blocked_addresses (
  address_hash text primary key,
  suspended boolean not null,
  governmental boolean not null,
  deleted_at timestamptz not null default now()
);
comment on table private.blocked_addresses is 'Hashes of deleted addresses that were suspended or governmental; two years.';
alter table private.blocked_addresses enable row level security;
insert into private.personal_columns values
  ('private.blocked_addresses', 'address_hash', 'suspend the next account too', 'nobody', 'two years', 'people_retention'),
  ('private.blocked_addresses', 'suspended', 'suspend the next account too', 'nobody', 'two years', 'people_retention'),
  ('private.blocked_addresses', 'governmental', 'close the same groups to the next account', 'nobody', 'two years', 'people_retention'),
  ('private.blocked_addresses', 'deleted_at', 'delete it after two years', 'nobody', 'two years', 'people_retention');

create function private.address_hash(account uuid)
returns text
language sql
stable
set search_path = ''
as $$ select encode(sha256(convert_to(lower(email), 'UTF8')), 'hex') from auth.users where id = account $$;

-- Only an organizer moves someone out of government, because that opens closed groups. To no sector counts
-- as out, else the next step from none to any would bypass the rule.
create function private.save_person(
  person_id uuid, name text, language public.language, province public.province, sector public.sector, organization_name text
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
  if (before.sector is not null and private.counts_as_government(before.sector) or blocked.governmental)
    and (save_person.sector is null or not private.counts_as_government(save_person.sector))
  then
    raise exception 'sector_needs_organizer' using errcode = 'PT403';
  end if;
  insert into public.people as p (person_id, name, language, province, sector, organization_name, organization_id)
  values (save_person.person_id, private.one_line(save_person.name), save_person.language, save_person.province, save_person.sector,
          nullif(private.one_line(save_person.organization_name), ''),
          private.organization_called(private.one_line(save_person.organization_name)))
  on conflict on constraint people_pkey do update
  set name = excluded.name, language = excluded.language, province = excluded.province, sector = excluded.sector,
      organization_name = excluded.organization_name, organization_id = excluded.organization_id;
end
$$;
comment on function private.save_person is 'Creates or changes a profile; nobody moves themselves out of a government sector.';

create function private.save_discreet(person_id uuid, discreet boolean)
returns void
language sql
set search_path = ''
as $$
  insert into public.preferences as p (person_id, discreet) values (person_id, discreet)
  on conflict on constraint preferences_pkey do update set discreet = excluded.discreet
$$;
comment on function private.save_discreet is 'Records whether the subjects of emails to a person are neutral.';

-- Also for an account without profile, which gets one. What a deleted account with the same address was
-- refused stays refused.
create function public.save_profile(
  name text, language public.language, province public.province, sector public.sector, organization_name text, discreet boolean
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
  'Callers: signed in, with or without a profile. Refuses: account_suspended, sector_needs_organizer.';
revoke execute on function public.save_profile from public, anon;
grant execute on function public.save_profile to authenticated;

-- The one way out of a government sector. Not for oneself: an organizer from a government must not open closed
-- groups alone.
create function public.set_sector(person_id uuid, sector public.sector)
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
  update public.people p set sector = set_sector.sector where p.person_id = set_sector.person_id;
  if not found then
    raise exception 'person_not_found' using errcode = 'PT404';
  end if;
  -- The record of an account deleted before must not undo the decision.
  update private.blocked_addresses k set governmental = private.counts_as_government(set_sector.sector)
  where k.address_hash = private.address_hash(set_sector.person_id);
  perform private.log('set_sector', set_sector.person_id, '{sector}');
end
$$;
comment on function public.set_sector is
  'Corrects the sector of another person, out of government too. Callers: organizers. Refuses: '
  'sector_missing, sector_needs_another_organizer, person_not_found.';
revoke execute on function public.set_sector from public, anon;
grant execute on function public.set_sector to authenticated;

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

create function private.queue_email_to(person_id uuid, kind text, facts jsonb)
returns void
language sql
set search_path = ''
as $$
  select private.queue_email(u.email, p.language, coalesce(f.discreet, false), kind, facts)
  from public.people p
  join auth.users u on u.id = p.person_id
  left join public.preferences f on f.person_id = p.person_id
  where p.person_id = queue_email_to.person_id
$$;
comment on function private.queue_email_to is 'Queues an email to a person, in their language and with the discretion they asked for.';

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
comment on function private.queue_auth_email is 'Queues the emails of the auth server (its "Send Email" hook).';
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
    'blocked_addresses', null
  )
$$;
comment on function private.people_export is 'The profile, preferences and roles of a person.';

-- An unknown sector is not recorded: the person may still choose one with the next account.
create function private.people_delete(person uuid)
returns void
language sql
set search_path = ''
as $$
  insert into private.blocked_addresses as k (address_hash, suspended, governmental)
  select private.address_hash(person), p.suspended_at is not null, p.sector is not null and private.counts_as_government(p.sector)
  from public.people p
  where p.person_id = person and (p.suspended_at is not null or p.sector is not null and private.counts_as_government(p.sector))
  on conflict on constraint blocked_addresses_pkey do update
  set suspended = k.suspended or excluded.suspended, governmental = k.governmental or excluded.governmental, deleted_at = now()
$$;
comment on function private.people_delete is
  'Records a suspension or a government sector under the hash of the address; the rest goes with the account.';

create function private.people_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from private.blocked_addresses k where k.deleted_at < now() - interval '2 years' returning 1
  ) select jsonb_build_object('blocked_addresses', count(*)) from gone
$$;
comment on function private.people_retention is 'Deletes the hashes of deleted addresses after two years.';

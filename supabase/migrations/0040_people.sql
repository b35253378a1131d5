-- People: who is here, what they told us of themselves, and what they may do.
--
-- A person is a confirmed account with a profile. Colleagues (members of committees, past and
-- present, and organizers) know one another's name; nobody else sees anybody. What only concerns
-- the person (how we write to them) stands in `preferences`. Roles have dates and live in the
-- private schema: they are looked up on every request, never read from a token.

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
comment on table private.roles is 'Roles with their dates. A role whose end has passed is no role.';
create index roles_by_person on private.roles (person_id);
alter table private.roles enable row level security;

insert into private.personal_columns values
  ('public.people', 'person_id', 'the account', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.people', 'name', 'be called by it', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.people', 'language', 'speak the person''s language', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.people', 'province', 'see which seats are missing', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.people', 'sector', 'keep closed groups closed', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.people', 'organization_name', 'say for whom one speaks', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.people', 'organization_id', 'say for whom one speaks', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.people', 'suspended_at', 'keep someone out', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.people', 'created_at', 'know since when', 'the person, colleagues, organizers', 'while the account lasts', 'deleting the account'),
  ('public.preferences', 'person_id', 'the account', 'the person', 'while the account lasts', 'deleting the account'),
  ('public.preferences', 'discreet', 'neutral subjects of emails', 'the person', 'while the account lasts', 'deleting the account'),
  ('private.roles', 'person_id', 'who may organize', 'the guards', 'while the account lasts', 'deleting the account');

-- Guards ------------------------------------------------------------------------------------

-- The person behind this request; null without profile, and null once suspended, so that every
-- policy and verb closes at the same moment.
create function private.my_id()
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
  select person_id from public.people
  where person_id = (select auth.uid()) and suspended_at is null
$$;
comment on function private.my_id is 'The person behind this request, or null (no profile, or suspended).';

create function private.is_organizer()
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from private.roles
    where person_id = (select private.my_id()) and role = 'organizer'
      and starts_at <= now() and (ends_at is null or ends_at > now())
  )
$$;
comment on function private.is_organizer is 'Whether the person behind this request is an organizer today.';

-- Someone whose sector is not known counts as outside.
create function private.is_outside_government()
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce((
    select not private.is_governmental(sector) from public.people where person_id = (select private.my_id())
  ), false)
$$;
comment on function private.is_outside_government is 'Whether the person may enter what is marked "NGOs only".';

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
  if auth.uid() is null then
    raise exception 'sign_in_first' using errcode = 'PT401';
  elsif exists (select from public.people where person_id = auth.uid() and suspended_at is not null) then
    raise exception 'account_suspended' using errcode = 'PT403';
  elsif me is null then
    raise exception 'profile_first' using errcode = 'PT409';
  end if;
  return me;
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
-- Of a person others may see the name and for whom they speak. What they told of themselves beyond
-- that (sector, province, language) and whether they are kept out is read by `me` and by nobody else.
grant select (person_id, name, organization_name) on public.people to authenticated;
grant select on public.preferences to authenticated;
create policy "People read themselves" on public.people
  for select to authenticated using (person_id = (select private.my_id()));
create policy "Organizers read everyone" on public.people
  for select to authenticated using ((select private.is_organizer()));
create policy "People read their own preferences" on public.preferences
  for select to authenticated using (person_id = (select private.my_id()));

-- One row about the person who asks, on every request of someone signed in; none without profile.
create function public.me()
returns table (
  person_id uuid, name text, language public.language, province public.province, sector public.sector,
  organization_name text, discreet boolean, organizer boolean, suspended boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select p.person_id, p.name, p.language, p.province, p.sector, p.organization_name,
         coalesce(f.discreet, false), private.is_organizer(), p.suspended_at is not null
  from public.people p
  left join public.preferences f on f.person_id = p.person_id
  where p.person_id = (select auth.uid())
$$;
comment on function public.me is 'The profile and rights of the person who asks; no row before the profile is written.';
revoke execute on function public.me from public, anon;
grant execute on function public.me to authenticated;

-- Verbs -------------------------------------------------------------------------------------

-- Erasing an account must not be the way vote a suspension or a closed door. Of the address only
-- its hash is kept, for two years, and only for those it concerns.
create table private.blocked_addresses (
  address_hash text primary key,
  suspended boolean not null,
  governmental boolean not null,
  deleted_at timestamptz not null default now()
);
comment on table private.blocked_addresses is 'Hashes of erased addresses that were suspended or governmental; two years.';
alter table private.blocked_addresses enable row level security;
insert into private.personal_columns values
  ('private.blocked_addresses', 'address_hash', 'keep a suspension after erasure', 'nobody', 'two years', 'delete_old_registrations'),
  ('private.blocked_addresses', 'suspended', 'keep a suspension after erasure', 'nobody', 'two years', 'delete_old_registrations'),
  ('private.blocked_addresses', 'governmental', 'keep closed groups closed after erasure', 'nobody', 'two years', 'delete_old_registrations'),
  ('private.blocked_addresses', 'deleted_at', 'forget it after two years', 'nobody', 'two years', 'delete_old_registrations');

create function private.address_hash(account uuid)
returns text
language sql
stable
set search_path = ''
as $$ select encode(sha256(convert_to(lower(email), 'UTF8')), 'hex') from auth.users where id = account $$;

-- Moving out of a governmental sector would open closed groups: an organizer does that. To no sector
-- at all is out, too: the next step would lead anywhere.
create function private.save_person(
  person_id uuid, name text, language public.language, province public.province, sector public.sector, organization_name text
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  before public.people;
  kept private.blocked_addresses;
begin
  select k.* into kept from private.blocked_addresses k where k.address_hash = private.address_hash(save_person.person_id);
  select * into before from public.people p where p.person_id = save_person.person_id for update;
  if before.suspended_at is not null or kept.suspended then
    raise exception 'account_suspended' using errcode = 'PT403';
  end if;
  if (private.is_governmental(before.sector) or kept.governmental) 
    and private.is_governmental(save_person.sector) is not true
  then
    raise exception 'sector_needs_organizer' using errcode = 'PT403';
  end if;
  insert into public.people as p (person_id, name, language, province, sector, organization_name, organization_id)
  values (save_person.person_id, private.one_line(save_person.name), save_person.language, save_person.province, save_person.sector,
          nullif(private.one_line(save_person.organization_name), ''), private.organization_called(private.one_line(save_person.organization_name)))
  on conflict on constraint people_pkey do update
  set name = excluded.name, language = excluded.language, province = excluded.province, sector = excluded.sector,
      organization_name = excluded.organization_name, organization_id = excluded.organization_id;
end
$$;
comment on function private.save_person is 'Creates or changes a profile; the sector cannot leave government by its owner''s hand.';

create function private.save_discreet(person_id uuid, discreet boolean)
returns void
language sql
set search_path = ''
as $$
  insert into public.preferences as p (person_id, discreet) values (person_id, discreet)
  on conflict on constraint preferences_pkey do update set discreet = excluded.discreet
$$;
comment on function private.save_discreet is 'Notes whether emails to a person say nothing on their outside.';

create function public.save_profile(
  name text, language public.language, province public.province, sector public.sector, organization_name text, discreet boolean
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
begin
  if me is null then
    raise exception 'sign_in_first' using errcode = 'PT401';
  end if;
  perform private.save_person(me, name, language, province, sector, organization_name);
  perform private.save_discreet(me, discreet);
end
$$;
comment on function public.save_profile is 'Saves the profile of the person who asks.';
revoke execute on function public.save_profile from public, anon;
grant execute on function public.save_profile to authenticated;

-- The one way out of a governmental sector, and into one for whoever chose another by mistake. Not
-- for oneself: an organizer who represents a government must not open closed groups alone.
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
  -- What was remembered of an account erased before must not undo the decision.
  update private.blocked_addresses k set governmental = private.is_governmental(set_sector.sector)
  where k.address_hash = private.address_hash(set_sector.person_id);
  perform private.log('set_sector', set_sector.person_id, '{sector}');
end
$$;
comment on function public.set_sector is 'Organizer: corrects the sector of another person, out of government too.';
revoke execute on function public.set_sector from public, anon;
grant execute on function public.set_sector to authenticated;

-- One signs in by email. A password could be set by whoever signs a stranger's address up, and
-- would open the account once its owner confirms it; so none ever opens anything.
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

-- The "Send Email" hook of the auth server: {"user": {...}, "email_data": {...}}. The same emails,
-- in both languages, whichever backend runs.
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
      'type', event #>> '{email_data,email_action_type}'
    ),
    -- As long as the code itself: `otp_expiry` of the auth server.
    interval '15 minutes'
  );
  return '{}';
end
$$;
comment on function private.queue_auth_email is 'Writes the emails of the auth server into the outbox (its "Send Email" hook).';
do $$
begin
  if exists (select from pg_roles where rolname = 'supabase_auth_admin') then
    grant usage on schema private to supabase_auth_admin;
    grant execute on function private.queue_auth_email to supabase_auth_admin;
  end if;
end
$$;

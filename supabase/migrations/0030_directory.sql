-- Directory: the provinces and territories, the sectors, and the organizations of the network.
-- Anyone reads it. Names of provinces and sectors are words of the site (messages), not rows.

insert into private.domains values ('directory', 30);

create type public.province as enum ('AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT');
create type public.sector as enum (
  'ngo', 'service_provider', 'grassroots', 'academic', 'government', 'law_enforcement', 'legal', 'lived_experience'
);
create type public.affiliation as enum ('member', 'non_member', 'observer');

-- The one place that says which sectors "closed to government and police" means; src/lib/directory/rules.ts
-- says the same. An unknown sector counts as government, so that nobody gets in by leaving it out.
create function private.counts_as_government(sector public.sector)
returns boolean
language sql
immutable
set search_path = ''
as $$ select sector is null or sector in ('government', 'law_enforcement') $$;
comment on function private.counts_as_government is
  'Whether someone of this sector may not enter what is closed to government; true when it is unknown.';

-- Shelters are shown by city only: an address column does not exist, so none can leak.
create table public.organizations (
  organization_id uuid primary key default gen_random_uuid(),
  name_en text not null constraint organizations_name_en_length check (char_length(name_en) between 2 and 160),
  name_fr text not null constraint organizations_name_fr_length check (char_length(name_fr) between 2 and 160),
  city text constraint organizations_city_length check (char_length(city) <= 80),
  province public.province,
  serves public.province[] not null default '{}',
  mandate_en text not null default '' constraint organizations_mandate_en_length check (char_length(mandate_en) <= 1000),
  mandate_fr text not null default '' constraint organizations_mandate_fr_length check (char_length(mandate_fr) <= 1000),
  languages text[] not null default '{}',
  affiliation public.affiliation not null default 'non_member',
  sample boolean not null default false
);
comment on table public.organizations is
  'Organizations of the network, as anyone may read them: city, province, mandate in both languages.';
create unique index organizations_name_en_once on public.organizations (lower(name_en));
create unique index organizations_name_fr_once on public.organizations (lower(name_fr));
alter table public.organizations enable row level security;
grant select on public.organizations to anon, authenticated;
create policy "Anyone reads the directory" on public.organizations
  for select to anon, authenticated using (true);

create function private.organization_called(name text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select organization_id from public.organizations
  where lower(btrim(name)) in (lower(name_en), lower(name_fr))
$$;
comment on function private.organization_called is 'The organization of the directory with this name in either language, or null.';

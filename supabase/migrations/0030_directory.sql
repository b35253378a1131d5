-- Directory: the provinces and territories, the sectors, and the organizations of the network.
-- Anyone reads it. Sectors are rows, so that organizers add and name them (the verbs are with people, who have the
-- guards); names of provinces are words of the site (messages).

insert into private.domains values ('directory', 30);

create type public.province as enum ('AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT');
create type public.affiliation as enum ('member', 'non_member', 'observer');

-- Names are as inside a sentence: what shows one alone begins it with a capital. `added_at` is null for those that
-- the site began with.
create table public.sectors (
  sector text primary key constraint sectors_sector_shape check (sector ~ '^[a-z][a-z0-9_]{1,40}$'),
  name_en text not null constraint sectors_name_en_length check (char_length(name_en) between 2 and 80),
  name_fr text not null constraint sectors_name_fr_length check (char_length(name_fr) between 2 and 80),
  counts_as_government boolean not null,
  position integer not null,
  added_at timestamptz,
  retired_at timestamptz,
  version integer not null default 1,
  constraint sectors_always_government check (counts_as_government or sector not in ('government', 'law_enforcement', 'undisclosed'))
);
comment on table public.sectors is
  'The sectors that people choose from: names in both languages, order, and whether they count as government or police.';
create unique index sectors_name_en_once on public.sectors (lower(name_en));
create unique index sectors_name_fr_once on public.sectors (lower(name_fr));
alter table public.sectors enable row level security;
grant select on public.sectors to anon, authenticated;
create policy "Anyone reads the sectors" on public.sectors
  for select to anon, authenticated using (true);

insert into public.sectors (sector, name_en, name_fr, counts_as_government, position)
select v.*, row_number() over ()
from (values
  ('ngo', 'non-governmental organization', 'organisme non gouvernemental', false),
  ('service_provider', 'service provider', 'prestataire de services', false),
  ('grassroots', 'grassroots group', 'groupe communautaire ou citoyen', false),
  ('indigenous', 'Indigenous organization', 'organisme autochtone', false),
  ('lived_experience', 'person with lived experience', 'personne ayant une expérience vécue', false),
  ('youth', 'youth', 'jeunesse', false),
  ('faith', 'faith community', 'communauté de foi', false),
  ('health', 'health', 'santé', false),
  ('labour', 'labour or union', 'syndicat ou travail', false),
  ('legal', 'legal practice', 'milieu juridique', false),
  ('academic', 'university or research centre', 'milieu universitaire ou de la recherche', false),
  ('private_sector', 'private sector', 'secteur privé', false),
  ('government', 'government (any level)', 'gouvernement (tous les paliers)', true),
  ('law_enforcement', 'police or other law enforcement', 'police ou autre force de l’ordre', true),
  ('undisclosed', 'prefer not to say', 'préfère ne pas répondre', true)
) v;

-- The one place that says whom "closed to government and police" means. An unknown sector counts as government, so
-- that nobody gets in by leaving it out. Plpgsql, because policies ask it: the plan is cached for the connection.
create function private.counts_as_government(sector text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (select s.counts_as_government from public.sectors s where s.sector = counts_as_government.sector), true);
end
$$;
comment on function private.counts_as_government is
  'Whether someone of this sector may not enter what is closed to government; true when it is unknown.';

-- Who says so cannot take it back alone. No answer, or the one of those who prefer not to say, leaves it open.
create function private.says_government(sector text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return sector is not null and sector <> 'undisclosed' and private.counts_as_government(sector);
end
$$;
comment on function private.says_government is 'Whether this sector says that somebody is from a government or police.';

-- Accents are dropped, so that "Église" is `eglise`.
create function private.free_sector(name text)
returns text
language sql
stable
set search_path = ''
as $$
  with plain as (
    select regexp_replace(regexp_replace(private.unaccented(name), '[''’.]+', '', 'g'), '[^a-z]+', '_', 'g') as code
  ), short as (
    select coalesce(nullif(btrim(left(btrim(p.code, '_'), 36), '_'), ''), 'sector') as code from plain p
  ), candidates as (
    select p.code || case when n > 1 then '_' || n else '' end as code, n from short p, generate_series(1, 99) n
  )
  select c.code from candidates c
  where char_length(c.code) > 1 and not exists (select from public.sectors s where s.sector = c.code) order by c.n limit 1
$$;
comment on function private.free_sector is 'The code of a new sector, from its English name; with a number when that is taken.';

-- Positions from 1 without gaps; `after` null is the first place.
create function private.place_sector(sector text, after text)
returns void
language sql
set search_path = ''
as $$
  update public.sectors s set position = o.place
  from (
    select t.sector, row_number() over (
      order by case when t.sector <> place_sector.sector then t.position
        else coalesce((select a.position from public.sectors a where a.sector = place_sector.after), 0) end,
        t.sector = place_sector.sector, t.sector) as place
    from public.sectors t
  ) o
  where o.sector = s.sector and s.position <> o.place
$$;
comment on function private.place_sector is 'Moves a sector to the place after another one.';

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
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select o.organization_id from public.organizations o
    where lower(btrim(name)) in (lower(o.name_en), lower(o.name_fr)));
end
$$;
comment on function private.organization_called is 'The organization of the directory with this name in either language, or null.';

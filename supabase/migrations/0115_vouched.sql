-- Vouched spots: an organization of the directory vouches for a person who gives no name and no address.
--
-- A printed code is the account. The site makes an account whose address nothing can be sent to, and the database holds a
-- keyed hash of the code: its key lies outside the database. At the first use the code is swapped for another one that
-- only the person has seen, with a word that they choose. Organizers act for the organization, which has no account here:
-- they make, renew and revoke codes. They see that a spot is taken, and neither sessions nor ballot of its person.
--
-- Anybody who has a code that was not used yet can use it. So a renewed code asks for the word of the person: without it the
-- spot goes to a new account, and what was chosen with the old one is deleted or stays out of reach.

insert into private.domains values ('vouched', 115);

create table private.vouched_spots (
  spot_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  organization_id uuid references public.organizations on delete set null,
  number integer not null,
  person_id uuid not null references public.people on delete cascade,
  -- The form that made it: sent twice, it makes no second spot.
  batch_id uuid not null,
  code_hash text not null constraint vouched_spots_code_hash_shape check (code_hash ~ '^[0-9a-f]{64}$'),
  -- Whether the code is one that was printed, and not yet one that only the person knows.
  printed boolean not null default true,
  word_hash text constraint vouched_spots_word_hash_length check (char_length(word_hash) between 40 and 300),
  words_tried integer not null default 0,
  support_person boolean not null,
  honorarium boolean not null,
  constraint vouched_spots_one_number unique (forum_id, number),
  constraint vouched_spots_one_person unique (person_id),
  constraint vouched_spots_one_code unique (code_hash)
);
comment on table private.vouched_spots is
  'Spots of people who give no name: which organization vouches, and keyed hashes of the code and of the word.';
create index vouched_spots_by_organization on private.vouched_spots (organization_id);
alter table private.vouched_spots enable row level security;

insert into private.personal_columns
select 'private.vouched_spots', c, 'give a spot without a name', case
    when c in ('code_hash', 'word_hash', 'words_tried', 'batch_id') then 'nobody' else 'the person, organizers' end,
  '12 months after the forum', 'vouched_retention; revoke_vouched_spot; deleting the account'
from unnest(array['spot_id', 'forum_id', 'organization_id', 'number', 'person_id', 'batch_id', 'code_hash', 'printed', 'word_hash',
  'words_tried', 'support_person', 'honorarium']) c;

-- Guards and helpers --------------------------------------------------------------------------

create function private.is_vouched(person uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (select from private.vouched_spots v where v.person_id = is_vouched.person);
end
$$;
comment on function private.is_vouched is 'Whether a person has a vouched spot.';

-- Both languages, since it is stored once and organizers read either.
create function private.vouched_name(number integer)
returns text
language sql
immutable
set search_path = ''
as $$ select format('Guest %1$s / Personne invitée %1$s', number) $$;

-- The domain of the addresses that the site makes up; what is before it is random.
create function private.is_made_up(account uuid)
returns boolean
language sql
stable
set search_path = ''
as $$ select exists (select from auth.users u where u.id = account and u.email like '%@vouched.invalid') $$;
comment on function private.is_made_up is 'Whether the site made up the address of an account, for a vouched spot.';

-- Of what a person may write elsewhere, all that would say who they are, or reach somebody.
create function private.refuse_vouched()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  id uuid := to_jsonb(new) ->> tg_argv[0];
  person uuid := case tg_argv[0] when 'registration_id'
    then (select r.person_id from public.registrations r where r.registration_id = id) else id end;
begin
  if private.is_vouched(person) then
    raise exception 'vouched_not_here' using errcode = 'PT403';
  end if;
  return new;
end
$$;
create trigger vouched_hand_nothing_over before insert on private.invitations
  for each row when (new.from_registration_id is not null) execute function private.refuse_vouched('made_by');
create trigger vouched_send_no_requests before insert on public.requests
  for each row execute function private.refuse_vouched('person_id');
create trigger vouched_have_no_role before insert on private.roles
  for each row execute function private.refuse_vouched('person_id');
create trigger vouched_have_no_forum_role before insert on private.forum_roles
  for each row execute function private.refuse_vouched('person_id');
create trigger vouched_join_no_committee before insert on public.memberships
  for each row execute function private.refuse_vouched('person_id');
create trigger vouched_are_on_no_list before insert on private.visibility
  for each row execute function private.refuse_vouched('registration_id');
create trigger vouched_answer_no_questions before insert on public.answers
  for each row execute function private.refuse_vouched('person_id');

create trigger vouched_stay_without_name before update of name, organization_name on public.people
  for each row when ((new.name, new.organization_name) is distinct from (old.name, old.organization_name))
  execute function private.refuse_vouched('person_id');

-- Registering again after cancelling gets no name in either; another forum needs a spot of its own.
create function private.refuse_vouched_registration()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  spot private.vouched_spots;
begin
  select * into spot from private.vouched_spots v where v.person_id = new.person_id;
  if spot.spot_id is not null and (new.forum_id <> spot.forum_id or new.name <> private.vouched_name(spot.number)
    or new.badge_name is not null or new.organization_name is not null)
  then
    raise exception 'vouched_not_here' using errcode = 'PT403';
  end if;
  return new;
end
$$;
create trigger vouched_registrations_without_name
  before insert or update of forum_id, name, badge_name, organization_name on public.registrations
  for each row execute function private.refuse_vouched_registration();

-- Beside the policies of `signups`: what a vouched person chose is theirs alone, organizers included.
create policy "Vouched people alone read their signups" on public.signups
  as restrictive for select to authenticated using (
    person_id = (select private.my_id()) or not (select private.is_organizer()) or not private.is_vouched(person_id));
grant execute on function private.is_vouched to authenticated;

create function private.must_find_vouched(spot_id uuid)
returns private.vouched_spots
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  spot private.vouched_spots;
begin
  -- The forum first, as every verb locks them.
  perform from public.forums f join private.vouched_spots v using (forum_id)
  where v.spot_id = must_find_vouched.spot_id for no key update of f;
  select * into spot from private.vouched_spots v where v.spot_id = must_find_vouched.spot_id for update;
  if not found then
    raise exception 'vouched_not_found' using errcode = 'PT404';
  end if;
  return spot;
end
$$;
comment on function private.must_find_vouched is 'The vouched spot, locked after its forum, or a refusal.';

-- On the voters' list of an open vote the account stays, out of reach, whether it has voted or not: its ballot counts,
-- and that it is still there does not say that it voted. `vouched_retention` deletes it after the count.
create function private.leave_account(person uuid)
returns void
language sql
set search_path = ''
as $$
  delete from auth.sessions s where s.user_id = person;
  delete from public.signups t where t.person_id = person;
  delete from public.session_waits w where w.person_id = person;
  delete from auth.users u
  where u.id = person and not exists (
    select from private.voters l join public.votes v using (vote_id) where l.person_id = person and v.counted_at is null)
$$;
comment on function private.leave_account is
  'Deletes an account that has no spot any more, or makes it unreachable until a vote is counted.';

-- Page function -------------------------------------------------------------------------------

-- Whether a code was used is for handing out the others. Definer, since the table is private.
create function public.vouched_spots(slug text)
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
      'forum', jsonb_build_object('forum_id', f.forum_id, 'slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr,
        'starts_on', f.starts_on, 'ends_on', f.ends_on, 'capacity_in_person', f.capacity_in_person,
        'capacity_online', f.capacity_online, 'takes_place', f.published_at is not null and private.takes_place(f)),
      'free', private.free_spots(f),
      'organizations', (
        select coalesce(jsonb_agg(jsonb_build_object('organization_id', o.organization_id, 'name_en', o.name_en, 'name_fr', o.name_fr)
          order by o.name_en), '[]') from public.organizations o),
      'spots', (
        select coalesce(jsonb_agg(jsonb_build_object('spot_id', v.spot_id, 'number', v.number, 'name_en', o.name_en,
          'name_fr', o.name_fr, 'mode', r.mode, 'status', r.status, 'support_person', v.support_person, 'honorarium', v.honorarium,
          'code', case when not v.printed then 'used' when v.word_hash is null then 'new' else 'renewed' end) order by v.number), '[]')
        from private.vouched_spots v
        left join public.organizations o using (organization_id)
        left join public.registrations r on r.forum_id = v.forum_id and r.person_id = v.person_id
        where v.forum_id = f.forum_id))
    from public.forums f where f.slug = vouched_spots.slug
  );
end
$$;
comment on function public.vouched_spots is
  'The vouched spots of a forum, its free spots and the organizations of the directory: {forum, free, organizations, spots}; '
  '`code` is new, used or renewed. Null when there is no such forum. Callers: organizers.';

-- Definer, since the table is private; it answers about the person who asks alone.
create function public.my_vouched_spot()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object('number', v.number, 'support_person', v.support_person, 'honorarium', v.honorarium, 'slug', f.slug)
    from private.vouched_spots v join public.forums f using (forum_id) where v.person_id = private.must_be_someone());
end
$$;
comment on function public.my_vouched_spot is
  'The vouched spot of the person who asks: {number, support_person, honorarium, slug}; null without one. Callers: people.';

-- Verbs -------------------------------------------------------------------------------------

-- The site made the accounts before, one for each code. They are registered as if they had asked and are then approved,
-- so that a full forum refuses them, or gives a spot beyond its capacity for a reason, as it does for everybody.
create function public.make_vouched_spots(
  forum_id uuid, organization_id uuid, batch_id uuid, mode public.mode, language public.language, province public.province,
  sector text, support_person boolean, honorarium boolean, over_capacity boolean, reason text, accounts uuid[], code_hashes text[]
)
returns integer[]
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  wanted integer := cardinality(accounts);
  made uuid[];
  numbers integer[];
begin
  perform private.must_take_place(forum);
  if forum.published_at is null then
    raise exception 'vouched_draft' using errcode = 'PT409';
  elsif exists (
    select from private.vouched_spots v where v.forum_id = forum.forum_id and v.batch_id = make_vouched_spots.batch_id)
  then
    raise exception 'vouched_made_already' using errcode = 'PT409';
  elsif coalesce(private.capacity(forum, make_vouched_spots.mode), 0) = 0 then
    raise exception 'mode_not_offered' using errcode = 'PT422';
  elsif not exists (
    select from public.organizations o where o.organization_id = make_vouched_spots.organization_id)
  then
    raise exception 'vouched_organization' using errcode = 'PT422';
  elsif private.counts_as_government(make_vouched_spots.sector) then
    raise exception 'vouched_sector' using errcode = 'PT422';
  elsif wanted is null or wanted not between 1 and 12 or wanted <> cardinality(code_hashes)
    or wanted <> (select count(distinct a) from unnest(accounts) a)
    or exists (
      select from unnest(accounts) a
      where not private.is_made_up(a) or exists (select from public.people p where p.person_id = a))
  then
    raise exception 'vouched_accounts' using errcode = 'PT422';
  end if;
  perform private.must_be_offered(make_vouched_spots.sector, null);

  with numbered as (
    select a.account, a.code_hash, a.n + (
      select coalesce(max(v.number), 0) from private.vouched_spots v where v.forum_id = forum.forum_id) as number
    from unnest(accounts, code_hashes) with ordinality a(account, code_hash, n)
  ), people as (
    insert into public.people (person_id, name, language, province, sector, approved_at)
    select n.account, private.vouched_name(n.number::integer), make_vouched_spots.language, make_vouched_spots.province,
      make_vouched_spots.sector, now()
    from numbered n
  ), spots as (
    insert into private.vouched_spots
      (forum_id, organization_id, number, person_id, batch_id, code_hash, support_person, honorarium)
    select forum.forum_id, make_vouched_spots.organization_id, n.number, n.account, make_vouched_spots.batch_id, n.code_hash,
      coalesce(make_vouched_spots.support_person, false), coalesce(make_vouched_spots.honorarium, false)
    from numbered n
  )
  select array_agg(n.number::integer order by n.number) into numbers from numbered n;

  with pending as (
    insert into public.registrations (forum_id, person_id, mode, status, name, language, province, sector)
    select forum.forum_id, p.person_id, make_vouched_spots.mode, 'pending', p.name, p.language, p.province, p.sector
    from public.people p where p.person_id = any (accounts)
    returning registration_id
  )
  select array_agg(p.registration_id) into made from pending p;
  if exists (
    select from public.approve_registrations(forum.forum_id, made, over_capacity, reason) a where a.status <> 'confirmed')
  then
    raise exception 'vouched_no_room' using errcode = 'PT409';
  end if;
  perform private.log('make_vouched_spots', forum.forum_id);
  return numbers;
end
$$;
comment on function public.make_vouched_spots is
  'Makes up to 12 confirmed spots for people whom an organization vouches for, one for each account and hash of a code, and '
  'gives their numbers. Callers: organizers. Refuses: forum_not_found, forum_cancelled, registration_forum_over, vouched_draft, '
  'vouched_made_already, mode_not_offered, vouched_organization, vouched_sector, vouched_accounts, sector_not_offered, '
  'vouched_no_room, reason_missing.';

-- Signs the person out everywhere. The word stays: it decides what the new code opens.
create function public.renew_vouched_code(spot_id uuid, code_hash text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  spot private.vouched_spots := private.must_find_vouched(spot_id);
begin
  update private.vouched_spots v set code_hash = renew_vouched_code.code_hash, printed = true where v.spot_id = spot.spot_id;
  delete from auth.sessions s where s.user_id = spot.person_id;
  perform private.log('renew_vouched_code', spot.forum_id);
  return spot.number;
end
$$;
comment on function public.renew_vouched_code is
  'Replaces the code of a vouched spot, ends the sessions of its person and gives the number of the spot. Callers: organizers. '
  'Refuses: vouched_not_found.';

-- The registration goes before the account, so that its spot is offered.
create function public.revoke_vouched_spot(spot_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  spot private.vouched_spots := private.must_find_vouched(spot_id);
begin
  perform private.registrations_delete(spot.person_id);
  delete from private.vouched_spots v where v.spot_id = spot.spot_id;
  perform private.leave_account(spot.person_id);
  perform private.log('revoke_vouched_spot', spot.forum_id);
end
$$;
comment on function public.revoke_vouched_spot is
  'Deletes a vouched spot with its account; the spot is offered to those who wait. A ballot in an open vote still counts. '
  'Callers: organizers. Refuses: vouched_not_found.';

-- A post and not a read: what is looked up must not get into addresses and their logs. A wrong code costs one row less.
create function public.vouched_code(code_hash text)
returns jsonb
language sql
volatile
security definer
set search_path = ''
as $$
  select jsonb_build_object('address', u.email, 'slug', f.slug, 'printed', v.printed, 'has_word', v.word_hash is not null)
  from private.vouched_spots v join public.forums f using (forum_id) join auth.users u on u.id = v.person_id
  where v.code_hash = vouched_code.code_hash
$$;
comment on function public.vouched_code is
  'What a code opens: {address, slug, printed, has_word}; null for a wrong, old or revoked one. Callers: the site (secret key).';

-- Counted before it is compared, so that two at once are two. Five until a right one; then the spot alone can be taken.
create function public.try_vouched_word(code_hash text)
returns text
language sql
security definer
set search_path = ''
as $$
  update private.vouched_spots v set words_tried = v.words_tried + 1
  where v.code_hash = try_vouched_word.code_hash and v.printed and v.words_tried < 5
  returning v.word_hash
$$;
comment on function public.try_vouched_word is
  'Counts an attempt at the word of a renewed code and gives its hash to compare with; null without one, and after five '
  'attempts. Callers: the site (secret key).';

-- Of two at once one finds the code gone. With `account` the person has no word: the spot goes to that new account.
create function public.swap_vouched_code(
  code_hash text, new_hash text, word_hash text, language public.language, account uuid default null
)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  spot private.vouched_spots;
  holder uuid;
begin
  perform from public.forums f join private.vouched_spots v using (forum_id)
  where v.code_hash = swap_vouched_code.code_hash for no key update of f;
  select * into spot from private.vouched_spots v
  where v.code_hash = swap_vouched_code.code_hash and v.printed for update;
  if not found then
    return null;
  end if;
  holder := coalesce(account, spot.person_id);
  if account is not null then
    if not private.is_made_up(account) then
      raise exception 'vouched_accounts' using errcode = 'PT422';
    end if;
    insert into public.people (person_id, name, language, province, sector, approved_at)
    select account, p.name, p.language, p.province, p.sector, p.approved_at from public.people p where p.person_id = spot.person_id;
  end if;
  update private.vouched_spots v
  set code_hash = new_hash, printed = false, word_hash = swap_vouched_code.word_hash, words_tried = 0, person_id = holder
  where v.spot_id = spot.spot_id;
  update public.people p set language = swap_vouched_code.language where p.person_id = holder;
  update public.registrations r set person_id = holder, language = swap_vouched_code.language
  where r.forum_id = spot.forum_id and r.person_id = spot.person_id;
  if holder <> spot.person_id then
    perform private.leave_account(spot.person_id);
  end if;
  return (select u.email from auth.users u where u.id = holder);
end
$$;
comment on function public.swap_vouched_code is
  'Swaps a printed code for another one with a word, and gives the address of the account; null when the code is not good any '
  'more. With `account`, the spot moves to that account and what the one before chose is deleted. Callers: the site (secret '
  'key). Refuses: vouched_accounts.';

revoke execute on function public.vouched_spots, public.my_vouched_spot, public.make_vouched_spots, public.renew_vouched_code,
  public.revoke_vouched_spot from public, anon;
grant execute on function public.vouched_spots, public.my_vouched_spot, public.make_vouched_spots, public.renew_vouched_code,
  public.revoke_vouched_spot to authenticated;
revoke execute on function public.vouched_code, public.try_vouched_word, public.swap_vouched_code from public, anon, authenticated;
grant execute on function public.vouched_code, public.try_vouched_word, public.swap_vouched_code to service_role;

-- What other domains gather ------------------------------------------------------------------

create function private.vouched_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('vouched_spots', (
    select jsonb_build_object('forum', f.slug, 'organization_en', o.name_en, 'organization_fr', o.name_fr, 'number', v.number,
      'support_person', v.support_person, 'honorarium', v.honorarium)
    from private.vouched_spots v join public.forums f using (forum_id) left join public.organizations o using (organization_id)
    where v.person_id = person))
$$;
comment on function private.vouched_export is 'The vouched spot of a person and who vouches, without hashes.';

-- Registrations of these forums are deleted the same day, after their figures are stored. An account without a spot is one
-- that waited for a count, or was made for a spot that was refused.
create function private.vouched_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with spots as (
    delete from auth.users u using private.vouched_spots v, public.forums f
    where v.person_id = u.id and f.forum_id = v.forum_id and f.ends_on < current_date - interval '12 months' returning 1
  ), left_over as (
    delete from auth.users u
    where u.email like '%@vouched.invalid' and u.created_at < now() - interval '1 day'
      and not exists (select from private.vouched_spots v where v.person_id = u.id)
      and not exists (
        select from private.voters l join public.votes v using (vote_id) where l.person_id = u.id and v.counted_at is null) returning 1
  )
  select jsonb_build_object('vouched_spots', (select count(*) from spots), 'left_accounts', (select count(*) from left_over))
$$;
comment on function private.vouched_retention is
  'Deletes vouched spots 12 months after their forum, and accounts that have none any more.';

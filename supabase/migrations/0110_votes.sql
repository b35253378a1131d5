-- Votes: the secret vote on a forum's list.
--
-- A vote is locked when it opens: items, wording, number of choices, voters, quorum, closing time. Opening and
-- closing follow the clock of the database inside each verb; no job closes anything. Until the count a ballot
-- refers to its person, so that it can be replaced, and is encrypted: what was picked can be read only with a key of
-- this vote that the site stores outside the database and passes with each call. After the count the site
-- destroys the key, so that dead rows, the write-ahead log and backups made before hold nothing readable.
-- Anonymous ballots have new random ids, are stored in random order, and say nothing of person, time or group.
-- No result exists before.

insert into private.domains values ('votes', 110);

create type public.ballot_mode as enum ('confidential');

-- An invented vote belongs to an invented forum: the foreign key holds both columns.
create table public.votes (
  vote_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null,
  title_en text not null constraint votes_title_en_length check (char_length(title_en) between 3 and 160),
  title_fr text not null constraint votes_title_fr_length check (char_length(title_fr) between 3 and 160),
  mode public.ballot_mode not null default 'confidential',
  opens_at timestamptz not null default now(),
  closes_at timestamptz not null,
  choices integer not null constraint votes_choices_range check (choices between 1 and 12),
  stars integer not null default 3 constraint votes_stars_range check (stars between 0 and 3),
  quorum integer not null default 0 constraint votes_quorum_positive check (quorum >= 0),
  sectors text[] not null,
  voters_count integer not null default 0,
  counted_at timestamptz,
  ballots_cast integer,
  ballots_none integer,
  fingerprint text,
  sample boolean not null default false,
  constraint votes_forum_and_sample foreign key (forum_id, sample) references public.forums (forum_id, sample) on delete cascade,
  constraint votes_times_in_order check (closes_at > opens_at),
  constraint votes_counted_after_close check (counted_at >= closes_at),
  constraint votes_counted_whole check ((counted_at is null) = (ballots_cast is null))
);
comment on table public.votes is 'Votes on a forum''s list: the locked rules, and after the count the turnout.';
create index votes_of_forum on public.votes (forum_id, sample, opens_at);
alter table public.votes enable row level security;
grant select on public.votes to anon, authenticated;
create policy "Readers of a forum read its votes" on public.votes
  for select to anon, authenticated using (forum_id in (select forum_id from public.forums));

-- The wording of the list at opening; what changes in the priority later does not reach it.
create table public.vote_items (
  vote_id uuid not null references public.votes on delete cascade,
  priority_id uuid not null constraint vote_items_of_list references public.priorities,
  position integer not null,
  area_en text not null,
  area_fr text not null,
  title_en text not null,
  title_fr text not null,
  points_en text[] not null default '{}',
  points_fr text[] not null default '{}',
  primary key (vote_id, priority_id)
);
comment on table public.vote_items is 'The list of a vote as it was at opening: area, wording and sub-points in both languages.';
create index vote_items_by_priority on public.vote_items (priority_id);
alter table public.vote_items enable row level security;
grant select on public.vote_items to anon, authenticated;
create policy "Readers of a vote read its list" on public.vote_items
  for select to anon, authenticated using (vote_id in (select vote_id from public.votes));

-- Written once, by the count. Below five ballots nothing is written: turnout only.
create table public.results (
  vote_id uuid not null,
  priority_id uuid not null,
  picks integer not null,
  stars integer not null,
  rank integer not null,
  tied boolean not null,
  primary key (vote_id, priority_id),
  constraint results_of_item foreign key (vote_id, priority_id) references public.vote_items (vote_id, priority_id) on delete cascade
);
comment on table public.results is 'The ordered list that the count produced: picks, stars, rank; equal counts share a rank.';
create index results_by_priority on public.results (priority_id);
alter table public.results enable row level security;
grant select on public.results to anon, authenticated;
create policy "Readers of a vote read its result" on public.results
  for select to anon, authenticated using (vote_id in (select vote_id from public.votes));

create table private.voters (
  vote_id uuid not null references public.votes on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  primary key (vote_id, person_id)
);
comment on table private.voters is 'Who may vote in a vote.';
create index voters_by_person on private.voters (person_id);
alter table private.voters enable row level security;

-- No time of casting: what is not written down cannot be read.
create table private.ballots (
  vote_id uuid not null,
  person_id uuid not null,
  encrypted bytea not null,
  primary key (vote_id, person_id),
  constraint ballots_of_voter foreign key (vote_id, person_id) references private.voters (vote_id, person_id) on delete cascade
);
comment on table private.ballots is 'Encrypted ballots until the count, one for each person; the count empties this.';
alter table private.ballots enable row level security;

create table private.vote_keys (
  vote_id uuid primary key references public.votes on delete cascade,
  key_hash bytea not null
);
comment on table private.vote_keys is 'By what a vote recognizes its key, which the database never stores.';
alter table private.vote_keys enable row level security;

-- Without end: a key that is not destroyed leaves what was deleted readable.
create function private.queue_key_destruction()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.queue_job('votes_destroy_key', jsonb_build_object('vote_id', old.vote_id), old.vote_id::text, null, 'infinity');
  return null;
end
$$;
create trigger vote_keys_are_destroyed after delete on private.vote_keys
  for each row execute function private.queue_key_destruction();

create table private.anonymous_ballots (
  anonymous_ballot_id uuid primary key default gen_random_uuid(),
  vote_id uuid not null references public.votes on delete cascade,
  picks uuid[] not null,
  stars uuid[] not null
);
comment on table private.anonymous_ballots is 'Ballots after the count: what was picked, and nothing else.';
create index anonymous_ballots_of_vote on private.anonymous_ballots (vote_id);
alter table private.anonymous_ballots enable row level security;

insert into private.personal_columns values
  ('private.voters', 'vote_id', 'know who may vote', 'nobody', 'with the vote', 'deleting the account'),
  ('private.voters', 'person_id', 'know who may vote', 'nobody', 'with the vote', 'deleting the account'),
  ('private.ballots', 'vote_id', 'replace a ballot until the count', 'the person', 'until the count', 'count_vote, delete_ballot'),
  ('private.ballots', 'person_id', 'replace a ballot until the count', 'the person', 'until the count', 'count_vote, delete_ballot'),
  ('private.ballots', 'encrypted', 'replace a ballot until the count', 'the person', 'until the count', 'count_vote, delete_ballot');

-- Locking -----------------------------------------------------------------------------------

-- Definer, to see every vote. The lock on the forum makes a change wait for a vote that is being opened, and
-- the other way round, so that the list and the vote's copy agree.
create function private.refuse_locked_list()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform from public.forums f where f.forum_id in (new.forum_id, old.forum_id) order by f.forum_id for share;
  if exists (
    select from public.votes r
    where r.counted_at is null and r.forum_id in (new.forum_id, old.forum_id)
  ) then
    raise exception 'list_locked' using errcode = 'PT409';
  end if;
  return coalesce(new, old);
end
$$;
create trigger vote_locks_list before insert or delete or update of title_en, title_fr, area_id, parent_id, forum_id on public.priorities
  for each row execute function private.refuse_locked_list();
create trigger vote_locks_areas before insert or delete or update of name_en, name_fr, forum_id on public.areas
  for each row execute function private.refuse_locked_list();

-- The rules of a vote never change; the count fills in the rest once.
create function private.refuse_locked_vote()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if (new.forum_id, new.title_en, new.title_fr, new.mode, new.opens_at, new.closes_at,
      new.choices, new.stars, new.quorum, new.sectors, new.voters_count, new.sample)
     is distinct from
     (old.forum_id, old.title_en, old.title_fr, old.mode, old.opens_at, old.closes_at,
      old.choices, old.stars, old.quorum, old.sectors, old.voters_count, old.sample)
     or old.counted_at is not null
  then
    raise exception 'vote_locked' using errcode = 'PT409';
  end if;
  return new;
end
$$;
create trigger vote_is_locked before update on public.votes
  for each row execute function private.refuse_locked_vote();

-- A row is deleted only together with its vote.
create function private.refuse_locked_rows()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' or exists (select from public.votes r where r.vote_id = old.vote_id) then
    raise exception 'vote_locked' using errcode = 'PT409';
  end if;
  return old;
end
$$;
create trigger vote_items_are_locked before update or delete on public.vote_items
  for each row execute function private.refuse_locked_rows();
create trigger results_are_locked before update or delete on public.results
  for each row execute function private.refuse_locked_rows();

-- Encryption --------------------------------------------------------------------------------

-- Refuses a key that is not this vote's: a ballot encrypted with it could never be counted.
create function private.must_have_key(vote_id uuid, key text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (
    select from private.vote_keys k
    where k.vote_id = must_have_key.vote_id and k.key_hash = sha256(convert_to(must_have_key.key, 'UTF8'))
  ) then
    raise exception 'vote_key_missing' using errcode = 'PT409';
  end if;
end
$$;

-- All of one length, so that a box does not show how much was picked: 12 picks and 3 stars are 554 characters.
-- The key is random, so one hash of it is enough (s2k-mode 1).
create function private.encrypt_ballot(picks uuid[], stars uuid[], key text)
returns bytea
language sql
volatile
set search_path = ''
as $$
  select extensions.pgp_sym_encrypt(
    rpad(array_to_string(picks, ',') || ';' || array_to_string(stars, ','), 560), key, 'cipher-algo=aes256, s2k-mode=1')
$$;
comment on function private.encrypt_ballot is 'Encrypts picks and stars with the key of a vote.';

create function private.decrypt_ballot(encrypted bytea, key text, out picks uuid[], out stars uuid[])
language sql
immutable
set search_path = ''
as $$
  select string_to_array(split_part(words, ';', 1), ',')::uuid[], string_to_array(split_part(words, ';', 2), ',')::uuid[]
  from rtrim(extensions.pgp_sym_decrypt(encrypted, key)) words
$$;
comment on function private.decrypt_ballot is 'What `encrypt_ballot` encrypted: {picks, stars}.';

-- Opening -----------------------------------------------------------------------------------

-- A quarter of the list, between 4 and 12, and never more than there is.
create function private.choices_for(items bigint)
returns integer
language sql
immutable
set search_path = ''
as $$ select least(items, greatest(4, least(12, round(items / 4.0))))::integer $$;

create function private.copy_list(vote public.votes)
returns void
language sql
set search_path = ''
as $$
  insert into public.vote_items (vote_id, priority_id, position, area_en, area_fr, title_en, title_fr, points_en, points_fr)
  select vote.vote_id, p.priority_id,
         row_number() over (order by a.position, p.position), a.name_en, a.name_fr, p.title_en, p.title_fr,
         array(select c.title_en from public.priorities c where c.parent_id = p.priority_id order by c.position),
         array(select c.title_fr from public.priorities c where c.parent_id = p.priority_id order by c.position)
  from public.priorities p
  join public.areas a using (area_id)
  where p.forum_id = vote.forum_id and p.parent_id is null
$$;
comment on function private.copy_list is 'Copies the list as it is now into the vote.';

-- Copies the list of a forum and its confirmed participants of the chosen sectors, so that neither can change
-- while people vote, and opens the vote until `closes_at`. One vote on a list at a time. The site chooses the
-- id, so that the key lies on its disk before the vote is there.
create function public.open_vote(
  vote_id uuid, key text,
  forum_id uuid, title_en text, title_fr text, closes_at timestamptz, quorum integer, sectors text[]
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  items bigint;
  voters uuid[];
  vote public.votes;
begin
  if exists (select from public.votes r where r.forum_id = forum.forum_id and r.counted_at is null) then
    raise exception 'vote_open_already' using errcode = 'PT409';
  elsif open_vote.closes_at <= now() then
    raise exception 'closing_in_the_past' using errcode = 'PT422';
  elsif char_length(coalesce(open_vote.key, '')) < 32 then
    raise exception 'vote_key_missing' using errcode = 'PT409';
  end if;
  select count(*) into items from public.priorities p where p.forum_id = forum.forum_id and p.parent_id is null;
  if items < 2 then
    raise exception 'list_too_short' using errcode = 'PT422';
  end if;
  select array_agg(r.person_id) into voters from public.registrations r join public.people p using (person_id)
  where r.forum_id = forum.forum_id and r.status = 'confirmed' and r.sector = any(open_vote.sectors) and p.suspended_at is null
    and p.approved_at is not null and not private.is_walk_in(p.person_id);
  if voters is null then
    raise exception 'no_voters' using errcode = 'PT422';
  elsif open_vote.quorum > cardinality(voters) then
    raise exception 'quorum_above_voters' using errcode = 'PT422', detail = jsonb_build_object('voters', cardinality(voters))::text;
  end if;

  insert into public.votes (vote_id, forum_id, title_en, title_fr, closes_at, choices, quorum, sectors, voters_count, sample)
  values (open_vote.vote_id, forum.forum_id, btrim(open_vote.title_en), btrim(open_vote.title_fr), open_vote.closes_at,
          private.choices_for(items), open_vote.quorum,
          array(select s.sector from public.sectors s where s.sector = any(open_vote.sectors) order by s.position),
          cardinality(voters), forum.sample)
  returning * into vote;
  insert into private.vote_keys (vote_id, key_hash) values (vote.vote_id, sha256(convert_to(open_vote.key, 'UTF8')));
  insert into private.voters (vote_id, person_id) select vote.vote_id, unnest(voters);
  perform private.copy_list(vote);
  perform private.log('open_vote', vote.vote_id);
  perform private.record_event('vote_opened', 'vote', vote.vote_id);
  return vote.vote_id;
end
$$;
comment on function public.open_vote is
  'Locks the list and the voters'' list of a forum, opens the vote and gives its id. Callers: organizers. '
  'Refuses: forum_not_found, vote_open_already, closing_in_the_past, vote_key_missing, list_too_short, '
  'no_voters, quorum_above_voters.';

-- For the choice of sectors and of a quorum before opening; without people who are suspended.
create function public.voters_by_sector(forum_id uuid)
returns table (sector text, people integer, to_approve integer)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return query
    select r.sector, count(*) filter (where p.approved_at is not null)::integer, count(*) filter (where p.approved_at is null)::integer
    from public.registrations r join public.people p using (person_id) join public.sectors s on s.sector = r.sector
    where r.forum_id = voters_by_sector.forum_id and r.status = 'confirmed' and p.suspended_at is null
      and not private.is_walk_in(p.person_id)
    group by s.position, r.sector order by s.position, r.sector;
end
$$;
comment on function public.voters_by_sector is
  'How many people of each sector have a confirmed registration for a forum and could vote, and how many '
  'could once they are approved: {sector, people, to_approve}. Callers: organizers.';

-- What needs a person: the votes that are open to them, and whether they have voted.
create function private.votes_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return jsonb_build_object('votes', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'vote_id', v.vote_id, 'title_en', v.title_en, 'title_fr', v.title_fr, 'closes_at', v.closes_at,
      'time_zone', f.time_zone, 'choices', v.choices, 'has_voted', b.person_id is not null) order by v.closes_at), '[]')
    from private.voters l
    join public.votes v using (vote_id)
    join public.forums f using (forum_id)
    left join private.ballots b on b.vote_id = v.vote_id and b.person_id = l.person_id
    where l.person_id = person and v.opens_at <= now() and v.closes_at > now() and v.counted_at is null and f.published_at <= now()));
end
$$;
comment on function private.votes_tasks is 'The votes that are open to a person, and whether they have voted.';

-- Casting -----------------------------------------------------------------------------------

create function private.spoken(at timestamptz, forum_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('at', spoken.at, 'zone', f.time_zone)::text from public.forums f where f.forum_id = spoken.forum_id
$$;
comment on function private.spoken is 'The detail of a refusal that names a moment, in the zone of the forum.';

-- The vote, locked against a count at the same moment. `for share`: voters do not wait for one another.
create function private.must_be_open_vote(vote_id uuid)
returns public.votes
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  vote public.votes;
begin
  select r.* into vote from public.votes r join public.forums f using (forum_id)
  where r.vote_id = must_be_open_vote.vote_id and f.published_at <= now()
  for share of r;
  if not found then
    raise exception 'vote_not_found' using errcode = 'PT404';
  elsif not exists (select from private.voters l where l.vote_id = vote.vote_id and l.person_id = me) then
    raise exception 'not_a_voter' using errcode = 'PT403';
  elsif vote.opens_at > clock_timestamp() then
    raise exception 'vote_not_open' using errcode = 'PT409', detail = private.spoken(vote.opens_at, vote.forum_id);
  elsif vote.counted_at is not null or vote.closes_at <= clock_timestamp() then
    raise exception 'vote_closed' using errcode = 'PT409', detail = private.spoken(vote.closes_at, vote.forum_id);
  end if;
  return vote;
end
$$;

-- Both lists empty is "none of these": `none_of_these` says that it was meant.
create function public.cast_ballot(vote_id uuid, picks uuid[], stars uuid[], none_of_these boolean, key text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  vote public.votes := private.must_be_open_vote(vote_id);
  chosen uuid[] := array(select distinct p from unnest(picks) p where p is not null order by 1);
  starred uuid[] := array(select distinct s from unnest(stars) s where s is not null order by 1);
begin
  if none_of_these and cardinality(chosen) > 0 then
    raise exception 'none_and_picks' using errcode = 'PT422';
  elsif not coalesce(none_of_these, false) and cardinality(chosen) = 0 then
    raise exception 'ballot_empty' using errcode = 'PT422';
  elsif cardinality(chosen) > vote.choices then
    raise exception 'too_many_picks' using errcode = 'PT422',
      detail = jsonb_build_object('allowed', vote.choices, 'picked', cardinality(chosen))::text;
  elsif cardinality(starred) > vote.stars then
    raise exception 'too_many_stars' using errcode = 'PT422', detail = jsonb_build_object('allowed', vote.stars)::text;
  elsif not starred <@ chosen then
    raise exception 'star_without_pick' using errcode = 'PT422';
  elsif exists (
    select unnest(chosen) except select i.priority_id from public.vote_items i where i.vote_id = vote.vote_id
  ) then
    raise exception 'pick_not_on_list' using errcode = 'PT422';
  end if;
  -- `must_have_key` and `my_id` as part of the insert: each query more is felt when many vote at once.
  insert into private.ballots as b (vote_id, person_id, encrypted)
  select k.vote_id, auth.uid(), private.encrypt_ballot(chosen, starred, key) from private.vote_keys k
  where k.vote_id = vote.vote_id and k.key_hash = sha256(convert_to(key, 'UTF8'))
  on conflict on constraint ballots_pkey do update set encrypted = excluded.encrypted;
  if not found then
    raise exception 'vote_key_missing' using errcode = 'PT409';
  end if;
end
$$;
comment on function public.cast_ballot is
  'Casts or replaces the ballot of the person who asks, encrypted with the key of the vote; only the last '
  'one exists. Without picks it needs `none_of_these`. Callers: people on the voters'' list. Refuses: '
  'vote_not_found, not_a_voter, vote_not_open, vote_closed, none_and_picks, ballot_empty, '
  'too_many_picks, too_many_stars, star_without_pick, pick_not_on_list, vote_key_missing.';

-- No event: it would say who had voted.
create function public.delete_ballot(vote_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  vote public.votes := private.must_be_open_vote(vote_id);
begin
  delete from private.ballots b where b.vote_id = vote.vote_id and b.person_id = (select private.my_id());
end
$$;
comment on function public.delete_ballot is
  'Deletes the ballot of the person who asks, until the vote closes; without one it changes nothing. '
  'Callers: people on the voters'' list. Refuses: vote_not_found, not_a_voter, vote_not_open, '
  'vote_closed.';

-- One's own ballot only. `seed` orders the list for this person, the same on each visit.
create function public.my_ballot(vote_id uuid, key text)
returns table (may_vote boolean, has_voted boolean, picks uuid[], stars uuid[], seed text)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.my_id();
  mine private.ballots;
begin
  if me is null then
    return;
  end if;
  select * into mine from private.ballots b where b.vote_id = my_ballot.vote_id and b.person_id = me;
  if mine.vote_id is not null then
    perform private.must_have_key(my_ballot.vote_id, key);
  end if;
  return query
    select exists (select from private.voters l where l.vote_id = my_ballot.vote_id and l.person_id = me),
           mine.vote_id is not null, coalesce(u.picks, '{}'), coalesce(u.stars, '{}'), md5(my_ballot.vote_id::text || me::text)
    from private.decrypt_ballot(mine.encrypted, key) u;
end
$$;
comment on function public.my_ballot is
  'Whether the person who asks may vote, and their own ballot until the count: {may_vote, has_voted, '
  'picks, stars, seed}. No row without a profile. Callers: signed in. Refuses: vote_key_missing.';

-- While the vote is open in steps of five, so that nobody sees from outside when somebody votes; never who,
-- never what. It reads the vote again: in SQL a caller could pass a row of their own making.
create function public.turnout(public.votes)
returns integer
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(v.ballots_cast, (
    select case when count(*) >= 5 then count(*) - case when v.closes_at > clock_timestamp() then count(*) % 5 else 0 end end
    from private.ballots b where b.vote_id = v.vote_id
  ))::integer
  from public.votes v where v.vote_id = $1.vote_id
$$;
comment on function public.turnout is
  'Column of votes: how many voted. While it is open rounded down to a multiple of five, until the '
  'count null below five. Callers: anyone.';

-- The count ---------------------------------------------------------------------------------

create function private.count_ballots(vote public.votes, key text, counted_at timestamptz default clock_timestamp())
returns void
language plpgsql
set search_path = ''
as $$
declare
  ballots integer;
begin
  -- New random ids, in random order: neither shows who voted first.
  insert into private.anonymous_ballots (vote_id, picks, stars)
  select b.vote_id, u.picks, u.stars from private.ballots b, private.decrypt_ballot(b.encrypted, key) u
  where b.vote_id = vote.vote_id
  order by random();
  get diagnostics ballots = row_count;
  delete from private.ballots b where b.vote_id = vote.vote_id;

  if ballots >= 5 then
    insert into public.results (vote_id, priority_id, picks, stars, rank, tied)
    select vote.vote_id, c.priority_id, c.picks, c.stars,
           rank() over (order by c.picks desc, c.stars desc),
           count(*) over (partition by c.picks, c.stars) > 1
    from (
      select i.priority_id,
             count(s.anonymous_ballot_id) as picks,
             count(s.anonymous_ballot_id) filter (where i.priority_id = any(s.stars)) as stars
      from public.vote_items i
      left join private.anonymous_ballots s on s.vote_id = i.vote_id and i.priority_id = any(s.picks)
      where i.vote_id = vote.vote_id
      group by i.priority_id
    ) c;
  end if;

  -- With fewer than five ballots, even the number of empty ones or the fingerprint would show what was on them.
  update public.votes r
  set counted_at = count_ballots.counted_at,
      ballots_cast = ballots,
      ballots_none = case when ballots >= 5 then (
        select count(*) from private.anonymous_ballots s where s.vote_id = vote.vote_id and s.picks = '{}'
      ) end,
      fingerprint = case when ballots >= 5 then private.fingerprint(vote.vote_id) end
  where r.vote_id = vote.vote_id;
end
$$;
comment on function private.count_ballots is
  'Makes the ballots anonymous, writes ranks and turnout. Runs under the vote''s lock.';

-- Sorted by content, byte by byte, so that the same ballots give the same fingerprint everywhere.
create function private.fingerprint(vote_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select encode(sha256(convert_to(coalesce(string_agg(line, E'\n' order by line collate "C"), ''), 'UTF8')), 'hex')
  from (
    select array_to_string(s.picks, ',') || '|' || array_to_string(s.stars, ',') as line
    from private.anonymous_ballots s where s.vote_id = fingerprint.vote_id
  ) lines
$$;
comment on function private.fingerprint is 'SHA-256 of the anonymous ballots in the order of their content.';

-- Only after the closing time, which nobody can move. Afterwards no ballot can be traced to a person.
create function public.count_vote(vote_id uuid, key text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  vote public.votes;
begin
  select * into vote from public.votes r where r.vote_id = count_vote.vote_id for no key update;
  if not found then
    raise exception 'vote_not_found' using errcode = 'PT404';
  elsif vote.counted_at is not null then
    raise exception 'vote_counted_already' using errcode = 'PT409';
  elsif vote.closes_at > clock_timestamp() then
    raise exception 'vote_still_open' using errcode = 'PT409', detail = private.spoken(vote.closes_at, vote.forum_id);
  end if;
  perform private.must_have_key(vote.vote_id, key);
  perform private.count_ballots(vote, key);
  delete from private.vote_keys k where k.vote_id = vote.vote_id;
  perform private.log('count_vote', vote.vote_id);
  perform private.record_event('vote_counted', 'vote', vote.vote_id);
end
$$;
comment on function public.count_vote is
  'Counts the ballots of a vote whose time is over, once, and makes them anonymous. Callers: '
  'organizers. Refuses: vote_not_found, vote_counted_already, vote_still_open, vote_key_missing.';

revoke execute on function public.open_vote, public.voters_by_sector, public.cast_ballot,
  public.delete_ballot, public.my_ballot, public.count_vote from public, anon;
grant execute on function public.open_vote, public.voters_by_sector, public.cast_ballot,
  public.delete_ballot, public.my_ballot, public.count_vote to authenticated;
revoke execute on function public.turnout from public;
grant execute on function public.turnout to anon, authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.votes_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'voters', (select coalesce(jsonb_agg(to_jsonb(l)), '[]') from private.voters l where l.person_id = person),
    'ballots', (select coalesce(jsonb_agg(to_jsonb(b)), '[]') from private.ballots b where b.person_id = person)
  )
$$;
comment on function private.votes_export is 'The voters'' lists that a person is on, and their ballots that are not counted yet.';

create function private.votes_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('votes', coalesce(jsonb_agg(jsonb_build_object(
    'vote_id', r.vote_id, 'title_en', r.title_en, 'title_fr', r.title_fr, 'opens_at', r.opens_at, 'closes_at', r.closes_at,
    'counted_at', r.counted_at, 'turnout', public.turnout(r), 'voters_count', r.voters_count) order by r.opens_at), '[]'))
  from public.votes r where r.forum_id = votes_organize.forum_id
$$;
comment on function private.votes_organize is 'For organizers: the votes of a forum, in the order of their opening.';

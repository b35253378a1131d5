-- Threads: what committees discuss between meetings.
--
-- A thread belongs to one committee or to several; members of any of them read and reply. Closed to
-- government and police overrides every other right, an organizer's too. A thread that a reader may
-- not see looks like one that does not exist: no title, no author, no count.

insert into private.domains values ('threads', 90);

-- Marks that turn the direction of writing are refused in a title: they would turn the words beside it.
create table public.threads (
  thread_id uuid primary key default gen_random_uuid(),
  title text not null constraint threads_title_length check (char_length(btrim(title)) between 3 and 140)
    constraint threads_title_plain check (title !~ '[[:cntrl:]\u202a-\u202e\u2066-\u2069]'),
  language public.language not null,
  author_id uuid references public.people on delete set null,
  closed_to_government boolean not null default false,
  committee_ids uuid[] not null default '{}',
  posts_count integer not null default 0,
  last_post_at timestamptz not null default clock_timestamp(),
  pinned_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.threads is 'Threads of the committees; read by the members of the committees they belong to.';
create index threads_by_activity on public.threads (last_post_at desc, thread_id);
create index threads_by_author on public.threads (author_id);
alter table public.threads enable row level security;

-- The list of a committee is read from here alone, newest first: triggers copy `last_post_at` and `pinned_at`
-- from the thread.
create table public.thread_committees (
  thread_id uuid not null references public.threads on delete cascade,
  committee_id uuid not null references public.committees on delete cascade,
  last_post_at timestamptz not null default clock_timestamp(),
  pinned_at timestamptz,
  primary key (thread_id, committee_id)
);
comment on table public.thread_committees is 'Which committees a thread belongs to, and how active it is there.';
create index thread_committees_by_activity on public.thread_committees (committee_id, last_post_at desc, thread_id desc);
create index thread_committees_pinned on public.thread_committees (committee_id, pinned_at desc) where pinned_at is not null;
alter table public.thread_committees enable row level security;

-- The policy of threads compares two lists of committees, which costs no join: `committee_ids` is the
-- thread's own list.
create function private.copy_thread_committees()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'threads' then
    update public.thread_committees c set last_post_at = new.last_post_at, pinned_at = new.pinned_at
    where c.thread_id = new.thread_id;
    return null;
  elsif tg_op = 'DELETE' then
    update public.threads t set committee_ids = array_remove(t.committee_ids, old.committee_id) where t.thread_id = old.thread_id;
    return old;
  end if;
  update public.threads t set committee_ids = array_remove(t.committee_ids, new.committee_id) || new.committee_id
  where t.thread_id = new.thread_id
  returning t.last_post_at, t.pinned_at into new.last_post_at, new.pinned_at;
  return new;
end
$$;
create trigger thread_copies_activity after update of last_post_at, pinned_at on public.threads
  for each row execute function private.copy_thread_committees();
create trigger committees_copied_to_thread before insert or delete on public.thread_committees
  for each row execute function private.copy_thread_committees();

-- `number` counts up within the thread and is the permalink; it never changes. `version` counts the edits, also
-- those of the first five minutes, which are not shown.
create table public.posts (
  post_id uuid primary key default gen_random_uuid(),
  thread_id uuid not null references public.threads on delete cascade,
  number integer not null,
  author_id uuid references public.people on delete set null,
  body text not null constraint posts_body_length check (char_length(body) <= 10000),
  language public.language not null,
  client_key uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  edited_at timestamptz,
  deleted_at timestamptz,
  constraint posts_number_once unique (thread_id, number),
  constraint posts_sent_once unique (author_id, client_key),
  constraint posts_not_empty check (deleted_at is not null or body ~ '\S')
);
create index posts_by_author on public.posts (author_id, created_at desc);
create index posts_deleted on public.posts (thread_id, number) where deleted_at is not null;
comment on table public.posts is 'Posts of a thread; a deleted one has its number and no text.';
alter table public.posts enable row level security;

create table public.read_marks (
  person_id uuid not null references public.people on delete cascade,
  thread_id uuid not null references public.threads on delete cascade,
  number integer not null,
  primary key (person_id, thread_id)
);
comment on table public.read_marks is 'How far a person has read; seen by that person alone.';
create index read_marks_by_thread on public.read_marks (thread_id);
alter table public.read_marks enable row level security;

insert into private.personal_columns
select 'public.' || t, c, 'discuss', readers, 'as long as the thread', deleted_by
from (values
  ('threads', array['author_id'], 'readers of the thread', 'deleting the account removes the author'),
  ('posts', array['post_id', 'thread_id', 'number', 'author_id', 'body', 'language', 'client_key', 'version', 'created_at',
    'edited_at', 'deleted_at'], 'readers of the thread', 'delete_post; deleting the account removes the author'),
  ('read_marks', array['person_id', 'thread_id', 'number'], 'the person', 'deleting the account')
) v(t, cs, readers, deleted_by), unnest(cs) c;
insert into private.personal_columns
select 'public.threads', c, 'discuss', 'readers of the thread', 'as long as the thread', 'none: says nothing of a person by itself'
from unnest(array['thread_id', 'title', 'language', 'closed_to_government', 'committee_ids', 'posts_count', 'last_post_at',
  'pinned_at', 'closed_at', 'created_at']) c;

-- Guards ------------------------------------------------------------------------------------

-- The same condition as the policy of threads, for verbs, which run with the owner's rights.
create function private.may_read(thread public.threads)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (not thread.closed_to_government or private.is_outside_government())
    and (thread.committee_ids && private.my_committee_ids() or private.is_organizer());
end
$$;
comment on function private.may_read is 'Whether the person may read a thread: a member of one of its committees, or an organizer.';

-- The thread, locked; one that they may not read is refused like one that does not exist.
create function private.must_find_thread(thread_id uuid)
returns public.threads
language plpgsql
set search_path = ''
as $$
declare
  thread public.threads;
begin
  perform private.must_be_someone();
  select * into thread from public.threads t where t.thread_id = must_find_thread.thread_id for no key update;
  if not found or not private.may_read(thread) then
    raise exception 'thread_not_found' using errcode = 'PT404';
  end if;
  return thread;
end
$$;

create function private.can_moderate(thread_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select private.is_organizer() or exists (
    select from public.thread_committees c where c.thread_id = can_moderate.thread_id and private.is_chair(c.committee_id)
  )
$$;
comment on function private.can_moderate is 'Whether the person chairs a committee of the thread, or organizes.';

grant select on public.threads, public.thread_committees, public.posts, public.read_marks to authenticated;
create policy "Members read the threads of their committees" on public.threads
  for select to authenticated using (
    (not closed_to_government or (select private.is_outside_government()))
    and (committee_ids && (select private.my_committee_ids()) or (select private.is_organizer()))
  );
-- Asked row by row, never as a list of all threads: the policy of threads decides.
create policy "Readers of a thread see where it belongs" on public.thread_committees
  for select to authenticated
  using (exists (select from public.threads t where t.thread_id = thread_committees.thread_id));
create policy "Readers of a thread read its posts" on public.posts
  for select to authenticated using (exists (select from public.threads t where t.thread_id = posts.thread_id));
create policy "People read their own marks" on public.read_marks
  for select to authenticated using (person_id = (select private.my_id()));

-- Posts are numbered without gaps, so two numbers are enough; only the few deleted ones are counted.
-- Definer: the policy of posts would ask for the thread again that the caller has read.
create function private.posts_after(thread public.threads, number integer)
returns integer
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return greatest(thread.posts_count - posts_after.number, 0) - (
    select count(*) from public.posts p
    where p.thread_id = thread.thread_id and p.number > posts_after.number and p.deleted_at is not null);
end
$$;
comment on function private.posts_after is 'How many posts of a thread have a higher number and are not deleted.';
grant execute on function private.posts_after to authenticated;

-- One reader's own mark and the thread's numbers are enough.
create function public.unread(public.threads)
returns integer
language sql
stable
set search_path = ''
as $$
  select private.posts_after($1, coalesce((
    select m.number from public.read_marks m
    where m.thread_id = $1.thread_id and m.person_id = (select private.my_id())
  ), 0))
$$;
comment on function public.unread is
  'Column of threads: how many posts the person who asks has not read. Callers: readers of the thread.';
revoke execute on function public.unread from public, anon;
grant execute on function public.unread to authenticated;

-- Pages -------------------------------------------------------------------------------------

-- A page is one call: {who, page}, as json and not as jsonb, which would be built only to be written out.
-- These functions run with the reader's own rights, so row level security decides inside them.

-- Threads as the lines of a list, in the order of their ids. The text of the last post is cut: a line shows
-- its first words. Definer, with the words of the policy: per row, the policies of posts cost more than the list.
create function private.thread_lines(ids uuid[], mine uuid)
returns json
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  committees uuid[] := private.my_committee_ids();
  organizes boolean := private.is_organizer();
  outside boolean := private.is_outside_government();
  latest public.posts[] := array(
    select last.post from unnest(ids) i(thread_id) cross join lateral (
      select p as post from public.posts p
      where p.thread_id = i.thread_id and p.deleted_at is null order by p.number desc limit 1) last);
  names jsonb := (
    select jsonb_object_agg(k.person_id, k.name) from private.colleagues(array(
      select t.author_id from public.threads t where t.thread_id = any(ids)
      union select l.author_id from unnest(latest) l)) k);
begin
  return (
    select coalesce(json_agg(json_build_object(
      'thread_id', t.thread_id, 'title', t.title, 'language', t.language, 'closed_to_government', t.closed_to_government,
      'pinned_at', t.pinned_at, 'closed_at', t.closed_at, 'last_post_at', t.last_post_at, 'posts_count', t.posts_count,
      'read', coalesce(m.number, 0),
      'unread', greatest(t.posts_count - coalesce(m.number, 0) - coalesce(gone.unread, 0), 0),
      'replies', greatest(t.posts_count - 1 - coalesce(gone.replies, 0), 0), 'starter', names ->> t.author_id::text,
      'last', case when l.post_id is not null then json_build_object(
        'author', names ->> l.author_id::text, 'at', l.created_at, 'language', l.language, 'words', left(l.body, 400)) end,
      'committees', (
        select json_agg(json_build_object('slug', c.slug, 'name_en', c.name_en, 'name_fr', c.name_fr) order by c.position)
        from public.committees c where c.committee_id = any(t.committee_ids))) order by i.place), '[]')
    from unnest(ids) with ordinality i(thread_id, place)
    join public.threads t using (thread_id)
    left join public.read_marks m on m.thread_id = t.thread_id and m.person_id = mine
    left join unnest(latest) l on l.thread_id = t.thread_id
    left join lateral (
      select count(*) filter (where p.number > coalesce(m.number, 0)) as unread, count(*) filter (where p.number > 1) as replies
      from public.posts p where p.thread_id = t.thread_id and p.deleted_at is not null) gone on true
    where (outside or not t.closed_to_government) and (organizes or t.committee_ids && committees));
end
$$;
comment on function private.thread_lines is 'Threads as lines of a list: what is new, who started, who wrote last and what.';

-- Looks at the 20 latest threads of each committee, and no further than the first with news. Definer, like
-- `latest_threads`, with the same words of the policy.
create function private.next_unread(thread public.threads, mine uuid)
returns json
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  committees uuid[] := private.my_committee_ids();
  organizes boolean := private.is_organizer();
  outside boolean := private.is_outside_government();
  candidate uuid;
  other public.threads;
  number integer;
  news integer;
begin
  for candidate in
    select latest.thread_id from unnest(thread.committee_ids) here(committee_id)
    cross join lateral (
      select c.thread_id, c.last_post_at from public.thread_committees c where c.committee_id = here.committee_id
      order by c.last_post_at desc, c.thread_id desc limit 20) latest
    where latest.thread_id <> thread.thread_id order by latest.last_post_at desc, latest.thread_id desc
  loop
    select * into other from public.threads t where t.thread_id = candidate;
    number := coalesce((select m.number from public.read_marks m where m.thread_id = candidate and m.person_id = mine), 0);
    if other.posts_count > number and (outside or not other.closed_to_government)
      and (organizes or other.committee_ids && committees)
    then
      news := private.posts_after(other, number);
      if news > 0 then
        return json_build_object('thread_id', other.thread_id, 'title', other.title, 'language', other.language,
          'posts_count', other.posts_count, 'read', number, 'unread', news);
      end if;
    end if;
  end loop;
  return null;
end
$$;
comment on function private.next_unread is 'The latest unread thread of the same committees, or null.';
grant execute on function private.thread_lines, private.next_unread to authenticated;

-- One page of at most 50 posts. Posts are numbered without gaps, so a page is a range of numbers.
create function public.thread_page(thread_id uuid, page integer)
returns json
language plpgsql
stable
set search_path = ''
as $$
declare
  who jsonb := public.who();
  mine uuid := (who #>> '{person,person_id}')::uuid;
  first integer := (least(greatest(page, 1), 1000000) - 1) * 50 + 1;
  thread public.threads;
  posts public.posts[];
  read integer;
begin
  select * into thread from public.threads t where t.thread_id = thread_page.thread_id and mine is not null;
  if not found then
    return json_build_object('who', who, 'page', null);
  end if;
  posts := array(
    select p from public.posts p where p.thread_id = thread.thread_id and p.number between first and first + 49);
  read := coalesce((
    select m.number from public.read_marks m where m.thread_id = thread.thread_id and m.person_id = mine), 0);
  return json_build_object('who', who, 'page', json_build_object(
    'thread_id', thread.thread_id, 'title', thread.title, 'language', thread.language,
    'closed_to_government', thread.closed_to_government, 'closed_at', thread.closed_at, 'posts_count', thread.posts_count,
    'read', read, 'unread', private.posts_after(thread, read), 'posts_shown', private.posts_after(thread, 0),
    'next', case when first + 50 > thread.posts_count then private.next_unread(thread, mine) end,
    'committees', (
      select json_agg(json_build_object('slug', c.slug, 'name_en', c.name_en, 'name_fr', c.name_fr) order by c.position)
      from public.committees c where c.committee_id = any(thread.committee_ids)),
    'can_moderate', (who #>> '{person,organizer}')::boolean or exists (
      select from public.current_memberships m
      where m.person_id = mine and m.committee_id = any(thread.committee_ids) and m.duty = 'chair'),
    'posts', (
      select coalesce(json_agg(json_build_object(
        'post_id', p.post_id, 'number', p.number, 'version', p.version, 'body', p.body, 'language', p.language,
        'created_at', p.created_at, 'edited_at', p.edited_at, 'deleted_at', p.deleted_at, 'mine', p.author_id = mine,
        'author', case when a.person_id is not null then
          json_build_object('name', a.name, 'organization_name', a.organization_name) end) order by p.number), '[]')
      from unnest(posts) p
      left join private.colleagues(array(select distinct w.author_id from unnest(posts) w)) a on a.person_id = p.author_id)
  ));
end
$$;
comment on function public.thread_page is
  'Who asks, and a thread with one page of its posts, 50 at most: {who, page}. `page` is null for what '
  'is not there or not theirs. Callers: signed in.';

-- Finds a page by its key: the last post of the thread above it. Definer, so that the index of activity is
-- used as it is; it repeats the words of the policy, whose functions it asks once.
create function private.latest_threads(committee_id uuid, before timestamptz, before_thread uuid, skip integer, how_many integer)
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  mine uuid[] := private.my_committee_ids();
  organizes boolean := private.is_organizer();
  outside boolean := private.is_outside_government();
begin
  return array(
    select c.thread_id from public.thread_committees c join public.threads t using (thread_id)
    where c.committee_id = latest_threads.committee_id and c.pinned_at is null
      and (outside or not t.closed_to_government) and (organizes or t.committee_ids && mine)
      and (c.last_post_at, c.thread_id)
        < (coalesce(before, 'infinity'), coalesce(before_thread, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    order by c.last_post_at desc, c.thread_id desc
    offset skip limit how_many
  );
end
$$;
comment on function private.latest_threads is
  'The threads of a committee that the person may read, by their last post, without pinned ones.';

-- `before` and `before_thread` name the last thread of the page above; `page` counts, for older addresses.
-- Pinned threads come first, on the first page.
create function public.committee_page(
  slug text, before timestamptz default null, before_thread uuid default null, page integer default 1
)
returns json
language plpgsql
stable
set search_path = ''
as $$
declare
  who jsonb := public.who();
  mine uuid := (who #>> '{person,person_id}')::uuid;
  skip integer := (least(greatest(page, 1), 1000) - 1) * 20;
  committee public.committees;
  pinned uuid[] := '{}';
  latest uuid[];
  members public.current_memberships[];
  facts jsonb;
begin
  select * into committee from public.committees c where c.slug = committee_page.slug;
  if not found then
    return json_build_object('who', who, 'page', null);
  end if;
  facts := to_jsonb(committee) || jsonb_build_object('seats', (
    select coalesce(jsonb_agg(to_jsonb(s) order by s.position), '[]')
    from public.seats s where s.committee_id = committee.committee_id));
  if mine is null or not (committee.committee_id = any(private.my_committee_ids()) or (who #>> '{person,organizer}')::boolean) then
    return json_build_object('who', who, 'page', json_build_object('committee', facts, 'inside', null));
  end if;
  pinned := array(
    select c.thread_id from public.thread_committees c
    where c.committee_id = committee.committee_id and c.pinned_at is not null order by c.pinned_at desc limit 20);
  if before is not null or skip > 0 then
    skip := greatest(skip - cardinality(pinned), 0);
    pinned := '{}';
  end if;
  latest := private.latest_threads(committee.committee_id, before, before_thread, skip, 21 - cardinality(pinned));
  members := array(
    select m from public.current_memberships m
    where m.committee_id = committee.committee_id
    order by m.duty desc, m.starts_at, m.membership_id limit 200);
  return json_build_object('who', who, 'page', json_build_object('committee', facts, 'inside', json_build_object(
    'more', cardinality(pinned || latest) > 20,
    'threads', private.thread_lines((pinned || latest)[1:20], mine),
    'members', (
      select coalesce(json_agg(json_build_object(
        'membership_id', m.membership_id, 'duty', m.duty, 'yours', m.person_id = mine,
        'person', case when p.person_id is not null then
          json_build_object('name', p.name, 'organization_name', p.organization_name) end,
        'seat', case when s.seat_id is not null then
          json_build_object('label_en', s.label_en, 'label_fr', s.label_fr) end)
        order by m.duty desc, m.starts_at, m.membership_id), '[]')
      from unnest(members) m
      left join private.colleagues(array(select w.person_id from unnest(members) w)) p on p.person_id = m.person_id
      left join public.seats s on s.seat_id = m.seat_id)
  )));
end
$$;
comment on function public.committee_page is
  'Who asks, and a committee with its seats: {who, page}. `page.inside` holds 20 threads at most and '
  'the members; it is null for whom the committee does not include. Callers: signed in.';

-- Walks down the threads of the person's committees by the same key as `committee_page`, 200 at a time, and
-- gives those with news. A page may hold few of them and lead on.
create function public.unread_page(before timestamptz default null, before_thread uuid default null)
returns json
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  who jsonb := public.who();
  mine uuid := private.my_id();
  outside boolean := private.is_outside_government();
  looked uuid[];
  news uuid[];
  last uuid;
begin
  if mine is null then
    return json_build_object('who', who, 'page', null);
  end if;
  looked := array(
    select latest.thread_id
    from unnest(private.my_committee_ids()) here(committee_id)
    cross join lateral (
      select c.thread_id, c.last_post_at from public.thread_committees c
      where c.committee_id = here.committee_id and (c.last_post_at, c.thread_id)
        < (coalesce(before, 'infinity'), coalesce(before_thread, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by c.last_post_at desc, c.thread_id desc limit 200) latest
    group by latest.thread_id, latest.last_post_at
    order by latest.last_post_at desc, latest.thread_id desc limit 200);
  news := array(
    select t.thread_id
    from unnest(looked) with ordinality i(thread_id, place)
    join public.threads t using (thread_id)
    left join public.read_marks m on m.thread_id = t.thread_id and m.person_id = mine
    where t.posts_count > coalesce(m.number, 0) and (outside or not t.closed_to_government)
      and private.posts_after(t, coalesce(m.number, 0)) > 0
    order by i.place limit 21);
  last := case when cardinality(news) > 20 then news[20] when cardinality(looked) = 200 then looked[200] end;
  return json_build_object('who', who, 'page', json_build_object(
    'threads', private.thread_lines(news[1:20], mine),
    'next', (
      select json_build_object('thread_id', t.thread_id, 'last_post_at', t.last_post_at)
      from public.threads t where t.thread_id = last)));
end
$$;
comment on function public.unread_page is
  'Who asks, and the threads of their committees with posts that they have not read, 20 at most: '
  '{who, page}. `page.next` is the key of the page that follows, or null. Callers: signed in.';

revoke execute on function public.thread_page, public.committee_page, public.unread_page from public, anon;
grant execute on function public.thread_page, public.committee_page, public.unread_page to authenticated;
grant execute on function private.latest_threads, private.my_committee_ids to authenticated;

-- What needs a person: the latest threads of their committees with posts that they have not read. Looks at
-- the 100 latest threads of each committee, so that it costs the same with any number of them.
create function private.threads_tasks(person uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    with news as (
      select distinct t.thread_id, t.title, t.language, t.last_post_at, t.posts_count, coalesce(m.number, 0) as read,
        private.posts_after(t, coalesce(m.number, 0)) as unread
      from unnest(private.my_committee_ids()) mine(committee_id)
      cross join lateral (
        select c.thread_id from public.thread_committees c where c.committee_id = mine.committee_id
        order by c.last_post_at desc, c.thread_id desc limit 100) latest
      join public.threads t using (thread_id)
      left join public.read_marks m on m.thread_id = t.thread_id and m.person_id = person
      where t.posts_count > coalesce(m.number, 0) and (not t.closed_to_government or (select private.is_outside_government()))
    )
    select jsonb_build_object(
      'threads', (
        select coalesce(jsonb_agg(to_jsonb(first) order by first.last_post_at desc), '[]')
        from (select n.* from news n where n.unread > 0 order by n.last_post_at desc limit 5) first),
      'threads_unread', (select count(*) from news n where n.unread > 0)));
end
$$;
comment on function private.threads_tasks is
  'What needs a person: five unread threads of their committees at the most, and how many there are.';

-- Verbs -------------------------------------------------------------------------------------

-- Runs under the thread's lock. The same key from the same author is the same post.
create function private.add_post(thread public.threads, author_id uuid, body text, language public.language, client_key uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  already public.posts;
begin
  select * into already from public.posts p where p.author_id = add_post.author_id and p.client_key = add_post.client_key;
  if already.thread_id = thread.thread_id then
    return already.number;
  end if;
  if (select count(*) from public.posts p
      where p.author_id = add_post.author_id and p.created_at > clock_timestamp() - interval '1 minute') >= 10 then
    raise exception 'too_many_posts' using errcode = 'PT429';
  end if;
  insert into public.posts (thread_id, number, author_id, body, language, client_key)
  values (thread.thread_id, thread.posts_count + 1, add_post.author_id, btrim(add_post.body), add_post.language, add_post.client_key);
  update public.threads t set posts_count = t.posts_count + 1, last_post_at = clock_timestamp()
  where t.thread_id = thread.thread_id;
  insert into public.read_marks as r (person_id, thread_id, number)
  values (add_post.author_id, thread.thread_id, thread.posts_count + 1)
  on conflict on constraint read_marks_pkey do update set number = greatest(r.number, excluded.number);
  perform private.record_event(case when thread.posts_count = 0 then 'thread_started' else 'post_replied' end,
    'thread', thread.thread_id, jsonb_build_object('number', thread.posts_count + 1));
  return thread.posts_count + 1;
end
$$;

-- A member of one committee may open a thread that another one shares.
create function public.start_thread(
  committees text[], title text, body text, language public.language, closed_to_government boolean, client_key uuid
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  asked uuid[];
  thread public.threads;
begin
  select array_agg(c.committee_id) into asked from public.committees c where c.slug = any(start_thread.committees);
  if asked is null or cardinality(asked) <> cardinality(start_thread.committees) then
    raise exception 'committee_not_found' using errcode = 'PT404';
  elsif not private.is_organizer() and not asked && private.my_committee_ids() then
    raise exception 'members_only' using errcode = 'PT403';
  elsif start_thread.closed_to_government and not private.is_outside_government() then
    raise exception 'thread_closed_to_government' using errcode = 'PT403';
  end if;

  -- One at a time for each person, so that a form sent twice at the same moment finds the first thread.
  perform from public.people p where p.person_id = me for no key update;
  select t.* into thread from public.posts p join public.threads t using (thread_id)
  where p.author_id = me and p.client_key = start_thread.client_key;
  if found then
    return thread.thread_id;
  end if;

  insert into public.threads (title, language, author_id, closed_to_government)
  values (private.one_line(start_thread.title), start_thread.language, me, start_thread.closed_to_government)
  returning * into thread;
  insert into public.thread_committees (thread_id, committee_id) select thread.thread_id, unnest(asked);
  perform private.add_post(thread, me, start_thread.body, start_thread.language, start_thread.client_key);
  return thread.thread_id;
end
$$;
comment on function public.start_thread is
  'Opens a thread in one or several committees, with its first post, and gives its id. Sent twice with '
  'one `client_key`, it is one thread. Callers: members of one of the committees, organizers. Refuses: '
  'committee_not_found, members_only, thread_closed_to_government, too_many_posts.';

-- A post that was sent before the thread closed is found even after it closed, when its form comes twice.
create function public.post_reply(thread_id uuid, body text, language public.language, client_key uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  thread public.threads := private.must_find_thread(thread_id);
  sent boolean := exists (
    select from public.posts p
    where p.thread_id = thread.thread_id and p.author_id = (select private.my_id()) and p.client_key = post_reply.client_key
  );
begin
  if thread.closed_at is not null and not sent then
    raise exception 'thread_closed' using errcode = 'PT409', detail = jsonb_build_object('at', thread.closed_at)::text;
  end if;
  return private.add_post(thread, private.my_id(), post_reply.body, post_reply.language, post_reply.client_key);
end
$$;
comment on function public.post_reply is
  'Adds a post to a thread and gives its number. Sent twice with one `client_key`, it is one post. '
  'Callers: readers of the thread. Refuses: thread_not_found, thread_closed, too_many_posts.';

-- A post edited within five minutes does not say so; after a day it cannot be edited. What was edited in
-- another window since is not overwritten.
create function public.edit_post(post_id uuid, version integer, body text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  post public.posts;
begin
  select p.* into post from public.posts p join public.threads t using (thread_id)
  where p.post_id = edit_post.post_id and private.may_read(t) and p.deleted_at is null
  for no key update of p;
  if not found then
    raise exception 'post_not_found' using errcode = 'PT404';
  elsif post.author_id is distinct from me then
    raise exception 'post_not_yours' using errcode = 'PT403';
  elsif post.created_at < clock_timestamp() - interval '24 hours' then
    raise exception 'post_too_old' using errcode = 'PT409';
  elsif post.version is distinct from edit_post.version then
    raise exception 'post_changed' using errcode = 'PT409';
  end if;
  update public.posts p
  set body = btrim(edit_post.body),
      version = p.version + 1,
      edited_at = case when p.created_at < clock_timestamp() - interval '5 minutes' then clock_timestamp() else p.edited_at end
  where p.post_id = post.post_id;
  perform private.record_event('post_edited', 'post', post.post_id, jsonb_build_object('version', post.version + 1));
end
$$;
comment on function public.edit_post is
  'Changes a post within a day, when nobody has changed it since that version. Callers: its author. '
  'Refuses: post_not_found, post_not_yours, post_too_old, post_changed.';

-- The row stays, so that numbers have no gap and replies to it make sense.
create function public.delete_post(post_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  post public.posts;
begin
  select p.* into post from public.posts p join public.threads t using (thread_id)
  where p.post_id = delete_post.post_id and private.may_read(t)
  for no key update of p;
  if not found then
    raise exception 'post_not_found' using errcode = 'PT404';
  elsif post.author_id is distinct from me and not private.can_moderate(post.thread_id) then
    raise exception 'post_not_yours' using errcode = 'PT403';
  end if;
  update public.posts p set body = '', deleted_at = clock_timestamp()
  where p.post_id = post.post_id and p.deleted_at is null;
  if not found then
    return;
  end if;
  perform private.record_event('post_deleted', 'post', post.post_id);
  if post.author_id is distinct from me then
    perform private.log('delete_post', post.post_id);
  end if;
end
$$;
comment on function public.delete_post is
  'Deletes the text of a post; its number stays. What somebody else deletes is logged. Callers: its '
  'author, a chair of the committee, organizers. Refuses: post_not_found, post_not_yours.';

-- Sent twice, it closes once: the first moment stays.
create function public.set_thread_closed(thread_id uuid, closed boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  thread public.threads := private.must_find_thread(thread_id);
begin
  if not private.can_moderate(thread.thread_id) then
    raise exception 'chairs_only' using errcode = 'PT403';
  end if;
  update public.threads t set closed_at = case when closed then coalesce(t.closed_at, now()) end
  where t.thread_id = thread.thread_id;
  perform private.log(case when closed then 'close_thread' else 'reopen_thread' end, thread.thread_id);
  perform private.record_event(case when closed then 'thread_closed' else 'thread_reopened' end, 'thread', thread.thread_id);
end
$$;
comment on function public.set_thread_closed is
  'Closes a thread to new posts, or opens it again. Callers: a chair of one of its committees, '
  'organizers. Refuses: thread_not_found, chairs_only.';

-- The number is limited to the posts that exist: a larger one would hide posts to come.
create function public.mark_read(thread_id uuid, number integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  insert into public.read_marks as r (person_id, thread_id, number)
  select me, t.thread_id, greatest(0, least(mark_read.number, t.posts_count))
  from public.threads t where t.thread_id = mark_read.thread_id and private.may_read(t)
  on conflict on constraint read_marks_pkey do update set number = greatest(r.number, excluded.number);
  if not found then
    raise exception 'thread_not_found' using errcode = 'PT404';
  end if;
end
$$;
comment on function public.mark_read is
  'Records how far the person who asks has read a thread; never backwards. Callers: readers of the '
  'thread. Refuses: thread_not_found.';

revoke execute on function public.start_thread, public.post_reply, public.edit_post, public.delete_post,
  public.set_thread_closed, public.mark_read from public, anon;
grant execute on function public.start_thread, public.post_reply, public.edit_post, public.delete_post,
  public.set_thread_closed, public.mark_read to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.threads_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    -- Not what became of a thread since: its author may have left the committee.
    'threads', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'thread_id', t.thread_id, 'title', t.title, 'language', t.language, 'created_at', t.created_at) order by t.created_at), '[]')
      from public.threads t where t.author_id = person),
    'posts', (
      select coalesce(jsonb_agg(to_jsonb(p) order by p.created_at, p.post_id), '[]')
      from public.posts p where p.author_id = person),
    'read_marks', (select coalesce(jsonb_agg(to_jsonb(m)), '[]') from public.read_marks m where m.person_id = person)
  )
$$;
comment on function private.threads_export is 'The threads and posts that a person wrote, and how far they have read.';

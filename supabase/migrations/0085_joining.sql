-- Joining: a person asks to join the network, or offers to help prepare a forum, and an organizer answers.
--
-- The person reads their own requests, organizers read those that wait, and nobody else reads any. Accepting a
-- request to join approves the person and makes the memberships that the organizer chose among those asked for.
-- Accepting an offer of help gives no right. A request is decided once; the person may change it until then, and
-- delete it always. Closed committees refuse who counts as government, when asked and again when accepted.

insert into private.domains values ('joining', 85);

create type public.help as enum ('program', 'interpretation', 'notes', 'welcome', 'outreach', 'other');

create table public.requests (
  request_id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people on delete cascade,
  forum_id uuid references public.forums on delete cascade,
  about text not null default '' constraint requests_about_length check (char_length(about) <= 600),
  committee_ids uuid[] not null default '{}',
  help public.help[] not null default '{}',
  note text not null default '' constraint requests_note_length check (char_length(note) <= 300),
  version integer not null default 1,
  sent_at timestamptz not null default now(),
  decided_at timestamptz,
  reason text constraint requests_reason_length check (char_length(reason) between 3 and 500),
  constraint requests_reason_of_decision check (reason is null or decided_at is not null),
  constraint requests_join_says_why check (forum_id is not null or about <> '' and help = '{}' and note = ''),
  constraint requests_help_says_how check (forum_id is null or help <> '{}' and about = '' and committee_ids = '{}')
);
comment on table public.requests is
  'Requests to join the network, and offers to help prepare a forum. A decision with a reason is a no.';
create unique index requests_one_open on public.requests (person_id, forum_id) nulls not distinct where decided_at is null;
create index requests_by_person on public.requests (person_id, sent_at desc);
create index requests_by_forum on public.requests (forum_id);
alter table public.requests enable row level security;

insert into private.personal_columns
select 'public.requests', c, 'decide who joins the network and who helps', 'the person, organizers',
  '30 days after the decision; help: 30 days after the forum', 'joining_retention; delete_request; deleting the account'
from unnest(array['request_id', 'person_id', 'forum_id', 'about', 'committee_ids', 'help', 'note', 'version', 'sent_at',
  'decided_at', 'reason']) c;

-- Guards and helpers --------------------------------------------------------------------------

create function private.must_find_committees(slugs text[])
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  found_ids uuid[] := array(select c.committee_id from public.committees c where c.slug = any(slugs) order by c.position, c.slug);
begin
  if cardinality(found_ids) <> (select count(distinct s) from unnest(slugs) s) then
    raise exception 'committee_not_found' using errcode = 'PT404';
  end if;
  return found_ids;
end
$$;

-- An offer for a forum that is over or cancelled waits for nothing any more.
create function private.waiting_requests()
returns setof public.requests
language sql
stable
set search_path = ''
as $$
  select r.* from public.requests r
  join public.people p using (person_id)
  left join public.forums f on f.forum_id = r.forum_id
  where r.decided_at is null and p.suspended_at is null and (r.forum_id is null or private.takes_place(f))
$$;

-- The person before the request, as in the other verbs about a person.
create function private.must_find_waiting(request_id uuid, version integer)
returns public.requests
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  person public.people;
  asked public.requests;
begin
  select * into asked from public.requests r where r.request_id = must_find_waiting.request_id;
  if found then
    person := private.must_find_other_person(asked.person_id);
    select * into asked from public.requests r where r.request_id = must_find_waiting.request_id for update;
  end if;
  if not found then
    raise exception 'request_not_found' using errcode = 'PT404';
  elsif asked.decided_at is not null then
    raise exception 'request_decided' using errcode = 'PT409';
  elsif asked.version is distinct from must_find_waiting.version then
    raise exception 'request_changed' using errcode = 'PT409';
  elsif person.suspended_at is not null then
    raise exception 'person_suspended' using errcode = 'PT409';
  end if;
  return asked;
end
$$;
comment on function private.must_find_waiting is
  'The request of somebody else, locked, as an organizer has read it; or a refusal when it is decided, changed or gone.';

-- Sent from a page that shows a request: it must still wait, or the person would change what was already answered.
create function private.must_wait_still(request_id uuid, person_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.requests r
  where r.request_id = must_wait_still.request_id and r.person_id = must_wait_still.person_id and r.decided_at is null for update;
  if not found and must_wait_still.request_id is not null then
    raise exception 'request_ended' using errcode = 'PT409';
  end if;
end
$$;

create function private.facts_of_forum(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('slug', f.slug, 'forum_en', f.name_en, 'forum_fr', f.name_fr)
    from public.forums f where f.forum_id = facts_of_forum.forum_id), '{}')
$$;

create function private.facts_of_committees(committee_ids uuid[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('committees_en', coalesce(string_agg(c.name_en, E'\n' order by c.position, c.slug), ''),
    'committees_fr', coalesce(string_agg(c.name_fr, E'\n' order by c.position, c.slug), ''),
    'committee', coalesce((array_agg(c.slug order by c.position, c.slug))[1], ''))
  from public.committees c where c.committee_id = any(committee_ids)
$$;

-- Reads -------------------------------------------------------------------------------------

grant select on public.requests to authenticated;
create policy "People read their own requests" on public.requests
  for select to authenticated using (person_id = (select private.my_id()));

-- The newest one: what was declined before gives way to what was sent after it.
create function public.joining_page()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  me uuid := private.my_id();
begin
  return jsonb_build_object('who', public.who(), 'page', case when me is not null then jsonb_build_object(
    'request', (
      select jsonb_build_object('request_id', r.request_id, 'about', r.about, 'sent_at', r.sent_at, 'decided_at', r.decided_at,
        'reason', r.reason, 'committees', array(select c.slug from public.committees c where c.committee_id = any(r.committee_ids)))
      from public.requests r where r.person_id = me and r.forum_id is null order by r.sent_at desc, r.decided_at desc nulls first limit 1),
    'committees', (
      select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'name_en', c.name_en, 'name_fr', c.name_fr,
        'closed_to_government', c.closed_to_government,
        'mine', exists (select from public.current_memberships m where m.committee_id = c.committee_id and m.person_id = me))
        order by c.position, c.slug), '[]')
      from public.committees c)) end);
end
$$;
comment on function public.joining_page is
  'Who asks, their latest request to join, and the committees with whether they are a member: {who, page}, page: {request, '
  'committees}. `page` is null without a profile. Callers: signed in.';

-- Definer, since what an organizer has to know of a person is not granted to clients.
create function public.requests_for_organizers()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
begin
  return jsonb_build_object(
    'count', (select count(*) from private.waiting_requests()),
    'waiting', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'request_id', r.request_id, 'version', r.version, 'person_id', r.person_id, 'name', p.name, 'email', private.mailbox_of(u.email),
        'organization_name', p.organization_name, 'sector', p.sector, 'province', p.province, 'approved', p.approved_at is not null,
        'is_me', r.person_id = me, 'about', r.about, 'help', r.help, 'note', r.note, 'sent_at', r.sent_at,
        'forum', case when f.forum_id is not null then
          jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr) end,
        'committees', (
          select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'name_en', c.name_en, 'name_fr', c.name_fr,
            'closed', c.closed_to_government and private.counts_as_government(p.sector)) order by c.position, c.slug), '[]')
          from public.committees c where c.committee_id = any(r.committee_ids))) order by r.sent_at, r.request_id), '[]')
      from (select * from private.waiting_requests() w order by w.sent_at, w.request_id limit 50) r
      join public.people p using (person_id) join auth.users u on u.id = r.person_id
      left join public.forums f on f.forum_id = r.forum_id),
    'helping', (
      select coalesce(jsonb_agg(jsonb_build_object('request_id', h.request_id, 'person_id', h.person_id, 'name', h.name,
        'help', h.help, 'note', h.note, 'forum', jsonb_build_object('slug', h.slug, 'name_en', h.name_en, 'name_fr', h.name_fr))
        order by h.starts_on, h.forum_id, private.unaccented(h.name), h.request_id), '[]')
      from (
        select r.request_id, r.person_id, p.name, r.help, r.note, f.forum_id, f.slug, f.name_en, f.name_fr, f.starts_on
        from public.requests r join public.people p using (person_id) join public.forums f using (forum_id)
        where r.decided_at is not null and r.reason is null and p.suspended_at is null and private.takes_place(f)
        order by f.starts_on, f.forum_id, private.unaccented(p.name), r.request_id limit 200) h));
end
$$;
comment on function public.requests_for_organizers is
  'The 50 oldest requests that wait, how many wait, and who helps to prepare coming forums: {count, waiting, helping}. '
  'Callers: organizers.';

-- Verbs -------------------------------------------------------------------------------------

-- Sent twice, it is one request: who has one that waits changes it.
create function public.ask_to_join(request_id uuid, about text, committees text[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  written text := btrim(coalesce(ask_to_join.about, ''), E' \n\t');
  wanted uuid[] := private.must_find_committees(coalesce(committees, '{}'));
begin
  perform private.must_wait_still(request_id, me);
  perform private.must_be_open_to(wanted, me);
  if wanted && private.my_committee_ids() then
    raise exception 'already_member' using errcode = 'PT409';
  elsif wanted = '{}' and private.is_approved() then
    raise exception 'committee_missing' using errcode = 'PT422';
  end if;
  insert into public.requests (person_id, about, committee_ids) values (me, written, wanted)
  on conflict do nothing;
  update public.requests r set about = written, committee_ids = wanted, version = r.version + 1
  where r.person_id = me and r.forum_id is null and r.decided_at is null and (r.about, r.committee_ids) is distinct from (written, wanted);
  perform private.record_event('request_sent', 'person', me);
end
$$;
comment on function public.ask_to_join is
  'Asks to join the network, and to sit on committees; `request_id` is the request that the page showed, or null. '
  'Callers: people. Refuses: committee_not_found, request_ended, committee_closed_to_government, already_member, '
  'committee_missing, requests_about_length, requests_join_says_why.';

-- The forum is not locked: an offer for one that is cancelled at the same moment waits for nobody.
create function public.offer_help(request_id uuid, forum_id uuid, help public.help[], note text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  chosen public.help[] := array(select distinct h from unnest(offer_help.help) h where h is not null order by h);
  written text := private.one_line(coalesce(offer_help.note, ''));
  forum public.forums;
begin
  select * into forum from public.forums f where f.forum_id = offer_help.forum_id and f.published_at <= now();
  if not found then
    raise exception 'forum_not_found' using errcode = 'PT404';
  end if;
  perform private.must_wait_still(request_id, me);
  if not private.takes_place(forum) then
    raise exception 'help_too_late' using errcode = 'PT409';
  end if;
  insert into public.requests (person_id, forum_id, help, note) values (me, forum.forum_id, chosen, written)
  on conflict do nothing;
  update public.requests r set help = chosen, note = written, version = r.version + 1
  where r.person_id = me and r.forum_id = forum.forum_id and r.decided_at is null and (r.help, r.note) is distinct from (chosen, written);
  perform private.record_event('help_offered', 'forum', forum.forum_id);
end
$$;
comment on function public.offer_help is
  'Offers to help prepare a coming forum; `request_id` is the offer that the page showed, or null. Callers: people. '
  'Refuses: forum_not_found, request_ended, help_too_late, requests_note_length, requests_help_says_how.';

-- Also after the decision: somebody who cannot help any more says so this way.
create function public.delete_request(request_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
begin
  delete from public.requests r where r.request_id = delete_request.request_id and r.person_id = me;
end
$$;
comment on function public.delete_request is
  'Deletes a request of the person who asks, decided or not; what it gave stays. Twice, it changes nothing. Callers: people.';

-- As a whole: when one committee is closed to the person, they are not approved either.
create function public.accept_request(request_id uuid, version integer, committees text[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked public.requests := private.must_find_waiting(request_id, version);
  given uuid[] := private.must_find_committees(coalesce(committees, '{}'));
  committee uuid;
begin
  if not given <@ asked.committee_ids then
    raise exception 'committee_not_asked' using errcode = 'PT409';
  end if;
  update public.requests r set decided_at = now() where r.request_id = asked.request_id;
  if asked.forum_id is null then
    perform public.approve_person(asked.person_id);
    foreach committee in array given loop
      perform private.start_membership(committee, asked.person_id);
    end loop;
  end if;
  perform private.log(case when asked.forum_id is null then 'accept_request' else 'accept_help' end, asked.person_id,
    context_id => asked.forum_id);
  perform private.record_event('request_accepted', 'request', asked.request_id);
  perform private.queue_email_to(asked.person_id, case when asked.forum_id is null then 'joining_accepted' else 'help_accepted' end,
    case when asked.forum_id is null then private.facts_of_committees(given) else private.facts_of_forum(asked.forum_id) end);
end
$$;
comment on function public.accept_request is
  'Accepts a request as the organizer has read it. To join: approves the person, who becomes a member of `committees`, some '
  'of those asked for. Callers: organizers, not about themselves. Refuses: request_not_found, person_not_found, '
  'another_organizer_first, request_decided, request_changed, person_suspended, committee_not_found, committee_not_asked, '
  'committee_closed_to_government.';

-- Without a reason it would look like a yes, so an empty one breaks its constraint.
create function public.decline_request(request_id uuid, version integer, reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked public.requests := private.must_find_waiting(request_id, version);
  written text := btrim(coalesce(decline_request.reason, ''), E' \n\t');
begin
  update public.requests r set decided_at = now(), reason = written where r.request_id = asked.request_id;
  perform private.log(case when asked.forum_id is null then 'decline_request' else 'decline_help' end, asked.person_id,
    context_id => asked.forum_id);
  perform private.record_event('request_declined', 'request', asked.request_id);
  perform private.queue_email_to(asked.person_id, case when asked.forum_id is null then 'joining_declined' else 'help_declined' end,
    private.facts_of_forum(asked.forum_id) || jsonb_build_object('reason', written));
end
$$;
comment on function public.decline_request is
  'Declines a request with a reason that the person reads; it takes no right away. Callers: organizers, not about '
  'themselves. Refuses: request_not_found, person_not_found, another_organizer_first, request_decided, request_changed, '
  'person_suspended, requests_reason_length.';

revoke execute on function public.joining_page, public.requests_for_organizers, public.ask_to_join, public.offer_help,
  public.delete_request, public.accept_request, public.decline_request from public, anon;
grant execute on function public.joining_page, public.requests_for_organizers, public.ask_to_join, public.offer_help,
  public.delete_request, public.accept_request, public.decline_request to authenticated;

-- What other domains gather ------------------------------------------------------------------

-- For a person: whether there is something to ask, and since when a request waits. For organizers: how many wait.
create function private.joining_tasks(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'joining', jsonb_build_object(
      'approved', p.approved_at is not null,
      -- Somebody without a mailbox has one spot at one forum, and joins nothing.
      'may_ask', (select private.mailbox_of(u.email) from auth.users u where u.id = person) is not null and (p.approved_at is null
        or exists (select from public.committees) and not exists (select from public.current_memberships m where m.person_id = person)),
      'sent_at', (select r.sent_at from public.requests r where r.person_id = person and r.forum_id is null and r.decided_at is null)),
    'requests_to_decide', case when exists (select from private.organizers() o where o.person_id = person)
      then (select count(*) from private.waiting_requests() r where r.person_id <> person) else 0 end)
  from public.people p where p.person_id = person
$$;
comment on function private.joining_tasks is
  'Whether a person may ask to join and since when they wait; for organizers, how many requests of others wait.';

create function private.joining_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('help', (
    select jsonb_build_object('offers', count(*) filter (where r.decided_at is null),
      'accepted', count(*) filter (where r.decided_at is not null and r.reason is null))
    from public.requests r join public.people p using (person_id) join public.forums f using (forum_id)
    where r.forum_id = joining_organize.forum_id and p.suspended_at is null and private.takes_place(f)))
$$;
comment on function private.joining_organize is 'For organizers: how many people offer to help with a coming forum, and how many help.';

create function private.joining_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('requests', (
    select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('forum', f.slug,
      'committees', array(select c.slug from public.committees c where c.committee_id = any(r.committee_ids))) order by r.sent_at), '[]')
    from public.requests r left join public.forums f using (forum_id) where r.person_id = person))
$$;
comment on function private.joining_export is 'The requests of a person, with what was decided.';

-- Who helps is known until the forum is done; all else goes 30 days after its decision.
create function private.joining_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from public.requests r
    where r.decided_at < now() - interval '30 days' and (r.forum_id is null or r.reason is not null)
      or exists (select from public.forums f where f.forum_id = r.forum_id and f.ends_on + 30 <= current_date)
    returning 1
  )
  select jsonb_build_object('requests', (select count(*) from gone))
$$;
comment on function private.joining_retention is
  'Deletes requests 30 days after their decision, and offers of help 30 days after the forum.';

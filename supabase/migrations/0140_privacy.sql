-- Privacy: what a person can do with everything that is kept about them: read it, take it along,
-- erase it. Stands last in the domains, because it looks into every domain.

-- One key for each place that knows the person. A test compares it with the inventory of personal
-- columns: a domain that forgets to say what it keeps fails.
create function public.export_my_data()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'account', (select jsonb_build_object('email', u.email, 'created_at', u.created_at) from auth.users u where u.id = me.id),
    'people', (select to_jsonb(p) from public.people p where p.person_id = me.id),
    'preferences', (select to_jsonb(p) from public.preferences p where p.person_id = me.id),
    'roles', (select coalesce(jsonb_agg(to_jsonb(r) order by r.starts_at), '[]') from private.roles r where r.person_id = me.id),
    'registrations', (
      select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('forum', f.slug) order by r.joined_at), '[]')
      from public.registrations r join public.forums f using (forum_id) where r.person_id = me.id),
    'signups', (
      select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('session', n.title_en) order by s.signed_up_at), '[]')
      from public.signups s join public.sessions n using (session_id) where s.person_id = me.id),
    'memberships', (
      select coalesce(jsonb_agg(to_jsonb(m) || jsonb_build_object('committee', c.slug) order by m.starts_at), '[]')
      from public.memberships m join public.committees c using (committee_id) where m.person_id = me.id),
    -- Not what became of a thread since: its author may be outside by now.
    'threads', (
      select coalesce(jsonb_agg(jsonb_build_object('thread_id', t.thread_id, 'title', t.title, 'language', t.language, 'created_at', t.created_at) order by t.created_at), '[]')
      from public.threads t where t.author_id = me.id),
    'posts', (select coalesce(jsonb_agg(to_jsonb(p) order by p.created_at, p.post_id), '[]') from public.posts p where p.author_id = me.id),
    'blocked_addresses', null,
    'read_marks', (select coalesce(jsonb_agg(to_jsonb(m)), '[]') from public.read_marks m where m.person_id = me.id),
    'voters', (select coalesce(jsonb_agg(to_jsonb(l)), '[]') from private.voters l where l.person_id = me.id),
    'ballots', (select coalesce(jsonb_agg(to_jsonb(b)), '[]') from private.ballots b where b.person_id = me.id),
    -- Jobs know a person by the address of an email that waits.
    'jobs', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'written_at', e.written_at) order by e.email_id), '[]')
      from private.emails e join auth.users u on u.email = e.recipient where u.id = me.id),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'happened_at', e.happened_at) order by e.event_id), '[]')
      from private.events e where e.actor_id = me.id),
    'audit', (
      select coalesce(jsonb_agg(jsonb_build_object('action', a.action, 'acted_at', a.acted_at) order by a.acted_at), '[]')
      from private.audit a where a.actor_id = me.id)
  )
  from (select (select auth.uid()) as id) me where me.id is not null
$$;
comment on function public.export_my_data is 'Everything that is kept about the person who asks, by place.';

-- Also for someone suspended: what is kept of a person is theirs. Posts stay without an author;
-- everything else goes with the account, and places that come free go to whoever waits.
create function public.delete_my_account()
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
  forum public.forums;
  place public.registrations;
begin
  if me is null then
    raise exception 'sign_in_first' using errcode = 'PT401';
  end if;
  -- In the order in which every verb locks: forums, the person, registrations.
  perform from public.forums f join public.registrations r using (forum_id)
  where r.person_id = me order by f.forum_id for no key update of f;
  perform from public.people p where p.person_id = me for update;
  for forum in
    select f.* from public.forums f join public.registrations r using (forum_id)
    where r.person_id = me order by f.forum_id
  loop
    delete from public.registrations r where r.forum_id = forum.forum_id and r.person_id = me returning * into place;
    if place.state = 'confirmed' and forum.ends_on >= current_date and forum.cancelled_at is null then
      perform private.fill_spots(forum, place.mode);
    end if;
  end loop;
  insert into private.blocked_addresses as k (address_hash, suspended, governmental)
  select private.address_hash(me), p.suspended_at is not null, coalesce(private.is_governmental(p.sector), false)
  from public.people p
  where p.person_id = me and (p.suspended_at is not null or private.is_governmental(p.sector))
  on conflict on constraint blocked_addresses_pkey do update
  set suspended = k.suspended or excluded.suspended, governmental = k.governmental or excluded.governmental, deleted_at = now();
  delete from private.jobs j using auth.users u
  where u.id = me and j.kind = 'mail_send' and j.payload ->> 'recipient' = u.email;
  update private.events e set actor_id = null where e.actor_id = me;
  -- The auth server notes addresses in a log of its own, as JSON or as a text that holds JSON.
  delete from auth.audit_log_entries a using auth.users u
  where u.id = me and (position(me::text in a.payload::text) > 0 or position(u.email in a.payload::text) > 0);
  perform private.log('delete_account');
  delete from auth.users where id = me;
end
$$;
comment on function public.delete_my_account is 'Erases the account of the person who asks and all that hangs on it; posts become a former participant''s.';

revoke execute on function public.export_my_data, public.delete_my_account from public, anon;
grant execute on function public.export_my_data, public.delete_my_account to authenticated;

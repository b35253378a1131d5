-- Privacy: what a person can do with all data about them (read it, download it, delete it), and retention.
-- Last of the domains, since it gathers from every other.

insert into private.domains values ('privacy', 140);

-- One key for each table that knows the person. A test compares the keys with the inventory of personal
-- columns, so that a domain without its part fails. Also for someone suspended, or without a profile.
create function public.export_my_data()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_signed_in();
  domain text;
  contribution jsonb;
  gathered jsonb;
begin
  gathered := jsonb_build_object(
    'account', (select jsonb_build_object('email', u.email, 'created_at', u.created_at) from auth.users u where u.id = me),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'happened_at', e.happened_at) order by e.event_id), '[]')
      from private.events e where e.actor_id = me),
    'audit', (
      select coalesce(jsonb_agg(jsonb_build_object('action', a.action, 'acted_at', a.acted_at) order by a.acted_at), '[]')
      from private.audit a where me in (a.actor_id, a.subject_id)),
    'sign_ins', (
      select coalesce(jsonb_agg(l.created_at order by l.created_at), '[]')
      from auth.audit_log_entries l where position(me::text in l.payload::text) > 0)
  );
  for domain in select d.name from private.domains_with('export', 'uuid') d loop
    execute format('select private.%I($1)', domain || '_export') into contribution using me;
    gathered := gathered || contribution;
  end loop;
  return gathered;
end
$$;
comment on function public.export_my_data is
  'All data about the person who asks: one key for each table that knows them. Callers: signed in, with '
  'or without a profile, suspended too.';

-- Rows that refer to the person go with the account or lose their author (posts); a domain has a function where
-- more is to be done, such as giving a spot to the next on the waiting list.
create function private.delete_account(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  domain text;
begin
  -- Later domains first, since they refer to earlier ones. Registrations locks forums, then the person, then
  -- registrations: a later domain must not lock before it, and emails go last, when nothing writes more.
  for domain in select d.name from private.domains_with('delete', 'uuid') d order by d.position desc loop
    execute format('select private.%I($1)', domain || '_delete') using person;
  end loop;
  update private.events e set actor_id = null where e.actor_id = person;
  -- The auth server notes addresses in a log of its own, as JSON or as a text that holds JSON.
  delete from auth.audit_log_entries a using auth.users u
  where u.id = person and (position(person::text in a.payload::text) > 0 or position(u.email in a.payload::text) > 0);
  perform private.log('delete_account');
  delete from auth.users where id = person;
end
$$;
comment on function private.delete_account is 'Deletes an account and all that is about it.';

-- Also for somebody suspended.
create function public.delete_my_account()
returns void
language sql
security definer
set search_path = ''
as $$ select private.delete_account(private.must_be_signed_in()) $$;
comment on function public.delete_my_account is
  'Deletes the account of the person who asks and all data about them; their posts stay without an '
  'author. Callers: signed in, with or without a profile, suspended too.';

-- Idempotent; run once a day. Each domain has its own retention.
create function public.delete_old_data()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  domain text;
  contribution jsonb;
  deleted jsonb := '{}';
begin
  for domain in select d.name from private.domains_with('retention', '') d loop
    execute format('select private.%I()', domain || '_retention') into contribution;
    deleted := deleted || contribution;
  end loop;
  with gone as (
    delete from private.audit a where a.acted_at < now() - interval '2 years' returning 1
  ) select deleted || jsonb_build_object('audit', count(*)) into deleted from gone;
  return deleted;
end
$$;
comment on function public.delete_old_data is
  'Deletes in every domain what is past its retention: how much, by table. Callers: the site (secret '
  'key).';

revoke execute on function public.export_my_data, public.delete_my_account from public, anon;
grant execute on function public.export_my_data, public.delete_my_account to authenticated;
-- After a restore: the site stores the SHA-256 of each deleted id outside of the database. Ids are random, so
-- that a hash says nothing without an old backup.
create function public.delete_again(hashes text[])
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  person uuid;
  deleted integer := 0;
begin
  for person in
    select u.id from auth.users u where encode(sha256(convert_to(u.id::text, 'UTF8')), 'hex') = any(hashes)
  loop
    perform private.delete_account(person);
    deleted := deleted + 1;
  end loop;
  return deleted;
end
$$;
comment on function public.delete_again is
  'Deletes the accounts whose ids have these hashes, as SHA-256 in hex; gives how many there were. '
  'Callers: the site (secret key).';
revoke execute on function public.delete_again from public, anon, authenticated;
grant execute on function public.delete_again to service_role;

revoke execute on function public.delete_old_data from public, anon, authenticated;
grant execute on function public.delete_old_data to service_role;

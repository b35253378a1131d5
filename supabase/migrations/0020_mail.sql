-- Mail: emails are queued in the transaction that causes them, and sent afterwards.
--
-- An email is a job of the kind `mail_send`: its payload is the recipient, the kind of email and its
-- facts, and is deleted when the job ends. The words are made when it is sent, in the reader's
-- language, by the domain that the kind belongs to. The mailbox of the sample network shows what
-- waits, on the developer's own machine.

insert into private.domains values ('mail', 20);

alter table private.jobs add constraint emails_recipient_shape check (
  kind <> 'mail_send'
  or (payload ->> 'recipient' ~ '^[^\s@]+@[^\s@]+$' and char_length(payload ->> 'recipient') <= 254)
);

create view private.emails with (security_invoker = true) as
select j.job_id as email_id, j.payload ->> 'recipient' as recipient, (j.payload ->> 'language')::public.language as language,
       (j.payload ->> 'discreet')::boolean as discreet, j.payload ->> 'kind' as kind, j.payload -> 'facts' as facts,
       j.queued_at as written_at
from private.jobs j
where j.kind = 'mail_send' and j.finished_at is null and j.failed_at is null and j.expires_at > clock_timestamp();
comment on view private.emails is 'The emails that wait to be sent.';

-- Nobody can have a mailbox there (RFC 6761): accounts of people who give no address have one under it.
create function private.mailbox_of(address text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when lower(address) not like '%.invalid' then address end;
end
$$;
comment on function private.mailbox_of is 'An address, or null for one under .invalid, to which nothing can be sent.';

create function private.queue_email(
  recipient text, language public.language, discreet boolean, kind text, facts jsonb, good_for interval default interval '5 days',
  delay interval default interval '0'
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if private.mailbox_of(recipient) is not null then
    perform private.queue_job(
      'mail_send',
      jsonb_build_object('recipient', recipient, 'language', language, 'discreet', discreet, 'kind', kind, 'facts', facts),
      run_at => clock_timestamp() + delay,
      expires_at => clock_timestamp() + delay + good_for);
  end if;
end
$$;
comment on function private.queue_email is
  'Queues an email in the transaction of the verb that causes it; it is sent after a delay and not after the time it is good '
  'for. Nothing is queued for an account without a mailbox.';

-- Only the sample network has a mailbox: the marker table is made by its seed and by nothing else.
create function public.mailbox(trial boolean default false)
returns table (email_id bigint, recipient text, language public.language, discreet boolean, kind text, facts jsonb, written_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not trial and to_regclass('private.sample_network') is null then
    raise exception 'mailbox_not_here' using errcode = 'PT404';
  end if;
  return query
    select e.email_id, e.recipient, e.language, e.discreet, e.kind, e.facts, e.written_at
    from private.emails e
    order by e.email_id desc
    limit 50;
end
$$;
comment on function public.mailbox is
  'The latest 50 unsent emails, newest first, for the mailbox page: of the sample network, or on a '
  '`trial` of the site on one computer. Callers: the site (secret key). Refuses: mailbox_not_here.';

revoke execute on function public.mailbox from public, anon, authenticated;
grant execute on function public.mailbox to service_role;

-- What other domains gather ------------------------------------------------------------------

-- Jobs know a person by the address of an email that waits.
create function private.mail_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('jobs', (
    select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'written_at', e.written_at) order by e.written_at, e.email_id), '[]')
    from private.emails e join auth.users u on u.email = e.recipient where u.id = person))
$$;
comment on function private.mail_export is 'Emails to a person that are not sent yet.';

create function private.mail_delete(person uuid)
returns void
language sql
set search_path = ''
as $$
  delete from private.jobs j using auth.users u
  where u.id = person and j.kind = 'mail_send' and j.payload ->> 'recipient' = u.email
$$;
comment on function private.mail_delete is 'Deletes the emails to a person; only while the account still has its address.';

-- Mail: emails are written in the transaction that causes them, and sent afterwards.
--
-- A email is its kind and its facts; the words are put in when it is sent, in the reader's
-- language. Nobody reads this table through the API: the site's sender claims rows with the
-- secret key, and the mailbox of the sample network shows them on the developer's own machine.

insert into private.domains values ('mail', 20);

-- Every kind of email; the words of each stand in the site's mail domain, and a kind without words
-- does not compile.
create type public.email_kind as enum (
  'confirm_address', 'sign_in',
  'registration_confirmed', 'registration_waitlisted', 'spot_given', 'registration_cancelled'
);

create table private.emails (
  email_id uuid primary key default gen_random_uuid(),
  recipient text not null constraint emails_recipient_shape check (recipient ~ '^[^\s@]+@[^\s@]+$' and char_length(recipient) <= 254),
  language public.language not null,
  discreet boolean not null default false,
  kind public.email_kind not null,
  facts jsonb not null default '{}',
  written_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp(),
  tries integer not null default 0,
  sent_at timestamptz,
  failure text
);
comment on table private.emails is 'Emails to send, and the trace of those sent. Facts and recipient are erased once a email has gone.';
alter table private.emails enable row level security;
create index emails_to_send on private.emails (due_at) where sent_at is null;

insert into private.personal_columns values
  ('private.emails', 'recipient', 'send the email', 'the sender', 'until sent; given up after eight tries', 'settle_email'),
  ('private.emails', 'language', 'write in the person''s language', 'the sender', '30 days', 'delete_old_emails'),
  ('private.emails', 'discreet', 'keep the subject neutral', 'the sender', '30 days', 'delete_old_emails'),
  ('private.emails', 'facts', 'fill in the email', 'the sender', 'until sent; given up after eight tries', 'settle_email');

create function private.queue_email(
  recipient text, language public.language, discreet boolean, kind public.email_kind, facts jsonb
)
returns void
language sql
set search_path = ''
as $$
  insert into private.emails (recipient, language, discreet, kind, facts)
  values (recipient, language, discreet, kind, facts)
$$;
comment on function private.queue_email is 'Puts a email in the outbox, in the transaction of the deed that causes it.';

-- Several senders may run: each claims rows that nobody else holds, and a claim lapses by itself.
create function public.claim_emails(how_many integer)
returns table (email_id uuid, recipient text, language public.language, discreet boolean, kind public.email_kind, facts jsonb)
language sql
security definer
set search_path = ''
as $$
  with due as (
    select l.email_id from private.emails l
    where l.sent_at is null and l.due_at <= clock_timestamp() and l.tries < 8
    order by l.due_at, l.email_id
    limit least(how_many, 50)
    for update skip locked
  )
  update private.emails l
  set tries = l.tries + 1,
      due_at = clock_timestamp() + make_interval(secs => 30 * power(2, least(l.tries, 10)))
  from due where l.email_id = due.email_id
  returning l.email_id, l.recipient, l.language, l.discreet, l.kind, l.facts
$$;
comment on function public.claim_emails is 'Takes emails to send; unsettled ones come back later, eight times at most. For the sender (secret key).';

create function public.settle_email(email_id uuid, failure text default null)
returns void
language sql
security definer
set search_path = ''
as $$
  update private.emails l
  set sent_at = case when settle_email.failure is null then clock_timestamp() end,
      failure = left(settle_email.failure, 200),
      recipient = case when settle_email.failure is null or l.tries >= 8 then 'erased@invalid' else l.recipient end,
      facts = case when settle_email.failure is null or l.tries >= 8 then '{}' else l.facts end
  where l.email_id = settle_email.email_id
$$;
comment on function public.settle_email is 'Records that a email went, and erases address and facts; or why it failed. For the sender (secret key).';

-- Only the sample network has a mailbox: the marker table is made by its seed and by nothing else.
create function public.mailbox()
returns table (email_id uuid, recipient text, language public.language, discreet boolean, kind public.email_kind, facts jsonb, written_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if to_regclass('private.sample_network') is null then
    raise exception 'mailbox_not_here' using errcode = 'PT404';
  end if;
  return query
    select l.email_id, l.recipient, l.language, l.discreet, l.kind, l.facts, l.written_at
    from private.emails l
    where l.sent_at is null
    order by l.written_at desc, l.email_id
    limit 50;
end
$$;
comment on function public.mailbox is 'The latest unsent emails of the sample network, for its mailbox page. For the site itself (secret key).';

create function public.delete_old_emails()
returns integer
language sql
security definer
set search_path = ''
as $$
  with gone as (
    delete from private.emails l where l.written_at < clock_timestamp() - interval '30 days' returning 1
  ) select count(*)::integer from gone
$$;
comment on function public.delete_old_emails is 'Forgets emails after 30 days. For the site itself (secret key).';

revoke execute on function public.claim_emails, public.settle_email, public.mailbox, public.delete_old_emails
  from public, anon, authenticated;
grant execute on function public.claim_emails, public.settle_email, public.mailbox, public.delete_old_emails
  to service_role;

-- What other domains gather ------------------------------------------------------------------

create function private.mail_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('emails', (
    select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'written_at', l.written_at) order by l.written_at), '[]')
    from private.emails l join auth.users u on u.email = l.recipient where u.id = person))
$$;
comment on function private.mail_export is 'Emails to a person that are not sent yet.';

create function private.mail_delete(person uuid)
returns void
language sql
set search_path = ''
as $$
  delete from private.emails l using auth.users u where u.id = person and l.recipient = u.email
$$;
comment on function private.mail_delete is 'Deletes the emails to a person; only while the account still has its address.';

-- Mail: letters are written in the transaction that causes them, and sent afterwards.
--
-- A letter is its kind and its facts; the words are put in when it is sent, in the reader's
-- language. Nobody reads this table through the API: the site's sender claims rows with the
-- secret key, and the mailbox of the sample network shows them on the developer's own machine.

-- Every kind of letter; the words of each stand in the site's mail room, and a kind without words
-- does not compile.
create type public.letter_kind as enum (
  'confirm_address', 'sign_in',
  'registration_confirmed', 'registration_waitlisted', 'place_given', 'registration_withdrawn'
);

create table private.letters (
  letter_id uuid primary key default gen_random_uuid(),
  recipient text not null constraint letters_recipient_shape check (recipient ~ '^[^\s@]+@[^\s@]+$' and char_length(recipient) <= 254),
  language public.language not null,
  discreet boolean not null default false,
  kind public.letter_kind not null,
  facts jsonb not null default '{}',
  written_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp(),
  tries integer not null default 0,
  sent_at timestamptz,
  failure text
);
comment on table private.letters is 'Letters to send, and the trace of those sent. Facts and recipient are erased once a letter has gone.';
alter table private.letters enable row level security;
create index letters_to_send on private.letters (due_at) where sent_at is null;

insert into private.personal_columns values
  ('private.letters', 'recipient', 'send the letter', 'the sender', 'until sent; given up after eight tries', 'settle_letter'),
  ('private.letters', 'language', 'write in the person''s language', 'the sender', '30 days', 'tidy_letters'),
  ('private.letters', 'discreet', 'keep the subject neutral', 'the sender', '30 days', 'tidy_letters'),
  ('private.letters', 'facts', 'fill in the letter', 'the sender', 'until sent; given up after eight tries', 'settle_letter');

create function private.write_letter(
  recipient text, language public.language, discreet boolean, kind public.letter_kind, facts jsonb
)
returns void
language sql
set search_path = ''
as $$
  insert into private.letters (recipient, language, discreet, kind, facts)
  values (recipient, language, discreet, kind, facts)
$$;
comment on function private.write_letter is 'Puts a letter in the outbox, in the transaction of the deed that causes it.';

-- Several senders may run: each claims rows that nobody else holds, and a claim lapses by itself.
create function public.claim_letters(how_many integer)
returns table (letter_id uuid, recipient text, language public.language, discreet boolean, kind public.letter_kind, facts jsonb)
language sql
security definer
set search_path = ''
as $$
  with due as (
    select l.letter_id from private.letters l
    where l.sent_at is null and l.due_at <= clock_timestamp() and l.tries < 8
    order by l.due_at, l.letter_id
    limit least(how_many, 50)
    for update skip locked
  )
  update private.letters l
  set tries = l.tries + 1,
      due_at = clock_timestamp() + make_interval(secs => 30 * power(2, least(l.tries, 10)))
  from due where l.letter_id = due.letter_id
  returning l.letter_id, l.recipient, l.language, l.discreet, l.kind, l.facts
$$;
comment on function public.claim_letters is 'Takes letters to send; unsettled ones come back later, eight times at most. For the sender (secret key).';

create function public.settle_letter(letter_id uuid, failure text default null)
returns void
language sql
security definer
set search_path = ''
as $$
  update private.letters l
  set sent_at = case when settle_letter.failure is null then clock_timestamp() end,
      failure = left(settle_letter.failure, 200),
      recipient = case when settle_letter.failure is null or l.tries >= 8 then 'erased@invalid' else l.recipient end,
      facts = case when settle_letter.failure is null or l.tries >= 8 then '{}' else l.facts end
  where l.letter_id = settle_letter.letter_id
$$;
comment on function public.settle_letter is 'Records that a letter went, and erases address and facts; or why it failed. For the sender (secret key).';

-- Only the sample network has a mailbox: the marker table is made by its seed and by nothing else.
create function public.mailbox()
returns table (letter_id uuid, recipient text, language public.language, discreet boolean, kind public.letter_kind, facts jsonb, written_at timestamptz)
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
    select l.letter_id, l.recipient, l.language, l.discreet, l.kind, l.facts, l.written_at
    from private.letters l
    where l.sent_at is null
    order by l.written_at desc, l.letter_id
    limit 50;
end
$$;
comment on function public.mailbox is 'The latest unsent letters of the sample network, for its mailbox page. For the site itself (secret key).';

create function public.tidy_letters()
returns integer
language sql
security definer
set search_path = ''
as $$
  with gone as (
    delete from private.letters l where l.written_at < clock_timestamp() - interval '30 days' returning 1
  ) select count(*)::integer from gone
$$;
comment on function public.tidy_letters is 'Forgets letters after 30 days. For the site itself (secret key).';

revoke execute on function public.claim_letters, public.settle_letter, public.mailbox, public.tidy_letters
  from public, anon, authenticated;
grant execute on function public.claim_letters, public.settle_letter, public.mailbox, public.tidy_letters
  to service_role;
